//! Every kind of write, done, undone and done again: Basecamp has it, has what was before, has it again.

use contract::commands::{
    AddComment, AddScheduleEntry, AssignTodo, CompleteStep, CompleteTodo, CreateCard, CreateTodo, MoveCard, MoveTodo,
    PostMessage, RestoreItem, TrashItem, UncompleteTodo, UpdateCard, UpdateTodo,
};
use contract::{Command, RecordingId, Reversible, SetState, Span, Written};
use sim::world::Status;

use super::server::{Facts, apart, fact, facts, same};
use crate::support::{Desk, day};

/// What is done to something that is there: undo gives back what was, to the last field.
async fn there_and_back<C: Command<Reply = Written>>(desk: &Desk, what: &str, command: C) -> Facts {
    let before = facts(desk);
    let written = desk.sends(command).await;
    let after = facts(desk);
    assert!(!apart(&before, &after).is_empty(), "{what}: nothing happened in Basecamp");
    let set = written.set.unwrap();
    desk.undoes(set).await;
    desk.settles().await;
    desk.nothing_waits().await;
    same(&before, &facts(desk), &format!("{what}, undone"));
    desk.redoes(set).await;
    desk.settles().await;
    desk.nothing_waits().await;
    same(&after, &facts(desk), &format!("{what}, done again"));
    agrees(desk, what).await;
    after
}

/// What is made: undo puts it into the trash, and nothing else changes.
async fn made_and_back<C: Command<Reply = Written>>(desk: &Desk, what: &str, command: C) -> RecordingId {
    let before = facts(desk);
    let written = desk.sends(command).await;
    let after = facts(desk);
    let made: Vec<i64> = after.keys().filter(|id| !before.contains_key(id)).copied().collect();
    let [made] = made[..] else { panic!("{what}: {} were made", made.len()) };
    let set = written.set.unwrap();
    desk.undoes(set).await;
    desk.settles().await;
    desk.nothing_waits().await;
    let mut undone = facts(desk);
    let gone = undone.remove(&made).unwrap();
    assert_eq!(gone.status, Status::Trashed, "{what}, undone");
    same(&before, &undone, &format!("{what}, undone"));
    desk.redoes(set).await;
    desk.settles().await;
    desk.nothing_waits().await;
    same(&after, &facts(desk), &format!("{what}, done again"));
    agrees(desk, what).await;
    RecordingId(made)
}

/// A comparison of everything finds nothing more.
async fn agrees(desk: &Desk, what: &str) {
    desk.full_sync().await;
    desk.truth_holds(what).await;
}

fn todo(parent: RecordingId) -> CreateTodo {
    CreateTodo {
        parent,
        title: "Order the flowers".into(),
        body: "<div>White ones</div>".into(),
        starts_on: Some(day("2026-12-02")),
        due_on: Some(day("2026-12-03")),
        assignees: Vec::new(),
    }
}

#[tokio::test]
async fn todos_are_made_in_lists_in_groups_and_loose() {
    let (desk, scene) = Desk::with_scene().await;
    for (what, parent) in [("in a list", scene.list), ("in a group", scene.group), ("loose", scene.todo_set)] {
        let create = CreateTodo { assignees: scene.people.to_vec(), ..todo(parent) };
        let made = made_and_back(&desk, what, create).await;
        let there = fact(&desk, made);
        assert_eq!(there.parent, Some(parent.0), "{what}");
        assert_eq!(there.assignees, scene.people.map(|person| person.0), "{what}");
        assert_eq!((there.starts_on, there.due_on), (Some(day("2026-12-02")), Some(day("2026-12-03"))), "{what}");
        assert!(there.body.contains("White ones"), "{what}: {}", there.body);
    }
}

#[tokio::test]
async fn todos_are_ticked_off_and_opened_again() {
    let (desk, scene) = Desk::with_scene().await;
    for id in [scene.todo, scene.grouped, scene.loose] {
        let after = there_and_back(&desk, "complete", CompleteTodo { id }).await;
        assert!(after[&id.0].completed);
        let after = there_and_back(&desk, "uncomplete", UncompleteTodo { id }).await;
        assert!(!after[&id.0].completed);
    }
}

#[tokio::test]
async fn todos_move_within_and_between_lists() {
    let (desk, scene) = Desk::with_scene().await;
    let move_to = |parent, position| MoveTodo { id: scene.todo, parent, position };
    let after = there_and_back(&desk, "within", move_to(None, 3)).await;
    assert_eq!(after[&scene.todo.0].position, 3);
    for parent in [scene.other_list, scene.group, scene.todo_set, scene.list] {
        let after = there_and_back(&desk, "between", move_to(Some(parent), 1)).await;
        assert_eq!((after[&scene.todo.0].parent, after[&scene.todo.0].position), (Some(parent.0), 1));
    }
}

