//! The list of runs: counted, sifted, kept up by the feed.

use contract::commands::{ListFlows, ListRuns};
use contract::{FlowId, RunId, RunList, RunSummary};
use leptos::prelude::*;

use super::acts::{RunActs, can_resume};
use super::compare::CompareDialog;
use super::line::{HEIGHT, RunLine, Shared};
use super::plot::DaysPlot;
use super::sieve::{LIVE, STEP, Sieve, Standing, choose};
use super::standing::{ended, is_failure, rate};
use crate::parts::{Button, ButtonKind, Choice, Empty, Glyph, Loaded, Picker, Select, Show, Spinner, VirtualList};
use crate::say::{self, Grouped};
use crate::state::{Query, Route, Router, effect, memo, use_command, use_query};

/// Runs of every automation, or of one.
#[component]
pub fn RunsPage(
    /// The only automation whose runs are shown.
    #[prop(optional, into)]
    flow: Option<FlowId>,
) -> impl IntoView {
    let sieve = RwSignal::new(Sieve { flow, ..Sieve::default() });
    let limit = RwSignal::new(STEP);
    // Another question begins at its beginning.
    Effect::new(move |before: Option<Sieve>| {
        let now = sieve.get();
        if before.is_some_and(|before| before != now) {
            limit.set(STEP);
        }
        now
    });
    let list = use_query(move || Some(sieve.get().ask(limit.get(), None)));
    let shared = Shared {
        acts: RunActs::new(),
        chosen: RwSignal::new(Vec::new()),
        menu: RwSignal::new(None),
        one_flow: flow.is_some(),
    };
    let comparing = RwSignal::new(None::<(RunId, RunId)>);
    view! {
        <section class="screen tight runs" aria-label=say::runs::title()>
            <Show when=move || flow.is_none()>
                <header class="screen-head"><h1>{say::runs::title()}</h1></header>
            </Show>
            <Loaded query=list>
                <Summary list/>
                <Filters sieve list fixed=flow.is_some()/>
                <Rows list sieve limit shared/>
            </Loaded>
            <ChosenBar chosen=shared.chosen comparing/>
            <RunMenu shared/>
            <CompareDialog comparing/>
        </section>
    }
}

/// How it went: the rate, and the last days.
#[component]
fn Summary(list: Query<RunList>) -> impl IntoView {
    let figures =
        memo(move || list.value.with(|list| list.as_ref().map(|list| ended(&list.counts)).unwrap_or_default()));
    let days =
        Signal::derive(move || list.value.with(|list| list.as_ref().map(|list| list.days.clone()).unwrap_or_default()));
    let share = move || {
        let (ended, failed) = figures.get();
        rate(ended, failed).map_or_else(|| "–".to_owned(), |rate| format!("{rate} %"))
    };
    let words = move || {
        let (ended, failed) = figures.get();
        match (ended, failed) {
            (0, _) => say::runs::none_ended().to_owned(),
            (_, 0) => say::runs::none_failed(Grouped(ended.into())),
            _ => say::runs::SomeFailed { count: Grouped(ended.into()), failed }.text(),
        }
    };
    view! {
        <div class="runs-summary">
            <div class="runs-rate">
                <span class="runs-share num">{share}</span>
                <span class="hint">{say::runs::went_well()}</span>
                <span class="hint num">{words}</span>
            </div>
            <span class="grow"></span>
            <div class="runs-days">
                <DaysPlot days/>
                <span class="hint">{say::runs::fortnight()}</span>
            </div>
        </div>
    }
}

