//! Why a step failed, in the form that Activepieces keeps it in.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Hidden;

/// The version of the form that Activepieces keeps failures in.
const FORM: u8 = 1;

/// Why a step failed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Failure {
    /// What happened, and what to do next.
    pub message: String,
    /// What kind of failure it is, if it has a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_name: Option<String>,
    /// The status that a server answered with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What a server answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_body: Option<Box<Value>>,
    /// The address that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_url: Option<String>,
    /// Whether the effect may have happened all the same: an answer was lost.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_doubt: bool,
}

impl Failure {
    /// A failure of which nothing more is known than a sentence. The effect did not happen.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// The same, but the effect may have happened.
    #[must_use]
    pub fn in_doubt(message: impl Into<String>) -> Self {
        Self { in_doubt: true, ..Self::new(message) }
    }

    /// Names the kind of failure.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.error_name = Some(name.to_owned());
        self
    }

    /// The text under `error.message` in expressions: JSON with a version, as on a server.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut form = json!({ "__apErrorVersion": FORM, "message": self.message });
        if let Some(members) = form.as_object_mut() {
            let name = self.error_name.clone().map(Value::from);
            let url = self.request_url.clone().map(Value::from);
            let more = [
                ("errorName", name),
                ("status", self.status.map(Value::from)),
                ("responseBody", self.response_body.as_deref().cloned()),
                ("requestUrl", url),
            ];
            members.extend(more.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
        }
        form.to_string()
    }

    /// Reads what a server keeps: JSON with a version, JSON with a message, cut JSON, or plain text.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let read = serde_json::from_str::<Self>(text).ok().filter(|failure| !failure.message.is_empty());
        read.or_else(|| Some(Self::new(cut_message(text)?))).unwrap_or_else(|| Self::new(text))
    }

    /// The failure without what is hidden.
    #[must_use]
    pub fn scrubbed(self, hidden: &Hidden) -> Self {
        Self {
            message: hidden.scrub_text(&self.message),
            error_name: self.error_name,
            status: self.status,
            response_body: self.response_body.map(|body| Box::new(hidden.scrub(*body))),
            request_url: self.request_url.map(|url| hidden.scrub_text(&url)),
            in_doubt: self.in_doubt,
        }
    }
}

/// The message of JSON that was cut off behind it.
fn cut_message(text: &str) -> Option<String> {
    let rest = text.strip_prefix('{')?.split_once("\"message\":")?.1.trim_start();
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    values.next()?.ok()
}
