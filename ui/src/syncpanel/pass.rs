//! What sync is doing, and how to steer it.

use contract::commands::{CancelSync, PauseSync, ResumeSync, RunSync, SetOffline};
use contract::{Code, Fault, StageProgress, SyncPhase, SyncStatus};
use leptos::prelude::*;

use crate::parts::moment::{moment_label, remaining};
use crate::parts::number::grouped as thousands;
use crate::parts::{Button, ButtonKind, Each, Glyph, Icon, ProgressBar, Show, Spinner};
use crate::say::{self, Grouped};
use crate::state::{Route, Router, Session, memo, use_command};

/// The running pass, or that none runs.
#[component]
pub(super) fn Pass(status: Memo<Option<SyncStatus>>) -> impl IntoView {
    let session = Session::expect();
    let (run, pause, resume) = (use_command::<RunSync>(), use_command::<PauseSync>(), use_command::<ResumeSync>());
    let (cancel, offline) = (use_command::<CancelSync>(), use_command::<SetOffline>());
    let phase = memo(move || status.with(|status| status.as_ref().map_or(SyncPhase::Idle, |status| status.phase)));
    let is_offline = memo(move || status.with(|status| status.as_ref().is_some_and(|status| status.offline)));
    let runs = memo(move || is_running(phase.get()));
    let stages =
        memo(move || status.with(|status| status.as_ref().map(|status| status.stages.clone()).unwrap_or_default()));
    let problem = memo(move || status.with(|status| status.as_ref().and_then(|status| status.problem.clone())));
    let fresh = move || {
        let at = status.with(|status| status.as_ref().and_then(|status| status.fresh_as_of));
        at.map_or_else(
            || say::syncpanel::not_everything().to_owned(),
            |at| say::syncpanel::complete_as_of(moment_label(at, &session.zone(), session.today())),
        )
    };
    let detail = move || {
        status.with(|status| {
            let status = status.as_ref()?;
            is_running(status.phase).then(|| {
                let left = status.remaining_seconds.map_or_else(|| say::syncpanel::measuring().to_owned(), remaining);
                say::syncpanel::Requests { count: status.requests, left }.text()
            })
        })
    };
    view! {
        <section class="pass" aria-label=say::syncpanel::what_sync_does()>
            <div class="pass-head">
                <Show when=move || runs.get() fallback=move || view! { <Icon glyph=Signal::derive(move || phase_glyph(phase.get(), is_offline.get()))/> }>
                    <Spinner/>
                </Show>
                <div class="grow">
                    <h2>{move || if is_offline.get() { say::syncpanel::working_offline().to_owned() } else { phase_text(phase.get()).to_owned() }}</h2>
                    <small class="num" role="status">{move || detail().unwrap_or_else(fresh)}</small>
                </div>
                <label class="offline-switch">
                    <button type="button" class="switch" role="switch" aria-checked=move || if is_offline.get() { "true" } else { "false" }
                        disabled=move || offline.busy.get()
                        on:click=move |_| offline.run(SetOffline { offline: !is_offline.get_untracked() })><span class="switch-knob"></span></button>
                    <span>{say::syncpanel::work_offline()}</span>
                </label>
            </div>
            <Show when=move || problem.with(Option::is_some)>
                {move || problem.get().map(|fault| view! { <Problem fault/> })}
            </Show>
            <Show when=move || stages.with(|stages| !stages.is_empty())>
                <ul class="stages">
                    <Each each=move || stages.get() key=|stage| stage.label.clone() let(stage)>
                        <Stage label=stage.label stages/>
                    </Each>
                </ul>
            </Show>
            <div class="pass-foot">
                <Button kind=ButtonKind::Primary glyph=Glyph::RefreshCw busy=run.busy
                    disabled=Signal::derive(move || is_offline.get() || runs.get())
                    on_click=move |_| run.run(RunSync { full: false })>{say::syncpanel::sync_now()}</Button>
                <Button glyph=Glyph::GitCompareArrows disabled=Signal::derive(move || is_offline.get() || runs.get() || run.busy.get())
                    on_click=move |_| run.run(RunSync { full: true })>{say::syncpanel::compare_all()}</Button>
                <span class="grow"></span>
                <Show when=move || phase.get() == SyncPhase::Paused fallback=move || view! {
                    <Show when=move || !is_offline.get()>
                        <Button kind=ButtonKind::Bare glyph=Glyph::Pause busy=pause.busy on_click=move |_| pause.run(PauseSync {})>{say::syncpanel::pause()}</Button>
                    </Show>
                }>
                    <Button glyph=Glyph::Play busy=resume.busy on_click=move |_| resume.run(ResumeSync {})>{say::syncpanel::resume()}</Button>
                </Show>
                <Show when=move || runs.get()>
                    <Button kind=ButtonKind::Bare glyph=Glyph::X busy=cancel.busy on_click=move |_| cancel.run(CancelSync {})>{say::syncpanel::cancel_pass()}</Button>
                </Show>
            </div>
        </section>
    }
}

