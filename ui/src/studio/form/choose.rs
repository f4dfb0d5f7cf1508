//! Choices, and fields, that are known beforehand or asked of the piece. What depends on a changed field is asked again; what
//! was chosen stays, and is marked if it is no longer offered.

use contract::FieldChoices;
use contract::commands::ListChoices;
use flow::piece::{Options, Ordered, Property};
use leptos::prelude::*;
use serde_json::Value;

use super::ask::{Asked, ask};
use super::control::{as_text, is_asked};
use super::field::{Field, Kept, fields};
use crate::parts::{Button, ButtonKind, Choice, Each, Glyph, Icon, IconButton, Picker, Point, Show, Spinner, point_of};
use crate::say;
use crate::state::memo;

/// What is shown of something chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Its words.
    pub(super) label: String,
    /// It is no longer offered.
    pub(super) is_gone: bool,
}

/// What is shown of a value. `are_known` says that the choices are there, so that what is not among them is gone.
pub(super) fn chosen(value: &Value, options: &Options, are_known: bool) -> Chosen {
    let found = options.options.iter().find(|choice| choice.value == *value);
    let is_gone = found.is_none() && are_known && !options.disabled && !options.options.is_empty();
    let label = found.map_or_else(|| as_text(value), |choice| choice.label.clone());
    Chosen { label, is_gone }
}

/// The list with a value in it, or without it if it was there.
pub(super) fn toggled(list: &Value, value: Value) -> Value {
    let mut list = list.as_array().cloned().unwrap_or_default();
    match list.iter().position(|one| *one == value) {
        Some(at) => drop(list.remove(at)),
        None => list.push(value),
    }
    Value::Array(list)
}

/// What the answer depends on.
fn depends(field: Field) -> String {
    let refreshers = field.property.with_value(|property| property.refreshers.clone());
    field.form.subject.with(|subject| {
        let input = subject.as_ref().and_then(|subject| subject.input());
        let mut key = String::new();
        for name in refreshers.iter().map(String::as_str).chain(["auth"]) {
            let value = input.and_then(|input| input.get(name)).map(Value::to_string);
            key.push_str(&value.unwrap_or_default());
            key.push('\u{1f}');
        }
        key
    })
}

fn ask_piece(field: Field, search: RwSignal<String>) -> Asked<FieldChoices> {
    let form = field.form;
    // Of a step that was just added the app knows nothing before it is saved.
    let is_saved = Memo::new(move |was: Option<&bool>| was == Some(&true) || !form.studio.unsaved.get());
    let key = memo(move || [&*depends(field), &*search.get(), if is_saved.get() { "" } else { "\u{1f}" }].concat());
    ask(key, move || {
        if !is_saved.get_untracked() {
            return None;
        }
        let input = form.subject.with_untracked(|subject| Some(subject.as_ref()?.input()?.clone()))?;
        let search = search.get_untracked();
        Some(ListChoices {
            id: form.flow,
            step: form.name.get_value(),
            field: field.name(),
            input: Value::Object(input).to_string(),
            search: (!search.is_empty()).then_some(search),
        })
    })
}

/// The choices of a field.
#[derive(Clone, Copy)]
struct Offer {
    options: Memo<Options>,
    asked: Option<Asked<FieldChoices>>,
    search: RwSignal<String>,
}

impl Offer {
    fn of(field: Field) -> Self {
        let search = RwSignal::new(String::new());
        let asked = is_asked(field.property.with_value(|property| property.kind)).then(|| ask_piece(field, search));
        let options = memo(move || match asked {
            Some(asked) => asked.answer.with(|answer| {
                answer.as_ref().and_then(|answer| serde_json::from_str(&answer.options).ok()).unwrap_or_default()
            }),
            None => field.property.with_value(|property| property.options.clone()).unwrap_or_default(),
        });
        Self { options, asked, search }
    }

    /// What is not among the choices is gone. Tracks.
    fn are_known(self) -> bool {
        let is_settled = self.asked.is_none_or(|asked| !asked.is_busy.get() && asked.fault.with(Option::is_none));
        is_settled && self.search.with(String::is_empty)
    }

    fn chosen(self, value: &Value) -> Chosen {
        let are_known = self.are_known();
        self.options.with(|options| chosen(value, options, are_known))
    }

    /// That the choices are on their way, why there are none, or what to do first.
    fn state(self) -> AnyView {
        let placeholder = move || {
            let is_settled = self.asked.is_none_or(|asked| !asked.is_busy.get() && asked.fault.with(Option::is_none));
            let words = self.options.with(|options| options.placeholder.clone().filter(|_| options.disabled));
            words.filter(|_| is_settled).map(|words| view! { <p class="field-hint">{words}</p> })
        };
        view! { {self.asked.map(asking)} {placeholder} }.into_any()
    }

