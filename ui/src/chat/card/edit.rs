//! The input of a call, edited before it runs. What it would do then is shown before it can be allowed.

use contract::commands::PreviewCall;
use contract::{CallView, PersonId};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Desk;
use super::form::{Form, FormField, Shape};
use crate::history::wording::field_label;
use crate::parts::{Button, ButtonKind, Choice, Glyph, IconButton, Picker, Point, focus_first, point_of};
use crate::say;
use crate::state::{Names, effect, memo, use_command};

/// The form of a call's input.
#[component]
pub(super) fn Edit(call: StoredValue<CallView>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let id = call.with_value(|call| call.call.id);
    let as_left = desk.picks.with_untracked(|picks| {
        let pick = picks.list.iter().find(|pick| pick.call == id);
        pick.and_then(|pick| pick.edited.clone()).map(|(input, _)| input)
    });
    let form = RwSignal::new(Form::of(&as_left.unwrap_or_else(|| call.with_value(|call| call.call.input.clone()))));
    let wrong = RwSignal::new(None::<(String, String)>);
    let look = use_command::<PreviewCall>().quiet();
    let set = move |at: usize, text: String| {
        wrong.set(None);
        form.update(|form| {
            if let Some(field) = form.fields.get_mut(at) {
                field.text = text;
            }
        });
    };
    let check = move || match form.with_untracked(Form::input) {
        Err(why) => wrong.set(Some((why.field, why.sentence))),
        Ok(input) => {
            let tool = call.with_value(|call| call.call.tool.clone());
            let taken = input.clone();
            look.run_then(PreviewCall { tool, input }, move |preview| {
                let same = call.with_value(|call| serde_json::from_str::<serde_json::Value>(&call.call.input).ok())
                    == serde_json::from_str(&taken).ok();
                desk.picks.update(|picks| {
                    if let Some(pick) = picks.list.iter_mut().find(|pick| pick.call == id) {
                        pick.allow = preview.refusal.is_none();
                        pick.edited = (!same).then_some((taken, preview));
                    }
                });
                desk.editing.set(None);
            });
        }
    };
    let undo = move |_| {
        desk.picks.update(|picks| {
            if let Some(pick) = picks.list.iter_mut().find(|pick| pick.call == id) {
                pick.edited = None;
            }
        });
        desk.editing.set(None);
    };
    let take_out = move |group: String| match form.with_untracked(|form| form.without(&group)) {
        Ok(less) => {
            wrong.set(None);
            form.set(less);
        }
        Err(why) => wrong.set(Some((why.field, why.sentence))),
    };
    // Drawn anew when a group is taken out, and not while one types.
    let drawn =
        memo(move || form.with(|form| form.fields.iter().map(|field| field.pointer.clone()).collect::<Vec<_>>()));
    let fields = move || {
        // Read, not only tracked: a memo that was never read hears of no change.
        let _ = drawn.get();
        form.with_untracked(|form| form.fields.clone())
            .into_iter()
            .enumerate()
            .map(|(at, field)| {
                if field.shape == Shape::Group {
                    return view! { <Group field on_take_out=take_out/> }.into_any();
                }
                let text = memo(move || {
                    form.with(|form| form.fields.get(at).map(|field| field.text.clone()).unwrap_or_default())
                });
                let pointer = field.pointer.clone();
                let bad = memo(move || {
                    let here = |(field, _): &&(String, String)| *field == pointer;
                    wrong.with(|wrong| wrong.as_ref().filter(here).map(|(_, why)| why.clone()))
                });
                let label = field_label(&field.name);
                view! { <EditField label depth=field.depth shape=field.shape text bad on_input=move |text| set(at, text)/> }
                    .into_any()
            })
            .collect_view()
    };
    let root = NodeRef::<leptos::html::Form>::new();
    effect(move || {
        if let Some(root) = root.get() {
            request_animation_frame(move || {
                focus_first(&root);
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                root.scroll_into_view_with_scroll_into_view_options(&options);
            });
        }
    });
    view! {
        <form class="ask-edit" node_ref=root on:submit=move |event| { event.prevent_default(); check(); }
            on:keydown=move |event| if event.key() == "Escape" { event.prevent_default(); event.stop_propagation(); desk.editing.set(None); }>
            {fields}
            {move || look.fault.get().map(|fault| view! { <p class="chat-wrong" role="alert">{fault.message}</p> })}
            <div class="ask-edit-foot">
                <Button kind=ButtonKind::Primary submit=true busy=look.busy on_click=|_| {}>{say::chat::would_do()}</Button>
                <Button kind=ButtonKind::Bare on_click=undo>{say::chat::back_to_own()}</Button>
            </div>
        </form>
    }
}