#[tokio::test]
async fn todos_are_assigned_and_everything_else_stays() {
    let (desk, scene) = Desk::with_scene().await;
    let [first, second] = scene.people;
    for (id, people) in [(scene.todo, vec![second]), (scene.todo, vec![]), (scene.grouped, vec![first, second])] {
        let mut wanted = facts(&desk);
        wanted.get_mut(&id.0).unwrap().assignees = people.iter().map(|person| person.0).collect();
        let after = there_and_back(&desk, "assign", AssignTodo { id, assignees: people }).await;
        same(&wanted, &after, "assigned");
    }
}

#[tokio::test]
async fn items_go_into_the_trash_and_come_back() {
    let (desk, scene) = Desk::with_scene().await;
    for id in [scene.todo, scene.card, scene.message, scene.list, scene.group] {
        let after = there_and_back(&desk, "trash", TrashItem { id }).await;
        assert_eq!(after[&id.0].status, Status::Trashed);
        if id == scene.list {
            assert_eq!(after[&scene.todo.0].status, Status::Trashed, "what it holds goes with it");
            assert_eq!(after[&scene.grouped.0].status, Status::Trashed);
        }
        let after = there_and_back(&desk, "restore", RestoreItem { id }).await;
        assert_eq!(after[&id.0].status, Status::Active);
    }
}

#[tokio::test]
async fn cards_are_made_changed_and_moved_into_done_and_out() {
    let (desk, scene) = Desk::with_scene().await;
    let create = CreateCard {
        column: scene.column,
        title: "Choose the music".into(),
        body: "<div>Quiet</div>".into(),
        due_on: Some(day("2026-12-08")),
        assignees: scene.people.to_vec(),
    };
    let made = made_and_back(&desk, "card", create).await;
    assert_eq!(fact(&desk, made).assignees, scene.people.map(|person| person.0));
    let rename =
        UpdateCard { id: scene.card, title: Some("Draw it anew".into()), body: None, due_on: None, assignees: None };
    there_and_back(&desk, "card renamed", rename).await;
    let shift = |column, position| MoveCard { id: scene.card, column, position };
    there_and_back(&desk, "card to a column", shift(scene.other_column, 1)).await;
    let after = there_and_back(&desk, "card into done", shift(scene.done_column, 1)).await;
    assert!(after[&scene.card.0].completed);
    let after = there_and_back(&desk, "card out of done", shift(scene.column, 1)).await;
    assert!(!after[&scene.card.0].completed);
}

#[tokio::test]
async fn steps_are_ticked_off() {
    let (desk, scene) = Desk::with_scene().await;
    for completed in [true, false] {
        let after = there_and_back(&desk, "step", CompleteStep { id: scene.step, completed }).await;
        assert_eq!(after[&scene.step.0].completed, completed);
    }
}

#[tokio::test]
async fn comments_and_messages_are_posted_and_said_to_be_only_compensable() {
    let (desk, scene) = Desk::with_scene().await;
    for item in [scene.todo, scene.card, scene.message] {
        let made = made_and_back(&desk, "comment", AddComment { item, body: "Seen, thanks".into() }).await;
        assert_eq!(fact(&desk, made).parent, Some(item.0));
        assert!(fact(&desk, made).body.contains("Seen, thanks"));
    }
    let post =
        PostMessage { project: scene.project, title: "Doors at six".into(), body: "Be early".into(), notify: vec![] };
    made_and_back(&desk, "message", post).await;
    let history = desk.history().await;
    let posted = history.iter().find(|entry| entry.summary.starts_with("Posted")).unwrap();
    assert_eq!((posted.reversible, posted.state), (Reversible::Compensable, SetState::Done));
}

#[tokio::test]
async fn entries_are_put_on_the_schedule_for_hours_and_for_days() {
    let (desk, scene) = Desk::with_scene().await;
    let days = Span::Days { from: day("2026-12-10"), to: day("2026-12-11") };
    let hours =
        Span::Hours { from: "2026-12-10T17:00:00Z".parse().unwrap(), to: "2026-12-10T18:30:00Z".parse().unwrap() };
    for span in [days, hours] {
        let add = AddScheduleEntry {
            project: scene.project,
            title: "The opening".into(),
            span,
            body: "Bring shoes".into(),
            participants: scene.people.to_vec(),
        };
        let made = made_and_back(&desk, "entry", add).await;
        let shown = desk.shows(made).await.item;
        assert_eq!(shown.span, Some(span));
        assert_eq!(shown.assignees, scene.people);
    }
}

#[tokio::test]
async fn several_edits_are_undone_one_after_the_other() {
    let (desk, scene) = Desk::with_scene().await;
    let before = facts(&desk);
    desk.sends(CompleteTodo { id: scene.second }).await;
    let title = Some("Paint both signs".into());
    desk.sends(UpdateTodo { id: scene.second, title, body: None, starts_on: None, due_on: None, assignees: None })
        .await;
    desk.sends(MoveTodo { id: scene.third, parent: Some(scene.other_list), position: 1 }).await;
    for _ in 0..3 {
        let undo = contract::commands::Undo { set: None, choice: None };
        assert!(matches!(desk.does(undo).await, contract::Undone::Done { .. }));
        desk.settles().await;
    }
    desk.nothing_waits().await;
    same(&before, &facts(&desk), "three undone");
}
