#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Caller, Code, Door, Effect, Role, TABLE, Who, WorkspaceId};

use contract::commands::FlowOutline;

use super::*;
use crate::gate::Approval;
use crate::router;

/// Tools that have a card of their own.
const FORETOLD: [&str; 8] =
    ["sample.keep", "flow.publish", "flow.switch", "flow.run", "flow.test", "flow.rehearse", "flow.try", "run.retry"];

#[test]
fn every_tool_that_acts_has_a_card_or_is_tried_in_a_transaction() {
    let acting =
        TABLE.iter().filter(|command| command.tool && command.effect != Effect::Read && is_about_flows(command));
    let mut names: Vec<&str> = acting.map(|command| command.name).filter(|name| *name != ProposeFlow::NAME).collect();
    let mut foretold = FORETOLD;
    names.sort_unstable();
    foretold.sort_unstable();
    assert_eq!(names, foretold);
}

#[test]
fn a_remembered_yes_never_covers_a_draft() {
    for tool in ["flow.publish", "flow.test", "flow.try"] {
        assert!(crate::assistant::is_asked_each_time(tool, r#"{"id":"1"}"#), "{tool}");
    }
    assert!(!crate::assistant::is_asked_each_time("flow.switch", r#"{"id":"1","on":false}"#));
    assert!(!crate::assistant::is_asked_each_time("todo.complete", r#"{"id":"1"}"#));
}

#[tokio::test]
async fn a_call_is_told_and_not_done() {
    let folder = tempfile::tempdir().unwrap();
    let options = crate::Options {
        vault: vault::Options::memory(),
        schedule: false,
        sample: crate::Sample { seed: 7, size: sim::Size { projects: 2, recordings: 110 } },
        ..crate::Options::new(folder.path().to_owned())
    };
    let engine = crate::Engine::open(options).await.unwrap();
    let person = Caller::person(Door::Window, None);
    let call = async |caller: &Caller, name: &str, input: &str| engine.call(caller, name, input).await;
    let sample: serde_json::Value =
        serde_json::from_str(&call(&person, "workspace.sample", "{}").await.unwrap()).unwrap();
    let workspace: WorkspaceId = serde_json::from_value(sample["id"].clone()).unwrap();
    let person = Caller::person(Door::Window, Some(workspace));
    let agent = Caller { who: Who::Agent { run: "1.1".into() }, role: Role::Member, ..person.clone() };

    // A proposal makes a draft with nothing in it but what waits; tried, it makes none.
    let input = r##"{"name":"Late","label":"Tell #ops","edits":[
        {"edit":"trigger","piece":"basecamp","trigger":"item_overdue"},
        {"edit":"step","piece":"notification","action":"show","input":{"title":"Late: {{trigger['output']['title']}}"}}]}"##;
    let flows = async || -> serde_json::Value {
        serde_json::from_str(&call(&person, "flow.list", "{}").await.unwrap()).unwrap()
    };
    let before = flows().await;
    let tried = router::try_out(&engine, &agent, "flow.propose", input).await.unwrap();
    assert_eq!(tried.steps.len(), 2, "{tried:?}");
    assert_eq!(flows().await, before, "a trial makes nothing");
    let approved = Approval::of("flow.propose", input);
    let done = router::call_approved(&engine, &agent, &approved, "flow.propose", input).await.unwrap();
    let proposed: serde_json::Value = serde_json::from_str(&done).unwrap();
    let id = proposed["id"].as_str().unwrap();
    assert_eq!((&proposed["created"], &proposed["outline"]["waiting"]), (&true.into(), &true.into()));
    let view: contract::FlowView =
        serde_json::from_str(&call(&person, "flow.show", &format!(r#"{{"id":"{id}"}}"#)).await.unwrap()).unwrap();
    assert_eq!((view.flow.steps, view.done.len()), (0, 0), "nothing is edited");
    let pending = view.pending.unwrap();
    assert_eq!((pending.label.as_str(), pending.by.as_str()), ("Tell #ops", "Assistant"));
    assert!(pending.document.contains("Late: "));

    // What follows is added to it, and a refusal takes nothing away.
    let more = format!(
        r#"{{"id":"{id}","label":"Wait first","edits":[{{"edit":"step","piece":"delay","action":"delayFor","input":{{"delayFor":1,"unit":"days"}},"at":"trigger"}}]}}"#
    );
    let done = router::call_approved(&engine, &agent, &Approval::of("flow.propose", &more), "flow.propose", &more)
        .await
        .unwrap();
    let proposed: contract::commands::FlowProposed = serde_json::from_str(&done).unwrap();
    let actions: Vec<&str> = proposed.outline.steps.iter().map(|step| step.action.as_str()).collect();
    assert_eq!(actions, ["item_overdue", "delayFor", "show"]);
    let bad = more.replace("delayFor\"", "sing\"");
    let refused =
        router::call_approved(&engine, &agent, &Approval::of("flow.propose", &bad), "flow.propose", &bad).await;
    assert_eq!(refused.unwrap_err().code, Code::Invalid);
    let outline: FlowOutline =
        serde_json::from_str(&call(&person, "flow.outline", &format!(r#"{{"id":"{id}"}}"#)).await.unwrap()).unwrap();
    assert_eq!(outline.steps.len(), 3);

    // Nothing that acts is done by asking what it would do.
    let told = |name: &'static str, more: &str| {
        let input = format!(r#"{{"id":"{id}"{more}}}"#);
        let (engine, agent) = (&engine, &agent);
        async move { router::try_out(engine, agent, name, &input).await.unwrap() }
    };
    let revision = outline.revision;
    let publish = told("flow.publish", &format!(r#","revision":{revision},"allow":[]"#)).await;
    assert!(publish.refusal.unwrap().contains("cannot be published yet"), "the draft is empty");
    assert!(told("flow.test", "").await.refusal.is_some());
    assert!(told("flow.run", "").await.refusal.is_some());
    assert!(told("flow.switch", r#","on":true"#).await.refusal.is_some());
    assert!(told("flow.rehearse", r#","pending":true"#).await.summary.contains("nothing is sent"));
    let accepted = serde_json::json!({
        "id": id, "revision": revision, "label": "Tell #ops",
        "operations": serde_json::to_string(&[flow::Op::ImportFlow { document: Box::new(document(&engine, &person, id).await) }]).unwrap(),
    });
    let edited: contract::FlowEdited =
        serde_json::from_str(&call(&person, "flow.edit", &accepted.to_string()).await.unwrap()).unwrap();
    assert_eq!(edited.done.len(), 1, "one entry for what was accepted");
    let check: FlowCheck =
        serde_json::from_str(&call(&person, "flow.check", &format!(r#"{{"id":"{id}"}}"#)).await.unwrap()).unwrap();
    assert_eq!(check.errors, 0, "{}", check.findings);
    let keys = serde_json::to_string(&check.needs.iter().map(|need| need.key.clone()).collect::<Vec<_>>()).unwrap();
    let publish = told("flow.publish", &format!(r#","revision":{},"allow":{keys}"#, edited.revision)).await;
    assert_eq!(publish.refusal, None);
    assert!(publish.summary.starts_with("Publish “Late”") && !publish.steps.is_empty(), "{publish:?}");
    let view: contract::FlowView =
        serde_json::from_str(&call(&person, "flow.show", &format!(r#"{{"id":"{id}"}}"#)).await.unwrap()).unwrap();
    assert_eq!(view.flow.state, FlowState::Draft, "a card publishes nothing");
    engine.close().await;
}

async fn document(engine: &crate::Engine, person: &Caller, id: &str) -> flow::Document {
    let text = engine.call(person, "flow.show", &format!(r#"{{"id":"{id}"}}"#)).await.unwrap();
    let view: contract::FlowView = serde_json::from_str(&text).unwrap();
    super::super::drafts::read_document(&view.pending.unwrap().document).unwrap().document()
}
