//! What is wrong with an automation, its run or what it is given, is told in a sentence with the next step, and nothing is lost.

use contract::commands::{
    AddConnection, CheckFlow, ConnectAutomationServer, CreateFlow, EditFlow, ForgetConnection, KeepSample,
    ListConnections, ListFlows, PublishFlow, ResolveFlow, RunFlow, ShowAutomationServer, ShowFlow, TestFlow,
};
use contract::{Code, FlowEdited, FlowId, FlowKeep, FlowPlace, FlowView, RunStatus, SecretText};
use flow::{Flow, Op, SchemaVersion, Step};
use serde_json::json;
use sim::activepieces::{Activepieces, Installation};

use super::{Studio, by_hand, flow, piece, says};

/// A sentence that says what to do next, and nothing of our insides.
#[track_caller]
pub(super) fn is_sentence(message: &str) {
    assert!(message.len() > 20 && message.ends_with('.') && message.contains(' '), "{message}");
    for word in ["panicked", "unwrap", "Error(", "0x", "xoxb"] {
        assert!(!message.contains(word), "{message}");
    }
}

/// The app ends and starts again, and the draft is what it was, with what it can take back.
async fn intact(studio: Studio, draft: &FlowView) -> Studio {
    let studio = studio.restarts().await;
    let view = studio.does(ShowFlow { id: draft.flow.id, known: None }).await;
    assert_eq!((&view.document, view.revision), (&draft.document, draft.revision), "{}", draft.flow.name);
    assert_eq!((&view.done, &view.undone), (&draft.done, &draft.undone));
    studio
}

async fn renames(studio: &Studio, view: &FlowView, to: &str) -> FlowEdited {
    let operations = serde_json::to_string(&[Op::ChangeName { display_name: to.into() }]).unwrap();
    let (id, revision) = (view.flow.id, view.revision);
    studio.does(EditFlow { id, revision, label: "Rename".into(), operations }).await
}

async fn shows(studio: &Studio, id: FlowId) -> FlowView {
    studio.does(ShowFlow { id, known: None }).await
}

#[tokio::test]
async fn a_flow_of_a_newer_format_is_read_and_not_changed() {
    let studio = Studio::open().await;
    let mut newer = flow("Newer", by_hand(), vec![says("step_1", "Hello")]);
    newer.schema = SchemaVersion::new(99);
    let draft = studio.draft(&newer).await;
    let why = draft.read_only.clone().expect("it can be edited");
    is_sentence(&why);
    assert!(why.contains("version 99") && why.contains("Update the app"), "{why}");
    let op = flow::Op::ChangeName { display_name: "Other".into() };
    let operations = serde_json::to_string(&vec![op]).unwrap();
    let edit = EditFlow { id: draft.flow.id, revision: draft.revision, label: "Rename".into(), operations };
    assert_eq!(studio.tries(edit).await.unwrap_err().code, Code::Forbidden);
    let publish = PublishFlow { id: draft.flow.id, revision: draft.revision, allow: Vec::new() };
    assert_eq!(studio.tries(publish).await.unwrap_err().code, Code::Forbidden);
    let test = studio.tries(TestFlow { id: draft.flow.id, payload: None }).await.unwrap_err();
    assert_eq!((test.code, &test.message), (Code::Forbidden, &why));
    let studio = intact(studio, &draft).await;
    let read: Flow = serde_json::from_str(&shows(&studio, draft.flow.id).await.document.unwrap()).unwrap();
    assert_eq!((read.schema, read.display_name.as_str()), (SchemaVersion::new(99), "Newer"));
}

#[tokio::test]
async fn what_is_no_automation_is_refused() {
    let studio = Studio::open().await;
    for text in ["", "{}", "[]", "null", "{\"trigger\": 7}", "not JSON", "{\"displayName\": \"x\", \"steps\": {}}"] {
        let create = CreateFlow { name: "X".into(), folder: String::new(), document: Some(text.into()) };
        let fault = studio.tries(create).await.unwrap_err();
        assert_eq!((fault.code, fault.field.as_deref()), (Code::Invalid, Some("document")), "{text}");
        is_sentence(&fault.message);
    }
    for name in ["", "  ", "a\u{202e}b", &"x".repeat(201)] {
        let create = CreateFlow { name: (*name).into(), folder: String::new(), document: None };
        assert_eq!(studio.tries(create).await.unwrap_err().field.as_deref(), Some("name"));
    }
}

