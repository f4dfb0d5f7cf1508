//! What opens over the canvas from a key or the right button: the menu of a thing, the list of what was done, the keys.

use flow::layout::Point;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::act::{act, mean};
use super::edits::{COLOURS, colour_words};
use super::keys::{Action, Group, TABLE, row_of};
use super::notes;
use super::state::{About, Overlay, Studio};
use super::tools::{keys_here, number_of};
use crate::parts::{Dialog, Icon, Show, focus_first};
use crate::say;
use crate::state::effect;

/// What a menu offers; `None` is a line between.
#[must_use]
pub(super) fn offered(about: &About, is_router: bool, waits: bool, fixed: bool) -> Vec<Option<Action>> {
    let step: &[Option<Action>] = &[
        Some(Action::Open),
        Some(Action::Rename),
        Some(Action::Replace),
        None,
        Some(Action::Add),
        Some(Action::Duplicate),
        Some(Action::Copy),
        Some(Action::Paste),
        Some(Action::Carry),
        None,
        Some(Action::Skip),
        Some(Action::Fold),
        Some(Action::CopyReference),
        None,
        Some(Action::Delete),
    ];
    let ground: &[Option<Action>] = &[
        Some(Action::Add),
        Some(Action::Paste),
        Some(Action::Note),
        None,
        Some(Action::SelectAll),
        Some(Action::Fit),
        Some(Action::FoldAll),
        Some(Action::Turn),
        None,
        Some(Action::Find),
        Some(Action::Sheet),
    ];
    let branch: &[Option<Action>] = &[
        Some(Action::RenameBranch),
        Some(Action::AddBranch),
        Some(Action::DuplicateBranch),
        Some(Action::BranchBack),
        Some(Action::BranchOn),
        None,
        Some(Action::Add),
        Some(Action::Paste),
        None,
        Some(Action::DeleteBranch),
    ];
    let mut items: Vec<Option<Action>> = match about {
        About::Step(_) => step.to_vec(),
        About::Place(_) => vec![Some(Action::Add), Some(Action::Paste)],
        About::Branch(..) => branch.to_vec(),
        About::Note(_) => vec![Some(Action::Open), Some(Action::Delete)],
        About::Ground => ground.to_vec(),
    };
    if waits {
        items.splice(0..0, [Some(Action::Accept), Some(Action::Reject), None]);
    }
    if is_router && matches!(about, About::Step(_)) {
        let at = items.len().saturating_sub(2);
        items.splice(at..at, [None, Some(Action::AddBranch)]);
    }
    if fixed {
        items.retain(|item| item.is_none_or(|action| row_of(action).is_some_and(|row| !row.edits)));
        items.dedup();
    }
    while items.last() == Some(&None) {
        items.pop();
    }
    if items.first() == Some(&None) {
        items.remove(0);
    }
    items
}

/// The menu of a thing.
#[component]
pub(super) fn MenuView() -> impl IntoView {
    let studio = Studio::expect();
    move || {
        let (about, at) = match studio.overlay.get() {
            Some(Overlay::Menu(about, at)) => (about, at),
            Some(Overlay::Palette(_) | Overlay::Past | Overlay::Sheet | Overlay::Rename(_)) | None => return None,
        };
        Some(menu(studio, about, at))
    }
}

