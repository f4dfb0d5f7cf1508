//! Editing here and at the server: in order, compared, undone, and decided about when somebody else edits too.

use flow::{Branch, Flow, Note, Op, PieceCall, Place, Position, Slot, Step, Trigger, wire};
use serde_json::json;

use super::captures::get;
use super::fake::{Fate, apart, features, open, serve};
use super::server::Reply;
use crate::{Draft, Editor, Fault, Features, Resolution};

fn code(name: &str, title: &str) -> Step {
    Step::code(name, title, "export const code = async () => 1;")
}

fn add(after: &str, name: &str) -> Op {
    Op::add(Place::after(after), code(name, name))
}

fn rename(flow: &Flow, name: &str, to: &str) -> Op {
    let mut step = flow.step(name).unwrap().shell();
    step.display_name = to.to_owned();
    Op::update(step)
}

fn start() -> Flow {
    let mut flow = Flow::new("Orders");
    let call = PieceCall {
        piece: "@activepieces/piece-webhook".to_owned(),
        version: "0.1.34".to_owned(),
        ..PieceCall::default()
    };
    flow.trigger = Trigger::piece("Hook", call);
    flow.steps = [code("step_1", "One"), code("step_2", "Two")].into_iter().collect();
    flow
}

#[tokio::test]
async fn edits_are_seen_at_once_and_sent_in_order() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    editor.edit("Add", add("step_2", "step_3")).unwrap();
    editor.edit("Rename", rename(&editor.flow(), "step_1", "First")).unwrap();
    editor.edit("Call it", Op::ChangeName { display_name: "Orders 2".to_owned() }).unwrap();
    assert_eq!(editor.flow().steps.len(), 3);
    assert!(fake.lock().unwrap().writes.is_empty());
    let sent = editor.flush().await.unwrap();
    assert_eq!(sent.writes, 3);
    let fake = fake.lock().unwrap();
    let words: Vec<&str> = fake.writes.iter().map(|(word, _)| word.as_str()).collect();
    assert_eq!(words, ["ADD_ACTION", "UPDATE_ACTION", "CHANGE_NAME"]);
    assert!(apart(&fake.flow, &editor.flow()).is_empty());
    // Its dates are ours then.
    assert_eq!(editor.flow().extra["updated"], fake.flow.extra["updated"]);
    assert_eq!(editor.with(|draft| draft.queue().len()), 0);
    // One look, then write upon write: each answer is a look.
    assert_eq!(server.seen().iter().filter(|seen| seen.method == "GET").count(), 2);
}

#[tokio::test]
async fn what_is_typed_becomes_one_request() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    for word in ["F", "Fi", "Fir", "First"] {
        editor.edit("Rename", rename(&editor.flow(), "step_1", word)).unwrap();
    }
    editor.edit("Rename", rename(&editor.flow(), "step_2", "Second")).unwrap();
    assert_eq!(editor.flush().await.unwrap().writes, 2);
    assert_eq!(fake.lock().unwrap().flow.step("step_1").unwrap().display_name, "First");
}

/// What is on its way is no longer changed: the later edit follows it.
#[tokio::test]
async fn an_edit_made_while_another_is_sent_follows_it() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    {
        let mut fake = fake.lock().unwrap();
        fake.watch = Some(std::sync::Arc::new(editor.clone().into()));
        fake.meanwhile.push_back(rename(&editor.flow(), "step_1", "Later"));
    }
    editor.edit("Rename", rename(&editor.flow(), "step_1", "Sooner")).unwrap();
    assert_eq!(editor.flush().await.unwrap().writes, 2);
    let fake = fake.lock().unwrap();
    let titles: Vec<&str> = fake.bodies.iter().map(|body| body["request"]["displayName"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Sooner", "Later"]);
    assert!(apart(&fake.flow, &editor.flow()).is_empty());
    assert_eq!(fake.flow.step("step_1").unwrap().display_name, "Later");
}

#[tokio::test]
async fn undo_sends_the_inverse_and_redo_sends_it_again() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    let before = editor.flow();
    editor.begin("Tidy", "Ada");
    let mut router = Step::router("step_3", "Route", &["Big"]);
    router.chain_mut(Slot::Branch(0)).unwrap().push(code("step_4", "Inside"));
    editor.edit("Add", Op::add(Place::after("step_1"), router)).unwrap();
    editor.edit("Delete", Op::delete("step_2")).unwrap();
    editor.end();
    editor.flush().await.unwrap();
    let after = editor.flow();
    assert!(apart(&fake.lock().unwrap().flow, &after).is_empty());
    assert!(editor.undo().unwrap());
    editor.flush().await.unwrap();
    assert!(apart(&fake.lock().unwrap().flow, &before).is_empty());
    assert!(editor.redo().unwrap());
    editor.flush().await.unwrap();
    assert!(apart(&fake.lock().unwrap().flow, &after).is_empty());
    assert!(editor.undo().unwrap() && !editor.undo().unwrap());
}

