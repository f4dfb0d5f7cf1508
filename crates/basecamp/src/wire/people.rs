//! People, and what they did.

use contract::{Activity, ActivityId, Fetched, Person, PersonId, ProjectId, RecordingId};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Batch, Fields, Skipped};

/// Reads a person.
///
/// # Errors
/// [`Skipped`] when it is no object or has no id.
pub fn person(raw: &str) -> Result<Fetched<Person>, Skipped> {
    let value = parse(raw)?;
    let fields = object(&value)?;
    let id = need_id(fields)?;
    let name = fields.first(&["name", "email_address"]);
    if name.is_empty() {
        return Err(Skipped { id: Some(id), reason: "a person without a name".to_owned() });
    }
    Ok(Fetched {
        value: Person {
            id: PersonId(id),
            name,
            title: fields.text("title"),
            email: fields.text("email_address"),
            time_zone: fields.text("time_zone"),
            admin: fields.flag("admin").unwrap_or(false),
            owner: fields.flag("owner").unwrap_or(false),
            client: fields.flag("client").unwrap_or(false),
            company: fields.object("company").map(|company| company.text("name")).unwrap_or_default(),
            sgid: fields.text("attachable_sgid"),
        },
        raw: raw.to_owned(),
    })
}

/// Reads a page of people.
#[must_use]
pub fn people(rows: &[Box<RawValue>]) -> Batch<Person> {
    let mut batch = Batch::default();
    for row in rows {
        batch.push(person(row.get()));
    }
    batch
}

/// Reads an entry of a timeline or of a recording's events. `project` is where it is taken to be when it does not say.
///
/// # Errors
/// [`Skipped`] when it has no id, no time or no project.
pub fn activity(raw: &str, project: Option<ProjectId>) -> Result<Fetched<Activity>, Skipped> {
    let value = parse(raw)?;
    let fields = object(&value)?;
    let id = need_id(fields)?;
    let skip = |reason: &str| Skipped { id: Some(id), reason: reason.to_owned() };
    let bucket = fields.object("bucket").and_then(|bucket| bucket.id("id"));
    let project = bucket
        .or_else(|| fields.id("bucket_id"))
        .map(ProjectId)
        .or(project)
        .ok_or_else(|| skip("an activity that does not say where"))?;
    Ok(Fetched {
        value: Activity {
            id: ActivityId(id),
            project,
            recording: fields.id("recording_id").or_else(|| fields.id("parent_recording_id")).map(RecordingId),
            action: fields.first(&["action", "kind"]),
            summary: fields.first(&["title", "target", "summary_excerpt"]),
            creator: fields.person("creator").or_else(|| fields.id("creator_id").map(PersonId)),
            created_at: fields.instant("created_at").ok_or_else(|| skip("an activity that does not say when"))?,
        },
        raw: raw.to_owned(),
    })
}

/// Reads a page of activity.
#[must_use]
pub fn activities(rows: &[Box<RawValue>]) -> Batch<Activity> {
    let mut batch = Batch::default();
    for row in rows {
        batch.push(activity(row.get(), None));
    }
    batch
}

pub(super) fn parse(raw: &str) -> Result<Value, Skipped> {
    serde_json::from_str(raw)
        .map_err(|error| Skipped { id: None, reason: format!("not JSON that can be read ({error})") })
}

pub(super) fn object(value: &Value) -> Result<Fields<'_>, Skipped> {
    Fields::of(value).ok_or_else(|| Skipped { id: None, reason: "not a JSON object".to_owned() })
}

pub(super) fn need_id(fields: Fields<'_>) -> Result<i64, Skipped> {
    fields.id("id").ok_or_else(|| Skipped { id: None, reason: "it has no id".to_owned() })
}