#[component]
fn Filters(sieve: RwSignal<Sieve>, list: Query<RunList>, fixed: bool) -> impl IntoView {
    let counts =
        memo(move || list.value.with(|list| list.as_ref().map(|list| list.counts.clone()).unwrap_or_default()));
    let standings = Standing::ALL
        .into_iter()
        .map(|standing| {
            let on = move || sieve.with(|sieve| sieve.standing == standing);
            let count = move || counts.with(|counts| standing.count(counts));
            view! {
                <button type="button" class="toggle" aria-pressed=move || if on() { "true" } else { "false" }
                    on:click=move |_| sieve.update(|sieve| sieve.standing = standing)>
                    {standing.label()}<small class="num">{count}</small>
                </button>
            }
        })
        .collect_view();
    let tests = move || sieve.with(|sieve| sieve.tests);
    view! {
        <div class="runs-filters">
            <div class="row" role="group" aria-label=say::runs::how_they_stand()>{standings}</div>
            <span class="grow"></span>
            <button type="button" class="toggle" aria-pressed=move || if tests() { "true" } else { "false" }
                on:click=move |_| sieve.update(|sieve| sieve.tests = !sieve.tests)>{say::runs::tests_too()}</button>
            {(!fixed).then(|| view! { <FlowFilter sieve/> })}
        </div>
    }
}

#[component]
fn FlowFilter(sieve: RwSignal<Sieve>) -> impl IntoView {
    let flows = use_query(|| Some(ListFlows {}));
    let options = Signal::derive(move || {
        let all = std::iter::once((String::new(), say::runs::every_automation().to_owned()));
        flows.value.with(|flows| {
            let named = flows.iter().flatten().map(|flow| (flow.id.to_string(), flow.name.clone()));
            all.chain(named).collect::<Vec<_>>()
        })
    });
    let value = Signal::derive(move || sieve.with(|sieve| sieve.flow.map(|flow| flow.to_string()).unwrap_or_default()));
    let pick = move |id: String| sieve.update(|sieve| sieve.flow = id.parse().ok());
    view! { <Select bare=true label=say::runs::automation() options value on_change=pick/> }
}

#[component]
fn Rows(list: Query<RunList>, sieve: RwSignal<Sieve>, limit: RwSignal<u32>, shared: Shared) -> impl IntoView {
    let router = Router::expect();
    // Those beyond what the feed keeps up, and whether there are more of them.
    let older = RwSignal::new((Vec::<RunSummary>::new(), true));
    effect(move || {
        let _ = sieve.get();
        older.set((Vec::new(), true));
    });
    let fetch = use_command::<ListRuns>();
    let runs = memo(move || {
        let mut runs = list.value.with(|list| list.as_ref().map(|list| list.runs.clone()).unwrap_or_default());
        let last = runs.last().map(|run| (run.began_at, run.id));
        older.with(|(older, _)| runs.extend(older.iter().filter(|run| Some((run.began_at, run.id)) < last).cloned()));
        runs
    });
    let more = memo(move || {
        let live = list.value.with(|list| list.as_ref().is_some_and(|list| list.more));
        live && (limit.get() < LIVE || older.with(|older| older.1))
    });
    let read_on = move || {
        if list.loading.get_untracked() || fetch.busy.get_untracked() || !more.get_untracked() {
            return;
        }
        if limit.get_untracked() < LIVE {
            limit.update(|limit| *limit = (*limit + STEP).min(LIVE));
            return;
        }
        let asked = sieve.get_untracked();
        let before = runs.with_untracked(|runs| runs.last().map(|run| run.id));
        fetch.run_then(asked.ask(LIVE, before), move |page| {
            // The answer to a question that nobody asks any more is left.
            if sieve.try_get_untracked() == Some(asked) {
                older.update(|older| {
                    older.0.extend(page.runs);
                    older.1 = page.more;
                });
            }
        });
    };
    let known = memo(move || runs.with(Vec::len));
    let count = Signal::derive(move || known.get() + usize::from(more.get()));
    let current = RwSignal::new(0_usize);
    let render = Callback::new(move |index: usize| {
        let run = memo(move || runs.with(|runs| runs.get(index).cloned()));
        // The line after the last one is drawn when it comes near: then more is asked for.
        effect(move || {
            if index >= known.get() && !list.loading.get() && !fetch.busy.get() {
                read_on();
            }
        });
        (move || match run.get() {
            Some(run) => view! { <RunLine run shared/> }.into_any(),
            None => view! { <div class="run-line more"><Spinner/>{say::runs::older()}</div> }.into_any(),
        })
        .into_any()
    });
    let at = move |index: usize| runs.with_untracked(|runs| runs.get(index).map(|run| run.id));
    let open = move |index: usize| {
        if let Some(id) = at(index) {
            router.go(Route::Run(id));
        }
    };
    let pick = Callback::new(move |index: usize| {
        if let Some(id) = at(index) {
            shared.chosen.update(|chosen| *chosen = choose(std::mem::take(chosen), id));
        }
    });
    let none = move || {
        if sieve.with(|sieve| sieve.narrows() && !(shared.one_flow && sieve.standing == Standing::All)) {
            view! {
                <Empty glyph=Glyph::Search title=say::runs::none_so() text=say::runs::none_so_text()
                    action=say::runs::show_all() on_action=move |()| sieve.update(|sieve| {
                        sieve.standing = Standing::All;
                        if !shared.one_flow { sieve.flow = None }
                    })/>
            }
            .into_any()
        } else {
            view! {
                <Empty glyph=Glyph::Activity title=say::runs::nothing_yet()
                    text=say::runs::nothing_yet_text()
                    action=say::runs::go_to_automations() on_action=move |()| router.go(Route::Automations)/>
            }
            .into_any()
        }
    };
    view! {
        <Show when=move || { count.get() > 0 } fallback=none>
            <VirtualList label=say::runs::title() count row_height=HEIGHT current render on_open=open on_act=pick/>
        </Show>
    }
}

