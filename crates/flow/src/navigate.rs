//! Ways through a flow for the keyboard: from card to card, into branches and out of them, and with a step in hand.

use serde::{Deserialize, Serialize};

use crate::layout::drawn_chains;
use crate::{At, Flow, Index, Op, Place, Slot, Step};

/// Where the keyboard is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// On a step, or on the trigger.
    Card(String),
    /// On the `+` of an empty chain.
    Plus(Place),
}

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To what runs before it; from the first of a chain, to the step that holds it.
    Back,
    /// To what runs behind it in its chain.
    On,
    /// Into what it holds.
    Into,
    /// To the step that holds it.
    Out,
    /// To the next branch.
    NextBranch,
    /// To the branch before.
    PreviousBranch,
}

/// The spot that lies that way; `None` if none does.
#[must_use]
pub fn go(flow: &Flow, from: &Spot, way: Way) -> Option<Spot> {
    let index = Index::of(flow);
    let card = |step: &Step| Spot::Card(step.name.clone());
    let name = match from {
        Spot::Card(name) => name,
        Spot::Plus(Place { parent, at: At::In(slot) }) => {
            let holder = index.step(parent)?;
            return match way {
                Way::Back | Way::Out => Some(card(holder)),
                Way::On | Way::Into => None,
                Way::NextBranch | Way::PreviousBranch => beside(holder, *slot, way),
            };
        }
        Spot::Plus(Place { parent, at: At::After }) => return Some(Spot::Card(parent.clone())),
    };
    if name == index.trigger() {
        return if way == Way::On { flow.steps.first().map(card) } else { None };
    }
    let number = index.number(name)?;
    let entry = index.entry(number)?;
    let holder = || match entry.inside {
        Some((holder, _)) => index.entry(holder).map(|holder| card(holder.step)),
        None => Some(Spot::Card(index.trigger().to_owned())),
    };
    match way {
        Way::On => index.siblings(number, flow)?.get(entry.position + 1).map(card),
        Way::Back => match entry.position.checked_sub(1) {
            Some(before) => index.siblings(number, flow)?.get(before).map(card),
            None => holder(),
        },
        Way::Into => drawn_chains(entry.step).next().map(|(slot, _)| entrance(entry.step, slot)),
        Way::Out => holder(),
        Way::NextBranch | Way::PreviousBranch => {
            let (holder, slot) = entry.inside?;
            beside(index.entry(holder)?.step, slot, way)
        }
    }
}

/// The operation that moves a step that way; `None` if nothing lies there.
///
/// `Into` goes to the end of the first chain of the step before it, `Out` behind the step that holds it.
#[must_use]
pub fn nudge(flow: &Flow, name: &str, way: Way) -> Option<Op> {
    let index = Index::of(flow);
    let number = index.number(name)?;
    let entry = index.entry(number)?;
    let siblings = index.siblings(number, flow)?;
    let before = entry.position.checked_sub(1).and_then(|before| siblings.get(before));
    let holder = entry.inside.and_then(|(holder, slot)| Some((index.entry(holder)?.step, slot)));
    let to = match way {
        Way::On => Place::after(&siblings.get(entry.position + 1)?.name),
        Way::Back => index.place(index.number(&before?.name)?, flow)?,
        Way::Into => {
            let (slot, _) = drawn_chains(before?).next()?;
            end(before?, slot)
        }
        Way::Out => Place::after(&holder?.0.name),
        Way::NextBranch | Way::PreviousBranch => {
            let (holder, slot) = holder?;
            end(holder, neighbour(holder, slot, way)?)
        }
    };
    Some(Op::MoveAction { name: name.to_owned(), to })
}

/// The first spot of a chain.
fn entrance(holder: &Step, slot: Slot) -> Spot {
    match holder.chain(slot).and_then(|chain| chain.first()) {
        Some(first) => Spot::Card(first.name.clone()),
        None => Spot::Plus(Place::inside(&holder.name, slot)),
    }
}

/// The last place of a chain.
fn end(holder: &Step, slot: Slot) -> Place {
    match holder.chain(slot).and_then(|chain| chain.last()) {
        Some(last) => Place::after(&last.name),
        None => Place::inside(&holder.name, slot),
    }
}

fn beside(holder: &Step, slot: Slot, way: Way) -> Option<Spot> {
    neighbour(holder, slot, way).map(|slot| entrance(holder, slot))
}

fn neighbour(holder: &Step, slot: Slot, way: Way) -> Option<Slot> {
    let slots: Vec<Slot> = drawn_chains(holder).map(|(slot, _)| slot).collect();
    let at = slots.iter().position(|found| *found == slot)?;
    let next = if way == Way::NextBranch { at + 1 } else { at.checked_sub(1)? };
    slots.get(next).copied()
}
