//! Runs an automation once, by hand: with a form or with what the trigger would bring, where it asks for that.

use contract::commands::{RunFlow, ShowFlow};
use contract::{FlowId, FlowView};
use leptos::prelude::*;

use super::ask::{Ask, FormField, Shape, ask, filled, payload};
use crate::parts::{Button, ButtonKind, Checkbox, Dialog, Field, FieldKind, Glyph};
use crate::runs::outline::read_document;
use crate::say;
use crate::state::{Act, Route, Router, Toasts, use_command};
use crate::welcome::sign_in::FormFault;

/// What is about to be run.
#[derive(Clone, Copy)]
pub(super) struct Once {
    asked: RwSignal<Option<Asked>>,
    show: Act<ShowFlow>,
    /// From the dialog, which shows why it was refused.
    run: Act<RunFlow>,
    at_once: Act<RunFlow>,
    router: Router,
    toasts: Toasts,
}

/// A run that waits for its data.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    id: FlowId,
    name: String,
    ask: Ask,
    /// What the trigger brought when it was last tried.
    sample: String,
}

impl Once {
    pub(super) fn new() -> Self {
        Self {
            asked: RwSignal::new(None),
            show: use_command(),
            run: use_command::<RunFlow>().quiet(),
            at_once: use_command(),
            router: Router::expect(),
            toasts: Toasts::expect(),
        }
    }

    /// Runs it, or asks for what it must have first.
    pub(super) fn begin(self, id: FlowId) {
        self.show.run_then(ShowFlow { id, known: None }, move |view: FlowView| {
            let trigger = read_document(&view.published).map(|flow| flow.trigger);
            let ask = trigger.as_ref().map_or(Ask::Nothing, ask);
            if ask == Ask::Nothing {
                self.go(self.at_once, id, None);
                return;
            }
            let name = trigger.map(|trigger| trigger.name).unwrap_or_default();
            let sample = view.samples.into_iter().find(|sample| sample.step == name && sample.chosen);
            let sample = sample.map(|sample| sample.value).unwrap_or_default();
            self.run.fault.set(None);
            self.asked.set(Some(Asked { id, name: view.flow.name, ask, sample }));
        });
    }

    /// Runs it by this mutation.
    fn go(self, act: Act<RunFlow>, id: FlowId, payload: Option<String>) {
        act.run_then(RunFlow { id, payload }, move |run| {
            self.asked.try_set(None);
            self.toasts.note(say::automations::it_runs());
            self.router.go(Route::Run(run.id));
        });
    }
}

/// The dialog; closed while nothing is asked for.
#[component]
pub(super) fn OnceDialog(once: Once) -> impl IntoView {
    let open = Signal::derive(move || once.asked.with(Option::is_some));
    let title = Signal::derive(move || {
        once.asked
            .with(|asked| asked.as_ref().map(|asked| say::automations::run_named_once(&asked.name)).unwrap_or_default())
    });
    view! {
        <Dialog open title on_close=move |()| once.asked.set(None)>
            {move || once.asked.get().map(|asked| match asked.ask {
                Ask::Nothing => ().into_any(),
                Ask::Form(fields) => view! { <Form once id=asked.id fields/> }.into_any(),
                Ask::Payload => view! { <Payload once id=asked.id sample=asked.sample/> }.into_any(),
            })}
        </Dialog>
    }
}

#[component]
fn Foot(once: Once) -> impl IntoView {
    view! {
        <FormFault act=once.run fields=&[]/>
        <div class="dialog-foot">
            <Button on_click=move |_| once.asked.set(None)>{say::automations::cancel()}</Button>
            <Button kind=ButtonKind::Primary glyph=Glyph::Play submit=true busy=once.run.busy on_click=|_| ()>{say::automations::run_it()}</Button>
        </div>
    }
}

#[component]
fn Form(once: Once, id: FlowId, fields: Vec<FormField>) -> impl IntoView {
    let values: Vec<(FormField, RwSignal<String>)> =
        fields.into_iter().map(|field| (field, RwSignal::new(String::new()))).collect();
    let wrong = RwSignal::new((String::new(), String::new()));
    let inputs = values
        .iter()
        .map(|(field, value)| {
            let (key, value) = (field.key.clone(), *value);
            let says = Signal::derive(move || wrong.with(|(of, why)| if *of == key { why.clone() } else { String::new() }));
            let label = if field.required { say::automations::required(&field.label) } else { field.label.clone() };
            let hint = match field.shape {
                Shape::File if field.description.is_empty() => say::automations::file_hint().to_owned(),
                Shape::File | Shape::Line | Shape::Lines | Shape::Flag => field.description.clone(),
            };
            match field.shape {
                Shape::Flag => {
                    let checked = Signal::derive(move || value.with(|value| value == "true"));
                    view! {
                        <div class="row"><Checkbox checked label=label.clone() on_change=move |on: bool| value.set(on.to_string())/><span>{label}</span></div>
                    }
                    .into_any()
                }
                Shape::Lines => view! { <Field label value kind=FieldKind::Lines hint wrong=says/> }.into_any(),
                Shape::Line | Shape::File => view! { <Field label value hint wrong=says/> }.into_any(),
            }
        })
        .collect_view();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed: Vec<_> = values.iter().map(|(field, value)| (field.clone(), value.get_untracked())).collect();
        match filled(&typed) {
            Ok(payload) => {
                wrong.set((String::new(), String::new()));
                once.go(once.run, id, Some(payload));
            }
            Err(why) => wrong.set(why),
        }
    };
    view! { <form class="form" on:submit=submit>{inputs}<Foot once/></form> }
}

#[component]
fn Payload(once: Once, id: FlowId, sample: String) -> impl IntoView {
    let hint = if sample.is_empty() { say::automations::payload_hint() } else { say::automations::sample_hint() };
    let (value, wrong) = (RwSignal::new(sample), RwSignal::new(String::new()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match value.with_untracked(|text| payload(text)) {
            Ok(payload) => once.go(once.run, id, payload),
            Err(why) => wrong.set(why),
        }
    };
    view! {
        <form class="form payload-form" on:submit=submit>
            <Field label=say::automations::trigger_brings() value kind=FieldKind::Lines hint wrong autofocus=true/>
            <Foot once/>
        </form>
    }
}
