#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Setup, SetupStep, StepState};

use super::{after, next};

#[test]
fn the_set_up_goes_on_at_the_first_step_that_is_not_decided() {
    let mut setup = Setup::default();
    assert_eq!(next(&setup, false), SetupStep::Work, "without a workspace there is nothing to set up");
    assert_eq!(next(&setup, true), SetupStep::Automations);
    setup.automations = StepState::Skipped;
    assert_eq!(next(&setup, true), SetupStep::Assistant, "what was left for later is not asked for again");
    setup.assistant = StepState::Done;
    assert_eq!(next(&setup, true), SetupStep::Ready);
    assert_eq!(next(&setup, false), SetupStep::Work);
}

#[test]
fn each_step_leads_on_and_the_last_one_stays() {
    let mut step = SetupStep::Work;
    for wanted in [SetupStep::Automations, SetupStep::Assistant, SetupStep::Ready, SetupStep::Ready] {
        step = after(step);
        assert_eq!(step, wanted);
    }
}
