//! The cards, lines and `+` on the page. They are made and changed by hand from what `scene` says has to change: no listener
//! and no closure of their own, so that a thousand steps cost no more than their elements. What was hit, `data-` attributes
//! tell to the pane's listeners.

use std::collections::HashMap;

use flow::layout::{Corners, Edge, Rect};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::offers::Face;
use super::queue::Queue;
use super::scene::{CardLook, Change, Key, Look, Mark, changes, place_mark};
use crate::parts::Glyph;
use crate::say::{self, Phrase};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The parts of a card, in the order of the elements. Text in it is what the card is called; marks stand in `data-words`, which
/// the stylesheet writes, so that what is seen and what is spoken begin alike (WCAG 2.2, 2.5.3).
const CARD: &str = concat!(
    "<span class=\"step-face\"></span>",
    "<b class=\"step-name cut\"></b> ",
    "<small class=\"step-about cut\"></small>",
    "<span class=\"step-number num\"></span>",
    "<span class=\"step-dot\"></span>",
    "<span class=\"step-badge num\"></span>",
    "<span class=\"step-wrong num\"></span>",
    "<button class=\"step-fold num\" type=\"button\" tabindex=\"-1\" data-do=\"fold\"></button>",
    "<button class=\"step-yes\" type=\"button\" tabindex=\"-1\" data-do=\"accept\"></button>",
    "<button class=\"step-no\" type=\"button\" tabindex=\"-1\" data-do=\"reject\"></button>",
    "<button class=\"step-more\" type=\"button\" tabindex=\"-1\" data-do=\"menu\"></button>",
);
const FACE: usize = 0;
const NAME: usize = 1;
const ABOUT: usize = 2;
const NUMBER: usize = 3;
const BADGE: usize = 5;
const WRONG: usize = 6;
const FOLD: usize = 7;
/// Where a part keeps what the stylesheet writes on it.
const NOTE: &str = "data-words";
/// So many things leave the page in a frame.
const LEAVE: usize = 24;

/// What is on the page.
pub(super) struct Surface {
    cards: Element,
    marks: Element,
    wires: Element,
    /// A card with nothing filled in, to be copied.
    card: Option<Element>,
    elements: HashMap<Key, Element>,
    /// What each element shows.
    shown: HashMap<Key, Mark>,
    /// What is not on the page as yet.
    missing: Queue,
    /// What is still there, and should not be.
    gone: Vec<Key>,
}

impl Surface {
    /// Nothing as yet, in these: cards; `+`, names of branches and the end; lines.
    pub(super) fn new([cards, marks, wires]: [Element; 3]) -> Self {
        let card = document().create_element("div").ok();
        if let Some(card) = &card {
            // Not an option: those hold no buttons.
            let _ = card.set_attribute("role", "treeitem");
            card.set_inner_html(CARD);
            let buttons: [(usize, Option<Glyph>, Phrase); 4] = [
                (FOLD, None, say::studio::do_fold),
                (8, Some(Glyph::Check), say::studio::accept_this),
                (9, Some(Glyph::X), say::studio::reject_this),
                (10, Some(Glyph::Ellipsis), say::studio::step_menu),
            ];
            for (part, glyph, words) in buttons {
                let Some(part) = part_of(card, part) else { continue };
                part.set_inner_html(glyph.map_or("", Glyph::svg));
                let _ = part.set_attribute("aria-label", words());
            }
        }
        Self {
            cards,
            marks,
            wires,
            card,
            elements: HashMap::new(),
            shown: HashMap::new(),
            missing: Queue::default(),
            gone: Vec::new(),
        }
    }

    /// Brings the page to what is wanted: what is there is changed at once, what is missing comes in portions; the first of them
    /// at once unless the view moves, whose frames are short. Call [`Self::go_on`] in the next frame if there is more.
    pub(super) fn show(&mut self, wanted: &[Mark], sight: Rect, moving: bool) -> bool {
        let (mut missing, mut changed) = (Vec::new(), Vec::new());
        self.gone.clear();
        for change in changes(&self.shown, wanted) {
            match change {
                Change::Make(mark) => missing.push(mark.clone()),
                Change::Move(mark) => {
                    if let Some(element) = self.elements.get(&mark.key) {
                        put(element, mark);
                    }
                    changed.push(mark.clone());
                }
                Change::Patch(old, mark) => {
                    if let Some(element) = self.elements.get(&mark.key) {
                        fill(element, Some(&old.look), mark);
                        if old.at != mark.at {
                            put(element, mark);
                        }
                    }
                    changed.push(mark.clone());
                }
                Change::Drop(key) => self.gone.push(key.clone()),
            }
        }
        self.shown.extend(changed.into_iter().map(|mark| (mark.key.clone(), mark)));
        self.missing = Queue::new(missing, sight);
        if moving { self.is_more() } else { self.go_on(moving) }
    }

