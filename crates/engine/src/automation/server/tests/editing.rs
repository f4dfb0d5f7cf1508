use contract::commands::*;
use contract::{Code, FlowKeep, FlowState};
use flow::{Op, Place, Step};
use serde_json::json;

use super::{OVERDUE, TRIAGE, World, document, rename};

fn note(name: &str) -> Op {
    Op::add(Place::after("trigger"), Step::code(name, "Note it", "export const code = async () => 1;"))
}

#[tokio::test]
async fn an_edit_is_kept_here_at_once_and_sent_with_those_that_follow() {
    let world = World::connected().await;
    let view = world.view(OVERDUE).await;
    let first = world.edits(&view, rename("Late")).await;
    let shown = world.does(ShowAutomationServer {}).await;
    assert_eq!((first.flow.name.as_str(), shown.waiting), ("Late", 1));
    world.settles().await;
    assert_eq!(world.does(ShowAutomationServer {}).await.waiting, 0);
    world.there("Late");
    // What the server answered is no edit of anybody: whoever goes on need not look again.
    let operations = serde_json::to_string(&[rename("Later")]).unwrap();
    let id = view.flow.id;
    let second = EditFlow { id, revision: first.revision, label: "Rename".into(), operations };
    let second = world.does(second).await;
    assert_eq!(second.done.len(), 2, "and it can be taken back");
    let back = world.does(RewindFlow { id, revision: second.revision, done: 1 }).await;
    assert_eq!(back.flow.name, "Late");
    world.settles().await;
    world.there("Late");
}

#[tokio::test]
async fn while_the_server_is_away_the_draft_is_kept_and_sent_later() {
    let world = World::connected().await;
    world.cuts();
    world.renames(OVERDUE, "Late").await;
    world.settles().await;
    let shown = world.does(ShowAutomationServer {}).await;
    assert_eq!(shown.waiting, 1);
    assert!(shown.fault.is_some(), "it is said that the server is away");
    world.renames("Late", "Later").await;
    let server_knows = || world.server.look(|all| all.flow_names().any(|(_, name)| name == "Later"));
    assert!(!server_knows());
    let publish = world.view("Later").await;
    let publish = PublishFlow { id: publish.flow.id, revision: publish.revision, allow: allow() };
    assert_eq!(world.tries(publish).await.unwrap_err().code, Code::Offline);
    world.mends();
    world.settles().await;
    assert!(server_knows());
    let shown = world.does(ShowAutomationServer {}).await;
    assert_eq!((shown.waiting, shown.fault), (0, None));
}

pub(super) fn allow() -> Vec<String> {
    let slack = "@activepieces/piece-slack";
    ["send_channel_message", "send_direct_message"].map(|action| format!("{slack}:{action}")).into()
}

