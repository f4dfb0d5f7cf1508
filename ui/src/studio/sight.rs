//! What of a flow has to exist on the page: how much is drawn of each step, and which steps are near enough. Knows no page.

use flow::layout::Rect;

/// How much is drawn of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// A card with its words.
    #[default]
    Cards,
    /// A plain box, painted: thousands of them cost no more than a picture.
    Painted,
}

/// Below this zoom the words of a card cannot be read.
const OUT: f64 = 0.45;
/// From this zoom on they can. The two differ, so that a zoom near them does not flicker.
const IN: f64 = 0.5;
/// What exists reaches beyond what is in sight by so much of it on each side.
const MARGIN: f64 = 0.5;

impl Level {
    /// The level at a zoom, coming from another one.
    #[must_use]
    pub fn at(self, zoom: f64) -> Self {
        match self {
            Self::Cards if zoom < OUT => Self::Painted,
            Self::Painted if zoom >= IN => Self::Cards,
            Self::Cards | Self::Painted => self,
        }
    }
}

/// What is to exist from now on, if that has to change. While the view moves only when something in sight is missing; once
/// it has `settled` also when what exists has drifted away from it.
#[must_use]
pub fn next(exists: Option<Rect>, sight: Rect, settled: bool) -> Option<Rect> {
    let wanted = grown(sight);
    let Some(exists) = exists else { return Some(wanted) };
    let too_much = exists.width > 1.5 * wanted.width || exists.height > 1.5 * wanted.height;
    let (from, to) = (exists.middle(), wanted.middle());
    let drifted =
        (from.x - to.x).abs() > sight.width * MARGIN / 2.0 || (from.y - to.y).abs() > sight.height * MARGIN / 2.0;
    let is_missing = !covers(exists, sight);
    (is_missing || settled && (too_much || drifted)).then_some(wanted)
}

fn grown(sight: Rect) -> Rect {
    let (across, down) = (sight.width * MARGIN, sight.height * MARGIN);
    Rect {
        x: sight.x - across,
        y: sight.y - down,
        width: sight.width + 2.0 * across,
        height: sight.height + 2.0 * down,
    }
}

fn covers(outer: Rect, inner: Rect) -> bool {
    outer.x <= inner.x
        && outer.y <= inner.y
        && outer.x + outer.width >= inner.x + inner.width
        && outer.y + outer.height >= inner.y + inner.height
}

#[cfg(test)]
mod tests;