/// Names of copies are ours: the server is told them.
#[tokio::test]
async fn copies_are_sent_with_the_names_that_they_have_here() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    let router = Step::router("step_3", "Route", &["Big", "Small"]);
    editor.edit("Add", Op::add(Place::after("step_2"), router)).unwrap();
    editor.edit("Fill", Op::add(Place::inside("step_3", Slot::Branch(0)), code("step_4", "In"))).unwrap();
    editor.edit("Copy", Op::DuplicateAction { name: "step_1".to_owned() }).unwrap();
    editor.edit("Copy", Op::DuplicateBranch { step: "step_3".to_owned(), index: 0 }).unwrap();
    editor.flush().await.unwrap();
    let fake = fake.lock().unwrap();
    assert!(apart(&fake.flow, &editor.flow()).is_empty());
    assert!(fake.bodies.iter().all(|body| !body["type"].as_str().unwrap().starts_with("DUPLICATE")));
    assert_eq!(editor.with(|draft| draft.queue().len()), 0);
}

/// A server has no word for the order of notes; the whole says it.
#[tokio::test]
async fn what_has_no_request_of_its_own_is_sent_whole() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    for id in ["a", "b", "c"] {
        let note = Note {
            id: id.to_owned(),
            content: id.to_owned(),
            position: Position { x: 1.0, y: 2.0 },
            ..Note::default()
        };
        editor.edit("Note", Op::AddNote { note: Box::new(note), at: None }).unwrap();
    }
    editor.flush().await.unwrap();
    editor.edit("Delete", Op::DeleteNote { id: "a".to_owned() }).unwrap();
    editor.undo().unwrap();
    editor.flush().await.unwrap();
    let fake = fake.lock().unwrap();
    let ids: Vec<&str> = fake.flow.notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(fake.writes.last().unwrap().0, "IMPORT_FLOW");
}

/// 209 and 210: the whole is put back with one import, in its own version of the format, and then where the results of
/// tests are.
#[tokio::test]
async fn a_snapshot_is_put_back_with_the_results_of_its_tests() {
    let flow = wire::read(&get("210").text()).unwrap();
    let snapshot = flow.document();
    let (server, fake) = serve(flow).await;
    let editor = open(&server).await;
    editor.edit("Delete", Op::delete("step_3")).unwrap();
    editor.flush().await.unwrap();
    editor.edit("Restore", Op::ImportFlow { document: Box::new(snapshot) }).unwrap();
    editor.flush().await.unwrap();
    let fake = fake.lock().unwrap();
    let import = fake.bodies.iter().find(|body| body["type"] == "IMPORT_FLOW").unwrap();
    assert_eq!(import["request"]["schemaVersion"], "22");
    let samples: Vec<&str> = fake
        .bodies
        .iter()
        .filter(|body| body["type"] == "UPDATE_SAMPLE_DATA_INFO")
        .map(|body| body["request"]["stepName"].as_str().unwrap())
        .collect();
    assert!(!samples.is_empty());
    for name in samples {
        assert!(fake.flow.step(name).unwrap().sample_data().is_some(), "{name}");
    }
    assert!(apart(&fake.flow, &editor.flow()).is_empty());
}

#[tokio::test]
async fn publishing_follows_the_edits_and_editing_opens_a_draft() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    let refused = editor.edit("On", Op::ChangeStatus { status: flow::Status::Enabled }).unwrap_err();
    assert!(refused.message.contains("Publish it first"), "{refused}");
    editor.edit("Rename", rename(&editor.flow(), "step_1", "First")).unwrap();
    editor.edit("Publish", Op::LockAndPublish { status: None }).unwrap();
    editor.flush().await.unwrap();
    assert_eq!(editor.flow().record.status, Some(flow::Status::Enabled));
    assert_eq!(editor.flow().record.published_version_id.as_deref(), Some("version-1"));
    editor.edit("Rename", rename(&editor.flow(), "step_1", "Again")).unwrap();
    editor.flush().await.unwrap();
    assert_eq!(editor.flow().version_id(), Some("version-2"));
    assert_eq!(editor.flow().state, Some(flow::State::Draft));
    // What was published is not undone by undoing.
    assert!(editor.undo().unwrap() && editor.undo().unwrap() && !editor.undo().unwrap());
    editor.flush().await.unwrap();
    assert_eq!(fake.lock().unwrap().flow.record.published_version_id.as_deref(), Some("version-1"));
}

