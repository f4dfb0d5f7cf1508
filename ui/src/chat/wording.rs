//! How the chat words what it shows: reasons, durations, costs, who is told, what can be taken back. Pure.

use contract::{CallState, Preview, Reason, Reversible, TurnUse};
use jiff::Timestamp;

use crate::parts::Glyph;
use crate::say::{self, Grouped};

/// Why a turn ended, and what to do.
#[must_use]
pub fn reason_words(reason: &Reason) -> String {
    match reason {
        Reason::Stopped => say::chat::stopped().into(),
        Reason::Steps(most) => say::chat::ended_steps(Grouped(u64::from(*most))),
        Reason::Tokens(most) => say::chat::ended_tokens(Grouped(*most)),
        Reason::Money(most) => say::chat::ended_money(cost_words(*most)),
        Reason::Time(seconds) => {
            say::chat::ended_time(duration_words(i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX)))
        }
        Reason::Repeats(tool) => say::chat::ended_repeats(tool),
        Reason::Broke(why) => why.clone(),
    }
}

/// The icon of a call's state, and the state in words.
#[must_use]
pub fn state_words(state: CallState) -> (Glyph, &'static str) {
    match state {
        CallState::Asked => (Glyph::Hand, say::chat::waits()),
        CallState::Ready => (Glyph::Clock, say::chat::state_next()),
        CallState::Running => (Glyph::LoaderCircle, say::chat::state_runs()),
        CallState::Returned => (Glyph::Check, say::chat::done()),
        CallState::Failed => (Glyph::TriangleAlert, say::chat::state_failed()),
        CallState::Denied => (Glyph::Ban, say::chat::state_denied()),
        CallState::Cancelled => (Glyph::X, say::chat::state_cancelled()),
    }
}

/// “2 ms”, “1.4 s”, “3 min 2 s”.
#[must_use]
pub fn duration_words(milliseconds: i64) -> String {
    match milliseconds {
        ..1_000 => say::chat::milliseconds(milliseconds.max(0)),
        1_000..60_000 => {
            say::chat::Seconds { seconds: milliseconds / 1_000, tenths: milliseconds % 1_000 / 100 }.text()
        }
        60_000..3_600_000 => {
            let (minutes, seconds) = (milliseconds / 60_000, milliseconds % 60_000 / 1_000);
            if seconds == 0 {
                say::chat::minutes(minutes)
            } else {
                say::chat::MinutesSeconds { minutes, seconds }.text()
            }
        }
        _ => {
            let (hours, minutes) = (milliseconds / 3_600_000, milliseconds % 3_600_000 / 60_000);
            say::chat::HoursMinutes { hours, minutes }.text()
        }
    }
}

/// The time between two instants in words.
#[must_use]
pub fn between(from: Option<Timestamp>, to: Option<Timestamp>) -> Option<String> {
    Some(duration_words(to?.as_millisecond() - from?.as_millisecond()))
}

/// Millionths of a dollar: “$0.0012”, “$0.41”, “$12.30”. What costs something is never shown as nothing.
#[must_use]
pub fn cost_words(millionths: u64) -> String {
    match millionths {
        0 => say::chat::costs_nothing().into(),
        1..100 => say::chat::costs_hardly().into(),
        100..10_000 => say::chat::costs_little(format!("{:04}", millionths / 100)),
        _ => {
            let cents = (millionths + 5_000) / 10_000;
            say::chat::Costs { dollars: Grouped(cents / 100), cents: format!("{:02}", cents % 100) }.text()
        }
    }
}

/// What a turn used, in a line.
#[must_use]
pub fn use_words(used: &TurnUse) -> String {
    let mut parts = vec![used.model.clone()];
    if used.tokens_in + used.tokens_out > 0 {
        parts.push(say::chat::Tokens { taken: Grouped(used.tokens_in), given: Grouped(used.tokens_out) }.text());
    }
    parts.extend(used.cost.map(cost_words));
    parts.extend(between(Some(used.started_at), used.ended_at));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Whom these changes tell, in a sentence; empty when nobody is told.
#[must_use]
pub fn told_words(names: &[String], subscribers: bool) -> String {
    let mut all = match names {
        [one, two, _, rest @ ..] if !rest.is_empty() => {
            vec![one.clone(), two.clone(), say::chat::more(rest.len() + 1)]
        }
        few => few.to_vec(),
    };
    if subscribers {
        all.push(say::chat::subscribers().into());
    }
    match all.as_slice() {
        [] => String::new(),
        [_] if subscribers => say::chat::told_subscribers().into(),
        [one] => say::chat::told_one(one),
        [before @ .., last] => say::chat::ToldSeveral { before: before.join(", "), last }.text(),
    }
}

/// Whether it can be taken back, in a sentence: the worst of several counts.
#[must_use]
pub fn undo_words(previews: &[&Preview]) -> &'static str {
    let has = |wanted| previews.iter().any(|preview| preview.reversible == Some(wanted));
    if has(Reversible::Irreversible) {
        say::chat::some_for_good()
    } else if has(Reversible::Compensable) {
        say::chat::undo_trashes()
    } else if has(Reversible::Undoable) {
        say::chat::undoable()
    } else {
        ""
    }
}

/// One thing as a person reads it: whether it can be taken back.
#[must_use]
pub fn reversible_words(reversible: Option<Reversible>) -> &'static str {
    match reversible {
        None => say::chat::changes_nothing(),
        Some(Reversible::Undoable) => say::chat::undoable(),
        Some(Reversible::Compensable) => say::chat::undo_trashes(),
        Some(Reversible::Irreversible) => say::chat::irreversible(),
    }
}

/// A JSON text with a line for each field; what is no JSON stays as it is.
#[must_use]
pub fn pretty(json: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(json);
    value.ok().and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| json.to_owned())
}

#[cfg(test)]
mod tests;
