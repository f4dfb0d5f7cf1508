//! Where everything of a flow is drawn: a pure function of the tree, computed anew on each edit and never stored.
//!
//! Two passes over a list of the steps, outer ones first: from its end each step is measured, from its beginning each is
//! placed. Every step is visited once in each, whatever the shape of the flow, and nothing recurses.

mod edges;
mod geometry;
mod measure;
mod place;
mod target;

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{At, Flow, Place, Slot};

pub use geometry::{Corners, Point, Rect};
pub use target::Hit;

pub(crate) use measure::drawn_chains;

/// Which way a flow runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// From top to bottom; branches side by side.
    #[default]
    Vertical,
    /// From left to right; branches one beneath the other.
    Horizontal,
}

/// The width of a card.
pub const CARD_WIDTH: f64 = 232.0;
/// The height of a card.
pub const CARD_HEIGHT: f64 = 60.0;
/// From a card to the next one in its chain.
pub const GAP: f64 = 60.0;
/// Between neighbouring branches.
pub const SIBLING_GAP: f64 = 80.0;
/// The radius of the corners of edges.
pub const ARC: f64 = 15.0;
/// The width and height of a `+` on an edge.
pub const PLUS: f64 = 20.0;
/// The width and height of the `+` of an empty chain.
pub const LARGE_PLUS: f64 = 40.0;
/// The room for the label of a branch.
pub const LABEL_WIDTH: f64 = 140.0;
/// The room for the label of a branch.
pub const LABEL_HEIGHT: f64 = 22.0;

/// A flow as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Which way it runs.
    pub orientation: Orientation,
    /// The trigger, then the steps in the order of the page; what a collapsed step holds is left out.
    pub cards: Vec<Card>,
    /// The lines between them.
    pub edges: Vec<Edge>,
    /// Where a step can be added.
    pub pluses: Vec<Plus>,
    /// What is written beside edges.
    pub labels: Vec<Label>,
    /// Around all of these. The trigger's middle is at 0 across the run, its beginning at 0 along it.
    pub bounds: Rect,
    /// How often a step or chain was looked at.
    pub(crate) visits: usize,
}

/// A step, or the trigger, as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its name.
    pub name: Arc<str>,
    /// Where.
    pub rect: Rect,
    /// How many steps it stands inside of.
    pub level: usize,
    /// The number that people call it by: 1 for the trigger. Steps in collapsed ones are counted.
    pub number: usize,
    /// How many steps it hides, if it is collapsed.
    pub hidden: Option<usize>,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// What it is.
    pub kind: EdgeKind,
    /// The step that it comes from, by name; of a joining line, the one that it returns to.
    pub step: Arc<str>,
    /// The chain of that step which it enters or leaves.
    pub slot: Option<Slot>,
    /// Its corners.
    pub points: Corners,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// From a step to the one behind it.
    Next,
    /// Into a branch, a loop's body, or what follows success or failure.
    Into,
    /// From the end of a branch back to the run of its step.
    Join,
    /// From the end of a loop's body back to the loop.
    Back,
    /// From the last step to the end of the flow.
    End,
}

/// Where a step can be added, or dropped.
#[derive(Clone, Debug, PartialEq)]
pub struct Plus {
    /// The step, or the trigger, that the place is at.
    pub step: Arc<str>,
    /// Behind it or in it.
    pub at: At,
    /// Where it is drawn.
    pub rect: Rect,
    /// Whether the chain is empty, so that it is drawn large.
    pub is_large: bool,
}

impl Plus {
    /// The place in the flow.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { parent: self.step.to_string(), at: self.at }
    }
}

/// What is written beside an edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The step.
    pub step: Arc<str>,
    /// The chain of it that the label names.
    pub slot: Slot,
    /// What it says.
    pub text: String,
    /// The room for it; what is longer is cut.
    pub rect: Rect,
}

/// Draws a flow. Of the steps named in `collapsed`, what they hold is left out.
#[must_use]
pub fn layout(flow: &Flow, orientation: Orientation, collapsed: &HashSet<String>) -> Layout {
    place::place(flow, &measure::measure(flow, orientation, collapsed))
}
