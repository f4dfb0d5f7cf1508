//! A request as the rules see it, and the checks that every route makes of it.

use flow::Map;
use jiff::Timestamp;
use serde_json::Value;

use super::ids::is_id;
use super::reply::Reply;
use super::site::Site;

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Ask<'a> {
    pub(crate) site: &'a Site,
    pub(crate) now: Timestamp,
    pub(crate) method: &'a str,
    /// The path behind `/api`, cut and decoded.
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    /// Names in small letters.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: &'a str,
}

impl<'a> Ask<'a> {
    pub(crate) fn new(site: &'a Site, now: Timestamp, method: &'a str, path: &str, query: &str, text: &'a str) -> Self {
        let decode = |part: &str| {
            let mut pair = url::form_urlencoded::parse(part.as_bytes());
            pair.next().map(|(name, _)| name.into_owned()).unwrap_or_default()
        };
        // A plus in a path is a plus, and an equals sign no value.
        let decode = |part: &str| decode(&part.replace('+', "%2B").replace('=', "%3D").replace('&', "%26"));
        let segments = path.trim_matches('/').split('/').map(decode);
        // A piece is named by a path in a path: `@scope/name`, with the slash encoded or not.
        let segments = segments.flat_map(|part| part.split('/').map(str::to_owned).collect::<Vec<_>>()).collect();
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { site, now, method, segments, query, headers: Vec::new(), text }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn token(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Every value of a parameter that may be repeated, with or without brackets.
    pub(crate) fn params(&self, name: &str) -> Vec<&str> {
        let is_name = |key: &str| key == name || key.strip_suffix("[]") == Some(name);
        self.query.iter().filter(|(key, _)| is_name(key)).map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn needed_param(&self, name: &str) -> Result<&str, Reply> {
        self.param(name).ok_or_else(|| {
            Reply::validation(&format!("querystring/{name} Invalid input: expected string, received undefined"))
        })
    }

    /// A moment in the query.
    pub(crate) fn moment(&self, name: &str) -> Result<Option<Timestamp>, Reply> {
        let read = |text: &str| {
            text.parse().map_err(|_| Reply::validation(&format!("querystring/{name} Invalid ISO datetime")))
        };
        self.param(name).map(read).transpose()
    }

    /// The body as an object. One that nests deeper than a value can be built is no body of these routes.
    pub(crate) fn body(&self) -> Result<Map, Reply> {
        if self.text.is_empty() {
            return Err(Reply::validation("body/ Invalid input: expected object, received null"));
        }
        match serde_json::from_str(self.text) {
            Ok(Value::Object(map)) => Ok(map),
            Ok(_) => Err(Reply::validation("body/ Invalid input: expected object")),
            Err(_) => Err(Reply::framework(
                400,
                "Bad Request",
                "Body is not valid JSON but content-type is set to 'application/json'",
            )),
        }
    }
}

/// A segment that has to have the form of an id.
pub(crate) fn id(segment: &str) -> Result<&str, Reply> {
    if is_id(segment) {
        return Ok(segment);
    }
    Err(Reply::validation("params/id Invalid string: must match pattern /^[0-9a-zA-Z]{21}$/"))
}

/// A text that a body has to have.
pub(crate) fn text<'m>(body: &'m Map, name: &str) -> Result<&'m str, Reply> {
    match body.get(name) {
        Some(Value::String(text)) => Ok(text),
        found => {
            let kind = kind_of(found);
            Err(Reply::validation(&format!("body/{name} Invalid input: expected string, received {kind}")))
        }
    }
}

/// A text that a body may have.
pub(crate) fn some_text(body: &Map, name: &str) -> Option<String> {
    body.get(name)?.as_str().map(str::to_owned)
}

/// A text that a body has to have and that says something.
pub(crate) fn name<'m>(body: &'m Map, key: &str) -> Result<&'m str, Reply> {
    let found = text(body, key)?;
    if found.trim().is_empty() {
        return Err(Reply::validation(&format!("body/{key} Too small: expected string to have >=1 characters")));
    }
    Ok(found)
}

/// Texts that a body may have; one alone counts.
pub(crate) fn texts(body: &Map, name: &str) -> Option<Vec<String>> {
    match body.get(name)? {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(list) => list.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

fn kind_of(value: Option<&Value>) -> &'static str {
    match value {
        None => "undefined",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    }
}
