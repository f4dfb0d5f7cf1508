//! Connections and variables, which come from outside, and the marks that stand for secrets in all that is kept.

use std::fmt;

use async_trait::async_trait;
use serde_json::Value;

/// What stands for a secret in inputs that are kept, as on an Activepieces server.
pub const REDACTED: &str = "**REDACTED**";

/// The shortest text that is looked for in outputs: a shorter one would hide half of every text.
const SHORTEST: usize = 4;

/// Members of a connection that anyone may see.
const PUBLIC: &[&str] = &[
    "type",
    "token_type",
    "username",
    "email",
    "host",
    "port",
    "scope",
    "client_id",
    "grant_type",
    "expires_in",
    "claimed_at",
    "TLS",
    "base_url",
    "baseUrl",
    "from",
];

/// What the vault holds for automations.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The connection of an external id, as `{ "type": "SECRET_TEXT", "secret_text": … }` and the like; `None` if there
    /// is none.
    ///
    /// # Errors
    /// Why it cannot be read, as a sentence without a secret: the vault is locked, say.
    async fn connection(&self, external_id: &str) -> Result<Option<Secret>, String>;

    /// The variable of a name. It is a mark in inputs that are kept; in outputs it is not looked for, as on a server.
    async fn variable(&self, name: &str) -> Option<Value>;
}

/// The value of a connection. It has no `Display` or `Serialize`, and `Debug` hides it.
#[derive(Clone)]
pub struct Secret(Value);

impl Secret {
    /// Closes a value up.
    #[must_use]
    pub fn new(value: Value) -> Self {
        Self(value)
    }

    pub(crate) fn reveal(&self) -> &Value {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Texts that must not be kept. `Debug` tells how many, not which.
#[derive(Clone, Default)]
pub struct Hidden(Vec<String>);

impl Hidden {
    /// Hides every text of a connection that is not plainly public.
    pub fn hide(&mut self, secret: &Secret) {
        self.hide_within(secret.reveal());
    }

    fn hide_within(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.hide_text(text),
            Value::Array(items) => items.iter().for_each(|item| self.hide_within(item)),
            Value::Object(members) => {
                let members = members.iter().filter(|(name, _)| !PUBLIC.contains(&name.as_str()));
                members.for_each(|(_, member)| self.hide_within(member));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Hides a text, also as JSON and an address write it.
    pub fn hide_text(&mut self, text: &str) {
        if text.chars().count() < SHORTEST {
            return;
        }
        let quoted = Value::from(text).to_string();
        let escaped = quoted.trim_matches('"').to_owned();
        let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        self.0.extend([text.to_owned(), escaped, encoded]);
        // The longest first, so that a secret within another leaves no rest of it.
        self.0.sort_by_key(|text| std::cmp::Reverse(text.len()));
        self.0.dedup();
    }

    /// A text without what is hidden.
    #[must_use]
    pub fn scrub_text(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, hidden| match text.contains(hidden.as_str()) {
            true => text.replace(hidden.as_str(), REDACTED),
            false => text,
        })
    }

    /// A value without what is hidden, names of members included.
    #[must_use]
    pub fn scrub(&self, value: Value) -> Value {
        if self.0.is_empty() {
            return value;
        }
        match value {
            Value::String(text) => Value::String(self.scrub_text(&text)),
            Value::Array(items) => items.into_iter().map(|item| self.scrub(item)).collect(),
            Value::Object(members) => {
                members.into_iter().map(|(name, member)| (self.scrub_text(&name), self.scrub(member))).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value,
        }
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hidden({})", self.0.len())
    }
}
