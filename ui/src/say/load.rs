//! How the words come to the page: `boot.js` asks for them beside the wasm, in the language that was spoken last or else the
//! system's. Which one it should have been is known with the settings; the page is loaded again where that is another.

use contract::Language;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;

use super::{Tongue, speak, tongue};

/// Where the language that was spoken last is kept, for `boot.js`.
const KEPT: &str = "language";

/// Waits for the words that `boot.js` asked for, and speaks them.
///
/// # Errors
/// They cannot be had. `boot.js` tells the person.
pub async fn load() -> Result<(), JsValue> {
    let asked = js_sys::Reflect::get(&js_sys::global(), &"pageWords".into())?;
    let part = |name: &str| js_sys::Reflect::get(&asked, &name.into());
    let tongue = Tongue::of_tag(&part("language")?.as_string().unwrap_or_default());
    let text = JsFuture::from(part("text")?.dyn_into::<Promise>()?).await?;
    speak(tongue, &text.as_string().unwrap_or_default());
    if let Some(root) = leptos::prelude::document().document_element() {
        root.set_attribute("lang", tongue.tag())?;
    }
    Ok(())
}

/// The person wishes another language than the page speaks. It is kept: the page speaks it once it starts anew.
#[must_use]
pub fn is_another(wish: Language) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let wished = Tongue::of(wish, &window.navigator().language().unwrap_or_default());
    // Without a place to keep it, the page would load itself for ever.
    wished != tongue() && keep(wished).is_some()
}

/// Loads the page again.
pub fn start_anew() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

fn keep(tongue: Tongue) -> Option<()> {
    let storage: Storage = web_sys::window()?.local_storage().ok().flatten()?;
    storage.set_item(KEPT, tongue.tag()).ok()?;
    (storage.get_item(KEPT).ok()?.as_deref() == Some(tongue.tag())).then_some(())
}
