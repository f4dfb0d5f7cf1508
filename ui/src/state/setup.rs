//! How far the set-up has come, and the tour of the sample. Both are kept with the settings, so that a start after a crash goes
//! on where the person was.

use contract::commands::ChangeSettings;
use contract::{Setup, SetupStep, Source, StepState};
use leptos::prelude::*;

use super::{Act, Route, Router, Session, memo, use_command};

/// The set-up and the tour.
#[derive(Clone, Copy)]
pub struct SetupState {
    session: Session,
    change: Act<ChangeSettings>,
    /// Noted while an earlier note was on its way.
    waiting: StoredValue<Option<Setup>>,
    /// The callout of the tour that is on show, from 0.
    pub callout: RwSignal<Option<usize>>,
}

impl SetupState {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let state = Self {
            session: Session::expect(),
            change: use_command().quiet(),
            waiting: StoredValue::new(None),
            callout: RwSignal::new(None),
        };
        provide_context(state);
        state
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// How far it has come. Tracks.
    #[must_use]
    pub fn get(self) -> Setup {
        self.session.status.with(|status| status.as_ref().map(|status| status.settings.setup).unwrap_or_default())
    }
    /// Notes a change at once, and keeps it.
    pub fn note(self, change: impl FnOnce(&mut Setup)) {
        let mut setup = untrack(|| self.get());
        let before = setup;
        change(&mut setup);
        if setup == before {
            return;
        }
        self.session.status.update(|status| {
            if let Some(status) = status {
                status.settings.setup = setup;
            }
        });
        self.keep(setup);
    }
    /// Keeps it. What is noted while an earlier note is on its way follows it.
    fn keep(self, setup: Setup) {
        if self.change.busy.get_untracked() {
            return self.waiting.set_value(Some(setup));
        }
        let change = ChangeSettings { setup: Some(setup), ..ChangeSettings::default() };
        self.change.run_then(change, move |_| {
            if let Some(waiting) = self.waiting.try_update_value(Option::take).flatten() {
                self.keep(waiting);
            }
        });
    }
    /// Notes how a step stands, and goes on with the next one.
    pub fn settle(self, step: SetupStep, state: StepState) {
        self.note(|setup| {
            match step {
                SetupStep::Work => setup.work = state,
                SetupStep::Automations => setup.automations = state,
                SetupStep::Assistant => setup.assistant = state,
                SetupStep::Ready => {}
            }
            setup.at = Some(after(step));
        });
    }
    /// Begins the set-up, or goes on with it.
    pub fn begin(self, router: Router) {
        let has_workspace = self.session.workspace.get_untracked().is_some();
        self.note(|setup| {
            if has_workspace {
                setup.work = StepState::Done;
            }
            setup.at = Some(next(setup, has_workspace));
        });
        router.go(Route::Welcome);
    }
    /// Leaves it for now. What was decided stays.
    pub fn leave(self) {
        self.note(|setup| setup.at = None);
    }
    /// Begins the tour.
    pub fn tour(self, router: Router) {
        router.go(Route::Today);
        self.callout.set(Some(0));
    }
    /// Ends it for good.
    pub fn end_tour(self) {
        self.callout.set(None);
        self.note(|setup| setup.toured = true);
    }
    /// Steps that nobody has decided yet. Tracks.
    #[must_use]
    pub fn open(self) -> Memo<u32> {
        memo(move || {
            let setup = self.get();
            let open = |state| u32::from(state == StepState::Open);
            open(setup.automations) + open(setup.assistant)
        })
    }
    /// The tour is to be offered: this is the sample, and it was never left. Tracks.
    #[must_use]
    pub fn offers_tour(self) -> Memo<bool> {
        memo(move || {
            let sample = self.session.current().is_some_and(|workspace| workspace.source == Source::Sample);
            sample && !self.get().toured && self.callout.get().is_none()
        })
    }
}

/// The step after a step.
#[must_use]
pub fn after(step: SetupStep) -> SetupStep {
    match step {
        SetupStep::Work => SetupStep::Automations,
        SetupStep::Automations => SetupStep::Assistant,
        SetupStep::Assistant | SetupStep::Ready => SetupStep::Ready,
    }
}

/// The first step that is not decided; the last one when all are.
#[must_use]
pub fn next(setup: &Setup, has_workspace: bool) -> SetupStep {
    let steps = [(SetupStep::Automations, setup.automations), (SetupStep::Assistant, setup.assistant)];
    match steps.into_iter().find(|(_, state)| *state == StepState::Open) {
        _ if !has_workspace => SetupStep::Work,
        Some((step, _)) => step,
        None => SetupStep::Ready,
    }
}

#[cfg(test)]
mod tests;
