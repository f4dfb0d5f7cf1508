//! Who has a flow open and who may edit it: what the web builder keeps over its socket.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::installation::Installation;

/// A person at a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

impl Present {
    fn json(&self) -> Value {
        json!({ "userId": self.id, "userDisplayName": self.name, "userEmail": self.email, "userImageUrl": null })
    }
}

/// Locks and presence by resource.
#[derive(Debug, Clone, Default)]
pub(super) struct Locks {
    /// Who holds it, and over which socket.
    held: BTreeMap<String, (Present, u64)>,
    present: BTreeMap<String, Vec<(Present, u64)>>,
}

impl Installation {
    /// The owner, as others see them.
    pub(crate) fn present_owner(&self) -> Present {
        let owner = self.person.as_ref().map(|person| person.owner.clone()).unwrap_or_default();
        Present { id: self.person_id(), name: format!("{} {}", owner.first_name, owner.last_name), email: owner.email }
    }

    /// Takes the lock unless somebody else holds it and `force` is not said. The answer is the acknowledgement.
    pub(crate) fn lock(&mut self, project: &str, resource: &str, who: &Present, socket: u64, force: bool) -> Value {
        if let Some((holder, _)) = self.locks.held.get(resource)
            && holder.id != who.id
            && !force
        {
            let lock = json!({ "userId": holder.id, "userDisplayName": holder.name });
            return json!({ "acquired": false, "lock": lock });
        }
        let before = self.locks.held.insert(resource.to_owned(), (who.clone(), socket));
        if before.is_none_or(|(holder, _)| holder.id != who.id) {
            let data = json!({ "resourceId": resource, "userId": who.id, "userDisplayName": who.name });
            self.tell(project, "RESOURCE_LOCKED", data);
        }
        json!({ "acquired": true, "lock": null })
    }

    pub(crate) fn unlock(&mut self, project: &str, resource: &str, who: &Present) {
        if self.locks.held.get(resource).is_some_and(|(holder, _)| holder.id == who.id) {
            self.locks.held.remove(resource);
            self.tell(project, "RESOURCE_UNLOCKED", json!({ "resourceId": resource }));
        }
    }

    /// Joins those who look at a resource. The answer is the acknowledgement.
    pub(crate) fn join(&mut self, project: &str, resource: &str, who: &Present, socket: u64) -> Value {
        let present = self.locks.present.entry(resource.to_owned()).or_default();
        if !present.iter().any(|(_, other)| *other == socket) {
            present.push((who.clone(), socket));
        }
        self.tell_presence(project, resource)
    }

    pub(crate) fn leave(&mut self, project: &str, resource: &str, socket: u64) -> Value {
        if let Some(present) = self.locks.present.get_mut(resource) {
            present.retain(|(_, other)| *other != socket);
        }
        self.tell_presence(project, resource)
    }

    fn tell_presence(&mut self, project: &str, resource: &str) -> Value {
        let mut users: Vec<&Present> = Vec::new();
        for (who, _) in self.locks.present.get(resource).into_iter().flatten() {
            if !users.iter().any(|user| user.id == who.id) {
                users.push(who);
            }
        }
        let users: Vec<Value> = users.into_iter().map(Present::json).collect();
        self.tell(project, "PRESENCE_UPDATED", json!({ "resourceId": resource, "users": users }));
        json!({ "users": users })
    }

    /// A socket went away: what it held is free, and nobody is there any more over it.
    pub(crate) fn gone(&mut self, project: &str, socket: u64) {
        let held: Vec<String> =
            self.locks.held.iter().filter(|(_, (_, by))| *by == socket).map(|(name, _)| name.clone()).collect();
        for resource in held {
            self.locks.held.remove(&resource);
            self.tell(project, "RESOURCE_UNLOCKED", json!({ "resourceId": resource }));
        }
        let joined: Vec<String> = self
            .locks
            .present
            .iter()
            .filter(|(_, present)| present.iter().any(|(_, by)| *by == socket))
            .map(|(name, _)| name.clone())
            .collect();
        for resource in joined {
            self.leave(project, &resource, socket);
        }
    }
}
