//! Whose account a step acts with: one of the connections, or another made in place. What is secret is read from its field
//! when it is sent, and is never part of the page's state.

use contract::commands::{AddConnection, ListConnections};
use contract::{Connection, SecretText};
use flow::FieldPath;
use flow::piece::{Property, PropertyKind};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};

use super::auth::{Asked, asked, named, reference, through_browser, value, way_words};
use super::control::as_text;
use super::field::{Field, frame};
use crate::parts::{Button, ButtonKind, Glyph, Select, Show};
use crate::say;
use crate::state::{Query, effect, memo, use_command, use_query};

/// The field for a piece's connection, if the step needs one.
pub(super) fn section(form: super::context::Form) -> AnyView {
    let ways = memo(move || {
        form.with_operation(|piece, operation| {
            let is_asked = operation.require_auth || operation.props.get("auth").is_some();
            if is_asked { piece.auth.clone() } else { Vec::new() }
        })
        .unwrap_or_default()
    });
    let view = move || {
        let ways = ways.get();
        let first = ways.first()?;
        let property = Property {
            display_name: say::form::connection().to_owned(),
            required: ways.iter().any(|way| way.required),
            kind: first.kind,
            ..Property::default()
        };
        let field = Field::new(form, FieldPath::of(&["settings", "input", "auth"]), "auth", &property, None);
        Some(frame(field, None, chooser(field, ways)))
    };
    view.into_any()
}

/// A connection as a property of its own.
pub(super) fn connection(field: Field) -> AnyView {
    let way = field.property.get_value();
    chooser(field, vec![way])
}

/// What stands for making another one, and for none.
const ANOTHER: &str = "\u{1f}another";

fn chooser(field: Field, ways: Vec<Property>) -> AnyView {
    let form = field.form;
    let list: Query<Vec<Connection>> = use_query(|| Some(ListConnections {}));
    let piece = memo(move || {
        let subject = form.subject.get();
        subject.and_then(|subject| subject.call().map(|call| call.piece.clone())).unwrap_or_default()
    });
    let ours = memo(move || {
        let (piece, place) = (piece.get(), form.place.get());
        let all = list.value.get().unwrap_or_default();
        all.into_iter().filter(|one| one.piece == piece && one.place == place).collect::<Vec<_>>()
    });
    let key = memo(move || field.value.with(named));
    let is_gone = move || {
        let key = key.get();
        list.value.with(Option::is_some)
            && key.is_some_and(|key| ours.with(|ours| ours.iter().all(|one| one.key != key)))
    };
    let is_open = RwSignal::new(false);
    let options = Signal::derive(move || {
        let key = key.get();
        let mut options = Vec::new();
        if key.is_none() {
            options.push((String::new(), say::form::choose_connection().to_owned()));
        }
        if is_gone()
            && let Some(key) = key
        {
            options.push((key.clone(), say::form::connection_not_there(&key)));
        }
        ours.with(|ours| options.extend(ours.iter().map(|one| (one.key.clone(), one.label.clone()))));
        options.push((ANOTHER.to_owned(), say::form::connect_another().to_owned()));
        options
    });
    let chosen = Signal::derive(move || if is_open.get() { ANOTHER.to_owned() } else { key.get().unwrap_or_default() });
    let choose = Callback::new(move |chosen: String| match chosen.as_str() {
        ANOTHER => is_open.set(true),
        "" => field.set(None),
        key => field.set(Some(reference(key).into())),
    });
    let fault = move || {
        let key = key.get()?;
        let fault = ours.with(|ours| ours.iter().find(|one| one.key == key).and_then(|one| one.fault.clone()))?;
        Some(view! { <p class="field-wrong" role="status">{fault}</p> })
    };
    let ways = StoredValue::new(ways);
    view! {
        <Select label=say::form::connection() options value=chosen on_change=choose bare=true/>
        {fault}
        <Show when=is_gone><p class="field-wrong" role="status">{say::form::connection_gone()}</p></Show>
        {move || list.fault.get().map(|fault| view! {
            <p class="field-wrong" role="alert">{fault.message}<Button kind=ButtonKind::Bare on_click=move |_| list.retry()>{say::form::again()}</Button></p>
        })}
        <Show when=move || is_open.get()>{move || ways.with_value(|ways| connect(field, &piece.get(), ways, is_open))}</Show>
    }
    .into_any()
}

