//! Small marks: chips, dots, keys, and how far an edit is from Basecamp.

use contract::Pending;
use leptos::prelude::*;

use super::{Glyph, Icon};

use crate::say;

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing.
    #[default]
    Plain,
    /// It is well.
    Good,
    /// It needs an eye.
    Warn,
    /// It is late or broken.
    Bad,
    /// It is about the person.
    Accent,
}

impl Tone {
    /// The class that colours.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Accent => "accent",
        }
    }
}

/// A word or number in a rounded frame.
#[component]
pub fn Chip(
    /// What its colour means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <span class=move || format!("chip {}", tone.get().class())>{children()}</span> }
}

/// A coloured dot. Colour never speaks alone: the label says the same.
#[component]
pub fn Dot(
    /// What its colour means.
    #[prop(into)]
    tone: Signal<Tone>,
    /// The same in words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let class = move || format!("dot {}", tone.get().class());
    view! { <span class=class role="img" title=move || label.get() aria-label=move || label.get()></span> }
}

/// A key, or keys pressed together: “Ctrl K”, with the Command sign on a Mac.
#[component]
pub fn Kbd(
    /// The keys; `Mod` stands for Ctrl or Command.
    keys: &'static str,
) -> impl IntoView {
    view! { <kbd>{keys.replace("Mod", modifier())}</kbd> }
}

/// What Ctrl is called on this machine.
pub(crate) fn modifier() -> &'static str {
    let platform = web_sys::window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default();
    if platform.contains("Mac") { "⌘" } else { say::parts::control() }
}

/// How far an edit is from Basecamp: nothing when it is there.
#[component]
pub fn PendingMark(
    /// How far.
    #[prop(into)]
    pending: Signal<Pending>,
) -> impl IntoView {
    move || {
        let (glyph, class, words) = match pending.get() {
            Pending::None => return None,
            Pending::Queued => (Glyph::CloudUpload, "pending", say::parts::waits()),
            Pending::Failed => (Glyph::CloudAlert, "pending bad", say::parts::refused()),
            Pending::Conflict => (Glyph::TriangleAlert, "pending warn", say::parts::conflict()),
        };
        Some(view! { <span class=class title=words role="img" aria-label=words><Icon glyph/></span> })
    }
}
