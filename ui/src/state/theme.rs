//! Light, dark, or as the system: one attribute on the document.

use contract::Theme;
use leptos::prelude::*;

use super::effect;

/// The theme that is on show.
#[derive(Clone, Copy)]
pub struct ThemeState {
    /// What the person chose.
    pub choice: RwSignal<Theme>,
    system_dark: RwSignal<bool>,
}

impl ThemeState {
    /// Makes it known to everything below, and keeps the document's attribute as it says.
    pub fn provide() -> Self {
        let media = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        let theme = Self {
            choice: RwSignal::new(Theme::System),
            system_dark: RwSignal::new(media.as_ref().is_some_and(web_sys::MediaQueryList::matches)),
        };
        provide_context(theme);
        if let Some(media) = media {
            use wasm_bindgen::prelude::*;
            let asked = media.clone();
            let heard = Closure::<dyn Fn()>::new(move || {
                theme.system_dark.try_set(asked.matches());
            });
            let _ = media.add_event_listener_with_callback("change", heard.as_ref().unchecked_ref());
            // As long as the page lives.
            heard.forget();
        }
        effect(move || {
            if let Some(root) = document().document_element() {
                let _ = root.set_attribute("data-theme", if theme.is_dark() { "dark" } else { "light" });
            }
        });
        theme
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// Tracks.
    #[must_use]
    pub fn is_dark(self) -> bool {
        match self.choice.get() {
            Theme::System => self.system_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        }
    }
}
