//! The company: deterministic, believable, of the size asked for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::noon;
use crate::company::{Size, build};
use crate::world::{Kind, Status, World};

fn sample() -> World {
    build(7, Size::sample(), noon())
}

#[test]
fn same_seed_same_company() {
    let (one, other) = (sample(), sample());
    assert!(one == other);
    assert_eq!(format!("{:?}", one.truth_for(one.me())), format!("{:?}", other.truth_for(other.me())));
    assert!(build(8, Size::sample(), noon()) != one);
}

#[test]
fn has_the_size_asked_for() {
    for (projects, recordings) in
        [(1, 60), (3, 210), (4, 280), (4, 320), (10, 1_500), (15, 2_800), (7, 3_500), (40, 9_000)]
    {
        let world = build(3, Size { projects, recordings }, noon());
        assert_eq!(world.projects().count(), projects);
        assert_eq!(world.len(), recordings);
    }
}

#[test]
fn people_are_as_told() {
    let world = sample();
    assert!(world.people().count() >= 14);
    assert_eq!(world.people().filter(|person| person.owner).count(), 1);
    assert_eq!(world.people().filter(|person| person.admin && !person.owner).count(), 2);
    assert_eq!(world.people().filter(|person| person.client).count(), 2);
    assert!(world.person(world.me()).is_some());
    let zones: BTreeSet<&str> = world.people().map(|person| person.time_zone.as_str()).collect();
    assert!(zones.len() > 8);
}

#[test]
fn every_kind_and_every_state_is_there() {
    let world = sample();
    for kind in Kind::ALL {
        assert!(!world.of_kind(*kind).is_empty(), "no {kind:?}");
    }
    let me = world.me();
    let today = noon().to_zoned(TimeZone::UTC).date();
    let tomorrow = today.tomorrow().unwrap();
    let mut groups = 0;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = |name| *seen.entry(name).or_default() += 1;
    for truth in world.truth_for(me) {
        let recording = world.recording(truth.id);
        if let Some(list) = recording.filter(|found| world.is_group(found)) {
            groups += world.children_of(list.id, Kind::Todo).count();
        }
        match truth.status {
            Status::Archived => count("archived"),
            Status::Trashed => count("trashed"),
            Status::Active | Status::Drafted => {}
        }
        if truth.kind != "Todo" {
            continue;
        }
        let parent = truth.parent.and_then(|id| world.recording(id)).unwrap();
        if parent.kind == Kind::Todoset {
            count("loose");
        }
        if truth.completed {
            count("done");
            continue;
        }
        if truth.assignees.is_empty() {
            count("unassigned");
        }
        match truth.due_on {
            Some(day) if day < today => count("overdue"),
            Some(day) if day == today => count("today"),
            Some(day) if day == tomorrow => count("tomorrow"),
            Some(_) | None => {}
        }
    }
    assert!(groups > 20, "{groups} to-dos in groups");
    for name in ["archived", "trashed", "loose", "done", "unassigned", "overdue", "today", "tomorrow"] {
        assert!(seen.get(name).copied().unwrap_or(0) >= 3, "{name}: {seen:?}");
    }
    let blocked = world
        .of_kind(Kind::Comment)
        .iter()
        .filter(|id| world.recording(**id).unwrap().body.contains("Blocked: waiting for"))
        .count();
    assert!(blocked > 3);
    for status in [Status::Archived, Status::Trashed] {
        assert!(world.projects().any(|project| project.status == status));
    }
    assert!(!world.projects().all(|project| project.members.contains(&me)));
}

#[test]
fn two_people_have_work_today() {
    let world = sample();
    let today = noon().to_zoned(TimeZone::UTC).date();
    let busy: BTreeSet<i64> = world
        .of_kind(Kind::Todo)
        .iter()
        .filter_map(|id| world.recording(*id))
        .filter(|todo| todo.due_on == Some(today) && todo.completion.is_none())
        .filter(|todo| world.status_of(todo.id) == Status::Active)
        .flat_map(|todo| todo.assignees.clone())
        .collect();
    assert!(busy.contains(&world.me()));
    assert!(busy.len() >= 2);
}

#[test]
fn history_is_in_order_and_in_the_past() {
    let world = sample();
    assert!(world.events.is_sorted_by_key(|event| event.at));
    assert!(world.events.is_sorted_by(|one, next| one.id < next.id));
    assert!(world.events.iter().all(|event| event.at < noon()));
    for id in Kind::ALL.iter().flat_map(|kind| world.of_kind(*kind)) {
        let found = world.recording(*id).unwrap();
        assert!(found.updated_at >= found.created_at);
        assert!(found.updated_at < noon());
        if let Some(done) = found.completion {
            assert!(done.at >= found.created_at, "{found:?}");
        }
        if let Some(parent) = found.parent {
            assert!(found.created_at >= world.recording(parent).unwrap().created_at);
        }
        let project = world.project(found.project).unwrap();
        assert!(found.created_at >= project.created_at, "{found:?} {project:?}");
    }
}

#[test]
fn ids_are_unique_and_some_beyond_what_a_float_holds() {
    let world = sample();
    let ids: Vec<i64> = world.truth_for(world.me()).iter().map(|one| one.id).collect();
    assert!(ids.iter().any(|id| *id > 1 << 53));
    assert!(ids.iter().any(|id| *id < 1 << 53));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn texts_are_whole_and_vary() {
    let world = sample();
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    for id in world.of_kind(Kind::Todo) {
        let title = world.recording(*id).unwrap().title.as_str();
        assert!(!title.is_empty() && !title.contains('{'));
        *titles.entry(title).or_default() += 1;
    }
    let most = titles.iter().max_by_key(|(_, count)| **count).unwrap();
    assert!(*most.1 <= 6, "{most:?}");
}

#[test]
fn the_largest_company_is_as_large_as_told() {
    let size = Size { projects: 200, recordings: 100_000 };
    let begun = std::time::Instant::now();
    let world = build(1, size, noon());
    eprintln!("built in {:?}", begun.elapsed());
    assert_eq!(world.len(), 100_000);
    assert_eq!(world.projects().count(), 200);
}

#[test]
fn early_on_a_monday_nothing_is_heaped_on_one_moment() {
    let monday = "2026-11-23T05:00:00Z".parse().unwrap();
    let world = build(7, Size::sample(), monday);
    let mut moments: BTreeMap<jiff::Timestamp, usize> = BTreeMap::new();
    for event in &world.events {
        assert!(event.at < monday);
        if event.action == "created" || event.action == "completed" {
            *moments.entry(event.at).or_default() += 1;
        }
    }
    let most = moments.values().max().unwrap();
    assert!(*most <= 30, "{most} things at one moment");
}
