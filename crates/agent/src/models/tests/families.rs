//! A reply in each vendor's form, after the vendors' public documentation: text with letters beyond ASCII, a call in
//! pieces, a second call, something that the vendor wants back, usage, and its own word that it is complete.

use contract::Vendor;
use serde_json::{Value, json};

use super::{call, sealed, text, used};
use crate::model::ModelEvent;

pub(super) struct Family {
    pub(super) name: &'static str,
    pub(super) vendor: Vendor,
    pub(super) model: &'static str,
    /// The frames, each with the blank line or line end that closes it.
    pub(super) frames: Vec<String>,
    pub(super) told: Vec<ModelEvent>,
}

impl Family {
    pub(super) fn body(&self) -> String {
        self.frames.concat()
    }

    /// A frame of this family, without the name of an event.
    pub(super) fn framed(&self, frame: &str) -> String {
        if self.vendor == Vendor::Ollama { format!("{frame}\n") } else { format!("data: {frame}\n\n") }
    }
}

fn data(frames: &[&str]) -> Vec<String> {
    frames.iter().map(|frame| format!("data: {frame}\n\n")).collect()
}

/// With the name of the event, which is also in the data.
fn events(frames: &[&str]) -> Vec<String> {
    let name = |frame: &str| frame.split('"').nth(3).unwrap().to_owned();
    frames.iter().map(|frame| format!("event: {}\ndata: {frame}\n\n", name(frame))).collect()
}

fn told(kept: Option<Value>) -> Vec<ModelEvent> {
    let told =
        [text("Très "), text("bien 🙂"), call("todo.move", r#"{"id":"9"}"#), call("unheard_of", "{}"), used(30, 12)];
    told.into_iter().chain(kept.map(|kept| sealed(&kept))).chain([ModelEvent::Stop]).collect()
}

/// What is kept after all of the text and so many calls.
fn kept(calls: usize, kept: &Value) -> Value {
    json!([{ "text": "Très bien 🙂".len(), "calls": calls, "kept": kept }])
}

pub(super) fn anthropic() -> Family {
    Family {
        name: "Anthropic",
        vendor: Vendor::Anthropic,
        model: "claude-sonnet-4-5",
        frames: events(&[
            r#"{"type":"message_start","message":{"role":"assistant","usage":{"input_tokens":20,"cache_read_input_tokens":10,"output_tokens":1}}}"#,
            r#"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#,
            r#"{"type":"ping"}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Très "}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"bien 🙂"}}"#,
            r#"{"type":"content_block_stop","index":0}"#,
            r#"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"todo_move","input":{}}}"#,
            r#"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"id\""}}"#,
            r#"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":":\"9\"}"}}"#,
            r#"{"type":"content_block_stop","index":1}"#,
            r#"{"type":"content_block_start","index":3,"content_block":{"type":"thinking","thinking":"","signature":""}}"#,
            r#"{"type":"content_block_delta","index":3,"delta":{"type":"thinking_delta","thinking":"Hm"}}"#,
            r#"{"type":"content_block_delta","index":3,"delta":{"type":"thinking_delta","thinking":", é."}}"#,
            r#"{"type":"content_block_delta","index":3,"delta":{"type":"signature_delta","signature":"c2ln"}}"#,
            r#"{"type":"content_block_stop","index":3}"#,
            r#"{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_2","name":"unheard_of","input":{}}}"#,
            r#"{"type":"content_block_stop","index":2}"#,
            r#"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":12}}"#,
            r#"{"type":"message_stop"}"#,
        ]),
        told: told(Some(kept(
            1,
            &json!({ "block": { "type": "thinking", "thinking": "Hm, é.", "signature": "c2ln" } }),
        ))),
    }
}

fn chat(name: &'static str, vendor: Vendor, model: &'static str) -> Family {
    let mut frames = data(&[
        r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"Très "}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"content":"bien 🙂"}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"todo_move","arguments":""}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"id\""}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"c2","type":"function","function":{"name":"unheard_of","arguments":""}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":\"9\"}"}}]}}]}"#,
        r#"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        r#"{"choices":[],"usage":{"prompt_tokens":30,"completion_tokens":12,"total_tokens":42}}"#,
        "[DONE]",
    ]);
    let mut wanted = None;
    if vendor == Vendor::Openrouter {
        let details = data(&[
            r#"{"choices":[{"delta":{"content":"","reasoning_details":[{"type":"reasoning.text","text":"Hm","format":"x","index":0}]}}]}"#,
            r#"{"choices":[{"delta":{"content":"","reasoning_details":[{"type":"reasoning.text","text":", é.","index":0},{"type":"reasoning.text","signature":"c2ln","index":0}]}}]}"#,
        ]);
        frames.splice(4..4, details);
        frames.insert(1, ": OPENROUTER PROCESSING\n\n".to_owned());
        let detail =
            json!({ "type": "reasoning.text", "text": "Hm, é.", "format": "x", "index": 0, "signature": "c2ln" });
        wanted = Some(kept(2, &json!({ "block": detail })));
    }
    Family { name, vendor, model, frames, told: told(wanted) }
}

