//! What a server may send: other things than were asked for, or nothing.

use contract::{Code, Fault};
use serde_json::{Value, json};
use sim::Fault as Trouble;

use super::{Before, places, titles};
use crate::shell::{Shell, says, stand_in, stand_in_with, token};

impl Before {
    /// A pass, with every answer spoiled so.
    fn pass_with(&self, trouble: Trouble) -> crate::shell::Answer {
        self.sim.faults().next(10_000, "", "", trouble);
        // Going online sends and fetches; what becomes of it is told by the pass that is asked for.
        self.shell.run(&["call", "sync.offline", "{\"offline\":false}", "--no-wait"]);
        let answer = self.shell.call("sync.run", &json!({}));
        self.sim.faults().clear();
        self.shell.does("sync.offline", &json!({ "offline": true }));
        answer
    }
}

fn refused(answer: &crate::shell::Answer, code: Code, words: &[&str]) -> Fault {
    let fault = answer.refused(code);
    says(&fault, words);
    fault
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_html_instead_of_json() {
    let before = Before::trouble().await;
    let fault = refused(&before.pass_with(Trouble::Html), Code::Upstream, &["web page", "Check the address"]);
    assert!(fault.retry);
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_json_of_another_shape() {
    let before = Before::trouble().await;
    refused(&before.pass_with(Trouble::WrongJson), Code::Upstream, &["could not be read", "Nothing here was changed"]);
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_bodies_that_break_off() {
    let before = Before::trouble().await;
    refused(&before.pass_with(Trouble::Truncate), Code::Offline, &["could not be reached", "connection"]);
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_null_where_text_was_promised() {
    let before = Before::trouble().await;
    let answer = before.pass_with(Trouble::Nulls);
    // What cannot be read is left out; a pass that could read nothing says so.
    if answer.status != Some(0) {
        refused(&answer, Code::Upstream, &["could not be read"]);
    }
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_lists_that_come_back_empty() {
    let before = Before::trouble().await;
    before.sim.faults().next(40, "GET", "", Trouble::EmptyList);
    before.shell.run(&["call", "sync.offline", "{\"offline\":false}", "--no-wait"]);
    before.shell.call("sync.run", &json!({}));
    before.sim.faults().clear();
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_a_server_in_trouble_and_a_refusal() {
    let before = Before::trouble().await;
    refused(&before.pass_with(Trouble::Status(401)), Code::SignInNeeded, &["Sign in again"]);
    let refusal = before.pass_with(Trouble::Status(422)).fault();
    assert!(matches!(refusal.code, Code::Upstream), "{refusal:?}");
    refused(&before.pass_with(Trouble::Status(503)), Code::Offline, &["503", "tried again"]);
    // The edit that met the 422 is kept with its reason, and goes when it is tried again.
    before.goes_online();
    for entry in before.shell.does("outbox.list", &json!({})).as_array().unwrap() {
        assert!(entry["problem"].is_string(), "{entry}");
        before.shell.does("outbox.retry", &json!({ "change": entry["change"] }));
    }
    before.lost_nothing();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_ids_beyond_what_a_number_of_javascript_holds() {
    let sim = stand_in_with(|options| {
        let size = sim::Size { projects: 2, recordings: 800 };
        sim::Options { size, ..options }
    })
    .await;
    let shell = Shell::fetched(&sim);
    let largest = sim.truth().iter().map(|fact| fact.id).max().unwrap();
    assert!(largest > 1 << 53, "the stand-in's ids are small: {largest}");
    let shown = shell.does("item.show", &json!({ "id": largest.to_string() }));
    assert_eq!(
        shown["row"]["id"].as_str().or(shown["item"]["id"].as_str()),
        Some(largest.to_string().as_str()),
        "{shown}"
    );
    // As a bare number it is the same item, to the last digit; its neighbour is not.
    assert_eq!(shell.does("item.show", &json!({ "id": largest })), shown);
    shell.is_refused("item.show", &json!({ "id": (largest + 1).to_string() }), Code::NotFound);
    for huge in [json!("9223372036854775808"), json!(9_223_372_036_854_775_808_u64), json!(9.007_199_254_740_993e15)] {
        shell.is_refused("item.show", &json!({ "id": huge }), Code::Invalid);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_a_wrong_token_a_wrong_account_a_wrong_address() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let there = (shell.does("signin.list", &json!({})), titles(&shell));
    let good = token(&sim, sim.token());
    let with = |field: &str, value: Value| {
        let mut input = good.clone();
        input[field] = value;
        shell.tell("signin.token", &input)
    };
    let fault =
        refused(&with("token", json!("bc_at_wrong")), Code::Invalid, &["does not accept this token", "Check it"]);
    assert_eq!(fault.field.as_deref(), Some("token"));
    let fault = refused(&with("token", json!("  ")), Code::Invalid, &["Paste the token"]);
    assert_eq!(fault.field.as_deref(), Some("token"));
    let fault = refused(&with("account", json!("123")), Code::Invalid, &["no such account", "Check the number"]);
    assert_eq!(fault.field.as_deref(), Some("account"));
    refused(&with("account", json!("my company")), Code::Invalid, &["number in Basecamp's address"]);
    for address in ["ftp://example.com", "http://example.com", "not an address", "https://user:word@example.com"] {
        let fault = refused(&with("api", json!(address)), Code::Invalid, &["https://"]);
        assert_eq!(fault.field.as_deref(), Some("api"));
    }
    // An address that answers, and is not Basecamp: the stand-in's pages one folder too deep.
    let deep = with("api", json!(format!("{}/elsewhere", sim.base_url()))).fault();
    assert!(matches!(deep.code, Code::Invalid | Code::Upstream), "{deep:?}");
    says(&deep, &["Check"]);
    let known = shell.does("workspace.list", &json!({}));
    let fault = shell.is_refused("workspace.connect", &json!({ "sign_in": "1", "account": "77" }), Code::Invalid);
    says(&fault, &["does not reach that account", "Choose one"]);
    let fault = shell.is_refused("workspace.connect", &json!({ "sign_in": "9", "account": "77" }), Code::Invalid);
    says(&fault, &["no such sign-in", "Sign in"]);
    assert_eq!(shell.does("workspace.list", &json!({})), known);
    assert_eq!((shell.does("signin.list", &json!({})), titles(&shell)), there);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_no_network() {
    let before = Before::trouble().await;
    // A port that nobody listens on: the stand-in is ended, and its port is left.
    let Before { shell, sim, titles: there } = before;
    let (list, _) = places(&sim);
    let closed = sim.base_url().to_owned();
    let token_was = sim.token().to_owned();
    sim.stop().await;
    shell.run(&["call", "sync.offline", "{\"offline\":false}", "--no-wait"]).reply();
    let fault = shell.is_refused("sync.run", &json!({}), Code::Offline);
    says(&fault, &["could not be reached", "no connection", "Check the connection"]);
    assert!(fault.retry);
    // Work goes on: it is readable, writable, and waits.
    shell
        .run(&[
            "call",
            "todo.create",
            &json!({ "parent": list, "title": "Written without a network" }).to_string(),
            "--no-wait",
        ])
        .reply();
    let mut now = titles(&shell);
    now.retain(|title| title != "Written without a network");
    assert_eq!(now, there);
    let waiting = shell.run(&["call", "outbox.list", "--no-wait"]).reply();
    assert_eq!(waiting.as_array().unwrap().len(), 2, "{waiting}");
    let input = json!({ "token": token_was, "api": closed, "launchpad": closed });
    refused(&shell.tell("signin.token", &input), Code::Offline, &["could not be reached"]);
}