#[tokio::test]
async fn a_refused_publication_is_taken_back_and_the_edits_stay() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    editor.edit("Rename", rename(&editor.flow(), "step_1", "First")).unwrap();
    editor.edit("Publish", Op::LockAndPublish { status: None }).unwrap();
    editor.edit("Rename", rename(&editor.flow(), "step_2", "Second")).unwrap();
    let refusal = get("195");
    fake.lock().unwrap().fates.extend([Fate::Well, Fate::Instead(Reply::Say(refusal.status, refusal.text()))]);
    let sent = editor.flush().await.unwrap();
    assert!(matches!(&sent.dropped[..], [(Op::LockAndPublish { .. }, Fault::Invalid { .. })]), "{sent:?}");
    assert_eq!(editor.flow().record.published_version_id, None);
    assert_eq!(fake.lock().unwrap().flow.step("step_2").unwrap().display_name, "Second");
    // And one that is passed over without a word is told too.
    editor.edit("Publish", Op::LockAndPublish { status: None }).unwrap();
    fake.lock().unwrap().fates.push_back(Fate::PassedOver);
    let sent = editor.flush().await.unwrap();
    assert!(matches!(&sent.dropped[..], [(Op::LockAndPublish { .. }, Fault::Failed(_))]), "{sent:?}");
    assert_eq!(editor.flow().record.published_version_id, None);
}

#[tokio::test]
async fn a_flow_of_a_later_format_is_looked_at_only() {
    let mut flow = start();
    flow.schema = flow::SchemaVersion::new(23);
    let (server, fake) = serve(flow).await;
    let editor = open(&server).await;
    let refused = editor.edit("Add", add("step_2", "step_3")).unwrap_err();
    assert!(refused.message.contains("version 23") && refused.message.contains("Update the app"), "{refused}");
    editor.edit("File", Op::ChangeFolder { folder_id: Some("folder".to_owned()) }).unwrap();
    editor.flush().await.unwrap();
    assert_eq!(fake.lock().unwrap().writes, [("CHANGE_FOLDER".to_owned(), true)]);
    let old = Features { failure_branches: false, ..features() };
    let (server, _) = serve(start()).await;
    let editor = Editor::open(&server.client(), super::fake::ID, &old).await.unwrap();
    let behind = Op::add(Place::inside("step_1", Slot::OnFailure), code("step_3", "Mend"));
    assert!(editor.edit("Add", behind).unwrap_err().message.contains("0.84"));
    let too_old = Features { too_old: Some("Update the server.".to_owned()), ..features() };
    let editor = Editor::resume(&server.client(), super::fake::ID, Draft::new(start(), &too_old));
    assert_eq!(editor.edit("Add", add("step_2", "step_3")).unwrap_err().message, "Update the server.");
}

#[tokio::test]
async fn a_flow_that_is_being_deleted_is_not_edited() {
    let (server, fake) = serve(start()).await;
    fake.lock().unwrap().flow.record.extra.insert("operationStatus".to_owned(), json!("DELETING"));
    let editor = open(&server).await;
    assert!(editor.edit("Add", add("step_2", "step_3")).unwrap_err().message.contains("being deleted"));
}

#[tokio::test]
async fn a_branch_with_all_that_it_holds_arrives() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    editor.edit("Add", Op::add(Place::after("step_2"), Step::router("step_3", "Route", &["A"]))).unwrap();
    let mut branch = Branch::condition("B");
    branch.chain.push(code("step_4", "In B"));
    editor.edit("Branch", Op::AddBranch { step: "step_3".to_owned(), index: 1, branch: Box::new(branch) }).unwrap();
    editor.edit("Drop", Op::DeleteBranch { step: "step_3".to_owned(), index: 1 }).unwrap();
    editor.flush().await.unwrap();
    editor.undo().unwrap();
    editor.flush().await.unwrap();
    assert!(fake.lock().unwrap().flow.step("step_4").is_some());
    assert!(apart(&fake.lock().unwrap().flow, &editor.flow()).is_empty());
}

