#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::borrow::Cow;
use std::time::Duration;

use contract::{Code, Fault};
use engine::{Engine, Options};
use futures::StreamExt;
use reqwest::{Client, Method, RequestBuilder, Response};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::door::Door;
use crate::{Page, Server, StartError};

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(30);

struct Desk {
    engine: Engine,
    server: Server,
    until: CancellationToken,
    client: Client,
    _folder: TempDir,
}

fn page() -> Page {
    Page::new(|path| match path {
        "/index.html" => Some(Cow::Borrowed(b"<html>the page</html>".as_slice())),
        "/app.js" => Some(Cow::Borrowed(b"export {}".as_slice())),
        "/app_bg.wasm" => Some(Cow::Borrowed(b"\0asm".as_slice())),
        _ => None,
    })
}

impl Desk {
    async fn open(page: Page) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options::new(folder.path().to_owned()).without_schedule().without_keyring();
        let engine = Engine::open(options).await.unwrap();
        let until = CancellationToken::new();
        let server = Server::start(engine.clone(), page, 0, until.clone()).await.unwrap();
        let client = Client::builder().no_proxy().timeout(PATIENCE).build().unwrap();
        Self { engine, server, until, client, _folder: folder }
    }

    fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.server.address()))
    }

    fn calls(&self, name: &str) -> RequestBuilder {
        self.asks(Method::POST, &format!("/api/rpc/{name}")).header("x-pmos-token", self.server.token())
    }

    async fn ticket(&self) -> String {
        let request = self.asks(Method::POST, "/api/ticket").header("x-pmos-token", self.server.token());
        request.send().await.unwrap().text().await.unwrap()
    }

    async fn close(self) {
        self.until.cancel();
        self.server.ended().await;
        self.engine.close().await;
    }
}

async fn fault(request: RequestBuilder, status: u16, code: Code) -> Fault {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["content-type"], "application/json");
    let fault: Fault = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(fault.code, code, "{}", fault.message);
    fault
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn files_of_the_page_carry_their_kind_and_the_rules() {
    let desk = Desk::open(page()).await;
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/app_bg.wasm", "application/wasm"),
    ] {
        let answer = desk.asks(Method::GET, path).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), header(&answer, "content-type")), (200, kind), "{path}");
        let rules = header(&answer, "content-security-policy");
        assert!(rules.contains("default-src 'none'") && !rules.contains("unsafe-inline"), "{rules}");
        assert!(!rules.contains('*') && !rules.contains("http"), "{rules}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "referrer-policy"), "no-referrer");
    }
    for path in ["/nothing", "/../Cargo.toml", "/%2e%2e/app.db", "/api/none"] {
        assert_eq!(desk.asks(Method::GET, path).send().await.unwrap().status().as_u16(), 404, "{path}");
    }
    desk.close().await;
    let bare = Desk::open(Page::none()).await;
    assert_eq!(bare.asks(Method::GET, "/").send().await.unwrap().status().as_u16(), 404);
    bare.close().await;
}

#[tokio::test]
async fn nobody_is_answered_without_the_token() {
    let desk = Desk::open(page()).await;
    let token = desk.server.token().to_owned();
    assert_eq!(token.len(), 48);
    assert_eq!(desk.server.page_url(), format!("http://{}/#token={token}", desk.server.address()));
    for (method, path) in
        [(Method::POST, "/api/rpc/app.status"), (Method::GET, "/api/commands"), (Method::POST, "/api/ticket")]
    {
        for given in ["", "0", &token[..47], &format!("{token}0"), &token.to_uppercase().replace(char::is_numeric, "g")]
        {
            let request = desk.asks(method.clone(), path).header("x-pmos-token", given);
            let refusal = fault(request, 403, Code::Forbidden).await;
            assert!(!refusal.message.contains(&token));
        }
        fault(desk.asks(method, path), 403, Code::Forbidden).await;
    }
    // In the address it opens nothing: addresses end up in logs.
    let request = desk.asks(Method::POST, &format!("/api/rpc/app.status?token={token}"));
    fault(request, 403, Code::Forbidden).await;
    assert_eq!(desk.calls("app.status").send().await.unwrap().status().as_u16(), 200);
    desk.close().await;
}

#[tokio::test]
async fn other_hosts_and_origins_are_turned_away_everywhere() {
    let desk = Desk::open(page()).await;
    let port = desk.server.address().port();
    for (name, value) in [
        ("host", "example.com".to_owned()),
        ("host", format!("example.com:{port}")),
        ("host", "127.0.0.1".to_owned()),
        ("host", format!("127.0.0.1.example.com:{port}")),
        ("origin", "null".to_owned()),
        ("origin", String::new()),
        ("origin", format!("https://127.0.0.1:{port}")),
        ("origin", format!("http://127.0.0.1:{port}.example.com")),
        ("origin", format!("http://localhost:{}", port ^ 1)),
    ] {
        for request in
            [desk.calls("app.status"), desk.asks(Method::GET, "/"), desk.asks(Method::GET, "/api/events?ticket=1")]
        {
            fault(request.header(name, &value), 403, Code::Forbidden).await;
        }
    }
    for origin in [format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")] {
        let answer = desk.calls("app.status").header("origin", &origin).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{origin}");
        assert!(answer.headers().get("access-control-allow-origin").is_none());
    }
    let by_name = desk.calls("app.status").header("host", format!("localhost:{port}"));
    assert_eq!(by_name.send().await.unwrap().status().as_u16(), 200);
    desk.close().await;
}

