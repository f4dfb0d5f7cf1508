//! The pane with the flow on it: one layer that moves, lines beneath, cards on top, and from far away a painting of both.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev::{ClipboardEvent, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement};

use super::act::{self, act};
use super::find_bar::FindBar;
use super::keys::{Action, Press, meaning};
use super::menu::{MenuView, Past, SheetView};
use super::notes::{self, Notes};
use super::paint;
use super::picker::PaletteView;
use super::pointer::{Pointers, sizes};
use super::rename::RenameView;
use super::scene::{Told, place_of, scene};
use super::sight::{self, Level};
use super::state::{About, Adding, Overlay, Studio};
use super::surface::{Surface, card_id, shift};
use super::tools::{MiniMap, PendingBar, ZoomBar};
use crate::parts::{Show, is_typing};
use crate::state::{effect, memo};

/// The canvas counts as at rest so long after the last move.
const REST: Duration = Duration::from_millis(140);
/// The distance of the dots on the ground, in units of the flow.
const DOTS: f64 = 20.0;

/// The pane.
#[component]
pub(super) fn Pane() -> impl IntoView {
    let studio = Studio::expect();
    let pane = NodeRef::<html::Div>::new();
    let layer = NodeRef::<html::Div>::new();
    let dots = NodeRef::<html::Div>::new();
    let cards = NodeRef::<html::Div>::new();
    let marks = NodeRef::<html::Div>::new();
    let wires = NodeRef::<leptos::svg::G>::new();
    let painting = NodeRef::<html::Canvas>::new();
    let clip = NodeRef::<html::Textarea>::new();
    let ghost = NodeRef::<html::Div>::new();
    let band = NodeRef::<html::Div>::new();
    let pointers = Pointers::new(studio, pane);
    measure(studio, pane);
    follow_view(studio, pointers, layer, dots);
    draw(studio, cards, marks, wires);
    paint_far(studio, painting);
    follow_hand(studio, ghost, band);
    keep_focus(studio);
    let class = memo(move || {
        let mut class = String::from("studio-pane");
        let mut mark = |is: bool, word: &str| {
            if is {
                class.push_str(word);
            }
        };
        mark(studio.level.get() == Level::Painted, " far");
        mark(studio.moving.get(), " moving");
        mark(studio.choosing.get(), " choosing");
        mark(studio.carry.with(Option::is_some), " carrying");
        mark(studio.read_only.with(Option::is_some), " fixed");
        class
    });
    let active = move || {
        studio.focus.with(|spot| match spot {
            Some(flow::Spot::Card(name)) if studio.level.get() == Level::Cards => Some(card_id(name)),
            Some(_) | None => None,
        })
    };
    view! {
        <div class=move || class.get() id="studio-pane" node_ref=pane tabindex="0" role="group" aria-roledescription="canvas"
            aria-label="Flow. Arrows go from step to step, plus adds one, question mark shows all keys." aria-activedescendant=active
            on:pointerdown=move |event| pointers.down(&event)
            on:pointermove=move |event| pointers.travel(&event)
            on:pointerup=move |event| pointers.up(&event)
            on:pointercancel=move |_| { pointers.give_up(); }
            on:wheel=move |event| pointers.wheel(&event)
            on:click=move |event| clicked(studio, &event)
            on:dblclick=move |event| clicked_twice(studio, pointers, &event)
            on:contextmenu=move |event| pointers.menu(&event)
            on:keydown=move |event| keys(studio, pointers, clip, &event)
            on:keyup=move |event| pointers.space(&event, false)
            on:focus=move |_| studio.by_outline.set_value(false)
            on:paste=move |event| pasted(studio, &event)>
            <div class="studio-dots" node_ref=dots aria-hidden="true"></div>
            <canvas class="studio-painting" node_ref=painting aria-hidden="true"></canvas>
            <div class="studio-layer" node_ref=layer>
                <div class="studio-notes"><Notes/></div>
                <svg class="studio-wires" aria-hidden="true">
                    <defs>
                        <marker id="studio-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
                            <path d="M1 1 7 4 1 7"/>
                        </marker>
                    </defs>
                    <g node_ref=wires></g>
                </svg>
                <div class="studio-marks" node_ref=marks></div>
                <div class="studio-cards" role="listbox" aria-label="Steps" aria-multiselectable="true" node_ref=cards></div>
                <RenameView/>
            </div>
            <div class="studio-band" node_ref=band aria-hidden="true"></div>
            <div class="studio-ghost" node_ref=ghost aria-hidden="true">{move || ghost_words(studio)}</div>
            <textarea class="studio-clip" node_ref=clip tabindex="-1" aria-hidden="true"></textarea>
            <PendingBar/>
            <Show when=move || studio.finding.get()><FindBar/></Show>
            <ZoomBar/>
            <Show when=move || studio.map.get()><MiniMap/></Show>
            <MenuView/>
            <Past/>
            <PaletteView/>
            <div data-over=""><SheetView/></div>
        </div>
    }
}

