//! Editing while everything goes wrong: at whatever place it is cut, no edit is lost and none is made twice.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use flow::{Flow, Op, Place, Slot, Step};
use serde_json::json;

use super::captures::get;
use super::fake::{Fake, Fate, ID, apart, open, serve};
use super::server::{Ada, Reply, Server, patience, token};
use crate::{Draft, Editor, Fault, Patience, Secret};

fn code(name: &str) -> Step {
    Step::code(name, name, "export const code = async () => 1;")
}

fn start() -> Flow {
    let mut flow = Flow::new("Orders");
    flow.trigger = flow::Trigger::piece("Hook", flow::PieceCall { piece: "hook".to_owned(), ..Default::default() });
    flow.steps = [code("step_1"), code("step_2")].into_iter().collect();
    flow
}

/// Eight requests: a loop with two steps, a rename, a move, a name, a skip and a deletion.
fn edit(editor: &Editor) {
    let mut each = Step::loop_on("step_3", "Each", "{{trigger['output']}}");
    each.chain_mut(Slot::Body).unwrap().extend([code("step_4"), code("step_5")]);
    editor.edit("Add", Op::add(Place::after("step_2"), each)).unwrap();
    let mut step = editor.flow().step("step_1").unwrap().shell();
    step.display_name = "First".to_owned();
    editor.edit("Rename", Op::update(step)).unwrap();
    editor.edit("Move", Op::MoveAction { name: "step_5".to_owned(), to: Place::after("step_1") }).unwrap();
    editor.edit("Call", Op::ChangeName { display_name: "Orders 2".to_owned() }).unwrap();
    editor.edit("Skip", Op::SetSkipAction { names: vec!["step_4".to_owned()], skip: Some(true) }).unwrap();
    editor.edit("Delete", Op::delete("step_2")).unwrap();
}

const REQUESTS: usize = 8;

fn fate(kind: usize, fake: &Fake) -> Fate {
    let whole = || flow::wire::write_flow(&fake.flow);
    let refused = |number: &str| Reply::Say(get(number).status, get(number).text());
    match kind {
        0 => Fate::Instead(Reply::Reset),
        1 => Fate::DoneThen(Reply::Reset),
        2 => Fate::DoneThen(Reply::Half(whole())),
        3 => Fate::DoneThen(Reply::Say(502, "<html>Bad Gateway</html>".to_owned())),
        4 => Fate::Instead(Reply::Say(503, String::new())),
        5 => Fate::Instead(Reply::With(429, "retry-after", "0".to_owned(), get("188").text())),
        6 => Fate::Instead(refused("018")),
        7 => Fate::Instead(refused("006")),
        8 => Fate::Instead(refused("191")),
        9 => Fate::DoneThen(refused("191")),
        10 => Fate::DoneThen(Reply::Say(200, "{}".to_owned())),
        11 => Fate::PassedOver,
        _ => Fate::Well,
    }
}

const KINDS: usize = 12;

/// A flow that was edited, on a server where one request of those to come meets a fate.
async fn edited(kind: usize, place: usize) -> (Server, Arc<Mutex<Fake>>, Editor) {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    edit(&editor);
    {
        let mut fake = fake.lock().unwrap();
        fake.fates.extend((0..place).map(|_| Fate::Well));
        let cut = fate(kind, &fake);
        fake.fates.push_back(cut);
    }
    (server, fake, editor)
}

/// Sends until all is sent, as often as it takes; every fault on the way must be one that passes.
async fn send_all(editor: &Editor, what: &str) {
    for _ in 0..50 {
        match editor.flush().await {
            Ok(sent) => return assert!(sent.dropped.is_empty(), "{what}: {sent:?}"),
            Err(fault) => assert!(fault.passes(), "{what}: {fault:?}"),
        }
    }
    panic!("{what}: never done");
}

