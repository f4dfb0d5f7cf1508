//! The world's rules without HTTP, and the laws that hold after any history.

use std::collections::BTreeSet;

use super::noon;
use crate::company::{Size, build};
use crate::world::{Editor, Fields, Kind, Refusal, Status, World};
use crate::{Dice, random_edit};

fn small() -> World {
    build(5, Size::small(), noon())
}

fn later(seconds: i64) -> jiff::Timestamp {
    noon() + jiff::SignedDuration::from_secs(seconds)
}

fn first(world: &World, kind: Kind, fits: impl Fn(&crate::world::Recording) -> bool) -> i64 {
    let found = world.of_kind(kind).iter().find(|id| {
        let one = world.recording(**id).unwrap();
        world.may_see(world.me(), one.project)
            && world.project(one.project).unwrap().status == Status::Active
            && world.status_of(**id) == Status::Active
            && fits(one)
    });
    *found.unwrap()
}

#[test]
fn trashing_a_list_hides_what_is_in_it_without_touching_it() {
    let mut world = small();
    let list = first(&world, Kind::Todolist, |list| world.children_of(list.id, Kind::Todo).count() > 1);
    let child = world.children_of(list, Kind::Todo).next().unwrap().clone();
    let log = &mut Vec::new();
    let mut editor = Editor::new(&mut world, later(1), log);
    editor.set_status(list, Status::Trashed).unwrap();
    assert_eq!(world.status_of(child.id), Status::Trashed);
    assert_eq!(world.recording(child.id), Some(&child));
    let mut editor = Editor::new(&mut world, later(2), log);
    assert_eq!(editor.complete(child.id), Err(Refusal::NotFound));
    editor.set_status(list, Status::Active).unwrap();
    assert_eq!(world.status_of(child.id), Status::Active);
}

#[test]
fn a_card_is_done_by_lying_in_done() {
    let mut world = small();
    let card = first(&world, Kind::Card, |card| card.completion.is_none());
    let table = world.recording(world.recording(card).unwrap().parent.unwrap()).unwrap();
    let table = if table.kind == Kind::OnHold {
        world.recording(table.parent.unwrap()).unwrap().parent.unwrap()
    } else {
        table.parent.unwrap()
    };
    let triage = world.children_of(table, Kind::Triage).next().unwrap().id;
    let done = world.children_of(table, Kind::DoneColumn).next().unwrap().id;
    let log = &mut Vec::new();
    let me = world.me();
    let mut editor = Editor::new(&mut world, later(1), log);
    assert_eq!(editor.complete(card), Err(Refusal::NotFound));
    editor.relocate(card, Some(done), 1).unwrap();
    assert_eq!(world.recording(card).unwrap().completion.unwrap().by, me);
    let actions: Vec<&str> = world.events_of(card).map(|event| event.action).collect();
    assert!(actions.ends_with(&["moved", "completed"]), "{actions:?}");
    let mut editor = Editor::new(&mut world, later(2), log);
    editor.relocate(card, Some(triage), 1).unwrap();
    assert!(world.recording(card).unwrap().completion.is_none());
}

#[test]
fn moving_puts_it_at_its_place_and_shifts_the_others_silently() {
    let size = Size { projects: 4, recordings: 800 };
    let mut world = build(5, size, noon());
    let list = first(&world, Kind::Todolist, |list| world.children_of(list.id, Kind::Todo).count() >= 4);
    let order: Vec<i64> = world.children_of(list, Kind::Todo).map(|one| one.id).collect();
    let log = &mut Vec::new();
    let before = world.recording(order[1]).unwrap().updated_at;
    Editor::new(&mut world, later(1), log).relocate(order[0], None, 3).unwrap();
    let after: Vec<i64> = world.children_of(list, Kind::Todo).map(|one| one.id).collect();
    assert_eq!(after[..4], [order[1], order[2], order[0], order[3]]);
    assert_eq!(world.position_of(world.recording(order[0]).unwrap()), 3);
    assert_eq!(world.recording(order[1]).unwrap().updated_at, before);
    Editor::new(&mut world, later(2), log).relocate(order[0], None, 9_999).unwrap();
    let last = world.children_of(list, Kind::Todo).last().unwrap().id;
    assert_eq!(last, order[0]);
    let refused = Editor::new(&mut world, later(3), log).relocate(order[0], None, 0);
    assert!(matches!(refused, Err(Refusal::Invalid { .. })));
}

#[test]
fn a_to_do_moves_between_lists_groups_and_the_set() {
    let mut world = small();
    let todo = first(&world, Kind::Todo, |_| true);
    let project = world.recording(todo).unwrap().project;
    let set = world.tool(project, Kind::Todoset).unwrap();
    let log = &mut Vec::new();
    let mut editor = Editor::new(&mut world, later(1), log);
    let list = editor.create(set, Kind::Todolist, Fields::titled("A list")).unwrap();
    let group = editor.create(list, Kind::Todolist, Fields::titled("A group")).unwrap();
    for parent in [list, group, set] {
        editor.relocate(todo, Some(parent), 1).unwrap();
        assert_eq!(editor.world().recording(todo).unwrap().parent, Some(parent));
    }
    let deeper = editor.create(group, Kind::Todolist, Fields::titled("Too deep"));
    assert_eq!(deeper, Err(Refusal::NotFound));
}

