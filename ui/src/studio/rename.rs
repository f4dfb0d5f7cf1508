//! A field in place of the name of a step or a branch.

use flow::layout::{Point, Rect};
use flow::{Slot, Spot};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::edits;
use super::outline::branch_words;
use super::state::{About, Overlay, Studio};
use crate::say;
use crate::state::effect;

/// Below this zoom a field cannot be written in.
const READABLE: f64 = 0.6;

/// The field, while something is renamed.
#[component]
pub(super) fn RenameView() -> impl IntoView {
    let studio = Studio::expect();
    move || {
        let about = match studio.overlay.get() {
            Some(Overlay::Rename(about @ (About::Step(_) | About::Branch(..)))) => about,
            Some(
                Overlay::Rename(About::Place(_) | About::Note(_) | About::Ground)
                | Overlay::Palette(_)
                | Overlay::Menu(..)
                | Overlay::Past
                | Overlay::Sheet,
            )
            | None => return None,
        };
        Some(field(studio, about))
    }
}

fn field(studio: Studio, about: About) -> AnyView {
    let (before, at, label) = match &about {
        About::Step(name) => {
            let rect = studio.rect_of(&Spot::Card(name.clone()));
            // Where the name is on a card.
            let at =
                rect.map(|rect| Rect { x: rect.x + 48.0, y: rect.y + 8.0, width: rect.width - 56.0, height: 26.0 });
            (studio.with_shown(|flow| edits::said(flow, name).to_owned()), at, say::studio::step_name())
        }
        About::Branch(name, slot) => {
            let rect = studio.drawn.with_untracked(|drawn| {
                drawn
                    .layout
                    .labels
                    .iter()
                    .find(|label| *label.step == **name && label.slot == *slot)
                    .map(|label| label.rect)
            });
            let before = studio.with_shown(|flow| flow.step(name).map(|step| branch_words(step, *slot)));
            (before.unwrap_or_default(), rect, say::studio::branch_name())
        }
        About::Place(_) | About::Note(_) | About::Ground => return ().into_any(),
    };
    let input = NodeRef::<html::Input>::new();
    effect(move || {
        let Some(input) = input.get() else { return };
        let at = at.unwrap_or_else(|| {
            let middle = studio.viewport.get_untracked().to_flow(Point { x: 64.0, y: 64.0 });
            Rect { x: middle.x, y: middle.y, width: 200.0, height: 26.0 }
        });
        let style = web_sys::HtmlElement::style(&input);
        let (shift, width, height) = super::pointer::sizes(at);
        let _ = style.set_property("transform", &shift);
        let _ = style.set_property("width", &width);
        let _ = style.set_property("height", &height);
        // From far away the field would be too small to read.
        let view = studio.viewport.get_untracked();
        if view.zoom < READABLE {
            studio.viewport.set(view.zoomed_to(view.to_screen(at.middle()), 1.0));
        }
        studio.reveal_rect(at);
        request_animation_frame(move || {
            let _ = input.focus();
            input.select();
        });
    });
    let was = before.clone();
    let about = StoredValue::new(about);
    let leave = move |keep: bool| {
        let is_open = studio.overlay.with_untracked(|over| matches!(over, Some(Overlay::Rename(_))));
        let Some(text) = input.try_get_untracked().flatten().map(|input| input.value()) else { return };
        if !is_open {
            return;
        }
        studio.overlay.set(None);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !keep || text.is_empty() || text == was {
            return;
        }
        let edit = about.with_value(|about| {
            studio.with_shown(|flow| match about {
                About::Step(name) => edits::rename(flow, name, &text),
                About::Branch(name, Slot::Branch(index)) => edits::rename_branch(flow, name, *index, &text),
                About::Branch(..) => Err(say::studio::no_name_of_its_own().to_owned()),
                About::Place(_) | About::Note(_) | About::Ground => Ok((String::new(), Vec::new())),
            })
        });
        studio.edit(edit);
    };
    let leave = StoredValue::new(leave);
    let keys = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Enter" if !event.is_composing() => leave.with_value(|leave| leave(true)),
            "Escape" => leave.with_value(|leave| leave(false)),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <input class="studio-rename" data-over="" type="text" aria-label=label autocomplete="off" spellcheck="false" node_ref=input prop:value=before
            on:keydown=keys on:blur=move |_| leave.with_value(|leave| leave(true))/>
    }
    .into_any()
}
