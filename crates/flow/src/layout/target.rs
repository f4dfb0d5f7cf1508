//! What is under a point: for pointers, and for steps that are dragged.

use super::{Card, Layout, Plus, Point, Rect};

/// What a point hits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hit<'l> {
    /// A step, or the trigger.
    Card(&'l Card),
    /// A place for a step.
    Plus(&'l Plus),
}

impl Layout {
    /// What is at the point.
    #[must_use]
    pub fn hit(&self, point: Point) -> Option<Hit<'_>> {
        let plus = self.pluses.iter().find(|plus| plus.rect.contains(point)).map(Hit::Plus);
        plus.or_else(|| self.cards.iter().find(|card| card.rect.contains(point)).map(Hit::Card))
    }

    /// Where a step dragged to the point would go: the nearest `+` that is not further away than `reach`.
    #[must_use]
    pub fn drop_target(&self, point: Point, reach: f64) -> Option<&Plus> {
        let near = self.pluses.iter().map(|plus| (plus, plus.rect.distance(point)));
        near.filter(|(_, distance)| *distance <= reach).min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(plus, _)| plus)
    }

    /// The cards that are in sight, for drawing no others.
    pub fn visible(&self, sight: Rect) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(move |card| card.rect.overlaps(&sight))
    }

    /// The card of a step.
    #[must_use]
    pub fn card(&self, name: &str) -> Option<&Card> {
        self.cards.iter().find(|card| &*card.name == name)
    }
}