/// Keeps the size of the pane; looks at the beginning of the flow when it is first known.
fn measure(studio: Studio, pane: NodeRef<html::Div>) {
    let read = move || {
        let Some(pane) = pane.try_get_untracked().flatten() else { return };
        let size = (f64::from(pane.client_width()), f64::from(pane.client_height()));
        let was = studio.size.get_untracked();
        if size != was && size.0 > 0.0 {
            studio.size.set(size);
            if was.0 <= 0.0 {
                act::opening(studio);
            }
        }
    };
    effect(move || {
        let Some(pane) = pane.get() else { return };
        read();
        let watch = Closure::<dyn FnMut()>::new(read);
        let Ok(observer) = web_sys::ResizeObserver::new(watch.as_ref().unchecked_ref()) else { return };
        observer.observe(&pane);
        let kept = StoredValue::new_local(Some((observer, watch)));
        on_cleanup(move || {
            if let Some(Some((observer, _))) = kept.try_update_value(Option::take) {
                observer.disconnect();
            }
        });
    });
}

/// Moves the layer and the dots, and decides what has to exist.
fn follow_view(studio: Studio, pointers: Pointers, layer: NodeRef<html::Div>, dots: NodeRef<html::Div>) {
    let first = StoredValue::new(true);
    effect(move || {
        let (view, size) = (studio.viewport.get(), studio.size.get());
        let (Some(layer), Some(dots)) = (layer.get(), dots.get()) else { return };
        let style = web_sys::HtmlElement::style(&layer);
        let _ =
            style.set_property("transform", &[&shift(view.x, view.y), " scale(", &view.zoom.to_string(), ")"].concat());
        // Dots never stand closer than their tile at full size, or further than twice that.
        let mut tile = DOTS * view.zoom;
        while tile < DOTS {
            tile *= 2.0;
        }
        let style = web_sys::HtmlElement::style(&dots);
        let _ = style.set_property("transform", &shift(view.x.rem_euclid(tile), view.y.rem_euclid(tile)));
        let tile = [&tile.to_string(), "px"].concat();
        if style.get_property_value("--tile").as_deref() != Ok(&*tile) {
            let _ = style.set_property("--tile", &tile);
        }
        if size.0 <= 0.0 {
            return;
        }
        let level = studio.level.get_untracked().at(view.zoom);
        if level != studio.level.get_untracked() {
            studio.level.set(level);
        }
        see(studio, false);
        if first.get_value() {
            first.set_value(false);
            return;
        }
        if !studio.moving.get_untracked() {
            studio.moving.set(true);
        }
        rest_later(studio, pointers);
    });
}

