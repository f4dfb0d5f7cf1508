//! Anthropic's Messages: blocks by index, each begun, added to and ended.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Kept, Reader, Said, Told, Used, json};

#[derive(Default)]
pub(super) struct Messages {
    /// Calls and thoughts that have begun and not ended.
    open: BTreeMap<u64, Open>,
    stop: Option<String>,
    used: Used,
}

enum Open {
    Call { name: String, given: Value, pieces: String },
    Thinking { thinking: String, signature: String },
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
    Thinking {
        #[serde(default)]
        thinking: String,
        #[serde(default)]
        signature: String,
    },
    RedactedThinking {
        #[serde(default)]
        data: Value,
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
    #[serde(rename = "thinking_delta")]
    Thinking { thinking: String },
    #[serde(rename = "signature_delta")]
    Signature { signature: String },
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

    fn begin(&mut self, index: u64, block: Block, told: &mut Told) {
        let open = match block {
            Block::Text { text } => return told.text(text),
            Block::RedactedThinking { data } => {
                return told.keep(Kept::Block(serde_json::json!({ "type": "redacted_thinking", "data": data })));
            }
            Block::ToolUse { name, input } => Open::Call { name, given: input, pieces: String::new() },
            Block::Thinking { thinking, signature } => Open::Thinking { thinking, signature },
            Block::Other => return,
        };
        self.open.insert(index, open);
    }

    fn add(&mut self, index: u64, delta: Delta, told: &mut Told) {
        match (self.open.get_mut(&index), delta) {
            (_, Delta::Text { text }) => told.text(text),
            (Some(Open::Call { pieces, .. }), Delta::Input { partial_json }) => pieces.push_str(&partial_json),
            (Some(Open::Thinking { thinking, .. }), Delta::Thinking { thinking: more }) => thinking.push_str(&more),
            (Some(Open::Thinking { signature, .. }), Delta::Signature { signature: more }) => signature.push_str(&more),
            // Pieces of blocks that the vendor's own tools make belong to no call of ours.
            (Some(_) | None, Delta::Input { .. } | Delta::Thinking { .. } | Delta::Signature { .. } | Delta::Other) => {
            }
        }
    }

    fn end(&mut self, index: u64, told: &mut Told) {
        match self.open.remove(&index) {
            Some(Open::Call { name, given, pieces }) => {
                // Some gateways give the input at once, in the place where the vendor puts an empty object.
                let is_given = pieces.is_empty() && given.as_object().is_some_and(|given| !given.is_empty());
                told.call(name, if is_given { given.to_string() } else { pieces });
            }
            Some(Open::Thinking { thinking, signature }) if !signature.is_empty() => {
                let block = serde_json::json!({ "type": "thinking", "thinking": thinking, "signature": signature });
                told.keep(Kept::Block(block));
            }
            // What nobody signed is not taken back.
            Some(Open::Thinking { .. }) | None => {}
        }
    }
}

impl Reader for Messages {
    fn read(&mut self, frame: &str, told: &mut Told) -> Result<(), Broken> {
        match json(frame)? {
            Event::MessageStart { message } => self.count(message.usage),
            Event::ContentBlockStart { index, content_block } => self.begin(index, content_block, told),
            Event::ContentBlockDelta { index, delta } => self.add(index, delta, told),
            Event::ContentBlockStop { index } => self.end(index, told),
            Event::MessageDelta { delta, usage } => {
                self.count(usage);
                self.stop = delta.stop_reason.or(self.stop.take());
            }
            Event::MessageStop => {
                self.used.tell(told);
                match self.stop.as_deref() {
                    Some("refusal") => return Err(Broken::Declined),
                    Some("max_tokens" | "model_context_window_exceeded") => return Err(Broken::Longest),
                    Some(_) | None if !self.open.is_empty() => return Err(Broken::Unreadable),
                    Some(_) | None => told.stop(),
                }
            }
            Event::Error { error } => return Err(Broken::Said(Said::of(&error))),
            Event::Other => {}
        }
        Ok(())
    }
}
