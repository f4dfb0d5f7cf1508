//! The sheet of keys.

use leptos::prelude::*;

use crate::parts::{Dialog, Kbd};
use crate::say;
use crate::state::Overlays;

/// Keys with what they do, by where they do it.
fn keys() -> [(&'static str, Vec<(&'static str, &'static str)>); 5] {
    [
        (
            say::frame::anywhere(),
            vec![
                ("Mod K", say::frame::search()),
                ("Mod J", say::frame::toggle_assistant()),
                ("Mod Z", say::frame::undo()),
                (say::frame::key_redo(), say::frame::redo()),
                ("Alt ←", say::frame::back()),
                ("Alt →", say::frame::forward()),
                ("?", say::frame::this_sheet()),
            ],
        ),
        (
            say::frame::go_to(),
            vec![
                ("g t", say::frame::today()),
                ("g p", say::frame::projects()),
                ("g f", say::frame::automations()),
                ("g r", say::frame::runs()),
                ("g a", say::frame::assistant()),
                ("g h", say::frame::history()),
                ("g s", say::frame::sync()),
            ],
        ),
        (
            say::frame::in_list(),
            vec![
                (say::frame::key_next(), say::frame::next()),
                (say::frame::key_previous(), say::frame::previous()),
                (say::frame::key_enter(), say::frame::open()),
                (say::frame::key_tick(), say::frame::tick()),
                (say::frame::key_ends(), say::frame::ends()),
                (say::frame::key_escape(), say::frame::close()),
            ],
        ),
        (
            say::frame::with_assistant(),
            vec![
                (say::frame::key_enter(), say::frame::send()),
                (say::frame::key_line(), say::frame::new_line()),
                ("/", say::frame::commands()),
                ("@", say::frame::mention()),
                ("↑", say::frame::last_again()),
                (say::frame::key_escape(), say::frame::stop_leave()),
            ],
        ),
        (
            say::frame::when_waiting(),
            vec![
                ("↓ ↑", say::frame::next_previous()),
                (say::frame::key_space(), say::frame::allow()),
                (say::frame::key_enter(), say::frame::send_choice()),
                ("D", say::frame::deny_all()),
                ("E", say::frame::edit()),
            ],
        ),
    ]
}

/// The sheet; `?` opens it.
#[component]
pub(super) fn KeySheet() -> impl IntoView {
    let open = Overlays::expect().keys;
    let groups = || {
        keys()
            .into_iter()
            .map(|(title, keys)| {
                let rows = keys
                    .into_iter()
                    .map(|(keys, words)| view! { <div class="sheet-row"><dt><Kbd keys/></dt><dd>{words}</dd></div> })
                    .collect_view();
                view! { <section><h3>{title}</h3><dl>{rows}</dl></section> }
            })
            .collect_view()
    };
    view! {
        <Dialog open title=say::frame::keys() on_close=move |()| open.set(false)>
            <div class="sheet" tabindex="0">{groups()}</div>
        </Dialog>
    }
}
