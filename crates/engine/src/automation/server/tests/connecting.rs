use std::fmt::Write as _;
use std::fs;
use std::sync::{Arc, Mutex};

use contract::commands::*;
use contract::{Code, FlowPlace, FlowState, SecretText};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{EMAIL, OVERDUE, PASSWORD, TRIAGE, World};

#[tokio::test]
async fn connecting_brings_the_flows_and_the_runs_of_the_server() {
    let world = World::new().await;
    let before = world.does(ShowAutomationServer {}).await;
    assert_eq!((before.address.as_str(), before.fault), ("", None));
    let shown = world.connects(PASSWORD).await.unwrap();
    assert_eq!(shown.address, world.server.base_url());
    assert_eq!((shown.account.as_str(), shown.waiting, shown.fault), ("Ada Sample", 0, None));
    assert!(shown.version.starts_with("0.85"), "{}", shown.version);
    assert!(!shown.project.is_empty());
    let overdue = world.summary(OVERDUE).await;
    assert_eq!((overdue.state, overdue.changed, overdue.folder.as_str()), (FlowState::On, false, "Delivery"));
    assert!(overdue.last_run.is_some_and(|run| run.place == FlowPlace::Server));
    let triage = world.summary(TRIAGE).await;
    assert!(triage.changed, "somebody is at work on its next version");
    let view = world.view(TRIAGE).await;
    assert_ne!(view.document.as_deref(), Some(view.published.as_str()));
    assert!(!view.published.is_empty());
    let runs = world.does(list_runs(Some(overdue.id))).await;
    let name = world.there(OVERDUE);
    let there = world.server.look(|all| all.runs().filter(|(_, flow, _)| *flow == name).count());
    assert_eq!(runs.runs.len(), there.min(20));
    assert!(runs.runs.iter().any(|run| run.failed_step.is_some() && run.failure.is_some()));
}

fn list_runs(flow: Option<contract::FlowId>) -> ListRuns {
    ListRuns { flow, statuses: Vec::new(), tests: false, before: None, limit: Some(20) }
}

#[tokio::test]
async fn a_second_look_changes_nothing_that_did_not_change() {
    let world = World::connected().await;
    let before = world.does(ListFlows {}).await;
    let mut commits = world.desk().await.store.listen();
    world.looks().await;
    assert_eq!(world.does(ListFlows {}).await, before);
    let told: Vec<_> = std::iter::from_fn(|| commits.try_recv().ok()).map(|commit| commit.tags).collect();
    assert!(told.iter().all(|tags| !tags.contains(&contract::Tag::Flows)), "windows would look again: {told:?}");
}

#[tokio::test]
async fn what_is_wrong_with_a_sign_in_is_said_at_its_field_and_nothing_is_kept() {
    let world = World::new().await;
    let wrong = world.connects("wrong-password").await.unwrap_err();
    assert_eq!((wrong.code, wrong.field.as_deref()), (Code::Invalid, Some("secret")));
    assert!(!wrong.message.contains("wrong-password"));
    let blank = world.connects(" ").await.unwrap_err();
    assert_eq!(blank.field.as_deref(), Some("secret"));
    let at = |address: &str, project: Option<&str>| ConnectAutomationServer {
        address: address.into(),
        email: EMAIL.into(),
        secret: SecretText::new(PASSWORD),
        project: project.map(str::to_owned),
    };
    for address in ["flows", "http://flows.example.com", "ftp://127.0.0.1"] {
        let fault = world.tries(at(address, None)).await.unwrap_err();
        assert_eq!(fault.field.as_deref(), Some("address"), "{address}");
    }
    let nobody = world.tries(at("http://127.0.0.1:9", None)).await.unwrap_err();
    assert_eq!((nobody.code, nobody.retry), (Code::Offline, true));
    let project = world.tries(at(world.server.base_url(), Some("Mars"))).await.unwrap_err();
    assert_eq!(project.field.as_deref(), Some("project"));
    assert_eq!(world.does(ShowAutomationServer {}).await.address, "");
    assert!(world.does(ListFlows {}).await.iter().all(|flow| flow.place == FlowPlace::Here));
}

#[tokio::test]
async fn a_session_that_ended_is_renewed_and_a_changed_password_is_asked_for() {
    let world = World::connected().await;
    world.server.edit(|foreign| foreign.end_sessions());
    world.renames(OVERDUE, "Late to-dos").await;
    world.settles().await;
    assert_eq!(world.flow_there(&world.there("Late to-dos")).display_name, "Late to-dos");
    assert_eq!(world.does(ShowAutomationServer {}).await.fault, None);
    world.server.edit(|foreign| foreign.change_password("Another-5678"));
    world.renames("Late to-dos", "Later to-dos").await;
    world.settles().await;
    let shown = world.does(ShowAutomationServer {}).await;
    assert_eq!(shown.waiting, 1, "the edit waits");
    assert!(shown.fault.is_some_and(|why| why.contains("sign") || why.contains("password")));
    assert_eq!(world.view("Later to-dos").await.flow.name, "Later to-dos");
    world.connects("Another-5678").await.unwrap();
    world.settles().await;
    let shown = world.does(ShowAutomationServer {}).await;
    assert_eq!((shown.waiting, shown.fault), (0, None));
    world.there("Later to-dos");
}

#[tokio::test]
async fn a_server_that_is_let_go_leaves_its_flows_to_be_read() {
    let world = World::connected().await;
    world.does(DisconnectAutomationServer {}).await;
    assert_eq!(world.does(ShowAutomationServer {}).await.address, "");
    let view = world.view(OVERDUE).await;
    assert!(view.read_only.as_ref().is_some_and(|why| why.contains("not connected")), "{:?}", view.read_only);
    let edit = EditFlow { id: view.flow.id, revision: view.revision, label: "Rename".into(), operations: "[]".into() };
    assert_eq!(world.tries(edit).await.unwrap_err().code, Code::Forbidden);
    assert_eq!(world.tries(DisconnectAutomationServer {}).await.unwrap_err().code, Code::NotFound);
    world.connects(PASSWORD).await.unwrap();
    assert_eq!(world.view(OVERDUE).await.read_only, None);
    assert_eq!(world.summary(OVERDUE).await.id, view.flow.id, "it is the same flow again");
}

/// Everything that is logged, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        writeln!(self.0.lock().unwrap(), "{}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn no_secret_is_logged_or_kept_outside_the_vault() {
    let log = Log::default();
    let _heard = tracing::subscriber::set_default(log.clone());
    let world = World::connected().await;
    let token = world.server.token();
    world.renames(OVERDUE, "Late to-dos").await;
    world.settles().await;
    assert!(world.connects("wrong-secret-5522").await.is_err());
    world.engine.close().await;
    let mut seen = log.0.lock().unwrap().clone();
    assert!(seen.contains("message="), "nothing was logged");
    let mut folders = vec![world.folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                seen.push_str(&String::from_utf8_lossy(&fs::read(path).unwrap()));
            }
        }
    }
    let signature = token.rsplit('.').next().unwrap();
    for secret in [PASSWORD, "wrong-secret-5522", signature] {
        assert!(!seen.contains(secret), "a secret was written down");
    }
}
