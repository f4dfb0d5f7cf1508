//! How the chat words what it shows: reasons, durations, costs, who is told, what can be taken back. Pure.

use contract::{CallState, Preview, Reason, Reversible, TurnUse};
use jiff::Timestamp;

use crate::parts::Glyph;
use crate::parts::number::{counted, grouped};

/// Why a turn ended, and what to do.
#[must_use]
pub fn reason_words(reason: &Reason) -> String {
    match reason {
        Reason::Stopped => "You stopped it. What was done stays, and can be undone in the history.".into(),
        Reason::Steps(most) => format!(
            "It stopped after asking the model {}, the most for one request. Say “go on”, or ask for less at once.",
            counted(u64::from(*most), "time")
        ),
        Reason::Tokens(most) => format!(
            "It stopped at {}, the most for one request. Ask for less at once, or raise the limit in the settings.",
            counted(*most, "token")
        ),
        Reason::Money(most) => format!(
            "It stopped at {}, the most for one request. Ask for less at once, or raise the limit in the settings.",
            cost_words(*most)
        ),
        Reason::Time(seconds) => format!(
            "It stopped after {}, the longest for one request. Say “go on” to continue.",
            duration_words(i64::try_from(seconds.saturating_mul(1_000)).unwrap_or(i64::MAX))
        ),
        Reason::Repeats(tool) => format!(
            "It stopped because it asked for the same thing again and again ({tool}). Say it in other words, or name the item."
        ),
        Reason::Broke(why) => why.clone(),
    }
}

/// The icon of a call's state, and the state in words.
#[must_use]
pub fn state_words(state: CallState) -> (Glyph, &'static str) {
    match state {
        CallState::Asked => (Glyph::Hand, "Waits for you"),
        CallState::Ready => (Glyph::Clock, "Is next"),
        CallState::Running => (Glyph::LoaderCircle, "Runs"),
        CallState::Returned => (Glyph::Check, "Done"),
        CallState::Failed => (Glyph::TriangleAlert, "Did not work"),
        CallState::Denied => (Glyph::Ban, "Denied"),
        CallState::Cancelled => (Glyph::X, "Not carried out"),
    }
}

/// “2 ms”, “1.4 s”, “3 min 2 s”.
#[must_use]
pub fn duration_words(milliseconds: i64) -> String {
    match milliseconds {
        ..1_000 => format!("{} ms", milliseconds.max(0)),
        1_000..60_000 => format!("{}.{} s", milliseconds / 1_000, milliseconds % 1_000 / 100),
        60_000..3_600_000 => {
            let (minutes, seconds) = (milliseconds / 60_000, milliseconds % 60_000 / 1_000);
            if seconds == 0 { format!("{minutes} min") } else { format!("{minutes} min {seconds} s") }
        }
        _ => format!("{} h {} min", milliseconds / 3_600_000, milliseconds % 3_600_000 / 60_000),
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
        0 => "$0".into(),
        1..100 => "under $0.0001".into(),
        100..10_000 => format!("$0.{:04}", millionths / 100),
        _ => {
            let cents = (millionths + 5_000) / 10_000;
            format!("${}.{:02}", grouped(cents / 100), cents % 100)
        }
    }
}

/// What a turn used, in a line.
#[must_use]
pub fn use_words(used: &TurnUse) -> String {
    let mut parts = vec![used.model.clone()];
    if used.tokens_in + used.tokens_out > 0 {
        parts.push(format!("{} in, {} out", grouped(used.tokens_in), grouped(used.tokens_out)));
    }
    parts.extend(used.cost.map(cost_words));
    parts.extend(between(Some(used.started_at), used.ended_at));
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// Whom these changes tell, in a sentence; empty when nobody is told.
#[must_use]
pub fn told_words(names: &[String], subscribers: bool) -> String {
    let (mut all, rest) = match names {
        [one, two, three, rest @ ..] if !rest.is_empty() || subscribers => {
            (vec![one.clone(), two.clone()], Some(counted_more(rest.len(), three)))
        }
        few => (few.to_vec(), None),
    };
    all.extend(rest);
    if subscribers {
        all.push("the subscribers of the item".into());
    }
    let verb = if all.len() == 1 && !subscribers && names != ["You"] { "is" } else { "are" };
    match all.split_last() {
        None => String::new(),
        Some((last, [])) if subscribers => format!("The {} are told.", last.trim_start_matches("the ")),
        Some((last, [])) => format!("{last} {verb} told."),
        Some((last, before)) => format!("{} and {last} {verb} told.", before.join(", ")),
    }
}

/// The one name, or how many it stands for.
fn counted_more(further: usize, one: &str) -> String {
    if further == 0 { one.to_owned() } else { format!("{} more", further + 1) }
}

/// Whether it can be taken back, in a sentence: the worst of several counts.
#[must_use]
pub fn undo_words(previews: &[&Preview]) -> &'static str {
    let has = |wanted| previews.iter().any(|preview| preview.reversible == Some(wanted));
    if has(Reversible::Irreversible) {
        "Some of it cannot be taken back."
    } else if has(Reversible::Compensable) {
        "Undo puts it into the trash, but people will have been told."
    } else if has(Reversible::Undoable) {
        "It can be undone."
    } else {
        ""
    }
}

/// One thing as a person reads it: whether it can be taken back.
#[must_use]
pub fn reversible_words(reversible: Option<Reversible>) -> &'static str {
    match reversible {
        None => "Nothing would change.",
        Some(Reversible::Undoable) => "It can be undone.",
        Some(Reversible::Compensable) => "Undo puts it into the trash, but people will have been told.",
        Some(Reversible::Irreversible) => "It cannot be taken back.",
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