fn is_running(phase: SyncPhase) -> bool {
    match phase {
        SyncPhase::Cold | SyncPhase::Warm | SyncPhase::Reconciling | SyncPhase::Sending => true,
        SyncPhase::Idle | SyncPhase::Paused => false,
    }
}

fn phase_text(phase: SyncPhase) -> &'static str {
    match phase {
        SyncPhase::Idle => say::syncpanel::idle(),
        SyncPhase::Cold => say::syncpanel::cold(),
        SyncPhase::Warm => say::syncpanel::warm(),
        SyncPhase::Reconciling => say::syncpanel::comparing(),
        SyncPhase::Sending => say::syncpanel::sending_edits(),
        SyncPhase::Paused => say::syncpanel::paused(),
    }
}

fn phase_glyph(phase: SyncPhase, offline: bool) -> Glyph {
    match phase {
        _ if offline => Glyph::CloudOff,
        SyncPhase::Paused => Glyph::CirclePause,
        SyncPhase::Idle => Glyph::CircleCheck,
        SyncPhase::Cold | SyncPhase::Warm | SyncPhase::Reconciling | SyncPhase::Sending => Glyph::RefreshCw,
    }
}

#[component]
fn Stage(label: String, stages: Memo<Vec<StageProgress>>) -> impl IntoView {
    let name = label.clone();
    let stage = memo(move || stages.with(|stages| stages.iter().find(|stage| stage.label == name).cloned()));
    let share = Signal::derive(move || stage.with(|stage| stage.as_ref().and_then(stage_share)));
    let finished = memo(move || stage.with(|stage| stage.as_ref().is_some_and(|stage| stage.finished)));
    let count = move || stage.with(|stage| stage.as_ref().map(stage_count).unwrap_or_default());
    let spoken = label.clone();
    view! {
        <li class="stage" class:finished=finished>
            <span class="stage-name">{label}</span>
            <Show when=move || !finished.get() fallback=|| view! { <span class="stage-done"><Icon glyph=Glyph::Check/></span> }>
                <ProgressBar share label=spoken.clone()/>
            </Show>
            <span class="num stage-count">{count}</span>
        </li>
    }
}

/// How much of a stage has come, from 0 to 1; `None` while nobody has told how much there is.
fn stage_share(stage: &StageProgress) -> Option<f64> {
    if stage.finished {
        return Some(1.0);
    }
    if stage.done == 0 && stage.total.is_none() {
        // It has not begun: an empty bar, not one that moves.
        return Some(0.0);
    }
    let total = stage.total.filter(|total| *total > 0)?;
    #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
    let share = stage.done as f64 / total as f64;
    Some(share.min(1.0))
}

fn stage_count(stage: &StageProgress) -> String {
    match stage.total.filter(|total| *total >= stage.done && !stage.finished) {
        Some(total) => say::syncpanel::StageOf { done: Grouped(stage.done), total: Grouped(total) }.text(),
        None => thousands(stage.done),
    }
}

/// What went wrong, and the one thing to do about it.
#[component]
fn Problem(fault: Fault) -> impl IntoView {
    let router = Router::expect();
    let run = use_command::<RunSync>();
    let to_settings = matches!(fault.code, Code::SignInNeeded | Code::VaultLocked | Code::Forbidden);
    view! {
        <div class="problem" role="alert">
            <Icon glyph=Glyph::CircleAlert/>
            <p class="grow">{fault.message}</p>
            {if to_settings {
                view! { <Button on_click=move |_| router.go(Route::Settings)>{say::syncpanel::open_settings()}</Button> }.into_any()
            } else {
                view! { <Button busy=run.busy on_click=move |_| run.run(RunSync { full: false })>{say::syncpanel::again()}</Button> }.into_any()
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use contract::StageProgress;

    use super::{stage_count, stage_share, thousands};

    fn stage(done: u64, total: Option<u64>, finished: bool) -> StageProgress {
        StageProgress { label: "To-dos".into(), done, total, finished }
    }

    #[test]
    fn progress_is_honest() {
        assert_eq!(stage_share(&stage(50, Some(200), false)), Some(0.25));
        assert_eq!(stage_share(&stage(50, None, false)), None, "how much there is has not been told");
        assert_eq!(stage_share(&stage(0, None, false)), Some(0.0), "not begun");
        assert_eq!(stage_share(&stage(0, Some(0), false)), None);
        assert_eq!(stage_share(&stage(300, Some(200), false)), Some(1.0), "more came than was told");
        assert_eq!(stage_share(&stage(3, None, true)), Some(1.0));
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(stage_count(&stage(1_200, Some(12_345), false)), "1,200 of 12,345");
        assert_eq!(stage_count(&stage(7, Some(5), false)), "7", "a total that was passed is not shown");
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_000_000), "1,000,000");
    }
}