#[tokio::test]
async fn wherever_it_is_cut_all_edits_arrive_once() {
    for kind in 0..KINDS {
        for place in 0..REQUESTS {
            let what = format!("kind {kind} at request {place}");
            let (_server, fake, editor) = edited(kind, place).await;
            let wanted = editor.flow();
            send_all(&editor, &what).await;
            let fake = fake.lock().unwrap();
            assert!(apart(&fake.flow, &wanted).is_empty(), "{what}");
            assert!(apart(&editor.flow(), &wanted).is_empty(), "{what}");
            assert!(editor.with(|draft| draft.divergence().is_none() && draft.stuck().is_none()), "{what}");
            // Nothing was sent that the server had to pass over: no edit came twice.
            assert!(fake.writes.iter().all(|(_, is_done)| *is_done), "{what}: {:?}", fake.writes);
        }
    }
}

/// The app is killed with the answer on its way; it goes on from what it had stored.
#[tokio::test]
async fn a_stored_draft_goes_on_where_it_was() {
    for kind in [0, 1, 2, 3] {
        for place in 0..REQUESTS {
            let what = format!("kind {kind} at request {place}");
            let (server, fake, editor) = edited(kind, place).await;
            let wanted = editor.flow();
            editor.flush().await.unwrap_err();
            let stored = serde_json::to_string(&editor.draft()).unwrap();
            drop(editor);
            let draft: Draft = serde_json::from_str(&stored).unwrap();
            let editor = Editor::resume(&server.client(), ID, draft);
            assert!(apart(&editor.flow(), &wanted).is_empty(), "{what}");
            send_all(&editor, &what).await;
            let fake = fake.lock().unwrap();
            assert!(apart(&fake.flow, &wanted).is_empty(), "{what}");
            assert!(fake.writes.iter().all(|(_, is_done)| *is_done), "{what}: {:?}", fake.writes);
        }
    }
}

#[tokio::test]
async fn silence_in_the_middle_is_waited_out() {
    let (server, fake) = serve(start()).await;
    let ada = Arc::new(Ada { from_before: Some(Secret::new(token(1, 168))), kept: Mutex::default() });
    let short = Duration::from_millis(150);
    let client = server.client_with(ada, Patience { reply: short, slow_reply: short, ..patience() });
    let editor = loop {
        // Whoever tests on a slow machine asks again.
        if let Ok(editor) = Editor::open(&client, ID, &super::fake::features()).await {
            break editor;
        }
    };
    edit(&editor);
    let wanted = editor.flow();
    fake.lock().unwrap().fates.extend([
        Fate::Well,
        Fate::DoneThen(Reply::Hang),
        Fate::Well,
        Fate::Instead(Reply::Hang),
    ]);
    send_all(&editor, "hang").await;
    assert!(apart(&fake.lock().unwrap().flow, &wanted).is_empty());
}

#[tokio::test]
async fn what_the_server_refuses_stays_until_somebody_decides() {
    for number in ["070", "192", "191"] {
        let (server, fake) = serve(start()).await;
        let editor = open(&server).await;
        edit(&editor);
        let wanted = editor.flow();
        let refuse = || Fate::Instead(Reply::Say(get(number).status, get(number).text()));
        fake.lock().unwrap().fates.extend([Fate::Well, refuse(), refuse()]);
        let fault = editor.flush().await.unwrap_err();
        assert!(matches!(fault, Fault::Invalid { .. } | Fault::Failed(_)), "{fault:?}");
        assert!(editor.with(|draft| draft.stuck().is_some()), "{number}");
        assert!(apart(&editor.flow(), &wanted).is_empty(), "the draft is whole");
        // Until then nothing is sent, and one may go on editing.
        let sent = server.seen().len();
        editor.flush().await.unwrap();
        assert_eq!(server.seen().len(), sent);
        editor.edit("Add", Op::add(Place::after("step_1"), code("step_9"))).unwrap();
        let wanted = editor.flow();
        // Whole, it is taken.
        editor.retry();
        fake.lock().unwrap().fates.clear();
        send_all(&editor, number).await;
        assert!(apart(&fake.lock().unwrap().flow, &wanted).is_empty());
        assert_eq!(fake.lock().unwrap().writes.last().unwrap().0, "IMPORT_FLOW");
    }
}

