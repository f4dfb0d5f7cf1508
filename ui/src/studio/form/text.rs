//! The one text field of the form: references shown as chips, colours beneath the letters, completion between braces, and
//! the place that the data selector writes to.

use flow::expr::{Completion, Span, complete};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::caret;
use super::chips::{Part, has_chips, parts};
use super::context::Form;
use super::control::hint_word;
use super::tokens::{Language, tokens};
use crate::parts::Show;
use crate::say;
use crate::state::{effect, memo};

/// What a text field is given.
pub(super) struct Text {
    /// What it is for, where no element with words labels it.
    pub(super) label: String,
    /// The element that labels it; empty for none.
    pub(super) labelled_by: String,
    /// What stands in it.
    pub(super) value: Signal<String>,
    /// Called with what was typed, when the field is left.
    pub(super) save: Callback<String>,
    /// What is written.
    pub(super) language: Language,
    /// Enter begins another line.
    pub(super) has_lines: bool,
    /// Shown while it is empty.
    pub(super) placeholder: String,
    /// Something is wrong with it.
    pub(super) is_wrong: Signal<bool>,
}

/// A text field that a reference can go into.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    form: Form,
    number: u32,
    text: RwSignal<String>,
    element: NodeRef<html::Textarea>,
    /// What is chosen, in bytes.
    chosen: RwSignal<Span>,
    is_on: RwSignal<bool>,
    /// Completion was put away.
    is_quiet: RwSignal<bool>,
    is_touched: StoredValue<bool>,
    save: Callback<String>,
}

impl PartialEq for Editor {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number && self.text == other.text
    }
}

impl Editor {
    /// Tells what was typed, if anything was.
    pub(super) fn keep(self) {
        if self.is_touched.try_get_value() == Some(true)
            && let Some(text) = self.text.try_get_untracked()
        {
            self.is_touched.set_value(false);
            self.save.try_run(text);
        }
    }

    fn type_in(self, text: String) {
        self.is_touched.set_value(true);
        self.text.set(text);
    }

    /// Takes over where the caret is.
    fn follow(self) {
        let Some(element) = self.element.try_get_untracked().flatten() else { return };
        let place = |units: Option<u32>| units.and_then(|units| usize::try_from(units).ok()).unwrap_or(usize::MAX);
        let start = place(element.selection_start().ok().flatten());
        let end = place(element.selection_end().ok().flatten());
        let text = element.value();
        let chosen = Span { start: caret::to_bytes(&text, start), end: caret::to_bytes(&text, end) };
        if self.chosen.get_untracked() != chosen {
            self.chosen.set(chosen);
        }
    }

    /// Puts another text in, with the caret at a place.
    fn put(self, text: String, at: usize) {
        self.type_in(text.clone());
        self.chosen.set(Span { start: at, end: at });
        if let Some(element) = self.element.get_untracked() {
            element.set_value(&text);
            let units = u32::try_from(caret::to_units(&text, at)).unwrap_or(u32::MAX);
            let _ = element.set_selection_range(units, units);
        }
    }

    /// Puts a reference where the caret is, or was.
    pub(super) fn insert(self, reference: &str) {
        let (Some(text), Some(chosen)) = (self.text.try_get_untracked(), self.chosen.try_get_untracked()) else {
            return;
        };
        let (text, at) = caret::insert(&text, chosen, reference);
        self.is_quiet.set(true);
        self.put(text, at);
        self.keep();
        self.focus();
    }

    /// Puts the keyboard into it.
    pub(super) fn focus(self) {
        if let Some(element) = self.element.try_get_untracked().flatten() {
            let _ = element.focus();
        }
    }

