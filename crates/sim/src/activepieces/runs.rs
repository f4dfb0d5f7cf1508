//! Runs: listed, told, tried again, cancelled, archived, resumed.

use std::collections::BTreeMap;

use flow::{Map, RunStatus};
use jiff::{SignedDuration, Timestamp};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::installation::{Effect, Installation};
use super::reply::{Reply, joined};
use super::run::Run;

/// How long what a run brought is kept: what the flags tell, 30 days.
const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a run is begun with.
pub(super) struct Begin {
    pub(super) project: String,
    pub(super) flow: String,
    pub(super) version: String,
    pub(super) is_test: bool,
    pub(super) step_to_test: Option<String>,
    pub(super) payload: Value,
}

impl Installation {
    /// Queues a run and lets a worker have it. The answer is the run as it is told.
    pub(super) fn queue(&mut self, begin: Begin, now: Timestamp) -> Value {
        let run = self.new_run(begin, now);
        let answer = run.fresh_json();
        self.pending.push(Effect::Run { run: run.id.clone() });
        self.runs.push(run);
        answer
    }

    pub(super) fn new_run(&mut self, begin: Begin, now: Timestamp) -> Run {
        Run {
            id: self.id(),
            project: begin.project,
            flow: begin.flow,
            version: begin.version,
            is_test: begin.is_test,
            status: RunStatus::Queued,
            created: now,
            updated: now,
            started: None,
            finished: None,
            archived: None,
            triggered_by: begin.is_test.then(|| self.person_id()),
            parent: None,
            fails_parent: begin.is_test,
            tags: Vec::new(),
            failed_step: None,
            step_to_test: begin.step_to_test,
            logs_file: None,
            steps: Map::new(),
            internal_error: None,
            payload: begin.payload,
            waitpoint: self.id(),
            resumed_with: None,
            attempt: 0,
        }
    }

    fn run_members(&self, run: &Run) -> Vec<(String, String)> {
        let version = self.version(&run.version).map(|(_, version)| self.version_text(version));
        vec![("flowVersion".to_owned(), version.unwrap_or_else(|| "null".to_owned()))]
    }

    fn run_text(&self, run: &Run) -> String {
        let mut members = self.run_members(run);
        members.push(("steps".to_owned(), Value::Object(run.steps.clone()).to_string()));
        members.extend(run.internal_error.as_ref().map(|error| ("internalError".to_owned(), error.to_string())));
        joined(&run.json(), &members)
    }

    /// A run as the list has it: the version twice, once flattened into the row.
    fn listed_run(&self, run: &Run) -> String {
        let mut members = self.run_members(run);
        if let Some((_, version)) = self.version(&run.version) {
            let flat: BTreeMap<String, Box<RawValue>> =
                serde_json::from_str(&self.version_text(version)).unwrap_or_default();
            members.extend(flat.iter().map(|(key, raw)| (format!("flowVersion_{key}"), raw.get().to_owned())));
            members.push(("displayName".to_owned(), Value::from(version.display_name.as_str()).to_string()));
        }
        joined(&run.json(), &members)
    }

    /// The runs of a project that fit what a list or a bulk order asks for, the newest first.
    fn chosen<'a>(&'a self, project: &str, wanted: &Wanted) -> Vec<&'a Run> {
        let mut rows: Vec<&Run> = self
            .runs
            .iter()
            .filter(|run| run.project == project && !run.is_test)
            .filter(|run| wanted.fits(run))
            .collect();
        rows.sort_by(|one, other| (other.created, &other.id).cmp(&(one.created, &one.id)));
        rows
    }

    fn known_run(&self, id: &str) -> Result<&Run, Reply> {
        let id = ask::id(id)?;
        self.run(id).ok_or_else(|| Reply::not_found("flow_run", id))
    }

    fn retry(&mut self, id: &str, strategy: &str, now: Timestamp) -> Result<String, Reply> {
        let run = self.known_run(id)?.clone();
        if now.duration_since(run.created) > RETENTION {
            return Err(Reply::domain(410, "FLOW_RUN_RETRY_OUTSIDE_RETENTION", json!({ "flowRunId": id })));
        }
        let row = self.row(&run.flow).ok_or_else(|| Reply::not_found("flow", &run.flow))?;
        match strategy {
            "FROM_FAILED_STEP" => {
                if let Some(present) = self.run_mut(id) {
                    present.status = RunStatus::Queued;
                    present.updated = now;
                    present.started = Some(now);
                    present.finished = None;
                    present.internal_error = None;
                }
                self.pending.push(Effect::Run { run: id.to_owned() });
                let run = self.known_run(id)?;
                Ok(joined(&run.json(), &self.run_members(run)))
            }
            "ON_LATEST_VERSION" => {
                let version = row.published().or(row.latest()).and_then(|version| version.version_id());
                let begin = Begin {
                    version: version.unwrap_or_default().to_owned(),
                    project: run.project,
                    flow: run.flow,
                    is_test: false,
                    step_to_test: None,
                    payload: run.payload,
                };
                Ok(self.queue(begin, now).to_string())
            }
            _ => Err(Reply::validation("body/strategy Invalid option")),
        }
    }
}

/// Which runs are meant.
#[derive(Default)]
struct Wanted {
    flows: Vec<String>,
    statuses: Vec<String>,
    tags: Vec<String>,
    runs: Vec<String>,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
    failed_step: Option<String>,
    failed_message: Option<String>,
    archived_too: bool,
}