#[tokio::test]
async fn what_is_given_up_is_returned() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    edit(&editor);
    fake.lock().unwrap().fates.push_back(Fate::Instead(Reply::Say(400, get("070").text())));
    editor.flush().await.unwrap_err();
    assert_eq!(editor.discard().len(), 6);
    assert!(apart(&editor.flow(), &start()).is_empty());
    editor.flush().await.unwrap();
    assert!(apart(&fake.lock().unwrap().flow, &start()).is_empty());
}

#[tokio::test]
async fn a_flow_that_is_gone_leaves_its_draft_here() {
    let (server, fake) = serve(start()).await;
    let editor = open(&server).await;
    edit(&editor);
    let wanted = editor.flow();
    fake.lock().unwrap().is_gone = true;
    assert!(matches!(editor.flush().await.unwrap_err(), Fault::NotFound(_)));
    assert!(apart(&editor.flow(), &wanted).is_empty());
    assert!(editor.with(|draft| draft.stuck().is_some() && draft.queue().len() == 6));
    // And one that comes back takes it.
    fake.lock().unwrap().is_gone = false;
    editor.retry();
    send_all(&editor, "back").await;
    assert!(apart(&fake.lock().unwrap().flow, &wanted).is_empty());
}

#[tokio::test]
async fn a_server_that_is_away_keeps_nobody_from_editing() {
    let (server, _fake) = serve(start()).await;
    let draft = open(&server).await.draft();
    let away = Server::start(|_| Reply::Reset).await;
    let ada = Ada { from_before: Some(Secret::new(token(1, 168))), kept: Mutex::default() };
    let editor = Editor::resume(&away.client_of(Arc::new(ada)), ID, draft);
    edit(&editor);
    assert!(editor.flush().await.unwrap_err().passes());
    assert!(editor.undo().unwrap() && editor.redo().unwrap());
    assert_eq!(editor.with(|draft| draft.queue().len()), 8);
    let back = Editor::resume(&server.client(), ID, editor.draft());
    send_all(&back, "back").await;
    assert!(apart(&back.flow(), &editor.flow()).is_empty());
}

/// A flow that the real server crashes over: the name is taken. It is never sent.
#[tokio::test]
async fn a_name_that_is_taken_is_refused_here() {
    let (server, _fake) = serve(start()).await;
    let editor = open(&server).await;
    let sent = server.seen().len();
    let refused = editor.edit("Add", Op::add(Place::after("step_2"), code("step_1"))).unwrap_err();
    assert!(refused.message.contains("free name"), "{refused}");
    editor.flush().await.unwrap();
    assert_eq!(server.seen().len(), sent);
}

#[tokio::test]
async fn five_thousand_steps_are_edited_and_sent() {
    let mut flow = start();
    flow.steps = (1..=5_000).map(|number| code(&format!("step_{number}"))).collect();
    let (server, fake) = serve(flow).await;
    let editor = open(&server).await;
    editor.edit("Add", Op::add(Place::after("step_2500"), code("step_5001"))).unwrap();
    editor.flush().await.unwrap();
    assert_eq!(fake.lock().unwrap().flow.steps[2_500].name, "step_5001");
    let mut inner = code("deep_0");
    for level in 1..400 {
        let mut each = Step::loop_on(format!("deep_{level}"), "Each", "{{trigger}}");
        each.chain_mut(Slot::Body).unwrap().push(inner);
        inner = each;
    }
    editor
        .edit(
            "Add",
            Op::ImportFlow {
                document: Box::new({
                    let mut document = start().document();
                    document.steps.push(inner);
                    document
                }),
            },
        )
        .unwrap();
    editor.flush().await.unwrap();
    assert!(fake.lock().unwrap().flow.step("deep_0").is_some());
    assert_eq!(json!(editor.with(|draft| draft.queue().len())), json!(0));
}