    /// What may be typed next. Tracks.
    fn offer(self) -> Option<Completion> {
        if !self.is_on.get() || self.is_quiet.get() {
            return None;
        }
        let (text, chosen) = (self.text.get(), self.chosen.get());
        if chosen.start != chosen.end || !caret::is_inside(&text, chosen.start) {
            return None;
        }
        let form = self.form;
        form.samples.track();
        let offer =
            form.name.with_value(|name| form.look(|flow, samples| complete(flow, name, &text, chosen.start, samples)));
        Some(offer).filter(|offer| !offer.candidates.is_empty())
    }

    fn accept(self, offer: &Completion, number: usize) {
        let Some(candidate) = offer.candidates.get(number) else { return };
        let text = self.text.get_untracked();
        let (text, at) = caret::write(&text, offer.replace, &candidate.insert);
        self.put(text, at);
    }
}

/// Whether two texts say the same. JSON that a person wrote keeps its lines and its order.
fn says_the_same(one: &str, other: &str, language: Language) -> bool {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    one == other || (language == Language::Json && read(one).is_some_and(|one| Some(one) == read(other)))
}

/// A text field.
pub(super) fn text_field(form: Form, text: Text) -> AnyView {
    let Text { label, labelled_by, value, save, language, has_lines, placeholder, is_wrong } = text;
    let id = form.id();
    let editor = Editor {
        form,
        number: id.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default(),
        text: RwSignal::new(value.get_untracked()),
        element: NodeRef::new(),
        chosen: RwSignal::new(Span { start: usize::MAX, end: usize::MAX }),
        is_on: RwSignal::new(false),
        is_quiet: RwSignal::new(false),
        is_touched: StoredValue::new(false),
        save,
    };
    effect(move || {
        let value = value.get();
        let is_same = editor.text.with_untracked(|text| says_the_same(text, &value, language));
        if !editor.is_touched.get_value() && !is_same {
            editor.text.set(value);
        }
    });
    on_cleanup(move || {
        editor.keep();
        form.caret.try_update(|caret| {
            if *caret == Some(editor) {
                *caret = None;
            }
        });
    });
    let chips = memo(move || {
        if language != Language::Plain {
            return Vec::new();
        }
        form.samples.track();
        form.studio.drawn.track();
        editor.text.with(|text| form.look(|flow, samples| parts(flow, samples, text)))
    });
    let is_chipped = memo(move || chips.with(|chips| has_chips(chips)));
    let offer = memo(move || editor.offer());
    let at = RwSignal::new(0_usize);
    let list = StoredValue::new([&id, "-list"].concat());
    let keys = move |event: KeyboardEvent| pressed(editor, &event, offer, at, has_lines);
    let class = ["expr", if has_lines { " lines" } else { "" }, if language == Language::Plain { "" } else { " code" }]
        .concat();
    let mirror = move || {
        editor.text.with(|text| {
            let pieces = tokens(text, language)
                .into_iter()
                .map(|(meaning, piece)| view! { <span class=meaning.class()>{piece.to_owned()}</span> }.into_any());
            pieces.collect::<Vec<AnyView>>()
        })
    };
    let labels = (!labelled_by.is_empty()).then_some(labelled_by);
    view! {
        <div class=class class:chipped=move || is_chipped.get()>
            <Show when=move || is_chipped.get()>
                <div class="expr-chips" aria-hidden="true">{move || chips.get().iter().map(part_view).collect::<Vec<_>>()}</div>
            </Show>
            <div class="expr-box">
                <pre class="expr-mirror" aria-hidden="true">{mirror}" "</pre>
                <textarea id=id rows="1" spellcheck=if language == Language::Plain { None } else { Some("false") } autocomplete="off"
                    aria-label=labels.is_none().then_some(label) aria-labelledby=labels placeholder=placeholder
                    aria-invalid=move || is_wrong.get().then_some("true") aria-autocomplete="list"
                    aria-controls=move || offer.with(Option::is_some).then(|| list.get_value())
                    aria-activedescendant=move || offer.with(Option::is_some).then(|| line_id(&list.get_value(), at.get()))
                    node_ref=editor.element prop:value=move || editor.text.get()
                    on:focus=move |_| {
                        editor.follow();
                        editor.is_on.set(true);
                        form.caret.set(Some(editor));
                    }
                    on:blur=move |_| {
                        editor.is_on.set(false);
                        editor.keep();
                    }
                    on:input=move |event| typed(editor, at, &event)
                    on:keyup=move |_| editor.follow()
                    on:mouseup=move |_| editor.follow()
                    on:keydown=keys></textarea>
            </div>
            <Show when=move || offer.with(Option::is_some)>{move || offer_view(editor, offer, at, &list.get_value())}</Show>
        </div>
    }
    .into_any()
}

