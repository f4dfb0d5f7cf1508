//! The item's steps.

use leptos::prelude::*;

use super::pane::Item;
use crate::parts::{Checkbox, DayLabel, Each, Faces, PendingMark, Show};
use crate::say;
use crate::state::memo;

/// The steps; nothing when there are none.
#[component]
pub(super) fn Steps() -> impl IntoView {
    let item = expect_context::<Item>();
    let steps = memo(move || item.part(|detail| detail.steps.clone()));
    let note = move || {
        steps.with(|steps| {
            let done = steps.iter().filter(|step| step.completed).count();
            say::drawer::StepsDone { done, count: steps.len() }.text()
        })
    };
    view! {
        <Show when=move || steps.with(|steps| !steps.is_empty())>
            <section class="drawer-part">
                <h3 class="drawer-part-head">{say::drawer::steps()} <small class="num">{note}</small></h3>
                <ul class="steps">
                    <Each each=move || steps.get() key=|step| (step.id, step.completed, step.updated_at, step.pending as u8) let(step)>
                        {
                            let row = step.clone();
                            view! {
                                <li class="step" class:done=step.completed>
                                    <Checkbox checked=step.completed label=step.title.clone() on_change=move |_: bool| item.deeds.tick(&row)/>
                                    <span class="grow">{step.title.clone()}</span>
                                    <PendingMark pending=step.pending/>
                                    <DayLabel due=step.due_on done=step.completed/>
                                    <Faces people=step.assignees.clone()/>
                                </li>
                            }
                        }
                    </Each>
                </ul>
            </section>
        </Show>
    }
}
