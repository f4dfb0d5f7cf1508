//! `pm-os serve`: the page and the commands over loopback HTTP, for those who hold the token of this start.

use std::time::Duration;

use contract::{Code, Fault};
use futures::StreamExt;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::shell::{Running, Shell, says, stand_in};

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that serves, and what it takes to speak with it.
pub(crate) struct Served {
    pub(crate) running: Running,
    pub(crate) origin: String,
    pub(crate) token: String,
    pub(crate) client: Client,
}

impl Served {
    pub(crate) async fn start(shell: &Shell) -> Self {
        let mut running = shell.start(&["serve"]);
        let line = running.says("PM OS is at").await;
        let address = line.split_whitespace().last().unwrap();
        let (origin, token) = address.split_once("/#token=").expect("the address carries the token behind #");
        let client = Client::builder().no_proxy().timeout(PATIENCE).build().unwrap();
        Self { running, origin: origin.to_owned(), token: token.to_owned(), client }
    }

    pub(crate) fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.origin))
    }

    pub(crate) async fn calls(&self, name: &str, input: &Value) -> Response {
        let request = self.asks(Method::POST, &format!("/api/rpc/{name}"));
        let request = request.header("x-pmos-token", &self.token).header("x-pmos-workspace", "1");
        request.body(input.to_string()).send().await.unwrap()
    }

    pub(crate) async fn does(&self, name: &str, input: &Value) -> Value {
        let answer = self.calls(name, input).await;
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{name}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }
}

async fn refused(answer: Response, status: u16, code: Code) -> Fault {
    assert_eq!(answer.status().as_u16(), status);
    let fault: Fault = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(fault.code, code, "{}", fault.message);
    says(&fault, &[]);
    fault
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_serves_the_page_under_strict_rules() {
    let served = Served::start(&Shell::new()).await;
    assert!(served.origin.starts_with("http://127.0.0.1:"), "{}", served.origin);
    let page = served.asks(Method::GET, "/").send().await.unwrap();
    assert_eq!(page.status().as_u16(), 200);
    let rules = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    for rule in ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'"] {
        assert!(rules.contains(rule), "{rules}");
    }
    assert!(!rules.contains("unsafe-inline"), "{rules}");
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    assert_eq!(page.headers()["referrer-policy"], "no-referrer");
    let html = page.text().await.unwrap();
    assert!(html.contains("<html") && !html.contains(&served.token), "the token stands in the page");
    let missing = served.asks(Method::GET, "/no-such-file.js").send().await.unwrap();
    assert_eq!(missing.status().as_u16(), 404);
    assert_eq!(served.running.interrupted().await.status, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_serves_only_those_who_hold_the_token() {
    let served = Served::start(&Shell::new()).await;
    for (method, path) in
        [(Method::POST, "/api/rpc/app.status"), (Method::GET, "/api/commands"), (Method::POST, "/api/ticket")]
    {
        let without = served.asks(method.clone(), path).send().await.unwrap();
        says(&refused(without, 403, Code::Forbidden).await, &["token"]);
        let wrong = served.asks(method, path).header("x-pmos-token", "0".repeat(48)).send().await.unwrap();
        refused(wrong, 403, Code::Forbidden).await;
    }
    let events = served.asks(Method::GET, "/api/events?ticket=0000").send().await.unwrap();
    says(&refused(events, 403, Code::Forbidden).await, &["ticket"]);
    // The right token through the wrong door: a name that was pointed here, a page of another site.
    for (name, value) in
        [("host", "evil.example"), ("host", "127.0.0.1:1"), ("origin", "https://evil.example"), ("origin", "null")]
    {
        for path in ["/api/rpc/app.status", "/"] {
            let method = if path == "/" { Method::GET } else { Method::POST };
            let request = served.asks(method, path).header("x-pmos-token", &served.token).header(name, value);
            refused(request.send().await.unwrap(), 403, Code::Forbidden).await;
        }
    }
    let ours = served.asks(Method::POST, "/api/rpc/app.status").header("x-pmos-token", &served.token);
    let ours = ours.header("origin", &served.origin).send().await.unwrap();
    assert_eq!(ours.status().as_u16(), 200);
    assert_eq!(served.running.interrupted().await.status, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_serves_commands_and_tells_of_changes() {
    let sim = stand_in().await;
    let shell = Shell::fetched(&sim);
    let served = Served::start(&shell).await;
    let directory = served.does("directory.show", &json!({})).await;
    let project = directory["projects"][0]["project"]["id"].clone();

    let ticket = served.asks(Method::POST, "/api/ticket").header("x-pmos-token", &served.token).send().await.unwrap();
    let ticket = ticket.text().await.unwrap();
    let path = format!("/api/events?ticket={ticket}&workspace=1");
    let stream = served.asks(Method::GET, &path).send().await.unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let again = served.asks(Method::GET, &path).send().await.unwrap();
    says(&refused(again, 403, Code::Forbidden).await, &["fresh ticket"]);

    let posted = served.does("message.post", &json!({ "project": project, "title": "Told over HTTP" })).await;
    assert_eq!(posted["item"]["title"], "Told over HTTP");
    let (mut stream, mut heard) = (stream.bytes_stream(), String::new());
    // A slow machine tells of the post and of its sending together: of the new name first, and then of both changes.
    while !(heard.contains("\"renamed\"") && heard.contains("\"changed\"")) {
        let piece = tokio::time::timeout(PATIENCE, stream.next()).await.expect("nothing was told");
        heard.push_str(&String::from_utf8_lossy(&piece.expect("the events ended").unwrap()));
    }
    assert!(heard.contains("\"reset\"") && heard.contains("\"changed\""), "{heard}");
    assert!(heard.find("\"reset\"") < heard.find("\"changed\""), "{heard}");
    assert!(sim.truth().iter().any(|fact| fact.title == "Told over HTTP"), "it was renamed and never sent");

    let history = served.does("history.list", &json!({})).await;
    assert_eq!(
        history[0]["door"].as_str().map(str::to_lowercase).as_deref().map(|door| door.contains("http")),
        Some(true),
        "{history}"
    );
    for (name, input, status, code) in [
        ("no.such", json!({}), 404, Code::NotFound),
        ("todo.create", json!({ "title": "x" }), 422, Code::Invalid),
        ("item.show", json!({ "id": "1" }), 404, Code::NotFound),
    ] {
        refused(served.calls(name, &input).await, status, code).await;
    }
    // With a listener on the line it still ends at once, and in order.
    assert_eq!(served.running.interrupted().await.status, Some(0));
    assert!(shell.does("outbox.list", &json!({})).as_array().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_does_not_serve_on_a_port_that_is_taken() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let shell = Shell::new();
    let fault = shell.run(&["serve", "--port", &port]).refused(Code::Busy);
    says(&fault, &[&port, "--port"]);
}

/// A keyring that waits for its password holds up what needs a secret, and nothing else.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn program_starts_while_the_keyring_still_asks() {
    let mut shell = Shell::new();
    let socket = shell.folder.path().join("bus");
    // Connections are taken by the system, and nobody ever says a word.
    let silent = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    shell.set("DBUS_SESSION_BUS_ADDRESS", &format!("unix:path={}", socket.display()));
    shell.set("PMOS_KEYRING", "on");
    let served = Served::start(&shell).await;
    let status = served.does("app.status", &json!({})).await;
    assert_eq!(status["vault"]["place"], "opening", "{status}");
    assert_eq!(served.does("workspace.list", &json!({})).await, json!([]));
    assert_eq!(served.running.interrupted().await.status, Some(0));
    drop(silent);
}
