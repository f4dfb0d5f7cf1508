//! Controls that the platform has of its own: a tick, a moment, a colour, a file.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::field::Field;
use super::tokens::Language;
use crate::parts::{Button, ButtonKind, Checkbox, Glyph, Show};
use crate::say;
use crate::state::{Session, memo};

/// A file from the disk may be so large, in bytes: it becomes part of the flow.
const MOST: f64 = 8_000_000.0;

/// Yes or no.
pub(super) fn tick(field: Field) -> AnyView {
    let is_on = memo(move || matches!(field.shown(), Value::Bool(true)) || field.shown() == "true");
    view! {
        <label class="step-tick">
            <Checkbox checked=is_on label=field.label.get_value() on_change=move |on: bool| field.set(Some(on.into()))/>
            <span>{move || if is_on.get() { say::form::yes() } else { say::form::no() }}</span>
        </label>
    }
    .into_any()
}

/// A moment as the platform's control writes it, in a zone; empty if the text is none.
pub(super) fn to_local(text: &str, zone: &TimeZone) -> String {
    let instant = text.trim().parse::<Timestamp>().map(|at| at.to_zoned(zone.clone()).datetime());
    let civil = instant.or_else(|_| text.trim().parse::<DateTime>());
    civil.map(|civil| civil.strftime("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
}

/// What the platform's control says, as an instant.
pub(super) fn from_local(text: &str, zone: &TimeZone) -> Option<String> {
    let civil = text.trim().parse::<DateTime>().ok()?;
    Some(civil.to_zoned(zone.clone()).ok()?.timestamp().to_string())
}

/// A day and a time, in the person's zone.
pub(super) fn moment(field: Field) -> AnyView {
    let session = Session::expect();
    let value = memo(move || to_local(field.shown().as_str().unwrap_or_default(), &session.zone()));
    let zone = move || session.zone().iana_name().unwrap_or_else(|| say::form::your_time()).replace('_', " ");
    view! {
        <div class="step-line">
            <input class="step-input" type="datetime-local" aria-labelledby=field.label_id.get_value() prop:value=move || value.get()
                on:change=move |event| {
                    let text = event_target_value(&event);
                    let zone = untrack(move || session.zone());
                    field.set(from_local(&text, &zone).map(Value::from));
                }/>
            <span class="field-hint">{zone}</span>
        </div>
    }
    .into_any()
}

/// Whether the colour control can show it.
fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
}

/// A colour, by the platform's control or as a text.
pub(super) fn colour(field: Field) -> AnyView {
    let swatch = move || field.shown().as_str().filter(|text| is_colour(text)).unwrap_or("#000000").to_owned();
    view! {
        <div class="step-line">
            <input class="step-swatch" type="color" aria-label=say::form::pick(field.label.get_value()) prop:value=swatch
                on:change=move |event| field.set(Some(event_target_value(&event).into()))/>
            <div class="grow">{field.text(Language::Plain, false)}</div>
        </div>
    }
    .into_any()
}

/// JSON, with why.
pub(super) fn raw(field: Field) -> AnyView {
    view! {
        {field.text(Language::Json, true)}
        <p class="field-hint">{say::form::raw()}</p>
    }
    .into_any()
}

/// What is said of a file that is part of the flow; `None` for an address.
pub(super) fn file_words(text: &str) -> Option<String> {
    let (kind, data) = text.strip_prefix("data:")?.split_once(',')?;
    let kind = kind.split(';').next().filter(|kind| !kind.is_empty()).unwrap_or_else(|| say::form::some_file());
    let size = data.len().saturating_mul(3) / 4;
    let size = match size {
        ..1_000 => say::form::bytes(size),
        1_000..1_000_000 => say::form::kilobytes(size / 1_000),
        _ => say::form::megabytes(size / 1_000_000),
    };
    Some(say::form::FileOf { size, kind }.text())
}

/// A file from the disk, or the address of one.
pub(super) fn file(field: Field) -> AnyView {
    let input = NodeRef::<leptos::html::Input>::new();
    let told = memo(move || field.value.with(|value| value.as_str().and_then(file_words)));
    let wrong = RwSignal::new(String::new());
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let file = Reflect::get(&input, &"files".into()).and_then(|files| Reflect::get_u32(&files, 0));
        let Some(file) = file.ok().filter(JsValue::is_object) else { return };
        let size = Reflect::get(&file, &"size".into()).ok().and_then(|size| size.as_f64()).unwrap_or_default();
        if size > MOST {
            return wrong.set(say::form::file_too_large().to_owned());
        }
        wrong.set(String::new());
        let read = read_file(&file, move |url| field.set(Some(url.into())));
        if read.is_none() {
            wrong.set(say::form::file_unread().to_owned());
        }
        input.set_value("");
    };
    let press = move |_: leptos::ev::MouseEvent| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <input type="file" class="aside-label" tabindex="-1" aria-hidden="true" node_ref=input on:change=chosen/>
        <Show when=move || told.with(Option::is_some) fallback=move || field.text(Language::Plain, false)>
            <p class="step-kept"><span class="grow cut">{move || told.get()}</span>
                <Button kind=ButtonKind::Bare on_click=move |_| field.set(None)>{say::form::remove()}</Button></p>
        </Show>
        <div class="step-line"><Button glyph=Glyph::Paperclip on_click=press>{say::form::choose_file()}</Button>
            <span class="field-hint">{say::form::or_address()}</span></div>
        <Show when=move || wrong.with(|wrong| !wrong.is_empty())><p class="field-wrong" role="alert">{move || wrong.get()}</p></Show>
    }
    .into_any()
}

/// Reads a file as a data URL. `None` if the browser cannot.
fn read_file(file: &JsValue, then: impl Fn(String) + 'static) -> Option<()> {
    let make = Reflect::get(&window(), &"FileReader".into()).ok()?.dyn_into::<Function>().ok()?;
    let reader = Reflect::construct(&make, &Array::new()).ok()?;
    let done = {
        let reader = reader.clone();
        Closure::once_into_js(move || {
            let url = Reflect::get(&reader, &"result".into()).ok().and_then(|url| url.as_string());
            if let Some(url) = url {
                then(url);
            }
        })
    };
    Reflect::set(&reader, &"onload".into(), &done).ok()?;
    let read = Reflect::get(&reader, &"readAsDataURL".into()).ok()?.dyn_into::<Function>().ok()?;
    read.call1(&reader, file).ok().map(drop)
}
