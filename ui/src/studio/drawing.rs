//! What follows the view: the layer that moves, what exists on it, and the painting from far away. A view that moves costs a
//! transform and a few cards a frame; the rest is done when it has come to rest.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::paint;
use super::pointer::{Pointers, sizes};
use super::scene::{Mark, Told, scene};
use super::sight::{self, Level};
use super::state::Studio;
use super::surface::{Surface, shift};
use crate::state::{effect, memo};

/// The canvas counts as at rest so long after the last move.
const REST: Duration = Duration::from_millis(140);

/// Moves the layer, and decides what has to exist.
pub(super) fn follow_view(studio: Studio, pointers: Pointers, layer: NodeRef<html::Div>) {
    let first = StoredValue::new(true);
    effect(move || {
        let (view, size) = (studio.viewport.get(), studio.size.get());
        let Some(layer) = layer.get() else { return };
        let style = web_sys::HtmlElement::style(&layer);
        let _ =
            style.set_property("transform", &[&shift(view.x, view.y), " scale(", &view.zoom.to_string(), ")"].concat());
        if size.0 <= 0.0 {
            return;
        }
        // The first move after a rest may be all that there is: a jump, not a motion.
        let is_motion = pointers.under_way.get_value();
        let level = studio.level.get_untracked().at(view.zoom, !is_motion);
        if level != studio.level.get_untracked() {
            studio.level.set(level);
        }
        see(studio, false);
        if first.get_value() {
            first.set_value(false);
            return;
        }
        if is_motion && !studio.moving.get_untracked() {
            studio.moving.set(true);
        }
        rest_later(studio, pointers);
    });
}

/// Keeps the ground under everything. It gives the layer a size of its own: one that grew with each card would be painted
/// anew with each card.
pub(super) fn keep_ground(studio: Studio, ground: NodeRef<html::Div>) {
    let rect = memo(move || sight::ground(studio.drawn.with(|drawn| drawn.layout.bounds), studio.size.get()));
    effect(move || {
        let (Some(ground), rect) = (ground.get(), rect.get()) else { return };
        let style = web_sys::HtmlElement::style(&ground);
        let (shift, width, height) = sizes(rect);
        let _ = style.set_property("transform", &shift);
        let _ = style.set_property("width", &width);
        let _ = style.set_property("height", &height);
    });
}

fn rest_later(studio: Studio, pointers: Pointers) {
    let number = pointers.settle.get_value().wrapping_add(1);
    pointers.settle.set_value(number);
    pointers.under_way.set_value(true);
    set_timeout(
        move || {
            if pointers.settle.try_get_value() == Some(number) {
                pointers.under_way.set_value(false);
                let level = studio.level.get_untracked();
                let rest = level.at(studio.viewport.get_untracked().zoom, true);
                if rest != level {
                    studio.level.set(rest);
                }
                see(studio, true);
                studio.moving.set(false);
            }
        },
        REST,
    );
}

fn see(studio: Studio, settled: bool) {
    if studio.level.get_untracked() == Level::Painted {
        return;
    }
    let sight = studio.viewport.get_untracked().sight(studio.size.get_untracked());
    if let Some(near) = sight::next(studio.near.get_untracked(), sight, settled) {
        studio.near.set(Some(near));
    }
}

/// Keeps cards, lines and `+` as they should be.
pub(super) fn draw(
    studio: Studio,
    cards: NodeRef<html::Div>,
    marks: NodeRef<html::Div>,
    wires: NodeRef<leptos::svg::G>,
) {
    let surface: Rc<RefCell<Option<Surface>>> = Rc::default();
    let is_due = StoredValue::new(false);
    // From far away nothing of it is to be seen. It goes when the view rests there, not in the middle of a motion.
    let rests_far = memo(move || studio.level.get() == Level::Painted && !studio.moving.get());
    effect(move || {
        let (Some(cards), Some(marks), Some(wires)) = (cards.get(), marks.get(), wires.get()) else { return };
        let show = |wanted: &[Mark]| {
            let sight = studio.viewport.get_untracked().sight(studio.size.get_untracked());
            let is_more = surface.try_borrow_mut().is_ok_and(|mut surface| {
                let surface = surface.get_or_insert_with(|| {
                    let (cards, marks, wires): (&Element, &Element, &Element) =
                        (cards.as_ref(), marks.as_ref(), wires.as_ref());
                    Surface::new([cards.clone(), marks.clone(), wires.clone()])
                });
                surface.show(wanted, sight, studio.moving.get_untracked())
            });
            if is_more {
                go_on(studio, Rc::clone(&surface), is_due);
            }
        };
        studio.flow.track();
        let Some(near) = studio.near.get() else { return };
        if rests_far.get() {
            return show(&[]);
        }
        if studio.level.get() == Level::Painted {
            return;
        }
        let (pieces, chosen, focus) = (studio.pieces.read(), studio.selection.read(), studio.focus.read());
        let (problems, runs, tested) = (studio.problems.read(), studio.runs.read(), studio.samples.read());
        let (pending, carry, found) = (studio.pending.read(), studio.carry.read(), studio.found.read());
        let drawn = studio.drawn.read();
        let wanted = studio.with_shown(|flow| {
            let told = Told {
                flow,
                layout: &drawn.layout,
                chosen: &chosen,
                focus: focus.as_ref(),
                problems: &problems,
                runs: &runs,
                tested: &tested,
                pending: pending.as_ref(),
                carry: carry.as_ref(),
                found: &found,
                pieces: &pieces,
            };
            scene(&told, near)
        });
        show(&wanted);
    });
}

/// Brings what is missing to the page frame by frame.
fn go_on(studio: Studio, surface: Rc<RefCell<Option<Surface>>>, is_due: StoredValue<bool>) {
    if is_due.get_value() {
        return;
    }
    is_due.set_value(true);
    request_animation_frame(move || {
        let Some(moving) = studio.moving.try_get_untracked().filter(|_| is_due.try_set_value(false).is_none()) else {
            return;
        };
        // Nobody sees cards under the painting. They are drawn anew when the view rests.
        if moving && studio.level.get_untracked() == Level::Painted {
            return;
        }
        let is_more = surface
            .try_borrow_mut()
            .is_ok_and(|mut surface| surface.as_mut().is_some_and(|surface| surface.go_on(moving)));
        if is_more {
            go_on(studio, surface, is_due);
        }
    });
}

/// Paints the flow from far away, once a frame at most.
pub(super) fn paint_far(studio: Studio, painting: NodeRef<html::Canvas>) {
    let is_due = StoredValue::new(false);
    effect(move || {
        studio.flow.track();
        studio.drawn.track();
        studio.viewport.track();
        studio.size.track();
        studio.selection.track();
        studio.focus.track();
        let _ = studio.problems.with(HashMap::len);
        studio.runs.track();
        studio.pending.track();
        studio.carry.track();
        studio.found.track();
        paint::track_theme();
        if studio.level.get() == Level::Cards || painting.get().is_none() || is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        request_animation_frame(move || {
            if is_due.try_set_value(false).is_some() {
                return;
            }
            let Some(canvas) = painting.try_get_untracked().flatten() else { return };
            let (view, size) = (studio.viewport.get_untracked(), studio.size.get_untracked());
            paint::paint(studio, &canvas, view, size, false);
        });
    });
}
