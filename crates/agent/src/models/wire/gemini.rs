//! Gemini's `streamGenerateContent`: pieces of one candidate, the last of which has a reason to finish.

use serde::Deserialize;
use serde_json::Value;

use super::{Broken, Kept, Reader, Said, Told, Used, input, json};

#[derive(Default)]
pub(super) struct Gemini {
    used: Used,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Chunk {
    candidates: Option<Vec<Candidate>>,
    usage_metadata: Option<Usage>,
    prompt_feedback: Option<Feedback>,
    error: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    parts: Option<Vec<Part>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    text: Option<String>,
    #[serde(default)]
    thought: bool,
    thought_signature: Option<String>,
    function_call: Option<FunctionCall>,
}

#[derive(Deserialize)]
struct FunctionCall {
    name: String,
    args: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feedback {
    block_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Usage {
    prompt_token_count: Option<u64>,
    tool_use_prompt_token_count: Option<u64>,
    candidates_token_count: Option<u64>,
    thoughts_token_count: Option<u64>,
}

fn sum(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    (one.is_some() || other.is_some()).then(|| one.unwrap_or(0).saturating_add(other.unwrap_or(0)))
}

impl Reader for Gemini {
    fn read(&mut self, frame: &str, told: &mut Told) -> Result<(), Broken> {
        let Chunk { candidates, usage_metadata, prompt_feedback, error } = json(frame)?;
        if let Some(error) = error {
            return Err(Broken::Said(Said::of(&error)));
        }
        // Each piece counts all tokens so far. What was thought is paid for like what was said.
        if let Some(usage) = usage_metadata {
            self.used = Used {
                tokens_in: sum(usage.prompt_token_count, usage.tool_use_prompt_token_count),
                tokens_out: sum(usage.candidates_token_count, usage.thoughts_token_count),
            };
        }
        if prompt_feedback.is_some_and(|feedback| feedback.block_reason.is_some()) {
            self.used.tell(told);
            return Err(Broken::Declined);
        }
        let Some(candidate) = candidates.unwrap_or_default().into_iter().next() else { return Ok(()) };
        for part in candidate.content.and_then(|content| content.parts).unwrap_or_default() {
            // What was thought is told to whoever asks for it. What it comes to is signed where the answer says it.
            if let Some(signature) = part.thought_signature.filter(|signature| !signature.is_empty() && !part.thought) {
                told.keep(Kept::Signature(signature));
            }
            match (part.function_call, part.text) {
                (Some(FunctionCall { name, args }), _) => told.call(name, input(args)),
                (None, Some(text)) if !part.thought => told.text(text),
                (None, _) => {}
            }
        }
        let Some(reason) = candidate.finish_reason else { return Ok(()) };
        self.used.tell(told);
        match reason.as_str() {
            "STOP" => told.stop(),
            "MAX_TOKENS" => return Err(Broken::Longest),
            "SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" => {
                return Err(Broken::Declined);
            }
            // `MALFORMED_FUNCTION_CALL`, `UNEXPECTED_TOOL_CALL`, `OTHER`: the model wrote what its own server cannot read.
            _ => return Err(Broken::Unreadable),
        }
        Ok(())
    }
}
