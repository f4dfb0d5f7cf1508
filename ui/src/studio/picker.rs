//! The palette of steps: what can be added, found by typing.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::edits;
use super::offers::{Face, Line, search, step, trigger};
use super::state::{Adding, Overlay, Studio};
use crate::parts::{Glyph, Icon, Show};
use crate::say;
use crate::state::{effect, memo};

/// The palette, while it is open.
#[component]
pub(super) fn PaletteView() -> impl IntoView {
    let studio = Studio::expect();
    let is_open = move || studio.overlay.with(|over| matches!(over, Some(Overlay::Palette(_))));
    view! { <Show when=is_open><Body/></Show> }
}

#[component]
fn Body() -> impl IntoView {
    let studio = Studio::expect();
    let words = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    let triggers = studio.overlay.with_untracked(|over| matches!(over, Some(Overlay::Palette(Adding::Trigger))));
    let lines = memo(move || studio.pieces.with(|pieces| words.with(|words| search(pieces, words, triggers))));
    effect(move || {
        if let Some(field) = field.get() {
            request_animation_frame(move || {
                let _ = field.focus();
            });
        }
    });
    effect(move || {
        if let Some(line) = document().get_element_by_id(&line_id(at.get())) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let choose = move |number: usize| {
        if let Some(line) = lines.with_untracked(|lines| lines.get(number).cloned()) {
            chosen(studio, &line);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let last = lines.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "Escape" | "Tab" => studio.overlay.set(None),
            "ArrowDown" => at.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => at.update(|at| *at = at.checked_sub(1).unwrap_or(last)),
            "PageDown" => at.update(|at| *at = (*at + 8).min(last)),
            "PageUp" => at.update(|at| *at = at.saturating_sub(8)),
            "Enter" if !event.is_composing() => choose(at.get_untracked()),
            _ => return event.stop_propagation(),
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let clicked = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let line = target.and_then(|target| target.closest("[data-line]").ok().flatten());
        if let Some(number) = line.and_then(|line| line.get_attribute("data-line")).and_then(|line| line.parse().ok()) {
            choose(number);
        }
    };
    let prompt = if triggers { say::studio::what_starts() } else { say::studio::what_happens() };
    let view = move || lines.with(|lines| lines_view(lines, at, words.with(String::is_empty)));
    view! {
        <div class="studio-veil" data-over="" on:click=move |event| {
            let on_veil = event.target() == event.current_target();
            if on_veil {
                studio.overlay.set(None);
            }
        }>
            <div class="studio-palette" role="dialog" aria-modal="true" aria-label=prompt on:keydown=keys>
                <div class="studio-palette-head">
                    <Icon glyph=Glyph::Search/>
                    <input type="text" role="combobox" aria-expanded="true" aria-controls="studio-lines" aria-autocomplete="list" autocomplete="off"
                        spellcheck="false" placeholder=prompt aria-label=prompt node_ref=field aria-activedescendant=move || line_id(at.get())
                        on:input=move |event| { words.set(event_target_value(&event)); at.set(0); }/>
                </div>
                <div class="studio-lines" id="studio-lines" role="listbox" aria-label=prompt on:click=clicked>{view}</div>
            </div>
        </div>
    }
}

fn line_id(number: usize) -> String {
    ["studio-line-", &number.to_string()].concat()
}

fn lines_view(lines: &[Line], at: RwSignal<usize>, with_groups: bool) -> Vec<AnyView> {
    if lines.is_empty() {
        return vec![view! { <p class="studio-none" role="status">{say::studio::nothing_fits()}</p> }.into_any()];
    }
    let mut group = "";
    let mut views = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        if with_groups && line.group != group {
            group = &line.group;
            views.push(view! { <p class="studio-group" role="presentation">{line.group.clone()}</p> }.into_any());
        }
        let is_at = move || at.get() == number;
        let about = if with_groups || line.group == line.title {
            line.about.clone()
        } else {
            [&line.group, ". ", &line.about].concat()
        };
        views.push(
            view! {
                <div class="studio-line" role="option" id=line_id(number) data-line=number.to_string()
                    aria-selected=move || if is_at() { "true" } else { "false" }>
                    {face_view(line.face)}
                    <span class="grow cut">{line.title.clone()}<small>{about}</small></span>
                </div>
            }
            .into_any(),
        );
    }
    views
}

/// The picture of a step.
pub(super) fn face_view(face: Face) -> AnyView {
    match face {
        Face::Glyph(glyph) => view! { <span class="step-face" inner_html=glyph.svg()></span> }.into_any(),
        Face::Letter(letter) => view! { <span class="step-face">{letter.to_string()}</span> }.into_any(),
    }
}

/// Does what the choice was for; the form of the step opens.
pub(super) fn chosen(studio: Studio, line: &Line) {
    let Some(Overlay::Palette(adding)) = studio.overlay.get_untracked() else { return };
    studio.overlay.set(None);
    let made = studio.pieces.with_untracked(|pieces| (step(pieces, line.make), trigger(pieces, line.make)));
    let (edit, name) = match (adding, made) {
        (Adding::Trigger, (_, Some(trigger))) => {
            let name = trigger.name.clone();
            (Ok(studio.with_shown(|flow| edits::set_trigger(flow, trigger))), name)
        }
        (Adding::At(place), (Some(step), _)) => {
            let (name, edit) = studio.with_shown(|flow| edits::add(flow, step, place));
            (Ok(edit), name)
        }
        (Adding::Replace(name), (Some(step), _)) => (studio.with_shown(|flow| edits::replace(flow, &name, step)), name),
        (Adding::Trigger | Adding::At(_) | Adding::Replace(_), _) => return,
    };
    if studio.edit(edit) {
        let label = studio.said.get_untracked();
        studio.go(flow::Spot::Card(name.clone()));
        studio.opened.set(Some(name));
        studio.say(label);
    }
}
