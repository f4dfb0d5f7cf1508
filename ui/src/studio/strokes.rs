//! The lines of a flow as few strokes, for the painting of it: the lines of a chain go on behind its cards as one. Knows no page.

use flow::layout::{CARD_HEIGHT, CARD_WIDTH, Edge, Point};

/// A straight part of a line, from its beginning to its end.
pub type Stroke = (Point, Point);

/// All lines, as long as they go straight on.
#[must_use]
pub fn strokes(edges: &[Edge]) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::with_capacity(edges.len());
    for edge in edges {
        for part in edge.points.windows(2) {
            let [from, to] = part else { continue };
            match strokes.last_mut() {
                Some(last) if goes_on(*last, (*from, *to)) => last.1 = *to,
                Some(_) | None => strokes.push((*from, *to)),
            }
        }
    }
    strokes
}

/// Whether one stroke lies straight behind another with no more than a card in between.
fn goes_on((from, to): Stroke, (next, end): Stroke) -> bool {
    let is_one = |[first, rest @ ..]: [f64; 4]| rest.iter().all(|at| (at - first).abs() < 0.5);
    let follows = |[from, to, next, end]: [f64; 4], card: f64| {
        from < to && next < end && (0.0..card + 1.0).contains(&(next - to))
    };
    let (x, y) = ([from.x, to.x, next.x, end.x], [from.y, to.y, next.y, end.y]);
    is_one(x) && follows(y, CARD_HEIGHT) || is_one(y) && follows(x, CARD_WIDTH)
}

#[cfg(test)]
mod tests;
