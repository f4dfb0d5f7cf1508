//! How values stand in columns.

use contract::{Kind, PersonId, Span, Status};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::error::{Result, StoreError};

/// Columns keep microseconds; what is finer is cut off, so that a record reads back as it was written.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

pub(crate) fn cut(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

pub(crate) fn instant(row: &SqliteRow, column: &str) -> Result<Timestamp> {
    read_instant(row.try_get(column)?)
}

pub(crate) fn instant_or_none(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>> {
    row.try_get::<Option<i64>, _>(column)?.map(read_instant).transpose()
}

pub(crate) fn read_instant(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| StoreError::Unreadable(error.to_string()))
}

pub(crate) fn day_or_none(row: &SqliteRow, column: &str) -> Result<Option<Date>> {
    row.try_get::<Option<&str>, _>(column)?
        .map(|text| text.parse().map_err(|error: jiff::Error| StoreError::Unreadable(error.to_string())))
        .transpose()
}

pub(crate) fn kind(row: &SqliteRow) -> Result<Kind> {
    let word: &str = row.try_get("kind")?;
    Kind::from_wire(word).ok_or_else(|| StoreError::Unreadable(format!("the kind {word} is unknown")))
}

/// A word as it travels: the one string that a plain enum becomes.
pub(crate) fn word<T: Serialize>(of: T) -> Result<String> {
    let value = serde_json::to_value(of)?;
    value.as_str().map(str::to_owned).ok_or_else(|| StoreError::Unreadable(format!("{value} is not a word")))
}

pub(crate) fn read_word<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T> {
    Ok(serde_json::from_value(row.try_get::<String, _>(column)?.into())?)
}

/// A number that is never below nought.
pub(crate) fn count(of: i64) -> u64 {
    u64::try_from(of).unwrap_or(0)
}

/// The same for SQLite, which has no numbers beyond this.
pub(crate) fn whole(of: u64) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

pub(crate) fn status(row: &SqliteRow) -> Result<Status> {
    Ok(Status::from_wire(row.try_get("status")?))
}

pub(crate) fn people(text: &str) -> Result<Vec<PersonId>> {
    if text == "[]" {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = serde_json::from_str(text)?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// A span's ends as text: days as `2026-11-24`, instants in full.
pub(crate) fn span_text(span: Option<Span>) -> (Option<String>, Option<String>) {
    match span {
        None => (None, None),
        Some(Span::Days { from, to }) => (Some(from.to_string()), Some(to.to_string())),
        Some(Span::Hours { from, to }) => (Some(from.to_string()), Some(to.to_string())),
    }
}

pub(crate) fn span(row: &SqliteRow) -> Result<Option<Span>> {
    let (from, to): (Option<&str>, Option<&str>) = (row.try_get("span_from")?, row.try_get("span_to")?);
    let (Some(from), Some(to)) = (from, to) else { return Ok(None) };
    let unreadable = |error: jiff::Error| StoreError::Unreadable(error.to_string());
    Ok(Some(if from.len() == "2026-11-24".len() {
        Span::Days { from: from.parse().map_err(unreadable)?, to: to.parse().map_err(unreadable)? }
    } else {
        Span::Hours { from: from.parse().map_err(unreadable)?, to: to.parse().map_err(unreadable)? }
    }))
}

/// Ids as a JSON array, for `json_each`.
pub(crate) fn json_ids<I: IntoIterator<Item = i64>>(ids: I) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("[");
    for id in ids {
        if text.len() > 1 {
            text.push(',');
        }
        let _ = write!(text, "{id}");
    }
    text.push(']');
    text
}

/// Words as a JSON array, for `json_each`.
pub(crate) fn json_words<'a, I: IntoIterator<Item = &'a str>>(words: I) -> Result<String> {
    Ok(serde_json::to_string(&words.into_iter().collect::<Vec<_>>())?)
}
