//! An answer before it is HTTP, and the three shapes in which the server says no.

use serde_json::{Value, json};

use super::ask::Ask;

/// What the stand-in answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    /// The run whose answer this waits for.
    pub(crate) waits_for: Option<String>,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    None,
    Json(Box<Value>),
    /// JSON that was written already: a flow may nest deeper than a value can be built.
    Text(String),
}

impl Reply {
    fn of(status: u16, body: Body) -> Self {
        Self { status, headers: Vec::new(), body, waits_for: None }
    }

    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self::of(status, Body::Json(Box::new(body)))
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    pub(crate) fn text(status: u16, text: String) -> Self {
        Self::of(status, Body::Text(text))
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self::of(status, Body::None)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The shape of the server's own rules.
    pub(crate) fn domain(status: u16, code: &str, params: Value) -> Self {
        Self::json(status, json!({ "code": code, "params": params }))
    }

    /// The shape of a request that does not fit its schema.
    pub(crate) fn validation(message: &str) -> Self {
        let body = json!({
            "statusCode": 400, "code": "FST_ERR_VALIDATION", "error": "Bad Request", "message": message,
        });
        Self::json(400, body)
    }

    /// The shape of the framework.
    pub(crate) fn framework(status: u16, error: &str, message: &str) -> Self {
        Self::json(status, json!({ "statusCode": status, "error": error, "message": message }))
    }

    pub(crate) fn no_route() -> Self {
        Self::framework(404, "Not Found", "Route not found")
    }

    pub(crate) fn not_found(kind: &str, id: &str) -> Self {
        Self::domain(404, "ENTITY_NOT_FOUND", json!({ "entityId": id, "entityType": kind }))
    }

    pub(crate) fn invalid_operation(message: &str) -> Self {
        Self::domain(400, "FLOW_OPERATION_INVALID", json!({ "message": message }))
    }

    pub(crate) fn not_allowed() -> Self {
        Self::domain(403, "AUTHORIZATION", json!({ "message": "principal is not allowed for this route" }))
    }

    /// A page of a list. The cursor names the row that it stands behind or before; one that is not known is passed over.
    pub(crate) fn page<T>(
        rows: &[T],
        ask: &Ask<'_>,
        usual: usize,
        id: impl Fn(&T) -> &str,
        write: impl Fn(&T) -> String,
    ) -> Result<Self, Self> {
        let limit = match ask.param("limit") {
            None => usual,
            Some(limit) => limit
                .parse()
                .map_err(|_| Self::validation("querystring/limit Invalid input: expected number, received NaN"))?,
        };
        let place = |name: &str| rows.iter().position(|row| id(row) == name);
        let (start, end) = match ask.param("cursor").and_then(read_cursor) {
            Some((Way::Next, name)) => place(&name).map_or((0, limit), |at| (at + 1, at.saturating_add(1 + limit))),
            Some((Way::Previous, name)) => place(&name).map_or((0, limit), |at| (at.saturating_sub(limit), at)),
            None => (0, limit),
        };
        let end = end.min(rows.len());
        let start = start.min(end);
        let shown = rows.get(start..end).unwrap_or_default();
        let cursor = |way: Way, row: Option<&T>| match row {
            Some(row) => json!(write_cursor(way, id(row))),
            None => Value::Null,
        };
        let next = cursor(Way::Next, shown.last().filter(|_| end < rows.len()));
        let previous = cursor(Way::Previous, shown.first().filter(|_| start > 0));
        let data: Vec<String> = shown.iter().map(write).collect();
        let data = data.join(",");
        Ok(Self::text(200, format!("{{\"data\":[{data}],\"next\":{next},\"previous\":{previous}}}")))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Next,
    Previous,
}

fn write_cursor(way: Way, id: &str) -> String {
    use base64::Engine as _;
    let word = if way == Way::Next { "next" } else { "prev" };
    base64::engine::general_purpose::STANDARD.encode(format!("{word}_{id}"))
}

fn read_cursor(cursor: &str) -> Option<(Way, String)> {
    use base64::Engine as _;
    let text = String::from_utf8(base64::engine::general_purpose::STANDARD.decode(cursor).ok()?).ok()?;
    let (word, id) = text.split_once('_')?;
    let way = match word {
        "next" => Way::Next,
        "prev" => Way::Previous,
        _ => return None,
    };
    Some((way, id.to_owned()))
}

/// An object with further members that were written already.
pub(crate) fn joined<K: AsRef<str>>(head: &Value, members: &[(K, String)]) -> String {
    let mut text = head.to_string();
    text.pop();
    for (key, value) in members {
        let comma = if text.len() > 1 { "," } else { "" };
        text.push_str(&format!("{comma}\"{}\":{value}", key.as_ref()));
    }
    text.push('}');
    text
}
