//! From where the canvas is looked at, and what of it is collapsed.

use std::collections::BTreeSet;

use flow::Spot;
use flow::layout::{Orientation, Point, Rect};
use leptos::prelude::*;

use crate::say;
use crate::studio::keys::Action;
use crate::studio::notes;
use crate::studio::outline::foldable;
use crate::studio::state::Studio;
use crate::studio::viewport::Viewport;

pub(super) fn zoom(studio: Studio, action: Action) {
    let (size, view) = (studio.size.get_untracked(), studio.viewport.get_untracked());
    let is_stop = matches!(action, Action::ZoomIn | Action::ZoomOut);
    let to = if is_stop { view.stop(action == Action::ZoomIn) } else { 1.0 };
    // About what the keyboard is on, if that is in sight; else about the middle.
    let sight = view.sight(size);
    let about = studio.focus.with_untracked(|spot| spot.as_ref().and_then(|spot| studio.rect_of(spot)));
    let about = about
        .filter(|rect| rect.overlaps(&sight))
        .map_or(Point { x: size.0 / 2.0, y: size.1 / 2.0 }, |rect| view.to_screen(rect.middle()));
    studio.viewport.set(view.zoomed_to(about, to));
    studio.say(say::studio::percent(percent(to)));
}

/// A zoom as people read it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 5 and 200")]
pub(in crate::studio) fn percent(zoom: f64) -> String {
    ((zoom * 100.0).round() as u32).to_string()
}

pub(super) fn fit(studio: Studio, bounds: Option<Rect>) {
    let whole = || {
        let drawn = studio.drawn.with_untracked(|drawn| drawn.layout.bounds);
        studio.flow.with_untracked(|flow| flow.notes.iter().fold(drawn, |all, note| all.union(&notes::rect(note))))
    };
    let size = studio.size.get_untracked();
    if size.0 > 0.0 {
        studio.viewport.set(Viewport::fit(bounds.unwrap_or_else(whole), size));
    }
}

pub(super) fn chosen_bounds(studio: Studio) -> Option<Rect> {
    studio.selection.with_untracked(|chosen| {
        let rects = chosen.iter().filter_map(|name| studio.rect_of(&Spot::Card(name.clone())));
        rects.reduce(|all, rect| all.union(&rect))
    })
}

pub(super) fn turn(studio: Studio) {
    let turned = match studio.orientation.get_untracked() {
        Orientation::Vertical => Orientation::Horizontal,
        Orientation::Horizontal => Orientation::Vertical,
    };
    studio.orientation.set(turned);
    studio.lay_out();
    opening(studio);
    studio.reveal();
    studio.say(match turned {
        Orientation::Vertical => say::studio::runs_down(),
        Orientation::Horizontal => say::studio::runs_right(),
    });
}

/// Looks at the flow as it is first shown.
pub(in crate::studio) fn opening(studio: Studio) {
    let size = studio.size.get_untracked();
    let is_vertical = studio.orientation.get_untracked() == Orientation::Vertical;
    let view = studio.drawn.with_untracked(|drawn| {
        let first = drawn.layout.cards.first().map(|card| card.rect).unwrap_or_default();
        Viewport::opening(drawn.layout.bounds, first, is_vertical, size)
    });
    studio.viewport.set(view);
}

pub(super) fn fold(studio: Studio) {
    let Some(Spot::Card(name)) = studio.focus.get_untracked() else { return studio.say(say::studio::go_to_step()) };
    fold_one(studio, &name);
}

/// Collapses a step, or opens it.
pub(in crate::studio) fn fold_one(studio: Studio, name: &str) {
    if !studio.with_shown(|flow| flow.step(name).is_some_and(flow::Step::holds_steps)) {
        return studio.say(say::studio::nothing_inside());
    }
    let before = studio.rect_of(&Spot::Card(name.to_owned()));
    studio.collapsed.update(|collapsed| {
        if !collapsed.remove(name) {
            collapsed.insert(name.to_owned());
        }
    });
    let is_closed = studio.collapsed.with_untracked(|collapsed| collapsed.contains(name));
    studio.after_change();
    // The step stays where it was on the screen, whatever moved around it.
    if let (Some(before), Some(after)) = (before, studio.rect_of(&Spot::Card(name.to_owned()))) {
        let view = studio.viewport.get_untracked();
        studio.viewport.set(view.panned(((before.x - after.x) * view.zoom, (before.y - after.y) * view.zoom)));
    }
    let hidden = studio.drawn.with_untracked(|drawn| drawn.layout.card(name).and_then(|card| card.hidden));
    match hidden.filter(|_| is_closed) {
        Some(hidden) => studio.say(say::studio::collapsed(hidden)),
        None => studio.say(say::studio::expanded()),
    }
}

pub(super) fn fold_all(studio: Studio) {
    let is_any = studio.collapsed.with_untracked(|collapsed| !collapsed.is_empty());
    let all = if is_any { BTreeSet::new() } else { studio.with_shown(foldable) };
    studio.say(if is_any { say::studio::all_expanded() } else { say::studio::all_collapsed() });
    studio.collapsed.set(all.into_iter().collect());
    studio.after_change();
    fit(studio, None);
}