    /// Makes and drops as much as fits into a frame. True if there is more. While the view moves, what left its neighbourhood
    /// becomes what came into it: that costs a page much less than one element going and another coming.
    pub(super) fn go_on(&mut self, moving: bool) -> bool {
        for mark in self.missing.portion(moving) {
            if !(moving && self.reuse(&mark)) {
                self.make(&mark);
            }
            self.shown.insert(mark.key.clone(), mark);
        }
        if !moving || self.missing.is_empty() {
            for key in self.gone.drain(self.gone.len().saturating_sub(LEAVE)..) {
                self.shown.remove(&key);
                if let Some(element) = self.elements.remove(&key) {
                    element.remove();
                }
            }
        }
        self.is_more()
    }

    fn is_more(&self) -> bool {
        !self.missing.is_empty() || !self.gone.is_empty()
    }

    /// Lets an element that should go show this. False if none of its kind should.
    fn reuse(&mut self, mark: &Mark) -> bool {
        let Some(at) = self.gone.iter().rposition(|key| is_alike(key, &mark.key)) else { return false };
        let key = self.gone.swap_remove(at);
        let (Some(element), Some(old)) = (self.elements.remove(&key), self.shown.remove(&key)) else { return false };
        name(&element, &mark.key);
        fill(&element, Some(&old.look), mark);
        put(&element, mark);
        self.elements.insert(mark.key.clone(), element);
        true
    }

    fn make(&mut self, mark: &Mark) {
        let page = document();
        let made = match &mark.look {
            Look::Card(_) => self.card.as_ref().and_then(|card| card.clone_node_with_deep(true).ok()?.dyn_into().ok()),
            Look::Plus { .. } | Look::Label { .. } => page.create_element("button").ok(),
            Look::Line { .. } => page.create_element_ns(Some(SVG), "path").ok(),
            Look::End => page.create_element("span").ok(),
        };
        let Some(element) = made else { return };
        furnish(&element, &mark.key);
        name(&element, &mark.key);
        fill(&element, None, mark);
        let parent = match mark.look {
            Look::Card(_) => &self.cards,
            Look::Plus { .. } | Look::Label { .. } | Look::End => &self.marks,
            Look::Line { .. } => &self.wires,
        };
        if !matches!(mark.look, Look::Line { .. }) {
            put(&element, mark);
        }
        let _ = parent.append_child(&element);
        self.elements.insert(mark.key.clone(), element);
    }
}

/// Whether the element of one can become that of the other: of those that look much the same.
fn is_alike(one: &Key, other: &Key) -> bool {
    matches!(
        (one, other),
        (Key::Card(_), Key::Card(_)) | (Key::Plus(..), Key::Plus(..)) | (Key::Label(..), Key::Label(..))
    )
}

/// What stays as long as the element does.
fn furnish(element: &Element, key: &Key) {
    let set = |name: &str, value: &str| {
        let _ = element.set_attribute(name, value);
    };
    match key {
        Key::Plus(..) => {
            set("type", "button");
            set("tabindex", "-1");
            element.set_inner_html(Glyph::Plus.svg());
        }
        Key::Label(..) => {
            set("type", "button");
            set("tabindex", "-1");
        }
        Key::Line(flow::layout::EdgeKind::Back, ..) => set("marker-end", "url(#studio-arrow)"),
        Key::Card(_) | Key::Line(..) => {}
        Key::End => {
            set("class", "flow-end");
            element.set_text_content(Some(say::studio::end()));
        }
    }
}

/// Whose the element is: what listeners find by it.
fn name(element: &Element, key: &Key) {
    let set = |name: &str, value: &str| {
        let _ = element.set_attribute(name, value);
    };
    match key {
        Key::Card(name) => {
            set("id", &card_id(name));
            set("data-step", name);
        }
        Key::Plus(step, at) => set("data-place", &place_mark(step, *at)),
        Key::Label(step, slot) => set("data-label", &place_mark(step, flow::At::In(*slot))),
        Key::Line(..) | Key::End => {}
    }
}

