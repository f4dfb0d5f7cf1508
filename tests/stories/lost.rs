//! The answer to a create is lost: it is looked for, and never made a second time.

use contract::commands::{AddComment, AddScheduleEntry, CreateCard, CreateTodo, PostMessage, RetryOutbox};
use contract::{Command, OutboxState, RecordingId, Span, Written};
use sim::Fault;

use super::server::facts;
use crate::support::{Desk, day};

fn todo(parent: RecordingId) -> CreateTodo {
    CreateTodo {
        parent,
        title: "Call the caterer".into(),
        body: String::new(),
        starts_on: None,
        due_on: Some(day("2026-12-02")),
        assignees: vec![],
    }
}

/// Sends it with its answer lost, lets it be tried again, and counts what there is more of in Basecamp.
async fn once<C: Command<Reply = Written>>(desk: &Desk, what: &str, command: C, fault: Fault) {
    let before = facts(desk);
    desk.sim.faults().next(1, "POST", "", fault);
    let made = desk.does(command).await.item.id;
    desk.settles().await;
    desk.sim.faults().clear();
    desk.sync().await;
    desk.settles().await;
    desk.nothing_waits().await;
    let after = facts(desk);
    assert_eq!(after.len() - before.len(), 1, "{what} was made more than once, or not at all");
    let real = desk.shows(made).await.item.id;
    assert!(after.contains_key(&real.0), "{what}: what is here is what was made there");
    assert_eq!(desk.sim.counters().duplicate_creates, 0, "{what}");
}

#[tokio::test]
async fn nothing_is_made_twice() {
    let (desk, scene) = Desk::with_scene().await;
    let span = Span::Days { from: day("2026-12-10"), to: day("2026-12-10") };
    for fault in [Fault::DropAfter, Fault::Truncate, Fault::Html, Fault::DropBefore, Fault::Status(503)] {
        once(&desk, "to-do in a list", todo(scene.list), fault.clone()).await;
        once(&desk, "to-do in a group", todo(scene.group), fault.clone()).await;
        once(&desk, "loose to-do", todo(scene.todo_set), fault.clone()).await;
        let (title, body) = ("Choose the music", "<div>Quiet</div>");
        let card = CreateCard {
            column: scene.column,
            title: title.into(),
            body: body.into(),
            due_on: None,
            assignees: scene.people.to_vec(),
        };
        once(&desk, "card", card, fault.clone()).await;
        once(&desk, "comment", AddComment { item: scene.todo, body: format!("About {fault:?}") }, fault.clone()).await;
        let post =
            PostMessage { project: scene.project, title: format!("On {fault:?}"), body: body.into(), notify: vec![] };
        once(&desk, "message", post, fault.clone()).await;
        let entry = AddScheduleEntry {
            project: scene.project,
            title: format!("Until {fault:?}"),
            span,
            body: String::new(),
            participants: vec![],
        };
        once(&desk, "entry", entry, fault.clone()).await;
        desk.sim.reset_counters();
    }
    desk.full_sync().await;
    desk.truth_holds("afterwards").await;
}

#[tokio::test]
async fn nothing_is_made_twice_across_a_restart() {
    let (desk, scene) = Desk::with_scene().await;
    let before = facts(&desk).len();
    desk.sim.faults().next(1, "POST", "", Fault::DropAfter);
    // It may be looked for at once: a round under way finds an edit before the bell rings for it, and the bell starts another.
    desk.sim.faults().next(usize::MAX, "", "", Fault::DropBefore);
    let made = desk.does(todo(scene.list)).await.item.id;
    desk.settles().await;
    let waits = desk.outbox().await;
    assert_eq!(waits.iter().map(|entry| entry.state).collect::<Vec<_>>(), [OutboxState::Sending]);
    desk.engine.close().await;
    desk.sim.faults().clear();
    let desk = desk.restarts().await;
    desk.settles().await;
    desk.nothing_waits().await;
    assert_eq!(facts(&desk).len() - before, 1);
    assert!(!desk.shows(made).await.item.id.is_local());
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
}

/// The app ends while the request is under way.
#[tokio::test]
async fn nothing_is_made_twice_when_the_app_ends_in_between() {
    let (desk, scene) = Desk::with_scene().await;
    let before = facts(&desk).len();
    let gate = desk.sim.faults().hold_next("POST", "");
    let made = desk.does(todo(scene.list)).await.item.id;
    gate.arrived().await;
    desk.engine.close().await;
    gate.open();
    let desk = desk.restarts().await;
    desk.settles().await;
    desk.nothing_waits().await;
    assert_eq!(facts(&desk).len() - before, 1);
    assert!(!desk.shows(made).await.item.id.is_local());
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
}

#[tokio::test]
async fn what_basecamp_refuses_is_kept_with_its_reason_and_can_be_tried_again() {
    let (desk, scene) = Desk::with_scene().await;
    desk.sim.faults().next(1, "POST", "", Fault::Status(422));
    let made = desk.does(todo(scene.list)).await;
    desk.settles().await;
    let waits = desk.outbox().await;
    let [entry] = &waits[..] else { panic!("{waits:#?}") };
    assert_eq!(entry.state, OutboxState::Failed);
    assert!(entry.problem.as_ref().is_some_and(|problem| problem.len() > 10), "{entry:?}");
    assert_eq!(desk.status().await.stuck, 1);
    desk.does(RetryOutbox { change: entry.change }).await;
    desk.settles().await;
    desk.nothing_waits().await;
    assert!(!desk.shows(made.item.id).await.item.id.is_local());
}
