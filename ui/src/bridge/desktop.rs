//! The way through the desktop's webview: JSON text out, bytes or text back.

use std::cell::Cell;
use std::rc::Rc;

use contract::{ChangeDesktop, Code, DesktopStatus, Fault, FeedEvent, Wish, WorkspaceId};
use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::ahead;
use super::browser::{field, set, words};
use crate::say;

pub(super) fn is_here() -> bool {
    core().is_some()
}

pub(super) async fn call(name: &str, payload: &str, workspace: Option<WorkspaceId>) -> Result<String, Fault> {
    if let Some(asked) = ahead::take(name, workspace, payload) {
        let answer = JsFuture::from(asked).await.map_err(|why| super::unreachable_app(&words(&why)))?;
        return Ok(text(&answer));
    }
    let arguments = Object::new();
    set(&arguments, "name", &name.into());
    set(&arguments, "payload", &payload.into());
    set(&arguments, "workspace", &workspace_value(workspace));
    let answer = invoke("rpc", &arguments).await.map_err(|why| super::unreachable_app(&words(&why)))?;
    Ok(text(&answer))
}

/// The channel ends with the page; a closed listener hears and ignores what still comes.
pub(super) fn listen(
    workspace: Option<WorkspaceId>,
    after: Option<u64>,
    hear: Rc<dyn Fn(FeedEvent)>,
    open: Rc<Cell<bool>>,
) {
    let Some(channel) = channel() else { return };
    let on_message = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
        ahead::forget();
        if open.get()
            && let Ok(event) = serde_json::from_str(&text(&message))
        {
            hear(event);
        }
    });
    set(&channel, "onmessage", on_message.as_ref());
    on_message.forget();
    let arguments = Object::new();
    // Events of one start are counted: far below the numbers that JavaScript cannot hold.
    set(&arguments, "after", &after.map_or(JsValue::NULL, |after| JsValue::from_f64(after as f64)));
    set(&arguments, "workspace", &workspace_value(workspace));
    set(&arguments, "channel", &channel);
    spawn_local(async move {
        let _ = invoke("attach", &arguments).await;
    });
}

pub(super) fn open_outside(address: &str) {
    let arguments = Object::new();
    set(&arguments, "url", &address.into());
    tell("open_outside", arguments);
}

pub(super) fn hear_wishes(hear: impl Fn(Wish) + 'static) {
    let Some(channel) = channel() else { return };
    let on_message = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
        if let Ok(wish) = serde_json::from_str(&json(&message)) {
            hear(wish);
        }
    });
    set(&channel, "onmessage", on_message.as_ref());
    on_message.forget();
    let arguments = Object::new();
    set(&arguments, "channel", &channel);
    tell("hear", arguments);
}

pub(super) async fn status() -> Result<DesktopStatus, Fault> {
    let answer = invoke("desktop_show", &Object::new()).await.map_err(|why| super::unreachable_app(&words(&why)))?;
    super::read_reply(&json(&answer))
}

pub(super) async fn change(change: &ChangeDesktop) -> Result<DesktopStatus, Fault> {
    let arguments = Object::new();
    set(&arguments, "change", &value(change));
    let answer = invoke("desktop_change", &arguments).await.map_err(|why| Fault::new(Code::Invalid, words(&why)))?;
    super::read_reply(&json(&answer))
}

pub(super) async fn log() -> Result<String, Fault> {
    let answer = invoke("desktop_log", &Object::new()).await.map_err(|why| super::unreachable_app(&words(&why)))?;
    Ok(answer.as_string().unwrap_or_default())
}

pub(super) fn tell_shown() {
    tell("page_shown", Object::new());
}

pub(super) fn show_quick() {
    tell("quick_show", Object::new());
}

pub(super) fn hide_quick() {
    tell("quick_hide", Object::new());
}

pub(super) fn drag_quick() {
    tell("quick_drag", Object::new());
}

pub(super) fn hand_over(wish: &Wish) {
    let arguments = Object::new();
    set(&arguments, "wish", &value(wish));
    tell("quick_hand_over", arguments);
}

/// Asks for something that answers nothing.
fn tell(command: &'static str, arguments: Object) {
    spawn_local(async move {
        let _ = invoke(command, &arguments).await;
    });
}

/// A form of the contract as the desktop takes it.
fn value(form: &impl serde::Serialize) -> JsValue {
    serde_json::to_string(form).ok().and_then(|text| js_sys::JSON::parse(&text).ok()).unwrap_or(JsValue::NULL)
}

fn json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn core() -> Option<JsValue> {
    field(&field(&js_sys::global(), "__TAURI__")?, "core")
}

fn channel() -> Option<Object> {
    let class: Function = field(&core()?, "Channel")?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::new()).ok()?.dyn_into().ok()
}

async fn invoke(command: &str, arguments: &Object) -> Result<JsValue, JsValue> {
    let core = core().ok_or_else(|| JsValue::from_str(say::state::no_desktop()))?;
    let invoke: Function = field(&core, "invoke")
        .and_then(|f| f.dyn_into().ok())
        .ok_or_else(|| JsValue::from_str(say::state::no_invoke()))?;
    let promise: Promise = invoke.call2(&core, &command.into(), arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}

fn workspace_value(workspace: Option<WorkspaceId>) -> JsValue {
    workspace.map_or(JsValue::NULL, |id| JsValue::from_str(&id.to_string()))
}

/// Text as it is, bytes read as UTF-8, and objects (which the desktop should not send) written as JSON.
fn text(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        return text;
    }
    if value.is_instance_of::<ArrayBuffer>() || value.is_instance_of::<Uint8Array>() {
        return String::from_utf8_lossy(&Uint8Array::new(value).to_vec()).into_owned();
    }
    json(value)
}
