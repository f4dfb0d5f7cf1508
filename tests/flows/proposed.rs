//! What is proposed waits beside the draft: all of it, by name, and nothing when it would change nothing.

use contract::commands::{CheckFlow, EditFlow, ProposeFlow, RewindFlow, ShowFlow, TestStep};
use contract::{Code, FlowView};
use flow::SchemaVersion;
use serde_json::{Value, json};

use super::{Studio, by_hand, flow, piece, says};

fn proposal(view: &FlowView, label: &str, edits: &Value) -> ProposeFlow {
    serde_json::from_value(json!({ "id": view.flow.id, "label": label, "edits": edits })).unwrap()
}

fn code(label: &str) -> Value {
    json!([{ "edit": "code", "source": "export const code = async () => 1;", "label": label }])
}

#[tokio::test]
async fn proposals_add_up_and_leave_the_draft_alone() {
    let studio = Studio::open().await;
    let draft = studio.draft(&flow("Draft", by_hand(), vec![says("step_1", "Hello")])).await;
    studio.does(proposal(&draft, "Count", &code("Count it"))).await;
    studio.does(proposal(&draft, "Weigh", &code("Weigh it"))).await;
    let view = studio.does(ShowFlow { id: draft.flow.id, known: None }).await;
    let pending = view.pending.expect("nothing waits");
    assert_eq!(pending.label, "Count; Weigh");
    assert!(pending.document.contains("Count it") && pending.document.contains("Weigh it"), "{}", pending.document);
    assert_eq!(view.document, draft.document, "it was edited unasked");
    assert!(view.done.is_empty());
}

#[tokio::test]
async fn what_would_change_nothing_does_not_wait_and_what_is_read_only_is_not_proposed_for() {
    let studio = Studio::open().await;
    let draft = studio.draft(&flow("Draft", by_hand(), vec![says("step_1", "Hello")])).await;
    studio.does(proposal(&draft, "Count", &code("Count it"))).await;
    studio.does(proposal(&draft, "Not after all", &json!([{ "edit": "remove", "step": "step_2" }]))).await;
    assert_eq!(studio.does(ShowFlow { id: draft.flow.id, known: None }).await.pending, None);

    let mut newer = flow("Newer", by_hand(), vec![says("step_1", "Hello")]);
    newer.schema = SchemaVersion::new(99);
    let newer = studio.draft(&newer).await;
    let fault = studio.tries(proposal(&newer, "Count", &code("Count it"))).await.unwrap_err();
    assert_eq!(fault.code, Code::Forbidden);
    assert!(fault.message.contains("Update the app"), "{}", fault.message);
    assert_eq!(studio.does(ShowFlow { id: newer.flow.id, known: None }).await.pending, None);
}

#[tokio::test]
async fn a_step_that_is_passed_over_needs_no_leave() {
    let studio = Studio::open().await;
    let mut skipped = says("step_1", "Hello");
    skipped.skip = Some(true);
    let asks = flow::Step::piece("step_2", "Note", piece("@pmos/piece-data", "0.1.0", "set", json!({})));
    let draft = studio.draft(&flow("Skips", by_hand(), vec![skipped, asks])).await;
    let check = studio.does(CheckFlow { id: draft.flow.id, pending: false }).await;
    assert!(check.needs.is_empty(), "{:?}", check.needs);
    // A trial of one step is of that step.
    let tried = studio.does(TestStep { id: draft.flow.id, step: "step_1".into() }).await;
    assert!(tried.error.is_some() && studio.posts().await.is_empty(), "{tried:?}");
    let samples = studio.does(ShowFlow { id: draft.flow.id, known: None }).await.samples;
    assert!(samples.is_empty(), "what failed is no sample: {samples:?}");
}

#[tokio::test]
async fn an_edit_covers_no_other_and_what_waits_waits_on() {
    let studio = Studio::open().await;
    let draft = studio.draft(&flow("Draft", by_hand(), vec![says("step_1", "Hello")])).await;
    studio.does(proposal(&draft, "Count", &code("Count it"))).await;
    let view = studio.does(ShowFlow { id: draft.flow.id, known: None }).await;
    let rename = |revision: u64, to: &str| {
        let operations = serde_json::to_string(&[flow::Op::ChangeName { display_name: to.into() }]).unwrap();
        EditFlow { id: draft.flow.id, revision, label: format!("Called {to}"), operations }
    };
    studio.does(rename(view.revision, "Ours")).await;
    let fault = studio.tries(rename(view.revision, "Late")).await.unwrap_err();
    assert_eq!(fault.code, Code::Conflict);
    let studio = studio.restarts().await;
    let view = studio.does(ShowFlow { id: draft.flow.id, known: None }).await;
    assert_eq!(view.flow.name, "Ours");
    assert!(view.pending.is_some(), "an edit threw away what waits");
    assert_eq!(view.done.iter().map(|deed| deed.label.as_str()).collect::<Vec<_>>(), ["Called Ours"]);
    let undo = RewindFlow { id: draft.flow.id, revision: view.revision, done: 0 };
    assert_eq!(studio.does(undo).await.flow.name, "Draft");
}
