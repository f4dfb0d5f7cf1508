//! Ollama's own chat: one JSON object a line, the last of which is `done`.

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Reader, Said, Told, Used, input, json};

pub(super) struct Ollama;

#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
    #[serde(default)]
    done: bool,
    done_reason: Option<String>,
    prompt_eval_count: Option<u64>,
    eval_count: Option<u64>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    tool_calls: Option<Vec<Called>>,
}

#[derive(Deserialize)]
struct Called {
    function: Function,
}

#[derive(Deserialize)]
struct Function {
    name: String,
    arguments: Option<Value>,
}

impl Reader for Ollama {
    fn read(&mut self, frame: &str, told: &mut Told) -> Result<(), Broken> {
        let line: Line = json(frame)?;
        if let Some(error) = line.error {
            return Err(Broken::Said(Said::of(&error)));
        }
        if let Some(message) = line.message {
            told.text(message.content.unwrap_or_default());
            for Called { function } in message.tool_calls.unwrap_or_default() {
                told.call(function.name, input(function.arguments));
            }
        }
        if line.done {
            Used { tokens_in: line.prompt_eval_count, tokens_out: line.eval_count }.tell(told);
            if line.done_reason.as_deref() == Some("length") {
                return Err(Broken::Longest);
            }
            told.stop();
        }
        Ok(())
    }
}
