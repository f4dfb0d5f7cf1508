//! Getters on a JSON object that never fail: what is not there, or is of another type, is nothing.

use contract::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// The fields of a JSON object.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// The fields of a value, if it is an object.
    #[must_use]
    pub fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }
    /// True when the key is there, even as null.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        self.0.contains_key(key)
    }
    /// The value, unless it is absent or null.
    #[must_use]
    pub fn get(self, key: &str) -> Option<&'a Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }
    /// The object under a key.
    #[must_use]
    pub fn object(self, key: &str) -> Option<Fields<'a>> {
        self.get(key).and_then(Fields::of)
    }
    /// The elements under a key; none when it is not an array.
    #[must_use]
    pub fn list(self, key: &str) -> &'a [Value] {
        self.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
    /// The text under a key; a number or a flag is written out; else empty.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        match self.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(flag)) => flag.to_string(),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
        }
    }
    /// The first of these texts that is not empty.
    #[must_use]
    pub fn first(self, keys: &[&str]) -> String {
        keys.iter().map(|key| self.text(key)).find(|text| !text.is_empty()).unwrap_or_default()
    }
    /// A 64-bit id, from a number or a text of digits.
    #[must_use]
    pub fn id(self, key: &str) -> Option<i64> {
        self.get(key).and_then(id)
    }
    /// A flag; `"true"` and 1 count as set.
    #[must_use]
    pub fn flag(self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => number.as_f64().map(|number| number != 0.0),
            Value::String(text) => match text.as_str() {
                "true" | "on" | "1" => Some(true),
                "false" | "off" | "0" | "" => Some(false),
                _ => None,
            },
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }
    /// A whole number; a float is cut.
    #[must_use]
    pub fn whole(self, key: &str) -> Option<i64> {
        let value = self.get(key)?;
        if let Some(text) = value.as_str() {
            return text.trim().parse().ok();
        }
        // A float beyond 64 bits saturates, which is as good as any answer.
        #[allow(clippy::cast_possible_truncation)]
        value.as_i64().or_else(|| value.as_f64().map(|float| float as i64))
    }
    /// A count; nothing below zero.
    #[must_use]
    pub fn count(self, key: &str) -> Option<u32> {
        self.whole(key).and_then(|number| u32::try_from(number).ok())
    }
    /// An instant: ISO 8601 text, or seconds since 1970.
    #[must_use]
    pub fn instant(self, key: &str) -> Option<Timestamp> {
        let value = self.get(key)?;
        match value.as_str() {
            Some(text) => text.parse().ok(),
            None => value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok()),
        }
    }
    /// A day: the date of an ISO 8601 text.
    #[must_use]
    pub fn day(self, key: &str) -> Option<Date> {
        self.text(key).get(..10)?.parse().ok()
    }
    /// True when the text is a day with no time.
    #[must_use]
    pub fn is_day(self, key: &str) -> bool {
        self.text(key).len() == 10 && self.day(key).is_some()
    }
    /// The id of the person under a key.
    #[must_use]
    pub fn person(self, key: &str) -> Option<PersonId> {
        self.object(key)?.id("id").map(PersonId)
    }
    /// The ids of the people under a key, ascending, each once.
    #[must_use]
    pub fn persons(self, key: &str) -> Vec<PersonId> {
        let mut people: Vec<_> =
            self.list(key).iter().filter_map(|person| Fields::of(person)?.id("id")).map(PersonId).collect();
        people.sort_unstable();
        people.dedup();
        people
    }
}

fn id(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        Value::Number(_) => value.as_i64(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