/// The form that makes a connection.
fn connect(field: Field, piece: &str, ways: &[Property], is_open: RwSignal<bool>) -> AnyView {
    let form = field.form;
    let act = use_command::<AddConnection>().quiet();
    let wrong = RwSignal::new(String::new());
    let label = RwSignal::new(
        form.piece.with_untracked(|piece| piece.as_ref().map(|piece| piece.display_name.clone())).unwrap_or_default(),
    );
    let at = RwSignal::new(0_usize);
    let root = NodeRef::<html::Form>::new();
    let options: Vec<(String, String)> =
        ways.iter().enumerate().map(|(number, way)| (number.to_string(), way_words(way).to_owned())).collect();
    let has_ways = options.len() > 1;
    let (piece, ways) = (StoredValue::new(piece.to_owned()), StoredValue::new(ways.to_vec()));
    effect(move || {
        if let Some(root) = root.get() {
            request_animation_frame(move || crate::parts::focus_first(&root));
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        event.stop_propagation();
        let Some(root) = root.get_untracked() else { return };
        let way = ways.with_value(|ways| ways.get(at.get_untracked()).cloned());
        let Some(way) = way else { return };
        if label.with_untracked(|label| label.trim().is_empty()) {
            return wrong.set(say::form::name_connection().to_owned());
        }
        match value(&way, &typed(&root)) {
            Err(reason) => wrong.set(reason),
            Ok(secret) => {
                wrong.set(String::new());
                let command = AddConnection {
                    label: label.get_untracked().trim().to_owned(),
                    piece: piece.get_value(),
                    place: form.place.get_untracked(),
                    value: SecretText::new(secret),
                };
                act.run_then(command, move |made| {
                    forget(&root);
                    is_open.try_set(false);
                    field.set(Some(reference(&made.key).into()));
                });
            }
        }
    };
    let inner = move || {
        let way = ways.with_value(|ways| ways.get(at.get()).cloned()).unwrap_or_default();
        match asked(&way) {
            Err(why) => {
                let is_browser = way.kind == PropertyKind::OAuth2;
                let words = if is_browser { through_browser(form.place.get(), has_ways) } else { why.to_owned() };
                view! { <p class="field-note" role="status">{words}</p> }.into_any()
            }
            Ok(fields) => {
                let fields: Vec<AnyView> = fields.into_iter().map(asked_view).collect();
                let hint = (!way.description.is_empty()).then(|| view! { <p class="field-hint">{way.description}</p> });
                view! { {hint} {fields} <Button kind=ButtonKind::Primary submit=true busy=act.busy on_click=|_| ()>{say::form::connect()}</Button> }.into_any()
            }
        }
    };
    let message = move || {
        let fault = act.fault.get().map(|fault| fault.message);
        let words = Some(wrong.get()).filter(|wrong| !wrong.is_empty()).or(fault);
        words.map(|words| view! { <p class="field-wrong" role="alert">{words}</p> })
    };
    view! {
        <form class="step-connect" node_ref=root on:submit=send autocomplete="off"
            on:keydown=move |event| if event.key() == "Escape" { event.stop_propagation(); is_open.set(false); }>
            <label class="field"><span class="field-label">{say::form::name()}</span>
                <input type="text" maxlength="80" autofocus=true prop:value=move || label.get() on:input=move |event| label.set(event_target_value(&event))/></label>
            <Show when=move || has_ways>
                <Select label=say::form::how_to_sign_in() options=options.clone() value=Signal::derive(move || at.get().to_string())
                    on_change=move |chosen: String| at.set(chosen.parse().unwrap_or_default())/>
            </Show>
            {inner}
            {message}
            <Button kind=ButtonKind::Bare glyph=Glyph::X on_click=move |_| is_open.set(false)>{say::form::cancel()}</Button>
        </form>
    }
    .into_any()
}

/// A field whose value stands in the element only.
fn asked_view(one: Asked) -> AnyView {
    let Asked { name, property, is_secret } = one;
    let label = if property.display_name.is_empty() { name.clone() } else { property.display_name.clone() };
    let usual = property.default_value.as_ref().map(as_text).unwrap_or_default();
    let hint = (!property.description.is_empty())
        .then(|| view! { <span class="field-hint">{property.description.clone()}</span> });
    let is_choice = property.kind == PropertyKind::StaticDropdown;
    let is_tick = property.kind == PropertyKind::Checkbox;
    let input = if is_choice || is_tick {
        let mut choices: Vec<(String, String)> = if is_tick {
            [("true", say::form::yes()), ("false", say::form::no())]
                .map(|(key, words)| (key.to_owned(), words.to_owned()))
                .to_vec()
        } else {
            let options = property.options.unwrap_or_default().options;
            let raw = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            options.into_iter().map(|choice| (raw(&choice.value), choice.label)).collect()
        };
        if usual.is_empty() {
            choices.insert(0, (String::new(), say::form::choose().to_owned()));
        }
        let options: Vec<AnyView> = choices
            .into_iter()
            .map(|(key, words)| {
                let is_usual = key == usual;
                view! { <option value=key selected=is_usual>{words}</option> }.into_any()
            })
            .collect();
        view! { <select class="step-input" data-auth=name>{options}</select> }.into_any()
    } else {
        let kind = if is_secret { "password" } else { "text" };
        let fill = if is_secret { "new-password" } else { "off" };
        view! { <input type=kind data-auth=name placeholder=usual autocomplete=fill spellcheck="false"/> }.into_any()
    };
    view! { <label class="field"><span class="field-label">{label}</span>{input}{hint}</label> }.into_any()
}

/// What stands in the fields, by name.
fn typed(root: &Element) -> Vec<(String, String)> {
    let Ok(all) = root.query_selector_all("[data-auth]") else { return Vec::new() };
    let read = |at: u32| {
        let node = all.item(at)?;
        let name = node.dyn_ref::<Element>()?.get_attribute("data-auth")?;
        let text = match node.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.value(),
            None => node.dyn_ref::<HtmlSelectElement>()?.value(),
        };
        Some((name, text))
    };
    (0..all.length()).filter_map(read).collect()
}

/// Empties the fields.
fn forget(root: &Element) {
    let Ok(all) = root.query_selector_all("input[data-auth]") else { return };
    for at in 0..all.length() {
        if let Some(input) = all.item(at).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value("");
        }
    }
}
