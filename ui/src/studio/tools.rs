//! The bars around the canvas: what can be done to the flow, the zoom, the map, and what waits. One listener each; the
//! buttons tell by `data-act` which line of the table they are.

use std::collections::HashMap;

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::act::{act, incomplete, percent};
use super::keys::{Action, TABLE, row_of, shown_keys};
use super::state::Studio;
use super::{minimap, paint};
use crate::parts::{Glyph, Icon, Show, modifier};
use crate::say;
use crate::state::{effect, memo};

/// A button for a line of the table. `is_on` tells whether it is switched on; `is_off` whether it cannot be used.
pub(super) fn tool(
    action: Action,
    glyph: Option<Glyph>,
    is_on: Option<Signal<bool>>,
    is_off: Option<Signal<bool>>,
) -> AnyView {
    let Some(row) = row_of(action) else { return ().into_any() };
    let words = (row.words)();
    let title = [words, " (", &keys_here(row.keys), ")"].concat();
    let number = TABLE.iter().position(|row| row.action == action).unwrap_or(0);
    view! {
        <button type="button" class="icon-button" data-act=number.to_string() title=title aria-label=words
            aria-pressed=move || is_on.map(|is| if is.get() { "true" } else { "false" })
            disabled=move || is_off.is_some_and(|is| is.get())>
            <Icon glyph=glyph.or(row.glyph).unwrap_or(Glyph::Circle)/>
        </button>
    }
    .into_any()
}

/// The keys as this machine calls them.
pub(super) fn keys_here(keys: &str) -> String {
    shown_keys(keys).replace("Mod", modifier())
}

fn keys_of(action: Action) -> Option<String> {
    row_of(action).map(|row| keys_here(row.keys))
}

/// Does what the pressed button stands for.
pub(super) fn pressed(studio: Studio, event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let button = target.and_then(|target| target.closest("[data-act]").ok().flatten());
    let number = button.and_then(|button| button.get_attribute("data-act")).and_then(|number| number.parse().ok());
    if let Some(row) = number.and_then(|number: usize| TABLE.get(number)) {
        act(studio, row.action);
        // After a press by the pointer the keys are the canvas's again; a press by a key stays where it is.
        if (event.client_x(), event.client_y()) != (0, 0) {
            super::canvas::refocus(studio);
        }
    }
}

/// What can be done to the flow.
#[component]
pub(super) fn Tools() -> impl IntoView {
    let studio = Studio::expect();
    let fixed = Signal::derive(move || studio.read_only.with(Option::is_some));
    let no_undo = Signal::derive(move || fixed.get() || studio.history.with(|history| history.done().is_empty()));
    let no_redo = Signal::derive(move || fixed.get() || studio.history.with(|history| history.undone().is_empty()));
    let wrong = memo(move || {
        studio.drawn.track();
        // Read, not only tracked: a memo that was never read hears of no change.
        let _ = studio.problems.with(HashMap::len);
        incomplete(studio).len()
    });
    view! {
        <div class="studio-tools" role="toolbar" aria-label=say::studio::flow() on:click=move |event| pressed(studio, &event)>
            {tool(Action::Undo, None, None, Some(no_undo))}
            {tool(Action::Redo, None, None, Some(no_redo))}
            {tool(Action::Past, None, None, None)}
            <span class="studio-gap"></span>
            {tool(Action::Add, None, None, Some(fixed))}
            {tool(Action::Note, None, None, Some(fixed))}
            <span class="studio-gap"></span>
            {tool(Action::Find, None, Some(studio.finding.into()), None)}
            {tool(Action::Outline, None, Some(studio.outline.into()), None)}
            {tool(Action::Sheet, None, None, None)}
            <span class="grow"></span>
            <Show when=move || { wrong.get() > 0 }>
                <button type="button" class="chip warn" data-act=number_of(Action::NextProblem) title=say::studio::next_key()>
                    {move || {
                        if studio.pending.with(Option::is_some) {
                            say::studio::to_complete_proposed(wrong.get())
                        } else {
                            say::studio::to_complete(wrong.get())
                        }
                    }}
                </button>
            </Show>
        </div>
    }
}

pub(super) fn number_of(action: Action) -> String {
    TABLE.iter().position(|row| row.action == action).unwrap_or(0).to_string()
}

