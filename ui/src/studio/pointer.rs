//! From the pointers of the page to what they do on the canvas. What they mean is decided in `gesture`.

use std::collections::BTreeSet;

use flow::layout::{Hit, Point, Rect};
use flow::{Index, Spot, Trigger};
use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::act::{self, drop_carried};
use super::choice::{between, outermost, target, within};
use super::gesture::{Deed, Drag, Gesture, Held, Under, auto_pan};
use super::scene::{Carry, place_of};
use super::sight::Level;
use super::state::{About, Overlay, Studio};
use super::viewport::Viewport;
use super::{minimap, notes};
use crate::say;

/// The smallest that a note can be made.
const LEAST_NOTE: (f64, f64) = (120.0, 64.0);

/// What the pointers are at.
#[derive(Debug, Default)]
struct Hand {
    gesture: Gesture,
    /// The last move that was not yet looked at.
    queued: Option<(i32, Point)>,
    /// Where a rectangle began, in the flow, and what was chosen before it.
    anchor: Point,
    before: BTreeSet<String>,
    /// The Space bar is down.
    space: bool,
}

/// The listeners of the pane.
#[derive(Clone, Copy)]
pub(super) struct Pointers {
    studio: Studio,
    pane: NodeRef<Div>,
    hand: StoredValue<Hand, LocalStorage>,
    pub(super) settle: StoredValue<u32>,
    /// The view has moved, and has not come to rest since.
    pub(super) under_way: StoredValue<bool>,
}

impl Pointers {
    pub(super) fn new(studio: Studio, pane: NodeRef<Div>) -> Self {
        let hand = StoredValue::new_local(Hand::default());
        Self { studio, pane, hand, settle: StoredValue::new(0), under_way: StoredValue::new(false) }
    }

    fn at(self, event: &MouseEvent) -> Point {
        let corner = self.pane.get_untracked().map(|pane| pane.get_bounding_client_rect());
        let (left, top) = corner.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
        Point { x: f64::from(event.client_x()) - left, y: f64::from(event.client_y()) - top }
    }

    /// What an event happened on; `None` on what lies over the canvas.
    pub(super) fn under(self, event: &MouseEvent) -> Option<Under> {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
        let marked = target
            .closest("[data-over],[data-do],[data-step],[data-place],[data-label],[data-corner],[data-note]")
            .ok()
            .flatten();
        let Some(marked) = marked else { return Some(self.far_under(self.at(event))) };
        let said = |name: &str| marked.get_attribute(name);
        if let Some(over) = said("data-over") {
            return (over == "map").then_some(Under::Map);
        }
        if said("data-do").is_some() {
            return None;
        }
        if let Some(name) = said("data-step") {
            return Some(Under::Card(name));
        }
        if let Some(place) = said("data-place").or_else(|| said("data-label")) {
            return place_of(&place).map(Under::Plus);
        }
        said("data-corner").map(Under::Corner).or_else(|| said("data-note").map(Under::Note))
    }

    /// From far away nothing has an element of its own: the layout tells.
    fn far_under(self, at: Point) -> Under {
        if self.studio.level.get_untracked() == Level::Cards {
            return Under::Ground;
        }
        let at = self.studio.viewport.get_untracked().to_flow(at);
        let note = self.studio.with_shown(|flow| {
            flow.notes.iter().rev().find(|note| notes::rect(note).contains(at)).map(|note| note.id.clone())
        });
        self.studio.drawn.with_untracked(|drawn| match (drawn.layout.hit(at), note) {
            (Some(Hit::Card(card)), _) => Under::Card(card.name.to_string()),
            (_, Some(note)) => Under::Note(note),
            (Some(Hit::Plus(_)) | None, None) => Under::Ground,
        })
    }

    fn held(self, event: &MouseEvent, touch: bool) -> Held {
        Held {
            main: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            grab: event.button() == 1 || self.hand.with_value(|hand| hand.space),
            choosing: self.studio.choosing.get_untracked(),
            touch,
            fixed: self.studio.read_only.with_untracked(Option::is_some),
        }
    }

