//! The data selector: what earlier steps brought, to be put into the text that is edited.

use std::collections::HashSet;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::context::Form;
use super::control::hint_word;
use super::tree::{Row, rows};
use crate::parts::{Glyph, Icon, IconButton, Show};
use crate::say;
use crate::state::{effect, memo};

/// The field that its rows are searched by.
const SEARCH: &str = "step-data-search";

/// Puts the keyboard into it.
pub(super) fn enter() {
    request_animation_frame(|| {
        let field = document().get_element_by_id(SEARCH).and_then(|field| field.dyn_into::<HtmlElement>().ok());
        if let Some(field) = field {
            let _ = field.focus();
        }
    });
}

/// The panel, while a text is edited.
pub(super) fn panel(form: Form) -> AnyView {
    let is_there = move || form.is_data_wanted.get() && form.caret.with(Option::is_some);
    view! { <Show when=is_there>{move || body(form)}</Show> }.into_any()
}

/// What a key does in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    /// To another row.
    To(usize),
    /// What is below the row is shown.
    Open(usize),
    /// It is not.
    Close(usize),
    /// The row is put in.
    Insert(usize),
    /// Back to the text.
    Leave,
}

/// What a key does, when the keyboard is on row `at`. Left and right belong to the tree while nothing is searched for.
pub(super) fn press(key: &str, rows: &[Row], at: usize, is_search: bool) -> Option<Press> {
    let last = rows.len().saturating_sub(1);
    let row = rows.get(at);
    match key {
        "ArrowDown" => Some(Press::To((at + 1).min(last))),
        "ArrowUp" => Some(Press::To(at.saturating_sub(1))),
        "PageDown" => Some(Press::To((at + 8).min(last))),
        "PageUp" => Some(Press::To(at.saturating_sub(8))),
        "ArrowRight" if !is_search => row.map(|row| match (row.has_more, row.is_open) {
            (true, false) => Press::Open(at),
            (true, true) => Press::To((at + 1).min(last)),
            (false, _) => Press::To(at),
        }),
        "ArrowLeft" if !is_search => row.map(|row| {
            if row.is_open {
                return Press::Close(at);
            }
            let parent = rows.iter().take(at).rposition(|above| above.level < row.level);
            Press::To(parent.unwrap_or(at))
        }),
        "Enter" => row.filter(|row| !row.way.is_empty()).map(|_| Press::Insert(at)),
        "Escape" => Some(Press::Leave),
        _ => None,
    }
}

