//! A project's card tables as boards. Everything that a drag does, keys and a menu do too.

mod card;
mod column;
mod drag;
mod state;

use contract::commands::ShowBoards;
use contract::{Board, ProjectId, RecordingId};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use self::card::Carried;
use self::column::Stack;
use self::drag::card_id;
use self::state::BoardState;
use super::place::{Arrow, shift, walk};
use super::shown::PartBar;
use super::todos::offer::{Offer, OfferView, Theme};
use crate::parts::{Each, Empty, Glyph, Loaded, Select, Show, is_typing, point_under};
use crate::say;
use crate::state::{Query, effect, memo, use_query};

/// The boards of a project; with several, one at a time.
#[component]
pub(super) fn BoardTab(project: ProjectId) -> impl IntoView {
    let boards = use_query(move || Some(ShowBoards { project }));
    let chosen = RwSignal::new(None::<RecordingId>);
    let tables = memo(move || {
        boards.value.with(|boards| {
            boards
                .iter()
                .flatten()
                .map(|board| (board.table.id.to_string(), board.table.title.clone()))
                .collect::<Vec<_>>()
        })
    });
    let board = memo(move || pick(boards, chosen.get()));
    let state = BoardState::of(board);
    provide_context(state);
    let note = Signal::derive(move || {
        let cards = state.cards.with(std::collections::HashMap::len);
        say::project::CardsInColumns { cards, columns: state.columns.with(Vec::len) }.text()
    });
    view! {
        <PartBar note>
            <Show when=move || { tables.with(Vec::len) > 1 }>
                <Select bare=true label=say::project::which_board() options=tables
                    value=Signal::derive(move || board.with(|board| board.as_ref().map(|board| board.table.id.to_string()).unwrap_or_default()))
                    on_change=move |id: String| chosen.set(id.parse().ok())/>
            </Show>
            <span class="hint part-keys">{say::project::board_keys()}</span>
        </PartBar>
        <Loaded query=boards>
            <Show when=move || board.with(Option::is_some) fallback=|| view! {
                <Empty glyph=Glyph::SquareKanban title=say::project::no_board()
                    text=say::project::no_board_text()/>
            }>
                <BoardView project/>
            </Show>
        </Loaded>
    }
}

fn pick(boards: Query<Vec<Board>>, chosen: Option<RecordingId>) -> Option<Board> {
    boards.value.with(|boards| {
        let boards = boards.as_ref()?;
        boards.iter().find(|board| Some(board.table.id) == chosen).or(boards.first()).cloned()
    })
}

#[component]
fn BoardView(project: ProjectId) -> impl IntoView {
    let state = expect_context::<BoardState>();
    let offer = RwSignal::new(None::<Offer>);
    let strips = memo(move || state.lanes.with(|lanes| lanes.last().map_or(0, |lane| lane.stack + 1)));
    let active = move || state.focus.get().map(card_id);
    let travel = move |event: PointerEvent| drag::travel(state, &event);
    // A move brings the card into view wherever it went.
    effect(move || {
        state.lanes.track();
        if let Some(card) = state.focus.get()
            && state.drag.with_untracked(Option::is_none)
        {
            request_animation_frame(move || show(&card_id(card)));
        }
    });
    view! {
        <div class="board" class:dragging=move || state.drag.with(Option::is_some) role="group" aria-roledescription=say::project::board_role() tabindex="0"
            aria-label=say::project::board_label() aria-activedescendant=active
            node_ref=state.element
            on:keydown=move |event| keys(state, offer, &event)
            on:focus=move |_| first_focus(state)
            on:pointermove=travel
            on:pointerup=move |_| drag::release(state)
            on:pointercancel=move |_| { drag::give_up(state); }>
            <Each each=move || 0..strips.get() key=|stack| *stack let(stack)>
                <Stack stack offer/>
            </Each>
        </div>
        <Carried/>
        <OfferView offer project/>
        <p class="aside-label" aria-live="assertive">{move || state.said.get()}</p>
    }
}

fn show(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn first_focus(state: BoardState) {
    if state.focus.get_untracked().is_none() {
        let first = state.lanes.with_untracked(|lanes| lanes.iter().find_map(|lane| lane.cards.first().copied()));
        state.focus.set(first);
    }
}

fn keys(state: BoardState, offer: RwSignal<Option<Offer>>, event: &KeyboardEvent) {
    let key = event.key();
    if key == "Escape" && drag::give_up(state) {
        event.prevent_default();
        event.stop_propagation();
        return;
    }
    if is_typing() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let focused = state.focus.get_untracked();
    if let Some(arrow) = Arrow::from_key(&key) {
        event.prevent_default();
        let Some(card) = focused else { return first_focus(state) };
        if event.alt_key() {
            match state.lanes.with_untracked(|lanes| shift(lanes, card, arrow)) {
                Some(to) => state.move_card(card, to),
                None => state.said.set(say::project::at_edge().into()),
            }
        } else if let Some(next) = state.lanes.with_untracked(|lanes| walk(lanes, card, arrow)) {
            state.focus.set(Some(next));
        }
        return;
    }
    if event.alt_key() {
        return;
    }
    if key == "n" {
        event.prevent_default();
        let column = state.lanes.with_untracked(|lanes| {
            lanes
                .iter()
                .find(|lane| focused.is_some_and(|card| lane.cards.contains(&card)))
                .or(lanes.first())
                .map(|lane| lane.column)
        });
        state.adding.set(column);
        return;
    }
    let row = focused.and_then(|card| state.cards.with_untracked(|cards| cards.get(&card).cloned()));
    let Some(row) = row else { return };
    let theme = match key.as_str() {
        "Enter" => {
            event.prevent_default();
            return state.open(row.id);
        }
        "m" => Theme::Move,
        "a" => Theme::Assign,
        "d" => Theme::Due,
        "." | "ContextMenu" => Theme::Menu,
        _ => return,
    };
    event.prevent_default();
    let at = point_under(&card_id(row.id));
    offer.set(Some(Offer::new(row, theme, at)));
}
