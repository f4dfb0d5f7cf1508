//! What a real server of version 0.85.2 answered, and that every answer of it is read.

use std::fs;
use std::path::PathBuf;

use flow::piece::PieceMetadata;
use serde_json::Value;

use crate::fault::refusal;
use crate::runs::Run;
use crate::{
    Connection, Fault, Field, Folder, PieceSummary, Project, Table, TableRecord, TriggerEvent, User, Variable, flows,
    read_template, server, wire,
};

pub(super) struct Capture {
    pub(super) name: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) asked: Value,
    pub(super) status: u16,
    pub(super) wait: Option<u64>,
    pub(super) body: Value,
}

impl Capture {
    /// What was answered, as a text.
    pub(super) fn text(&self) -> String {
        if self.body.is_null() { String::new() } else { self.body.to_string() }
    }
}

fn files() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/captures/activepieces");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|kind| kind == "json")).collect();
    paths.sort();
    paths
}

pub(super) fn all() -> Vec<Capture> {
    files().iter().filter_map(read).collect()
}

/// A capture of another kind, as it is.
pub(super) fn raw(number: &str) -> Value {
    let is_it = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(number);
    serde_json::from_str(&fs::read_to_string(files().into_iter().find(is_it).unwrap()).unwrap()).unwrap()
}

/// The capture whose name begins so.
pub(super) fn get(number: &str) -> Capture {
    all().into_iter().find(|capture| capture.name.starts_with(number)).unwrap()
}

fn read(path: impl AsRef<std::path::Path>) -> Option<Capture> {
    let value: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let (asked, answered) = (value.get("request")?, value.get("response")?);
    let url = url::Url::parse(&format!("http://x{}", asked["url"].as_str().unwrap())).unwrap();
    Some(Capture {
        name: path.as_ref().file_stem().unwrap().to_str().unwrap().to_owned(),
        method: asked["method"].as_str().unwrap().to_owned(),
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        asked: asked["body"].clone(),
        status: answered["status"].as_u64().unwrap() as u16,
        wait: answered["headers"]["retry-after"].as_str().and_then(|wait| wait.parse().ok()),
        body: answered["body"].clone(),
    })
}

/// How many items a page has that could all be read, or a message.
fn items<T: serde::de::DeserializeOwned>(text: &str) -> Result<(), Fault> {
    let page = wire::plain_page::<T>(text)?;
    if page.unread == 0 { Ok(()) } else { Err(Fault::unreadable(format!("{} items", page.unread))) }
}

fn whole<T: serde::de::DeserializeOwned>(text: &str) -> Result<(), Fault> {
    wire::read::<T>(text).map(drop)
}

/// Reads an answer by the route that gave it.
fn decode(capture: &Capture) -> Result<(), Fault> {
    let text = capture.text();
    let path = capture.path.trim_start_matches("/api/v1/");
    let parts: Vec<&str> = path.split('/').collect();
    match (capture.method.as_str(), parts.as_slice()) {
        (_, ["health" | "flags" | "authentication" | "webhooks", ..] | ["test-trigger"] | ["flows", "count"]) => Ok(()),
        ("DELETE", _) => Ok(()),
        // What no request of the client asks for; the stand-in answers it.
        ("GET", ["projects", _, "mcp-server"] | ["templates" | "ai-providers" | "user-invitations"])
        | ("GET", ["worker-machines" | "trigger-runs", ..] | ["flow-runs", _, "requests", _]) => Ok(()),
        ("GET", ["projects"]) => items::<Project>(&text),
        (_, ["projects", ..]) => whole::<Project>(&text),
        ("GET", ["platforms", _]) => whole::<server::Platform>(&text),
        (_, ["platforms"]) => Ok(()),
        ("GET", ["users", _]) => whole::<User>(&text),
        ("GET", ["users"]) => items::<User>(&text),
        ("GET", ["pieces"]) => items::<PieceSummary>(&text),
        ("GET", ["pieces", "categories"]) => whole::<Vec<String>>(&text),
        (_, ["pieces", "options"]) => Ok(()),
        ("GET", ["pieces", ..]) => whole::<PieceMetadata>(&text),
        ("GET", ["folders"]) => items::<Folder>(&text),
        (_, ["folders", ..]) => whole::<Folder>(&text),
        ("GET", ["flows"]) => {
            wire::page(&text, |raw| flow::wire::read(raw.get()).ok()).map(|page| assert_eq!(page.unread, 0))
        }
        ("GET", ["flows", _, "versions"]) => items::<crate::FlowVersion>(&text),
        ("GET", ["flows", _, "template"]) => read_template(&text).map(drop),
        (_, ["flows", ..]) => flows::read_flow(&text).map(drop),
        ("GET", ["flow-runs"]) => {
            wire::page(&text, |raw| Run::read(raw.get()).ok()).map(|page| assert_eq!(page.unread, 0))
        }
        ("GET", ["flow-runs", "count-by-status"]) => Ok(()),
        (_, ["flow-runs", "cancel" | "archive"]) => Ok(()),
        (_, ["flow-runs", "retry"]) => {
            wire::page(&text, |raw| Run::read(raw.get()).ok()).map(|page| assert_eq!(page.items.len(), 1))
        }
        (_, ["flow-runs", ..] | ["sample-data", "test-step"]) => Run::read(&text).map(drop),
        ("GET", ["sample-data"]) => whole::<Value>(&text),
        ("GET", ["trigger-events"]) => items::<TriggerEvent>(&text),
        (_, ["trigger-events"]) => whole::<TriggerEvent>(&text),
        ("GET", ["app-connections", "owners"]) => items::<crate::ConnectionOwner>(&text),
        ("GET", ["app-connections"]) => items::<Connection>(&text),
        (_, ["app-connections", "oauth2", _]) => Ok(()),
        (_, ["app-connections", ..]) => whole::<Connection>(&text),
        ("GET", ["variables"]) => items::<Variable>(&text),
        (_, ["variables", _, "reveal"]) => Ok(()),
        (_, ["variables", ..]) => whole::<Variable>(&text),
        ("GET", ["tables"]) => items::<Table>(&text),
        ("GET", ["tables", _, "export"]) => Ok(()),
        (_, ["tables", ..]) => whole::<Table>(&text),
        ("GET", ["fields"]) => items::<Field>(&text),
        (_, ["fields", ..]) => whole::<Field>(&text),
        ("GET", ["records"]) | ("POST", ["records"]) => items::<TableRecord>(&text),
        (_, ["records", ..]) => whole::<TableRecord>(&text),
        other => panic!("{}: {other:?} is read by nothing", capture.name),
    }
}