fn typed(editor: Editor, at: RwSignal<usize>, event: &web_sys::Event) {
    let Some(element) = editor.element.get_untracked() else { return };
    editor.is_quiet.set(false);
    at.set(0);
    editor.type_in(element.value());
    editor.follow();
    // Only what is typed closes itself: braces that are taken out stay out.
    if event.dyn_ref::<web_sys::InputEvent>().and_then(web_sys::InputEvent::data).as_deref() != Some("{") {
        return;
    }
    let caret = editor.chosen.get_untracked().start;
    if let Some(text) = editor.text.with_untracked(|text| caret::closed(text, caret)) {
        editor.put(text, caret);
    }
}

fn pressed(
    editor: Editor,
    event: &KeyboardEvent,
    offer: Memo<Option<Completion>>,
    at: RwSignal<usize>,
    has_lines: bool,
) {
    if event.is_composing() {
        return;
    }
    let key = event.key();
    if (key == "ArrowDown" && event.alt_key()) || (key == " " && event.ctrl_key()) {
        event.prevent_default();
        editor.form.is_data_wanted.set(true);
        super::selector::enter();
        return;
    }
    if let Some(offer) = offer.get_untracked() {
        let last = offer.candidates.len().saturating_sub(1);
        match key.as_str() {
            "ArrowDown" => at.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => at.update(|at| *at = at.checked_sub(1).unwrap_or(last)),
            "Enter" | "Tab" if !event.shift_key() => {
                editor.accept(&offer, at.get_untracked().min(last));
                at.set(0);
            }
            "Escape" => {
                event.stop_propagation();
                editor.is_quiet.set(true);
            }
            _ => return,
        }
        event.prevent_default();
        return;
    }
    if key == "Enter" && !has_lines {
        event.prevent_default();
        editor.keep();
    }
}

fn part_view(part: &Part) -> AnyView {
    match part {
        Part::Text(text) => text.clone().into_any(),
        Part::Chip(chip) => {
            let class = if chip.is_broken { "ref broken" } else { "ref" };
            view! { <span class=class title=chip.source.clone()>{chip.label.clone()}</span> }.into_any()
        }
    }
}

fn line_id(list: &str, number: usize) -> String {
    [list, "-", &number.to_string()].concat()
}

fn offer_view(editor: Editor, offer: Memo<Option<Completion>>, at: RwSignal<usize>, list: &str) -> AnyView {
    let Some(candidates) = offer.get().map(|offer| offer.candidates) else { return ().into_any() };
    let lines = candidates.into_iter().enumerate().map(|(number, one)| {
        view! {
            <div class="expr-line" role="option" id=line_id(list, number)
                aria-selected=move || if at.get() == number { "true" } else { "false" }
                on:mousedown=move |event| {
                    event.prevent_default();
                    if let Some(offer) = offer.get_untracked() {
                        editor.accept(&offer, number);
                    }
                }>
                <span class="cut">{one.label}</span>
                <small class="grow cut">{one.preview.unwrap_or_default()}</small>
                <small>{hint_word(one.hint)}</small>
            </div>
        }
        .into_any()
    });
    let lines: Vec<AnyView> = lines.collect();
    view! { <div class="expr-list" role="listbox" aria-label=say::form::can_be_inserted() id=list.to_owned()>{lines}</div> }
        .into_any()
}