    pub(super) fn down(self, event: &PointerEvent) {
        if !matches!(event.button(), 0 | 1) {
            return;
        }
        let Some(under) = self.under(event) else { return };
        if event.button() == 1 {
            event.prevent_default();
        }
        self.studio.overlay.update(|overlay| {
            if matches!(overlay, Some(Overlay::Menu(..) | Overlay::Past)) {
                *overlay = None;
            }
        });
        let (at, held) = (self.at(event), self.held(event, event.pointer_type() == "touch"));
        let id = event.pointer_id();
        if under == Under::Map {
            self.look_by_map(at);
        }
        let deed = self.hand.try_update_value(|hand| hand.gesture.down(id, at, under, held)).flatten();
        self.run(deed, id);
    }

    pub(super) fn travel(self, event: &PointerEvent) {
        if self.hand.with_value(|hand| hand.gesture.is_idle()) {
            return;
        }
        let (id, at) = (event.pointer_id(), self.at(event));
        // Two fingers move in turn: the other one's move is not forgotten.
        let is_other = self.hand.with_value(|hand| hand.queued.is_some_and(|(queued, _)| queued != id));
        if is_other {
            self.flush();
        }
        let was_empty = self.hand.try_update_value(|hand| hand.queued.replace((id, at)).is_none()).unwrap_or(false);
        if was_empty {
            request_animation_frame(move || self.flush());
        }
    }

    /// Looks at the last move; once a frame.
    fn flush(self) {
        let moved =
            self.hand.try_update_value(|hand| hand.queued.take().map(|(id, at)| (id, hand.gesture.travel(id, at))));
        if let Some(Some((id, deeds))) = moved {
            for deed in deeds {
                self.run(Some(deed), id);
            }
        }
    }

    pub(super) fn up(self, event: &PointerEvent) {
        self.flush();
        let held = self.held(event, event.pointer_type() == "touch");
        let id = event.pointer_id();
        let deed = self.hand.try_update_value(|hand| hand.gesture.up(id, held)).flatten();
        self.run(deed, id);
    }

    /// Gives up what is going on. True if there was something.
    pub(super) fn give_up(self) -> bool {
        let deed = self
            .hand
            .try_update_value(|hand| {
                hand.queued = None;
                hand.gesture.cancel()
            })
            .flatten();
        let was = deed.is_some();
        self.run(deed, 0);
        was
    }

    /// The Space bar goes down or up.
    pub(super) fn space(self, event: &KeyboardEvent, is_down: bool) {
        if event.key() == " " {
            self.hand.update_value(|hand| hand.space = is_down);
            if is_down {
                event.prevent_default();
            }
        }
    }

    pub(super) fn wheel(self, event: &WheelEvent) {
        if matches!(self.under(event), None | Some(Under::Map)) {
            return;
        }
        event.prevent_default();
        let view = self.studio.viewport.get_untracked();
        let mode = event.delta_mode();
        if event.ctrl_key() || event.meta_key() {
            let factor = Viewport::wheel_factor(event.delta_y() * if mode == 0 { 5.0 } else { 1.0 }, mode);
            self.look(view.zoomed_by(self.at(event), factor));
            return;
        }
        let unit = if mode == 0 { 1.0 } else { 40.0 };
        let (across, down) = (event.delta_x() * unit, event.delta_y() * unit);
        let by = if event.shift_key() && across == 0.0 { (-down, 0.0) } else { (-across, -down) };
        self.look(view.panned(by));
    }

    /// Looks from elsewhere, within the limits; the layer is fast until it has come to rest.
    pub(super) fn look(self, view: Viewport) {
        let studio = self.studio;
        let bounds = studio.drawn.with_untracked(|drawn| drawn.layout.bounds);
        let view = view.held(bounds, studio.size.get_untracked());
        if view == studio.viewport.get_untracked() {
            return;
        }
        studio.viewport.set(view);
    }

    fn run(self, deed: Option<Deed>, pointer: i32) {
        match deed {
            None => {}
            Some(Deed::Click(under, held)) => self.click(under, held),
            Some(Deed::Begin(drag, from, held)) => {
                if let Some(pane) = self.pane.get_untracked() {
                    let _ = pane.set_pointer_capture(pointer);
                }
                self.begin(&drag, from, held);
            }
            Some(Deed::Go(drag, at, by)) => self.go(&drag, at, by),
            Some(Deed::End(drag, at, held)) => self.end(&drag, at, held),
            Some(Deed::GiveUp(drag)) => self.leave(&drag),
            Some(Deed::Pinch(at, factor, by)) => {
                self.look(self.studio.viewport.get_untracked().panned(by).zoomed_by(at, factor));
            }
        }
    }