#[tokio::test]
async fn somebody_elses_edit_is_taken_over_when_nothing_waits() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    editor.edit("Rename", rename(&editor.flow(), "step_1", "First")).unwrap();
    editor.flush().await.unwrap();
    let theirs = rename(&fake.lock().unwrap().flow, "step_2", "Theirs");
    fake.lock().unwrap().edit(theirs);
    let changes = editor.refresh().await.unwrap().unwrap();
    assert_eq!(changes.steps[0].name, "step_2");
    assert_eq!(editor.flow().step("step_2").unwrap().display_name, "Theirs");
    assert!(editor.with(Draft::divergence).is_none());
    // What was done before was done to something else: it is not undone on top of theirs.
    assert!(!editor.undo().unwrap());
    assert_eq!(editor.refresh().await.unwrap(), None);
}

#[tokio::test]
async fn two_edits_at_once_are_shown_and_go_together() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    editor.edit("Rename", rename(&editor.flow(), "step_1", "Ours")).unwrap();
    let theirs = rename(&fake.lock().unwrap().flow, "step_2", "Theirs");
    fake.lock().unwrap().edit(theirs);
    editor.flush().await.unwrap();
    assert!(fake.lock().unwrap().writes.is_empty(), "nothing is sent unseen");
    let divergence = editor.with(Draft::divergence).unwrap();
    assert_eq!(divergence.our_changes().steps[0].name, "step_1");
    assert_eq!(divergence.their_changes().steps[0].name, "step_2");
    let way = divergence.three_way();
    assert!(way.is_clean());
    // One may go on editing meanwhile.
    editor.edit("Add", add("step_2", "step_3")).unwrap();
    let way = editor.with(Draft::divergence).unwrap().three_way();
    editor.resolve(&Resolution::Both(Box::new(way))).unwrap();
    editor.flush().await.unwrap();
    let fake = fake.lock().unwrap();
    let titles: Vec<&str> = fake.flow.steps.iter().map(|step| step.display_name.as_str()).collect();
    assert_eq!(titles, ["Ours", "Theirs", "step_3"]);
    assert!(apart(&fake.flow, &editor.flow()).is_empty());
}

#[tokio::test]
async fn a_clash_is_decided_by_a_person() {
    for (resolution, expected) in [(Resolution::Ours, "Ours"), (Resolution::Theirs, "Theirs")] {
        let (server, fake) = serve(start()).await;
        let editor = open(&server).await;
        editor.edit("Rename", rename(&editor.flow(), "step_1", "Ours")).unwrap();
        let theirs = rename(&fake.lock().unwrap().flow, "step_1", "Theirs");
        fake.lock().unwrap().edit(theirs);
        editor.flush().await.unwrap();
        assert!(!editor.with(Draft::divergence).unwrap().three_way().is_clean());
        editor.resolve(&resolution).unwrap();
        editor.flush().await.unwrap();
        assert_eq!(fake.lock().unwrap().flow.step("step_1").unwrap().display_name, expected);
        assert_eq!(editor.flow().step("step_1").unwrap().display_name, expected);
        assert!(editor.with(Draft::divergence).is_none());
    }
}

/// Between our look and our write: their edit stays, and is shown.
#[tokio::test]
async fn somebody_quicker_is_noticed_by_the_answer() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    editor.edit("Rename", rename(&editor.flow(), "step_1", "Ours")).unwrap();
    let theirs = rename(&fake.lock().unwrap().flow, "step_2", "Theirs");
    fake.lock().unwrap().fates.push_back(Fate::After(Box::new(theirs)));
    editor.flush().await.unwrap();
    let way = editor.with(Draft::divergence).unwrap().three_way();
    assert!(way.is_clean(), "{way:?}");
    editor.resolve(&Resolution::Both(Box::new(way))).unwrap();
    editor.flush().await.unwrap();
    let fake = fake.lock().unwrap();
    let titles: Vec<&str> = fake.flow.steps.iter().map(|step| step.display_name.as_str()).collect();
    assert_eq!(titles, ["Ours", "Theirs"]);
}

#[tokio::test]
async fn what_somebody_else_changed_unseen_is_not_published() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    editor.edit("Publish", Op::LockAndPublish { status: None }).unwrap();
    let theirs = rename(&fake.lock().unwrap().flow, "step_2", "Theirs");
    fake.lock().unwrap().edit(theirs);
    editor.flush().await.unwrap();
    assert!(fake.lock().unwrap().writes.is_empty());
    editor.resolve(&Resolution::Theirs).unwrap();
    editor.flush().await.unwrap();
    assert!(fake.lock().unwrap().writes.is_empty());
}
