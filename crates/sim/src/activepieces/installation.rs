//! All that one installation of Activepieces knows, as data.

use std::collections::{BTreeMap, BTreeSet};

use flow::{Flow, Record, RunStatus};
use jiff::Timestamp;
use serde_json::Value;

use super::connections::Connection;
use super::ids::{fresh, is_id, stamp};
use super::locks::Locks;
use super::run::Run;
use super::tables::Table;
use super::variables::Variable;
use super::webhooks::TriggerEvent;
use crate::dice::Dice;
use crate::limiter::Limiter;

/// Who owns the installation.
#[derive(Clone, PartialEq, Eq)]
pub struct Owner {
    /// Signs in with this.
    pub email: String,
    /// And this.
    pub password: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
}

/// The password is not printed.
impl std::fmt::Debug for Owner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Owner").field("email", &self.email).finish_non_exhaustive()
    }
}

impl Default for Owner {
    fn default() -> Self {
        Self {
            email: "ada@example.com".to_owned(),
            password: "Sample-1234".to_owned(),
            first_name: "Ada".to_owned(),
            last_name: "Sample".to_owned(),
        }
    }
}

/// All that one installation knows. Its rules are pure: the same seed and the same requests at the same times make the
/// same installation.
#[derive(Debug, Clone)]
pub struct Installation {
    pub(super) dice: Dice,
    pub(super) secret: String,
    pub(super) person: Option<Person>,
    pub(super) platform: Option<Platform>,
    pub(super) projects: Vec<Project>,
    pub(super) folders: Vec<Folder>,
    pub(super) flows: Vec<FlowRow>,
    pub(super) runs: Vec<Run>,
    pub(super) connections: Vec<Connection>,
    pub(super) variables: Vec<Variable>,
    pub(super) tables: Vec<Table>,
    /// Samples, logs and big outputs by id.
    pub(super) files: BTreeMap<String, Value>,
    pub(super) events: Vec<TriggerEvent>,
    /// Flows whose trigger is being tried.
    pub(super) listening: BTreeSet<String>,
    pub(super) locks: Locks,
    pub(super) sign_ins: Limiter,
    /// What has to be done and told outside, in order.
    pub(super) pending: Vec<Effect>,
}

/// What an answer sets going outside of the rules.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Effect {
    /// A run is to be carried out.
    Run { run: String },
    /// Every socket in a project is told.
    Tell { project: String, event: &'static str, data: Value },
}

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) identity: String,
    pub(super) owner: Owner,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) token_version: String,
    pub(super) track_events: bool,
    pub(super) news_letter: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Platform {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) created: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct Project {
    pub(super) id: String,
    pub(super) plan: String,
    pub(super) name: String,
    pub(super) is_team: bool,
    pub(super) color: &'static str,
    pub(super) external_id: Option<String>,
    pub(super) metadata: Value,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct Folder {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) name: String,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
}

/// A flow with all its versions, the latest last.
#[derive(Debug, Clone)]
pub(super) struct FlowRow {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) external_id: String,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    /// When it was deleted: it goes a while after.
    pub(super) deleted: Option<Timestamp>,
    pub(super) template: Option<String>,
    /// Where it is filed, whether it runs; what the record says beside stands in the row.
    pub(super) record: Record,
    pub(super) versions: Vec<Flow>,
}

impl FlowRow {
    pub(super) fn latest(&self) -> Option<&Flow> {
        self.versions.last()
    }

    pub(super) fn version(&self, id: &str) -> Option<&Flow> {
        self.versions.iter().find(|version| version.version_id() == Some(id))
    }

    pub(super) fn published(&self) -> Option<&Flow> {
        self.version(self.record.published_version_id.as_deref()?)
    }

    pub(super) fn is_enabled(&self) -> bool {
        self.record.status == Some(flow::Status::Enabled) && self.deleted.is_none()
    }
}

