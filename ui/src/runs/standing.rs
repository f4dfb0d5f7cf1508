//! How a run stands, in words, colour and numbers. Pure.

use contract::{RunAnswer, RunStatus, RunSummary};
use jiff::Timestamp;

use crate::parts::{Glyph, Tone};
use crate::say;

/// What a status is called.
#[must_use]
pub(crate) fn word(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Queued => say::runs::queued(),
        RunStatus::Running => say::runs::running(),
        RunStatus::Paused => say::runs::waiting(),
        RunStatus::Succeeded => say::runs::succeeded(),
        RunStatus::Failed => say::runs::failed(),
        RunStatus::InternalError => say::runs::broke_down(),
        RunStatus::Timeout => say::runs::too_long(),
        RunStatus::Canceled => say::runs::cancelled(),
        RunStatus::QuotaExceeded => say::runs::over_budget(),
        RunStatus::MemoryLimitExceeded => say::runs::out_of_memory(),
        RunStatus::LogSizeExceeded => say::runs::too_much_data(),
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
        Some(say::runs::rehearsal())
    } else if run.test {
        Some(say::runs::test())
    } else {
        None
    }
}

/// The words of a button.
#[must_use]
pub(crate) fn answer_word(answer: RunAnswer) -> &'static str {
    match answer {
        RunAnswer::Approve => say::runs::approve(),
        RunAnswer::Reject => say::runs::reject(),
        RunAnswer::ItHappened => say::runs::it_happened(),
        RunAnswer::TryAgain => say::runs::do_again(),
    }
}

/// “412 ms”, “3.4 s”, “2 min 5 s”, “1 h 12 min”, “3 days 4 h”.
#[must_use]
pub(crate) fn lasted(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    match (seconds, minutes % 60, hours % 24) {
        (0, ..) => say::runs::milliseconds(milliseconds),
        (1..10, ..) => say::runs::Tenths { seconds, tenths: milliseconds % 1_000 / 100 }.text(),
        (10..60, ..) => say::runs::seconds(seconds),
        (60..3_600, ..) if seconds.is_multiple_of(60) => say::runs::minutes(minutes),
        (60..3_600, ..) => say::runs::MinutesSeconds { minutes, seconds: seconds % 60 }.text(),
        (3_600..86_400, 0, _) => say::runs::hours(hours),
        (3_600..86_400, minutes, _) => say::runs::HoursMinutes { hours, minutes }.text(),
        (_, _, 0) => say::runs::days(days),
        (_, _, hours) => say::runs::DaysHours { days, hours }.text(),
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
