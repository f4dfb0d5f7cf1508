//! What vendors are asked, in their own forms.

use contract::Vendor;
use serde_json::{Value, json};

use super::server::{pieces, serve};
use super::{listen, remote, request};
use crate::model::{Message, Model, Request};

async fn asked_with(vendor: Vendor, model: &str, request: Request) -> Value {
    use futures::StreamExt;
    let server = serve(|_| pieces([])).await;
    let model = remote(vendor, model, &server.url);
    let _: Vec<_> = model.stream(request).collect().await;
    server.questions()[0].body.clone()
}

async fn asked(vendor: Vendor, model: &str) -> Value {
    asked_with(vendor, model, request()).await
}

fn schema() -> Value {
    json!({ "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"] })
}

#[tokio::test]
async fn anthropic_is_asked_in_its_form() {
    let body = asked(Vendor::Anthropic, "claude-sonnet-4-5").await;
    assert_eq!(body["model"], "claude-sonnet-4-5");
    assert_eq!(body["stream"], true);
    assert!(body["max_tokens"].as_u64().unwrap() >= 4_096, "{body}");
    assert_eq!(body["system"], "You help a project manager.");
    assert_eq!(
        body["messages"],
        json!([
            { "role": "user", "content": "Move it." },
            { "role": "assistant", "content": [
                { "type": "text", "text": "Looking." },
                { "type": "tool_use", "id": "call_7", "name": "todo_move", "input": { "id": "1" } },
                { "type": "tool_use", "id": "call_8", "name": "project_list", "input": { "unreadable": "not json" } },
            ] },
            { "role": "user", "content": [
                { "type": "tool_result", "tool_use_id": "call_7", "content": "Moved." },
                { "type": "tool_result", "tool_use_id": "call_8", "content": "It did not work: That input cannot be read.", "is_error": true },
            ] },
            { "role": "user", "content": "And now?" },
        ])
    );
    assert_eq!(body["tools"][0]["name"], "todo_move");
    assert_eq!(body["tools"][0]["description"], "Moves a to-do.");
    assert_eq!(body["tools"][0]["input_schema"], schema());
    assert_eq!(body["tools"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn chat_completions_are_asked_in_their_form() {
    for (vendor, model) in [
        (Vendor::Openai, "gpt-4.1"),
        (Vendor::Openrouter, "anthropic/claude-sonnet-4.5"),
        (Vendor::Compatible, "some-model"),
    ] {
        let body = asked(vendor, model).await;
        assert_eq!(body["model"], model);
        assert_eq!(body["stream"], true);
        assert_eq!(body["stream_options"], json!({ "include_usage": true }));
        let function = |id: &str, name: &str, arguments: &str| json!({ "id": id, "type": "function", "function": { "name": name, "arguments": arguments } });
        assert_eq!(
            body["messages"],
            json!([
                { "role": "system", "content": "You help a project manager." },
                { "role": "user", "content": "Move it." },
                { "role": "assistant", "content": "Looking.", "tool_calls": [
                    function("call_7", "todo_move", r#"{"id":"1"}"#),
                    function("call_8", "project_list", r#"{"unreadable":"not json"}"#),
                ] },
                { "role": "tool", "tool_call_id": "call_7", "content": "Moved." },
                { "role": "tool", "tool_call_id": "call_8", "content": "It did not work: That input cannot be read." },
                { "role": "user", "content": "And now?" },
            ])
        );
        assert_eq!(body["tools"][1]["type"], "function");
        assert_eq!(body["tools"][1]["function"]["name"], "project_list");
        assert_eq!(body["tools"][1]["function"]["parameters"], schema());
        assert_eq!(body["tools"][1]["function"]["strict"], false);
    }
}

#[tokio::test]
async fn responses_are_asked_in_their_form() {
    let body = asked(Vendor::Openai, "gpt-5.4").await;
    assert_eq!(body["model"], "gpt-5.4");
    assert_eq!(body["stream"], true);
    // Nothing of the company's stays there.
    assert_eq!(body["store"], false);
    assert_eq!(body["instructions"], "You help a project manager.");
    let called = |id: &str, name: &str, arguments: &str| json!({ "type": "function_call", "call_id": id, "name": name, "arguments": arguments });
    let output = |id: &str, text: &str| json!({ "type": "function_call_output", "call_id": id, "output": text });
    assert_eq!(
        body["input"],
        json!([
            { "role": "user", "content": "Move it." },
            { "type": "message", "role": "assistant", "content": [{ "type": "output_text", "text": "Looking." }] },
            called("call_7", "todo_move", r#"{"id":"1"}"#),
            called("call_8", "project_list", r#"{"unreadable":"not json"}"#),
            output("call_7", "Moved."),
            output("call_8", "It did not work: That input cannot be read."),
            { "role": "user", "content": "And now?" },
        ])
    );
    assert_eq!(
        body["tools"][0],
        json!({ "type": "function", "name": "todo_move", "description": "Moves a to-do.", "parameters": schema(), "strict": false })
    );
}

#[tokio::test]
async fn gemini_is_asked_in_its_form() {
    let body = asked(Vendor::Gemini, "gemini-3.5-flash").await;
    assert_eq!(body["systemInstruction"], json!({ "parts": [{ "text": "You help a project manager." }] }));
    let answer = |name: &str, text: &str| json!({ "functionResponse": { "name": name, "response": { "name": name, "content": text } } });
    assert_eq!(
        body["contents"],
        json!([
            { "role": "user", "parts": [{ "text": "Move it." }] },
            { "role": "model", "parts": [
                { "text": "Looking." },
                {
                    "functionCall": { "name": "todo_move", "args": { "id": "1" } },
                    "thoughtSignature": "skip_thought_signature_validator",
                },
                { "functionCall": { "name": "project_list", "args": { "unreadable": "not json" } } },
            ] },
            { "role": "user", "parts": [answer("todo_move", "Moved."), answer("project_list", "It did not work: That input cannot be read.")] },
            { "role": "user", "parts": [{ "text": "And now?" }] },
        ])
    );
    let declared = &body["tools"][0]["functionDeclarations"];
    assert_eq!(declared[0]["name"], "todo_move");
    assert_eq!(declared[0]["parametersJsonSchema"], schema());
    assert_eq!(declared.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn ollama_is_asked_in_its_form() {
    let body = asked(Vendor::Ollama, "qwen3:8b").await;
    assert_eq!(body["model"], "qwen3:8b");
    assert_eq!(body["stream"], true);
    assert_eq!(
        body["messages"],
        json!([
            { "role": "system", "content": "You help a project manager." },
            { "role": "user", "content": "Move it." },
            { "role": "assistant", "content": "Looking.", "tool_calls": [
                { "function": { "name": "todo_move", "arguments": { "id": "1" } } },
                { "function": { "name": "project_list", "arguments": { "unreadable": "not json" } } },
            ] },
            { "role": "tool", "content": "Moved." },
            { "role": "tool", "content": "It did not work: That input cannot be read." },
            { "role": "user", "content": "And now?" },
        ])
    );
    assert_eq!(body["tools"][0]["function"]["parameters"], schema());
}

#[tokio::test]
async fn a_model_is_asked_by_its_whole_name() {
    // The library would take the ends of these for a wish to think more, and what is before `::` for a vendor.
    for model in ["qwen-max", "mistral-medium", "o3-mini-high", "lab::model-low", "claude-opus-4-5", "model-none"] {
        for vendor in [Vendor::Compatible, Vendor::Openrouter, Vendor::Anthropic, Vendor::Openai] {
            let body = asked(vendor, model).await;
            assert_eq!(body["model"], model, "{vendor:?}");
            for wish in ["reasoning_effort", "reasoning", "thinking", "output_config"] {
                assert_eq!(body.get(wish), None, "{vendor:?} {model}");
            }
        }
    }
}

#[tokio::test]
async fn without_tools_and_system_neither_is_mentioned() {
    let bare = Request {
        system: String::new(),
        messages: vec![
            Message::Person { text: String::new() },
            Message::Model { text: String::new(), calls: Vec::new(), sealed: None },
            Message::Person { text: "Hello".to_owned() },
        ],
        tools: [].into(),
        ..request()
    };
    let body = asked_with(Vendor::Anthropic, "claude-x", bare.clone()).await;
    assert_eq!((body.get("tools"), body.get("system")), (None, None));
    assert_eq!(body["messages"], json!([{ "role": "user", "content": "Hello" }]));
    let body = asked_with(Vendor::Openai, "gpt-4.1", bare).await;
    assert_eq!(body.get("tools"), None);
    assert_eq!(body["messages"], json!([{ "role": "user", "content": "Hello" }]));
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_listened_to() {
    let server = serve(|_| pieces([])).await;
    let model = remote(Vendor::Ollama, "qwen3", &server.url);
    drop(model.stream(request()));
    assert!(server.questions().is_empty());
    listen(&model).await;
    assert_eq!(server.questions().len(), 1);
}