#[tokio::test]
async fn a_missing_piece_and_a_broken_expression_name_their_step() {
    let studio = Studio::open().await;
    let lost = Step::piece("step_1", "Send a fax", piece("@pmos/piece-fax", "1.0.0", "send", json!({})));
    let draft = studio.draft(&flow("Fax", by_hand(), vec![lost])).await;
    let run = studio.does(TestFlow { id: draft.flow.id, payload: None }).await;
    let run = studio.ended(run.id).await;
    assert_eq!((run.run.status, run.run.failed_step.as_deref()), (RunStatus::Failed, Some("Send a fax")));
    let why = run.run.failure.unwrap();
    is_sentence(&why);
    assert!(why.contains("@pmos/piece-fax"), "{why}");
    let check = studio.does(CheckFlow { id: draft.flow.id, pending: false }).await;
    assert!(check.errors > 0 && check.findings.contains("step_1"), "{}", check.findings);
    let studio = intact(studio, &draft).await;

    let draft = studio.draft(&flow("Broken", by_hand(), vec![says("step_1", "{{ step_9['output' }}")])).await;
    let check = studio.does(CheckFlow { id: draft.flow.id, pending: false }).await;
    assert!(check.errors > 0 && check.findings.contains("step_1"), "{}", check.findings);
    let allow = check.needs.into_iter().map(|need| need.key).collect();
    let publish = PublishFlow { id: draft.flow.id, revision: draft.revision, allow };
    let fault = studio.tries(publish).await.unwrap_err();
    assert_eq!(fault.code, Code::Invalid);
    is_sentence(&fault.message);
    assert!(fault.message.contains("step_1") && fault.message.contains("brackets"), "{}", fault.message);
    let run = studio.does(TestFlow { id: draft.flow.id, payload: None }).await;
    let run = studio.ended(run.id).await;
    assert_eq!((run.run.status, run.run.failed_step.as_deref()), (RunStatus::Failed, Some("Say it")));
    is_sentence(run.run.failure.as_deref().unwrap());
    assert!(studio.posts().await.is_empty());
    let studio = intact(studio, &draft).await;
    // It is mended by an edit, like any other.
    let mended = renames(&studio, &draft, "Mended").await;
    assert_eq!((mended.flow.name.as_str(), mended.done.len()), ("Mended", 1));
}

#[tokio::test]
async fn code_that_never_ends_and_a_loop_over_no_list_end_the_run_alone() {
    let mut studio = Studio::open().await;
    let endless = Step::code("step_1", "Spin", "export const code = async () => { while (true) {} };");
    let nothing = Step::loop_on("step_1", "Over nothing", "{{trigger['output']['nothing']}}");
    for step in [endless, nothing] {
        let called = step.display_name.clone();
        let draft = studio.draft(&flow("Wrong", by_hand(), vec![step])).await;
        let run = studio.does(TestFlow { id: draft.flow.id, payload: None }).await;
        let run = studio.ended(run.id).await;
        assert_eq!((run.run.status, run.run.failed_step.as_deref()), (RunStatus::Failed, Some(&*called)), "{run:#?}");
        is_sentence(run.run.failure.as_deref().unwrap());
        studio = intact(studio, &draft).await;
    }
    let draft = studio.draft(&flow("Fine", by_hand(), vec![says("step_1", "Still here")])).await;
    let run = studio.does(TestFlow { id: draft.flow.id, payload: None }).await;
    assert_eq!(studio.ended(run.id).await.run.status, RunStatus::Succeeded);
}

#[tokio::test]
async fn ten_megabytes_go_through_and_more_are_refused() {
    let studio = Studio::open().await;
    let draft = studio.draft(&flow("Big", by_hand(), vec![says("step_1", "{{trigger['output']['name']}}")])).await;
    let published = studio.publishes(&draft).await;
    let big = |bytes: usize| json!({ "name": "Ada", "much": "x".repeat(bytes) }).to_string();
    let fault = studio.tries(RunFlow { id: published.flow.id, payload: Some(big(10 << 20)) }).await.unwrap_err();
    assert_eq!(fault.field.as_deref(), Some("payload"));
    is_sentence(&fault.message);
    let run = studio.does(RunFlow { id: published.flow.id, payload: Some(big((10 << 20) - 100)) }).await;
    let run = studio.ended(run.id).await;
    assert_eq!(run.run.status, RunStatus::Succeeded);
    assert!(run.steps[0].cut, "ten megabytes went to the page");
    let keep = |value: String| KeepSample { id: published.flow.id, step: "step_1".into(), name: String::new(), value };
    assert_eq!(studio.tries(keep(big(10 << 20))).await.unwrap_err().field.as_deref(), Some("value"));
    assert_eq!(studio.tries(keep("{".into())).await.unwrap_err().field.as_deref(), Some("value"));
    intact(studio, &published).await;
}

