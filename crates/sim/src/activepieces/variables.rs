//! Variables: named values that flows read and lists do not show.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ask::{self, Ask};
use super::ids::stamp;
use super::installation::Installation;
use super::reply::Reply;

#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) metadata: Value,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
}

impl Installation {
    fn variable_json(&self, variable: &Variable) -> Value {
        json!({
            "id": variable.id, "created": stamp(variable.created), "updated": stamp(variable.updated),
            "name": variable.name, "projectId": variable.project, "platformId": self.platform_id(),
            "ownerId": self.person_id(), "owner": self.owner_json(), "metadata": variable.metadata,
        })
    }
}

/// `/v1/variables…`
pub(super) fn variables(all: &mut Installation, ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Reply> {
    let known = |all: &Installation, id: &str| {
        let id = ask::id(id)?;
        let found = all.variables.iter().position(|variable| variable.id == id);
        found.ok_or_else(|| Reply::not_found("variable", id))
    };
    match (ask.method, rest) {
        ("GET", []) => {
            let project = &all.known_project(ask.needed_param("projectId")?)?.id;
            let rows: Vec<&Variable> = all.variables.iter().filter(|one| one.project == *project).collect();
            Reply::page(&rows, ask, 10, |one| &one.id, |one| all.variable_json(one).to_string())
        }
        ("POST", []) => {
            let body = ask.body()?;
            let project = all.known_project(ask::text(&body, "projectId")?)?.id.clone();
            let name = ask::name(&body, "name")?.to_owned();
            let value = ask::text(&body, "value")?.to_owned();
            if all.variables.iter().any(|one| one.project == project && one.name == name) {
                let message = format!("A variable named {name} exists already");
                return Err(Reply::domain(409, "VALIDATION", json!({ "message": message })));
            }
            let metadata = body.get("metadata").cloned().unwrap_or_default();
            let id = all.id();
            let variable = Variable { id, project, name, value, metadata, created: ask.now, updated: ask.now };
            let answer = all.variable_json(&variable);
            all.variables.push(variable);
            Ok(Reply::json(201, answer))
        }
        ("POST", [id]) => {
            let at = known(all, id)?;
            let body = ask.body()?;
            if let Some(variable) = all.variables.get_mut(at) {
                if let Some(value) = ask::some_text(&body, "value") {
                    variable.value = value;
                }
                if let Some(metadata) = body.get("metadata") {
                    variable.metadata = metadata.clone();
                }
                variable.updated = ask.now;
            }
            Ok(Reply::ok(all.variables.get(at).map(|one| all.variable_json(one)).unwrap_or_default()))
        }
        ("POST", [id, "reveal"]) => {
            let at = known(all, id)?;
            Ok(Reply::ok(json!({ "value": all.variables.get(at).map(|one| &one.value) })))
        }
        ("DELETE", [id]) => {
            let at = known(all, id)?;
            all.variables.remove(at);
            Ok(Reply::empty(204))
        }
        _ => Err(Reply::no_route()),
    }
}
