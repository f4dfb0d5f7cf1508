//! The first pass: how much room each step and each chain takes, from the innermost out.

use std::collections::HashSet;
use std::sync::Arc;

use super::{CARD_HEIGHT, CARD_WIDTH, GAP, LABEL_HEIGHT, LABEL_WIDTH, LARGE_PLUS, Orientation, PLUS, SIBLING_GAP};
use crate::{Chain, ErrorHandling, Flow, Kind, Slot, Step};

/// Sizes seen along the run of the flow and across it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) card_along: f64,
    pub(super) card_across: f64,
    /// From a loop's card to the first step in it.
    pub(super) loop_head: f64,
    /// From the card of a step with branches to the first step in them.
    pub(super) branch_head: f64,
    /// From a card to where its lines part.
    pub(super) fan: f64,
    /// From a card to the middle of the labels of its branches.
    pub(super) label: f64,
}

impl Sizes {
    fn of(orientation: Orientation) -> Self {
        const FAN: f64 = 40.0;
        const AIR: f64 = 10.0;
        let (card_along, card_across, label_along) = match orientation {
            Orientation::Vertical => (CARD_HEIGHT, CARD_WIDTH, LABEL_HEIGHT),
            Orientation::Horizontal => (CARD_WIDTH, CARD_HEIGHT, LABEL_WIDTH),
        };
        Self {
            card_along,
            card_across,
            loop_head: FAN + AIR + PLUS + GAP / 2.0,
            branch_head: FAN + AIR + label_along + AIR + PLUS / 2.0 + GAP / 2.0,
            fan: FAN,
            label: FAN + AIR + label_along / 2.0,
        }
    }
}

/// How a step is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shape {
    /// One card.
    Plain,
    /// A card with a body beside its run.
    Loop,
    /// A card with branches beneath it.
    Branches,
}

/// A step that is drawn.
#[derive(Debug)]
pub(super) struct Item<'f> {
    pub(super) step: &'f Step,
    /// Its name, to be shared by all that is drawn of it.
    pub(super) name: Arc<str>,
    /// The chain that it stands in, by number.
    pub(super) chain: usize,
    pub(super) shape: Shape,
    pub(super) level: usize,
    pub(super) number: usize,
    pub(super) hidden: Option<usize>,
    /// The numbers of its own chains.
    pub(super) chains: std::ops::Range<usize>,
    /// How far it reaches from its middle to the one side, and to the other.
    pub(super) low: f64,
    pub(super) high: f64,
    /// How long it is, with what it holds.
    pub(super) length: f64,
}

/// A chain that is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) slot: Slot,
    pub(super) low: f64,
    pub(super) high: f64,
    /// With the gap behind its last step.
    pub(super) length: f64,
    pub(super) is_empty: bool,
}

#[derive(Debug)]
pub(super) struct Measured<'f> {
    pub(super) orientation: Orientation,
    pub(super) sizes: Sizes,
    /// Outer ones first, in the order of the page.
    pub(super) items: Vec<Item<'f>>,
    /// The outermost is the first.
    pub(super) rooms: Vec<Room>,
    pub(super) visits: usize,
}

pub(super) fn measure<'f>(flow: &'f Flow, orientation: Orientation, collapsed: &HashSet<String>) -> Measured<'f> {
    let sizes = Sizes::of(orientation);
    let half = sizes.card_across / 2.0;
    let room = |slot: Slot, chain: &Chain| {
        let length = if chain.is_empty() { LARGE_PLUS + GAP } else { 0.0 };
        Room { slot, low: half, high: half, length, is_empty: chain.is_empty() }
    };
    let mut rooms = vec![room(Slot::Body, &flow.steps)];
    let mut items = list(flow, collapsed, &mut rooms, &room);
    let mut visits = 2 * items.len() + rooms.len();
    for item in items.iter_mut().rev() {
        visits += item.chains.len();
        let held = rooms.get(item.chains.clone()).unwrap_or_default();
        match (item.shape, held) {
            (Shape::Loop, [body, ..]) => {
                item.low = half + SIBLING_GAP;
                item.high = (SIBLING_GAP + body.low + body.high).max(half);
                item.length = sizes.card_along + sizes.loop_head + body.length;
            }
            (Shape::Branches, [_, ..]) => {
                let gaps = SIBLING_GAP * held.len().saturating_sub(1) as f64;
                let across = held.iter().map(|room| room.low + room.high).sum::<f64>() + gaps;
                item.low = (across / 2.0).max(half);
                item.high = item.low;
                let longest = held.iter().map(|room| room.length).fold(0.0, f64::max);
                item.length = sizes.card_along + sizes.branch_head + longest;
            }
            _ => (item.low, item.high, item.length) = (half, half, sizes.card_along),
        }
        if let Some(room) = rooms.get_mut(item.chain) {
            room.low = room.low.max(item.low);
            room.high = room.high.max(item.high);
            room.length += item.length + GAP;
        }
    }
    Measured { orientation, sizes, items, rooms, visits }
}

