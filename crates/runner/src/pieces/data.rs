//! Dates, lists, numbers and JSON, without a line of code.

mod dates;
mod lists;

use async_trait::async_trait;
use flow::piece::{PieceMetadata, PropertyKind};
use serde_json::{Value, json};

use super::describe::{Ask, categories, flag, list, long, named, number, one_of, piece, plain, prop, text};
use crate::{Call, Delivery, Failure, Map, Piece, Reply, value};

pub(super) struct Data;

const UNITS: [(&str, &str); 7] = [
    ("minutes", "Minutes"),
    ("hours", "Hours"),
    ("days", "Days"),
    ("working_days", "Working days"),
    ("weeks", "Weeks"),
    ("months", "Months"),
    ("years", "Years"),
];

const FORMS: [(&str, &str); 6] = [
    ("iso", "2026-11-21T09:00:00Z"),
    ("date", "2026-11-21"),
    ("time", "09:00"),
    ("day", "21 November 2026"),
    ("weekday", "Saturday"),
    ("unix", "Seconds since 1970"),
];

const CASES: [(&str, &str); 5] = [
    ("lower", "small letters"),
    ("upper", "CAPITALS"),
    ("title", "Each Word"),
    ("sentence", "First letter"),
    ("trimmed", "without space around it"),
];

const COMPARISONS: [(&str, &str); 8] = [
    ("is", "is"),
    ("is_not", "is not"),
    ("contains", "contains"),
    ("above", "is above"),
    ("below", "is below"),
    ("before", "is before (a date)"),
    ("after", "is after (a date)"),
    ("exists", "has a value"),
];

fn date(name: &str, label: &str) -> Ask {
    prop(name, PropertyKind::DateTime, label).required()
}

fn zone() -> Ask {
    text("zone", "Time zone").usually(json!("UTC")).says("Such as Europe/Berlin.")
}

fn items() -> Ask {
    list("list", "List").required()
}

fn field() -> Ask {
    text("field", "Field").says("Of each item, if items have fields. `a.b` for one within another.")
}