#[tokio::test]
async fn what_waits_outlives_the_app() {
    let world = World::connected().await;
    world.cuts();
    world.renames(OVERDUE, "Late").await;
    world.settles().await;
    let world = world.restarts().await;
    assert_eq!(world.view("Late").await.flow.name, "Late");
    world.mends();
    // The vault of a test forgets: the person signs in again.
    world.connects(super::PASSWORD).await.unwrap();
    world.settles().await;
    world.there("Late");
    assert_eq!(world.does(ShowAutomationServer {}).await.waiting, 0);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_found_again() {
    let world = World::connected().await;
    let id = world.there(OVERDUE);
    world.server.faults().next(1, "POST", &format!("/flows/{id}"), sim::Fault::DropAfter);
    world.renames(OVERDUE, "Late").await;
    world.settles().await;
    world.settles().await;
    let view = world.view("Late").await;
    assert_eq!((view.diverged, world.does(ShowAutomationServer {}).await.waiting), (None, 0));
    assert_eq!(world.flow_there(&id).display_name, "Late");
}

#[tokio::test]
async fn what_somebody_else_changed_is_taken_over_when_nothing_waits() {
    let world = World::connected().await;
    let id = world.there(OVERDUE);
    let before = world.view(OVERDUE).await;
    world.server.edit(|foreign| foreign.rename(&id, "Renamed there"));
    world.looks().await;
    let view = world.view("Renamed there").await;
    assert!(view.revision > before.revision);
    assert_eq!((view.flow.id, view.diverged), (before.flow.id, None));
    assert!(view.flow.changed && view.done.is_empty());
    let late = EditFlow { id: view.flow.id, revision: before.revision, label: "Late".into(), operations: "[]".into() };
    assert_eq!(world.tries(late).await.unwrap_err().code, Code::Conflict, "an edit of what is no longer there");
}

/// Ours renamed it, theirs put a step in.
async fn parted() -> (World, String) {
    let world = World::connected().await;
    let id = world.there(OVERDUE);
    world.renames(OVERDUE, "Ours").await;
    world.server.edit(|foreign| {
        let step = json!({
            "name": "step_9", "displayName": "Theirs", "type": "CODE", "valid": true,
            "settings": { "sourceCode": { "code": "export const code = async () => 1;", "packageJson": "{}" }, "input": {} },
        });
        let request = json!({ "parentStep": "trigger", "action": step });
        foreign.operate(&id, &json!({ "type": "ADD_ACTION", "request": request }))
    });
    world.settles().await;
    (world, id)
}

#[tokio::test]
async fn two_edits_that_meet_are_shown_and_nothing_is_covered() {
    let (world, id) = parted().await;
    let view = world.view("Ours").await;
    let theirs = crate::handlers::flows::drafts::read_document(&view.diverged.clone().unwrap()).unwrap();
    assert!(theirs.step("step_9").is_some());
    assert!(document(&view).step("step_9").is_none());
    assert_eq!(world.flow_there(&id).display_name, OVERDUE, "nothing was sent over theirs");
    assert_eq!(world.does(ShowAutomationServer {}).await.waiting, 1);
    let publish = PublishFlow { id: view.flow.id, revision: view.revision, allow: allow() };
    assert_eq!(world.tries(publish).await.unwrap_err().code, Code::Conflict);
    world.looks().await;
    assert!(world.view("Ours").await.diverged.is_some(), "a further look decides nothing");
}

#[tokio::test]
async fn both_are_kept() {
    let (world, id) = parted().await;
    let ours = world.summary("Ours").await.id;
    let resolved = world.does(ResolveFlow { id: ours, keep: FlowKeep::Both }).await;
    assert_eq!((resolved.flow.name.as_str(), &resolved.diverged), ("Ours", &None));
    assert!(document(&resolved).step("step_9").is_some());
    let there = world.flow_there(&id);
    assert!(there.display_name == "Ours" && there.step("step_9").is_some());
    let again = world.tries(ResolveFlow { id: ours, keep: FlowKeep::Ours }).await;
    assert_eq!(again.unwrap_err().code, Code::Conflict);
}

#[tokio::test]
async fn ours_is_kept() {
    let (world, id) = parted().await;
    let ours = world.summary("Ours").await.id;
    let resolved = world.does(ResolveFlow { id: ours, keep: FlowKeep::Ours }).await;
    assert!(document(&resolved).step("step_9").is_none());
    let there = world.flow_there(&id);
    assert!(there.display_name == "Ours" && there.step("step_9").is_none());
}

#[tokio::test]
async fn theirs_is_kept() {
    let (world, id) = parted().await;
    let ours = world.summary("Ours").await.id;
    let resolved = world.does(ResolveFlow { id: ours, keep: FlowKeep::Theirs }).await;
    assert_eq!(resolved.flow.name, OVERDUE);
    assert!(document(&resolved).step("step_9").is_some());
    let there = world.flow_there(&id);
    assert!(there.display_name == OVERDUE && there.step("step_9").is_some());
    assert_eq!(world.does(ShowAutomationServer {}).await.waiting, 0);
}

#[tokio::test]
async fn what_was_decided_while_the_server_is_away_is_sent_later() {
    let (world, id) = parted().await;
    let ours = world.summary("Ours").await.id;
    world.cuts();
    world.does(ResolveFlow { id: ours, keep: FlowKeep::Both }).await;
    assert_eq!(world.flow_there(&id).display_name, OVERDUE);
    world.mends();
    world.settles().await;
    assert_eq!(world.flow_there(&id).display_name, "Ours");
}

#[tokio::test]
async fn a_flow_that_was_deleted_there_is_marked_and_stays() {
    let world = World::connected().await;
    let id = world.there(TRIAGE);
    world.server.edit(|foreign| foreign.delete_flow(&id));
    world.looks().await;
    let view = world.view(TRIAGE).await;
    assert!(view.read_only.as_ref().is_some_and(|why| why.contains("deleted")), "{:?}", view.read_only);
    assert_eq!(view.flow.state, FlowState::Off);
    world.does(DeleteFlow { id: view.flow.id }).await;
    assert!(world.does(ListFlows {}).await.iter().all(|flow| flow.name != TRIAGE));
    world.looks().await;
    assert!(world.does(ListFlows {}).await.iter().all(|flow| flow.name != TRIAGE), "it does not come back");
}

#[tokio::test]
async fn edits_wait_while_somebody_else_has_it_open_until_they_are_taken_over() {
    let world = World::connected().await;
    let id = world.there(OVERDUE);
    assert!(world.server.edit(|foreign| foreign.lock(&id, "Bea Boss", false)));
    let view = world.view(OVERDUE).await;
    world.edits(&view, note("step_7")).await;
    world.settles().await;
    let view = world.view(OVERDUE).await;
    assert_eq!(view.lock.as_deref(), Some("Bea Boss"));
    assert!(world.flow_there(&id).step("step_7").is_none());
    assert_eq!(world.does(ShowAutomationServer {}).await.waiting, 1);
    world.does(TakeOverFlow { id: view.flow.id }).await;
    world.settles().await;
    assert!(world.flow_there(&id).step("step_7").is_some());
    assert_eq!(world.view(OVERDUE).await.lock, None);
}
