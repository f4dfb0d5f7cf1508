//! Points and rectangles; x to the right, y downwards.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::Orientation;

/// A place on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A rectangle on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// To the right.
    pub width: f64,
    /// Downwards.
    pub height: f64,
}

impl Rect {
    /// Whether the point is in it or on its edge.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        (self.x..=self.x + self.width).contains(&point.x) && (self.y..=self.y + self.height).contains(&point.y)
    }

    /// Whether the two share more than an edge.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// Its middle.
    #[must_use]
    pub fn middle(&self) -> Point {
        Point { x: self.x + self.width / 2.0, y: self.y + self.height / 2.0 }
    }

    /// How far a point is from it; 0 inside.
    #[must_use]
    pub fn distance(&self, point: Point) -> f64 {
        let across = (self.x - point.x).max(point.x - self.x - self.width).max(0.0);
        let down = (self.y - point.y).max(point.y - self.y - self.height).max(0.0);
        across.hypot(down)
    }

    /// The smallest that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: (self.x + self.width).max(other.x + other.width) - x,
            height: (self.y + self.height).max(other.y + other.height) - y,
        }
    }
}

/// The corners of a line, from its beginning to its end: at most five.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Corners {
    points: [Point; 5],
    count: usize,
}

impl Corners {
    /// Adds a corner, unless it is where the last one is or there are five.
    pub(super) fn push(&mut self, point: Point) {
        if self.last() == Some(&point) {
            return;
        }
        if let Some(free) = self.points.get_mut(self.count) {
            *free = point;
            self.count += 1;
        }
    }
}

impl Deref for Corners {
    type Target = [Point];

    fn deref(&self) -> &[Point] {
        self.points.get(..self.count).unwrap_or_default()
    }
}

/// A place told by the run of the flow: `along` from its beginning, `across` from its middle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Run {
    pub(super) along: f64,
    pub(super) across: f64,
}

impl Run {
    pub(super) fn point(self, orientation: Orientation) -> Point {
        match orientation {
            Orientation::Vertical => Point { x: self.across, y: self.along },
            Orientation::Horizontal => Point { x: self.along, y: self.across },
        }
    }

    /// A rectangle of this width and height around it.
    pub(super) fn around(self, orientation: Orientation, width: f64, height: f64) -> Rect {
        let middle = self.point(orientation);
        Rect { x: middle.x - width / 2.0, y: middle.y - height / 2.0, width, height }
    }
}
