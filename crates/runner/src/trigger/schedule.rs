//! When a flow starts by the time: a cron pattern in a zone, or a span that comes round.

use std::fmt;
use std::str::FromStr;

use croner::Cron;
use flow::PieceCall;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{given, given_number, given_text};
use crate::Map;

/// The most starts that are counted when many were missed.
const MOST: u64 = 1000;

/// The longest time within which a start is not late.
const GRACE: SignedDuration = SignedDuration::from_mins(1);

/// The last number of each field of a pattern: minute, hour, day, month, day of the week.
const LAST: [u8; 5] = [59, 23, 31, 12, 6];

/// When a flow starts by the time.
#[derive(Clone)]
pub struct Schedule {
    when: When,
    payload: Value,
}

#[derive(Clone)]
enum When {
    Cron {
        cron: Box<Cron>,
        pattern: String,
        zone: TimeZone,
    },
    /// Every so many seconds, counted from 1970.
    Every(i64),
}

/// A start whose instant has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The instant that it was for: the last of those that have passed.
    pub at: Timestamp,
    /// How many before it were missed; at most 1000 are counted. They are not made up for.
    pub missed: u64,
    /// What is to be said in the run if it is late.
    pub note: Option<String>,
}

impl Schedule {
    /// A cron pattern of five fields, in a zone such as `Europe/Berlin`.
    ///
    /// # Errors
    /// A sentence if the pattern or the zone is not known.
    pub fn cron(pattern: &str, zone: &str) -> Result<Self, String> {
        let read = TimeZone::get(zone);
        let zone = read.map_err(|_| format!("There is no time zone {zone}. Open the trigger and choose one."))?;
        // Some write `5/15` for every fifteenth from the fifth on.
        let plain = pattern.split_whitespace().zip(LAST).map(|(field, last)| match field.split_once('/') {
            Some((from, step)) if from.parse::<u8>().is_ok() => format!("{from}-{last}/{step}"),
            Some(_) | None => field.to_owned(),
        });
        let plain = plain.collect::<Vec<_>>().join(" ");
        let wrong =
            |why: String| format!("“{pattern}” is no cron pattern ({why}). Write five fields, such as `0 9 * * 1-5`.");
        if pattern.split_whitespace().count() != LAST.len() {
            return Err(wrong("it has not five fields".to_owned()));
        }
        let cron = Cron::from_str(&plain).map_err(|error| wrong(error.to_string()))?;
        let when = When::Cron { cron: Box::new(cron), pattern: pattern.to_owned(), zone };
        Ok(Self { when, payload: json!({}) })
    }

    /// Every so many seconds, at least one, counted from 1970: restarts do not shift it.
    #[must_use]
    pub fn every(seconds: u32) -> Self {
        Self { when: When::Every(i64::from(seconds.max(1))), payload: json!({}) }
    }

    pub(super) fn read(call: &PieceCall) -> Result<Self, String> {
        let zone = given_text(call, "timezone").unwrap_or_else(|| "UTC".to_owned());
        let hour = || given_number(call, "hour_of_the_day", 0..=23);
        let weekend = given(call, "run_on_weekends").is_none_or(crate::value::is_true);
        let days = if weekend { "*" } else { "1-5" };
        let mut told = Map::new();
        let pattern = match call.operation.as_str() {
            "every_x_minutes" => format!("*/{} * * * *", given_number(call, "minutes", 1..=59)?),
            "every_hour" => format!("0 * * * {days}"),
            "every_day" => format!("0 {} * * {days}", hour()?),
            "every_week" => {
                let day = given_number(call, "day_of_the_week", 0..=6)?;
                told.insert("day_of_the_week".to_owned(), day.into());
                format!("0 {} * * {day}", hour()?)
            }
            "every_month" => {
                let day = given_number(call, "day_of_the_month", 1..=31)?;
                told.insert("day_of_the_month".to_owned(), day.into());
                format!("0 {} {day} * *", hour()?)
            }
            "cron_expression" => {
                let pattern = given_text(call, "cronExpression").unwrap_or_else(|| "0/5 * * * *".to_owned());
                return Self::cron(&pattern, &zone);
            }
            "every" => {
                let unit = match given_text(call, "unit").as_deref() {
                    Some("seconds") => 1,
                    Some("hours") => 3600,
                    Some("days") => 86_400,
                    _ => 60,
                };
                return Ok(Self::every(given_number(call, "amount", 1..=10_000)?.saturating_mul(unit)));
            }
            other => return Err(super::unknown(other)),
        };
        let is_zoned = matches!(call.operation.as_str(), "every_day" | "every_week" | "every_month");
        let zone = if is_zoned { zone } else { "UTC".to_owned() };
        if is_zoned {
            told.insert("hour_of_the_day".to_owned(), hour()?.into());
        }
        told.insert("cron_expression".to_owned(), pattern.clone().into());
        told.insert("timezone".to_owned(), zone.clone().into());
        Ok(Self { payload: told.into(), ..Self::cron(&pattern, &zone)? })
    }

    /// What the flow is started with, as on a server.
    #[must_use]
    pub fn payload(&self) -> &Value {
        &self.payload
    }

    /// The first instant behind `after`; `None` if there is none.
    #[must_use]
    pub fn next_fire(&self, after: Timestamp) -> Option<Timestamp> {
        match &self.when {
            When::Cron { cron, zone, .. } => {
                let after = after.to_zoned(zone.clone());
                let next = cron.find_next_occurrence(&after, false).ok()?.timestamp();
                // A day that is set back has hours that come twice: only what is later counts.
                (next > after.timestamp()).then_some(next)
            }
            When::Every(seconds) => {
                let turns = after.as_second().div_euclid(*seconds) + 1;
                Timestamp::from_second(turns.checked_mul(*seconds)?).ok()
            }
        }
    }

    /// The start that is due at `now`, when the last one was at `last`. However many were missed, it is one.
    #[must_use]
    pub fn due(&self, last: Timestamp, now: Timestamp) -> Option<Due> {
        let (mut at, mut count) = (self.next_fire(last).filter(|at| *at <= now)?, 1);
        while let Some(next) = self.next_fire(at).filter(|next| *next <= now) {
            (at, count) = (next, count + 1);
            if count > MOST {
                at = self.last_before(now).unwrap_or(at);
                break;
            }
        }
        let missed = count - 1;
        let note = match missed {
            0 if now.duration_since(at) <= GRACE => None,
            0 => Some(format!("Starts late: it was due at {at}, when the app was not running.")),
            _ if missed >= MOST => Some(format!(
                "Catches up once: more than {MOST} earlier starts were missed while the app was not running."
            )),
            _ => Some(format!("Catches up once: {missed} earlier starts were missed while the app was not running.")),
        };
        Some(Due { at, missed, note })
    }

    fn last_before(&self, now: Timestamp) -> Option<Timestamp> {
        match &self.when {
            When::Cron { cron, zone, .. } => {
                Some(cron.find_previous_occurrence(&now.to_zoned(zone.clone()), true).ok()?.timestamp())
            }
            When::Every(seconds) => Timestamp::from_second(now.as_second().div_euclid(*seconds) * seconds).ok(),
        }
    }
}

impl fmt::Debug for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.when {
            When::Cron { pattern, zone, .. } => write!(f, "Schedule({pattern}, {zone:?})"),
            When::Every(seconds) => write!(f, "Schedule(every {seconds} s)"),
        }
    }
}
