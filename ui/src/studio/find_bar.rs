//! Find in the flow: names, inputs, conditions, code and notes.

use flow::{Spot, Whose, find};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::act::close_find;
use super::state::Studio;
use crate::parts::{Glyph, Icon, IconButton};
use crate::say;
use crate::state::effect;

/// What is found, each thing once, in the order of the page.
#[must_use]
pub(super) fn found(flow: &flow::Flow, words: &str) -> Vec<(Whose, String)> {
    let mut all: Vec<(Whose, String)> = Vec::new();
    for one in find(flow, words) {
        if all.last().is_none_or(|(whose, _)| *whose != one.whose) {
            all.push((one.whose, one.field.to_string()));
        }
    }
    all
}

/// The bar.
#[component]
pub(super) fn FindBar() -> impl IntoView {
    let studio = Studio::expect();
    let field = NodeRef::<html::Input>::new();
    let all = RwSignal::new(Vec::<(Whose, String)>::new());
    let at = RwSignal::new(0_usize);
    effect(move || {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let show = move || {
        let Some((whose, _)) = all.with_untracked(|all| all.get(at.get_untracked()).cloned()) else { return };
        match whose {
            Whose::Step(name) => {
                studio.go(Spot::Card(name));
            }
            Whose::Note(id) => {
                let rect =
                    studio.with_shown(|flow| flow.notes.iter().find(|note| note.id == id).map(super::notes::rect));
                studio.note.set(Some(id));
                if let Some(rect) = rect {
                    studio.reveal_rect(rect);
                }
            }
        }
    };
    let look = move |words: String| {
        let list = studio.with_shown(|flow| found(flow, &words));
        let steps = list.iter().filter_map(|(whose, _)| match whose {
            Whose::Step(name) => Some(name.clone()),
            Whose::Note(_) => None,
        });
        studio.found.set(steps.collect());
        all.set(list);
        at.set(0);
        show();
    };
    let go = move |on: bool| {
        let count = all.with_untracked(Vec::len);
        if count > 0 {
            at.update(|at| *at = if on { (*at + 1) % count } else { (*at + count - 1) % count });
            show();
        }
    };
    let keys = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Escape" => close_find(studio),
            "Enter" => go(!event.shift_key()),
            "ArrowDown" => go(true),
            "ArrowUp" => go(false),
            _ => return event.stop_propagation(),
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let count = move || {
        let has_words = field.get().is_some_and(|field| !field.value().is_empty());
        all.with(|all| match all.get(at.get()) {
            Some((_, field)) => say::studio::Found { at: at.get() + 1, all: all.len(), field }.text(),
            None if has_words => say::studio::none_found().to_owned(),
            None => String::new(),
        })
    };
    view! {
        <div class="studio-find" data-over="" role="search">
            <Icon glyph=Glyph::Search/>
            <input type="text" aria-label=say::studio::do_find() placeholder=say::studio::do_find() autocomplete="off" spellcheck="false" node_ref=field
                on:input=move |event| look(event_target_value(&event)) on:keydown=keys/>
            <small class="num cut" role="status">{count}</small>
            <IconButton glyph=Glyph::ChevronUp label=say::studio::previous_found() on_click=move |_| go(false)/>
            <IconButton glyph=Glyph::ChevronDown label=say::studio::next_found() on_click=move |_| go(true)/>
            <IconButton glyph=Glyph::X label=say::studio::close_find() on_click=move |_| close_find(studio)/>
        </div>
    }
}
