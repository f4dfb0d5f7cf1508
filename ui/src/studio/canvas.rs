//! The pane with the flow on it: one layer that moves, lines beneath, cards on top, and from far away a painting of both.

use std::time::Duration;

use leptos::ev::{ClipboardEvent, KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement};

use super::act::{self, act};
use super::drawing::{draw, follow_view, keep_ground, paint_far};
use super::find_bar::FindBar;
use super::keys::{Action, Press, meaning};
use super::menu::{MenuView, Past, SheetView};
use super::notes::{self, Notes};
use super::picker::PaletteView;
use super::pointer::{Pointers, sizes};
use super::rename::RenameView;
use super::scene::place_of;
use super::sight::Level;
use super::state::{About, Adding, Overlay, Studio};
use super::surface::{card_id, shift};
use super::tools::{MiniMap, PendingBar, ZoomBar};
use crate::parts::{Show, is_typing};
use crate::say;
use crate::state::{effect, memo};

/// The pane.
#[component]
pub(super) fn Pane() -> impl IntoView {
    let studio = Studio::expect();
    let pane = NodeRef::<html::Div>::new();
    let layer = NodeRef::<html::Div>::new();
    let ground = NodeRef::<html::Div>::new();
    let cards = NodeRef::<html::Div>::new();
    let marks = NodeRef::<html::Div>::new();
    let wires = NodeRef::<leptos::svg::G>::new();
    let painting = NodeRef::<html::Canvas>::new();
    let clip = NodeRef::<html::Textarea>::new();
    let ghost = NodeRef::<html::Div>::new();
    let band = NodeRef::<html::Div>::new();
    let pointers = Pointers::new(studio, pane);
    measure(studio, pane);
    follow_view(studio, pointers, layer);
    keep_ground(studio, ground);
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
        <div class=move || class.get() id="studio-pane" node_ref=pane tabindex="0" role="group" aria-roledescription=say::studio::canvas()
            aria-label=say::studio::canvas_label() aria-activedescendant=active
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
            <canvas class="studio-painting" node_ref=painting aria-hidden="true"></canvas>
            <div class="studio-layer" node_ref=layer>
                <div class="studio-ground" node_ref=ground aria-hidden="true"></div>
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
                <div class="studio-cards" role="tree" aria-label=say::studio::all_steps() aria-multiselectable="true" node_ref=cards></div>
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
        many => say::studio::steps(many.len()),
    }
}

/// When what lay over the canvas is gone, the keyboard is on the canvas again.
fn keep_focus(studio: Studio) {
    effect(move || {
        let is_free = studio.overlay.with(Option::is_none);
        let is_free = is_free & !studio.finding.get();
        if is_free {
            request_animation_frame(move || {
                // Whoever comes to this screen has the keyboard on all of it: that is nowhere yet.
                let is_nowhere = document()
                    .active_element()
                    .is_none_or(|active| active.tag_name() == "BODY" || active.id() == "screen");
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
