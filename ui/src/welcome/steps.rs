//! The three steps of the set-up in a row: where the person is, what was decided, what was left for later.

use contract::{Setup, SetupStep, StepState};
use leptos::prelude::*;

use crate::parts::{Glyph, Icon};
use crate::say;
use crate::state::{Session, SetupState, memo};

/// The steps with their words, in order.
fn steps() -> [(SetupStep, &'static str); 4] {
    [
        (SetupStep::Work, say::welcome::step_basecamp()),
        (SetupStep::Automations, say::welcome::step_automations()),
        (SetupStep::Assistant, say::welcome::step_assistant()),
        (SetupStep::Ready, say::welcome::ready()),
    ]
}

/// How a step stands, as far as its mark tells.
fn state(setup: &Setup, step: SetupStep) -> StepState {
    match step {
        SetupStep::Work => setup.work,
        SetupStep::Automations => setup.automations,
        SetupStep::Assistant => setup.assistant,
        SetupStep::Ready => StepState::Open,
    }
}

/// The row. A step leads back to itself once there is a workspace.
#[component]
pub(super) fn Steps(step: Memo<SetupStep>) -> impl IntoView {
    let (session, setup) = (Session::expect(), SetupState::expect());
    let locked = memo(move || session.workspace.get().is_none());
    let items = steps()
        .into_iter()
        .enumerate()
        .map(|(at, (this, words))| {
            let stand = memo(move || state(&setup.get(), this));
            let here = memo(move || step.get() == this);
            let mark = move || match stand.get() {
                StepState::Done => view! { <Icon glyph=Glyph::Check/> }.into_any(),
                StepState::Skipped => view! { <Icon glyph=Glyph::Minus/> }.into_any(),
                StepState::Open => (at + 1).to_string().into_any(),
            };
            let told = move || match stand.get() {
                StepState::Done => say::welcome::told_done(),
                StepState::Skipped => say::welcome::told_later(),
                StepState::Open => "",
            };
            view! {
                <li>
                    <button type="button" class="step" class:on=move || here.get() class:done=move || stand.get() == StepState::Done
                        aria-current=move || here.get().then_some("step") disabled=move || locked.get() && !here.get()
                        on:click=move |_| setup.note(|setup| setup.at = Some(this))>
                        <span class="step-mark num">{mark}</span>
                        <span class="step-word">{words}</span>
                        <span class="aside-label">{told}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! { <nav class="steps" aria-label=say::welcome::setup()><ol>{items}</ol></nav> }
}
