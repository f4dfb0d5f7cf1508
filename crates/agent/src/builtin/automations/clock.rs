//! Times that come again, as people write them: “every Monday at 9”, “each weekday morning”, “on the first of every month”.

use serde_json::{Value, json};

use super::starts::{Item, Start};
use crate::builtin::asked::Asked;
use crate::builtin::words::{Word, is_any, number, ordinal};

const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

const SCHEDULE: &str = "schedule";
/// The hour at which a day begins here when nobody says one.
const USUAL: u32 = 9;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Often {
    Minutes(u32),
    Hours(u32),
    /// Weekends too, or not.
    Days(bool),
    Week(u32),
    Month(u32),
}

/// What the words, all of them, say of the time.
pub(super) fn clause(asked: &Asked<'_>, words: &[Word]) -> Option<Start> {
    if words.iter().any(|word| word.quoted) {
        return None;
    }
    let mut texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let said = take_clock(&mut texts);
    let part = take_part(&mut texts);
    let often =
        often(&texts).or_else(|| (texts.as_slice() == ["every"] && part.is_some()).then_some(Often::Days(true)))?;
    let (hour, minute) = said.or(part.map(|hour| (hour, 0))).unwrap_or((USUAL, 0));
    let zone = asked.world.now.time_zone().iana_name().unwrap_or("UTC");
    let (piece, trigger, input) = input(often, hour, minute, zone)?;
    Some(Start::new(piece, trigger, input, Item::None))
}

fn input(often: Often, hour: u32, minute: u32, zone: &str) -> Option<(&'static str, &'static str, Value)> {
    if minute != 0 {
        let cron = match often {
            Often::Minutes(_) | Often::Hours(_) => return None,
            Often::Days(true) => format!("{minute} {hour} * * *"),
            Often::Days(false) => format!("{minute} {hour} * * 1-5"),
            Often::Week(day) => format!("{minute} {hour} * * {day}"),
            Often::Month(day) => format!("{minute} {hour} {day} * *"),
        };
        return Some((SCHEDULE, "cron_expression", json!({ "cronExpression": cron, "timezone": zone })));
    }
    Some(match often {
        Often::Minutes(minutes) if (1..60).contains(&minutes) => {
            (SCHEDULE, "every_x_minutes", json!({ "minutes": minutes }))
        }
        Often::Minutes(minutes) => ("interval", "every", json!({ "amount": minutes, "unit": "minutes" })),
        Often::Hours(1) => (SCHEDULE, "every_hour", json!({ "run_on_weekends": true })),
        Often::Hours(hours) => ("interval", "every", json!({ "amount": hours, "unit": "hours" })),
        Often::Days(weekends) => {
            let input = json!({ "hour_of_the_day": hour, "timezone": zone, "run_on_weekends": weekends });
            (SCHEDULE, "every_day", input)
        }
        Often::Week(day) => {
            (SCHEDULE, "every_week", json!({ "day_of_the_week": day, "hour_of_the_day": hour, "timezone": zone }))
        }
        Often::Month(day) => {
            (SCHEDULE, "every_month", json!({ "day_of_the_month": day, "hour_of_the_day": hour, "timezone": zone }))
        }
    })
}

/// Takes “at 9 am” out.
fn take_clock(texts: &mut Vec<&str>) -> Option<(u32, u32)> {
    let at = texts.iter().position(|word| is_any(word, "at|around|by"))?;
    let (hour, minute) = clock(texts.get(at + 1)?)?;
    let (half, len) = match texts.get(at + 2).copied() {
        Some(half @ ("am" | "pm" | "a.m" | "p.m")) => (Some(half), 3),
        Some("o'clock") => (None, 3),
        Some(_) | None => (None, 2),
    };
    let hour = match half.map(|half| half.starts_with('p')) {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    texts.drain(at..(at + len).min(texts.len()));
    Some((hour, minute))
}

/// “9”, “9am”, “16:30”, “noon”.
fn clock(word: &str) -> Option<(u32, u32)> {
    match word {
        "noon" | "midday" => return Some((12, 0)),
        "midnight" => return Some((0, 0)),
        _ => {}
    }
    let (digits, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (None, Some(digits)) => (digits, Some(12)),
        (None, None) => (word, None),
    };
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, "0"));
    let (hour, minute): (u32, u32) = match hour.parse() {
        Ok(hour) => (hour, minute.parse().ok()?),
        Err(_) => (u32::try_from(number(hour)?).ok()?, 0),
    };
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// Takes “morning” out, and “in the” before it; “every morning” leaves “every day”.
fn take_part(texts: &mut Vec<&str>) -> Option<u32> {
    let at = texts.iter().position(|word| part(word).is_some())?;
    let hour = texts.get(at).and_then(|word| part(word))?;
    let before: Vec<&str> = texts.get(..at).unwrap_or(&[]).to_vec();
    let from = if before.ends_with(&["in", "the"]) { at - 2 } else { at };
    texts.drain(from..=at);
    if let ["every" | "each"] = texts.as_slice() {
        texts.push("day");
    }
    Some(hour)
}

fn part(word: &str) -> Option<u32> {
    match word {
        "morning" | "mornings" => Some(9),
        "afternoon" | "afternoons" => Some(14),
        "evening" | "evenings" => Some(18),
        "night" | "nights" => Some(20),
        _ => None,
    }
}

fn often(texts: &[&str]) -> Option<Often> {
    let many = |word: &str| number(word).and_then(|many| u32::try_from(many).ok()).filter(|many| *many > 0);
    Some(match texts {
        ["every" | "each", "minute"] => Often::Minutes(1),
        ["every", count, "minutes" | "minute" | "mins" | "min"] => Often::Minutes(many(count)?),
        ["hourly"] | ["every" | "each", "hour"] | ["once", "an", "hour"] => Often::Hours(1),
        ["every", count, "hours" | "hour"] => Often::Hours(many(count)?),
        ["daily"] | ["every" | "each", "day"] | ["once", "a", "day"] | ["every", "single", "day"] => Often::Days(true),
        ["every" | "each" | "on", "weekday" | "workday" | "weekdays" | "workdays"]
        | ["every" | "each", "working" | "work" | "business", "day"]
        | ["weekdays"] => Often::Days(false),
        ["weekly"] | ["every" | "each", "week"] | ["once", "a", "week"] => Often::Week(1),
        ["monthly"] | ["every" | "each", "month"] | ["once", "a", "month"] => Often::Month(1),
        ["on", "the", nth, "of", "every" | "each", "month"]
        | ["on", "the", nth, "day", "of", "every" | "each", "month"]
        | ["every" | "each", "month", "on", "the", nth]
        | ["monthly", "on", "the", nth] => {
            let nth = ordinal(nth).and_then(|nth| u32::try_from(nth).ok())?;
            Often::Month(Some(nth).filter(|nth| (1..=31).contains(nth))?)
        }
        ["every" | "each" | "on", day]
        | [day]
        | ["weekly", "on", day]
        | ["once", "a", "week", "on", day]
        | ["every" | "each", "week", "on", day] => {
            let is_single = matches!(texts, [_] | ["on", _]);
            // “On Monday” is one day; “on Mondays” comes again.
            if is_single && !day.ends_with('s') {
                return None;
            }
            Often::Week(weekday(day)?)
        }
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<u32> {
    let word = word.strip_suffix('s').unwrap_or(word);
    DAYS.iter().position(|day| *day == word).and_then(|day| u32::try_from(day).ok())
}