fn menu(studio: Studio, about: About, at: Point) -> AnyView {
    let (is_router, waits) = match &about {
        About::Step(name) => (
            studio.with_shown(|flow| flow.step(name).is_some_and(|step| matches!(step.kind, flow::Kind::Router(_)))),
            studio.pending.with_untracked(|pending| pending.as_ref().is_some_and(|pending| pending.concerns(name))),
        ),
        About::Place(_) | About::Branch(..) | About::Note(_) | About::Ground => (false, false),
    };
    let fixed = studio.refusal().is_some();
    let items: Vec<AnyView> = offered(&about, is_router, waits, fixed)
        .into_iter()
        .map(|item| match item.and_then(row_of) {
            None => view! { <hr/> }.into_any(),
            Some(row) => {
                let class = if matches!(row.action, Action::Delete | Action::DeleteBranch) { "menu-item danger" } else { "menu-item" };
                view! {
                    <button type="button" class=class role="menuitem" tabindex="-1" data-act=number_of(row.action)>
                        {row.glyph.map_or_else(|| view! { <span class="icon"></span> }.into_any(), |glyph| view! { <Icon glyph/> }.into_any())}
                        <span class="grow cut">{(row.words)()}</span>
                        <kbd>{keys_here(row.keys)}</kbd>
                    </button>
                }
                .into_any()
            }
        })
        .collect();
    let colours = match &about {
        About::Note(_) if !fixed => COLOURS
            .iter()
            .map(|name| view! {
                <button type="button" class=["note-colour ", name].concat() role="menuitem" tabindex="-1" data-colour=*name aria-label=colour_words(name) title=colour_words(name)></button>
            }.into_any())
            .collect::<Vec<_>>(),
        About::Note(_) | About::Step(_) | About::Place(_) | About::Branch(..) | About::Ground => Vec::new(),
    };
    let root = NodeRef::<html::Div>::new();
    effect(move || {
        let Some(root) = root.get() else { return };
        // Below and to the right of the point, unless that is outside.
        let size = studio.size.get_untracked();
        let (width, height) = (f64::from(root.offset_width()), f64::from(root.offset_height()));
        let x = at.x.min(size.0 - width - 8.0).max(8.0);
        let y = at.y.min(size.1 - height - 8.0).max(8.0);
        let _ = web_sys::HtmlElement::style(&root).set_property("transform", &super::surface::shift(x, y));
        request_animation_frame(move || step(root.as_ref(), "Home"));
    });
    let choose = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let item = target.and_then(|target| target.closest("[data-act],[data-colour]").ok().flatten());
        let Some(item) = item else { return };
        studio.overlay.set(None);
        mean(studio, &about);
        if let (Some(colour), About::Note(id)) = (item.get_attribute("data-colour"), &about) {
            return notes::colour(studio, id, &colour);
        }
        let number: Option<usize> = item.get_attribute("data-act").and_then(|number| number.parse().ok());
        match number.and_then(|number| TABLE.get(number)).map(|row| row.action) {
            Some(Action::Paste) => paste_by_menu(studio),
            Some(Action::Open) if matches!(about, About::Note(_)) => {
                studio.overlay.set(Some(Overlay::Rename(about.clone())));
            }
            Some(action) => {
                act(studio, action);
            }
            None => {}
        }
    };
    view! {
        <div class="studio-menu" data-over="" role="menu" aria-label=say::studio::what_to_do() node_ref=root on:click=choose
            on:keydown=move |event| walk(studio, &event)>
            {items}
            {(!colours.is_empty()).then(|| view! { <div class="note-colours" role="none">{colours}</div> })}
        </div>
    }
    .into_any()
}

/// Without a key press the clipboard may be closed to the page: then what was copied here is meant.
fn paste_by_menu(studio: Studio) {
    let kept = studio.clip.get_value();
    let navigator = window().navigator();
    if js_sys::Reflect::has(&navigator, &"clipboard".into()) != Ok(true) {
        return super::act::paste(studio, &kept);
    }
    let asked = navigator.clipboard().read_text();
    leptos::task::spawn_local(async move {
        let text = wasm_bindgen_futures::JsFuture::from(asked).await.ok().and_then(|text| text.as_string());
        // The canvas may be gone by now.
        if studio.size.try_get_untracked().is_some() {
            super::act::paste(studio, text.as_deref().unwrap_or(&kept));
        }
    });
}

/// Keys in a menu or a list of buttons.
fn walk(studio: Studio, event: &KeyboardEvent) {
    let key = event.key();
    let root = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    match key.as_str() {
        "Escape" | "Tab" => studio.overlay.set(None),
        "ArrowDown" | "ArrowUp" | "ArrowLeft" | "ArrowRight" | "Home" | "End" => {
            if let Some(root) = root {
                step(&root, &key);
            }
        }
        // Enter and Space press what has the focus by themselves.
        _ => return event.stop_propagation(),
    }
    event.prevent_default();
    event.stop_propagation();
}