fn body(form: Form) -> AnyView {
    let words = RwSignal::new(String::new());
    let open = RwSignal::new(HashSet::<String>::new());
    let at = RwSignal::new(0_usize);
    let found = memo(move || {
        form.samples.track();
        form.studio.drawn.track();
        open.with(|open| {
            words.with(|words| {
                form.name.with_value(|name| form.look(|flow, samples| rows(flow, name, samples, open, words)))
            })
        })
    });
    // The nearest step is what is most often wanted.
    if let Some(first) = found.with_untracked(|rows| rows.first().map(|row| row.way.clone())) {
        open.update(|open| {
            open.insert(first);
        });
    }
    effect(move || {
        if let Some(line) = document().get_element_by_id(&row_id(at.get())) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            line.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let way = move |number: usize| found.with_untracked(|rows| rows.get(number).map(|row| row.way.clone()));
    let insert = move |number: usize| {
        let editor = form.caret.get_untracked();
        if let (Some(way), Some(editor)) = (way(number).filter(|way| !way.is_empty()), editor) {
            editor.insert(&way);
        }
    };
    let turn = move |number: usize, is_open: bool| {
        if let Some(way) = way(number) {
            open.update(|open| {
                if is_open {
                    open.insert(way);
                } else {
                    open.remove(&way);
                }
            });
        }
    };
    let keys = move |event: KeyboardEvent| {
        let is_search = words.with_untracked(|words| !words.is_empty());
        let Some(press) = found.with_untracked(|rows| press(&event.key(), rows, at.get_untracked(), is_search)) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        match press {
            Press::To(to) => at.set(to),
            Press::Open(number) => turn(number, true),
            Press::Close(number) => turn(number, false),
            Press::Insert(number) => insert(number),
            Press::Leave => {
                if let Some(editor) = form.caret.get_untracked() {
                    editor.focus();
                }
            }
        }
    };
    let pointed = move |event: leptos::ev::MouseEvent| {
        // The text keeps the keyboard.
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target else { return };
        let Some(row) = target.closest("[data-row-number]").ok().flatten() else { return };
        event.prevent_default();
        let Some(number) = row.get_attribute("data-row-number").and_then(|number| number.parse().ok()) else { return };
        at.set(number);
        if target.closest(".tree-turn").ok().flatten().is_some() {
            let is_open = found.with_untracked(|rows| rows.get(number).is_some_and(|row| row.is_open));
            turn(number, !is_open);
        } else {
            insert(number);
        }
    };
    let close = move |_| {
        form.is_data_wanted.set(false);
        if let Some(editor) = form.caret.get_untracked() {
            editor.focus();
        }
    };
    let list = move || found.with(|rows| rows_view(rows, at, words.with(String::is_empty)));
    view! {
        <section class="step-data" aria-label=say::form::earlier_data()>
            <div class="step-data-head">
                <Icon glyph=Glyph::Search/>
                <input id=SEARCH type="text" role="combobox" aria-expanded="true" aria-controls="step-data-rows" aria-label=say::form::search_data()
                    placeholder=say::form::earlier_data() autocomplete="off" spellcheck="false" aria-activedescendant=move || row_id(at.get())
                    on:input=move |event| { words.set(event_target_value(&event)); at.set(0); } on:keydown=keys/>
                <IconButton glyph=Glyph::X label=say::form::put_data_away() on_click=close/>
            </div>
            <div class="step-data-rows" id="step-data-rows" role="tree" aria-label=say::form::earlier_data() on:mousedown=pointed>{list}</div>
        </section>
    }
    .into_any()
}

fn row_id(number: usize) -> String {
    ["step-data-row-", &number.to_string()].concat()
}

/// The rows; `at` is where the keyboard is.
fn rows_view(rows: &[Row], at: RwSignal<usize>, is_whole: bool) -> Vec<AnyView> {
    if rows.is_empty() {
        let words = if is_whole { say::form::nothing_before() } else { say::form::none_called_so() };
        return vec![view! { <p class="step-none">{words}</p> }.into_any()];
    }
    let draw = |(number, row): (usize, &Row)| {
        let is_step = row.level == 0;
        let preview = match row.preview.as_str() {
            "" if is_step && !row.has_more => say::form::not_tested(),
            preview => preview,
        };
        let hint = if row.preview.is_empty() { "" } else { hint_word(row.hint) };
        let turn = match (row.has_more, row.is_open) {
            (true, true) => Some(Glyph::ChevronDown),
            (true, false) => Some(Glyph::ChevronRight),
            (false, _) => None,
        };
        view! {
            <div class="tree-line" class:of-step=is_step role="treeitem" id=row_id(number) data-row-number=number.to_string()
                style:--level=row.level.to_string() attr:aria-level=(row.level + 1).to_string()
                aria-expanded=row.has_more.then_some(if row.is_open { "true" } else { "false" })
                aria-selected=move || if at.get() == number { "true" } else { "false" }>
                <span class="tree-turn">{turn.map(|glyph| view! { <Icon glyph/> })}</span>
                <span class="tree-name cut">{row.label.clone()}</span>
                <span class="tree-value grow cut">{preview.to_owned()}</span>
                <small>{hint}</small>
            </div>
        }
        .into_any()
    };
    rows.iter().enumerate().map(draw).collect()
}
