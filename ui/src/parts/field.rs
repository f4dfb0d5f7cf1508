//! Fields and choices.

use leptos::prelude::*;

use super::{Each, Glyph, Icon, Show};

/// What is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// A line.
    #[default]
    Text,
    /// A line that is not shown.
    Secret,
    /// A line to search by.
    Search,
    /// A day.
    Date,
    /// Several lines.
    Lines,
}

/// A field with its label, a hint, and what is wrong with it.
#[component]
pub fn Field(
    /// Its label.
    #[prop(into)]
    label: String,
    /// What is in it.
    value: RwSignal<String>,
    /// What is typed in.
    #[prop(optional)]
    kind: FieldKind,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Said below it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong; empty when nothing is.
    #[prop(optional, into)]
    wrong: Signal<String>,
    /// It has the focus when its dialog or screen opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let type_ = match kind {
        FieldKind::Text | FieldKind::Lines => "text",
        FieldKind::Secret => "password",
        FieldKind::Search => "search",
        FieldKind::Date => "date",
    };
    let bad = move || wrong.with(|wrong| !wrong.is_empty());
    let invalid = move || bad().then_some("true");
    let input = if kind == FieldKind::Lines {
        view! {
            <textarea rows="3" placeholder=placeholder prop:value=move || value.get() aria-invalid=invalid autofocus=autofocus
                on:input=move |event| value.set(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        view! {
            <input type=type_ placeholder=placeholder prop:value=move || value.get() aria-invalid=invalid autofocus=autofocus
                autocomplete="off" spellcheck=if kind == FieldKind::Text { None } else { Some("false") }
                on:input=move |event| value.set(event_target_value(&event))/>
        }
        .into_any()
    };
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            {input}
            <Show when=bad fallback=move || view! {
                <Show when=move || hint.with(|hint| !hint.is_empty())><span class="field-hint">{move || hint.get()}</span></Show>
            }>
                <span class="field-wrong" role="alert">{move || wrong.get()}</span>
            </Show>
        </label>
    }
}

/// A choice among a few, by the platform's own control.
#[component]
pub fn Select(
    /// What is chosen.
    #[prop(into)]
    label: String,
    /// Value and words of each choice.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value of the one that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value of another one.
    #[prop(into)]
    on_change: Callback<String>,
    /// The label is told to screen readers only.
    #[prop(optional)]
    bare: bool,
) -> impl IntoView {
    view! {
        <label class=if bare { "select bare" } else { "select" }>
            <span class=if bare { "aside-label" } else { "field-label" }>{label}</span>
            <select prop:value=move || value.get() on:change=move |event| on_change.run(event_target_value(&event))>
                <Each each=move || options.get() key=|option| option.clone() let((key, words))>
                    {
                        let mine = key.clone();
                        view! { <option value=key selected=move || value.get() == mine>{words}</option> }
                    }
                </Each>
            </select>
            <Icon glyph=Glyph::ChevronDown/>
        </label>
    }
}
