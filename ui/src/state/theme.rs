//! Light, dark, or as the system: one attribute on the document.

use contract::{Contrast, Density, TextSize, Theme};
use leptos::prelude::*;

use super::{Session, effect, memo};

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
            choice: RwSignal::new(kept().unwrap_or_default()),
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
    /// What the person chose, as the app has it. It is kept for the first frame of the next start (`boot.js`).
    pub fn choose(self, choice: Theme) {
        keep(choice);
        self.choice.set(choice);
    }
    /// Has the document tell how far ink stands out, how much room a row takes and how large words are, as the settings say.
    pub fn follow(self, session: Session) {
        let chosen = memo(move || {
            session.status.with(|status| {
                let settings = status.as_ref().map(|status| &status.settings);
                settings.map(|one| (one.contrast, one.density, one.text_size)).unwrap_or_default()
            })
        });
        effect(move || {
            let (contrast, density, size) = chosen.get();
            let Some(root) = document().document_element() else { return };
            let contrast = match contrast {
                Contrast::System => "system",
                Contrast::Higher => "higher",
            };
            let density = match density {
                Density::Comfortable => "comfortable",
                Density::Compact => "compact",
            };
            let size = match size {
                TextSize::Small => "small",
                TextSize::Usual => "usual",
                TextSize::Large => "large",
                TextSize::Larger => "larger",
            };
            for (name, word) in [("data-contrast", contrast), ("data-density", density), ("data-text", size)] {
                let _ = root.set_attribute(name, word);
            }
        });
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

/// Where a choice is kept that differs from the system's.
const KEPT: &str = "theme";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn kept() -> Option<Theme> {
    match storage()?.get_item(KEPT).ok()??.as_str() {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

fn keep(choice: Theme) {
    let Some(storage) = storage() else { return };
    let _ = match choice {
        Theme::System => storage.remove_item(KEPT),
        Theme::Light => storage.set_item(KEPT, "light"),
        Theme::Dark => storage.set_item(KEPT, "dark"),
    };
}
