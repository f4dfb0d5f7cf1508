//! An account at the Basecamp stand-in, connected the way a person would: by pasting a token.

use contract::{Caller, Door, SyncReport, WorkspaceId};
use engine::Engine;
use serde_json::{Value, json};
use sim::Sim;

/// Carries a command out for the person; the reply as JSON.
pub(crate) async fn call(engine: &Engine, workspace: Option<WorkspaceId>, name: &str, input: Value) -> Value {
    let caller = Caller::person(Door::CommandLine, workspace);
    let reply = engine.call(&caller, name, &input.to_string()).await;
    let reply = reply.unwrap_or_else(|fault| panic!("{name}: {}", fault.message));
    serde_json::from_str(&reply).unwrap()
}

/// Signs in, opens the account as a workspace, and waits until everything has been fetched.
pub(crate) async fn fetch(engine: &Engine, sim: &Sim) -> WorkspaceId {
    let account = sim.account_id().to_string();
    let token = json!({ "token": sim.token(), "account": account, "api": sim.base_url(), "launchpad": sim.base_url() });
    let sign_in = call(engine, None, "signin.token", token).await;
    let connect = json!({ "sign_in": sign_in["id"], "account": account });
    let workspace = call(engine, None, "workspace.connect", connect).await;
    let workspace: WorkspaceId = serde_json::from_value(workspace["id"].clone()).unwrap();
    engine.settle().await;
    let report = call(engine, Some(workspace), "sync.show", json!({})).await;
    let report: SyncReport = serde_json::from_value(report).unwrap();
    assert!(report.status.problem.is_none(), "fetching failed: {:?}", report.status.problem);
    assert!(report.status.fresh_as_of.is_some(), "fetching did not come to its end");
    workspace
}
