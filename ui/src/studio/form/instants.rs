//! When a trigger that starts by the time starts next, as far as its own settings tell. Pure: the clock is handed in.

use flow::PieceCall;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde_json::Value;

/// So many instants are told.
const COUNT: usize = 3;
/// So many days are looked at: a 29th of February is at most eight years away.
const DAYS: usize = 366 * 8 + 2;

/// The next instants behind `now`; empty if the trigger tells none, or writes its pattern in a way that is not known here.
pub(super) fn next(call: &PieceCall, now: Timestamp) -> Vec<Timestamp> {
    let found = match call.piece.as_str() {
        "@activepieces/piece-schedule" => cron(call, now),
        "@pmos/piece-interval" => every(call, now),
        _ => None,
    };
    found.unwrap_or_default()
}

fn number(call: &PieceCall, name: &str) -> Option<i64> {
    match call.input.get(name)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn every(call: &PieceCall, now: Timestamp) -> Option<Vec<Timestamp>> {
    let unit = match call.input.get("unit").and_then(Value::as_str).unwrap_or("minutes") {
        "seconds" => 1,
        "minutes" => 60,
        "hours" => 3_600,
        "days" => 86_400,
        _ => return None,
    };
    // Counted from 1970, as the runner does.
    let seconds = number(call, "amount").unwrap_or(15).checked_mul(unit).filter(|seconds| *seconds > 0)?;
    let first = now.as_second().div_euclid(seconds) + 1;
    let turns = (first..).take(COUNT).map(|turn| Timestamp::from_second(turn.checked_mul(seconds)?).ok());
    turns.collect()
}

fn cron(call: &PieceCall, now: Timestamp) -> Option<Vec<Timestamp>> {
    let hour = || number(call, "hour_of_the_day").map(|hour| hour.to_string());
    let on_weekends = match call.input.get("run_on_weekends") {
        Some(Value::Bool(flag)) => *flag,
        Some(_) | None => true,
    };
    let days = if on_weekends { "*" } else { "1-5" };
    let pattern = match call.operation.as_str() {
        "every_x_minutes" => ["*/", &number(call, "minutes").unwrap_or(1).to_string(), " * * * *"].concat(),
        "every_hour" => ["0 * * * ", days].concat(),
        "every_day" => ["0 ", &hour()?, " * * ", days].concat(),
        "every_week" => ["0 ", &hour()?, " * * ", &number(call, "day_of_the_week")?.to_string()].concat(),
        "every_month" => ["0 ", &hour()?, " ", &number(call, "day_of_the_month")?.to_string(), " * *"].concat(),
        "cron_expression" => {
            call.input.get("cronExpression").and_then(Value::as_str).unwrap_or("0/5 * * * *").to_owned()
        }
        _ => return None,
    };
    let is_zoned = !matches!(call.operation.as_str(), "every_x_minutes" | "every_hour");
    let zone = call.input.get("timezone").and_then(Value::as_str).filter(|_| is_zoned).unwrap_or("UTC");
    Pattern::read(&pattern)?.next(now, &TimeZone::get(zone).ok()?)
}

/// A cron pattern: the minutes, hours, days, months and days of the week that it allows, a bit each.
#[derive(Debug)]
struct Pattern {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    /// Either of day and day of the week is enough.
    is_either: bool,
}

impl Pattern {
    fn read(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields.as_slice() else { return None };
        let weekdays = field(weekday, 0, 7)?;
        Some(Self {
            minutes: field(minute, 0, 59)?,
            hours: field(hour, 0, 23)?,
            days: field(day, 1, 31)?,
            months: field(month, 1, 12)?,
            // Sunday is 0 and 7.
            weekdays: weekdays | (weekdays >> 7 & 1),
            is_either: !day.starts_with('*') && !weekday.starts_with('*'),
        })
    }

    fn has_day(&self, at: &Zoned) -> bool {
        let day = has(self.days, i64::from(at.day()));
        let weekday = has(self.weekdays, i64::from(at.weekday().to_sunday_zero_offset()));
        let is_day = if self.is_either { day || weekday } else { day && weekday };
        has(self.months, i64::from(at.month())) && is_day
    }

    fn next(&self, now: Timestamp, zone: &TimeZone) -> Option<Vec<Timestamp>> {
        let mut found = Vec::new();
        let mut day = now.to_zoned(zone.clone()).start_of_day().ok()?;
        for _ in 0..DAYS {
            if self.has_day(&day) {
                for hour in (0..24_i8).filter(|hour| has(self.hours, i64::from(*hour))) {
                    for minute in (0..60_i8).filter(|minute| has(self.minutes, i64::from(*minute))) {
                        let at = day.datetime().date().at(hour, minute, 0, 0).to_zoned(zone.clone()).ok()?.timestamp();
                        if at > now && found.last() != Some(&at) {
                            found.push(at);
                        }
                        if found.len() == COUNT {
                            return Some(found);
                        }
                    }
                }
            }
            day = day.checked_add(1.day()).and_then(|day| day.start_of_day()).ok()?;
        }
        Some(found)
    }
}

fn has(bits: u64, number: i64) -> bool {
    u32::try_from(number).ok().and_then(|number| bits.checked_shr(number)).is_some_and(|bits| bits & 1 == 1)
}

/// The numbers of one field: `*`, `5`, `1-5`, `*/15`, `5/15`, `1-30/2`, and lists of these.
fn field(text: &str, least: u32, last: u32) -> Option<u64> {
    let mut bits = 0_u64;
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<u32>().ok().filter(|step| *step > 0)?)),
            None => (part, None),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (least, last),
            Some((from, to)) => (from.parse().ok()?, to.parse().ok()?),
            None => {
                let from = range.parse().ok()?;
                (from, if step.is_some() { last } else { from })
            }
        };
        if from < least || to > last || from > to {
            return None;
        }
        for number in (from..=to).step_by(usize::try_from(step.unwrap_or(1)).ok()?) {
            bits |= 1_u64.checked_shl(number)?;
        }
    }
    Some(bits)
}
