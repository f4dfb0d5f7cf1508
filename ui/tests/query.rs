//! Reads, against a desktop that answers when the test says so.

use any_spawner::Executor;
use contract::Tag;
use contract::commands::{ListWorkspaces, Workspaces};
use leptos::prelude::*;
use ui::state::{Changes, Query, Session, use_query};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::desk::{desktop, read};

/// What stands below the contexts of the page, and a read in it.
struct Page {
    _owner: Owner,
    changes: Changes,
    query: Query<Workspaces>,
}

impl Page {
    async fn open() -> Self {
        let _already = Executor::init_wasm_bindgen();
        desktop("return new Promise((done) => (globalThis.waiting ??= []).push(done));");
        read("globalThis.waiting = []");
        let owner = Owner::new();
        owner.set();
        let changes = Changes::provide();
        Session::provide();
        let query = use_query(|| Some(ListWorkspaces {}));
        let page = Self { _owner: owner, changes, query };
        settled().await;
        page
    }

    /// How many questions have left.
    fn asked(&self) -> String {
        read("asked.length")
    }

    async fn changes(&self) {
        self.changes.touch(&[Tag::Workspaces]);
        settled().await;
    }

    async fn answers(&self, reply: &str) {
        read(&format!("waiting.shift()(JSON.stringify({reply}))"));
        settled().await;
    }
}

/// Until everything that could happen has happened.
async fn settled() {
    for _ in 0..20 {
        leptos::task::tick().await;
    }
}

#[wasm_bindgen_test]
async fn an_answer_is_shown_though_something_changed_and_is_asked_for_once_more() {
    let page = Page::open().await;
    assert_eq!(page.asked(), "1");
    page.changes().await;
    page.changes().await;
    assert_eq!(page.asked(), "1", "one question is under way at a time");
    page.answers("{ Ok: [] }").await;
    assert_eq!(page.query.value.get_untracked(), Some(Vec::new()), "the answer is not shown");
    assert_eq!(page.asked(), "2", "what changed meanwhile is asked for once");
    assert!(page.query.loading.get_untracked());
    page.answers("{ Ok: [] }").await;
    assert_eq!(page.asked(), "2");
    assert!(!page.query.loading.get_untracked());
    page.changes().await;
    assert_eq!(page.asked(), "3");
}

#[wasm_bindgen_test]
async fn a_fault_keeps_what_is_shown_and_goes_with_the_next_answer() {
    let page = Page::open().await;
    page.answers("{ Ok: [] }").await;
    page.query.retry();
    settled().await;
    page.answers(r#"{ Err: { code: "storage", message: "The disk is full.", retry: true } }"#).await;
    assert_eq!(page.query.value.get_untracked(), Some(Vec::new()));
    assert_eq!(page.query.fault.get_untracked().unwrap().message, "The disk is full.");
    page.query.retry();
    settled().await;
    page.answers("{ Ok: [] }").await;
    assert!(page.query.fault.get_untracked().is_none());
}
