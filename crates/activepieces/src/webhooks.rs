//! The addresses at which a flow with a webhook can be called, and calling them.

use serde_json::Value;

use crate::http::Ask;
use crate::{Client, Fault, Flags};

/// Which of a webhook's addresses to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// What is published, without waiting.
    Live,
    /// What is published, and what it answers.
    LiveSync,
    /// The draft, without waiting.
    Draft,
    /// The draft, and what it answers.
    DraftSync,
    /// Nothing: what is sent becomes a sample for the trigger.
    Test,
}

impl Hook {
    fn path(self) -> &'static [&'static str] {
        match self {
            Self::Live => &[],
            Self::LiveSync => &["sync"],
            Self::Draft => &["draft"],
            Self::DraftSync => &["draft", "sync"],
            Self::Test => &["test"],
        }
    }
}

/// The addresses of a flow's webhook. Who knows them may call them: the server asks for no sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrls {
    /// Runs what is published, and answers at once.
    pub live: String,
    /// Runs what is published, and answers with what the flow answers. A flow that fails keeps the caller waiting for the
    /// whole time-out, and the answer is empty then.
    pub live_sync: String,
    /// Runs the draft.
    pub draft: String,
    /// Runs the draft, and answers with what the flow answers.
    pub draft_sync: String,
    /// Runs nothing: keeps what is sent as a sample for the trigger.
    pub test: String,
}

impl Client {
    /// The addresses of a flow's webhook: as the server tells them to the outside, or at the address that we know.
    #[must_use]
    pub fn webhook_urls(&self, flags: &Flags, flow: &str) -> WebhookUrls {
        let own = || format!("{}/api/v1/webhooks", self.address());
        let prefix = flags.webhook_prefix.clone().filter(|prefix| !prefix.is_empty()).unwrap_or_else(own);
        let live = format!("{}/{flow}", prefix.trim_end_matches('/'));
        WebhookUrls {
            live_sync: format!("{live}/sync"),
            draft: format!("{live}/draft"),
            draft_sync: format!("{live}/draft/sync"),
            test: format!("{live}/test"),
            live,
        }
    }

    /// Calls a flow's webhook. What it answers is JSON or a text; `None` when it answers with nothing, as it does at once when
    /// nobody waits, and after the server's whole time-out when the flow failed.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when the flow is switched off, [`Fault::Gone`] when there is none.
    pub async fn call_webhook(&self, flow: &str, hook: Hook, payload: &Value) -> Result<Option<Value>, Fault> {
        let parts: Vec<&str> = ["v1", "webhooks", flow].into_iter().chain(hook.path().iter().copied()).collect();
        let text = match self.open_text(Ask::post(&parts, payload).slow().takes_pages()).await {
            Err(Fault::NotFound(_)) => {
                return Err(Fault::NotFound(
                    "This flow is switched off, so its webhook is closed. Publish it, or switch it on.".to_owned(),
                ));
            }
            Err(Fault::Gone(_)) => {
                return Err(Fault::Gone("There is no flow behind this webhook. It was deleted.".to_owned()));
            }
            answer => answer?,
        };
        Ok(match serde_json::from_str(&text) {
            Ok(Value::Object(map)) if map.is_empty() => None,
            Ok(value) => Some(value),
            Err(_) if text.trim().is_empty() => None,
            Err(_) => Some(Value::String(text)),
        })
    }
}