#[test]
fn every_captured_answer_is_read() {
    let mut read = 0;
    for capture in all() {
        if capture.status < 300 {
            decode(&capture).unwrap_or_else(|fault| panic!("{}: {fault}", capture.name));
            read += 1;
        }
    }
    assert!(read > 140, "{read}");
}

/// The three shapes, by what somebody does about each.
#[test]
fn every_captured_refusal_is_told_for_what_it_is() {
    let kind = |fault: &Fault| match fault {
        Fault::SignIn(_) => "sign in",
        Fault::Forbidden(_) => "forbidden",
        Fault::NotFound(_) => "not found",
        Fault::Conflict(_) => "conflict",
        Fault::Limited { .. } => "limited",
        Fault::Invalid { .. } => "invalid",
        Fault::Gone(_) => "gone",
        Fault::Unavailable { .. } => "unavailable",
        Fault::Failed(_) => "failed",
        Fault::Unreadable(_) => "unreadable",
        Fault::Cancelled => "cancelled",
    };
    let told = [
        ("003", "sign in", ""),
        ("006", "sign in", ""),
        ("007", "forbidden", "invited"),
        ("008", "sign in", "password"),
        ("009", "invalid", "Invalid email"),
        ("017", "forbidden", "principal"),
        ("018", "sign in", ""),
        ("019", "not found", "function"),
        ("020", "not found", "function"),
        ("022", "not found", "such flow"),
        ("023", "invalid", "pattern"),
        ("024", "not found", "such project"),
        ("041", "not found", "piece"),
        ("069", "invalid", ""),
        ("070", "invalid", "Loop step parent"),
        ("094", "gone", ""),
        ("108", "not found", "such run"),
        ("122", "invalid", "Invalid personal access token"),
        ("127", "invalid", "permission"),
        ("128", "invalid", ""),
        ("134", "not found", ""),
        ("188", "limited", "57"),
        ("191", "failed", "Maximum call stack"),
        ("192", "invalid", "name"),
        ("195", "invalid", "trigger"),
        ("199", "invalid", "never published"),
        ("extra-error", "invalid", "trigger"),
    ];
    let mut seen = 0;
    for capture in all().iter().filter(|capture| capture.status >= 300) {
        let fault = refusal(capture.status, capture.wait, &capture.text());
        let message = fault.to_string();
        assert!(
            message.ends_with('.') && !message.contains("{\"") && !message.contains(".."),
            "{}: {message}",
            capture.name
        );
        if let Some((_, expected, word)) = told.iter().find(|(name, ..)| capture.name.starts_with(name)) {
            assert_eq!(kind(&fault), *expected, "{}: {message}", capture.name);
            assert!(message.contains(word), "{}: {message}", capture.name);
            seen += 1;
        }
    }
    assert_eq!(seen, told.len());
    let field = |number: &str| {
        let fault = refusal(400, None, &get(number).text());
        let Fault::Invalid { field, .. } = fault else { panic!("{fault}") };
        field.unwrap_or_default()
    };
    assert_eq!(field("009"), "email");
    assert_eq!(field("023"), "id");
    assert_eq!(field("192"), "request.action.name");
    assert_eq!(field("122"), "value");
    assert_eq!(field("127"), "code");
}
