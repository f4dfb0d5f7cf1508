//! Search and palette: one field from which everything is found and done.

mod actions;
mod entry;
pub(crate) mod query;
pub(crate) mod rank;
pub(crate) mod recall;
pub(crate) mod recent;
mod state;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use self::actions::Actions;
use self::entry::{Entry, EntryView};
use self::state::{PaletteState, Stage};
use crate::parts::{Each, Glyph, Icon, Kbd, Show, Spinner, trap_tab};
use crate::say;
use crate::state::{Overlays, effect};

/// Search and palette: shows while the overlay is open.
#[component]
pub fn Palette() -> impl IntoView {
    let overlays = Overlays::expect();
    view! { <Show when=move || overlays.palette.get()><Body/></Show> }
}

#[component]
fn Body() -> impl IntoView {
    let overlays = Overlays::expect();
    let state = PaletteState::here();
    let actions = Actions::here(state);
    let root = NodeRef::<html::Div>::new();
    let field = NodeRef::<html::Input>::new();
    let came_from =
        StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()));
    let focus = move || {
        if let Some(field) = field.try_get_untracked().flatten() {
            let _ = field.focus();
        }
    };
    // At once, so that the next key goes here; and with the frame, should it not stand in the page yet.
    effect(move || {
        field.track();
        focus();
        request_animation_frame(focus);
    });
    on_cleanup(move || {
        if let Some(Some(element)) = came_from.try_get_value() {
            let _ = element.focus();
        }
    });
    let choose = move |index: usize| {
        if let Some(entry) = state.entries.with_untracked(|entries| entries.get(index).cloned()) {
            actions.choose(entry);
            focus();
        }
    };
    let keys = move |event: KeyboardEvent| {
        let last = state.entries.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                if !state.step_back() {
                    overlays.palette.set(false);
                }
            }
            "ArrowDown" => state.place.update(|place| *place = if *place >= last { 0 } else { *place + 1 }),
            "ArrowUp" => state.place.update(|place| *place = place.checked_sub(1).unwrap_or(last)),
            "PageDown" => state.place.update(|place| *place = (*place + 8).min(last)),
            "PageUp" => state.place.update(|place| *place = place.saturating_sub(8)),
            "Enter" if !event.is_composing() => {
                if !actions.take_title() {
                    choose(state.place.get_untracked());
                }
            }
            "Backspace" if state.text.with_untracked(String::is_empty) => {
                if !state.drop_filter() {
                    state.step_back();
                }
            }
            _ => {
                if let Some(root) = root.get_untracked() {
                    trap_tab(&root, &event);
                }
                return;
            }
        }
        event.prevent_default();
    };
    effect(move || {
        let id = format!("found-{}", state.place.get());
        if let Some(element) = document().get_element_by_id(&id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let (before, after) = say::around(say::palette::narrow_with);
    view! {
        <div class="veil palette-veil" on:mousedown=move |_| overlays.palette.set(false)>
            <div class="palette" role="dialog" aria-modal="true" aria-label=say::palette::title() node_ref=root
                on:mousedown=|event| event.stop_propagation() on:keydown=keys>
                <div class="palette-head">
                    <Show when=move || state.busy.get() fallback=|| view! { <Icon glyph=Glyph::Search/> }><Spinner/></Show>
                    <Each each=move || state.filters.get() key=|filter| filter.label() let(filter)>
                        {
                            let gone = filter.clone();
                            let label = filter.label();
                            view! {
                                <button type="button" class="palette-chip" aria-label=say::palette::remove_filter(&label)
                                    on:click=move |_| { state.filters.update(|filters| filters.retain(|one| *one != gone)); focus(); }>
                                    {label.clone()} <Icon glyph=Glyph::X/>
                                </button>
                            }
                        }
                    </Each>
                    <input class="palette-field" type="text" role="combobox" aria-expanded="true" aria-controls="found" aria-autocomplete="list"
                        autocomplete="off" spellcheck="false" node_ref=field
                        placeholder=move || state.stage.with(Stage::placeholder) aria-label=move || state.stage.with(Stage::placeholder)
                        aria-activedescendant=move || format!("found-{}", state.place.get())
                        prop:value=move || state.text.get() on:input=move |event| state.typed(event_target_value(&event))/>
                    <Kbd keys="Esc"/>
                </div>
                <div class="palette-list" id="found" role="listbox" aria-label=say::palette::what_was_found()>
                    {move || rows(&state.entries.get(), state.place, choose)}
                    <Say state/>
                </div>
                <div class="palette-foot">
                    <span><Kbd keys="↑↓"/>{say::palette::choose()}</span>
                    <span><Kbd keys="↵"/>{say::palette::open()}</span>
                    <span class="grow"></span>
                    <span>{before}<code>{"in:"}</code> " " <code>{"@"}</code> " " <code>{"type:"}</code>{after}</span>
                </div>
            </div>
        </div>
    }
}

/// The entries with a head above each section.
fn rows<F: Fn(usize) + Copy + Send + Sync + 'static>(
    entries: &[Entry],
    place: RwSignal<usize>,
    choose: F,
) -> impl IntoView + use<F> {
    let mut section = None;
    entries
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, entry)| {
            let this = Some(std::mem::discriminant(&entry));
            let is_first = this != section;
            section = this;
            let head = entry.section();
            view! {
                {is_first.then(|| view! { <p class="palette-section" role="presentation">{head}</p> })}
                <EntryView entry index place on_choose=move |()| choose(index)/>
            }
        })
        .collect_view()
}

/// What is to be said below the entries: corrected words, nothing found, why it failed, what to do.
#[component]
fn Say(state: PaletteState) -> impl IntoView {
    move || {
        let (text, glyph) = state.remark()?;
        Some(view! { <p class="palette-say" role="status"><Icon glyph/><span>{text}</span></p> })
    }
}
