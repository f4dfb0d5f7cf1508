//! A desktop that is not there: JavaScript that stands where the app's would.

use js_sys::Function;
use ui::say::{Tongue, speak};
use wasm_bindgen::JsValue;

/// A desktop that answers with what `body` returns for `(command, args)`, and keeps what it was asked. The page speaks English,
/// as it does once `boot.js` has fetched the words.
pub(crate) fn desktop(body: &str) {
    speak(Tongue::English, include_str!(concat!(env!("OUT_DIR"), "/en.ftl")));
    let install = format!(
        "globalThis.asked = []; globalThis.heard = null;
         globalThis.__TAURI__ = {{ core: {{
            Channel: class {{ set onmessage(hear) {{ globalThis.heard = hear; }} }},
            invoke: async (command, args) => {{ globalThis.asked.push([command, args]); {body} }},
         }} }};"
    );
    Function::new_no_args(&install).call0(&JsValue::UNDEFINED).unwrap();
}

/// What this JavaScript gives, as text.
pub(crate) fn read(expression: &str) -> String {
    let value = Function::new_no_args(&format!("return String({expression});")).call0(&JsValue::UNDEFINED).unwrap();
    value.as_string().unwrap()
}
