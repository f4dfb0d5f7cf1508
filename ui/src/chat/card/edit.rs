//! The input of a call, edited before it runs. What it would do then is shown before it can be allowed.

use contract::CallView;
use contract::commands::PreviewCall;
use leptos::prelude::*;

use super::Desk;
use super::form::{Form, Shape};
use crate::history::wording::field_label;
use crate::parts::{Button, ButtonKind, focus_first};
use crate::state::use_command;

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
    let fields = form.with_untracked(|now| {
        now.fields
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let label = field_label(&field.name);
                let text = Memo::new(move |_| {
                    form.with(|form| form.fields.get(at).map(|field| field.text.clone()).unwrap_or_default())
                });
                let name = field.name.clone();
                let bad = Memo::new(move |_| {
                    wrong.with(|wrong| wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, why)| why.clone()))
                });
                view! { <EditField label shape=field.shape text bad on_input=move |text| set(at, text)/> }
            })
            .collect_view()
    });
    let root = NodeRef::<leptos::html::Form>::new();
    Effect::new(move |_| {
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
                <Button kind=ButtonKind::Primary submit=true busy=look.busy on_click=|_| {}>"Show what it would do"</Button>
                <Button kind=ButtonKind::Bare on_click=undo>"Back to its own"</Button>
            </div>
        </form>
    }
}

#[component]
fn EditField(
    label: String,
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
        Shape::Bool => view! {
            <select on:change=typed prop:value=move || text.get()>
                <option value="true" selected=move || text.get() == "true">"Yes"</option>
                <option value="false" selected=move || text.get() != "true">"No"</option>
            </select>
        }
        .into_any(),
    };
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            {input}
            {move || bad.get().map(|why| view! { <span class="field-wrong" role="alert">{why}</span> })}
        </label>
    }
}