/// The id of a step's element.
pub(super) fn card_id(name: &str) -> String {
    ["step-", name].concat()
}

fn put(element: &Element, mark: &Mark) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property("transform", &shift(mark.at.x, mark.at.y));
    }
}

/// A shift as the stylesheet writes it.
pub(super) fn shift(x: f64, y: f64) -> String {
    ["translate(", &x.to_string(), "px,", &y.to_string(), "px)"].concat()
}

fn fill(element: &Element, old: Option<&Look>, mark: &Mark) {
    match &mark.look {
        Look::Card(look) => {
            let old = match old {
                Some(Look::Card(old)) => Some(&**old),
                Some(_) | None => None,
            };
            fill_card(element, old, look);
        }
        Look::Plus { is_large, is_target, is_barred, is_focus, said } => {
            let mut class = String::from("plus");
            for (is, word) in
                [(*is_large, " large"), (*is_target, " target"), (*is_barred, " barred"), (*is_focus, " focus")]
            {
                if is {
                    class.push_str(word);
                }
            }
            element.set_class_name(&class);
            let _ = element.set_attribute("aria-label", said);
        }
        Look::Label { text, class } => {
            element.set_class_name(class);
            element.set_text_content(Some(text));
        }
        Look::Line { points, class } => {
            let _ = element.set_attribute("class", class);
            let _ = element.set_attribute("d", &path(&mark.key, *points));
        }
        Look::End => {}
    }
}

fn path(key: &Key, points: Corners) -> String {
    match key {
        Key::Line(kind, step, slot) => {
            Edge { kind: *kind, step: std::sync::Arc::clone(step), slot: *slot, points }.path()
        }
        Key::Card(_) | Key::Plus(..) | Key::Label(..) | Key::End => String::new(),
    }
}

fn fill_card(element: &Element, old: Option<&CardLook>, look: &CardLook) {
    let text = |part: usize, words: &str| {
        if let Some(part) = part_of(element, part) {
            part.set_text_content(Some(words));
        }
    };
    let note = |part: usize, words: &str| {
        if let Some(part) = part_of(element, part) {
            write_note(&part, words);
        }
    };
    if old.is_none_or(|old| old.class != look.class) {
        element.set_class_name(&look.class);
    }
    if old.is_none_or(|old| old.is_chosen != look.is_chosen) {
        let _ = element.set_attribute("aria-selected", if look.is_chosen { "true" } else { "false" });
    }
    if old.is_none_or(|old| old.said != look.said) {
        let _ = element.set_attribute("aria-label", &look.said);
    }
    if old.is_none_or(|old| old.face != look.face)
        && let Some(part) = part_of(element, FACE)
    {
        let (picture, letter) = match look.face {
            Face::Glyph(glyph) => (glyph.svg(), String::new()),
            Face::Letter(letter) => ("", letter.to_string()),
        };
        part.set_inner_html(picture);
        write_note(&part, &letter);
    }
    if old.is_none_or(|old| old.name != look.name) {
        text(NAME, &look.name);
    }
    if old.is_none_or(|old| old.about != look.about) {
        text(ABOUT, &look.about);
    }
    if old.is_none_or(|old| old.number != look.number) {
        note(NUMBER, &look.number.to_string());
    }
    if old.map_or(!look.badge.is_empty(), |old| old.badge != look.badge) {
        note(BADGE, &look.badge);
    }
    if old.map_or(look.problems > 0, |old| old.problems != look.problems) {
        let words = if look.problems > 0 { look.problems.to_string() } else { String::new() };
        note(WRONG, &words);
    }
    if old.map_or(look.fold.is_some(), |old| old.fold != look.fold) {
        let words = match look.fold {
            None => String::new(),
            Some(0) => "−".to_owned(),
            Some(hidden) => ["+", &hidden.to_string()].concat(),
        };
        note(FOLD, &words);
    }
}

fn write_note(part: &Element, words: &str) {
    let _ = if words.is_empty() { part.remove_attribute(NOTE) } else { part.set_attribute(NOTE, words) };
}

fn part_of(element: &Element, at: usize) -> Option<Element> {
    let mut part = element.first_element_child();
    for _ in 0..at {
        part = part?.next_element_sibling();
    }
    part
}
