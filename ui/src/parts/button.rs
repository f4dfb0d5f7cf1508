//! Buttons.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{Glyph, Icon, Show, Spinner};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The usual.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// No border: beside others, or in a row.
    Bare,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Bare => "button bare",
            Self::Danger => "button danger",
        }
    }
}

/// A button with words. While it is busy it is disabled and turns.
#[component]
pub fn Button(
    /// What it does.
    #[prop(into)]
    on_click: Callback<MouseEvent>,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the words.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// It is at work.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// It cannot be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// A form's submit button.
    #[prop(optional)]
    submit: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=kind.class()
            type=if submit { "submit" } else { "button" }
            disabled=move || busy.get() || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |event| if !submit { on_click.run(event) }
        >
            <Show when=move || busy.get() fallback=move || glyph.map(|glyph| view! { <Icon glyph/> })>
                <Spinner/>
            </Show>
            {children()}
        </button>
    }
}

/// A button that is an icon. Its label is told to screen readers and shown on hover.
#[component]
pub fn IconButton(
    /// Which icon.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// What it does.
    #[prop(into)]
    on_click: Callback<MouseEvent>,
    /// It is switched on. Leave it out for what is no switch.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// It cannot be used.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            class="icon-button"
            type="button"
            title=move || label.get()
            aria-label=move || label.get()
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            disabled=move || disabled.get()
            on:click=move |event| on_click.run(event)
        >
            <Icon glyph/>
        </button>
    }
}
