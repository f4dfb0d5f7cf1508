//! The sheet of keys.

use leptos::prelude::*;

use crate::parts::{Dialog, Kbd};
use crate::state::Overlays;

const SHEET: &[(&str, &[(&str, &str)])] = &[
    (
        "Anywhere",
        &[
            ("Mod K", "Search or do anything"),
            ("Mod J", "Show or hide the assistant"),
            ("Mod Z", "Undo"),
            ("Shift Mod Z", "Redo"),
            ("Alt ←", "Back"),
            ("Alt →", "Forward"),
            ("?", "This sheet"),
        ],
    ),
    (
        "Go to",
        &[
            ("g t", "Today"),
            ("g p", "Projects"),
            ("g f", "Automations"),
            ("g r", "Runs"),
            ("g a", "Assistant"),
            ("g h", "History"),
            ("g s", "Sync"),
        ],
    ),
    (
        "In a list",
        &[
            ("↓ or j", "Next"),
            ("↑ or k", "Previous"),
            ("Enter", "Open"),
            ("Space or x", "Tick off"),
            ("Home, End", "First, last"),
            ("Esc", "Close"),
        ],
    ),
    (
        "With the assistant",
        &[
            ("Enter", "Send"),
            ("Shift Enter", "New line"),
            ("/", "Commands"),
            ("@", "Name a person, project or item"),
            ("↑", "The last message again"),
            ("Esc", "Stop; else leave"),
        ],
    ),
    (
        "When changes wait",
        &[
            ("↓ ↑", "Next, previous"),
            ("Space", "Allow or not"),
            ("Enter", "Send the choice"),
            ("D", "Deny all"),
            ("E", "Edit"),
        ],
    ),
];

/// The sheet; `?` opens it.
#[component]
pub(super) fn KeySheet() -> impl IntoView {
    let open = Overlays::expect().keys;
    let groups = || {
        SHEET
            .iter()
            .map(|(title, keys)| {
                let rows = keys
                    .iter()
                    .map(|(keys, words)| view! { <div class="sheet-row"><dt><Kbd keys/></dt><dd>{*words}</dd></div> })
                    .collect_view();
                view! { <section><h3>{*title}</h3><dl>{rows}</dl></section> }
            })
            .collect_view()
    };
    view! {
        <Dialog open title="Keys" on_close=move |()| open.set(false)>
            <div class="sheet" tabindex="0">{groups()}</div>
        </Dialog>
    }
}
