//! What somebody else does on the server, behind the client's back.

use flow::Status;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::installation::Installation;
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
