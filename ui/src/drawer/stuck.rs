//! Edits of the item that Basecamp does not have: that they wait, why they were refused, or which version to keep.

use contract::commands::ListOutbox;
use contract::{OutboxEntry, Pending, RecordingId};
use leptos::prelude::*;

use super::pane::Item;
use crate::parts::{Each, Glyph, Icon, Show};
use crate::say;
use crate::state::{memo, use_query};
use crate::syncpanel::queue::EntryActions;

/// What keeps the item from Basecamp.
#[component]
pub(super) fn Stuck(id: RecordingId, pending: Memo<Pending>) -> impl IntoView {
    let item = expect_context::<Item>();
    let outbox = use_query(|| Some(ListOutbox {}));
    let mine = memo(move || {
        outbox
            .value
            .with(|list| list.iter().flatten().filter(|entry| entry.item == id).cloned().collect::<Vec<OutboxEntry>>())
    });
    let problem = move || item.part(|detail| detail.problem.clone().unwrap_or_default());
    let head = move || match pending.get() {
        Pending::None => "",
        Pending::Queued => say::drawer::waits(),
        Pending::Failed => say::drawer::refused(),
        Pending::Conflict => say::drawer::conflict(),
    };
    let class = move || match pending.get() {
        Pending::None | Pending::Queued => "stuck",
        Pending::Failed => "stuck bad",
        Pending::Conflict => "stuck warn",
    };
    view! {
        <div class=class role="status">
            <p class="stuck-head">
                <Icon glyph=Signal::derive(move || if pending.get() == Pending::Queued { Glyph::CloudUpload } else { Glyph::TriangleAlert })/>
                {head}
            </p>
            <Show when=move || !problem().is_empty()><p class="stuck-why">{problem}</p></Show>
            <Each each=move || mine.get() key=|entry| (entry.change, entry.state as u8, entry.attempts) let(entry)>
                <EntryActions entry/>
            </Each>
        </div>
    }
}