#[test]
fn an_edit_that_changes_nothing_leaves_no_trace() {
    let mut world = small();
    let todo = first(&world, Kind::Todo, |todo| todo.completion.is_some());
    let (before, events) = (world.recording(todo).unwrap().clone(), world.events.len());
    let log = &mut Vec::new();
    let mut editor = Editor::new(&mut world, later(1), log);
    editor.complete(todo).unwrap();
    editor.retitle(todo, &before.title).unwrap();
    editor.set_status(todo, Status::Active).unwrap();
    assert_eq!(world.recording(todo), Some(&before));
    assert_eq!(world.events.len(), events);
}

#[test]
fn lost_access_hides_everything_and_comes_back() {
    let mut world = small();
    let me = world.me();
    let project = world.projects().find(|project| project.members.contains(&me)).unwrap().id;
    let log = &mut Vec::new();
    Editor::new(&mut world, later(1), log).revoke(project, me).unwrap();
    assert!(world.truth_for(me).iter().all(|one| one.project != project));
    let todo = *world.of_kind(Kind::Todo).iter().find(|id| world.recording(**id).unwrap().project == project).unwrap();
    assert!(world.visible(me, todo).is_none());
    Editor::new(&mut world, later(2), log).grant(project, me).unwrap();
    assert!(world.visible(me, todo).is_some());
}

/// What must hold whatever happened.
fn check(world: &World) {
    let mut under = BTreeSet::new();
    for (parent, children) in &world.children {
        for child in children {
            assert!(under.insert(*child), "{child} hangs twice");
            let found = world.recording(*child).unwrap();
            assert_eq!(found.parent, Some(*parent));
            assert_eq!(found.project, world.recording(*parent).unwrap().project);
            assert!(world.recording(*parent).unwrap().kind.may_hold(found.kind));
        }
    }
    for recording in world.recordings.values() {
        assert_eq!(recording.parent.is_some(), under.contains(&recording.id));
        assert!(world.of_kind(recording.kind).contains(&recording.id));
        if recording.kind == Kind::Card && world.events_of(recording.id).count() > 0 {
            let in_done = world.recording(recording.parent.unwrap()).unwrap().kind;
            assert_eq!(recording.completion.is_some(), in_done == Kind::DoneColumn, "{recording:?}");
        }
        if let Some(parent) = recording.parent {
            assert!(world.status_of(recording.id) >= world.status_of(parent));
        }
    }
    assert!(world.events.is_sorted_by(|one, next| one.id < next.id));
    let total: usize = Kind::ALL.iter().map(|kind| world.of_kind(*kind).len()).sum();
    assert_eq!(total, world.len());
}

#[test]
fn laws_hold_after_every_random_edit() {
    for seed in 0..12 {
        let mut world = build(seed, Size { projects: 4, recordings: 240 }, noon());
        let mut dice = Dice::new(seed);
        check(&world);
        for step in 0..60 {
            let (before, log) = (world.revision(), &mut Vec::new());
            let mut editor = Editor::new(&mut world, later(step + 1), log);
            assert!(random_edit(&mut editor, &mut dice).is_some());
            assert!(world.revision() > before);
            check(&world);
        }
    }
}

#[test]
fn random_edits_are_of_every_sort() {
    let mut world = build(1, Size::small(), noon());
    let mut dice = Dice::new(1);
    let mut seen = BTreeSet::new();
    for step in 0..600 {
        let log = &mut Vec::new();
        let mut editor = Editor::new(&mut world, later(step), log);
        let edit = format!("{:?}", random_edit(&mut editor, &mut dice).unwrap());
        let word = edit.split([' ', '{']).next().unwrap().to_owned();
        let more = match word.as_str() {
            "SetStatus" | "SetProjectStatus" => edit.rsplit("status: ").next().unwrap().to_owned(),
            "Create" if edit.contains("Comment") => "Comment".to_owned(),
            "SetAccess" if edit.contains("grant: []") => "revoke".to_owned(),
            _ => String::new(),
        };
        seen.insert(format!("{word} {more}").trim_end_matches([' ', '}']).to_owned());
    }
    for sort in [
        "Create",
        "Create Comment",
        "Update",
        "Complete",
        "Uncomplete",
        "Move",
        "SetStatus Trashed",
        "SetStatus Archived",
        "SetStatus Active",
        "SetProjectStatus Trashed",
        "SetProjectStatus Archived",
        "SetProjectStatus Active",
        "SetAccess",
        "SetAccess revoke",
    ] {
        assert!(seen.contains(sort), "no {sort} in {seen:?}");
    }
}