fn step(root: &Element, key: &str) {
    let Ok(all) = root.query_selector_all("button") else { return };
    let items: Vec<HtmlElement> = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let now = items.iter().position(|item| active.as_ref() == Some(item.as_ref()));
    let last = items.len().saturating_sub(1);
    let next = match (key, now) {
        ("End", _) => last,
        ("ArrowDown" | "ArrowRight", Some(now)) => {
            if now == last {
                0
            } else {
                now + 1
            }
        }
        ("ArrowUp" | "ArrowLeft", Some(now)) => now.checked_sub(1).unwrap_or(last),
        _ => 0,
    };
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}

/// What was done, and what was taken back; a click goes there.
#[component]
pub(super) fn Past() -> impl IntoView {
    let studio = Studio::expect();
    let root = NodeRef::<html::Div>::new();
    effect(move || {
        if let Some(root) = root.get() {
            request_animation_frame(move || focus_first(&root));
        }
    });
    let go = move |event: leptos::ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let line = target.and_then(|target| target.closest("[data-done]").ok().flatten());
        let done = line.and_then(|line| line.get_attribute("data-done")).and_then(|done| done.parse().ok());
        if let Some(done) = done {
            studio.go_to(done);
        }
    };
    view! {
        <Show when=move || studio.overlay.with(|over| *over == Some(Overlay::Past))>
            <div class="studio-past" data-over="" role="group" aria-label=say::studio::past_label() node_ref=root
                on:click=go on:keydown=move |event| walk(studio, &event)>
                <h3>{say::studio::past()}</h3>
                {move || lines(studio)}
            </div>
        </Show>
    }
}

fn lines(studio: Studio) -> Vec<AnyView> {
    studio.history.with(|history| {
        let done = history.done();
        let line = |label: &str, by: &str, number: usize, is_now: bool, class: &'static str| {
            let by = (!by.is_empty()).then(|| view! { <small>{by.to_owned()}</small> });
            view! {
                <button type="button" class=class data-done=number.to_string() aria-current=is_now.then_some("step")>
                    <span class="grow cut">{label.to_owned()}</span>{by}
                </button>
            }
            .into_any()
        };
        let count = done.len();
        let undone = history.undone().iter().enumerate();
        let of = history.undone().len();
        let mut lines: Vec<AnyView> = undone
            .map(|(at, entry)| line(&entry.label, &entry.by, count + of - at, false, "past-line undone"))
            .collect();
        lines.extend(
            done.iter()
                .enumerate()
                .rev()
                .map(|(at, entry)| line(&entry.label, &entry.by, at + 1, at + 1 == count, "past-line")),
        );
        lines.push(line(say::studio::as_opened(), "", 0, count == 0, "past-line first"));
        lines
    })
}

/// All keys of the canvas.
#[component]
pub(super) fn SheetView() -> impl IntoView {
    let studio = Studio::expect();
    let open = Signal::derive(move || studio.overlay.with(|over| *over == Some(Overlay::Sheet)));
    let groups = || {
        let titles = [
            (Group::Walk, say::studio::go()),
            (Group::Steps, say::studio::all_steps()),
            (Group::Branches, say::studio::branches()),
            (Group::Pending, say::studio::changes()),
            (Group::View, say::studio::view()),
        ];
        titles
            .into_iter()
            .map(|(group, title)| {
                let is_first =
                    |at: usize, action: Action| TABLE.iter().position(|row| row.action == action) == Some(at);
                let rows: Vec<AnyView> = TABLE
                    .iter()
                    .enumerate()
                    .filter(|(at, row)| row.group == group && is_first(*at, row.action))
                    .map(|(_, row)| {
                        let keys = keys_here(row.keys);
                        view! { <div class="sheet-row"><dt><kbd>{keys}</kbd></dt><dd>{(row.words)()}</dd></div> }
                            .into_any()
                    })
                    .collect();
                view! { <section><h3>{title}</h3><dl>{rows}</dl></section> }.into_any()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <Dialog open title=say::studio::keys() on_close=move |()| studio.overlay.set(None)>
            <div class="sheet" tabindex="0" data-over="">{groups()}
                <p class="hint">{say::studio::keys_hint()}</p>
            </div>
        </Dialog>
    }
}
