//! Work without a connection: everything reads, edits wait, and go out in order once there is one.

use contract::commands::{
    AddComment, CompleteTodo, CreateTodo, DiscardOutbox, RunSync, Search, ShowDirectory, ShowToday, ShowTodoLists,
    TrashItem, Undo, UpdateTodo,
};
use contract::{Code, OutboxState, Pending, RecordingId, Undone};

use super::server::{fact, facts, same};
use crate::support::{Desk, day};

fn todo(parent: RecordingId, title: &str) -> CreateTodo {
    CreateTodo { parent, title: title.into(), body: String::new(), starts_on: None, due_on: None, assignees: vec![] }
}

fn titled(id: RecordingId, title: &str) -> UpdateTodo {
    UpdateTodo { id, title: Some(title.into()), body: None, starts_on: None, due_on: None, assignees: None }
}

#[tokio::test]
async fn offline_everything_reads_and_edits_wait_and_then_are_sent_in_order() {
    let (desk, scene) = Desk::with_scene().await;
    desk.goes_offline().await;
    let before = facts(&desk);
    desk.sim.reset_counters();

    let made = desk.does(todo(scene.list, "Order the bread")).await.item.id;
    assert!(made.is_local());
    desk.does(titled(made, "Order the dark bread")).await;
    let due = UpdateTodo { due_on: Some(Some(day("2026-12-09"))), ..titled(made, "Order the dark bread") };
    desk.does(due).await;
    desk.does(AddComment { item: made, body: "From the corner shop".into() }).await;
    desk.does(CompleteTodo { id: made }).await;
    desk.does(titled(scene.todo, "Book two studios")).await;
    desk.settles().await;

    assert!(!desk.does(ShowDirectory {}).await.projects.is_empty());
    desk.does(ShowToday { date: None, limit: None }).await;
    let lists = desk.does(ShowTodoLists { project: scene.project, completed: true, put_away: false }).await;
    let list = lists.sections.iter().find(|section| section.list.id == scene.list).unwrap();
    let row = list.todos.iter().find(|row| row.id == made).expect("what was made offline is in its list");
    assert_eq!((row.title.as_str(), row.completed, row.pending), ("Order the dark bread", true, Pending::Queued));
    let search =
        Search { query: "dark bread".into(), project: None, person: None, kinds: vec![], put_away: false, limit: None };
    assert_eq!(desk.does(search).await.total, 1);
    assert_eq!(desk.shows(made).await.comments.len(), 1);

    let waits = desk.outbox().await;
    assert_eq!(waits.len(), 6, "{waits:#?}");
    assert!(waits.iter().all(|entry| entry.state == OutboxState::Queued));
    assert!(waits.is_sorted_by_key(|entry| entry.change));
    assert_eq!(desk.status().await.queued, 6);
    assert_eq!(desk.sim.counters().total(), 0, "nothing is asked for while offline");
    same(&before, &facts(&desk), "offline");
    desk.is_refused(RunSync { full: false }, Code::Offline).await;

    desk.comes_back().await;
    desk.nothing_waits().await;
    let shown = desk.shows(made).await.item;
    assert!(!shown.id.is_local(), "the local id still leads there");
    let there = fact(&desk, shown.id);
    assert_eq!(
        (there.title.as_str(), there.due_on, there.completed),
        ("Order the dark bread", Some(day("2026-12-09")), true)
    );
    let comments = facts(&desk).into_values().filter(|fact| fact.parent == Some(shown.id.0)).count();
    assert_eq!(comments, 1);
    assert_eq!(fact(&desk, scene.todo).title, "Book two studios");
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
    desk.full_sync().await;
    desk.truth_holds("back online").await;
}

#[tokio::test]
async fn being_offline_is_remembered_and_what_waits_is_sent_after_a_restart() {
    let (desk, scene) = Desk::with_scene().await;
    desk.goes_offline().await;
    let made = desk.does(todo(scene.group, "Print the cards")).await.item.id;
    desk.does(titled(made, "Print the invitations")).await;
    let desk = desk.restarts().await;
    assert!(desk.status().await.offline);
    assert_eq!(desk.outbox().await.len(), 2);
    desk.comes_back().await;
    desk.nothing_waits().await;
    let real = desk.shows(made).await.item.id;
    assert_eq!(fact(&desk, real).title, "Print the invitations");
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
}

#[tokio::test]
async fn what_was_made_and_taken_back_offline_is_never_sent() {
    let (desk, scene) = Desk::with_scene().await;
    desk.goes_offline().await;
    let before = facts(&desk);
    let made = desk.does(todo(scene.list, "A slip of the pen")).await;
    desk.does(AddComment { item: made.item.id, body: "Nobody reads this".into() }).await;
    desk.undoes(made.set.unwrap()).await;
    desk.is_refused(contract::commands::ShowItem { id: made.item.id }, Code::NotFound).await;
    let again = desk.does(todo(scene.list, "Another slip")).await.item.id;
    let _ = desk.tries(TrashItem { id: again }).await;
    let third = desk.does(titled(scene.todo, "A third slip")).await;
    desk.does(DiscardOutbox { change: third.changes[0] }).await;
    assert_eq!(desk.shows(scene.todo).await.item.title, "Book the studio");
    desk.nothing_waits().await;
    desk.comes_back().await;
    same(&before, &facts(&desk), "nothing of it was sent");
    desk.full_sync().await;
    desk.truth_holds("afterwards").await;
}

#[tokio::test]
async fn an_edit_undone_before_it_was_sent_leaves_basecamp_as_it_was() {
    let (desk, scene) = Desk::with_scene().await;
    let before = facts(&desk);
    desk.goes_offline().await;
    let set = desk.does(titled(scene.todo, "Never mind")).await.set;
    let undone = desk.does(Undo { set, choice: None }).await;
    assert!(matches!(undone, Undone::Done { .. }), "{undone:?}");
    desk.comes_back().await;
    desk.nothing_waits().await;
    same(&before, &facts(&desk), "sent and taken back");
}

#[tokio::test]
async fn a_network_that_is_gone_is_told_and_comes_back() {
    let (desk, scene) = Desk::with_scene().await;
    desk.sim.faults().next(100_000, "", "", sim::Fault::DropBefore);
    desk.does(titled(scene.todo, "Written in a tunnel")).await;
    desk.settles().await;
    let status = desk.status().await;
    assert_eq!((status.queued, status.reachable), (1, false));
    assert_eq!(status.problem.map(|fault| fault.code), Some(Code::Offline));
    desk.is_refused(RunSync { full: false }, Code::Offline).await;
    desk.sim.faults().clear();
    let status = desk.sync().await;
    assert_eq!((status.reachable, status.problem), (true, None));
    desk.settles().await;
    desk.nothing_waits().await;
    assert_eq!(fact(&desk, scene.todo).title, "Written in a tunnel");
}