fn rest_later(studio: Studio, pointers: Pointers) {
    let number = pointers.settle.get_value().wrapping_add(1);
    pointers.settle.set_value(number);
    set_timeout(
        move || {
            if pointers.settle.try_get_value() == Some(number) {
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
fn draw(studio: Studio, cards: NodeRef<html::Div>, marks: NodeRef<html::Div>, wires: NodeRef<leptos::svg::G>) {
    let surface: Rc<RefCell<Option<Surface>>> = Rc::default();
    effect(move || {
        let (Some(cards), Some(marks), Some(wires)) = (cards.get(), marks.get(), wires.get()) else { return };
        studio.flow.track();
        let Some(near) = studio.near.get() else { return };
        // From far away nothing of it is to be seen: it is brought up to date when one comes nearer.
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
        if let Ok(mut surface) = surface.try_borrow_mut() {
            let surface = surface.get_or_insert_with(|| {
                let (cards, marks, wires): (&Element, &Element, &Element) =
                    (cards.as_ref(), marks.as_ref(), wires.as_ref());
                Surface::new([cards.clone(), marks.clone(), wires.clone()])
            });
            surface.show(wanted);
        }
    });
}

/// Paints the flow from far away, once a frame at most.
fn paint_far(studio: Studio, painting: NodeRef<html::Canvas>) {
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

/// Keeps what is in the hand under the pointer, and the rectangle around what is chosen.
fn follow_hand(studio: Studio, ghost: NodeRef<html::Div>, band: NodeRef<html::Div>) {
    effect(move || {
        let at = studio.hand.get();
        if let Some(ghost) = ghost.get() {
            let style = web_sys::HtmlElement::style(&ghost);
            let _ = style.set_property("display", if at.is_some() { "block" } else { "none" });
            if let Some(at) = at {
                let _ = style.set_property("transform", &shift(at.x + 12.0, at.y + 12.0));
            }
        }
    });
    effect(move || {
        let around = studio.band.get();
        if let Some(band) = band.get() {
            let style = web_sys::HtmlElement::style(&band);
            let _ = style.set_property("display", if around.is_some() { "block" } else { "none" });
            if let Some(around) = around {
                let (shift, width, height) = sizes(around);
                let _ = style.set_property("transform", &shift);
                let _ = style.set_property("width", &width);
                let _ = style.set_property("height", &height);
            }
        }
    });
}

fn ghost_words(studio: Studio) -> String {
    let names = studio.carry.with(|carry| carry.as_ref().map(|carry| carry.names.clone()).unwrap_or_default());
    match names.as_slice() {
        [] => String::new(),
        [one] => studio.with_shown(|flow| super::edits::said(flow, one).to_owned()),
        many => [&many.len().to_string(), " steps"].concat(),
    }
}

/// When what lay over the canvas is gone, the keyboard is on the canvas again.
fn keep_focus(studio: Studio) {
    effect(move || {
        let is_free = studio.overlay.with(Option::is_none);
        let is_free = is_free & !studio.finding.get();
        if is_free {
            request_animation_frame(move || {
                let is_nowhere = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
                if is_nowhere && studio.size.try_get_untracked().is_some_and(|size| size.0 > 0.0) {
                    refocus(studio);
                }
            });
        }
    });
}

/// The keyboard goes back where it came from: the outline, or the canvas.
pub(super) fn refocus(studio: Studio) {
    let id = if studio.by_outline.try_get_value() == Some(true) { "studio-tree" } else { "studio-pane" };
    let home = document().get_element_by_id(id).or_else(|| document().get_element_by_id("studio-pane"));
    if let Some(home) = home.and_then(|home| home.dyn_into::<HtmlElement>().ok()) {
        let _ = home.focus();
    }
}

/// A click that is none on the canvas itself: a `+`, a branch's name, a button of a card.
fn clicked(studio: Studio, event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(marked) =
        target.and_then(|target| target.closest("[data-do],[data-place],[data-label],[data-over]").ok().flatten())
    else {
        return;
    };
    if let Some(place) = marked.get_attribute("data-place").and_then(|mark| place_of(&mark)) {
        studio.focus.set(Some(flow::Spot::Plus(place.clone())));
        match studio.refusal() {
            Some(reason) => studio.say(reason),
            None => studio.overlay.set(Some(Overlay::Palette(Adding::At(place)))),
        }
        return;
    }
    if let Some(place) = marked.get_attribute("data-label").and_then(|mark| place_of(&mark)) {
        if let flow::At::In(slot) = place.at {
            act::mean(studio, &About::Branch(place.parent, slot));
        }
        return;
    }
    let Some(deed) = marked.get_attribute("data-do") else { return };
    let card = marked.closest("[data-step]").ok().flatten();
    let Some(name) = card.and_then(|card| card.get_attribute("data-step")) else { return };
    act::mean(studio, &About::Step(name.clone()));
    match deed.as_str() {
        "fold" => act::fold_one(studio, &name),
        "accept" => act::decide_step(studio, &name, true),
        "reject" => act::decide_step(studio, &name, false),
        "menu" => {
            act(studio, Action::Menu);
        }
        _ => {}
    }
}

fn clicked_twice(studio: Studio, pointers: Pointers, event: &MouseEvent) {
    let Some(about) = pointers.about(event) else { return };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let on_name = target.is_some_and(|target| target.class_list().contains("step-name"));
    match about {
        About::Step(_) if on_name => {
            act(studio, Action::Rename);
        }
        About::Step(_) => {
            act(studio, Action::Open);
        }
        About::Branch(name, slot) if studio.refusal().is_none() => {
            studio.overlay.set(Some(Overlay::Rename(About::Branch(name, slot))));
        }
        About::Note(id) if studio.refusal().is_none() => {
            studio.overlay.set(Some(Overlay::Rename(About::Note(id))));
        }
        About::Branch(..) | About::Note(_) | About::Place(_) | About::Ground => {}
    }
}

fn keys(studio: Studio, pointers: Pointers, clip: NodeRef<html::Textarea>, event: &KeyboardEvent) {
    if event.default_prevented() || is_typing() || is_over(event) {
        return;
    }
    if event.key() == "Escape" && pointers.give_up() {
        event.prevent_default();
        event.stop_propagation();
        return;
    }
    pointers.space(event, true);
    press(studio, clip, event);
}

/// What a key on the canvas, or in the outline, does.
pub(super) fn press(studio: Studio, clip: NodeRef<html::Textarea>, event: &KeyboardEvent) {
    let key = event.key();
    let press =
        Press { key: &key, main: event.ctrl_key() || event.meta_key(), shift: event.shift_key(), alt: event.alt_key() };
    let action = meaning(press);
    // After a lone `g`, a letter goes to another screen.
    let after_g = studio.after_g.get_value();
    studio.after_g.set_value(key == "g" && !press.main && !press.alt);
    if after_g {
        return;
    }
    if studio.refusal().is_none() && notes::key(studio, press, action) {
        event.prevent_default();
        return;
    }
    let Some(action) = action else { return };
    if action == Action::Paste {
        // The browser pastes into a field only: for a moment there is one.
        if let Some(clip) = clip.get_untracked() {
            clip.set_value("");
            let _ = clip.focus();
            set_timeout(move || leave_clip(studio), Duration::from_millis(200));
        }
        return;
    }
    if act(studio, action) {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn leave_clip(studio: Studio) {
    if document().active_element().is_some_and(|active| active.class_list().contains("studio-clip")) {
        refocus(studio);
    }
}

fn is_over(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("[data-over]").ok().flatten().is_some())
}

fn pasted(studio: Studio, event: &ClipboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_ours =
        target.is_some_and(|target| target.class_list().contains("studio-clip") || target.id() == "studio-pane");
    if !is_ours {
        return;
    }
    event.prevent_default();
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    refocus(studio);
    if let Some(reason) = studio.refusal() {
        return studio.say(reason);
    }
    act::paste(studio, &text);
}
