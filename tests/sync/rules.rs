//! What a pass may and may not conclude from what it is told.

use contract::commands::{CancelSync, PauseSync, ResumeSync, RunSync, ShowTodoLists};
use contract::{Code, FeedBody, Kind, ProjectId, SyncPhase};
use sim::{Fault, Size};

use crate::support::{Desk, Ear, Scene, World};

#[tokio::test]
async fn an_empty_list_deletes_nothing() {
    let desk = Desk::open().await;
    desk.full_sync().await;
    let before = desk.items().await.len();
    desk.sim.faults().next(100_000, "GET", ".json", Fault::EmptyList);
    desk.full_sync().await;
    desk.sync().await;
    assert!(desk.sim.faults().given() > 40);
    assert_eq!(desk.items().await.len(), before);
    desk.sim.faults().clear();
    desk.full_sync().await;
    desk.truth_holds("afterwards").await;
}

#[tokio::test]
async fn lost_permission_hides_and_regained_permission_brings_back() {
    let desk = Desk::open().await;
    let project = desk.sim.look(|world| world.projects().last().unwrap().id);
    let all = desk.items().await.len();
    let me = desk.sim.me();
    desk.server(|editor| {
        let colleague = editor.world().project(project).unwrap().members.iter().copied().find(|id| *id != me).unwrap();
        editor.acting_as(colleague).revoke(project, me).unwrap();
    });
    desk.full_sync().await;
    desk.truth_holds("without access").await;
    assert!(desk.items().await.len() < all);
    desk.server(|editor| {
        let colleague = editor.world().project(project).unwrap().members.iter().copied().find(|id| *id != me).unwrap();
        editor.acting_as(colleague).grant(project, me).unwrap();
    });
    desk.sync().await;
    desk.truth_holds("with access again, after a warm pass").await;
    assert_eq!(desk.items().await.len(), all);
}

#[tokio::test]
async fn what_is_gone_is_not_asked_for_again_and_again() {
    let desk = Desk::open().await;
    let project = desk.sim.look(|world| world.projects().last().unwrap().id);
    let me = desk.sim.me();
    desk.server(|editor| {
        let colleague = editor.world().project(project).unwrap().members.iter().copied().find(|id| *id != me).unwrap();
        editor.acting_as(colleague).revoke(project, me).unwrap();
    });
    desk.full_sync().await;
    desk.sim.reset_counters();
    desk.full_sync().await;
    let counters = desk.sim.counters();
    assert_eq!(counters.seen("GET", "/todos/{id}"), 0, "{:#?}", counters.requests);
    assert_eq!(counters.seen("GET", "/projects/{id}"), 0, "{:#?}", counters.requests);
}

#[tokio::test]
async fn groups_and_loose_todos_are_there() {
    let desk = Desk::unfetched(World::small(7)).await;
    let scene = Scene::set(&desk);
    desk.sync().await;
    let shown = desk.does(ShowTodoLists { project: scene.project, completed: false, put_away: false }).await;
    let loose = shown.sections.iter().find(|section| section.list.id == scene.todo_set).expect("loose to-dos");
    assert!(loose.todos.iter().any(|todo| todo.id == scene.loose));
    let list = shown.sections.iter().find(|section| section.list.id == scene.list).expect("the list");
    assert!(list.todos.iter().any(|todo| todo.id == scene.todo));
    let group = list.groups.iter().find(|group| group.list.id == scene.group).expect("the group");
    assert_eq!(group.list.kind, Kind::TodoGroup);
    assert!(group.todos.iter().any(|todo| todo.id == scene.grouped));
}

#[tokio::test]
async fn a_listing_of_the_general_shape_is_completed() {
    let desk = Desk::on(World { generic: true, ..World::small(3) }).await;
    desk.truth_holds("cold").await;
    desk.full_sync().await;
    desk.truth_holds("compared").await;
}

#[tokio::test]
async fn a_pass_is_paused_resumed_and_cancelled() {
    let desk = Desk::unfetched(World { size: Size { projects: 2, recordings: 160 }, ..World::small(5) }).await;
    desk.settles().await;
    let gate = desk.sim.faults().hold_next("GET", "recordings");
    let mut ear = Ear::new(&desk, None);
    assert_eq!(ear.next().await.body, FeedBody::Reset);
    let running = desk.engine.clone();
    let caller = desk.caller.clone();
    let pass = tokio::spawn(async move { crate::support::call(&running, &caller, RunSync { full: true }).await });
    gate.arrived().await;
    assert_eq!(desk.does(PauseSync {}).await.phase, SyncPhase::Paused);
    assert_eq!(desk.is_refused(RunSync { full: false }, Code::Offline).await.code, Code::Offline);
    gate.open();
    assert!(!pass.is_finished(), "a paused pass goes no further");
    desk.does(ResumeSync {}).await;
    assert!(pass.await.unwrap().is_ok());
    desk.settles().await;
    ear.until(|body| {
        let FeedBody::Sync { status } = body else { return None };
        (status.phase == SyncPhase::Paused).then_some(())
    })
    .await;

    let gate = desk.sim.faults().hold_next("GET", "recordings");
    let (running, caller) = (desk.engine.clone(), desk.caller.clone());
    let pass = tokio::spawn(async move { crate::support::call(&running, &caller, RunSync { full: true }).await });
    gate.arrived().await;
    desk.does(CancelSync {}).await;
    let fault = pass.await.unwrap().unwrap_err();
    assert_eq!(fault.code, Code::Cancelled);
    gate.open();
    let status = desk.status().await;
    assert_eq!((status.phase, status.problem), (SyncPhase::Idle, None), "to call a pass off is no problem");
    desk.full_sync().await;
    desk.truth_holds("after all of it").await;
}

#[tokio::test]
async fn a_paused_desk_is_still_paused_after_a_restart() {
    let desk = Desk::open().await;
    desk.does(PauseSync {}).await;
    let desk = desk.restarts().await;
    assert_eq!(desk.status().await.phase, SyncPhase::Paused);
    desk.does(ResumeSync {}).await;
    desk.settles().await;
    assert_eq!(desk.status().await.phase, SyncPhase::Idle);
    assert!(desk.listed(ProjectId(1), contract::Status::Active).await.is_empty());
}
