//! Beside the canvas: the form of the chosen step, and the run that is on show.

use contract::{RunId, Sample};
use flow::Spot;
use leptos::prelude::*;

use super::draft::Draft;
use super::testing::Testing;
use crate::parts::{Glyph, IconButton, Segments, Show};
use crate::runs::RunPanel;
use crate::say;
use crate::state::{effect, memo};
use crate::studio::StepForm;

/// What is beside the canvas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Form,
    Run,
}

/// The panel.
#[component]
pub(super) fn Side(draft: Draft, test: Testing) -> impl IntoView {
    let studio = draft.studio;
    let beside = RwSignal::new(Beside::Form);
    let has_run = memo(move || test.run.get().is_some());
    // A run that begins is looked at; a step that is chosen is worked on.
    effect(move || beside.set(if has_run.get() { Beside::Run } else { Beside::Form }));
    let run = Signal::derive(move || test.run.get().unwrap_or(RunId(0)));
    let on_step = move |name: String| {
        studio.go(Spot::Card(name.clone()));
        studio.opened.set(Some(name));
    };
    let samples: Signal<Vec<Sample>> = Signal::derive(move || draft.view.with(|view| view.samples.clone()));
    let address = Signal::derive(move || draft.view.with(|view| view.address.clone()));
    let told = Signal::derive(move || draft.view.with(|view| view.told.clone()));
    let place = Signal::derive(move || draft.view.with(|view| view.flow.place));
    let is_run = memo(move || has_run.get() && beside.get() == Beside::Run);
    view! {
        <div class="studio-side">
            <Show when=move || has_run.get()>
                <div class="studio-side-head">
                    <Segments label=say::studio::beside() options=vec![(Beside::Form, say::studio::set_up()), (Beside::Run, say::studio::run())]
                        value=beside on_change=move |next| beside.set(next)/>
                    <span class="grow"></span>
                    <IconButton glyph=Glyph::X label=say::studio::take_run_off() on_click=move |_| test.close()/>
                </div>
            </Show>
            <Show when=move || is_run.get() fallback=move || view! { <StepForm studio flow=draft.id samples address told place/> }>
                <RunPanel run on_step/>
            </Show>
        </div>
    }
}
