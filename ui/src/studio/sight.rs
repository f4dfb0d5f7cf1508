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
const OUT: f64 = 0.55;
/// From this zoom on they can. The two differ, so that a zoom near them does not flicker.
const IN: f64 = 0.6;
/// What exists reaches beyond what is in sight by so much of it on each side.
const MARGIN: f64 = 0.4;
/// So much of that may be used up before more is asked for: what comes is made before it is in sight.
const USED: f64 = 0.6;

impl Level {
    /// The level at a zoom, coming from another one. In the middle of a motion nothing becomes a card: from the painting it
    /// goes to cards when the view is at `rest`.
    #[must_use]
    pub fn at(self, zoom: f64, rest: bool) -> Self {
        match self {
            Self::Cards if zoom < OUT => Self::Painted,
            Self::Painted if zoom >= IN && rest => Self::Cards,
            Self::Cards | Self::Painted => self,
        }
    }
}

/// What is to exist from now on, if that has to change. While the view moves only when something in sight will soon be missing;
/// once it has `settled` also when what exists has drifted away from it.
#[must_use]
pub fn next(exists: Option<Rect>, sight: Rect, settled: bool) -> Option<Rect> {
    let wanted = grown(sight, MARGIN);
    let Some(exists) = exists else { return Some(wanted) };
    let too_much = exists.width > 1.5 * wanted.width || exists.height > 1.5 * wanted.height;
    let (from, to) = (exists.middle(), wanted.middle());
    let drifted =
        (from.x - to.x).abs() > sight.width * MARGIN / 2.0 || (from.y - to.y).abs() > sight.height * MARGIN / 2.0;
    let is_missing = !covers(exists, grown(sight, MARGIN * (1.0 - USED)));
    (is_missing || settled && (too_much || drifted)).then_some(wanted)
}

/// What the ground covers: all that can come into sight of a pane of this size while there are cards. In steps so large that an
/// edit seldom makes it another.
#[must_use]
pub fn ground(bounds: Rect, size: (f64, f64)) -> Rect {
    const STEP: f64 = 2_000.0;
    let (across, down) = (size.0 / OUT, size.1 / OUT);
    let low = |start: f64| (start / STEP).floor() * STEP;
    let high = |end: f64| (end / STEP).ceil() * STEP;
    let (x, y) = (low(bounds.x - across), low(bounds.y - down));
    let (right, bottom) = (high(bounds.x + bounds.width + across), high(bounds.y + bounds.height + down));
    Rect { x, y, width: right - x, height: bottom - y }
}

/// Larger by a part of itself on each side.
fn grown(sight: Rect, part: f64) -> Rect {
    let (across, down) = (sight.width * part, sight.height * part);
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
