//! How a run stands, in the words that are kept of it and shown.

use contract::{RunAnswer, RunStatus, RunWait};
use jiff::Timestamp;
use runner::{Run, Standing, Wait};
use store::RunStands;

const FURTHER_CALL: &str = "It waits for a call of the address that it told whoever called last, in the header X-Activepieces-Resume-Webhook-Url.";

/// How a run stands when the runner lets go of it; `None` while it goes on.
pub(super) fn stands(run: &Run, standing: Option<&Standing>) -> RunStands {
    let status = match standing {
        Some(Standing::Waits(_) | Standing::Sleeps(_)) => RunStatus::Paused,
        Some(Standing::Ended(status)) => *status,
        Some(Standing::Stopped) | None => run.status(),
    };
    let failed = run.failed().filter(|_| status.is_ended());
    let wait = match standing {
        Some(Standing::Waits(None)) => Some(doubt(run)),
        Some(Standing::Waits(Some(wait))) => Some(waits(run, wait)),
        Some(Standing::Sleeps(at)) => Some(RunWait {
            step: step_of(run),
            words: "It goes on by itself.".into(),
            answers: Vec::new(),
            until: Some(*at),
        }),
        Some(Standing::Ended(_) | Standing::Stopped) | None => None,
    };
    RunStands {
        status,
        ended_at: status.is_ended().then(|| run.last()),
        failed_step: failed.map(|failed| failed.display_name.clone()),
        failure: failed
            .map(|failed| failed.failure.message.clone())
            .or_else(|| run.reason().filter(|_| status.is_ended()).map(str::to_owned)),
        wait,
    }
}

/// A run that cannot go on, for a reason that is not the flow's.
pub(super) fn broken(why: &str, at: Timestamp) -> RunStands {
    RunStands {
        status: RunStatus::InternalError,
        ended_at: Some(at),
        failed_step: None,
        failure: Some(why.to_owned()),
        wait: None,
    }
}

fn step_of(run: &Run) -> String {
    let name = run.at().unwrap_or_default();
    run.program().step(name).map_or_else(|| name.to_owned(), |step| step.display_name.clone())
}

fn doubt(run: &Run) -> RunWait {
    RunWait {
        step: step_of(run),
        words: "The app ended while this step was under way, so it may have happened. Look whether it did.".into(),
        answers: vec![RunAnswer::ItHappened, RunAnswer::TryAgain],
        until: None,
    }
}

fn waits(run: &Run, wait: &Wait) -> RunWait {
    let (words, answers, until) = match wait {
        Wait::Until { at, .. } => ("It goes on by itself.".to_owned(), Vec::new(), Some(*at)),
        Wait::Approval { question } => (question.clone(), vec![RunAnswer::Approve, RunAnswer::Reject], None),
        Wait::Flow { .. } => ("It waits for the automation that it called.".to_owned(), Vec::new(), None),
        Wait::Webhook => (FURTHER_CALL.to_owned(), Vec::new(), None),
    };
    RunWait { step: step_of(run), words, answers, until }
}
