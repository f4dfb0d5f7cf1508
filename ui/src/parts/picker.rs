//! A short list that floats over the page, narrowed by typing: where to move, whom to assign, what to do with a row.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Glyph, Icon, Show};
use crate::palette::rank::ranked;
use crate::say;
use crate::state::{effect, memo};

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<K> {
    /// What the chooser is told.
    pub key: K,
    /// Its words.
    pub label: String,
    /// More words, in small type at the end: a key, a count, a place.
    pub hint: String,
    /// Its icon.
    pub glyph: Option<Glyph>,
    /// It is in force.
    pub checked: bool,
    /// It takes something away.
    pub danger: bool,
}

impl<K> Choice<K> {
    /// A plain one.
    pub fn new(key: K, label: impl Into<String>) -> Self {
        Self { key, label: label.into(), hint: String::new(), glyph: None, checked: false, danger: false }
    }
    /// With an icon.
    #[must_use]
    pub fn glyph(self, glyph: Glyph) -> Self {
        Self { glyph: Some(glyph), ..self }
    }
    /// With small words at the end.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }
    /// In force or not.
    #[must_use]
    pub fn checked(self, checked: bool) -> Self {
        Self { checked, ..self }
    }
    /// Takes something away.
    #[must_use]
    pub fn danger(self) -> Self {
        Self { danger: true, ..self }
    }
}

/// A place in the window, in CSS pixels.
pub type Point = (f64, f64);

/// The place under an element, or the middle of the window when it is not there.
#[must_use]
pub fn point_under(id: &str) -> Point {
    let rect = document().get_element_by_id(id).map(|element| element.get_bounding_client_rect());
    rect.map_or_else(|| (window_size().0 / 2.0, window_size().1 / 3.0), |rect| (rect.left(), rect.bottom()))
}

/// The place under the control that an event came from.
#[must_use]
pub fn point_of(event: &web_sys::Event) -> Point {
    let element = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.map_or((0.0, 0.0), |element| {
        let rect = element.get_bounding_client_rect();
        (rect.left(), rect.bottom())
    })
}

fn window_size() -> Point {
    let side = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| value.ok().and_then(|side| side.as_f64());
    (side(window().inner_width()).unwrap_or(1024.0), side(window().inner_height()).unwrap_or(768.0))
}

const WIDTH: f64 = 264.0;
const HEIGHT: f64 = 340.0;

/// A list to choose from. Arrows move, Enter chooses, Esc and a click outside close. Focus goes back where it was.
#[component]
pub fn Picker<K>(
    /// What is chosen, for screen readers and in the empty field.
    #[prop(into)]
    label: String,
    /// Where: its upper left corner, kept inside the window.
    at: Point,
    /// What there is.
    #[prop(into)]
    choices: Signal<Vec<Choice<K>>>,
    /// Several can be chosen: choosing does not close.
    #[prop(optional)]
    several: bool,
    /// Called with what was chosen.
    #[prop(into)]
    on_choose: Callback<K>,
    /// Called when it should go.
    #[prop(into)]
    on_close: Callback<()>,
    /// Called with what is typed, where the choices follow it.
    #[prop(optional, into)]
    on_typed: Option<Callback<String>>,
) -> impl IntoView
where
    K: Clone + PartialEq + Send + Sync + 'static,
{
    let typed = RwSignal::new(String::new());
    let place = RwSignal::new(0_usize);
    let shown = memo(move || {
        typed.with(|typed| {
            let found = ranked(typed, choices.get(), |choice| choice.label.clone());
            found.into_iter().map(|(_, choice)| choice).collect::<Vec<_>>()
        })
    });
    let came_from =
        StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()));
    let field = NodeRef::<html::Input>::new();
    effect(move || {
        if let Some(field) = field.get() {
            request_animation_frame(move || drop(field.focus()));
        }
    });
    on_cleanup(move || {
        if let Some(Some(element)) = came_from.try_get_value() {
            let _ = element.focus();
        }
    });
    let choose = move |index: usize| {
        let Some(choice) = shown.with_untracked(|shown| shown.get(index).cloned()) else { return };
        if several {
            place.set(index);
            on_choose.run(choice.key);
        } else {
            on_close.run(());
            on_choose.run(choice.key);
        }
    };
    let keys = move |event: KeyboardEvent| {
        event.stop_propagation();
        let last = shown.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "Escape" | "Tab" => on_close.run(()),
            "ArrowDown" => place.update(|place| *place = (*place + 1).min(last)),
            "ArrowUp" => place.update(|place| *place = place.saturating_sub(1)),
            "Enter" => choose(place.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    effect(move || {
        let id = format!("pick-{}", place.get());
        if let Some(element) = document().get_element_by_id(&id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let (wide, high) = window_size();
    let left = at.0.min(wide - WIDTH - 8.0).max(8.0);
    let top = if at.1 + HEIGHT > high { (high - HEIGHT - 8.0).max(8.0) } else { at.1 + 4.0 };
    view! {
        <div class="picker-veil" on:mousedown=move |event| { event.prevent_default(); on_close.run(()) }></div>
        <div class="picker" style:left=format!("{left}px") style:top=format!("{top}px") on:keydown=keys on:click=|event| event.stop_propagation()>
            <input class="picker-field" type="text" role="combobox" aria-expanded="true" aria-controls="picker-list" aria-autocomplete="list"
                autocomplete="off" spellcheck="false" placeholder=label.clone() aria-label=label.clone() node_ref=field
                aria-activedescendant=move || format!("pick-{}", place.get())
                prop:value=move || typed.get()
                on:input=move |event| {
                    let text = event_target_value(&event);
                    if let Some(on_typed) = on_typed {
                        on_typed.run(text.clone());
                    }
                    typed.set(text);
                    place.set(0);
                }/>
            <div class="picker-list" id="picker-list" role="listbox" aria-label=label aria-multiselectable=several.then_some("true")>
                {move || shown.get().into_iter().enumerate().map(|(index, choice)| view! {
                    <div class="picker-item" class:danger=choice.danger class:on=move || place.get() == index role="option" id=format!("pick-{index}")
                        aria-selected=move || if place.get() == index { "true" } else { "false" }
                        on:mousemove=move |_| if place.get_untracked() != index { place.set(index) }
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| choose(index)>
                        {choice.glyph.map(|glyph| view! { <Icon glyph/> })}
                        <span class="grow cut">{choice.label}</span>
                        <span class="picker-hint">{choice.hint}</span>
                        {choice.checked.then(|| view! { <Icon glyph=Glyph::Check/> })}
                    </div>
                }).collect_view()}
                <Show when=move || shown.with(Vec::is_empty)><p class="picker-none">{say::parts::none_found()}</p></Show>
            </div>
        </div>
    }
}
