//! One run: how it stands, what can be done with it, and its steps over time.

mod head;
mod loops;
mod said;
mod step;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use contract::commands::ShowRun;
use contract::{RunId, RunView};
use leptos::prelude::*;

use self::head::{Failure, Head, Waits};
use self::step::{StepContext, StepRow};
use super::acts::RunActs;
use super::outline::{Look, Shown, labels, outline, place};
use super::standing::lasted;
use super::timeline::{Bar, timeline};
use crate::parts::{Each, Empty, Glyph, Loaded, Show};
use crate::project::shown::Toggle;
use crate::say;
use crate::state::{Route, Router, memo, use_query};

/// The screen of one run.
#[component]
pub fn RunPage(
    /// Which.
    run: Signal<RunId>,
) -> impl IntoView {
    let router = Router::expect();
    view! {
        <section class="screen run-screen" aria-label=say::runs::run()>
            <div class="page">
                <RunBody run on_step=None on_other=move |id| router.go(Route::Run(id)) whole=true/>
            </div>
        </section>
    }
}

/// A run, step by step, beside something else.
#[component]
pub fn RunPanel(
    /// Which.
    run: Signal<RunId>,
    /// A step was chosen.
    #[prop(into)]
    on_step: Callback<String>,
) -> impl IntoView {
    let router = Router::expect();
    view! {
        <section class="run-panel" aria-label=say::runs::run()>
            <RunBody run on_step=Some(on_step) on_other=move |id| router.go(Route::Run(id)) whole=false/>
        </section>
    }
}

#[component]
fn RunBody(
    run: Signal<RunId>,
    on_step: Option<Callback<String>>,
    #[prop(into)] on_other: Callback<RunId>,
    whole: bool,
) -> impl IntoView {
    let query = use_query(move || Some(ShowRun { id: run.get() }));
    // The run before stays in the query until the next one came.
    let view = memo(move || {
        query.value.with(|view| view.as_ref().filter(|view| view.run.id == run.get()).cloned().map(Arc::new))
    });
    let acts = RunActs::new();
    view! {
        <Loaded query>
            <Show when=move || view.with(Option::is_some)>
                <Head view acts on_other whole/>
                <Waits view acts/>
                <Failure view acts/>
                <Steps view on_step/>
            </Show>
        </Loaded>
    }
}

/// A step's row: what it shows, and what tells whether it must be drawn anew.
#[derive(Clone, PartialEq)]
struct Row {
    shown: Shown,
    bar: Option<Bar>,
    place: String,
}

#[component]
fn Steps(view: Memo<Option<Arc<RunView>>>, on_step: Option<Callback<String>>) -> impl IntoView {
    let look = RwSignal::new(Look::default());
    let failed_only = RwSignal::new(false);
    let names =
        memo(move || view.with(|view| view.as_ref().map(|view| Arc::new(labels(&view.document))).unwrap_or_default()));
    let drawn = memo(move || {
        let look = Look { failed_only: failed_only.get(), ..look.get() };
        view.with(|view| {
            let steps = view.as_ref().map(|view| view.steps.as_slice()).unwrap_or_default();
            let shown = outline(steps, &look);
            let lanes: Vec<_> = shown.iter().filter_map(|shown| steps.get(shown.index)).collect();
            let (bars, whole) = timeline(&lanes);
            let rows: Vec<Row> = shown
                .into_iter()
                .zip(bars)
                .filter_map(|(shown, bar)| {
                    let step = steps.get(shown.index)?;
                    Some(Row { place: place(&step.within, &step.name), shown, bar })
                })
                .collect();
            (rows, whole)
        })
    });
    let has_failed_loops = memo(move || {
        drawn
            .with(|(rows, _)| rows.iter().filter_map(|row| row.shown.iterations.as_ref()).any(|loops| loops.failed > 0))
    });
    let context = StepContext { view, names, open: RwSignal::new(BTreeSet::new()), look, on_step };
    let row = move |row: Row| {
        let step = view.with_untracked(|view| view.as_ref().and_then(|view| view.steps.get(row.shown.index).cloned()));
        step.map(|step| view! { <StepRow step shown=row.shown bar=row.bar place=row.place context/> })
    };
    let key = move |row: &Row| {
        let state = view.with_untracked(|view| {
            let step = view.as_ref().and_then(|view| view.steps.get(row.shown.index))?;
            Some((step.status, step.took_ms, step.attempts, step.input.len(), step.output.len(), step.error.is_some()))
        });
        (row.place.clone(), row.bar, row.shown.depth, row.shown.iterations.clone(), state)
    };
    view! {
        <div class="run-steps-head">
            <h2>{say::runs::steps()}</h2>
            <small class="num">{move || drawn.with(|(_, whole)| say::runs::on_the_clock(lasted(*whole)))}</small>
            <span class="grow"></span>
            <Show when=move || has_failed_loops.get() || failed_only.get()>
                <Toggle on=failed_only>{say::runs::only_failed()}</Toggle>
            </Show>
        </div>
        <Show when=move || drawn.with(|(rows, _)| !rows.is_empty()) fallback=|| view! {
            <Empty glyph=Glyph::ListTree title=say::runs::no_step() text=say::runs::no_step_text()/>
        }>
            <ol class="run-steps">
                <Each each=move || drawn.with(|(rows, _)| rows.clone()) key=key children=row/>
            </ol>
        </Show>
    }
}

/// What steps are called.
type Labels = Arc<BTreeMap<String, String>>;