#[tokio::test]
async fn commands_are_carried_out_and_faults_keep_their_form() {
    let desk = Desk::open(page()).await;
    let changed = desk.calls("settings.change").body(r#"{"theme":"dark"}"#).send().await.unwrap();
    assert_eq!((changed.status().as_u16(), header(&changed, "content-type")), (200, "application/json"));
    let status = desk.calls("app.status").send().await.unwrap().text().await.unwrap();
    assert!(status.contains(r#""theme":"dark""#), "{status}");
    let listed = desk.asks(Method::GET, "/api/commands").header("x-pmos-token", desk.server.token());
    let listed: serde_json::Value = serde_json::from_str(&listed.send().await.unwrap().text().await.unwrap()).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), contract::TABLE.len());

    fault(desk.calls("no.such"), 404, Code::NotFound).await;
    let wrong = fault(desk.calls("settings.change").body(r#"{"theme":1}"#), 422, Code::Invalid).await;
    assert!(wrong.message.contains("settings.change"));
    fault(desk.calls("settings.change").body(vec![0xFF, 0xFE]), 422, Code::Invalid).await;
    fault(desk.calls("today.show"), 422, Code::Invalid).await;
    fault(desk.calls("today.show").header("x-pmos-workspace", "9"), 404, Code::NotFound).await;
    fault(desk.calls("today.show").header("x-pmos-workspace", "mine"), 422, Code::Invalid).await;
    fault(desk.calls("signin.token").body(r#"{"token":"x"}"#), 401, Code::VaultLocked).await;
    let huge = desk.calls("settings.change").body(vec![b' '; (4 << 20) + 1]).send().await.unwrap();
    assert_eq!(huge.status().as_u16(), 413);
    let wrong_method = desk.asks(Method::GET, "/api/rpc/app.status").send().await.unwrap();
    assert_eq!(wrong_method.status().as_u16(), 405);
    desk.close().await;
}

#[tokio::test]
async fn a_ticket_opens_the_events_once_and_they_tell_of_changes() {
    let desk = Desk::open(page()).await;
    let ticket = desk.ticket().await;
    let path = format!("/api/events?ticket={ticket}");
    let events = desk.asks(Method::GET, &path).send().await.unwrap();
    assert_eq!((events.status().as_u16(), header(&events, "content-type")), (200, "text/event-stream"));
    fault(desk.asks(Method::GET, &path), 403, Code::Forbidden).await;
    fault(desk.asks(Method::GET, "/api/events?ticket="), 403, Code::Forbidden).await;
    assert_eq!(desk.asks(Method::GET, "/api/events").send().await.unwrap().status().as_u16(), 400);

    let (mut events, mut heard) = (events.bytes_stream(), String::new());
    desk.calls("settings.change").body(r#"{"theme":"light"}"#).send().await.unwrap();
    while !heard.contains("settings") {
        let piece = tokio::time::timeout(PATIENCE, events.next()).await.expect("nothing was told");
        heard.push_str(&String::from_utf8_lossy(&piece.unwrap().unwrap()));
    }
    assert!(heard.find("reset") < heard.find("settings"), "{heard}");
    // The listener is still on the line: ending does not wait for it to hang up.
    desk.until.cancel();
    tokio::time::timeout(PATIENCE, desk.server.ended()).await.expect("it waits for its listeners");
    desk.engine.close().await;
}

#[tokio::test]
async fn old_tickets_make_room_for_fresh_ones() {
    let door = Door::new(1).unwrap();
    let first = door.ticket().unwrap();
    let second = door.ticket().unwrap();
    assert_ne!(first, second);
    for _ in 0..63 {
        door.ticket().unwrap();
    }
    assert!(door.redeem(&first).is_err(), "more tickets than are kept");
    assert!(door.redeem(&second).is_ok());
    assert!(door.redeem(&second).is_err(), "a ticket worked twice");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let desk = Desk::open(page()).await;
    let taken = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = Server::start(desk.engine.clone(), Page::none(), port, CancellationToken::new()).await;
    let why = refused.expect_err("the port was opened twice");
    assert!(matches!(why, StartError::Port { port: named, .. } if named == port));
    assert!(why.to_string().contains(&port.to_string()) && why.to_string().contains("--port"), "{why}");
    desk.close().await;
}
