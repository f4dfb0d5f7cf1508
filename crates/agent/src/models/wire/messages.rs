//! Anthropic's Messages: blocks by index, each begun, added to and ended.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Reader, Said, Used, input, json};
use crate::model::ModelEvent;

#[derive(Default)]
pub(super) struct Messages {
    /// Calls that have begun and not ended.
    open: BTreeMap<u64, Open>,
    stop: Option<String>,
    used: Used,
}

struct Open {
    name: String,
    given: Value,
    pieces: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    MessageStart {
        message: Start,
    },
    ContentBlockStart {
        index: u64,
        content_block: Block,
    },
    ContentBlockDelta {
        index: u64,
        delta: Delta,
    },
    ContentBlockStop {
        index: u64,
    },
    MessageDelta {
        delta: End,
        usage: Option<Usage>,
    },
    MessageStop,
    Error {
        error: Value,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Start {
    usage: Option<Usage>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        #[serde(default)]
        text: String,
    },
    ToolUse {
        name: String,
        #[serde(default)]
        input: Value,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Delta {
    #[serde(rename = "text_delta")]
    Text { text: String },
    #[serde(rename = "input_json_delta")]
    Input { partial_json: String },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct End {
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    output_tokens: Option<u64>,
}

impl Messages {
    fn count(&mut self, usage: Option<Usage>) {
        let Some(usage) = usage else { return };
        // What was read from or written to the cache is not in `input_tokens`.
        if let Some(fresh) = usage.input_tokens {
            let cached = usage
                .cache_creation_input_tokens
                .unwrap_or(0)
                .saturating_add(usage.cache_read_input_tokens.unwrap_or(0));
            self.used.tokens_in = Some(fresh.saturating_add(cached));
        }
        if usage.output_tokens.is_some() {
            self.used.tokens_out = usage.output_tokens;
        }
    }
}

impl Reader for Messages {
    fn read(&mut self, frame: &str, heard: &mut Vec<ModelEvent>) -> Result<(), Broken> {
        match json(frame)? {
            Event::MessageStart { message } => self.count(message.usage),
            Event::ContentBlockStart { index, content_block } => match content_block {
                Block::Text { text } if !text.is_empty() => heard.push(ModelEvent::Text(text)),
                Block::ToolUse { name, input } => {
                    self.open.insert(index, Open { name, given: input, pieces: String::new() });
                }
                Block::Text { .. } | Block::Other => {}
            },
            Event::ContentBlockDelta { index, delta } => match delta {
                Delta::Text { text } => heard.push(ModelEvent::Text(text)),
                Delta::Input { partial_json } => {
                    // Pieces of blocks that the vendor's own tools make belong to no call of ours.
                    if let Some(open) = self.open.get_mut(&index) {
                        open.pieces.push_str(&partial_json);
                    }
                }
                Delta::Other => {}
            },
            Event::ContentBlockStop { index } => {
                if let Some(Open { name, given, pieces }) = self.open.remove(&index) {
                    // Some gateways give the input at once, in the place where the vendor puts an empty object.
                    let is_given = pieces.is_empty() && given.as_object().is_some_and(|given| !given.is_empty());
                    let whole = if is_given { given.to_string() } else { pieces };
                    heard.push(ModelEvent::Call { tool: name, input: input(whole) });
                }
            }
            Event::MessageDelta { delta, usage } => {
                self.count(usage);
                self.stop = delta.stop_reason.or(self.stop.take());
            }
            Event::MessageStop => {
                self.used.tell(heard);
                match self.stop.as_deref() {
                    Some("refusal") => return Err(Broken::Declined),
                    Some("max_tokens" | "model_context_window_exceeded") => return Err(Broken::Longest),
                    Some(_) | None if !self.open.is_empty() => return Err(Broken::Unreadable),
                    Some(_) | None => heard.push(ModelEvent::Stop),
                }
            }
            Event::Error { error } => return Err(Broken::Said(Said::of(&error))),
            Event::Other => {}
        }
        Ok(())
    }
}
