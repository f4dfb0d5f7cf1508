//! Where a card goes on a board: by pointer, by keys, and how far the board scrolls while one drags. Knows no page.

use contract::{BoardColumn, Kind, RecordingId};

use crate::say;

/// A column, or a column's on-hold section, as an order of cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lane {
    /// The column.
    pub(crate) column: RecordingId,
    /// The upright strip of the board that it stands in, from 0: an on-hold section stands under its column.
    pub(crate) stack: usize,
    /// Its cards from top to bottom.
    pub(crate) cards: Vec<RecordingId>,
}

/// A place on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The column.
    pub(crate) column: RecordingId,
    /// Place in it without the card itself, from 1.
    pub(crate) position: u32,
}

/// An arrow key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrow {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
}

impl Arrow {
    /// The arrow of a keyboard event's `key`.
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        match key {
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            "ArrowLeft" => Some(Self::Left),
            "ArrowRight" => Some(Self::Right),
            _ => None,
        }
    }
}

/// The order of a board's cards.
pub(crate) fn lanes(columns: &[BoardColumn]) -> Vec<Lane> {
    let mut stacks = 0_usize;
    columns
        .iter()
        .map(|column| {
            if column.column.kind != Kind::OnHoldColumn || stacks == 0 {
                stacks += 1;
            }
            let cards = column.cards.iter().map(|card| card.id).collect();
            Lane { column: column.column.id, stack: stacks - 1, cards }
        })
        .collect()
}

/// What the columns are called, from left to right: an on-hold section is named after the column that it stands under.
pub(crate) fn column_names(columns: &[BoardColumn]) -> Vec<(RecordingId, String)> {
    let mut above = String::new();
    let mut names = Vec::with_capacity(columns.len());
    for column in columns {
        let title = &column.column.title;
        let on_hold = column.column.kind == Kind::OnHoldColumn && !above.is_empty();
        names.push((column.column.id, if on_hold { say::project::column_on_hold(&above) } else { title.clone() }));
        if !on_hold {
            above.clone_from(title);
        }
    }
    names
}

/// The card that an arrow key goes to: up and down through a column and its on-hold section, sideways to the same height
/// or the last card of the next strip that has any.
pub(crate) fn walk(lanes: &[Lane], from: RecordingId, arrow: Arrow) -> Option<RecordingId> {
    let here = lanes.get(find(lanes, from)?.0)?;
    let strip: Vec<RecordingId> = cards_of(lanes, here.stack);
    let height = strip.iter().position(|card| *card == from)?;
    let level = |stack: usize| {
        let cards = cards_of(lanes, stack);
        cards.get(height).or(cards.last()).copied()
    };
    let last = lanes.last()?.stack;
    match arrow {
        Arrow::Up => strip.get(height.checked_sub(1)?).copied(),
        Arrow::Down => strip.get(height + 1).copied(),
        Arrow::Left => (0..here.stack).rev().find_map(level),
        Arrow::Right => (here.stack + 1..=last).find_map(level),
    }
}

fn cards_of(lanes: &[Lane], stack: usize) -> Vec<RecordingId> {
    lanes.iter().filter(|lane| lane.stack == stack).flat_map(|lane| lane.cards.iter().copied()).collect()
}

/// The spot that Alt and an arrow key move a card to. `None` at the board's edge.
pub(crate) fn shift(lanes: &[Lane], card: RecordingId, arrow: Arrow) -> Option<Spot> {
    let (lane, place) = find(lanes, card)?;
    let here = lanes.get(lane)?;
    let within = |lane: &&Lane| lane.stack == here.stack;
    let beside = |stack: usize| {
        let lane = lanes.iter().find(|lane| lane.stack == stack)?;
        Some(Spot { column: lane.column, position: position(place.min(lane.cards.len())) })
    };
    match arrow {
        Arrow::Up if place > 0 => Some(Spot { column: here.column, position: position(place - 1) }),
        Arrow::Down if place + 1 < here.cards.len() => {
            Some(Spot { column: here.column, position: position(place + 1) })
        }
        Arrow::Up => {
            let above = lanes.get(lane.checked_sub(1)?).filter(within)?;
            Some(Spot { column: above.column, position: position(above.cards.len()) })
        }
        Arrow::Down => lanes.get(lane + 1).filter(within).map(|below| Spot { column: below.column, position: 1 }),
        Arrow::Left => beside(here.stack.checked_sub(1)?),
        Arrow::Right => beside(here.stack + 1),
    }
}

/// The lanes after a card has moved. A card or column that is not there changes nothing.
pub(crate) fn arrange(lanes: &[Lane], card: RecordingId, to: Spot) -> Vec<Lane> {
    let known = find(lanes, card).is_some() && lanes.iter().any(|lane| lane.column == to.column);
    let mut after = lanes.to_vec();
    if !known {
        return after;
    }
    for lane in &mut after {
        lane.cards.retain(|other| *other != card);
        if lane.column == to.column {
            let index = usize::try_from(to.position.saturating_sub(1)).unwrap_or(usize::MAX).min(lane.cards.len());
            lane.cards.insert(index, card);
        }
    }
    after
}

/// Where a card is.
#[cfg(test)]
fn spot(lanes: &[Lane], card: RecordingId) -> Option<Spot> {
    let (lane, place) = find(lanes, card)?;
    Some(Spot { column: lanes.get(lane)?.column, position: position(place) })
}

/// One card on the screen, for finding what is under the pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    /// The upper or left edge, in CSS pixels.
    pub(crate) start: f64,
    /// The lower or right edge.
    pub(crate) end: f64,
}

/// The place in a column, from 1, that a card let go at `y` takes: behind every other card whose middle lies above.
/// `others` are the column's cards without the dragged one, from top to bottom.
pub(crate) fn slot(others: &[Extent], y: f64) -> u32 {
    position(others.iter().filter(|extent| f64::midpoint(extent.start, extent.end) < y).count())
}

/// The extent that `at` lies in, or the nearest one. `None` only when there are none.
pub(crate) fn nearest(extents: &[Extent], at: f64) -> Option<usize> {
    let distance = |extent: &Extent| if at < extent.start { extent.start - at } else { (at - extent.end).max(0.0) };
    extents.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(index, _)| index)
}

/// Width of the strip at an edge in which dragging scrolls, in CSS pixels.
const STRIP: f64 = 56.0;
/// The fastest scrolling, in CSS pixels a frame.
const FASTEST: f64 = 18.0;

/// How far to scroll in this frame while the pointer is at `at` inside `view`: negative towards its start, and faster the
/// nearer to the edge. A view too small for two strips scrolls in its outer quarters.
pub(crate) fn autoscroll(at: f64, view: Extent) -> f64 {
    let strip = STRIP.min((view.end - view.start) / 4.0);
    if strip <= 0.0 {
        return 0.0;
    }
    let speed = |depth: f64| (depth / strip).clamp(0.0, 1.0) * FASTEST;
    speed(at - (view.end - strip)) - speed(view.start + strip - at)
}

/// How far the pointer must go before a press becomes a drag, in CSS pixels.
pub(crate) const THRESHOLD: f64 = 6.0;

/// True when a press that began at `from` has become a drag.
pub(crate) fn is_drag(from: (f64, f64), at: (f64, f64)) -> bool {
    (at.0 - from.0).hypot(at.1 - from.1) >= THRESHOLD
}

fn find(lanes: &[Lane], card: RecordingId) -> Option<(usize, usize)> {
    lanes
        .iter()
        .enumerate()
        .find_map(|(index, lane)| lane.cards.iter().position(|other| *other == card).map(|place| (index, place)))
}

fn position(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
