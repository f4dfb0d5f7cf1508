//! The chat's state, against a desktop that answers as the test says: sending, hearing, deciding, keeping what is typed.

use any_spawner::Executor;
use contract::commands::CallDecision;
use contract::{CallId, ChatEvent, ConversationId, Decision, Scope, WorkspaceId};
use leptos::prelude::*;
use ui::state::chat::Part;
use ui::state::{Changes, ChatState, Session, Toasts};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::desk::{desktop, read};

const ANSWERS: &str = r#"
    if (command !== 'rpc') return null;
    const ok = (value) => JSON.stringify({ Ok: value });
    if (globalThis.refuse?.includes(args.name)) {
        return JSON.stringify({ Err: { code: "offline", message: "The app does not answer. Try again.", retry: true } });
    }
    const at = "2026-11-21T09:00:00Z";
    const conversation = { id: "7", title: "Launch", created_at: at, updated_at: at, archived: false, model: null,
        draft: globalThis.draft ?? "", branched_from: null, stage: "idle" };
    switch (args.name) {
        case "chat.list": return ok([]);
        case "chat.start": return ok(conversation);
        case "chat.show": {
            const answer = ok({ conversation, lines: [], calls: [], turns: [], older: false, saying: globalThis.saying ?? "",
                queued: [], heard: globalThis.heardSoFar ?? 0 });
            return globalThis.slow ? new Promise((done) => globalThis.slow.push(() => done(answer))) : answer;
        }
        default: return ok(null);
    }
"#;

/// What stands below the contexts of the page, and the chat in it.
struct Page {
    _owner: Owner,
    chat: ChatState,
}

impl Page {
    async fn open() -> Self {
        let _already = Executor::init_wasm_bindgen();
        desktop(ANSWERS);
        read(
            "(globalThis.refuse = [], globalThis.slow = null, globalThis.draft = '', globalThis.saying = '', globalThis.heardSoFar = 0)",
        );
        let owner = Owner::new();
        owner.set();
        Changes::provide();
        Toasts::provide();
        let session = Session::provide();
        session.workspace.set(Some(WorkspaceId(4)));
        let page = Self { _owner: owner, chat: ChatState::provide() };
        settled().await;
        page
    }

    /// With a conversation on show.
    async fn open_at(id: i64) -> Self {
        let page = Self::open().await;
        page.chat.show(Some(ConversationId(id)));
        settled().await;
        page
    }

    fn hears(&self, seq: u64, event: &str) {
        let event: ChatEvent = serde_json::from_str(event).unwrap();
        self.chat.hear(seq, ConversationId(7), &event);
    }

    fn saying(&self) -> String {
        untrack(|| self.chat.read(Part::Saying, |view| view.saying.clone())).unwrap()
    }

    fn text(&self) -> String {
        self.chat.field.text.get_untracked()
    }
}

/// Until everything that could happen has happened.
async fn settled() {
    for _ in 0..40 {
        leptos::task::tick().await;
    }
}

/// How often a command was asked for.
fn asked(name: &str) -> String {
    read(&format!("asked.filter(([, args]) => args.name === '{name}').length"))
}

/// What a command was asked with, the last time.
fn payload(name: &str) -> serde_json::Value {
    serde_json::from_str(&read(&format!("asked.findLast(([, args]) => args.name === '{name}')[1].payload"))).unwrap()
}

#[wasm_bindgen_test]
async fn the_first_message_begins_a_conversation_and_empties_the_field() {
    let page = Page::open().await;
    page.chat.field.typed("What is overdue?".into());
    page.chat.say_field(Vec::new());
    assert_eq!(page.text(), "");
    settled().await;
    assert_eq!(page.chat.open.get_untracked(), Some(ConversationId(7)));
    assert_eq!((asked("chat.start"), asked("chat.say")), ("1".into(), "1".into()));
    assert_eq!(payload("chat.say")["text"], "What is overdue?");
    assert_eq!(payload("chat.say")["conversation"], "7");
    assert!(page.chat.sending.get_untracked().is_none());
    page.chat.field.typed("   ".into());
    page.chat.say_field(Vec::new());
    settled().await;
    assert_eq!(asked("chat.say"), "1", "nothing was said twice, and blanks are nothing");
}

