//! A card on the board, and the one in the hand.

use contract::{RecordingId, Row};
use leptos::prelude::*;

use super::drag::{card_id, press};
use super::state::BoardState;
use crate::parts::{Chip, Glyph, IconButton, PendingMark, Tone, point_of};
use crate::project::todos::RowMarks;
use crate::project::todos::offer::{Offer, Theme};
use crate::say;
use crate::state::memo;

/// A card.
#[component]
pub(super) fn CardView(id: RecordingId, before: Signal<bool>, offer: RwSignal<Option<Offer>>) -> impl IntoView {
    let state = expect_context::<BoardState>();
    let drawer = crate::state::Drawer::expect();
    let row = memo(move || state.cards.with(|cards| cards.get(&id).cloned()));
    let focused = memo(move || state.focus.get() == Some(id));
    let lifted = memo(move || state.drag.with(|drag| drag.is_some_and(|drag| drag.card == id)));
    let menu = move |event: leptos::ev::MouseEvent| {
        if let Some(row) = row.get_untracked() {
            offer.set(Some(Offer::new(row, Theme::Menu, point_of(&event))));
        }
    };
    view! {
        <div class="card" id=card_id(id) role="row" class:focused=focused class:lifted=lifted class:before=before
            class:on=move || drawer.item.get() == Some(id)
            class:done=move || row.with(|row| row.as_ref().is_some_and(|row| row.completed))
            aria-selected=move || if focused.get() { "true" } else { "false" }
            on:pointerdown=move |event| press(state, id, &event)
            on:click=move |_| {
                state.focus.set(Some(id));
                if !state.dropped.get_value() {
                    state.open(id);
                }
            }>
            <div role="gridcell">
                {move || row.get().map(|row| view! { <Face row/> })}
                <span class="card-tools" on:click=|event| event.stop_propagation()>
                    <IconButton glyph=Glyph::Ellipsis label=say::project::card_menu() on_click=menu/>
                </span>
            </div>
        </div>
    }
}

#[component]
fn Face(row: Row) -> impl IntoView {
    let bare = row.steps.1 == 0 && row.comments == 0 && row.due_on.is_none() && row.assignees.is_empty();
    view! {
        <p class="card-title">{row.title.clone()}</p>
        {row.blocked.then(|| view! { <span class="card-mark"><Chip tone=Tone::Warn>{say::project::blocked()}</Chip></span> })}
        <div class="card-foot" class:bare=bare><PendingMark pending=row.pending/><RowMarks row/></div>
    }
}

/// The card in the hand, under the pointer.
#[component]
pub(super) fn Carried() -> impl IntoView {
    let state = expect_context::<BoardState>();
    let card = memo(move || state.drag.with(|drag| drag.map(|drag| drag.card)));
    let left = move || state.drag.with(|drag| drag.map_or(0.0, |drag| drag.corner.0));
    let top = move || state.drag.with(|drag| drag.map_or(0.0, |drag| drag.corner.1));
    let width = move || state.drag.with(|drag| drag.map_or(0.0, |drag| drag.width));
    view! {
        {move || card.get().and_then(|id| state.cards.with_untracked(|cards| cards.get(&id).cloned())).map(|row| view! {
            <div class="card carried" aria-hidden="true" style:width=move || format!("{}px", width())
                style:transform=move || format!("translate({}px, {}px) rotate(1.2deg)", left(), top())>
                <Face row/>
            </div>
        })}
    }
}
