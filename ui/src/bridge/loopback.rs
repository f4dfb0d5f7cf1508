//! The way over HTTP on this machine. A token that the app made at its start is sent with every request.

use std::cell::Cell;
use std::rc::Rc;

use contract::{Fault, FeedEvent, WorkspaceId};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{EventSource, MessageEvent, Request, RequestInit, Response, window};

use super::browser::{pause, session_storage, words};
use super::wire;

const KEY: &str = "pmos-token";
/// How often a connection looks whether it is still wanted, in milliseconds.
const LOOK: i32 = 1_000;
/// Pauses between tries to take the feed up again, in milliseconds; the last one repeats.
const PAUSES: [i32; 5] = [300, 1_000, 2_000, 5_000, 10_000];

pub(super) fn take_token() {
    let Some(window) = window() else { return };
    let location = window.location();
    let fragment = location.hash().unwrap_or_default();
    let Some(token) = wire::token_of_fragment(&fragment) else { return };
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(KEY, token);
    }
    if let (Ok(history), Ok(path)) = (window.history(), location.pathname()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

fn token() -> String {
    session_storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).unwrap_or_default()
}

pub(super) async fn call(name: &str, payload: &str, workspace: Option<WorkspaceId>) -> Result<String, Fault> {
    let (status, text) = post(&format!("/api/rpc/{name}"), payload, workspace)
        .await
        .map_err(|why| super::unreachable_app(&words(&why)))?;
    if status >= 400 { Err(wire::read_fault(status, &text)) } else { Ok(text) }
}

async fn post(path: &str, body: &str, workspace: Option<WorkspaceId>) -> Result<(u16, String), JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&JsValue::from_str(body));
    let request = Request::new_with_str_and_init(path, &options)?;
    request.headers().set("content-type", "application/json")?;
    request.headers().set("x-pmos-token", &token())?;
    if let Some(workspace) = workspace {
        request.headers().set("x-pmos-workspace", &workspace.to_string())?;
    }
    let response: Response = JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok((response.status(), text))
}

pub(super) fn listen(
    workspace: Option<WorkspaceId>,
    after: Option<u64>,
    hear: Rc<dyn Fn(FeedEvent)>,
    open: Rc<Cell<bool>>,
) {
    spawn_local(async move {
        let last = Rc::new(Cell::new(after));
        let mut failures = 0_usize;
        while open.get() {
            let heard = match post("/api/ticket", "", None).await {
                Ok((200, ticket)) => hear_once(&ticket, workspace, &last, &hear, &open).await,
                Ok(_) | Err(_) => false,
            };
            failures = if heard { 0 } else { failures.saturating_add(1) };
            let wait = PAUSES.get(failures).or(PAUSES.last()).copied().unwrap_or(1_000);
            pause(wait).await;
        }
    });
}

/// Hears one connection until it breaks or nobody listens; true when anything came. A ticket works once, so the
/// browser's own reconnecting is not used.
async fn hear_once(
    ticket: &str,
    workspace: Option<WorkspaceId>,
    last: &Rc<Cell<Option<u64>>>,
    hear: &Rc<dyn Fn(FeedEvent)>,
    open: &Rc<Cell<bool>>,
) -> bool {
    let mut address = format!("/api/events?ticket={}", js_sys::encode_uri_component(ticket.trim()));
    if let Some(after) = last.get() {
        address.push_str(&format!("&after={after}"));
    }
    if let Some(workspace) = workspace {
        address.push_str(&format!("&workspace={workspace}"));
    }
    let Ok(source) = EventSource::new(&address) else { return false };
    let broken = Rc::new(Cell::new(false));
    let heard = Rc::new(Cell::new(false));
    let on_message = {
        let (last, hear, open, heard) = (Rc::clone(last), Rc::clone(hear), Rc::clone(open), Rc::clone(&heard));
        Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let event = message.data().as_string().and_then(|text| serde_json::from_str::<FeedEvent>(&text).ok());
            if let Some(event) = event.filter(|_| open.get()) {
                heard.set(true);
                last.set(Some(event.seq));
                hear(event);
            }
        })
    };
    let on_error = {
        let broken = Rc::clone(&broken);
        Closure::<dyn Fn()>::new(move || broken.set(true))
    };
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    while open.get() && !broken.get() {
        pause(LOOK).await;
    }
    source.close();
    source.set_onmessage(None);
    source.set_onerror(None);
    heard.get()
}
