//! The zones that the browser knows.

use wasm_bindgen::{JsCast, JsValue};

use crate::say;

/// The system's zone first, then every other by name.
pub(super) fn options() -> Vec<(String, String)> {
    let system = jiff::tz::TimeZone::system();
    let usual = system.iana_name().map_or_else(|| say::settings::as_system().to_owned(), say::settings::as_system_zone);
    std::iter::once((String::new(), usual))
        .chain(known().into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))))
        .collect()
}

fn known() -> Vec<String> {
    let get = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    let list = get(&js_sys::global(), "Intl")
        .and_then(|intl| get(&intl, "supportedValuesOf"))
        .and_then(|ask| ask.dyn_into::<js_sys::Function>().ok())
        .and_then(|ask| ask.call1(&JsValue::UNDEFINED, &"timeZone".into()).ok());
    let zones = list.and_then(|list| list.dyn_into::<js_sys::Array>().ok()).unwrap_or_default();
    zones.iter().filter_map(|zone| zone.as_string()).collect()
}