    fn click(self, under: Under, held: Held) {
        let studio = self.studio;
        if !matches!(under, Under::Note(_) | Under::Corner(_)) {
            studio.note.set(None);
        }
        match under {
            Under::Card(name) => {
                if held.main || held.shift {
                    studio.selection.update(|chosen| {
                        if !chosen.remove(&name) {
                            chosen.insert(name.clone());
                        }
                    });
                } else {
                    studio.selection.set([name.clone()].into());
                    if name == Trigger::NAME && act::needs_trigger(studio) {
                        studio.overlay.set(Some(Overlay::Palette(super::state::Adding::Trigger)));
                    } else {
                        studio.opened.set(Some(name.clone()));
                    }
                }
                studio.focus.set(Some(Spot::Card(name)));
            }
            // Its own click does it: a screen reader presses it so too.
            Under::Plus(_) => {}
            Under::Note(id) | Under::Corner(id) => studio.note.set(Some(id)),
            Under::Ground => {
                if !held.main && !held.shift && studio.selection.with_untracked(|chosen| !chosen.is_empty()) {
                    studio.selection.set(BTreeSet::new());
                }
                studio.focus.set(None);
            }
            Under::Map => {}
        }
    }

    fn begin(self, drag: &Drag, from: Point, held: Held) {
        let studio = self.studio;
        match drag {
            Drag::Pan | Drag::Map => {}
            Drag::Band => {
                let anchor = studio.viewport.get_untracked().to_flow(from);
                let before = if held.main { studio.selection.get_untracked() } else { BTreeSet::new() };
                self.hand.update_value(|hand| (hand.anchor, hand.before) = (anchor, before));
                self.drift();
            }
            Drag::Carry(name) if name == Trigger::NAME => {}
            Drag::Carry(name) => {
                if !studio.selection.with_untracked(|chosen| chosen.contains(name)) {
                    studio.selection.set([name.clone()].into());
                }
                studio.focus.set(Some(Spot::Card(name.clone())));
                let names = studio
                    .with_shown(|flow| studio.selection.with_untracked(|chosen| outermost(&Index::of(flow), chosen)));
                studio.carry.set(Some(Carry { names, target: None, is_copy: held.main }));
                self.drift();
            }
            Drag::Note(id) | Drag::Resize(id) => {
                studio.note.set(Some(id.clone()));
                let rect = studio.with_shown(|flow| flow.notes.iter().find(|note| note.id == *id).map(notes::rect));
                studio.note_drag.set(rect.map(|rect| (id.clone(), rect)));
                self.drift();
            }
        }
    }

    fn go(self, drag: &Drag, at: Point, by: (f64, f64)) {
        let studio = self.studio;
        let view = studio.viewport.get_untracked();
        match drag {
            Drag::Pan => self.look(view.panned(by)),
            Drag::Carry(name) if name == Trigger::NAME => self.look(view.panned(by)),
            Drag::Band => {
                let (anchor, before) = self.hand.with_value(|hand| (hand.anchor, hand.before.clone()));
                studio.band.set(Some(between(view.to_screen(anchor), at)));
                let band = between(anchor, view.to_flow(at));
                let mut chosen = before;
                studio.drawn.with_untracked(|drawn| chosen.extend(within(&drawn.layout, band)));
                chosen.remove(Trigger::NAME);
                if studio.selection.with_untracked(|now| *now != chosen) {
                    studio.selection.set(chosen);
                }
            }
            Drag::Carry(_) => {
                studio.hand.set(Some(at));
                let Some(carry) = studio.carry.get_untracked() else { return };
                let to = studio.with_shown(|flow| {
                    let index = Index::of(flow);
                    studio.drawn.with_untracked(|drawn| {
                        target(&drawn.layout, &index, &carry.names, carry.is_copy, view.to_flow(at), view.zoom)
                            .map(|plus| plus.place())
                    })
                });
                if to != carry.target {
                    studio.carry.set(Some(Carry { target: to, ..carry }));
                }
            }
            Drag::Note(_) | Drag::Resize(_) => {
                let (across, down) = (by.0 / view.zoom, by.1 / view.zoom);
                let is_size = matches!(drag, Drag::Resize(_));
                studio.note_drag.update(|held| {
                    if let Some((_, rect)) = held {
                        if is_size {
                            rect.width = (rect.width + across).max(LEAST_NOTE.0);
                            rect.height = (rect.height + down).max(LEAST_NOTE.1);
                        } else {
                            (rect.x, rect.y) = (rect.x + across, rect.y + down);
                        }
                    }
                });
            }
            Drag::Map => self.look_by_map(at),
        }
    }