impl Installation {
    /// A server to which nobody has signed up yet.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let secret = fresh(&mut dice);
        Self {
            dice,
            secret,
            person: None,
            platform: None,
            projects: Vec::new(),
            folders: Vec::new(),
            flows: Vec::new(),
            runs: Vec::new(),
            connections: Vec::new(),
            variables: Vec::new(),
            tables: Vec::new(),
            files: BTreeMap::new(),
            events: Vec::new(),
            listening: BTreeSet::new(),
            locks: Locks::default(),
            sign_ins: Limiter::default(),
            pending: Vec::new(),
        }
    }

    /// A server with an owner, a platform and one empty project.
    #[must_use]
    pub fn owned(seed: u64, now: Timestamp, owner: Owner) -> Self {
        let mut new = Self::new(seed);
        let platform = format!("{}'s platform", owner.first_name);
        new.sign_up(owner, false, false, now);
        new.found(&platform, now);
        new
    }

    /// The server of the sample workspace: three flows, three weeks of runs, folders, connections and a table.
    #[must_use]
    pub fn sample(seed: u64, now: Timestamp) -> Self {
        super::sample::sample(seed, now)
    }

    /// The first project, if somebody has signed up.
    #[must_use]
    pub fn project_id(&self) -> Option<&str> {
        self.projects.first().map(|project| project.id.as_str())
    }

    /// The flows by id, with what people call the latest version of each.
    pub fn flow_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.flows.iter().filter_map(|row| Some((row.id.as_str(), row.latest()?.display_name.as_str())))
    }

    /// The latest version of a flow, within its record.
    #[must_use]
    pub fn flow(&self, id: &str) -> Option<Flow> {
        let row = self.row(id)?;
        Some(self.whole(row, row.latest()?))
    }

    /// The versions of a flow, the latest last.
    #[must_use]
    pub fn versions(&self, id: &str) -> Vec<&Flow> {
        self.row(id).map(|row| row.versions.iter().collect()).unwrap_or_default()
    }

    /// Each run that is no test: its id, the flow, how far it has come.
    pub fn runs(&self) -> impl Iterator<Item = (&str, &str, RunStatus)> {
        let shown = self.runs.iter().filter(|run| !run.is_test);
        shown.map(|run| (run.id.as_str(), run.flow.as_str(), run.status))
    }

    /// The values of a row of a table, by the name of the field.
    #[must_use]
    pub fn table_rows(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        self.tables.iter().find(|table| table.name == name).map(Table::rows).unwrap_or_default()
    }

    pub(super) fn id(&mut self) -> String {
        fresh(&mut self.dice)
    }

    pub(super) fn row(&self, id: &str) -> Option<&FlowRow> {
        self.flows.iter().find(|row| row.id == id)
    }

    pub(super) fn row_mut(&mut self, id: &str) -> Option<&mut FlowRow> {
        self.flows.iter_mut().find(|row| row.id == id)
    }

    /// The row and the version of this id.
    pub(super) fn version(&self, id: &str) -> Option<(&FlowRow, &Flow)> {
        self.flows.iter().find_map(|row| Some((row, row.version(id)?)))
    }

    pub(super) fn run(&self, id: &str) -> Option<&Run> {
        self.runs.iter().find(|run| run.id == id)
    }

    pub(super) fn run_mut(&mut self, id: &str) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.id == id)
    }

    pub(super) fn tell(&mut self, project: &str, event: &'static str, data: Value) {
        self.pending.push(Effect::Tell { project: project.to_owned(), event, data });
    }

    /// What has to be done and told outside. It is not told twice.
    pub(crate) fn drain(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.pending)
    }

    /// Lets go what was deleted long enough ago.
    pub(super) fn purge(&mut self, now: Timestamp, after: jiff::SignedDuration) {
        let is_gone = |row: &FlowRow| row.deleted.is_some_and(|at| now.duration_since(at) >= after);
        let gone: BTreeSet<String> = self.flows.iter().filter(|row| is_gone(row)).map(|row| row.id.clone()).collect();
        if !gone.is_empty() {
            self.flows.retain(|row| !gone.contains(&row.id));
            self.runs.retain(|run| !gone.contains(&run.flow));
            self.events.retain(|event| !gone.contains(&event.flow));
        }
    }

    /// Checks what holds after every request, as a sentence if it does not: each version is sound and belongs to its
    /// flow, ids are unique, what is named exists, and nothing that ended is still running.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self) -> Result<(), String> {
        let mut ids = BTreeSet::new();
        let mut unique = |id: &str| {
            if is_id(id) && ids.insert(id.to_owned()) { Ok(()) } else { Err(format!("the id {id} is not unique")) }
        };
        self.projects.iter().try_for_each(|project| unique(&project.id))?;
        self.folders.iter().try_for_each(|folder| unique(&folder.id))?;
        self.runs.iter().try_for_each(|run| unique(&run.id))?;
        self.connections.iter().try_for_each(|connection| unique(&connection.id))?;
        self.variables.iter().try_for_each(|variable| unique(&variable.id))?;
        self.tables.iter().try_for_each(|table| unique(&table.id))?;
        for row in &self.flows {
            unique(&row.id)?;
            self.check_row(row, &mut unique)?;
        }
        let externals: BTreeSet<_> = self.connections.iter().map(|one| (&one.project, &one.external_id)).collect();
        if externals.len() != self.connections.len() {
            return Err("two connections of a project have the same external id".to_owned());
        }
        for run in &self.runs {
            run.check()?;
            if self.version(&run.version).is_none() {
                return Err(format!("run {} is of a version that is not there", run.id));
            }
        }
        self.tables.iter().try_for_each(Table::check)
    }

    fn check_row(&self, row: &FlowRow, unique: &mut impl FnMut(&str) -> Result<(), String>) -> Result<(), String> {
        let id = &row.id;
        if row.record.folder_id.as_ref().is_some_and(|folder| !self.folders.iter().any(|one| one.id == *folder)) {
            return Err(format!("flow {id} is in a folder that is not there"));
        }
        if row.record.published_version_id.is_some() && row.published().is_none() {
            return Err(format!("flow {id} runs a version that is not there"));
        }
        if row.is_enabled() && row.published().is_none() {
            return Err(format!("flow {id} is on and was never published"));
        }
        let (last, before) = row.versions.split_last().ok_or_else(|| format!("flow {id} has no version"))?;
        if before.iter().any(|version| version.state != Some(flow::State::Locked)) {
            return Err(format!("an earlier version of flow {id} can still be changed"));
        }
        for version in before.iter().chain([last]) {
            unique(version.version_id().unwrap_or_default())?;
            flow::check_sound(version).map_err(|unsound| format!("flow {id}: {unsound}"))?;
            if version.extra.get("flowId").and_then(Value::as_str) != Some(id) {
                return Err(format!("a version of flow {id} names another flow"));
            }
        }
        Ok(())
    }

    /// The person as other things show them.
    pub(super) fn owner_json(&self) -> Value {
        let Some(person) = &self.person else { return Value::Null };
        serde_json::json!({
            "id": person.id, "email": person.owner.email, "firstName": person.owner.first_name, "status": "ACTIVE",
            "externalId": null, "platformId": self.platform.as_ref().map(|platform| &platform.id),
            "platformRole": "ADMIN", "lastName": person.owner.last_name,
            "created": stamp(person.created), "updated": stamp(person.updated),
        })
    }

    pub(super) fn person_id(&self) -> String {
        self.person.as_ref().map(|person| person.id.clone()).unwrap_or_default()
    }

    pub(super) fn platform_id(&self) -> Option<&str> {
        self.platform.as_ref().map(|platform| platform.id.as_str())
    }
}