/// How it is looked at.
#[component]
pub(super) fn ZoomBar() -> impl IntoView {
    let studio = Studio::expect();
    let zoom = memo(move || studio.viewport.with(|view| percent(view.zoom)));
    view! {
        <div class="studio-zoom" data-over="" role="toolbar" aria-label=say::studio::view() on:click=move |event| pressed(studio, &event)>
            {tool(Action::ZoomOut, None, None, None)}
            <button type="button" class="studio-per num" data-act=number_of(Action::ZoomOne) title=say::studio::full_size_key()
                aria-label=move || say::studio::zoom(zoom.get())>{move || zoom.get()}</button>
            {tool(Action::ZoomIn, None, None, None)}
            {tool(Action::Fit, None, None, None)}
            {tool(Action::Turn, None, None, None)}
            {tool(Action::Mode, Some(Glyph::MousePointer2), Some(studio.choosing.into()), None)}
            {tool(Action::Map, None, Some(studio.map.into()), None)}
        </div>
    }
}

/// The small map. It is painted when the canvas is at rest; what is in sight is framed at every moment.
#[component]
pub(super) fn MiniMap() -> impl IntoView {
    let studio = Studio::expect();
    let canvas = NodeRef::<html::Canvas>::new();
    let frame = NodeRef::<html::Div>::new();
    let map = move || {
        let size = studio.size.get();
        let sight = studio.viewport.get().sight(size);
        (minimap::scale(studio.drawn.with(|drawn| drawn.layout.bounds), sight), sight)
    };
    effect(move || {
        let (Some(frame), (map, sight)) = (frame.get(), map()) else { return };
        let at = minimap::frame(map, sight);
        let style = web_sys::HtmlElement::style(&frame);
        let (shift, width, height) = super::pointer::sizes(at);
        let _ = style.set_property("transform", &shift);
        let _ = style.set_property("width", &width);
        let _ = style.set_property("height", &height);
    });
    effect(move || {
        studio.selection.track();
        let _ = studio.problems.with(HashMap::len);
        studio.runs.track();
        studio.pending.track();
        paint::track_theme();
        if studio.moving.get() {
            return;
        }
        let (Some(canvas), (map, _)) = (canvas.get(), map()) else { return };
        // Not before the document has the colours of a theme that was just chosen.
        request_animation_frame(move || {
            if studio.size.try_get_untracked().is_some() {
                paint::paint(studio, &canvas, map, (minimap::WIDTH, minimap::HEIGHT), true);
            }
        });
    });
    view! {
        <div class="studio-map" data-over="map" aria-hidden="true">
            <canvas node_ref=canvas></canvas>
            <div class="studio-sight" node_ref=frame></div>
        </div>
    }
}

/// What waits for a yes.
#[component]
pub(super) fn PendingBar() -> impl IntoView {
    let studio = Studio::expect();
    let part = move |read: fn(&super::pending::Pending) -> String| {
        move || studio.pending.with(|pending| pending.as_ref().map(read).unwrap_or_default())
    };
    view! {
        <Show when=move || studio.pending.with(Option::is_some)>
            <div class="studio-pending" data-over="" role="region" aria-label=say::studio::waiting_changes() on:click=move |event| pressed(studio, &event)>
                <span class="chip accent">{part(|pending| pending.by.clone())}</span>
                <span class="num">{part(super::pending::Pending::summary)}</span>
                {tool(Action::PreviousChange, Some(Glyph::ChevronUp), None, None)}
                {tool(Action::NextChange, Some(Glyph::ChevronDown), None, None)}
                <button type="button" class="button primary" data-act=number_of(Action::AcceptAll) title=keys_of(Action::AcceptAll)>{part(|pending| pending.take.clone())}</button>
                <button type="button" class="button bare" data-act=number_of(Action::RejectAll) title=keys_of(Action::RejectAll)>{say::studio::reject()}</button>
            </div>
        </Show>
    }
}

/// Why the flow cannot be changed, and who else is here.
#[component]
pub(super) fn Banners() -> impl IntoView {
    let studio = Studio::expect();
    let reason = move || {
        studio.read_only.get().map(|reason| {
        view! { <p class="studio-banner" role="status"><Icon glyph=Glyph::Lock/><span class="grow">{reason}</span></p> }
    })
    };
    let presence = move || {
        studio.presence.get().map(|presence| {
            view! {
                <p class="studio-banner" role="status">
                    <Icon glyph=Glyph::Users/>
                    <span class="grow">{presence.text}</span>
                    {presence.can_take_over.then(|| view! {
                        <button type="button" class="button" on:click=move |_| studio.take_over()>{say::studio::take_over()}</button>
                    })}
                </p>
            }
        })
    };
    view! { {reason}{presence} }
}
