//! What a model is asked, in the words of the library that writes each vendor's form.
//!
//! It knows the library's types and no wire.

use std::time::Duration;

use contract::{Call, Outcome};
use genai::chat::{
    ChatMessage, ChatOptions, ChatRequest, ContentPart, MessageContent, ReasoningEffort, Tool, ToolCall, ToolResponse,
};
use serde_json::{Map, Value, json};

use super::endpoint::{Endpoint, Form};
use super::sealed;
use crate::model::{Message, Request};
use crate::prompt;

/// Writes the request for a model, as it is called there.
pub(super) fn chat_request(request: &Request, to: &Endpoint, model: &str) -> ChatRequest {
    let form = to.form;
    let mut messages: Vec<ChatMessage> = Vec::with_capacity(request.messages.len());
    let mut results: Vec<ContentPart> = Vec::new();
    for message in &request.messages {
        match message {
            Message::Result { call, tool, outcome } => {
                results.push(result(form, call_id(form, call.0, tool), tool, outcome));
                // Ollama takes one result a message; the others want all results of a reply together.
                if form == Form::Ollama {
                    flush(&mut results, &mut messages);
                }
            }
            Message::Person { text } => {
                flush(&mut results, &mut messages);
                if !text.is_empty() {
                    messages.push(ChatMessage::user(text.as_str()));
                }
            }
            Message::Model { text, calls, sealed } => {
                flush(&mut results, &mut messages);
                let calls = calls.iter().map(|call| ContentPart::ToolCall(tool_call(form, call))).collect();
                let parts = sealed::parts(text, calls, sealed.as_ref(), &to.maker);
                messages.extend(replies(form, model, parts));
            }
        }
    }
    flush(&mut results, &mut messages);

    let mut asked = ChatRequest::from_messages(messages);
    if !request.system.is_empty() {
        asked = asked.with_system(request.system.as_str());
    }
    if !request.tools.is_empty() {
        asked = asked.with_tools(request.tools.iter().map(|tool| {
            let told = Tool::new(tool.wire_name()).with_description(&tool.description).with_schema(tool.schema.clone());
            match form {
                // Strict schemas forbid optional fields, which our commands have.
                Form::Responses => told.with_strict(false),
                Form::Messages | Form::Chat | Form::Gemini | Form::Ollama => told,
            }
        }));
    }
    asked
}

/// What a model said before: one message, but for Responses, whose items are moved to the front of a message by the library
/// and keep their places only in messages of their own.
fn replies(form: Form, model: &str, mut parts: Vec<ContentPart>) -> Vec<ChatMessage> {
    match form {
        Form::Gemini => sign(model, &mut parts),
        // What was thought in the open is wanted back with calls only, and elsewhere refused by some.
        Form::Chat if !parts.iter().any(ContentPart::is_tool_call) => {
            parts.retain(|part| !part.is_reasoning_content());
        }
        Form::Messages | Form::Chat | Form::Responses | Form::Ollama => {}
    }
    let mut replies: Vec<Vec<ContentPart>> = Vec::new();
    for part in parts {
        let goes_on = form != Form::Responses || !part.is_thought_signature();
        match replies.last_mut() {
            Some(reply) if goes_on => reply.push(part),
            Some(_) | None => replies.push(vec![part]),
        }
    }
    // A message without any content is refused by most vendors: there is none.
    replies.into_iter().map(|parts| ChatMessage::assistant(MessageContent::from_parts(parts))).collect()
}

/// Gemini refuses calls of a turn that are not signed: by itself, or with this word where another model made them. Its
/// signature may also stand at the end, where it signs an empty text.
fn sign(model: &str, parts: &mut Vec<ContentPart>) {
    const UNSIGNED: &str = "skip_thought_signature_validator";
    let name = model.strip_prefix("models/").unwrap_or(model);
    let signs = name.starts_with("gemini-") && !["gemini-1", "gemini-2"].iter().any(|old| name.starts_with(old));
    let first = parts.iter().position(ContentPart::is_tool_call);
    if let Some(first) = first.filter(|_| signs) {
        let before = first.checked_sub(1).and_then(|before| parts.get(before));
        if !before.is_some_and(ContentPart::is_thought_signature) {
            parts.insert(first, ContentPart::ThoughtSignature(UNSIGNED.to_owned()));
        }
    }
    if parts.last().is_some_and(ContentPart::is_thought_signature) {
        parts.push(ContentPart::from_text(""));
    }
}

fn flush(results: &mut Vec<ContentPart>, messages: &mut Vec<ChatMessage>) {
    if !results.is_empty() {
        messages.push(ChatMessage::tool(MessageContent::from_parts(std::mem::take(results))));
    }
}

fn result(form: Form, id: String, tool: &str, outcome: &Outcome) -> ContentPart {
    let text = prompt::told(outcome);
    if form == Form::Messages && !matches!(outcome, Outcome::Returned(_)) {
        let block = json!({ "type": "tool_result", "tool_use_id": id, "content": text, "is_error": true });
        return ContentPart::from_custom(block, None);
    }
    ContentPart::ToolResponse(ToolResponse::new(id, text).with_fn_name(wire_name(tool)))
}

fn tool_call(form: Form, call: &Call) -> ToolCall {
    ToolCall {
        call_id: call_id(form, call.id.0, &call.tool),
        fn_name: wire_name(&call.tool),
        fn_arguments: arguments(&call.input),
        thought_signatures: None,
    }
}

/// Our number for a call, as an id that the vendor takes. Gemini gives no ids and matches calls by their order: the library
/// leaves out an id of this form.
fn call_id(form: Form, id: i64, tool: &str) -> String {
    match form {
        Form::Gemini => format!("call#{}#{}", wire_name(tool), id.unsigned_abs()),
        Form::Messages | Form::Chat | Form::Responses | Form::Ollama => format!("call_{id}"),
    }
}

fn wire_name(tool: &str) -> String {
    tool.replace('.', "_")
}

/// Vendors take an object only. What the model wrote otherwise is shown to it again as it was.
fn arguments(input: &str) -> Value {
    match serde_json::from_str(input) {
        Ok(Value::Object(object)) => Value::Object(object),
        Ok(_) | Err(_) if input.trim().is_empty() => Value::Object(Map::new()),
        Ok(_) | Err(_) => json!({ "unreadable": input }),
    }
}

/// How the request is made: with usage, which some vendors only tell when asked, and with an end to waiting.
pub(super) fn options(model: &str, form: Form, connect: Duration, idle: Duration) -> ChatOptions {
    let options = ChatOptions::default()
        .with_capture_usage(true)
        .with_stream_header_timeout(connect + idle)
        .with_stream_read_timeout(idle);
    match form {
        // These have the model in the address, or take no additions.
        Form::Gemini | Form::Ollama => options,
        Form::Messages | Form::Chat | Form::Responses => options.with_extra_body(json!({ "model": model })),
    }
}

/// The name that the library is told. It reads a wish for more thinking from names that end in `-max`, `-medium` and the like,
/// which are whole names of some vendors' models, and takes what stands before `::` for a vendor. Such a name is told in
/// another form; what is sent is the real one, from [`options`].
pub(super) fn told_name(model: &str, form: Form) -> String {
    if form == Form::Ollama {
        return model.to_owned();
    }
    let plain = model.replace("::", "-");
    match ReasoningEffort::from_model_name(&plain) {
        (Some(_), _) => format!("{plain}-"),
        (None, _) => plain,
    }
}