#[wasm_bindgen_test]
async fn what_could_not_be_sent_is_in_the_field_again_with_what_was_typed_meanwhile() {
    for refused in ["chat.start", "chat.say"] {
        let page = Page::open().await;
        read(&format!("globalThis.refuse = ['{refused}']"));
        page.chat.field.typed("A long thought".into());
        page.chat.say_field(Vec::new());
        page.chat.field.typed("and another".into());
        settled().await;
        assert_eq!(page.text(), "A long thought\n\nand another", "{refused}");
        let wrong = page.chat.field.wrong.get_untracked();
        assert!(wrong.contains("not sent") && wrong.contains("Try again"), "{wrong}");
        assert!(page.chat.sending.get_untracked().is_none());
        read("globalThis.refuse = []");
        page.chat.say_field(Vec::new());
        settled().await;
        assert_eq!(payload("chat.say")["text"], "A long thought\n\nand another");
        assert_eq!(page.text(), "");
    }
}

#[wasm_bindgen_test]
async fn pieces_of_a_text_join_and_what_is_missing_is_read_anew() {
    let page = Page::open_at(7).await;
    assert_eq!(asked("chat.show"), "1");
    page.hears(1, r#"{"text":{"at":0,"text":"It is "}}"#);
    page.hears(2, r#"{"text":{"at":6,"text":"late"}}"#);
    page.hears(2, r#"{"text":{"at":6,"text":"late"}}"#);
    assert_eq!(page.saying(), "It is late");
    read("(globalThis.saying = 'It is late, by three', globalThis.heardSoFar = 4, globalThis.slow = [])");
    page.hears(4, r#"{"text":{"at":14,"text":"three"}}"#);
    settled().await;
    assert_eq!(asked("chat.show"), "2");
    // What comes while it is read is in what was read, or comes after it.
    page.hears(4, r#"{"text":{"at":14,"text":"three"}}"#);
    page.hears(5, r#"{"text":{"at":20,"text":" days"}}"#);
    read("slow.shift()()");
    settled().await;
    assert_eq!(page.saying(), "It is late, by three days");
    assert_eq!(asked("chat.show"), "2", "one gap, one question");
}

#[wasm_bindgen_test]
async fn another_conversations_events_are_not_this_ones() {
    let page = Page::open_at(7).await;
    let event: ChatEvent = serde_json::from_str(r#"{"text":{"at":0,"text":"no"}}"#).unwrap();
    page.chat.hear(1, ConversationId(8), &event);
    assert_eq!(page.saying(), "");
    page.chat.reset();
    settled().await;
    assert_eq!(asked("chat.show"), "2");
}

#[wasm_bindgen_test]
async fn decisions_name_what_was_shown() {
    let page = Page::open_at(7).await;
    let decide = |call: i64, decision, remember| CallDecision {
        call: CallId(call),
        fingerprint: format!("shown-{call}"),
        decision,
        remember,
    };
    page.chat.send_decisions(vec![
        decide(1, Decision::Allow, Some(Scope::Conversation)),
        decide(2, Decision::AllowEdited { input: "{}".into() }, None),
        decide(3, Decision::Deny { why: "not now".into() }, None),
    ]);
    page.chat.send_decisions(vec![decide(1, Decision::Allow, None)]);
    settled().await;
    assert_eq!(asked("chat.decide"), "1", "decided once, however often it was pressed");
    let sent = payload("chat.decide");
    assert_eq!(sent["decisions"][0]["fingerprint"], "shown-1");
    assert_eq!(sent["decisions"][0]["remember"], "conversation");
    assert_eq!(sent["decisions"][1]["decision"]["choice"], "allow-edited");
    assert_eq!(sent["decisions"][2]["decision"]["why"], "not now");
    page.chat.send_decisions(Vec::new());
    settled().await;
    assert_eq!(asked("chat.decide"), "1", "deciding nothing is not sent");
}

#[wasm_bindgen_test]
async fn what_is_typed_is_kept_and_comes_back() {
    let page = Page::open_at(7).await;
    page.chat.field.typed("half a thou".into());
    page.chat.field.keep();
    settled().await;
    assert_eq!(payload("chat.draft"), serde_json::json!({ "id": "7", "text": "half a thou" }));
    page.chat.field.keep();
    settled().await;
    assert_eq!(asked("chat.draft"), "1", "what is kept is not kept again");
    page.chat.field.typed("half a thought".into());
    page.chat.show(None);
    settled().await;
    assert_eq!(payload("chat.draft")["text"], "half a thought", "leaving keeps it");
    assert_eq!(page.text(), "");
    read("globalThis.draft = 'half a thought'");
    page.chat.show(Some(ConversationId(7)));
    settled().await;
    assert_eq!(page.text(), "half a thought");
}

#[wasm_bindgen_test]
async fn a_draft_that_came_late_does_not_cover_what_was_typed() {
    let page = Page::open().await;
    read("(globalThis.draft = 'old', globalThis.slow = [])");
    page.chat.show(Some(ConversationId(7)));
    settled().await;
    page.chat.field.typed("new".into());
    read("slow.shift()()");
    settled().await;
    assert_eq!(page.text(), "new");
}

#[wasm_bindgen_test]
async fn only_the_record_of_a_conversation_that_began_here_holds_the_answer_from_its_first_sight() {
    let page = Page::open().await;
    read("globalThis.slow = []");
    page.chat.field.typed("What is late?".into());
    page.chat.say_field(Vec::new());
    settled().await;
    assert!(page.chat.peek(|_| ()).is_none(), "it is not here yet");
    read("slow.shift()()");
    settled().await;
    assert!(page.chat.take_begun_here());
    assert!(!page.chat.take_begun_here(), "said once");
    // In one that was there before, a card may have waited before, also where the record was not here yet.
    for slow in ["null", "[]"] {
        let page = Page::open().await;
        read(&format!("globalThis.slow = {slow}"));
        page.chat.show(Some(ConversationId(7)));
        settled().await;
        page.chat.field.typed("And now?".into());
        page.chat.say_field(Vec::new());
        settled().await;
        assert!(!page.chat.take_begun_here(), "{slow}");
    }
    // Another one put on show is another one.
    let page = Page::open().await;
    page.chat.field.typed("What is late?".into());
    page.chat.say_field(Vec::new());
    settled().await;
    page.chat.show(Some(ConversationId(8)));
    assert!(!page.chat.take_begun_here());
}

#[wasm_bindgen_test]
async fn more_than_a_million_characters_is_refused_and_what_stood_there_stays() {
    let page = Page::open_at(7).await;
    assert!(page.chat.field.typed("ü".repeat(1_000_000)));
    assert!(!page.chat.field.typed("ü".repeat(1_000_001)));
    assert_eq!(page.text().chars().count(), 1_000_000);
    assert!(page.chat.field.wrong.get_untracked().contains("1,000,000"));
}

#[wasm_bindgen_test]
async fn what_is_given_back_stands_before_what_is_typed() {
    let page = Page::open_at(7).await;
    page.chat.field.typed("typed".into());
    page.hears(1, r#"{"given-back":{"texts":["one","two"]}}"#);
    page.hears(1, r#"{"given-back":{"texts":["one","two"]}}"#);
    assert_eq!(page.text(), "one\n\ntwo\n\ntyped");
    // For one that is not open it waits.
    let event: ChatEvent = serde_json::from_str(r#"{"given-back":{"texts":["for later"]}}"#).unwrap();
    page.chat.show(None);
    settled().await;
    page.chat.hear(9, ConversationId(7), &event);
    assert_eq!(page.text(), "");
    page.chat.show(Some(ConversationId(7)));
    settled().await;
    assert!(page.text().starts_with("for later"), "{}", page.text());
}
