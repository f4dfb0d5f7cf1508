//! Publishing: what it will be allowed to do, in words, and what keeps it from being published.

use contract::commands::{CheckFlow, PublishFlow};
use contract::{FlowCheck, FlowNeed};
use flow::Spot;
use flow::expr::{Finding, Severity};
use leptos::prelude::*;

use super::draft::Draft;
use crate::parts::{Button, ButtonKind, Chip, Dialog, Each, Glyph, Icon, Loaded, Show, Tone};
use crate::say;
use crate::state::{Query, Toasts, memo, use_command, use_query};

/// The question, with what must be known to answer it.
#[component]
pub(super) fn Publish(draft: Draft, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=say::studio::publish_title() on_close=move |()| open.set(false)>
            <Question draft open/>
        </Dialog>
    }
}

/// What is wrong with the draft, worst first: the step, by its name in the flow, and the sentence.
pub(super) fn problems(findings: &str) -> Vec<(String, Severity, String)> {
    let mut findings: Vec<Finding> = serde_json::from_str(findings).unwrap_or_default();
    findings.sort_by_key(|finding| matches!(finding.severity, Severity::Warning));
    findings.into_iter().map(|finding| (finding.step, finding.severity, finding.message)).collect()
}

#[component]
fn Question(draft: Draft, open: RwSignal<bool>) -> impl IntoView {
    let check = use_query(move || Some(CheckFlow { id: draft.id, pending: false }));
    let publish = use_command::<PublishFlow>();
    let toasts = Toasts::expect();
    let blocked = memo(move || check.value.with(|check| check.as_ref().is_none_or(|check| check.errors > 0)));
    let go = move |_| {
        let allow = check
            .value
            .with_untracked(|check| check.iter().flat_map(|check| &check.needs).map(|need| need.key.clone()).collect());
        let input = PublishFlow { id: draft.id, revision: draft.revision(), allow };
        publish.run_then(input, move |_| {
            open.set(false);
            toasts.note(say::studio::published());
            draft.read();
            // The button that the dialog was opened by cannot be pressed any more: the keyboard would be nowhere.
            request_animation_frame(move || crate::studio::canvas::refocus(draft.studio));
        });
    };
    view! {
        <Loaded query=check><Findings draft check open/></Loaded>
        <div class="dialog-foot">
            <Button on_click=move |_| open.set(false)>{say::studio::cancel()}</Button>
            <Button kind=ButtonKind::Primary busy=publish.busy disabled=blocked on_click=go>{say::studio::publish_and_on()}</Button>
        </div>
    }
}

#[component]
fn Findings(draft: Draft, check: Query<FlowCheck>, open: RwSignal<bool>) -> impl IntoView {
    let read = move |pick: fn(&FlowCheck) -> Vec<FlowNeed>| {
        memo(move || check.value.with(|check| check.as_ref().map(pick).unwrap_or_default()))
    };
    let needs = read(|check| check.needs.clone());
    let found = memo(move || {
        check.value.with(|check| check.as_ref().map(|check| problems(&check.findings)).unwrap_or_default())
    });
    let none = move || needs.with(Vec::is_empty);
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <h3 class="publish-head">{say::studio::look_first()}</h3>
            <ul class="publish-list">
                <Each each=move || found.get() key=|one| (one.0.clone(), one.2.clone()) let((step, severity, words))>
                    {
                        let is_error = severity == Severity::Error;
                        let glyph = if is_error { Glyph::CircleAlert } else { Glyph::TriangleAlert };
                        view! {
                            <li class="publish-line" class:bad=is_error class:warn=!is_error>
                                <Icon glyph/>
                                <span class="grow">{words}</span>
                                <Button kind=ButtonKind::Bare on_click=move |_| {
                                    open.set(false);
                                    draft.studio.go(Spot::Card(step.clone()));
                                    draft.studio.opened.set(Some(step.clone()));
                                }>{say::studio::show()}</Button>
                            </li>
                        }
                    }
                </Each>
            </ul>
        </Show>
        <h3 class="publish-head">{say::studio::may_do()}</h3>
        <Show when=none><p class="dialog-text">{say::studio::does_nothing()}</p></Show>
        <ul class="publish-list">
            <Each each=move || needs.get() key=|need| (need.key.clone(), need.granted) let(need)>
                <li class="publish-line">
                    <Icon glyph=Glyph::ShieldCheck/>
                    <span class="grow">{need.words}</span>
                    {(need.steps.len() > 1).then(|| view! { <small class="num">{say::studio::steps(need.steps.len())}</small> })}
                    {(!need.granted).then(|| view! { <Chip tone=Tone::Accent>{say::studio::new()}</Chip> })}
                </li>
            </Each>
        </ul>
    }
}
