//! The parts of the settings in their order, and the list that leads to them. Knows nothing of what is in them.

use leptos::prelude::*;

use crate::say;
use crate::state::memo;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

macro_rules! sections {
    ($($(#[$default:meta])? $name:ident $word:literal $title:ident $short:ident;)*) => {
        /// A part of the settings.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub(crate) enum Section { $($(#[$default])? $name),* }
        impl Section {
            /// Every part, in the order of the page.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];
            /// Its title.
            pub(crate) fn title(self) -> &'static str {
                match self { $(Self::$name => say::settings::$title()),* }
            }
            /// Its title in the list.
            pub(super) fn short(self) -> &'static str {
                match self { $(Self::$name => say::settings::$short()),* }
            }
            /// The id of its element.
            pub(super) fn id(self) -> &'static str {
                match self { $(Self::$name => concat!("settings-", $word)),* }
            }
            /// The id of its heading.
            pub(super) fn heading(self) -> &'static str {
                match self { $(Self::$name => concat!("settings-", $word, "-title")),* }
            }
        }
    };
}

sections! {
    #[default] Appearance "appearance" appearance_and_days appearance;
    News "news" notifications notifications;
    Models "models" models models;
    Sent "sent" sent_title sent_short;
    Permissions "permissions" permissions_title permissions_short;
    Memory "memory" what_remembers memory_short;
    Runs "runs" runs_title runs;
    Workspaces "workspaces" workspaces workspaces;
    SignIns "sign-ins" sign_ins sign_ins;
    Secrets "secrets" secrets secrets;
    Desktop "desktop" desktop_title desktop;
    Data "data" data_title data;
    Installation "installation" installation_title installation;
}

impl Section {
    /// It is drawn here: a browser has no desktop to choose for.
    pub(crate) fn is_here(self) -> bool {
        self != Self::Desktop || crate::bridge::has_desktop()
    }
    /// It is on the page.
    pub(super) fn is_drawn(self) -> bool {
        document().get_element_by_id(self.id()).is_some()
    }
    /// Scrolls to it and puts the keyboard on its heading.
    pub(super) fn go(self) {
        let page = document();
        if let Some(part) = page.get_element_by_id(self.id()) {
            part.scroll_into_view();
        }
        let heading = page.get_element_by_id(self.heading());
        if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
            let _ = heading.focus();
        }
    }
}

/// A part counts as reached when its upper edge is this far below the window's, in CSS pixels, or higher.
const REACHED: f64 = 160.0;

/// The part that is read: the last one whose upper edge was reached; the first where none was.
fn reached(tops: &[(Section, f64)]) -> Option<Section> {
    let last = tops.iter().rev().find(|(_, top)| *top <= REACHED);
    last.or_else(|| tops.first()).map(|(section, _)| *section)
}

/// The part that is in view, where the settings are drawn.
pub(super) fn section_in_view() -> Option<Section> {
    let top = |section: Section| {
        let part = document().get_element_by_id(section.id())?;
        Some((section, part.get_bounding_client_rect().top()))
    };
    reached(&Section::ALL.iter().filter_map(|section| top(*section)).collect::<Vec<_>>())
}

/// The list of the parts.
#[component]
pub(super) fn SectionList(
    /// The part in view.
    current: RwSignal<Section>,
) -> impl IntoView {
    let links = Section::ALL
        .iter()
        .filter(|section| section.is_here())
        .map(|section| {
            let section = *section;
            let here = memo(move || current.get() == section);
            view! {
                <li>
                    <button type="button" class="settings-link" class:on=move || here.get()
                        aria-current=move || here.get().then_some("true") on:click=move |_| { section.go(); current.set(section) }>
                        {section.short()}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="settings-nav" aria-label=say::settings::parts()><ul>{links}</ul></nav> }
}

#[cfg(test)]
mod tests;
