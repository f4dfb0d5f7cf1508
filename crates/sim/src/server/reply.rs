//! An answer before it is HTTP: a status, some headers, a body.

use serde_json::{Value, json};

use crate::world::Refusal;

/// What the stand-in answers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Body,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    None,
    Json(Value),
    Text(&'static str, String),
}

impl Reply {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Body::Json(body) }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::json(200, body)
    }

    pub(crate) fn empty() -> Self {
        Self { status: 204, headers: Vec::new(), body: Body::None }
    }

    pub(crate) fn text(status: u16, mime: &'static str, text: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: Body::Text(mime, text.into()) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn error(status: u16, message: &str) -> Self {
        Self::json(status, json!({ "error": message }))
    }

    pub(crate) fn not_found() -> Self {
        Self::error(404, "The record could not be found")
    }

    pub(crate) fn invalid(field: &str, problem: &str) -> Self {
        Self::json(422, json!({ "errors": { field: [problem] } }))
    }

    pub(crate) fn refused(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::Forbidden => Self::error(403, "You are not allowed to do this"),
            Refusal::Invalid { field, problem } => Self::invalid(field, problem),
        }
    }
}
