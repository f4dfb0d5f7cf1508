//! The bridge in real JavaScript, against a desktop that is not there: what is sent, and what is made of the answer.

use std::cell::RefCell;
use std::rc::Rc;

use contract::commands::{PinProject, ShowStatus};
use contract::{Code, FeedBody, ProjectId, WorkspaceId};
use ui::bridge;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::desk::{desktop, read};

#[wasm_bindgen_test]
async fn ids_beyond_the_numbers_of_javascript_go_out_exactly() {
    desktop("return JSON.stringify({ Ok: null });");
    let id = ProjectId((1 << 53) + 1);
    bridge::call(PinProject { id, pinned: true }, Some(WorkspaceId((1 << 53) + 3))).await.unwrap();
    assert_eq!(read("asked[0][0]"), "rpc");
    assert_eq!(read("asked[0][1].name"), "project.pin");
    assert_eq!(read("asked[0][1].workspace"), "9007199254740995");
    assert_eq!(read("asked[0][1].payload"), r#"{"id":"9007199254740993","pinned":true}"#);
}

#[wasm_bindgen_test]
async fn a_reply_in_bytes_is_read_and_a_fault_stays_one() {
    desktop(r#"return new TextEncoder().encode('{"Ok":null}').buffer;"#);
    bridge::call(PinProject { id: ProjectId(1), pinned: false }, None).await.unwrap();

    desktop(r#"return JSON.stringify({ Err: { code: "vault-locked", message: "Unlock it.", retry: false } });"#);
    let fault = bridge::call(ShowStatus {}, None).await.unwrap_err();
    assert_eq!((fault.code, fault.message.as_str()), (Code::VaultLocked, "Unlock it."));
}

#[wasm_bindgen_test]
async fn a_desktop_that_is_silent_or_talks_nonsense_is_a_fault_and_no_panic() {
    desktop("throw new Error('gone');");
    let fault = bridge::call(ShowStatus {}, None).await.unwrap_err();
    assert_eq!(fault.code, Code::Offline);
    assert!(fault.message.contains("gone") && fault.retry, "{fault:?}");

    for nonsense in ["return 'half a {';", "return null;", "return {};", "return JSON.stringify({ Ok: 7 });"] {
        desktop(nonsense);
        assert_eq!(bridge::call(ShowStatus {}, None).await.unwrap_err().code, Code::Internal, "{nonsense}");
    }
}

#[wasm_bindgen_test]
async fn the_feed_is_heard_until_it_is_dropped() {
    desktop("return null;");
    let heard = Rc::new(RefCell::new(Vec::new()));
    let into = Rc::clone(&heard);
    let listening = bridge::listen(Some(WorkspaceId(4)), Some(3), move |event| into.borrow_mut().push(event));
    bridge::call(ShowStatus {}, None).await.unwrap_err();
    // Which of the two questions left first is nobody's business.
    assert_eq!(read("asked.filter(([command]) => command === 'attach').length"), "1");
    assert_eq!(read("asked.find(([command]) => command === 'attach')[1].workspace"), "4");
    assert_eq!(read("asked.find(([command]) => command === 'attach')[1].after"), "3");

    read(r#"heard('{"seq":1,"workspace":null,"body":"reset"}')"#);
    read("heard('this is no event')");
    read(r#"heard('{"seq":2,"workspace":"4","body":{"renamed":{"from":"-1","to":"9007199254740993"}}}')"#);
    assert_eq!(heard.borrow().len(), 2);
    assert_eq!(heard.borrow()[0].body, FeedBody::Reset);

    drop(listening);
    read(r#"heard('{"seq":3,"workspace":null,"body":"reset"}')"#);
    assert_eq!(heard.borrow().len(), 2, "a dropped listener heard something");
}

#[wasm_bindgen_test]
async fn what_was_asked_for_ahead_is_taken_once_and_never_after_a_change() {
    const AHEAD: &str = r#"(globalThis.pageAhead = new Map([
        ['project.pin 4 {"id":"1","pinned":true}', Promise.resolve('{"Ok":null}')],
        ['project.pin  {"id":"1","pinned":true}', Promise.resolve('{"Ok":null}')]])).size"#;
    let pin = |workspace| bridge::call(PinProject { id: ProjectId(1), pinned: true }, workspace);
    let asked = || read("asked.filter(([command]) => command === 'rpc').length");

    desktop("return JSON.stringify({ Ok: null });");
    read(AHEAD);
    pin(Some(WorkspaceId(4))).await.unwrap();
    assert_eq!(asked(), "0", "it was there already");
    pin(Some(WorkspaceId(4))).await.unwrap();
    assert_eq!(asked(), "1", "an answer is good once");
    pin(Some(WorkspaceId(5))).await.unwrap();
    assert_eq!(asked(), "2", "it was asked for another workspace");

    read(AHEAD);
    let listening = bridge::listen(Some(WorkspaceId(4)), None, |_| {});
    read(r#"heard('{"seq":1,"workspace":null,"body":"reset"}')"#);
    pin(Some(WorkspaceId(4))).await.unwrap();
    assert_eq!(asked(), "3", "the app has told of a change since");
    drop(listening);
    read("delete globalThis.pageAhead");
}