fn responses() -> Family {
    Family {
        name: "OpenAI Responses",
        vendor: Vendor::Openai,
        model: "gpt-5.4",
        frames: events(&[
            r#"{"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[]}}"#,
            r#"{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Très "}"#,
            r#"{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"bien 🙂"}"#,
            r#"{"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","id":"fc_1","call_id":"c1","name":"todo_move","arguments":""}}"#,
            r#"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"{\"id\""}"#,
            r#"{"type":"response.function_call_arguments.delta","output_index":1,"delta":":\"9\"}"}"#,
            r#"{"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","id":"fc_1","call_id":"c1","name":"todo_move","arguments":"{\"id\":\"9\"}","status":"completed"}}"#,
            r#"{"type":"response.output_item.done","output_index":2,"item":{"type":"function_call","id":"fc_2","call_id":"c2","name":"unheard_of","arguments":"","status":"completed"}}"#,
            r#"{"type":"response.output_item.done","output_index":3,"item":{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"Z2Vo"}}"#,
            r#"{"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[{"type":"message"},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"Z2Vo"},{"type":"function_call","call_id":"c1","name":"todo_move","arguments":"{\"id\":\"9\"}","status":"completed"}],"usage":{"input_tokens":30,"output_tokens":12}}}"#,
        ]),
        told: told(Some(kept(2, &json!({ "signature": "Z2Vo" })))),
    }
}

fn gemini() -> Family {
    let frames = [
        r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"Hm.","thought":true}]},"index":0}],"usageMetadata":{"promptTokenCount":30}}"#,
        r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"Très "}]},"index":0}],"usageMetadata":{"promptTokenCount":30,"candidatesTokenCount":2}}"#,
        r#"{"candidates":[{"content":{"role":"model","parts":[{"text":"bien 🙂"}]},"index":0}]}"#,
        // Without a candidate: the library takes it for an error.
        r#"{"usageMetadata":{"promptTokenCount":30,"candidatesTokenCount":3}}"#,
        r#"{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"todo_move","args":{"id":"9"}},"thoughtSignature":"c2ln"},{"functionCall":{"name":"unheard_of"}}]},"index":0}]}"#,
        r#"{"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":30,"candidatesTokenCount":4,"thoughtsTokenCount":8}}"#,
    ];
    Family {
        name: "Gemini",
        vendor: Vendor::Gemini,
        model: "gemini-3.5-flash",
        // Google ends lines in its own way.
        frames: frames.iter().map(|frame| format!("data: {frame}\r\n\r\n")).collect(),
        told: told(Some(kept(0, &json!({ "signature": "c2ln" })))),
    }
}

fn ollama() -> Family {
    let frames = [
        r#"{"model":"qwen3","message":{"role":"assistant","content":"Très "},"done":false}"#,
        r#"{"model":"qwen3","message":{"role":"assistant","content":"bien 🙂"},"done":false}"#,
        r#"{"model":"qwen3","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"todo_move","arguments":{"id":"9"}}},{"function":{"name":"unheard_of","arguments":{}}}]},"done":false}"#,
        r#"{"model":"qwen3","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":30,"eval_count":12}"#,
    ];
    Family {
        name: "Ollama",
        vendor: Vendor::Ollama,
        model: "qwen3",
        frames: frames.iter().map(|frame| format!("{frame}\n")).collect(),
        told: told(None),
    }
}

pub(super) fn openai() -> Family {
    chat("OpenAI chat", Vendor::Openai, "gpt-4.1")
}

/// One family of each form, for what takes long.
pub(super) fn forms() -> Vec<Family> {
    let openrouter = chat("OpenRouter", Vendor::Openrouter, "anthropic/claude-sonnet-4.5");
    vec![anthropic(), openrouter, responses(), gemini(), ollama()]
}

pub(super) fn all() -> Vec<Family> {
    vec![
        anthropic(),
        openai(),
        responses(),
        gemini(),
        ollama(),
        chat("OpenRouter", Vendor::Openrouter, "anthropic/claude-sonnet-4.5"),
        chat("compatible", Vendor::Compatible, "qwen-max"),
    ]
}