/// What is chosen to be compared, and what to do with it.
#[component]
fn ChosenBar(chosen: RwSignal<Vec<RunId>>, comparing: RwSignal<Option<(RunId, RunId)>>) -> impl IntoView {
    let both = memo(move || chosen.with(|chosen| chosen.first().copied().zip(chosen.get(1).copied())));
    let words = move || {
        if both.get().is_some() { say::runs::two_chosen() } else { say::runs::one_chosen() }
    };
    view! {
        <Show when=move || chosen.with(|chosen| !chosen.is_empty())>
            <div class="runs-chosen" role="status">
                <span class="grow">{words}</span>
                <Button on_click=move |_| chosen.set(Vec::new())>{say::runs::choose_none()}</Button>
                <Button kind=ButtonKind::Primary glyph=Glyph::GitCompareArrows disabled=Signal::derive(move || both.get().is_none())
                    on_click=move |_| comparing.set(both.get_untracked())>{say::runs::compare()}</Button>
            </div>
        </Show>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Open,
    Flow,
    Resume,
    Again,
    Explain,
    Cancel,
}

/// What can be done with the run whose menu is open.
#[component]
fn RunMenu(shared: Shared) -> impl IntoView {
    let router = Router::expect();
    let offers = |run: &RunSummary| {
        let mut offers = vec![
            Choice::new(Deed::Open, say::runs::open_run()).glyph(Glyph::ListTree),
            Choice::new(Deed::Flow, say::runs::open_automation()).glyph(Glyph::Zap),
        ];
        if can_resume(run) {
            offers.push(Choice::new(Deed::Resume, say::runs::go_on_failed()).glyph(Glyph::Redo2));
        }
        if run.status.is_ended() {
            offers.push(Choice::new(Deed::Again, say::runs::again_published()).glyph(Glyph::RefreshCw));
        } else {
            offers.push(Choice::new(Deed::Cancel, say::runs::cancel_run()).glyph(Glyph::Ban).danger());
        }
        if is_failure(run.status) {
            offers.push(Choice::new(Deed::Explain, say::runs::explain_this()).glyph(Glyph::Sparkles));
        }
        offers
    };
    let act = move |run: &RunSummary, deed: Deed| {
        let (id, acts) = (run.id, shared.acts);
        match deed {
            Deed::Open => router.go(Route::Run(id)),
            Deed::Flow => router.go(Route::Automation(run.flow)),
            Deed::Resume => acts.retry(id, false, |_| ()),
            Deed::Again => acts.retry(id, true, |_| ()),
            Deed::Explain => acts.explain(run),
            Deed::Cancel => acts.cancel(id),
        }
    };
    move || {
        let (run, at) = shared.menu.get()?;
        let choices = offers(&run);
        Some(view! {
            <Picker label=say::runs::what_to_do() at choices on_choose=move |deed| act(&run, deed) on_close=move |()| shared.menu.set(None)/>
        })
    }
}