/// How far in it stands; deeper than this it stands no further.
fn indent(depth: usize) -> &'static str {
    match depth {
        0 => "in-0",
        1 => "in-1",
        2 => "in-2",
        _ => "in-3",
    }
}

/// The head of what lies deeper: a list among lists, a to-do among to-dos.
#[component]
fn Group(field: FormField, #[prop(into)] on_take_out: Callback<String>) -> impl IntoView {
    let words = match field.number {
        // One of “lists” is a list.
        Some(number) => {
            let several = field_label(&field.name);
            let one = several.strip_suffix('s').unwrap_or(&several);
            say::chat::Numbered { field: &field.name, number, one }.text()
        }
        None => field_label(&field.name),
    };
    let label = say::chat::leave_out(&words);
    let pointer = field.pointer;
    view! {
        <div class=format!("ask-group {}", indent(field.depth))>
            <h4 class="grow">{words}</h4>
            <IconButton glyph=Glyph::X label=label on_click=move |_| on_take_out.run(pointer.clone())/>
        </div>
    }
}

/// People, by their names. What is typed is a JSON list of their ids.
#[component]
fn PeopleField(label: String, text: Memo<String>, on_input: Callback<String>) -> impl IntoView {
    let names = Names::expect();
    let at = RwSignal::new(None::<Point>);
    let ids = memo(move || text.with(|text| serde_json::from_str::<Vec<PersonId>>(text).unwrap_or_default()));
    let choices = Signal::derive(move || {
        let directory = names.directory.value.get();
        let people = directory.into_iter().flat_map(|directory| directory.people);
        people
            .map(|person| {
                let checked = ids.with(|ids| ids.contains(&person.id));
                Choice::new(person.id, person.name).hint(person.title).checked(checked)
            })
            .collect::<Vec<_>>()
    });
    let toggle = move |id: PersonId| {
        let mut chosen = ids.get_untracked();
        match chosen.iter().position(|one| *one == id) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(id),
        }
        on_input.run(serde_json::to_string(&chosen).unwrap_or_default());
    };
    let words = move || {
        let list: Vec<String> = ids.get().into_iter().map(|id| names.person_name(id)).collect();
        if list.is_empty() { say::chat::nobody().to_owned() } else { list.join(", ") }
    };
    view! {
        <Button glyph=Glyph::Users on_click=move |event: MouseEvent| at.set(Some(point_of(&event)))>{words}</Button>
        {move || at.get().map(|point| view! {
            <Picker label=label.clone() at=point choices several=true on_choose=toggle on_close=move |()| at.set(None)/>
        })}
    }
}

#[component]
fn EditField(
    label: String,
    depth: usize,
    shape: Shape,
    text: Memo<String>,
    bad: Memo<Option<String>>,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    let typed = move |event| on_input.run(event_target_value(&event));
    let invalid = move || bad.with(Option::is_some).then_some("true");
    let input = match shape {
        Shape::Line => view! { <input type="text" autocomplete="off" prop:value=move || text.get() on:input=typed aria-invalid=invalid/> }.into_any(),
        Shape::Date => view! { <input type="date" prop:value=move || text.get() on:input=typed aria-invalid=invalid/> }.into_any(),
        Shape::Number => view! { <input type="text" inputmode="decimal" autocomplete="off" prop:value=move || text.get() on:input=typed aria-invalid=invalid/> }.into_any(),
        Shape::Lines => view! { <textarea rows="3" prop:value=move || text.get() on:input=typed aria-invalid=invalid></textarea> }.into_any(),
        Shape::Json => view! { <textarea class="mono" rows="2" spellcheck="false" prop:value=move || text.get() on:input=typed aria-invalid=invalid></textarea> }.into_any(),
        Shape::People => view! { <PeopleField label=label.clone() text on_input/> }.into_any(),
        Shape::Group => ().into_any(),
        Shape::Bool => view! {
            <select on:change=typed prop:value=move || text.get()>
                <option value="true" selected=move || text.get() == "true">{say::chat::yes()}</option>
                <option value="false" selected=move || text.get() != "true">{say::chat::no()}</option>
            </select>
        }
        .into_any(),
    };
    // A button is no field that a label could lead to.
    let head = view! { <span class="field-label">{label}</span> };
    let wrong = move || bad.get().map(|why| view! { <span class="field-wrong" role="alert">{why}</span> });
    if shape == Shape::People {
        return view! { <div class=format!("field {}", indent(depth))>{head}{input}{wrong}</div> }.into_any();
    }
    view! { <label class=format!("field {}", indent(depth))>{head}{input}{wrong}</label> }.into_any()
}