#[tokio::test]
async fn a_connection_that_is_gone_is_said_by_the_run_and_the_check() {
    let studio = Studio::open().await;
    let mut lost = says("step_1", "Hello");
    if let Some(input) = lost.input_mut() {
        input.insert("auth".into(), json!("{{connections['gone']}}"));
    }
    let draft = studio.draft(&flow("Lost", by_hand(), vec![lost])).await;
    let check = studio.does(CheckFlow { id: draft.flow.id, pending: false }).await;
    assert!(check.errors > 0, "{}", check.findings);
    let run = studio.does(TestFlow { id: draft.flow.id, payload: None }).await;
    let run = studio.ended(run.id).await;
    assert_eq!(run.run.status, RunStatus::Failed);
    is_sentence(run.run.failure.as_deref().unwrap());
    let connections = studio.does(ListConnections {}).await;
    studio.does(ForgetConnection { id: connections[0].id }).await;
    assert!(studio.does(ListConnections {}).await.is_empty());
    intact(studio, &draft).await;
}

#[tokio::test]
async fn a_connection_that_expired_is_said_with_what_to_do() {
    let studio = Studio::open().await;
    let value = json!({ "type": "CUSTOM_AUTH", "props": { "botToken": "xoxb-of-last-year" } }).to_string();
    let add = AddConnection {
        label: "Old bot".into(),
        piece: "@activepieces/piece-slack".into(),
        place: FlowPlace::Here,
        value: SecretText::new(value),
    };
    let connection = studio.does(add).await;
    let mut old = says("step_1", "Hello");
    if let Some(input) = old.input_mut() {
        input.insert("auth".into(), json!(format!("{{{{connections['{}']}}}}", connection.key)));
    }
    let draft = studio.draft(&flow("Expired", by_hand(), vec![old])).await;
    let published = studio.publishes(&draft).await;
    let run = studio.does(RunFlow { id: published.flow.id, payload: None }).await;
    let run = studio.ended(run.id).await;
    assert_eq!((run.run.status, run.run.failed_step.as_deref()), (RunStatus::Failed, Some("Say it")));
    let why = run.run.failure.clone().unwrap();
    is_sentence(&why);
    assert!(why.contains("Connect Slack again"), "{why}");
    assert!(!format!("{run:?}").contains("of-last-year"), "a secret is shown");
    assert!(studio.posts().await.is_empty());
    intact(studio, &published).await;
}

/// A flow that lives on a server changes there while it is edited here, then the server goes away.
#[tokio::test]
async fn a_server_that_changed_underneath_covers_no_edit() {
    let studio = Studio::open().await;
    let clock = studio.time.clock();
    let options = sim::activepieces::Options {
        installation: Some(Installation::sample(3, clock())),
        clock,
        ..sim::activepieces::Options::default()
    };
    let server = Activepieces::start(options).await.unwrap();
    let connect = || ConnectAutomationServer {
        address: server.base_url().to_owned(),
        email: "ada@example.com".into(),
        secret: SecretText::new("Sample-1234"),
        project: None,
    };
    studio.does(connect()).await;
    let flows = studio.does(ListFlows {}).await;
    let there = flows.iter().find(|flow| flow.place == FlowPlace::Server).expect("nothing came from the server");
    let (id, name) = (there.id, there.name.clone());
    let theirs = server.look(|all| all.flow_names().find(|(_, called)| *called == name).unwrap().0.to_owned());

    // Nothing comes through: what is edited here is kept here, and it is said why it waits.
    for method in ["GET", "POST", "DELETE"] {
        server.faults().next(10_000, method, "/api/", sim::Fault::DropBefore);
    }
    let ours = renames(&studio, &shows(&studio, id).await, "Ours").await;
    let publish = PublishFlow { id, revision: ours.revision, allow: Vec::new() };
    is_sentence(&studio.tries(publish).await.unwrap_err().message);
    // Meanwhile somebody else changes it there.
    server.edit(|foreign| foreign.rename(&theirs, "Theirs"));
    let kept = shows(&studio, id).await;
    let studio = intact(studio, &kept).await;
    server.faults().clear();

    // Back again (the vault of a test forgets), both are there and a person chooses.
    studio.does(connect()).await;
    studio.engine.settle().await;
    let view = shows(&studio, id).await;
    assert_eq!(view.document, kept.document, "ours is what it was");
    assert!(view.diverged.expect("theirs was never seen").contains("Theirs"));
    assert_eq!(server.look(|all| all.flow(&theirs).unwrap().display_name), "Theirs", "nothing was sent over it");
    let publish = PublishFlow { id, revision: view.revision, allow: Vec::new() };
    let fault = studio.tries(publish).await.unwrap_err();
    is_sentence(&fault.message);
    let chosen = studio.does(ResolveFlow { id, keep: FlowKeep::Ours }).await;
    assert_eq!((chosen.flow.name.as_str(), chosen.diverged), ("Ours", None));
    assert_eq!(server.look(|all| all.flow(&theirs).unwrap().display_name), "Ours");
    assert_eq!(studio.does(ShowAutomationServer {}).await.waiting, 0);
}
