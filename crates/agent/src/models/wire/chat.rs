//! OpenAI's chat completions, and all that speak like them: deltas of one choice, then `[DONE]`.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Broken, Kept, Reader, Said, Told, Used, input, json};

#[derive(Default)]
pub(super) struct Chat {
    /// Calls in the order of their first pieces.
    open: Vec<Open>,
    finish: Option<String>,
    refused: bool,
    used: Used,
    /// What OpenRouter wants back, each piece whole.
    details: Vec<Map<String, Value>>,
    /// What some servers want back.
    thought: String,
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
    reasoning_content: Option<Value>,
    reasoning_details: Option<Value>,
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
            open.pieces.push_str(&input(arguments));
        }
    }

    /// Joins the pieces of what was thought: those that follow each other with the same sort and number are one.
    fn add_detail(&mut self, detail: Value) {
        let Value::Object(piece) = detail else { return };
        let is_of = |whole: &&mut Map<String, Value>| {
            ["type", "index"].iter().all(|name| whole.get(*name) == piece.get(*name)) && piece.contains_key("index")
        };
        let Some(whole) = self.details.last_mut().filter(is_of) else { return self.details.push(piece) };
        for (name, value) in piece {
            match (whole.get_mut(&name), value) {
                (Some(Value::String(text)), Value::String(more))
                    if matches!(name.as_str(), "text" | "summary" | "data") =>
                {
                    text.push_str(&more);
                }
                (Some(_), Value::Null) => {}
                (_, value) => drop(whole.insert(name, value)),
            }
        }
    }

    fn delta(&mut self, delta: Delta, told: &mut Told) {
        told.text(delta.content.map(texts).unwrap_or_default());
        self.refused |= delta.refusal.is_some_and(|refusal| !refusal.is_empty());
        // Only some servers have these, and in other forms nobody wants them back.
        if let Some(Value::String(thought)) = delta.reasoning_content {
            self.thought.push_str(&thought);
        }
        if let Some(Value::Array(details)) = delta.reasoning_details {
            for detail in details {
                self.add_detail(detail);
            }
        }
        for piece in delta.tool_calls.unwrap_or_default() {
            self.add(piece);
        }
    }

    fn finish(&mut self, reason: String, told: &mut Told) {
        if !matches!(reason.as_str(), "length" | "content_filter" | "error") && !self.refused {
            for Open { name, pieces, .. } in self.open.drain(..) {
                told.call(name, pieces);
            }
        }
        self.finish = Some(reason);
    }

    /// The last frame came: whether it is a reply is decided by what was said before.
    fn done(&mut self, told: &mut Told) -> Result<(), Broken> {
        self.used.tell(told);
        match self.finish.as_deref() {
            Some(_) | None if self.refused => Err(Broken::Declined),
            Some("content_filter") => Err(Broken::Declined),
            Some("length") => Err(Broken::Longest),
            // Calls that no word closed may lack their ends.
            Some(_) | None if !self.open.is_empty() => Err(Broken::Unreadable),
            Some("error") => Err(Broken::Unreadable),
            Some(_) | None => {
                for detail in self.details.drain(..) {
                    told.keep(Kept::Block(Value::Object(detail)));
                }
                if !self.thought.is_empty() {
                    told.keep(Kept::Thought(std::mem::take(&mut self.thought)));
                }
                told.stop();
                Ok(())
            }
        }
    }
}

impl Reader for Chat {
    fn read(&mut self, frame: &str, told: &mut Told) -> Result<(), Broken> {
        if frame == "[DONE]" {
            return self.done(told);
        }
        let Chunk { choices, usage, error } = json(frame)?;
        if let Some(error) = error {
            return Err(Broken::Said(Said::of(&error)));
        }
        if let Some(Usage { prompt_tokens, completion_tokens }) = usage {
            self.used.tokens_in = prompt_tokens.or(self.used.tokens_in);
            self.used.tokens_out = completion_tokens.or(self.used.tokens_out);
        }
        // Only the first answer is asked for.
        for choice in choices.unwrap_or_default().into_iter().filter(|choice| choice.index == 0) {
            if let Some(error) = choice.error {
                return Err(Broken::Said(Said::of(&error)));
            }
            if let Some(delta) = choice.delta {
                self.delta(delta, told);
            }
            if let Some(reason) = choice.finish_reason.filter(|reason| !reason.is_empty()) {
                self.finish(reason, told);
            }
        }
        Ok(())
    }
}
