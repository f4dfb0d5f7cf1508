//! Someone else changed the same thing: three versions are shown, nothing is done, and a person chooses.

use contract::commands::{AssignTodo, CompleteTodo, MoveCard, ResolveConflict, UpdateTodo};
use contract::{Choice, Conflict, OutboxState, Pending, RecordingId, Undone};

use super::server::{fact, facts, same};
use crate::support::{Desk, day};

fn titled(id: RecordingId, title: &str) -> UpdateTodo {
    UpdateTodo { id, title: Some(title.into()), body: None, starts_on: None, due_on: None, assignees: None }
}

fn three(conflict: &Conflict, field: &str) -> (String, String, String) {
    let found = conflict.fields.iter().find(|three| three.field == field);
    let found = found.unwrap_or_else(|| panic!("no {field} in {conflict:#?}"));
    (found.base.clone(), found.mine.clone(), found.theirs.clone())
}

async fn clash(choice: Choice) {
    let (desk, scene) = Desk::with_scene().await;
    desk.server(|editor| editor.retitle(scene.todo.0, "Theirs").unwrap());
    let before = facts(&desk);
    let written = desk.does(titled(scene.todo, "Mine")).await;
    desk.settles().await;
    same(&before, &facts(&desk), "nothing was written over theirs");
    let waits = desk.outbox().await;
    let [entry] = &waits[..] else { panic!("{waits:#?}") };
    assert_eq!(entry.state, OutboxState::Conflict);
    let conflict = entry.conflict.as_ref().unwrap();
    assert_eq!(three(conflict, "title"), ("Book the studio".into(), "Mine".into(), "Theirs".into()));
    assert_eq!(desk.shows(scene.todo).await.pending, Pending::Conflict);
    assert_eq!(desk.status().await.stuck, 1);
    // A conflict of one item does not hold the others up.
    desk.does(CompleteTodo { id: scene.second }).await;
    desk.settles().await;
    assert!(fact(&desk, scene.second).completed);

    desk.does(ResolveConflict { change: written.changes[0], choice }).await;
    desk.settles().await;
    desk.nothing_waits().await;
    let wanted = match choice {
        Choice::KeepTheirs => "Theirs",
        Choice::TakeMine => "Mine",
    };
    assert_eq!(fact(&desk, scene.todo).title, wanted);
    assert_eq!(desk.shows(scene.todo).await.item.title, wanted);
    let mut kept = before;
    kept.get_mut(&scene.todo.0).unwrap().title = wanted.into();
    kept.remove(&scene.second.0);
    let mut there = facts(&desk);
    there.remove(&scene.second.0);
    // The one that was ticked off above stands elsewhere among its siblings.
    for fact in kept.values_mut().chain(there.values_mut()) {
        fact.position = 0;
    }
    same(&kept, &there, "all else stayed");
    desk.full_sync().await;
    desk.truth_holds("afterwards").await;
}

#[tokio::test]
async fn a_clash_on_sending_is_decided_for_them() {
    clash(Choice::KeepTheirs).await;
}

#[tokio::test]
async fn a_clash_on_sending_is_decided_for_me() {
    clash(Choice::TakeMine).await;
}

#[tokio::test]
async fn the_same_change_made_by_both_is_no_clash() {
    let (desk, scene) = Desk::with_scene().await;
    desk.server(|editor| editor.retitle(scene.todo.0, "The same").unwrap());
    desk.sends(titled(scene.todo, "The same")).await;
    assert_eq!(fact(&desk, scene.todo).title, "The same");
}

