//! What somebody else does on the server, behind the client's back.

use flow::{Document, Flow, Map, Record, State, Status};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::flows::version_extra;
use super::installation::{FlowRow, Installation};
use super::locks::Present;
use super::runs::Begin;
use super::site::Site;

/// Edits of another person, at the clock's time.
#[derive(Debug)]
pub struct Foreign<'a> {
    pub(super) installation: &'a mut Installation,
    pub(super) site: &'a Site,
    pub(super) now: Timestamp,
}

/// The socket of the other person, who has none.
const NO_SOCKET: u64 = 0;

impl Foreign<'_> {
    /// The server as it is.
    #[must_use]
    pub fn look(&self) -> &Installation {
        self.installation
    }

    /// Does an operation, in the form of the wire, and tells the status that its author would see.
    pub fn operate(&mut self, flow: &str, operation: &Value) -> u16 {
        self.installation.operate(self.site, flow, &operation.to_string(), self.now).status
    }

    /// Calls a flow something else.
    pub fn rename(&mut self, flow: &str, name: &str) -> u16 {
        self.operate(flow, &json!({ "type": "CHANGE_NAME", "request": { "displayName": name } }))
    }

    /// Deletes a step.
    pub fn delete_step(&mut self, flow: &str, step: &str) -> u16 {
        self.operate(flow, &json!({ "type": "DELETE_ACTION", "request": { "names": [step] } }))
    }

    /// Deletes a flow. It can still be read for a while.
    pub fn delete_flow(&mut self, flow: &str) {
        let now = self.now;
        if let Some(row) = self.installation.row_mut(flow) {
            row.deleted = Some(now);
            row.updated = now;
            row.record.status = Some(Status::Disabled);
        }
    }

    /// Puts a flow there as it was known elsewhere, in the place of what is there under its id; `published` is what runs, with
    /// the id of its version, where that is not the draft itself. A flow without an id is passed over.
    pub fn restore(&mut self, flow: &Flow, published: Option<(&str, &Document)>) {
        let (Some(id), Some(project)) = (flow.flow_id(), self.installation.project_id()) else { return };
        let (id, project, now) = (id.to_owned(), project.to_owned(), self.now);
        let said = |key: &str| flow.record.extra.get(key).and_then(Value::as_str);
        let moment = |key: &str| said(key).and_then(|text| text.parse().ok()).unwrap_or(now);
        let (created, updated, external_id) = (moment("created"), moment("updated"), said("externalId"));
        let external_id = external_id.map_or_else(|| self.installation.id(), str::to_owned);
        let mut record = Record { extra: Map::new(), ..flow.record.clone() };
        record.folder_id.take_if(|folder| !self.installation.folders.iter().any(|one| one.id == *folder));
        let mut latest = Flow { record: Record::default(), ..flow.clone() };
        latest.extra.insert("flowId".to_owned(), json!(id));
        let mut versions = vec![latest];
        if let Some((version, document)) = published {
            let mut locked = Flow::from(document.clone());
            locked.state = Some(State::Locked);
            locked.extra = version_extra(version, &id, now);
            versions.insert(0, locked);
        }
        let is_there = |wanted: &String| versions.iter().any(|version| version.version_id() == Some(wanted));
        if !record.published_version_id.as_ref().is_some_and(is_there) {
            record.published_version_id = None;
            record.status = Some(Status::Disabled);
        }
        self.installation.flows.retain(|row| row.id != id);
        let row =
            FlowRow { id, project, external_id, created, updated, deleted: None, template: None, record, versions };
        self.installation.flows.push(row);
    }

    /// Starts the published version, as a schedule or an event would. `None` if there is none or it is off.
    pub fn fire(&mut self, flow: &str, payload: Value) -> Option<String> {
        let row = self.installation.row(flow).filter(|row| row.is_enabled())?;
        let begin = Begin {
            project: row.project.clone(),
            flow: row.id.clone(),
            version: row.published()?.version_id()?.to_owned(),
            is_test: false,
            step_to_test: None,
            payload,
        };
        let run = self.installation.queue(begin, self.now);
        run.get("id")?.as_str().map(str::to_owned)
    }

    /// Ends every session, as a change of the password does.
    pub fn end_sessions(&mut self) {
        let version = self.installation.id();
        if let Some(person) = &mut self.installation.person {
            person.token_version = version;
        }
    }

    /// Changes the password. Every session ends.
    pub fn change_password(&mut self, password: &str) {
        if let Some(person) = &mut self.installation.person {
            person.owner.password = password.to_owned();
        }
        self.end_sessions();
    }

    /// A connection stops working, as when its token was revoked.
    pub fn break_connection(&mut self, external_id: &str) {
        let found = self.installation.connections.iter_mut().find(|one| one.external_id == external_id);
        if let Some(connection) = found {
            connection.status = "ERROR";
            connection.updated = self.now;
        }
    }

    /// Another person opens a flow and takes its lock, even from who holds it when `force` is said. The answer tells
    /// whether it was had.
    pub fn lock(&mut self, flow: &str, name: &str, force: bool) -> bool {
        let Some(project) = self.project(flow) else { return false };
        let who = stranger(name);
        self.installation.join(&project, flow, &who, NO_SOCKET);
        let answer = self.installation.lock(&project, flow, &who, NO_SOCKET, force);
        answer.get("acquired") == Some(&Value::Bool(true))
    }

    /// The other person leaves.
    pub fn unlock(&mut self, flow: &str, name: &str) {
        if let Some(project) = self.project(flow) {
            self.installation.unlock(&project, flow, &stranger(name));
            self.installation.leave(&project, flow, NO_SOCKET);
        }
    }

    fn project(&self, flow: &str) -> Option<String> {
        self.installation.row(flow).map(|row| row.project.clone())
    }
}

fn stranger(name: &str) -> Present {
    let word = name.to_lowercase().replace(' ', ".");
    Present { id: format!("stranger-{word}"), name: name.to_owned(), email: format!("{word}@example.com") }
}