    fn choices(self, is_on: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Signal<Vec<Choice<String>>> {
        Signal::derive(move || {
            self.options.with(|options| {
                let choices = options.options.iter().map(|choice| {
                    Choice::new(choice.value.to_string(), choice.label.clone()).checked(is_on(&choice.value))
                });
                choices.collect()
            })
        })
    }
}

/// That an answer is on its way, or why there is none.
fn asking(asked: Asked<FieldChoices>) -> AnyView {
    let fault = move || {
        asked.fault.get().map(|fault| {
            view! {
                <p class="field-wrong" role="alert">{fault.message}
                    <Button kind=ButtonKind::Bare on_click=move |_| asked.retry()>{say::form::again()}</Button></p>
            }
        })
    };
    view! {
        <Show when=move || asked.is_busy.get()><p class="field-hint step-busy" role="status"><Spinner/>{say::form::asking()}</p></Show>
        {fault}
    }
    .into_any()
}

fn picker(field: Field, offer: Offer, at: RwSignal<Option<Point>>, several: bool) -> AnyView {
    let searches = field.property.with_value(|property| property.refresh_on_search);
    let on = move |value: &Value| match several {
        true => field.shown().as_array().is_some_and(|list| list.contains(value)),
        false => field.shown() == *value,
    };
    let choices = offer.choices(on);
    let choose = Callback::new(move |key: String| {
        let Ok(value) = serde_json::from_str::<Value>(&key) else { return };
        if several {
            let list = untrack(move || field.shown());
            field.set(Some(toggled(&list, value)));
        } else {
            field.set(Some(value));
        }
    });
    let typed = Callback::new(move |text: String| {
        if searches {
            offer.search.set(text);
        }
    });
    let close = Callback::new(move |()| {
        at.set(None);
        offer.search.set(String::new());
    });
    let label = field.label.get_value();
    let view = move || {
        let label = label.clone();
        at.get().map(|at| view! { <Picker label at choices several on_choose=choose on_close=close on_typed=typed/> })
    };
    view.into_any()
}

/// One of some choices.
pub(super) fn one(field: Field) -> AnyView {
    let offer = Offer::of(field);
    let at = RwSignal::new(None::<Point>);
    let look = memo(move || Some(field.shown()).filter(|value| !value.is_null()).map(|value| offer.chosen(&value)));
    let may_clear = field.property.with_value(|property| !property.required);
    let words = move || match look.get() {
        Some(look) if !look.label.is_empty() => look.label,
        Some(_) | None => {
            offer.options.with(|options| options.placeholder.clone()).unwrap_or_else(|| say::form::choose().to_owned())
        }
    };
    let gone = move || look.get().filter(|look| look.is_gone).map(|look| gone_view(&look.label));
    view! {
        <div class="step-line">
            <button type="button" class="step-pick" aria-haspopup="listbox" aria-labelledby=field.label_id.get_value()
                class:unset=move || look.with(Option::is_none) on:click=move |event| at.set(Some(point_of(&event)))>
                <span class="grow cut">{words}</span><Icon glyph=Glyph::ChevronDown/>
            </button>
            <Show when=move || may_clear && field.value.with(|value| !value.is_null())>
                <IconButton glyph=Glyph::X label=move || say::form::clear(field.label.get_value()) on_click=move |_| field.set(None)/>
            </Show>
        </div>
        {gone}
        {offer.state()}
        {picker(field, offer, at, false)}
    }
    .into_any()
}

fn gone_view(label: &str) -> AnyView {
    view! { <p class="field-warn" role="status">{say::form::choice_gone(label)}</p> }.into_any()
}

/// Some of some choices.
pub(super) fn several(field: Field) -> AnyView {
    let offer = Offer::of(field);
    let at = RwSignal::new(None::<Point>);
    let values = memo(move || field.shown().as_array().cloned().unwrap_or_default());
    let is_gone = move || values.with(|values| values.iter().any(|value| offer.chosen(value).is_gone));
    view! {
        <div class="step-chips">
            <Each each=move || values.get() key=|value| value.to_string() let(value)>
                {
                    let value = StoredValue::new(value);
                    let look = memo(move || value.with_value(|value| offer.chosen(value)));
                    let remove = move |_| {
                        let list = untrack(move || field.shown());
                        field.set(Some(toggled(&list, value.get_value())));
                    };
                    view! {
                        <span class="chip" class:warn=move || look.with(|look| look.is_gone)>
                            {move || look.with(|look| look.label.clone())}
                            <button type="button" class="chip-x" aria-label=move || look.with(|look| say::form::remove_named(&look.label)) on:click=remove>
                                <Icon glyph=Glyph::X/>
                            </button>
                        </span>
                    }
                }
            </Each>
            <button type="button" class="button bare" aria-haspopup="listbox" on:click=move |event| at.set(Some(point_of(&event)))>
                <Icon glyph=Glyph::Plus/>{say::form::choose()}
            </button>
        </div>
        <Show when=is_gone><p class="field-warn" role="status">{say::form::marked_gone()}</p></Show>
        {offer.state()}
        {picker(field, offer, at, true)}
    }
    .into_any()
}

/// Fields that the piece is asked for.
pub(super) fn fields_asked(field: Field) -> AnyView {
    let form = field.form;
    let asked = ask_piece(field, RwSignal::new(String::new()));
    // What was kept serves until the piece has answered, and when it cannot. A text: an object would lose the order.
    let known = memo(move || {
        let told = asked.answer.with(|answer| answer.as_ref().map(|answer| answer.fields.clone()));
        told.filter(|fields| !fields.is_empty()).or_else(|| {
            let name = field.name();
            form.subject
                .with(|subject| subject.as_ref().and_then(|subject| subject.schema(&name).map(Value::to_string)))
        })
    });
    let props = memo(move || {
        let read = |text: &String| serde_json::from_str::<Ordered<Property>>(text).ok();
        known.with(|known| known.as_ref().and_then(read)).unwrap_or_default()
    });
    let inner = move || {
        let schema = known.with(|known| known.as_ref().and_then(|known| serde_json::from_str(known).ok()));
        let kept =
            schema.map(|schema| Kept { property: StoredValue::new(field.name()), fields: StoredValue::new(schema) });
        let at = field.at.get_value();
        fields(form, &at, &props.get(), kept)
    };
    let is_empty =
        move || !asked.is_busy.get() && asked.fault.with(Option::is_none) && props.with(|props| props.is_empty());
    view! {
        {asking(asked)}
        {inner}
        <Show when=is_empty><p class="field-hint">{say::form::nothing_asked()}</p></Show>
    }
    .into_any()
}
