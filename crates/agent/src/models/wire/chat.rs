//! OpenAI's chat completions, and all that speak like them: deltas of one choice, then `[DONE]`.

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Reader, Said, Used, input, json};
use crate::model::ModelEvent;

#[derive(Default)]
pub(super) struct Chat {
    /// Calls in the order of their first pieces.
    open: Vec<Open>,
    finish: Option<String>,
    refused: bool,
    used: Used,
}

struct Open {
    index: Option<u64>,
    id: Option<String>,
    name: String,
    pieces: String,
}

#[derive(Deserialize)]
struct Chunk {
    choices: Option<Vec<Choice>>,
    usage: Option<Usage>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    index: u64,
    delta: Option<Delta>,
    finish_reason: Option<String>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<Value>,
    refusal: Option<String>,
    tool_calls: Option<Vec<Piece>>,
}

#[derive(Deserialize)]
struct Piece {
    index: Option<u64>,
    id: Option<String>,
    function: Option<Function>,
}

#[derive(Deserialize)]
struct Function {
    name: Option<String>,
    arguments: Option<Value>,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

/// Text is a string with nearly all, and a list of typed pieces with some.
fn texts(content: Value) -> String {
    match content {
        Value::String(text) => text,
        Value::Array(pieces) => {
            let is_text = |piece: &&Value| piece.get("type").and_then(Value::as_str) == Some("text");
            pieces.iter().filter(is_text).filter_map(|piece| piece.get("text")?.as_str()).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => String::new(),
    }
}

impl Chat {
    fn add(&mut self, piece: Piece) {
        let Piece { index, id, function } = piece;
        let id = id.filter(|id| !id.is_empty());
        let (name, arguments) = match function {
            Some(Function { name, arguments }) => (name.filter(|name| !name.is_empty()), arguments),
            None => (None, None),
        };
        // Pieces are told apart by their index. Some servers give none, or the same to every call: then the id tells, and a
        // piece that has neither belongs to the last.
        let is_of = |open: &Open| match (index, &id) {
            (Some(_), Some(id)) if name.is_some() => {
                open.index == index && open.id.as_ref().is_none_or(|own| own == id)
            }
            (Some(_), _) => open.index == index,
            (None, Some(id)) => open.id.as_ref() == Some(id),
            (None, None) => name.is_none(),
        };
        let place = match self.open.iter().rposition(is_of) {
            Some(place) => place,
            None => {
                self.open.push(Open { index, id, name: String::new(), pieces: String::new() });
                self.open.len() - 1
            }
        };
        if let Some(open) = self.open.get_mut(place) {
            // Some servers repeat the name with each piece.
            if let Some(name) = name {
                open.name = name;
            }
            match arguments {
                Some(Value::String(piece)) => open.pieces.push_str(&piece),
                None | Some(Value::Null) => {}
                Some(whole) => open.pieces.push_str(&whole.to_string()),
            }
        }
    }

    fn finish(&mut self, reason: String, heard: &mut Vec<ModelEvent>) {
        if !matches!(reason.as_str(), "length" | "content_filter" | "error") && !self.refused {
            for Open { name, pieces, .. } in self.open.drain(..) {
                heard.push(ModelEvent::Call { tool: name, input: input(pieces) });
            }
        }
        self.finish = Some(reason);
    }
}

impl Reader for Chat {
    fn read(&mut self, frame: &str, heard: &mut Vec<ModelEvent>) -> Result<(), Broken> {
        if frame == "[DONE]" {
            self.used.tell(heard);
            return match self.finish.as_deref() {
                _ if self.refused => Err(Broken::Declined),
                Some("content_filter") => Err(Broken::Declined),
                Some("length") => Err(Broken::Longest),
                // Calls that no word closed may lack their ends.
                Some(_) | None if !self.open.is_empty() => Err(Broken::Unreadable),
                Some("error") => Err(Broken::Unreadable),
                Some(_) | None => {
                    heard.push(ModelEvent::Stop);
                    Ok(())
                }
            };
        }
        let Chunk { choices, usage, error } = json(frame)?;
        if let Some(error) = error {
            return Err(Broken::Said(Said::of(&error)));
        }
        if let Some(Usage { prompt_tokens, completion_tokens }) = usage {
            self.used.tokens_in = prompt_tokens.or(self.used.tokens_in);
            self.used.tokens_out = completion_tokens.or(self.used.tokens_out);
        }
        for choice in choices.unwrap_or_default() {
            if choice.index > 0 {
                continue;
            }
            if let Some(error) = choice.error {
                return Err(Broken::Said(Said::of(&error)));
            }
            if let Some(delta) = choice.delta {
                let text = delta.content.map(texts).unwrap_or_default();
                if !text.is_empty() {
                    heard.push(ModelEvent::Text(text));
                }
                self.refused |= delta.refusal.is_some_and(|refusal| !refusal.is_empty());
                for piece in delta.tool_calls.unwrap_or_default() {
                    self.add(piece);
                }
            }
            if let Some(reason) = choice.finish_reason.filter(|reason| !reason.is_empty()) {
                self.finish(reason, heard);
            }
        }
        Ok(())
    }
}
