//! Fields around other fields: names and values, lists of texts, lists of things.

use flow::{FieldPath, Map};
use leptos::prelude::*;
use serde_json::Value;

use super::control::as_text;
use super::field::{Field, fields};
use super::text::{Text, text_field};
use super::tokens::Language;
use crate::parts::{Button, ButtonKind, Each, Glyph, IconButton};
use crate::say;
use crate::state::memo;

/// The members with another name for one of them. A name that is taken, or blank, changes nothing.
pub(super) fn renamed(map: &Map, from: &str, to: &str) -> Map {
    if to.trim().is_empty() || map.contains_key(to) {
        return map.clone();
    }
    let name = |key: &String| if key == from { to.to_owned() } else { key.clone() };
    map.iter().map(|(key, value)| (name(key), value.clone())).collect()
}

/// A name that no member has.
pub(super) fn free_name(map: &Map) -> String {
    let mut number = map.len() + 1;
    loop {
        let name = ["name_", &number.to_string()].concat();
        if !map.contains_key(&name) {
            return name;
        }
        number += 1;
    }
}

/// The list with an item in another place.
pub(super) fn moved(list: &[Value], from: usize, to: usize) -> Vec<Value> {
    let mut list = list.to_vec();
    if from < list.len() && to < list.len() {
        let item = list.remove(from);
        list.insert(to, item);
    }
    list
}

fn members(field: Field) -> Map {
    match field.shown() {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

fn list(field: Field) -> Vec<Value> {
    match field.shown() {
        Value::Array(list) => list,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => Vec::new(),
    }
}

/// A text somewhere in a field.
fn text_at(field: Field, at: FieldPath, label: String) -> AnyView {
    let at = StoredValue::new(at);
    let value = Signal::derive(move || at.with_value(|at| as_text(&field.form.read(at))));
    let save = Callback::new(move |text: String| field.set_at(&at.get_value(), Some(text.into())));
    let text = Text {
        label,
        labelled_by: String::new(),
        value,
        save,
        language: Language::Plain,
        has_lines: false,
        placeholder: String::new(),
        is_wrong: Signal::default(),
    };
    text_field(field.form, text)
}

/// Names and values.
pub(super) fn pairs(field: Field) -> AnyView {
    let names = memo(move || members(field).keys().cloned().collect::<Vec<_>>());
    let add = move |_| {
        let mut map = untrack(move || members(field));
        map.insert(free_name(&map), Value::from(""));
        field.set(Some(Value::Object(map)));
    };
    view! {
        <div class="step-group">
            <Each each=move || names.get() key=String::clone let(name)>{pair(field, name)}</Each>
            <Button kind=ButtonKind::Bare glyph=Glyph::Plus on_click=add>{say::form::add_value()}</Button>
        </div>
    }
    .into_any()
}

fn pair(field: Field, name: String) -> AnyView {
    let at = field.at.with_value(|at| at.join(name.as_str()));
    let (shown, said) = (name.clone(), name.clone());
    let name = StoredValue::new(name);
    let rename = move |event| {
        let map = untrack(move || members(field));
        let to = event_target_value(&event);
        let map = renamed(&map, &name.get_value(), to.trim());
        field.set(Some(Value::Object(map)));
    };
    let remove = move |_| {
        let mut map = untrack(move || members(field));
        name.with_value(|name| map.retain(|key, _| key != name));
        field.set(Some(Value::Object(map)));
    };
    view! {
        <div class="step-pair">
            <input class="step-input" type="text" aria-label=say::form::name() autocomplete="off" spellcheck="false" prop:value=shown on:change=rename/>
            {text_at(field, at, say::form::value_of(&said))}
            <IconButton glyph=Glyph::X label=say::form::remove_named(&said) on_click=remove/>
        </div>
    }
    .into_any()
}

/// What is done to an item of a list.
fn item_buttons(field: Field, number: usize) -> AnyView {
    let (up, remove_label) = (say::form::move_up(number + 1), say::form::remove_item(number + 1));
    let shift = move |_| {
        if let Some(to) = number.checked_sub(1) {
            let list = untrack(move || list(field));
            field.set(Some(Value::Array(moved(&list, number, to))));
        }
    };
    let remove = move |_| {
        let mut list = untrack(move || list(field));
        if number < list.len() {
            list.remove(number);
        }
        field.set(Some(Value::Array(list)));
    };
    view! {
        <IconButton glyph=Glyph::ArrowUp label=up disabled=Signal::derive(move || number == 0) on_click=shift/>
        <IconButton glyph=Glyph::X label=remove_label on_click=remove/>
    }
    .into_any()
}

fn items_view(field: Field, first: Value, draw: fn(Field, usize) -> AnyView) -> AnyView {
    let count = memo(move || list(field).len());
    let add = move |_| {
        let mut list = untrack(move || list(field));
        list.push(first.clone());
        field.set(Some(Value::Array(list)));
    };
    view! {
        <div class="step-group">
            <Each each=move || 0..count.get() key=|number| *number let(number)>{draw(field, number)}</Each>
            <Button kind=ButtonKind::Bare glyph=Glyph::Plus on_click=add>{say::form::add_item()}</Button>
        </div>
    }
    .into_any()
}

/// A list of texts.
pub(super) fn texts(field: Field) -> AnyView {
    items_view(field, "".into(), |field, number| {
        let at = field.at.with_value(|at| at.join(number));
        let label = say::form::item(number + 1);
        view! { <div class="step-pair item">{text_at(field, at, label)}{item_buttons(field, number)}</div> }.into_any()
    })
}

/// A list of things with fields of their own.
pub(super) fn items(field: Field) -> AnyView {
    items_view(field, Value::Object(Map::new()), |field, number| {
        let at = field.at.with_value(|at| at.join(number));
        let label = say::form::item(number + 1);
        let said = label.clone();
        let inner = field.property.with_value(|property| fields(field.form, &at, &property.properties, field.schema));
        view! {
            <div class="step-item" role="group" aria-label=said>
                <div class="step-field-head"><h3 class="grow">{label}</h3>{item_buttons(field, number)}</div>
                {inner}
            </div>
        }
        .into_any()
    })
}
