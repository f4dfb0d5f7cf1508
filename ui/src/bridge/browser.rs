//! Small things that the browser does, with its errors made harmless.

use wasm_bindgen::JsValue;
use web_sys::{Storage, window};

use crate::say;

pub(super) fn open_tab(address: &str) {
    if let Some(window) = window() {
        let _ = window.open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer");
    }
}

/// What is kept until the tab is closed.
pub(super) fn session_storage() -> Option<Storage> {
    window()?.session_storage().ok().flatten()
}

pub(super) fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

pub(super) fn set(object: &js_sys::Object, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &name.into(), value);
}

pub(super) fn words(value: &JsValue) -> String {
    let text = value.as_string().or_else(|| field(value, "message").and_then(|message| message.as_string()));
    text.unwrap_or_else(|| say::state::no_reason().into())
}

/// Waits so many milliseconds.
pub(super) async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
