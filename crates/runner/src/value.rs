//! JSON values as JavaScript sees them: as text, as a number, as true or false.
//!
//! Activepieces evaluates expressions and conditions in JavaScript, so a flow gives the same results here only if values
//! turn into one another by the same rules.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use serde_json::{Number, Value};

/// The largest whole number that JavaScript writes without an exponent.
const PLAIN: f64 = 1e21;

/// What stands for a value within a text: a text as it is, nothing else than its JSON for the rest.
#[must_use]
pub fn render(value: &Value) -> String {
    value.as_str().map_or_else(|| tidy(value.clone()).to_string(), str::to_owned)
}

/// Writes whole numbers without a fraction, as JavaScript does.
#[must_use]
pub fn tidy(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(whole(&number).unwrap_or(number)),
        Value::Array(items) => items.into_iter().map(tidy).collect(),
        Value::Object(members) => members.into_iter().map(|(name, member)| (name, tidy(member))).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

fn whole(number: &Number) -> Option<Number> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    (float.fract() == 0.0 && float.abs() < PLAIN).then(|| format!("{float:.0}").parse().ok()).flatten()
}

/// Whether JavaScript takes the value for true.
#[must_use]
pub fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The number that JavaScript's `Number(…)` makes of a value; `None` if that is not a number.
#[must_use]
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(0.0),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => number_of_text(text),
        Value::Array(items) => match items.as_slice() {
            [] => Some(0.0),
            [one] => number(one),
            _ => None,
        },
        Value::Object(_) => None,
    }
}

fn number_of_text(text: &str) -> Option<f64> {
    let text = text.trim();
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
    if let Some((digits, radix)) = radix.iter().find_map(|(sign, radix)| Some((text.strip_prefix(sign)?, *radix))) {
        let digits = u32::from_str_radix(digits, radix).ok()?;
        return Some(f64::from(digits));
    }
    match text {
        "" => Some(0.0),
        "Infinity" | "+Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        // Rust reads words such as `nan` and `inf` as numbers; JavaScript does not.
        _ if text.contains(|letter: char| letter.is_ascii_alphabetic() && !matches!(letter, 'e' | 'E')) => None,
        _ => text.parse().ok(),
    }
}

/// The number that stands for an amount in a field: a number, or a text with nothing else in it.
#[must_use]
pub fn amount(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if !text.trim().is_empty() => number_of_text(text),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
    .filter(|amount| amount.is_finite())
}

/// A JSON number of a float; whole ones without a fraction, and null for what is no number.
#[must_use]
pub fn from_number(number: f64) -> Value {
    // A zero below zero is zero in JSON.
    tidy(Number::from_f64(number + 0.0).map_or(Value::Null, Value::Number))
}

/// The instant that a value tells: milliseconds since 1970, or a text in ISO 8601 or RFC 2822. What tells no zone is
/// in `zone`.
#[must_use]
pub fn instant(value: &Value, zone: &TimeZone) -> Option<Timestamp> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "a float beyond all instants is refused by the clock")]
        Value::Number(number) => Timestamp::from_millisecond(number.as_f64()?.trunc() as i64).ok(),
        Value::String(text) => instant_of_text(text.trim(), zone),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn instant_of_text(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    if let Ok(zoned) = rfc2822::parse(text) {
        return Some(zoned.timestamp());
    }
    let civil = text.parse::<DateTime>().ok().or_else(|| loose(text))?;
    Some(zone.to_zoned(civil).ok()?.timestamp())
}

/// A year, with as much of month, day and time as is there: `2026`, `2026-11`, `2026/11/21 9:05`.
fn loose(text: &str) -> Option<DateTime> {
    if !text.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let is_known = |letter: char| letter.is_ascii_digit() || "-/:. T".contains(letter);
    if !text.chars().all(is_known) {
        return None;
    }
    let mut parts = text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = |usual: i8| parts.next().map_or(Some(usual), |part| part.parse().ok());
    let date = Date::new(year, next(1)?, next(1)?).ok()?;
    let time = jiff::civil::Time::new(next(0)?, next(0)?, next(0)?, 0).ok()?;
    Some(date.to_datetime(time))
}
