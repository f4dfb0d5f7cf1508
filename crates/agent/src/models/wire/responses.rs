//! OpenAI's Responses: items of output, each done by itself, then the whole response once more.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Kept, Reader, Said, Told, Used, json};

#[derive(Default)]
pub(super) struct Responses {
    /// The ids of the items that were told.
    done: BTreeSet<String>,
    refused: bool,
    used: Used,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Event {
    #[serde(rename = "response.output_text.delta")]
    Text { delta: String },
    #[serde(rename = "response.refusal.delta", alias = "response.refusal.done")]
    Refusal {},
    #[serde(rename = "response.output_item.done")]
    Done { item: Item },
    #[serde(rename = "response.completed")]
    Completed { response: Response },
    #[serde(rename = "response.incomplete")]
    Incomplete { response: Response },
    #[serde(rename = "response.failed")]
    Failed { response: Response },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Item {
    FunctionCall {
        call_id: String,
        name: String,
        #[serde(default)]
        arguments: String,
        status: Option<String>,
    },
    Reasoning {
        id: Option<String>,
        encrypted_content: Option<String>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Response {
    output: Option<Vec<Item>>,
    usage: Option<Usage>,
    error: Option<Value>,
    incomplete_details: Option<Details>,
}

#[derive(Deserialize)]
struct Usage {
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct Details {
    reason: Option<String>,
}

impl Responses {
    fn item(&mut self, item: Item, told: &mut Told) {
        match item {
            Item::FunctionCall { call_id, name, arguments, status } => {
                // A call whose writing was broken off is done too, as “incomplete”.
                let is_whole = status.is_none_or(|status| status == "completed");
                if is_whole && self.done.insert(call_id) {
                    told.call(name, arguments);
                }
            }
            Item::Reasoning { id, encrypted_content: Some(thought) } => {
                if self.done.insert(id.unwrap_or_else(|| thought.clone())) {
                    told.keep(Kept::Signature(thought));
                }
            }
            Item::Reasoning { .. } | Item::Other => {}
        }
    }

    fn count(&mut self, usage: Option<Usage>, told: &mut Told) {
        if let Some(Usage { input_tokens, output_tokens }) = usage {
            self.used = Used { tokens_in: input_tokens, tokens_out: output_tokens };
        }
        self.used.tell(told);
    }
}

impl Reader for Responses {
    fn read(&mut self, frame: &str, told: &mut Told) -> Result<(), Broken> {
        // The error event has its fields beside its type, or below `error`, by age of the server.
        let raw: Value = json(frame)?;
        if raw.get("type").and_then(Value::as_str) == Some("error") {
            return Err(Broken::Said(Said::of(&raw)));
        }
        match serde_json::from_value(raw).map_err(|_| Broken::Unreadable)? {
            Event::Text { delta } => told.text(delta),
            Event::Refusal {} => self.refused = true,
            Event::Done { item } => self.item(item, told),
            Event::Completed { response } => {
                // Some servers tell their items here only.
                for item in response.output.unwrap_or_default() {
                    self.item(item, told);
                }
                self.count(response.usage, told);
                if self.refused {
                    return Err(Broken::Declined);
                }
                told.stop();
            }
            Event::Incomplete { response } => {
                self.count(response.usage, told);
                let reason = response.incomplete_details.and_then(|details| details.reason);
                return Err(match reason.as_deref() {
                    Some("content_filter") => Broken::Declined,
                    Some(_) | None => Broken::Longest,
                });
            }
            Event::Failed { response } => {
                self.count(response.usage, told);
                return Err(Broken::Said(response.error.as_ref().map(Said::of).unwrap_or_default()));
            }
            Event::Other => {}
        }
        Ok(())
    }
}
