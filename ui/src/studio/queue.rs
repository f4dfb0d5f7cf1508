//! In which order what is missing comes to the page, and how much of it in a frame: a card costs a browser far more than its
//! share of a frame, and a hundred at once are a halt. Knows no page.

use flow::layout::{CARD_HEIGHT, CARD_WIDTH, LABEL_HEIGHT, LABEL_WIDTH, LARGE_PLUS, PLUS, Point, Rect};

use super::scene::{Look, Mark};

/// What a card costs; anything else costs one.
const CARD: usize = 4;
/// What may be spent in a frame while the view moves.
const MOVING: usize = 16;
/// What may be spent in a frame of what is beyond the edges, while nothing moves.
const BEYOND: usize = 48;
/// What may be spent in a frame of what is in sight, while nothing moves: a usual window at once.
const SEEN: usize = 400;

/// What is still to be made.
#[derive(Debug, Default)]
pub struct Queue {
    /// What is nearest comes last, and is taken first.
    missing: Vec<Mark>,
    /// How many of the last are in sight.
    seen: usize,
}

impl Queue {
    /// Puts what is missing in order, by how far it is from what is in sight; cards before what is between them.
    #[must_use]
    pub fn new(missing: Vec<Mark>, sight: Rect) -> Self {
        let mut far: Vec<(f64, Mark)> = missing.into_iter().map(|mark| (distance(rect(&mark), sight), mark)).collect();
        far.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| cost(one).cmp(&cost(other))));
        let seen = far.iter().rev().take_while(|(distance, _)| *distance <= 0.0).count();
        Self { missing: far.into_iter().map(|(_, mark)| mark).collect(), seen }
    }

    /// Whether there is nothing left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty()
    }

    /// What is made in one frame.
    pub fn portion(&mut self, moving: bool) -> Vec<Mark> {
        let only_seen = !moving && self.seen > 0;
        let mut room = match (moving, only_seen) {
            (true, _) => MOVING,
            (false, true) => SEEN,
            (false, false) => BEYOND,
        };
        let mut portion = Vec::new();
        while room > 0 && !(only_seen && self.seen == 0) {
            let Some(mark) = self.missing.pop() else { break };
            self.seen = self.seen.saturating_sub(1);
            room = room.saturating_sub(cost(&mark));
            portion.push(mark);
        }
        portion
    }
}

fn cost(mark: &Mark) -> usize {
    match mark.look {
        Look::Card(_) => CARD,
        Look::Plus { .. } | Look::Label { .. } | Look::Line { .. } | Look::End => 1,
    }
}

/// Where a thing is.
fn rect(mark: &Mark) -> Rect {
    let sized = |width: f64, height: f64| Rect { x: mark.at.x, y: mark.at.y, width, height };
    match &mark.look {
        Look::Card(_) => sized(CARD_WIDTH, CARD_HEIGHT),
        Look::Plus { is_large: true, .. } => sized(LARGE_PLUS, LARGE_PLUS),
        Look::Plus { is_large: false, .. } | Look::End => sized(PLUS, PLUS),
        Look::Label { .. } => sized(LABEL_WIDTH, LABEL_HEIGHT),
        Look::Line { points, .. } => {
            let spot = |point: &Point| Rect { x: point.x, y: point.y, width: 0.0, height: 0.0 };
            points.iter().map(spot).reduce(|all, point| all.union(&point)).unwrap_or_default()
        }
    }
}

/// How far two rectangles are apart; 0 where they touch.
fn distance(a: Rect, b: Rect) -> f64 {
    let across = (b.x - a.x - a.width).max(a.x - b.x - b.width).max(0.0);
    let down = (b.y - a.y - a.height).max(a.y - b.y - b.height).max(0.0);
    across.hypot(down)
}

#[cfg(test)]
mod tests;
