//! Dates.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Span, Unit, Zoned};
use serde_json::Value;

use super::whole;
use crate::{Call, Failure, value};

/// The most working days that are gone over.
const MOST: i64 = 10_000;

pub(super) fn run(call: &Call<'_>) -> Result<Value, Failure> {
    let name = Some(call.text("zone")).filter(|zone| !zone.is_empty()).unwrap_or_else(|| "UTC".to_owned());
    let zone = TimeZone::get(&name);
    let zone =
        zone.map_err(|_| Failure::new(format!("There is no time zone {name}. Open the step and choose one.")))?;
    let read = |field: &str| {
        let given = call.given(field).cloned().unwrap_or_default();
        let instant = value::instant(&given, &zone);
        let wrong = || {
            Failure::new(format!(
                "“{}” is no date. Write it as 2026-11-21 or 2026-11-21T09:00:00Z.",
                value::render(&given)
            ))
        };
        Ok::<_, Failure>(instant.ok_or_else(wrong)?.to_zoned(zone.clone()))
    };
    let form = call.text("form");
    Ok(match call.action {
        "date_now" => write(&call.now.to_zoned(zone.clone()), &form),
        "date_add" => write(&add(&read("date")?, whole(call, "amount")?, &call.text("unit"))?, &form),
        "date_difference" => between(&read("from")?, &read("to")?, &call.text("unit"))?,
        _ => write(&read("date")?, &form),
    })
}

fn too_far<E>(_: E) -> Failure {
    Failure::new("The date is too far away. Open the step and give a smaller amount.")
}

fn add(date: &Zoned, amount: i64, unit: &str) -> Result<Zoned, Failure> {
    let span = match unit {
        "minutes" => Span::new().try_minutes(amount),
        "hours" => Span::new().try_hours(amount),
        "weeks" => Span::new().try_weeks(amount),
        "months" => Span::new().try_months(amount),
        "years" => Span::new().try_years(amount),
        "working_days" => return working(date, amount),
        _ => Span::new().try_days(amount),
    };
    date.checked_add(span.map_err(too_far)?).map_err(too_far)
}

fn is_working(date: &Zoned) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn working(date: &Zoned, amount: i64) -> Result<Zoned, Failure> {
    if amount.abs() > MOST {
        return Err(too_far(()));
    }
    let (mut at, mut left) = (date.clone(), amount.abs());
    while left > 0 {
        at = at.checked_add(Span::new().days(amount.signum())).map_err(too_far)?;
        left -= i64::from(is_working(&at));
    }
    Ok(at)
}

fn between(from: &Zoned, to: &Zoned, unit: &str) -> Result<Value, Failure> {
    if unit == "working_days" {
        let (first, last) = if from <= to { (from, to) } else { (to, from) };
        let (mut at, mut count, mut gone) = (first.clone(), 0_i64, 0_i64);
        while at.date() < last.date() {
            at = at.checked_add(Span::new().days(1)).map_err(too_far)?;
            count += i64::from(is_working(&at));
            gone += 1;
            if gone > MOST * 2 {
                return Err(too_far(()));
            }
        }
        return Ok((if from <= to { count } else { -count }).into());
    }
    let unit = match unit {
        "minutes" => Unit::Minute,
        "hours" => Unit::Hour,
        "weeks" => Unit::Week,
        "months" => Unit::Month,
        "years" => Unit::Year,
        _ => Unit::Day,
    };
    let total = from.until(to).and_then(|span| span.total((unit, from))).map_err(too_far)?;
    Ok(value::from_number((total * 1e6).round() / 1e6))
}

fn write(date: &Zoned, form: &str) -> Value {
    let form = match form {
        "date" => "%Y-%m-%d",
        "time" => "%H:%M",
        "day" => "%-d %B %Y",
        "weekday" => "%A",
        "unix" => return date.timestamp().as_second().into(),
        _ => return date.timestamp().to_string().into(),
    };
    date.strftime(form).to_string().into()
}
