//! A text as a file of the person's: in a browser it is a download, and so it is in the window, whose folder for them is the
//! system's. Dropped and chosen files come the other way, in `import`.

use contract::Exported;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlElement, Url};

use crate::say;
use crate::state::Toasts;

/// Saves a file and says where it is; puts its text on the clipboard if it cannot be saved.
pub(crate) fn save(file: &Exported, toasts: Toasts) {
    match download(file) {
        Ok(()) => toasts.note(said(&file.name)),
        Err(_) => crate::chat::copy(&file.text, toasts, say::automations::in_clipboard(&file.name)),
    }
}

/// Where a file went, in words. Pure.
pub(super) fn said(name: &str) -> String {
    say::automations::saved(name)
}

fn download(file: &Exported) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&file.text.as_str().into());
    let blob = Blob::new_with_str_sequence(&parts)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlElement = document().create_element("a")?.dyn_into()?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", &file.name)?;
    link.click();
    // The download has its own hold on the text once it has begun, which is after this turn of the page.
    set_timeout(move || drop(Url::revoke_object_url(&address)), std::time::Duration::from_secs(60));
    Ok(())
}
