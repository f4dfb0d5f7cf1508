//! Lines as paths that a browser draws.

use std::fmt::Write as _;

use super::{ARC, Edge, Point};

impl Edge {
    /// The line as the `d` of an SVG path, with round corners.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        let Some(first) = self.points.first() else { return path };
        // Writing to a String cannot fail.
        let _ = write!(path, "M{} {}", first.x, first.y);
        for corner in self.points.windows(3) {
            let [before, at, after] = corner else { continue };
            let (entry, exit) = (towards(*at, *before), towards(*at, *after));
            let _ = write!(path, "L{} {}Q{} {} {} {}", entry.x, entry.y, at.x, at.y, exit.x, exit.y);
        }
        if let [.., last] = &*self.points {
            let _ = write!(path, "L{} {}", last.x, last.y);
        }
        path
    }

    /// The middle of its longest part, for a mark on the line.
    #[must_use]
    pub fn middle(&self) -> Point {
        let length = |part: &[Point]| match part {
            [a, b] => (a.x - b.x).abs() + (a.y - b.y).abs(),
            _ => 0.0,
        };
        let longest = self.points.windows(2).max_by(|a, b| length(a).total_cmp(&length(b)));
        match longest {
            Some([a, b]) => Point { x: a.x.midpoint(b.x), y: a.y.midpoint(b.y) },
            _ => self.points.first().copied().unwrap_or_default(),
        }
    }
}

/// From a corner towards the next one, by the radius or half the way.
fn towards(corner: Point, next: Point) -> Point {
    let (x, y) = (next.x - corner.x, next.y - corner.y);
    let way = x.hypot(y);
    if way == 0.0 {
        return corner;
    }
    let part = ARC.min(way / 2.0) / way;
    Point { x: corner.x + x * part, y: corner.y + y * part }
}
