//! How a run stands, in words, colour and numbers. Pure.

use contract::{RunAnswer, RunStatus, RunSummary};
use jiff::Timestamp;

use crate::parts::{Glyph, Tone};

/// What a status is called.
#[must_use]
pub(crate) fn word(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Queued => "In the queue",
        RunStatus::Running => "Running",
        RunStatus::Paused => "Waiting",
        RunStatus::Succeeded => "Succeeded",
        RunStatus::Failed => "Failed",
        RunStatus::InternalError => "Broke down",
        RunStatus::Timeout => "Took too long",
        RunStatus::Canceled => "Cancelled",
        RunStatus::QuotaExceeded => "Over the budget",
        RunStatus::MemoryLimitExceeded => "Out of memory",
        RunStatus::LogSizeExceeded => "Too much data",
    }
}

/// What its colour means.
#[must_use]
pub(crate) fn tone(status: RunStatus) -> Tone {
    match status {
        RunStatus::Queued | RunStatus::Canceled => Tone::Plain,
        RunStatus::Running => Tone::Accent,
        RunStatus::Paused => Tone::Warn,
        RunStatus::Succeeded => Tone::Good,
        RunStatus::Failed
        | RunStatus::InternalError
        | RunStatus::Timeout
        | RunStatus::QuotaExceeded
        | RunStatus::MemoryLimitExceeded
        | RunStatus::LogSizeExceeded => Tone::Bad,
    }
}

/// Its icon.
#[must_use]
pub(crate) fn glyph(status: RunStatus) -> Glyph {
    match status {
        RunStatus::Queued => Glyph::Clock,
        RunStatus::Running => Glyph::LoaderCircle,
        RunStatus::Paused => Glyph::CirclePause,
        RunStatus::Succeeded => Glyph::CircleCheck,
        RunStatus::Canceled => Glyph::Ban,
        RunStatus::Failed
        | RunStatus::InternalError
        | RunStatus::Timeout
        | RunStatus::QuotaExceeded
        | RunStatus::MemoryLimitExceeded
        | RunStatus::LogSizeExceeded => Glyph::CircleAlert,
    }
}

/// It ended, and not as it should have. What somebody cancelled did not fail.
#[must_use]
pub(crate) fn is_failure(status: RunStatus) -> bool {
    matches!(tone(status), Tone::Bad)
}

/// What kind of run it is, when it is not the usual one.
#[must_use]
pub(crate) fn kind_word(run: &RunSummary) -> Option<&'static str> {
    if run.rehearsal {
        Some("Rehearsal")
    } else if run.test {
        Some("Test")
    } else {
        None
    }
}

/// The words of a button.
#[must_use]
pub(crate) fn answer_word(answer: RunAnswer) -> &'static str {
    match answer {
        RunAnswer::Approve => "Approve",
        RunAnswer::Reject => "Reject",
        RunAnswer::ItHappened => "It happened",
        RunAnswer::TryAgain => "Do it again",
    }
}

/// “412 ms”, “3.4 s”, “2 min 5 s”, “1 h 12 min”, “3 days 4 h”.
#[must_use]
pub(crate) fn lasted(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    let pair = |large: u64, word: &str, small: u64, rest: &str| match small {
        0 => format!("{large} {word}"),
        _ => format!("{large} {word} {small} {rest}"),
    };
    match seconds {
        0 => format!("{milliseconds} ms"),
        1..10 => format!("{seconds}.{} s", milliseconds % 1_000 / 100),
        10..60 => format!("{seconds} s"),
        60..3_600 => pair(seconds / 60, "min", seconds % 60, "s"),
        3_600..86_400 => pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
        _ => pair(seconds / 86_400, if seconds < 172_800 { "day" } else { "days" }, seconds % 86_400 / 3_600, "h"),
    }
}

/// How long a run took in milliseconds, or has taken so far.
#[must_use]
pub(crate) fn took(run: &RunSummary, now: Timestamp) -> u64 {
    let until = run.ended_at.unwrap_or(now);
    u64::try_from(until.as_millisecond() - run.began_at.as_millisecond()).unwrap_or(0)
}

/// The share of runs that did not fail, in per cent; `None` of no runs. Never 100 while one failed.
#[must_use]
pub(crate) fn rate(ended: u32, failed: u32) -> Option<u32> {
    let good = u64::from(ended.saturating_sub(failed));
    let share = (good * 100).checked_div(u64::from(ended))?;
    u32::try_from(share).ok()
}

/// How many runs ended by themselves, and how many of them failed.
#[must_use]
pub(crate) fn ended(counts: &[(RunStatus, u32)]) -> (u32, u32) {
    let sum = |fits: &dyn Fn(RunStatus) -> bool| {
        counts.iter().filter(|(status, _)| fits(*status)).fold(0_u32, |sum, (_, count)| sum.saturating_add(*count))
    };
    (sum(&|status| status == RunStatus::Succeeded || is_failure(status)), sum(&is_failure))
}