/// The steps that are drawn, and the chains that they hold.
fn list<'f>(
    flow: &'f Flow,
    collapsed: &HashSet<String>,
    rooms: &mut Vec<Room>,
    room: &dyn Fn(Slot, &Chain) -> Room,
) -> Vec<Item<'f>> {
    let spans = if collapsed.is_empty() { Vec::new() } else { spans(flow) };
    let mut items: Vec<Item<'f>> = Vec::new();
    // For each step by its number in the flow, its number among those drawn.
    let mut drawn: Vec<usize> = Vec::new();
    // Where what a collapsed step holds has ended.
    let mut shown_from = 0;
    for (number, entry) in flow.steps.walk().enumerate() {
        drawn.push(items.len());
        if number < shown_from {
            continue;
        }
        let span = spans.get(number).copied().unwrap_or(1);
        let step = entry.step;
        let is_collapsed = span > 1 && collapsed.contains(&step.name);
        let shape = if is_collapsed { Shape::Plain } else { shape(step) };
        let first = rooms.len();
        rooms.extend(shown(step, shape).map(|(slot, chain)| room(slot, chain)));
        let chain = match entry.inside {
            None => 0,
            Some((holder, slot)) => {
                let chains = drawn.get(holder).and_then(|at| items.get(*at)).map_or(0..0, |item| item.chains.clone());
                chains.start + offset(rooms.get(chains).unwrap_or_default(), slot)
            }
        };
        items.push(Item {
            step,
            name: step.name.as_str().into(),
            chain,
            shape,
            level: entry.level,
            number: number + 2,
            hidden: is_collapsed.then_some(span - 1),
            chains: first..rooms.len(),
            low: 0.0,
            high: 0.0,
            length: 0.0,
        });
        if is_collapsed {
            shown_from = number + span;
        }
    }
    items
}

/// How many steps each is, with all that it holds.
fn spans(flow: &Flow) -> Vec<usize> {
    let holders: Vec<Option<usize>> = flow.steps.walk().map(|visit| visit.inside.map(|(holder, _)| holder)).collect();
    let mut spans = vec![1; holders.len()];
    for (number, holder) in holders.iter().enumerate().rev() {
        if let (Some(span), Some(holder)) = (spans.get(number).copied(), *holder)
            && let Some(holder) = spans.get_mut(holder)
        {
            *holder += span;
        }
    }
    spans
}

/// The chains of a router are drawn all and in order; any other step has few.
fn offset(rooms: &[Room], slot: Slot) -> usize {
    if let Slot::Branch(n) = slot
        && rooms.get(n).is_some_and(|room| room.slot == slot)
    {
        return n;
    }
    rooms.iter().position(|room| room.slot == slot).unwrap_or_default()
}

fn shape(step: &Step) -> Shape {
    match &step.kind {
        Kind::Loop(_) => Shape::Loop,
        Kind::Router(router) if router.branches.is_empty() => Shape::Plain,
        Kind::Router(_) => Shape::Branches,
        Kind::Code(_) | Kind::Piece(_) => {
            let goes_on = step.errors().is_some_and(|errors: &ErrorHandling| errors.continue_on_failure == Some(true));
            if goes_on || step.holds_steps() { Shape::Branches } else { Shape::Plain }
        }
        Kind::Other(_) if step.holds_steps() => Shape::Branches,
        Kind::Other(_) => Shape::Plain,
    }
}

/// The chains of a step that are drawn: all that a person may fill; of an unknown kind, those that are filled.
pub(crate) fn drawn_chains(step: &Step) -> impl Iterator<Item = (Slot, &Chain)> {
    shown(step, shape(step))
}

fn shown(step: &Step, shape: Shape) -> impl Iterator<Item = (Slot, &Chain)> {
    let is_other = matches!(step.kind, Kind::Other(_));
    step.chains().take_while(move |_| shape != Shape::Plain).filter(move |(_, chain)| !is_other || !chain.is_empty())
}
