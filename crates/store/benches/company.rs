//! The sample company as the store takes it: what a first fetch would bring, without the fetching.

use std::sync::Arc;

use contract::*;
use jiff::Timestamp;
use sim::world::{self, World};
use store::Clock;

/// The moment that the company is built for: 21 November 2026, 09:00 UTC.
const NOW: Timestamp = Timestamp::constant(1_795_251_600, 0);
const SEED: u64 = 7;

/// Always the same moment.
pub(crate) fn clock() -> Clock {
    Arc::new(|| NOW)
}

/// A company of this many recordings, spread over as many projects as there can be.
pub(crate) fn build(recordings: usize) -> World {
    sim::company::build(SEED, sim::Size { projects: 200, recordings }, NOW)
}

/// Every recording that is not a draft, by id.
pub(crate) fn recordings(world: &World) -> Vec<Fetched<Recording>> {
    let ids = world::Kind::ALL.iter().flat_map(|kind| world.of_kind(*kind));
    let mut all: Vec<_> = ids.filter_map(|id| fetched(world, world.recording(*id)?)).collect();
    all.sort_by_key(|fetched| fetched.value.id);
    all
}

fn fetched(world: &World, from: &world::Recording) -> Option<Fetched<Recording>> {
    let kind = Kind::from_wire(from.kind.wire()).unwrap_or(Kind::Column);
    let status = match world.status_of(from.id) {
        world::Status::Active => Status::Active,
        world::Status::Archived => Status::Archived,
        world::Status::Trashed => Status::Trashed,
        world::Status::Drafted => return None,
    };
    let value = Recording {
        id: RecordingId(from.id),
        kind,
        project: ProjectId(from.project),
        parent: from.parent.map(RecordingId),
        status,
        title: if matches!(kind, Kind::Comment | Kind::ChatLine) { String::new() } else { world.title_of(from.id) },
        body: from.body.clone(),
        position: None,
        completed: from.completion.is_some(),
        completed_at: from.completion.map(|completion| completion.at),
        completer: from.completion.map(|completion| PersonId(completion.by)),
        starts_on: from.starts_on,
        due_on: from.due_on,
        span: None,
        assignees: from.assignees.iter().copied().map(PersonId).collect(),
        creator: Some(PersonId(from.creator)),
        created_at: from.created_at,
        updated_at: from.updated_at,
        comments: 0,
        app_url: format!("https://3.basecamp.com/{}/buckets/{}/recordings/{}", SEED, from.project, from.id),
    };
    // Basecamp's own JSON repeats the record, and adds its addresses, its project and whoever made it.
    let raw = serde_json::json!({
        "recording": value, "url": value.app_url, "bookmark_url": value.app_url, "subscription_url": value.app_url,
        "bucket": { "id": from.project, "name": "Harbour Studio", "type": "Project" },
        "creator": { "id": from.creator, "name": "Somebody of the Company", "avatar_url": value.app_url },
    });
    Some(Fetched { raw: raw.to_string(), value })
}

/// Everybody in the company.
pub(crate) fn people(world: &World) -> Vec<Fetched<Person>> {
    world
        .people()
        .map(|from| Person {
            id: PersonId(from.id),
            name: from.name.clone(),
            title: from.title.clone(),
            email: from.email.clone(),
            time_zone: from.time_zone.clone(),
            admin: from.admin,
            owner: from.owner,
            client: from.client,
            company: from.company.clone(),
            sgid: String::new(),
        })
        .map(|value| Fetched { value, raw: "{}".into() })
        .collect()
}

/// Every project of the company.
pub(crate) fn projects(world: &World) -> Vec<Fetched<Project>> {
    world
        .projects()
        .map(|from| Project {
            id: ProjectId(from.id),
            status: if from.status == world::Status::Active { Status::Active } else { Status::Archived },
            name: from.name.clone(),
            description: from.description.clone().unwrap_or_default(),
            purpose: String::new(),
            starts_on: None,
            ends_on: None,
            dock: Vec::new(),
            created_at: from.created_at,
            updated_at: from.updated_at,
            app_url: String::new(),
        })
        .map(|value| Fetched { value, raw: "{}".into() })
        .collect()
}

/// The day of that moment.
pub(crate) fn today() -> jiff::civil::Date {
    NOW.to_zoned(jiff::tz::TimeZone::UTC).date()
}
