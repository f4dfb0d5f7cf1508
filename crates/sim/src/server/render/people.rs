//! How people, projects and events look on the wire.

use serde_json::{Value, json};

use super::{Lens, moment};
use crate::world::{Event, Project};

impl Lens<'_> {
    /// A person; an empty object for one who is not there.
    pub(crate) fn person(&self, id: i64) -> Value {
        let Some(person) = self.world.person(id) else {
            return json!({});
        };
        let origin = self.url.rsplit_once('/').map_or("", |(origin, _)| origin);
        let staff = !person.client;
        json!({
            "id": person.id,
            "attachable_sgid": format!("sim-person-{}", person.id),
            "name": person.name,
            "email_address": person.email,
            "personable_type": if person.client { "Client" } else { "User" },
            "title": person.title,
            "bio": person.bio,
            "tagline": person.bio,
            "location": person.location,
            "created_at": moment(person.created_at),
            "updated_at": moment(person.created_at),
            "admin": person.admin,
            "owner": person.owner,
            "client": person.client,
            "employee": staff,
            "time_zone": person.time_zone,
            "avatar_url": format!("{origin}/avatars/{}.svg", person.id),
            "company": { "id": company_id(&person.company), "name": person.company },
            "can_manage_projects": staff,
            "can_manage_people": person.admin,
            "can_ping": staff,
            "can_access_timesheet": staff,
            "can_access_hill_charts": staff,
        })
    }

    pub(crate) fn people(&self, ids: &[i64]) -> Value {
        Value::Array(ids.iter().map(|id| self.person(*id)).collect())
    }

    pub(crate) fn project(&self, project: &Project) -> Value {
        let dock: Vec<Value> = project
            .dock
            .iter()
            .enumerate()
            .filter_map(|(at, id)| {
                let tool = self.world.recording(*id)?;
                let (name, _) = tool.kind.dock()?;
                Some(json!({
                    "id": tool.id,
                    "title": tool.title,
                    "name": name,
                    "enabled": true,
                    "position": at + 1,
                    "url": self.url_of(tool),
                    "app_url": self.app_url_of(tool),
                }))
            })
            .collect();
        let url = format!("{}/projects/{}", self.url, project.id);
        json!({
            "id": project.id,
            "status": project.status.word(),
            "created_at": moment(project.created_at),
            "updated_at": moment(project.updated_at),
            "name": project.name,
            "description": project.description,
            "purpose": "topic",
            "start_date": project.dates.map(|(first, _)| first.to_string()),
            "end_date": project.dates.map(|(_, last)| last.to_string()),
            "clients_enabled": true,
            "timesheet_enabled": true,
            "color": Value::Null,
            "bookmark_url": format!("{url}/bookmark.json"),
            "star_url": format!("{}/buckets/{}/stars.json", self.url, project.id),
            "url": format!("{url}.json"),
            "app_url": self.page(&url),
            "dock": dock,
            "bookmarked": false,
            "starred": false,
        })
    }

    pub(crate) fn event(&self, event: &Event) -> Value {
        json!({
            "id": event.id,
            "recording_id": event.recording,
            "action": event.action,
            "details": {
                "added_person_ids": event.added,
                "removed_person_ids": event.removed,
                "notified_recipient_ids": [],
            },
            "created_at": moment(event.at),
            "creator": self.person(event.creator),
        })
    }
}

fn company_id(name: &str) -> i64 {
    let sum = name.bytes().fold(7_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 900_001);
    1_033_000_000 + sum
}