impl Wanted {
    fn asked(ask: &Ask<'_>) -> Result<Self, Reply> {
        let all = |name: &str| ask.params(name).into_iter().map(str::to_owned).collect();
        Ok(Self {
            flows: all("flowId"),
            statuses: all("status"),
            tags: all("tags"),
            runs: all("flowRunIds"),
            after: ask.moment("createdAfter")?,
            before: ask.moment("createdBefore")?,
            failed_step: ask.param("failedStepName").map(str::to_owned),
            failed_message: ask.param("failedStepMessage").map(str::to_lowercase),
            archived_too: ask.param("includeArchived") == Some("true"),
        })
    }

    /// The same as a bulk order says it.
    fn told(body: &Map) -> Result<Self, Reply> {
        let moment = |name: &str| {
            let read = |text: String| {
                text.parse().map_err(|_| Reply::validation(&format!("body/{name} Invalid ISO datetime")))
            };
            ask::some_text(body, name).map(read).transpose()
        };
        let all = |name: &str| ask::texts(body, name).unwrap_or_default();
        Ok(Self {
            flows: all("flowId"),
            statuses: all("status"),
            tags: all("tags"),
            runs: all("flowRunIds"),
            after: moment("createdAfter")?,
            before: moment("createdBefore")?,
            failed_step: ask::some_text(body, "failedStepName"),
            failed_message: ask::some_text(body, "failedStepMessage").map(|text| text.to_lowercase()),
            archived_too: false,
        })
    }

    fn fits(&self, run: &Run) -> bool {
        let among = |list: &[String], one: &str| list.is_empty() || list.iter().any(|other| other == one);
        let failed = run.failed_step.as_ref();
        among(&self.flows, &run.flow)
            && among(&self.statuses, run.status.word())
            && among(&self.runs, &run.id)
            && (self.tags.is_empty() || run.tags.iter().any(|tag| self.tags.contains(tag)))
            && self.after.is_none_or(|after| run.created >= after)
            && self.before.is_none_or(|before| run.created <= before)
            && self.failed_step.as_ref().is_none_or(|name| failed.is_some_and(|(step, _, _)| step == name))
            && self
                .failed_message
                .as_ref()
                .is_none_or(|part| failed.is_some_and(|(_, _, message)| message.to_lowercase().contains(part)))
            && (self.archived_too || run.archived.is_none())
    }
}

/// `/v1/flow-runs…`
pub(super) fn runs(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    match (ask.method, rest) {
        ("GET", []) => {
            let project = all.known_project(ask.needed_param("projectId")?)?.id.clone();
            let rows = all.chosen(&project, &Wanted::asked(ask)?);
            Reply::page(&rows, ask, 10, |run| &run.id, |run| all.listed_run(run))
        }
        ("GET", ["count-by-status"]) => {
            let project = all.known_project(ask.needed_param("projectId")?)?.id.clone();
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for run in all.chosen(&project, &Wanted::asked(ask)?) {
                *counts.entry(run.status.word()).or_default() += 1;
            }
            let data: Vec<Value> =
                counts.into_iter().map(|(status, count)| json!({ "status": status, "count": count })).collect();
            Ok(Reply::ok(json!({ "data": data })))
        }
        ("POST", ["retry"]) => {
            let (body, ids) = bulk(all, ask)?;
            let strategy = ask::text(&body, "strategy")?;
            let made: Vec<String> = ids.iter().map(|id| all.retry(id, strategy, ask.now)).collect::<Result<_, _>>()?;
            Ok(Reply::text(200, format!("[{}]", made.join(","))))
        }
        ("POST", ["cancel"]) => {
            for id in bulk(all, ask)?.1 {
                if let Some(run) = all.run_mut(&id)
                    && matches!(run.status, RunStatus::Paused | RunStatus::Queued)
                {
                    run.status = RunStatus::Canceled;
                    run.updated = ask.now;
                }
            }
            Ok(Reply::empty(200))
        }
        ("POST", ["archive"]) => {
            for id in bulk(all, ask)?.1 {
                if let Some(run) = all.run_mut(&id) {
                    run.archived = Some(ask.now);
                    run.updated = ask.now;
                }
            }
            Ok(Reply::empty(200))
        }
        ("GET", [id]) => Ok(Reply::text(200, all.run_text(all.known_run(id)?))),
        ("POST", [id, "retry"]) => {
            let body = ask.body()?;
            let id = all.known_run(id)?.id.clone();
            all.retry(&id, ask::text(&body, "strategy")?, ask.now).map(|text| Reply::text(200, text))
        }
        _ => Err(Reply::no_route()),
    }
}

/// The body of a bulk order and the runs that it means.
fn bulk(all: &Installation, ask: &Ask<'_>) -> Result<(Map, Vec<String>), Reply> {
    let body = ask.body()?;
    let project = &all.known_project(ask::text(&body, "projectId")?)?.id;
    let ids = all.chosen(project, &Wanted::told(&body)?).into_iter().map(|run| run.id.clone()).collect();
    Ok((body, ids))
}

/// `ANY /v1/flow-runs/:id/waitpoints/:waitpoint[/sync]`: whoever knows the address lets a paused run go on.
pub(super) fn resume(all: &mut Installation, ask: &Ask<'_>, id: &str, waitpoint: &str) -> Reply {
    let spent = "This link has expired. The action may have already been processed.";
    let payload = super::webhooks::payload(ask);
    let waits = |run: &&mut Run| run.status == RunStatus::Paused && run.waitpoint == waitpoint;
    let Some(run) = all.run_mut(id).filter(waits) else {
        return Reply::ok(json!({ "message": spent }));
    };
    run.status = RunStatus::Queued;
    run.updated = ask.now;
    run.resumed_with = Some(payload);
    all.pending.push(Effect::Run { run: id.to_owned() });
    Reply::ok(json!({ "message": "Your response has been recorded. You can close this page now." }))
}
