//! The head of a run: what it is, how it stands, and what can be done.

use std::sync::Arc;

use contract::{FlowPlace, RunId, RunSummary, RunView};
use leptos::prelude::*;

use super::said::Said;
use crate::parts::{Button, Chip, Glyph, Icon, IconButton, Menu, MenuItem, Moment, Show};
use crate::runs::acts::{Answers, RunActs, can_resume};
use crate::runs::standing::{is_failure, kind_word, lasted, tone, took, word};
use crate::say;
use crate::state::{Route, Router, memo};

fn summary(view: Memo<Option<Arc<RunView>>>) -> Memo<Option<RunSummary>> {
    memo(move || view.with(|view| view.as_ref().map(|view| view.run.clone())))
}

#[component]
pub(super) fn Head(
    view: Memo<Option<Arc<RunView>>>,
    acts: RunActs,
    on_other: Callback<RunId>,
    /// It is a screen of its own, with a way back and to the automation.
    whole: bool,
) -> impl IntoView {
    let router = Router::expect();
    let run = summary(view);
    move || {
        let run = run.get()?;
        let (id, flow, ended) = (run.id, run.flow, run.status.is_ended());
        let resumes = can_resume(&run);
        let busy = Signal::derive(move || acts.busy());
        let again = move |latest: bool| {
            acts.retry(id, latest, move |other| {
                if other != id {
                    on_other.run(other);
                }
            });
        };
        let place = match run.place {
            FlowPlace::Here => say::runs::in_app(),
            FlowPlace::Server => say::runs::on_activepieces(),
        };
        let long = lasted(took(&run, crate::clock::now()));
        Some(view! {
            <header class="run-head">
                {whole.then(|| view! { <IconButton glyph=Glyph::ArrowLeft label=say::runs::all_runs() on_click=move |_| router.go(Route::Runs)/> })}
                <div class="run-title">
                    <div class="row">
                        {if whole {
                            view! { <h1 class="cut">{run.name.clone()}</h1> }.into_any()
                        } else {
                            view! { <h2 class="cut">{run.cause.clone()}</h2> }.into_any()
                        }}
                        <Chip tone=Signal::stored(tone(run.status))>{word(run.status)}</Chip>
                        {kind_word(&run).map(|word| view! { <Chip>{word}</Chip> })}
                    </div>
                    <p class="run-facts hint">
                        {whole.then(|| view! { <span>{run.cause.clone()}</span> })}
                        <Moment at=run.began_at/>
                        <span class="num">{if ended { long } else { say::runs::so_far(long) }}</span>
                        <span>{place}</span>
                    </p>
                </div>
                <span class="grow"></span>
                {(!ended).then(|| view! { <Button glyph=Glyph::Ban disabled=busy on_click=move |_| acts.cancel(id)>{say::runs::cancel()}</Button> })}
                {ended.then(|| view! {
                    <Menu label=say::runs::run_again() class="button" trigger=(|| view! { <Icon glyph=Glyph::RefreshCw/>{say::runs::run_again()}<Icon glyph=Glyph::ChevronDown/> }).into()>
                        {resumes.then(|| view! { <MenuItem glyph=Glyph::Redo2 on_choose=move |()| again(false)>{say::runs::from_failed()}</MenuItem> })}
                        <MenuItem glyph=Glyph::RefreshCw on_choose=move |()| again(true)>{say::runs::all_published()}</MenuItem>
                    </Menu>
                })}
                {whole.then(|| view! { <Button glyph=Glyph::Zap on_click=move |_| router.go(Route::Automation(flow))>{say::runs::open_automation()}</Button> })}
            </header>
        })
    }
}

/// What it waits for, with the buttons to answer.
#[component]
pub(super) fn Waits(view: Memo<Option<Arc<RunView>>>, acts: RunActs) -> impl IntoView {
    let waits =
        memo(move || view.with(|view| view.as_ref().and_then(|view| Some((view.run.id, view.run.waits.clone()?)))));
    move || {
        let (id, wait) = waits.get()?;
        let has_answers = !wait.answers.is_empty();
        let (before, after) = say::around(say::runs::goes_on);
        Some(view! {
            <div class="run-note warn" role="status">
                <Icon glyph=Glyph::Hand/>
                <span class="grow">
                    <b>{wait.step}</b>
                    <span class="run-note-words">{wait.words}</span>
                    {wait.until.map(|until| view! { <small>{before}<Moment at=until/>{after}</small> })}
                </span>
                {has_answers.then(|| view! { <Answers acts id answers=wait.answers/> })}
            </div>
        })
    }
}

/// Why it failed, and the way to the assistant.
#[component]
pub(super) fn Failure(view: Memo<Option<Arc<RunView>>>, acts: RunActs) -> impl IntoView {
    let run = summary(view);
    let failed = memo(move || run.with(|run| run.as_ref().is_some_and(|run| is_failure(run.status))));
    let words = move || {
        run.with(|run| {
            let Some(run) = run else { return (String::new(), String::new()) };
            let title = run.failed_step.as_ref().map_or_else(|| word(run.status).to_owned(), say::runs::step_failed);
            (title, run.failure.clone().unwrap_or_default())
        })
    };
    let explain = move |_| {
        if let Some(run) = run.get_untracked() {
            acts.explain(&run);
        }
    };
    view! {
        <Show when=move || failed.get()>
            <div class="run-note bad" role="status">
                <Icon glyph=Glyph::CircleAlert/>
                <span class="grow"><b>{move || words().0}</b>{move || view! { <Said text=words().1/> }}</span>
                <Button glyph=Glyph::Sparkles on_click=explain>{say::runs::explain_this()}</Button>
            </div>
        </Show>
    }
}