/// Does it, lets someone else change the item, and tries to undo: shown and not done.
async fn undo_after(theirs_seen: bool, choice: Choice) {
    let (desk, scene) = Desk::with_scene().await;
    let set = desk.sends(titled(scene.todo, "Mine")).await.set.unwrap();
    desk.server(|editor| editor.retitle(scene.todo.0, "Theirs").unwrap());
    if theirs_seen {
        desk.sync().await;
    }
    let before = facts(&desk);
    let Undone::Moved { conflicts } = desk.undo_with(set, None).await else { panic!("it was undone unasked") };
    let [conflict] = &conflicts[..] else { panic!("{conflicts:#?}") };
    assert_eq!(conflict.item, scene.todo);
    assert_eq!(three(conflict, "title"), ("Mine".into(), "Book the studio".into(), "Theirs".into()));
    desk.settles().await;
    desk.nothing_waits().await;
    same(&before, &facts(&desk), "nothing was done");
    assert!(matches!(desk.undo_with(set, Some(choice)).await, Undone::Done { .. }));
    desk.settles().await;
    desk.nothing_waits().await;
    let wanted = match choice {
        Choice::KeepTheirs => "Theirs",
        Choice::TakeMine => "Book the studio",
    };
    assert_eq!(fact(&desk, scene.todo).title, wanted);
    assert_eq!(desk.shows(scene.todo).await.item.title, wanted);
}

#[tokio::test]
async fn an_undo_of_what_someone_changed_since_asks_first() {
    for theirs_seen in [true, false] {
        for choice in [Choice::KeepTheirs, Choice::TakeMine] {
            undo_after(theirs_seen, choice).await;
        }
    }
}

#[tokio::test]
async fn an_undo_asks_for_every_kind_of_change() {
    let (desk, scene) = Desk::with_scene().await;
    let [first, second] = scene.people;
    let ticked = desk.sends(CompleteTodo { id: scene.second }).await.set.unwrap();
    let assigned = desk.sends(AssignTodo { id: scene.third, assignees: vec![first] }).await.set.unwrap();
    let moved = desk.sends(MoveCard { id: scene.card, column: scene.other_column, position: 1 }).await.set.unwrap();
    desk.server(|editor| {
        editor.uncomplete(scene.second.0).unwrap();
        editor.assign(scene.third.0, &[second.0]).unwrap();
        editor.relocate(scene.card.0, Some(scene.done_column.0), 1).unwrap();
    });
    for (what, set, field) in
        [("ticked", ticked, "completed"), ("assigned", assigned, "assignees"), ("moved", moved, "parent")]
    {
        let before = facts(&desk);
        let Undone::Moved { conflicts } = desk.undo_with(set, None).await else { panic!("{what}: undone unasked") };
        assert!(conflicts[0].fields.iter().any(|three| three.field == field), "{what}: {conflicts:#?}");
        same(&before, &facts(&desk), what);
    }
}

#[tokio::test]
async fn a_change_of_another_field_by_someone_else_is_asked_about_too() {
    let (desk, scene) = Desk::with_scene().await;
    let set = desk.sends(titled(scene.todo, "Mine")).await.set.unwrap();
    desk.server(|editor| editor.reschedule(scene.todo.0, Some(day("2026-12-30"))).unwrap());
    let Undone::Moved { conflicts } = desk.undo_with(set, None).await else { panic!("undone unasked") };
    assert_eq!(three(&conflicts[0], "due_on").2, "2026-12-30");
    assert!(matches!(desk.undo_with(set, Some(Choice::TakeMine)).await, Undone::Done { .. }));
    desk.settles().await;
    let there = fact(&desk, scene.todo);
    assert_eq!(
        (there.title.as_str(), there.due_on),
        ("Book the studio", Some(day("2026-12-30"))),
        "theirs stays beside mine"
    );
}

#[tokio::test]
async fn what_has_gone_from_basecamp_says_so_and_can_be_given_up() {
    let (desk, scene) = Desk::with_scene().await;
    let me = desk.sim.me();
    desk.goes_offline().await;
    let written = desk.does(titled(scene.todo, "Too late")).await;
    desk.server(|editor| editor.acting_as(scene.people[0].0).revoke(scene.project.0, me).unwrap());
    desk.comes_back().await;
    let waits = desk.outbox().await;
    let [entry] = &waits[..] else { panic!("{waits:#?}") };
    assert_eq!(entry.state, OutboxState::Failed);
    desk.does(contract::commands::DiscardOutbox { change: written.changes[0] }).await;
    desk.nothing_waits().await;
    desk.full_sync().await;
    desk.truth_holds("given up").await;
}
