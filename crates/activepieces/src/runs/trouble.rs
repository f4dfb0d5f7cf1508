//! Why a step failed, made readable. The server tells it as an envelope of JSON, as an envelope that was cut off, or as
//! plain words.

use serde_json::{Map, Value};

/// The mark of the server's own envelope.
const MARK: &str = "__apErrorVersion";

/// Why a step failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// In words.
    pub message: String,
    /// What kind of failure it was, as the code calls it.
    pub name: Option<String>,
    /// The status that an app answered with.
    pub status: Option<u64>,
    /// What the app answered, as text.
    pub response_body: Option<String>,
    /// What was asked of the app.
    pub request_url: Option<String>,
    /// The technical tale.
    pub raw: Option<String>,
    /// Whether the server cut it off.
    pub is_cut: bool,
}

impl Trouble {
    /// Reads whatever the server wrote.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let trimmed = text.trim();
        match serde_json::from_str(trimmed) {
            Ok(Value::Object(map)) => Self::of(&map, trimmed),
            Ok(Value::String(inner)) => Self::plain(&inner),
            Ok(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_)) => Self::plain(trimmed),
            Err(_) if trimmed.starts_with('{') => Self::cut(trimmed),
            Err(_) => Self::plain(trimmed),
        }
    }

    fn plain(text: &str) -> Self {
        Self { message: text.to_owned(), ..Self::default() }
    }

    fn of(map: &Map<String, Value>, whole: &str) -> Self {
        let text = |key: &str| match map.get(key) {
            Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
            Some(value @ (Value::Object(_) | Value::Array(_) | Value::Number(_) | Value::Bool(_))) => {
                Some(value.to_string())
            }
            Some(Value::String(_) | Value::Null) | None => None,
        };
        let message = text("message");
        // An envelope may carry another as its message.
        if let Some(inner) = message.as_deref().filter(|inner| inner.starts_with('{') && inner.contains(MARK)) {
            return Self::read(inner);
        }
        Self {
            message: message.or_else(|| text("error")).unwrap_or_else(|| whole.to_owned()),
            name: text("errorName"),
            status: map.get("status").and_then(Value::as_u64),
            response_body: text("responseBody"),
            request_url: text("requestUrl"),
            raw: text("raw"),
            is_cut: false,
        }
    }

    /// Takes what can be had of an envelope that ends in the middle.
    fn cut(text: &str) -> Self {
        let member = |key: &str| member_of(text, key);
        let status = text.split("\"status\":").nth(1).map(|rest| rest.trim_start());
        let status = status.and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
        Self {
            message: member("message").or_else(|| member("error")).unwrap_or_else(|| text.to_owned()),
            name: member("errorName"),
            status,
            response_body: member("responseBody"),
            request_url: member("requestUrl"),
            raw: member("raw"),
            is_cut: true,
        }
    }
}

/// The text behind a key, as far as it goes.
fn member_of(text: &str, key: &str) -> Option<String> {
    let rest = text.split_once(&format!("\"{key}\":"))?.1.trim_start().strip_prefix('"')?;
    let mut inner = String::new();
    let mut letters = rest.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('n') => inner.push('\n'),
                Some('t') => inner.push('\t'),
                Some('r') => {}
                Some('u') => {
                    let code: String = letters.by_ref().take(4).collect();
                    inner.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(other) => inner.push(other),
                None => break,
            },
            letter => inner.push(letter),
        }
    }
    (!inner.is_empty()).then_some(inner)
}
