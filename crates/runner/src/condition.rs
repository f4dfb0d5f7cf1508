//! Whether the conditions of a branch hold, by the rules of Activepieces.

use flow::Operator;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::value;

/// A comparison whose sides are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// How the values are compared; `None` if nobody chose.
    pub operator: Option<Operator>,
    /// The left side.
    pub first: Value,
    /// The right side; null for operators that have none.
    pub second: Value,
    /// Whether capitals count, for operators on text.
    pub case_sensitive: bool,
}

/// Whether any of the groups holds; a group holds when all its conditions do. Dates without a zone are in UTC.
///
/// # Errors
/// A sentence if a condition does not say how to compare.
pub fn holds(groups: &[Vec<Weighed>]) -> Result<bool, String> {
    let mut is_met = false;
    for group in groups {
        let mut all = true;
        for condition in group {
            all &= condition.holds()?;
        }
        is_met |= all;
    }
    Ok(is_met)
}

impl Weighed {
    /// Whether it holds.
    ///
    /// # Errors
    /// A sentence if it does not say how to compare.
    pub fn holds(&self) -> Result<bool, String> {
        let operator =
            self.operator.ok_or("A condition does not say how to compare. Open the router and choose how.")?;
        let (first, second) = (&self.first, &self.second);
        Ok(match operator {
            Operator::TextContains => self.texts(|first, second| first.contains(second)),
            Operator::TextDoesNotContain => !self.texts(|first, second| first.contains(second)),
            Operator::TextExactlyMatches => self.texts(|first, second| first == second),
            Operator::TextDoesNotExactlyMatch => !self.texts(|first, second| first == second),
            Operator::TextStartsWith => self.texts(|first, second| first.starts_with(second)),
            Operator::TextDoesNotStartWith => !self.texts(|first, second| first.starts_with(second)),
            Operator::TextEndsWith => self.texts(|first, second| first.ends_with(second)),
            Operator::TextDoesNotEndWith => !self.texts(|first, second| first.ends_with(second)),
            Operator::ListContains => self.list_contains(),
            Operator::ListDoesNotContain => !self.list_contains(),
            Operator::NumberIsGreaterThan => compare(first, second, |order| order.is_gt()),
            Operator::NumberIsLessThan => compare(first, second, |order| order.is_lt()),
            Operator::NumberIsEqualTo => compare(first, second, |order| order.is_eq()),
            Operator::DateIsBefore => dates(first, second, |order| order.is_lt()),
            Operator::DateIsEqual => dates(first, second, |order| order.is_eq()),
            Operator::DateIsAfter => dates(first, second, |order| order.is_gt()),
            Operator::Exists => !is_missing(first),
            Operator::DoesNotExist => is_missing(first),
            Operator::BooleanIsTrue => value::is_true(first),
            Operator::BooleanIsFalse => !value::is_true(first),
            Operator::ListIsEmpty => list(first).is_some_and(|list| list.is_empty()),
            Operator::ListIsNotEmpty => list(first).is_some_and(|list| !list.is_empty()),
        })
    }

    fn texts(&self, is_met: impl Fn(&str, &str) -> bool) -> bool {
        is_met(&self.text(&self.first), &self.text(&self.second))
    }

    /// What is no text is compared by its JSON.
    fn text(&self, value: &Value) -> String {
        let text = value::render(value);
        if self.case_sensitive { text } else { text.to_lowercase() }
    }

    /// A text is read as JSON if it is some; what is no list then is a list of one.
    fn list_contains(&self) -> bool {
        let read = self.first.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let first = read.as_ref().unwrap_or(&self.first);
        let wanted = self.text(&self.second);
        match first.as_array() {
            Some(items) => items.iter().any(|item| self.text(item) == wanted),
            None => self.text(first) == wanted,
        }
    }
}

/// Numbers if both sides are numbers; texts by their letters if neither is; a mixture never holds.
fn compare(first: &Value, second: &Value, is_met: impl Fn(std::cmp::Ordering) -> bool) -> bool {
    let order = match (value::number(first), value::number(second)) {
        (Some(first), Some(second)) => first.partial_cmp(&second),
        (None, None) => Some(value::render(first).encode_utf16().cmp(value::render(second).encode_utf16())),
        (Some(_), None) | (None, Some(_)) => None,
    };
    order.is_some_and(is_met)
}

fn dates(first: &Value, second: &Value, is_met: impl Fn(std::cmp::Ordering) -> bool) -> bool {
    let instant = |value| value::instant(value, &TimeZone::UTC);
    instant(first).zip(instant(second)).is_some_and(|(first, second)| is_met(first.cmp(&second)))
}

/// An expression that leads nowhere gives an empty text, so that counts as nothing too.
fn is_missing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// A list, or a text that is the JSON of one.
fn list(value: &Value) -> Option<Vec<Value>> {
    match value.as_str() {
        Some(text) => serde_json::from_str(text).ok(),
        None => value.as_array().cloned(),
    }
}
