//! An automation from a file: as Activepieces exports it, or as it is kept here.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};

use crate::runs::outline::read_document;
use crate::say;

/// What the automation in a text is called; why not, and what to do, if there is none in it.
///
/// # Errors
/// A sentence for the person.
pub(super) fn name_in(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err(say::automations::choose_file().to_owned());
    }
    match read_document(text) {
        Some(flow) => Ok(flow.display_name.trim().to_owned()),
        None => Err(say::automations::no_automation().to_owned()),
    }
}

/// Reads the file that was chosen in a field, and goes on with its text.
pub(super) fn read_chosen(event: &web_sys::Event, then: Callback<Result<String, String>>) {
    if let Some(reading) = event.target().and_then(|field| text_of(&field)) {
        read(reading, then);
    }
}

/// Reads the file that was dropped, and goes on with its text. What is no file is left to the page.
pub(super) fn read_dropped(event: &web_sys::DragEvent, then: Callback<Result<String, String>>) {
    let Some(reading) = event.data_transfer().and_then(|held| text_of(&held)) else { return };
    event.prevent_default();
    read(reading, then);
}

fn read(reading: js_sys::Promise, then: Callback<Result<String, String>>) {
    spawn_local(async move {
        let read = wasm_bindgen_futures::JsFuture::from(reading).await.ok().and_then(|text| text.as_string());
        then.try_run(read.ok_or_else(|| say::automations::file_unread().to_owned()));
    });
}

/// The first file that a field or a drop holds, being read as text.
fn text_of(holder: &JsValue) -> Option<js_sys::Promise> {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).ok();
    let file = js_sys::Reflect::get_u32(&get(holder, "files")?, 0).ok().filter(JsValue::is_object)?;
    let read: js_sys::Function = get(&file, "text")?.dyn_into().ok()?;
    read.call0(&file).ok()?.dyn_into().ok()
}
