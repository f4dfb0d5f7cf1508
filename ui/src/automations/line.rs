//! An automation in the list.

use contract::commands::SwitchFlow;
use contract::{FlowPlace, FlowState, FlowSummary, RunSummary};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::order::is_changed;
use crate::parts::moment::ago;
use crate::parts::{Chip, Dot, Glyph, Icon, IconButton, Point, Tone, point_of};
use crate::runs::plot::DaysPlot;
use crate::runs::standing::{rate, tone, word};
use crate::say::{self, Grouped};
use crate::state::{Route, Router, use_command};

/// The height of a line, in pixels.
pub(super) const HEIGHT: usize = 52;

/// The automation whose menu is open, and where.
pub(super) type OpenMenu = RwSignal<Option<(FlowSummary, Point)>>;

#[component]
pub(super) fn FlowLine(flow: FlowSummary, menu: OpenMenu) -> impl IntoView {
    let (glyph, place) = match flow.place {
        FlowPlace::Here => (Glyph::Monitor, say::automations::in_app()),
        FlowPlace::Server => (Glyph::Cloud, say::automations::activepieces()),
    };
    let steps = say::automations::steps(Grouped(flow.steps.into()));
    let facts = if flow.folder.is_empty() { steps } else { format!("{steps} · {}", flow.folder) };
    let kept = StoredValue::new(flow.clone());
    let open_menu = move |event: MouseEvent| {
        event.stop_propagation();
        menu.set(Some((kept.get_value(), point_of(&event))));
    };
    let problems = (flow.problems > 0).then(|| {
        view! { <Chip tone=Signal::stored(Tone::Warn)>{say::automations::problems(Grouped(flow.problems.into()))}</Chip> }
    });
    let changed = is_changed(&flow)
        .then(|| view! { <Chip tone=Signal::stored(Tone::Accent)>{say::automations::unpublished()}</Chip> });
    let draft = (flow.state == FlowState::Draft).then(|| view! { <Chip>{say::automations::draft()}</Chip> });
    view! {
        <div class="flow-line">
            <StateSwitch flow=flow.clone()/>
            <span class="flow-words">
                <span class="flow-first">
                    <span class="flow-name cut" title=flow.name.clone()>{flow.name.clone()}</span>
                    {draft}{problems}{changed}
                </span>
                <span class="flow-second">
                    <span class="cut">{flow.trigger.clone()}</span><span class="flow-facts">{facts}</span>
                </span>
            </span>
            <span class="flow-place"><Icon glyph/><span class="cut">{place}</span></span>
            <span class="flow-last">
                {flow.last_run.clone().map(|run| view! { <LastRun run/> })}
                {tested_since(&flow).cloned().map(|run| view! { <LastTest run/> })}
            </span>
            <span class="flow-rate"><Share runs=flow.runs failed=flow.failed days=flow.days.clone()/></span>
            <span class="flow-owner cut" title=flow.owner.clone()>{flow.owner.clone()}</span>
            <IconButton glyph=Glyph::Ellipsis label=say::automations::what_to_do() on_click=open_menu/>
        </div>
    }
}

/// Whether it runs by itself. What was never published cannot.
#[component]
fn StateSwitch(flow: FlowSummary) -> impl IntoView {
    let switch = use_command::<SwitchFlow>();
    let (id, on, draft) = (flow.id, flow.state == FlowState::On, flow.state == FlowState::Draft);
    let label =
        if draft { say::automations::never_published(&flow.name) } else { say::automations::runs_itself(&flow.name) };
    view! {
        <button type="button" class="switch" role="switch" aria-checked=if on { "true" } else { "false" } aria-label=label.clone() title=label
            disabled=move || draft || switch.busy.get()
            on:click=move |event| {
                event.stop_propagation();
                switch.run(SwitchFlow { id, on: !on });
            }>
            <span class="switch-knob"></span>
        </button>
    }
}

/// The last run as a mark that opens it.
#[component]
fn LastRun(run: RunSummary) -> impl IntoView {
    let router = Router::expect();
    let id = run.id;
    let status = word(run.status);
    let words = match (&run.failed_step, &run.failure) {
        (Some(step), Some(why)) => say::automations::StatusAtWhy { status, step, why }.text(),
        (Some(step), None) => say::automations::StatusAt { status, step }.text(),
        (None, _) => status.to_owned(),
    };
    let open = move |event: MouseEvent| {
        event.stop_propagation();
        router.go(Route::Run(id));
    };
    view! {
        <button type="button" class="flow-run" title=words.clone() on:click=open>
            <span class="aside-label">{say::automations::last_run_is()}</span>
            <Dot tone=Signal::stored(tone(run.status)) label=status/>
            <span class="cut">{status}</span>
            <small class="num">{ago(run.began_at, crate::clock::now())}</small>
        </button>
    }
}

/// The share of the week's runs that went well, beside each of the last days.
#[component]
fn Share(runs: u32, failed: u32, days: Vec<(u32, u32)>) -> impl IntoView {
    let label = match (runs, failed) {
        (0, _) => say::automations::no_run().to_owned(),
        _ => say::automations::Week { count: Grouped(runs.into()), failed }.text(),
    };
    let words = rate(runs, failed).map_or_else(|| "–".to_owned(), |rate| format!("{rate} %"));
    view! {
        <span class="num" title=label>{words}</span>
        <DaysPlot small=true days=Signal::stored(days)/>
    }
}

/// Whether the last test is news: it is later than the last run, or there was none. Pure.
pub(super) fn tested_since(flow: &FlowSummary) -> Option<&RunSummary> {
    let ran = flow.last_run.as_ref().map(|run| run.began_at);
    flow.last_test.as_ref().filter(|test| ran.is_none_or(|ran| test.began_at > ran))
}

/// The last test as a mark that opens it.
#[component]
fn LastTest(run: RunSummary) -> impl IntoView {
    let router = Router::expect();
    let id = run.id;
    let what = if run.rehearsal { say::automations::rehearsed() } else { say::automations::tested() };
    let words = format!("{what}: {}", word(run.status));
    let open = move |event: MouseEvent| {
        event.stop_propagation();
        router.go(Route::Run(id));
    };
    view! {
        <button type="button" class="flow-run test" title=words.clone() aria-label=words on:click=open>
            <Dot tone=Signal::stored(tone(run.status)) label=word(run.status)/>
            <span class="cut">{what}</span>
            <small class="num">{ago(run.began_at, crate::clock::now())}</small>
        </button>
    }
}
