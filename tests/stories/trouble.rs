//! Basecamp no longer lets us in: it is said once, everything here still reads, and a fresh token goes on.

use contract::commands::{CompleteTodo, ListSignIns, ListWorkspaces, RunSync, ShowDirectory};
use contract::{Code, FeedBody};
use futures::{FutureExt, StreamExt};
use sim::Fault;

use super::server::fact;
use crate::support::{Desk, token};

#[tokio::test]
async fn a_refused_token_asks_once_to_reconnect_and_a_fresh_one_goes_on() {
    let (desk, scene) = Desk::with_scene().await;
    let mut heard = Box::pin(desk.engine.attach(None, Some(desk.workspace())));
    assert_eq!(heard.next().await.unwrap().body, FeedBody::Reset);
    desk.sim.faults().next(100_000, "", "", Fault::Status(401));
    desk.does(CompleteTodo { id: scene.todo }).await;
    desk.settles().await;
    desk.is_refused(RunSync { full: false }, Code::SignInNeeded).await;
    desk.is_refused(RunSync { full: true }, Code::SignInNeeded).await;
    assert_eq!(desk.status().await.problem.map(|fault| fault.code), Some(Code::SignInNeeded));
    let known = desk.does(ListSignIns {}).await;
    assert_eq!(known.iter().map(|one| one.revoked).collect::<Vec<_>>(), [true]);
    let mut notices = 0;
    while let Some(Some(event)) = heard.next().now_or_never() {
        notices += u32::from(matches!(event.body, FeedBody::Notice { .. }));
    }
    assert_eq!(notices, 1, "said once");
    assert!(!desk.does(ShowDirectory {}).await.projects.is_empty(), "everything reads");
    assert_eq!(desk.outbox().await.len(), 1, "and what was done waits");

    desk.sim.faults().clear();
    let renewed = desk.does(token(&desk.sim, desk.sim.token())).await;
    assert_eq!((renewed.id, renewed.revoked), (desk.sign_in.id, false), "the same sign-in, renewed");
    desk.settles().await;
    assert_eq!(desk.sync().await.problem, None);
    desk.settles().await;
    desk.nothing_waits().await;
    assert!(fact(&desk, scene.todo).completed);
    assert_eq!(desk.does(ListSignIns {}).await.len(), 1);
    assert_eq!(desk.does(ListWorkspaces {}).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_token_is_refused_with_a_sentence_and_nothing_is_kept() {
    let desk = Desk::open().await;
    let fault = desk.is_refused(token(&desk.sim, "bc_at_wrong"), Code::Invalid).await;
    assert_eq!(fault.field.as_deref(), Some("token"));
    assert!(!fault.message.contains("bc_at_wrong"));
    assert_eq!(desk.does(ListSignIns {}).await.len(), 1);
}