#[async_trait]
impl Piece for Data {
    fn describe(&self) -> PieceMetadata {
        let units = || one_of("unit", "Unit", &UNITS).required().usually(json!("days"));
        let actions = vec![
            plain(
                "text_case",
                "Change capitals",
                "Writes a text in other letters.",
                vec![long("text", "Text").required(), one_of("to", "To", &CASES).required()],
            ),
            plain(
                "text_cut",
                "Shorten a text",
                "Cuts a text behind so many letters.",
                vec![long("text", "Text").required(), number("length", "Letters").required()],
            ),
            plain(
                "text_between",
                "Take from a text",
                "What stands between two marks.",
                vec![long("text", "Text").required(), text("after", "After"), text("before", "Before")],
            ),
            plain(
                "number_round",
                "Round a number",
                "Rounds to so many digits.",
                vec![number("number", "Number").required(), number("digits", "Digits").usually(json!(0))],
            ),
            plain(
                "number_read",
                "Read a number",
                "Takes the number out of a text, such as “1,250.50 €”.",
                vec![text("text", "Text").required()],
            ),
            plain(
                "date_now",
                "The time",
                "The instant that it is.",
                vec![one_of("form", "Form", &FORMS).usually(json!("iso")), zone()],
            ),
            plain(
                "date_add",
                "Add to a date",
                "Goes on from a date, or back.",
                vec![
                    date("date", "Date"),
                    number("amount", "Amount").required(),
                    units(),
                    zone(),
                    one_of("form", "Form", &FORMS).usually(json!("iso")),
                ],
            ),
            plain(
                "date_difference",
                "Between two dates",
                "How much time there is between two dates.",
                vec![date("from", "From"), date("to", "To"), units(), zone()],
            ),
            plain(
                "date_write",
                "Write a date",
                "Writes a date in another form.",
                vec![date("date", "Date"), one_of("form", "Form", &FORMS).required().usually(json!("date")), zone()],
            ),
            plain(
                "list_filter",
                "Filter a list",
                "Keeps the items that are like this.",
                vec![
                    items(),
                    field(),
                    one_of("comparison", "Comparison", &COMPARISONS).required().usually(json!("is")),
                    text("value", "Value"),
                ],
            ),
            plain(
                "list_sort",
                "Sort a list",
                "Puts items in order.",
                vec![items(), field(), flag("backwards", "Backwards")],
            ),
            plain("list_unique", "Without doubles", "Keeps the first of items that are alike.", vec![items(), field()]),
            plain("list_pick", "Take a field", "One field of each item, as a list.", vec![items(), field()]),
            plain(
                "list_item",
                "Take an item",
                "One item of a list.",
                vec![
                    items(),
                    number("number", "Number").required().usually(json!(1)).says("From 1; from the end below zero."),
                ],
            ),
            plain("list_sum", "Add a list up", "The sum of numbers, their count and mean.", vec![items(), field()]),
            plain(
                "list_join",
                "Write a list",
                "The items as one text.",
                vec![items(), field(), text("separator", "Between them").usually(json!(", "))],
            ),
            plain("list_group", "Group a list", "Lists by what a field says.", vec![items(), field().required()]),
            plain("json_read", "Read JSON", "Makes a value of a text.", vec![long("text", "JSON").required()]),
            plain(
                "json_write",
                "Write JSON",
                "Makes a text of a value.",
                vec![prop("value", PropertyKind::Json, "Value").required(), flag("wide", "On several lines")],
            ),
            plain(
                "json_take",
                "Take a value",
                "What is at the end of a way, such as `a.b[0]`.",
                vec![prop("value", PropertyKind::Json, "Value").required(), text("way", "Way").required()],
            ),
            plain(
                "json_merge",
                "Put objects together",
                "All members of both; the second wins.",
                vec![
                    prop("first", PropertyKind::Object, "First").required(),
                    prop("second", PropertyKind::Object, "Second").required(),
                ],
            ),
        ];
        PieceMetadata {
            actions: named(actions),
            categories: categories(&["CORE"]),
            ..piece("@pmos/piece-data", "0.1.0", "Data", "Texts, numbers, dates, lists and JSON")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Pure
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let (kind, _) = call.action.split_once('_').unwrap_or_default();
        Ok(Reply::Done(match kind {
            "text" => on_text(call)?,
            "number" => on_number(call)?,
            "date" => dates::run(call)?,
            "list" => lists::run(call)?,
            _ => on_json(call)?,
        }))
    }
}

fn on_text(call: &Call<'_>) -> Result<Value, Failure> {
    let text = call.text("text");
    Ok(match call.action {
        "text_cut" => {
            let length = whole(call, "length")?.max(0);
            let length = usize::try_from(length).unwrap_or_default();
            match text.chars().count() > length {
                true => {
                    text.chars().take(length.saturating_sub(1)).chain(['…']).take(length).collect::<String>().into()
                }
                false => text.into(),
            }
        }
        "text_between" => {
            let (after, before) = (call.text("after"), call.text("before"));
            let rest = text.split_once(&after).map_or("", |(_, rest)| rest);
            let found = if before.is_empty() { rest } else { rest.split_once(&before).map_or("", |(found, _)| found) };
            found.trim().into()
        }
        _ => match call.text("to").as_str() {
            "lower" => text.to_lowercase(),
            "upper" => text.to_uppercase(),
            "title" => text.split(' ').map(capital).collect::<Vec<_>>().join(" "),
            "sentence" => capital(&text),
            _ => text.trim().to_owned(),
        }
        .into(),
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn on_number(call: &Call<'_>) -> Result<Value, Failure> {
    if call.action == "number_round" {
        let digits = whole(call, "digits")?.clamp(-15, 15);
        let factor = 10_f64.powi(i32::try_from(digits).unwrap_or_default());
        let number = call.number("number")?.unwrap_or_default();
        return Ok(value::from_number((number * factor).round() / factor));
    }
    let text = call.text("text");
    read_number(&text).map(value::from_number).ok_or_else(|| Failure::new(format!("There is no number in “{text}”.")))
}

/// The first number of a text, however thousands and decimals are marked: the last mark is that of decimals, unless it
/// comes more than once, or has exactly three digits behind it and is the only one.
fn read_number(text: &str) -> Option<f64> {
    let from = text.find(|letter: char| letter.is_ascii_digit())?;
    let is_below = text.get(..from)?.trim_end().ends_with(['-', '−']);
    let digits: String = text
        .get(from..)?
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’'))
        .take_while(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ','))
        .collect();
    let digits = digits.trim_end_matches(['.', ',']);
    let mark = digits.rfind(['.', ',']);
    let is_decimal = mark.is_some_and(|at| {
        let (sign, behind) = (digits.get(at..=at).unwrap_or_default(), digits.len() - at - 1);
        let is_alone = digits.matches(['.', ',']).count() == 1;
        digits.matches(sign).count() == 1 && !(is_alone && behind == 3 && sign == ",")
    });
    let plain: String = digits
        .char_indices()
        .filter_map(|(at, letter)| match (letter, is_decimal && Some(at) == mark) {
            ('.' | ',', true) => Some('.'),
            ('.' | ',', false) => None,
            (digit, _) => Some(digit),
        })
        .collect();
    let number: f64 = plain.parse().ok()?;
    Some(if is_below { -number } else { number })
}

fn on_json(call: &Call<'_>) -> Result<Value, Failure> {
    Ok(match call.action {
        "json_read" => call.json("text")?,
        "json_write" => {
            let given = call.given("value").cloned().unwrap_or_default();
            match call.flag("wide") {
                true => format!("{:#}", value::tidy(given)).into(),
                false => value::tidy(given).to_string().into(),
            }
        }
        "json_take" => at_way(&call.json("value")?, &call.text("way")).unwrap_or_default(),
        _ => {
            let mut first = call.object("first")?;
            first.extend(call.object("second")?);
            first.into()
        }
    })
}

/// What is at the end of a way: names by points, numbers in brackets.
fn at_way(value: &Value, way: &str) -> Option<Value> {
    let parts =
        way.split(['.', '[', ']']).map(|part| part.trim_matches(['\'', '"', ' '])).filter(|part| !part.is_empty());
    let mut at = value;
    for part in parts {
        at = match part.parse::<usize>() {
            Ok(number) if at.is_array() => at.get(number)?,
            Ok(_) | Err(_) => at.get(part)?,
        };
    }
    Some(at.clone())
}

/// A number without a fraction; zero if it is not given.
fn whole(call: &Call<'_>, name: &str) -> Result<i64, Failure> {
    let number = call.number(name)?.unwrap_or_default();
    if number.fract() != 0.0 || number.abs() > 1e12 {
        return Err(Failure::new(format!("{name} has to be a whole number. Open the step and correct it.")));
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
    Ok(number as i64)
}
