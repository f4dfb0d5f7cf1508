//! Trying the flow out: a rehearsal on samples, or a run for real, shown step by step on the canvas.

use contract::commands::{RehearseFlow, ShowRun, TestFlow};
use contract::{RunId, RunSummary, RunView};
use leptos::prelude::*;

use super::draft::Draft;
use super::told;
use crate::parts::{Confirm, Glyph, Icon, Menu, MenuItem, Show};
use crate::say;
use crate::state::{Act, Query, effect, use_command, use_query};

/// The run on show, and the ways to begin one.
#[derive(Clone, Copy)]
pub(super) struct Testing {
    draft: Draft,
    /// The run on show.
    pub(super) run: RwSignal<Option<RunId>>,
    rehearse: Act<RehearseFlow>,
    real: Act<TestFlow>,
}

impl Testing {
    pub(super) fn new(draft: Draft) -> Self {
        let run = RwSignal::new(None);
        let shown: Query<RunView> = use_query(move || run.get().map(|id| ShowRun { id }));
        let studio = draft.studio;
        effect(move || {
            let steps = shown.value.with(|view| view.as_ref().map(told::steps_of)).unwrap_or_default();
            if studio.runs.with_untracked(|now| *now != steps) {
                studio.runs.set(steps);
            }
        });
        Self { draft, run, rehearse: use_command(), real: use_command() }
    }

    fn begun(self, begun: &RunSummary) {
        self.run.set(Some(begun.id));
        self.draft.studio.say(say::studio::test_runs());
    }

    /// Runs it on samples; with what waits for a yes, if anything does.
    fn rehearse(self) {
        let pending = self.draft.studio.pending.with_untracked(Option::is_some);
        let input = RehearseFlow { id: self.draft.id, pending, payload: None };
        self.rehearse.run_then(input, move |run| self.begun(&run));
    }

    fn for_real(self) {
        self.real.run_then(TestFlow { id: self.draft.id, payload: None }, move |run| self.begun(&run));
    }

    /// Takes the run off the canvas.
    pub(super) fn close(self) {
        self.run.set(None);
    }
}

/// The ways to try it out.
#[component]
pub(super) fn TestMenu(test: Testing) -> impl IntoView {
    let asking = RwSignal::new(false);
    let busy = move || test.rehearse.busy.get() || test.real.busy.get();
    let waits = move || test.draft.studio.pending.with(Option::is_some);
    let trigger = move || {
        view! {
            <Show when=busy fallback=|| view! { <Icon glyph=Glyph::Play/> }><span class="spinner"></span></Show>
            {say::studio::test()}
            <Icon glyph=Glyph::ChevronDown/>
        }
    };
    view! {
        <Menu label=say::studio::test_automation() class="button" trigger=trigger.into()>
            <MenuItem glyph=Glyph::Play on_choose=move |()| test.rehearse()>
                {move || if waits() { say::studio::rehearse_proposed() } else { say::studio::rehearse() }}
            </MenuItem>
            <MenuItem glyph=Glyph::Zap on_choose=move |()| asking.set(true)>{say::studio::run_for_real()}</MenuItem>
            <Show when=move || test.run.get().is_some()>
                <hr/>
                <MenuItem glyph=Glyph::X on_choose=move |()| test.close()>{say::studio::take_run_off()}</MenuItem>
            </Show>
        </Menu>
        <Confirm open=asking title=say::studio::run_title()
            text=say::studio::run_text()
            action=say::studio::run_it() on_confirm=move |()| test.for_real()/>
    }
}
