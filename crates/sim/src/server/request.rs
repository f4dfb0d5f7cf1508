//! A request as the rules see it: method, path cut into segments, query, body.

use serde_json::Value;

/// The methods that the API knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

impl Verb {
    pub(crate) fn parse(method: &str) -> Option<Self> {
        match method {
            "GET" | "HEAD" => Some(Self::Get),
            "POST" => Some(Self::Post),
            "PUT" | "PATCH" => Some(Self::Put),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// One request to the API, the account prefix taken off.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub(crate) verb: Verb,
    /// The path after the account, as it was sent.
    pub(crate) path: String,
    /// Its segments, without `.json`, without `buckets/{id}`.
    pub(crate) segments: Vec<String>,
    /// The project named by `buckets/{id}`.
    pub(crate) bucket: Option<i64>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Ask {
    pub(crate) fn new(verb: Verb, path: &str, query: &str, body: Value) -> Self {
        let trimmed = path.trim_matches('/');
        let trimmed = trimmed.strip_suffix(".json").unwrap_or(trimmed);
        let mut segments: Vec<String> = trimmed.split('/').map(str::to_owned).collect();
        let mut bucket = None;
        if let [first, id, ..] = segments.as_slice()
            && first == "buckets"
            && let Ok(id) = id.parse()
        {
            bucket = Some(id);
            segments.drain(..2);
        }
        Self {
            verb,
            path: path.to_owned(),
            segments,
            bucket,
            query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            body,
        }
    }

    pub(crate) fn parts(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The route with ids left out, for counting.
    pub(crate) fn route(&self) -> String {
        let prefix = if self.bucket.is_some() { "/buckets/{id}" } else { "" };
        let parts: Vec<&str> =
            self.segments.iter().map(|part| if part.parse::<i64>().is_ok() { "{id}" } else { part.as_str() }).collect();
        format!("{prefix}/{}", parts.join("/"))
    }
}

/// A segment that must be an id.
pub(crate) fn id(segment: &str) -> i64 {
    segment.parse().unwrap_or(0)
}
