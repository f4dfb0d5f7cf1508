//! What can be done with a run.

use contract::commands::{AnswerRun, CancelRun, RetryRun};
use contract::{RunAnswer, RunId, RunSummary};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::failure::question;
use super::standing::{answer_word, is_failure};
use crate::parts::{Button, ButtonKind};
use crate::say;
use crate::state::{Act, ChatState, Overlays, Toasts, use_command};

/// The deeds of a screen of runs.
#[derive(Clone, Copy)]
pub(super) struct RunActs {
    retry: Act<RetryRun>,
    cancel: Act<CancelRun>,
    answer: Act<AnswerRun>,
    toasts: Toasts,
    overlays: Overlays,
    chat: ChatState,
}

impl RunActs {
    pub(super) fn new() -> Self {
        Self {
            retry: use_command(),
            cancel: use_command(),
            answer: use_command(),
            toasts: Toasts::expect(),
            overlays: Overlays::expect(),
            chat: ChatState::expect(),
        }
    }
    /// Something is on its way. Tracks.
    pub(super) fn busy(self) -> bool {
        self.retry.busy.get() || self.cancel.busy.get() || self.answer.busy.get()
    }
    /// Has a run go on from the step that failed, or all of it be done on what is published now; then tells which run it is.
    pub(super) fn retry(self, id: RunId, latest: bool, then: impl FnOnce(RunId) + 'static) {
        self.retry.run_then(RetryRun { id, latest }, move |run| {
            self.toasts.note(if latest { say::runs::runs_again() } else { say::runs::resumes() });
            then(run.id);
        });
    }
    /// Ends a run.
    pub(super) fn cancel(self, id: RunId) {
        self.cancel.run_then(CancelRun { id }, move |_| self.toasts.note(say::runs::run_cancelled()));
    }
    fn answer(self, id: RunId, answer: RunAnswer) {
        self.answer.run(AnswerRun { id, answer });
    }
    /// Opens the chat with a question about a failure begun. The person sends it.
    pub(super) fn explain(self, run: &RunSummary) {
        let text = question(&run.name, &run.id.to_string(), run.failed_step.as_deref(), run.failure.as_deref());
        self.chat.field.give_back(&text);
        self.overlays.show_chat(self.chat);
    }
}

/// It can go on from the step that failed.
pub(super) fn can_resume(run: &RunSummary) -> bool {
    is_failure(run.status) && run.failed_step.is_some()
}

/// The buttons with which a person answers a run that waits for one.
#[component]
pub(super) fn Answers(acts: RunActs, id: RunId, answers: Vec<RunAnswer>) -> impl IntoView {
    let button = move |answer: RunAnswer| {
        let kind = match answer {
            RunAnswer::Approve | RunAnswer::ItHappened => ButtonKind::Primary,
            RunAnswer::Reject | RunAnswer::TryAgain => ButtonKind::Plain,
        };
        let say = move |event: MouseEvent| {
            event.stop_propagation();
            acts.answer(id, answer);
        };
        view! { <Button kind disabled=Signal::derive(move || acts.busy()) on_click=say>{answer_word(answer)}</Button> }
    };
    let buttons = answers.into_iter().map(button).collect_view();
    view! { <span class="run-answers">{buttons}</span> }
}
