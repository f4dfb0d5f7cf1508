//! Dragging a card with the pointer: when a press becomes a drag, what lies under it, and the scrolling at the edges.
//! Where the card then goes is decided in `place`.

use contract::RecordingId;
use leptos::prelude::*;
use web_sys::{Element, PointerEvent};

use super::state::BoardState;
use crate::project::place::{Extent, Lane, Spot, autoscroll, is_drag, nearest, slot};

/// A pointer that went down on a card and has not moved far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Press {
    card: RecordingId,
    from: (f64, f64),
    grip: (f64, f64),
    size: (f64, f64),
}

/// A card in the hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Drag {
    /// Which.
    pub(crate) card: RecordingId,
    /// Its upper left corner in the window, in CSS pixels.
    pub(crate) corner: (f64, f64),
    /// Its width, in CSS pixels.
    pub(crate) width: f64,
    /// Where it would land.
    pub(crate) spot: Option<Spot>,
    at: (f64, f64),
}

/// The pointer went down on a card.
pub(super) fn press(state: BoardState, card: RecordingId, event: &PointerEvent) {
    state.dropped.set_value(false);
    let on_control = event
        .target()
        .and_then(|target| wasm_bindgen::JsCast::dyn_into::<Element>(target).ok())
        .is_some_and(|element| element.closest("button, input, textarea, a").ok().flatten().is_some());
    if event.button() != 0 || !event.is_primary() || on_control {
        return;
    }
    let Some(rect) = element(&card_id(card)).map(|element| element.get_bounding_client_rect()) else { return };
    let from = (f64::from(event.client_x()), f64::from(event.client_y()));
    let grip = (from.0 - rect.left(), from.1 - rect.top());
    state.press.set_value(Some(Press { card, from, grip, size: (rect.width(), rect.height()) }));
}

/// The pointer moved over the board.
pub(super) fn travel(state: BoardState, event: &PointerEvent) {
    let Some(press) = state.press.get_value() else { return };
    let at = (f64::from(event.client_x()), f64::from(event.client_y()));
    let running = state.drag.with_untracked(Option::is_some);
    if !running {
        if !is_drag(press.from, at) {
            return;
        }
        if let Some(board) = state.element.get_untracked() {
            let _ = board.set_pointer_capture(event.pointer_id());
        }
        state.focus.set(Some(press.card));
    }
    let corner = (at.0 - press.grip.0, at.1 - press.grip.1);
    let spot = state.lanes.with_untracked(|lanes| spot_at(lanes, press.card, (at.0, corner.1 + press.size.1 / 2.0)));
    state.drag.set(Some(Drag { card: press.card, corner, width: press.size.0, spot, at }));
    if !running {
        scroll_at_edges(state);
    }
}

/// The pointer went up: the card lands.
pub(super) fn release(state: BoardState) {
    state.press.set_value(None);
    let Some(drag) = state.drag.get_untracked() else { return };
    state.drag.set(None);
    state.dropped.set_value(true);
    if let Some(spot) = drag.spot {
        state.move_card(drag.card, spot);
    }
}

/// The drag was given up; the card stays where it was. True when there was one.
pub(super) fn give_up(state: BoardState) -> bool {
    state.press.set_value(None);
    let ran = state.drag.with_untracked(Option::is_some);
    if ran {
        state.drag.set(None);
        state.dropped.set_value(true);
    }
    ran
}

fn spot_at(lanes: &[Lane], card: RecordingId, at: (f64, f64)) -> Option<Spot> {
    let last = lanes.last()?.stack;
    let strips: Vec<Extent> = (0..=last).map(|stack| across(&stack_id(stack))).collect();
    let stack = nearest(&strips, at.0)?;
    let here: Vec<&Lane> = lanes.iter().filter(|lane| lane.stack == stack).collect();
    let heights: Vec<Extent> = here.iter().map(|lane| upright(&lane_id(lane.column))).collect();
    let lane = here.get(nearest(&heights, at.1)?)?;
    let others: Vec<Extent> =
        lane.cards.iter().filter(|other| **other != card).map(|other| upright(&card_id(*other))).collect();
    Some(Spot { column: lane.column, position: slot(&others, at.1) })
}

fn scroll_at_edges(state: BoardState) {
    request_animation_frame(move || {
        let Some(Some(drag)) = state.drag.try_get_untracked() else { return };
        if let Some(board) = state.element.get_untracked() {
            let rect = board.get_bounding_client_rect();
            nudge(autoscroll(drag.at.0, Extent { start: rect.left(), end: rect.right() }), |by| {
                board.set_scroll_left(board.scroll_left() + by);
            });
        }
        let stack = drag.spot.and_then(|spot| {
            state
                .lanes
                .with_untracked(|lanes| lanes.iter().find(|lane| lane.column == spot.column).map(|lane| lane.stack))
        });
        if let Some(strip) = stack.and_then(|stack| element(&stack_id(stack))) {
            let rect = strip.get_bounding_client_rect();
            nudge(autoscroll(drag.at.1, Extent { start: rect.top(), end: rect.bottom() }), |by| {
                strip.set_scroll_top(strip.scroll_top() + by);
            });
        }
        scroll_at_edges(state);
    });
}

fn nudge(by: f64, scroll: impl FnOnce(i32)) {
    // A few pixels: far inside what an i32 holds.
    #[allow(clippy::cast_possible_truncation)]
    let whole = by.round() as i32;
    if whole != 0 {
        scroll(whole);
    }
}

fn across(id: &str) -> Extent {
    let rect = element(id).map(|element| element.get_bounding_client_rect());
    rect.map_or(Extent { start: 0.0, end: 0.0 }, |rect| Extent { start: rect.left(), end: rect.right() })
}

fn upright(id: &str) -> Extent {
    let rect = element(id).map(|element| element.get_bounding_client_rect());
    rect.map_or(Extent { start: 0.0, end: 0.0 }, |rect| Extent { start: rect.top(), end: rect.bottom() })
}

fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// The id of a card's element.
pub(crate) fn card_id(card: RecordingId) -> String {
    format!("card-{card}")
}
/// The id of a column's list of cards.
pub(crate) fn lane_id(column: RecordingId) -> String {
    format!("lane-{column}")
}
/// The id of an upright strip.
pub(crate) fn stack_id(stack: usize) -> String {
    format!("stack-{stack}")
}
