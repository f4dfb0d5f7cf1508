//! The first fetch, while everything else is in use already: what is coming, how far, how long, and how to stop it.

use contract::commands::{CancelSync, PauseSync, ResumeSync, RunSync};
use contract::{StageProgress, SyncPhase, SyncStatus};
use leptos::prelude::*;

use crate::frame::cold_share;
use crate::parts::moment::remaining;
use crate::parts::{Button, ButtonKind, Each, Glyph, Icon, ProgressBar, Show};
use crate::say::{self, Grouped};
use crate::state::{SyncState, memo, use_command};

/// How the first fetch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// There is none, or it is complete.
    None,
    Running,
    Paused,
    /// It ended before it was complete.
    Stopped,
}

fn stand(status: &SyncStatus) -> Stand {
    if status.fresh_as_of.is_some() {
        return Stand::None;
    }
    match status.phase {
        SyncPhase::Cold => Stand::Running,
        SyncPhase::Paused => Stand::Paused,
        SyncPhase::Idle => Stand::Stopped,
        SyncPhase::Warm | SyncPhase::Reconciling | SyncPhase::Sending => Stand::None,
    }
}

/// “To-dos: 1,830 of 4,200”.
pub(crate) fn stage_words(stage: &StageProgress) -> String {
    match stage.total {
        Some(total) if !stage.finished => {
            let (done, total) = (Grouped(stage.done), Grouped(total.max(stage.done)));
            say::welcome::StageOf { stage: &stage.label, done, total }.text()
        }
        Some(_) | None if stage.done > 0 => {
            say::welcome::StageDone { stage: &stage.label, done: Grouped(stage.done) }.text()
        }
        Some(_) | None => stage.label.clone(),
    }
}

/// A strip above the screen; nothing when there is nothing to tell.
#[component]
pub fn FetchStrip() -> impl IntoView {
    let sync = SyncState::expect();
    let stand = memo(move || sync.status.with(|status| status.as_ref().map_or(Stand::None, stand)));
    move || match stand.get() {
        Stand::None => None,
        Stand::Running | Stand::Paused => Some(view! { <Going paused=stand.get() == Stand::Paused/> }.into_any()),
        Stand::Stopped => Some(view! { <Stopped/> }.into_any()),
    }
}

#[component]
fn Going(paused: bool) -> impl IntoView {
    let sync = SyncState::expect();
    let (pause, resume, cancel) =
        (use_command::<PauseSync>(), use_command::<ResumeSync>(), use_command::<CancelSync>());
    let share = Signal::derive(move || {
        if paused { Some(0.0) } else { sync.status.with(|status| status.as_ref().and_then(cold_share)) }
    });
    let left =
        move || sync.status.with(|status| status.as_ref().and_then(|status| status.remaining_seconds).map(remaining));
    let stages = memo(move || {
        sync.status.with(|status| status.as_ref().map(|status| status.stages.clone()).unwrap_or_default())
    });
    view! {
        <section class="fetch" aria-label=say::welcome::first_fetch()>
            <div class="fetch-line">
                <b>{if paused { say::welcome::fetch_paused() } else { say::welcome::fetching() }}</b>
                <span class="hint num">{left}</span>
                <span class="grow"></span>
                {if paused {
                    view! {
                        <Button kind=ButtonKind::Bare glyph=Glyph::Play busy=resume.busy
                            on_click=move |_| resume.run(ResumeSync {})>{say::welcome::go_on()}</Button>
                    }.into_any()
                } else {
                    view! {
                        <Button kind=ButtonKind::Bare glyph=Glyph::Pause busy=pause.busy
                            on_click=move |_| pause.run(PauseSync {})>{say::welcome::pause()}</Button>
                        <Button kind=ButtonKind::Bare glyph=Glyph::X busy=cancel.busy
                            on_click=move |_| cancel.run(CancelSync {})>{say::welcome::cancel()}</Button>
                    }.into_any()
                }}
            </div>
            <Show when=move || !paused><ProgressBar share label=say::welcome::first_fetch()/></Show>
            <ul class="fetch-stages">
                <Each each=move || stages.get() key=|stage| (stage.label.clone(), stage.done, stage.total, stage.finished) let(stage)>
                    <li class:done=stage.finished class:now={!stage.finished && stage.done > 0}>
                        {stage.finished.then(|| view! { <Icon glyph=Glyph::Check/> })}
                        <span class="num">{stage_words(&stage)}</span>
                    </li>
                </Each>
            </ul>
        </section>
    }
}

#[component]
fn Stopped() -> impl IntoView {
    let sync = SyncState::expect();
    let run = use_command::<RunSync>();
    let why = move || {
        let problem = sync.status.with(|status| {
            status.as_ref().and_then(|status| status.problem.as_ref().map(|fault| fault.message.clone()))
        });
        problem.unwrap_or_else(|| say::welcome::so_far().into())
    };
    view! {
        <section class="fetch" aria-label=say::welcome::first_fetch()>
            <div class="fetch-line">
                <b>{say::welcome::not_complete()}</b>
                <span class="hint grow">{why}</span>
                <Button busy=run.busy on_click=move |_| run.run(RunSync { full: false })>{say::welcome::go_on()}</Button>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests;
