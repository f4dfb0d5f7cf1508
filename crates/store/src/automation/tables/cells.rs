//! What a cell holds, as text: a form for each kind in which equal values are equal texts, and days are in order.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::DataField;
use crate::error::{Result, StoreError};

/// Longer texts are no cells, in characters.
const LONGEST: usize = 100_000;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataKind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day and time; a day alone begins at midnight, and where no zone is told it is UTC.
    Date,
    /// One of these.
    OneOf(Vec<String>),
}

impl DataField {
    /// The text as the column keeps it.
    pub(super) fn cell(&self, text: &str) -> Result<String> {
        if text.chars().count() > LONGEST {
            let message = format!("“{}”: a cell holds at most {LONGEST} characters. Keep less in it.", self.name);
            return Err(StoreError::Misfit(message));
        }
        match &self.kind {
            DataKind::Text => Ok(text.to_owned()),
            DataKind::Number => self.number(text).map(|_| text.trim().to_owned()),
            DataKind::Date => self.instant(text),
            DataKind::OneOf(words) if words.iter().any(|word| word == text) => Ok(text.to_owned()),
            DataKind::OneOf(words) => Err(self.misfit(text, &format!("is none of: {}", words.join(", ")))),
        }
    }

    pub(super) fn number(&self, text: &str) -> Result<f64> {
        let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| self.misfit(text, "is no number"))
    }

    fn instant(&self, text: &str) -> Result<String> {
        let text = text.trim();
        let in_utc = |at: DateTime| at.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
        let read = text
            .parse::<Timestamp>()
            .ok()
            .or_else(|| text.parse::<DateTime>().ok().and_then(in_utc))
            .or_else(|| text.parse::<Date>().ok().and_then(|day| in_utc(day.to_datetime(jiff::civil::Time::MIN))));
        let read = read.filter(|at| at.to_zoned(TimeZone::UTC).year() >= 0);
        let wrong = || self.misfit(text, "is no day and time; write it as 2026-11-21 or 2026-11-21T09:00:00Z");
        Ok(read.ok_or_else(wrong)?.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
    }

    fn misfit(&self, text: &str, why: &str) -> StoreError {
        let shown: String = text.chars().take(60).collect();
        StoreError::Misfit(format!("“{}”: “{shown}” {why}.", self.name))
    }
}