    /// The map lies in the lower right corner of the pane.
    fn look_by_map(self, at: Point) {
        let studio = self.studio;
        let size = studio.size.get_untracked();
        let view = studio.viewport.get_untracked();
        let bounds = studio.drawn.with_untracked(|drawn| drawn.layout.bounds);
        let map = minimap::scale(bounds, view.sight(size));
        let corner = (size.0 - minimap::WIDTH - super::MAP_EDGE, size.1 - minimap::HEIGHT - super::MAP_EDGE);
        let on_map = Point { x: at.x - corner.0, y: at.y - corner.1 };
        self.look(minimap::looking_at(map, on_map, view, size));
    }

    fn end(self, drag: &Drag, at: Point, held: Held) {
        let studio = self.studio;
        match drag {
            Drag::Pan | Drag::Map => {}
            Drag::Band => {
                studio.band.set(None);
                let count = studio.selection.with_untracked(BTreeSet::len);
                studio.say(say::studio::steps_chosen(count));
            }
            Drag::Carry(_) => {
                self.go(drag, at, (0.0, 0.0));
                studio.hand.set(None);
                studio.carry.update_untracked(|carry| {
                    if let Some(carry) = carry {
                        carry.is_copy |= held.main;
                    }
                });
                drop_carried(studio);
            }
            Drag::Note(id) | Drag::Resize(id) => {
                if let Some((_, rect)) = studio.note_drag.get_untracked() {
                    notes::place(studio, id, rect);
                }
                studio.note_drag.set(None);
            }
        }
    }

    fn leave(self, drag: &Drag) {
        let studio = self.studio;
        match drag {
            Drag::Pan | Drag::Map => {}
            Drag::Band => {
                studio.band.set(None);
                studio.selection.set(self.hand.with_value(|hand| hand.before.clone()));
            }
            Drag::Carry(_) => {
                studio.hand.set(None);
                studio.carry.set(None);
                studio.say(say::studio::put_back());
            }
            Drag::Note(_) | Drag::Resize(_) => studio.note_drag.set(None),
        }
    }

    /// While something is in the hand near an edge, the canvas moves by itself.
    fn drift(self) {
        request_animation_frame(move || {
            let drag = self.hand.try_with_value(|hand| hand.gesture.drag().map(|(drag, at)| (drag.clone(), at)));
            let Some(Some((drag, at))) = drag else { return };
            let by = auto_pan(at, self.studio.size.get_untracked());
            if by != (0.0, 0.0) {
                self.look(self.studio.viewport.get_untracked().panned(by));
                // What is in the hand stays under the pointer, so it goes the other way over the flow.
                let by = if matches!(drag, Drag::Note(_) | Drag::Resize(_)) { (-by.0, -by.1) } else { (0.0, 0.0) };
                self.go(&drag, at, by);
            }
            self.drift();
        });
    }

    /// What a menu opened by an event is about.
    pub(super) fn about(self, event: &MouseEvent) -> Option<About> {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let label = target.and_then(|target| target.closest("[data-label]").ok().flatten());
        if let Some(place) = label.and_then(|label| label.get_attribute("data-label")).and_then(|mark| place_of(&mark))
        {
            return match place.at {
                flow::At::In(slot) => Some(About::Branch(place.parent, slot)),
                flow::At::After => None,
            };
        }
        Some(match self.under(event)? {
            Under::Card(name) => About::Step(name),
            Under::Plus(place) => About::Place(place),
            Under::Note(id) | Under::Corner(id) => About::Note(id),
            Under::Ground | Under::Map => About::Ground,
        })
    }

    pub(super) fn menu(self, event: &MouseEvent) {
        if let Some(about) = self.about(event) {
            event.prevent_default();
            act::mean(self.studio, &about);
            self.studio.overlay.set(Some(Overlay::Menu(about, self.at(event))));
        }
    }
}

/// A rectangle in the pane as CSS sizes.
pub(super) fn sizes(rect: Rect) -> (String, String, String) {
    let pixels = |length: f64| [&length.to_string(), "px"].concat();
    (super::surface::shift(rect.x, rect.y), pixels(rect.width), pixels(rect.height))
}
