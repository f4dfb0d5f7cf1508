//! Which steps are chosen, and where those in the hand may go. Knows no page.

use std::collections::BTreeSet;

use flow::layout::{Layout, Plus, Point, Rect};
use flow::{At, Index, Place};

/// How near a `+` has to be for a drop, in pixels.
pub const REACH: f64 = 72.0;

/// The chosen steps in the order of the page, without those that stand inside another chosen one, and without the trigger.
#[must_use]
pub fn outermost(index: &Index<'_>, chosen: &BTreeSet<String>) -> Vec<String> {
    let mut end = 0;
    let mut names = Vec::new();
    for (number, entry) in index.entries().iter().enumerate() {
        if number >= end && chosen.contains(&entry.step.name) {
            end = number + entry.span;
            names.push(entry.step.name.clone());
        }
    }
    names
}

/// The steps whose cards a rectangle of the flow touches.
pub fn within(layout: &Layout, band: Rect) -> impl Iterator<Item = String> {
    layout.visible(band).map(|card| card.name.to_string())
}

/// The rectangle between two points.
#[must_use]
pub fn between(a: Point, b: Point) -> Rect {
    Rect { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
}

/// Whether steps may be dropped at a place: not inside themselves. Where a drop would change nothing is no place either,
/// unless it is a copy that is dropped.
#[must_use]
pub fn may_drop(index: &Index<'_>, names: &[String], is_copy: bool, place: &Place) -> bool {
    if is_copy {
        return true;
    }
    let parent = index.number(&place.parent);
    let is_inside = |name: &String| {
        index.number(name).zip(parent).is_some_and(|(holder, number)| match place.at {
            At::In(_) => index.holds(holder, number),
            At::After => holder != number && index.holds(holder, number),
        })
    };
    if names.iter().any(is_inside) {
        return false;
    }
    let [name] = names else { return true };
    let stays = place.at == At::After && place.parent == *name;
    !stays && where_it_is(index, name).as_ref() != Some(place)
}

/// The place that a step has.
fn where_it_is(index: &Index<'_>, name: &str) -> Option<Place> {
    let entry = index.entry(index.number(name)?)?;
    let Some(before) = entry.position.checked_sub(1) else {
        return Some(match entry.inside {
            Some((holder, slot)) => Place::inside(&index.entry(holder)?.step.name, slot),
            None => Place::after(index.trigger()),
        });
    };
    let is_before = |other: &&flow::Entry<'_>| other.inside == entry.inside && other.position == before;
    index.entries().iter().find(is_before).map(|before| Place::after(&before.step.name))
}

/// Where steps in the hand would go: the nearest `+` within reach that they may be dropped at.
#[must_use]
pub fn target<'l>(
    layout: &'l Layout,
    index: &Index<'_>,
    names: &[String],
    is_copy: bool,
    at: Point,
    zoom: f64,
) -> Option<&'l Plus> {
    let reach = REACH / zoom.max(0.01);
    let near = layout.pluses.iter().map(|plus| (plus, plus.rect.distance(at)));
    let mut near: Vec<_> = near.filter(|(_, distance)| *distance <= reach).collect();
    near.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    near.into_iter().map(|(plus, _)| plus).find(|plus| may_drop(index, names, is_copy, &plus.place()))
}

/// The next place that steps in the hand may go to, for the keyboard: in the order of the page, around the end.
#[must_use]
pub fn next_target(
    layout: &Layout,
    index: &Index<'_>,
    names: &[String],
    is_copy: bool,
    from: Option<&Place>,
    on: bool,
) -> Option<Place> {
    let mut places: Vec<(&Plus, Place)> = layout.pluses.iter().map(|plus| (plus, plus.place())).collect();
    let along = |plus: &Plus| {
        let (along, across) = match layout.orientation {
            flow::layout::Orientation::Vertical => (plus.rect.y, plus.rect.x),
            flow::layout::Orientation::Horizontal => (plus.rect.x, plus.rect.y),
        };
        (along, across)
    };
    places.sort_by(|(a, _), (b, _)| {
        let ((a, a_side), (b, b_side)) = (along(a), along(b));
        a.total_cmp(&b).then(a_side.total_cmp(&b_side))
    });
    let places: Vec<Place> = places
        .into_iter()
        .map(|(_, place)| place)
        .filter(|place| from == Some(place) || may_drop(index, names, is_copy, place))
        .collect();
    let count = places.len();
    let at = from.and_then(|from| places.iter().position(|place| place == from));
    let next = match (at, on) {
        (Some(at), true) => at + 1,
        (Some(at), false) => (at + count).checked_sub(1)?,
        (None, true) => 0,
        (None, false) => count.checked_sub(1)?,
    };
    places.into_iter().nth(next.checked_rem(count)?)
}

#[cfg(test)]
mod tests;
