//! The 26 operations: read and applied by the `flow` crate, with the server's habits around them.
//!
//! Where our own rules refuse, the server says one of three things: nothing at all (a step that is not there), 400, or 500.

mod carry;
mod verdict;

use flow::{Op, State, wire};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::ask::{self, Ask};
use super::installation::{FlowRow, Installation};
use super::reply::Reply;
use super::stamp;
use carry::carry_out;
use verdict::{Verdict, Where, judge};

/// A request as far as it can be read without its steps.
#[derive(Deserialize)]
struct Shallow<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    request: Option<&'a RawValue>,
}

/// `POST /v1/flows/:id`
pub(super) fn operate(all: &mut Installation, ask: &Ask<'_>, id: &str) -> Result<Reply, Reply> {
    let row = all.known_flow(id)?.clone();
    if row.deleted.is_some() {
        let params = json!({ "message": "The flow is being deleted" });
        return Err(Reply::domain(409, "FLOW_OPERATION_IN_PROGRESS", params));
    }
    let (op, at) = read(&row, ask)?;
    let latest = row.latest().ok_or_else(|| Reply::not_found("flow_version", id))?;
    let op = match judge(all, latest, op, &at) {
        Verdict::Refuse(reply) => return Err(reply),
        Verdict::Do(op) => Some(op),
        Verdict::Nothing => None,
    };
    let mut next = row;
    let is_edit = match &op {
        Some(Op::LockAndPublish { .. } | Op::LockFlow) => false,
        Some(op) => op.edits(),
        None => true,
    };
    if is_edit {
        open_draft(all, &mut next, ask.now);
    }
    let failed = match op {
        Some(op) => carry_out(all, &mut next, op, ask)?,
        None => None,
    };
    next.updated = ask.now;
    if is_edit && let Some(version) = next.versions.last_mut() {
        stamp::version(version, &all.person_id(), ask.now);
    }
    let text = next.latest().map(|version| all.flow_text(&next, version)).unwrap_or_default();
    if let Some(present) = all.row_mut(&next.id) {
        *present = next;
    }
    match failed {
        Some(reply) => Err(reply),
        None => Ok(Reply::text(200, text)),
    }
}

fn read(row: &FlowRow, ask: &Ask<'_>) -> Result<(Op, Where), Reply> {
    let invalid = || Reply::validation("body/ Invalid input");
    let shallow: Shallow<'_> = serde_json::from_str(ask.text).map_err(|_| invalid())?;
    let request = shallow.request.ok_or_else(invalid)?;
    let at: Where = serde_json::from_str(request.get()).map_err(|_| invalid())?;
    if shallow.kind == "USE_AS_DRAFT"
        && let Some(version) = &at.version_id
        && row.version(version).is_none()
    {
        return Err(Reply::not_found("flow_version", version));
    }
    let op = wire::read_op(ask.text, &|version| row.version(version).cloned()).map_err(|_| invalid())?;
    Ok((op, at))
}

/// What was published stays as it is: an edit goes into a new version, a copy with an id of its own.
fn open_draft(all: &mut Installation, row: &mut FlowRow, now: jiff::Timestamp) {
    let Some(latest) = row.latest().filter(|version| version.state == Some(State::Locked)) else { return };
    let mut draft = latest.clone();
    draft.state = Some(State::Draft);
    let stamp = json!(super::ids::stamp(now));
    draft.extra.insert("id".to_owned(), json!(all.id()));
    draft.extra.insert("created".to_owned(), stamp);
    stamp::notes(&mut draft, now);
    row.versions.push(draft);
}

impl Installation {
    /// Lets every flow that uses the connection `from` use `to`.
    pub(super) fn rename_connection(&mut self, from: &str, to: &str, now: jiff::Timestamp) {
        let person = self.person_id();
        for version in self.flows.iter_mut().flat_map(|row| &mut row.versions) {
            if stamp::rename_connection(version, from, to) {
                stamp::version(version, &person, now);
            }
        }
    }

    /// Applies an operation as if it had come by request.
    pub(super) fn operate(&mut self, site: &super::site::Site, flow: &str, body: &str, now: jiff::Timestamp) -> Reply {
        let ask = Ask::new(site, now, "POST", &format!("/v1/flows/{flow}"), "", body);
        match ask::id(flow).and_then(|id| operate(self, &ask, id)) {
            Ok(reply) | Err(reply) => reply,
        }
    }
}
