//! What a vendor wants back with a reply comes back to the model that made it, unchanged and in its place, and to no other.

use contract::{Call, CallId, Outcome, Sealed, Vendor};
use futures::StreamExt;
use serde_json::{Value, json};

use super::families::{self, Family};
use super::server::{pieces, serve};
use super::{remote, request, soon};
use crate::model::{Message, Model, ModelEvent, Request};

/// What a model said, as the record would have it. Its calls are numbered from 7.
async fn said(model: &dyn Model) -> Message {
    let (mut text, mut calls, mut sealed) = (String::new(), Vec::new(), None);
    let told: Vec<_> = soon(model.stream(request()).collect()).await;
    for event in told {
        match event.unwrap() {
            ModelEvent::Text(more) => text.push_str(&more),
            ModelEvent::Call { tool, input } => {
                calls.push(Call { id: CallId(7 + i64::try_from(calls.len()).unwrap()), tool, input });
            }
            ModelEvent::Sealed(what) => sealed = Some(what),
            ModelEvent::From(_) | ModelEvent::Recalled(_) | ModelEvent::Used { .. } | ModelEvent::Stop => {}
        }
    }
    Message::Model { text, calls, sealed }
}

/// The request that goes on from this reply.
fn after(said: &Message) -> Request {
    let mut messages = vec![Message::Person { text: "Move it.".to_owned() }, said.clone()];
    if let Message::Model { calls, .. } = said {
        messages.extend(calls.iter().map(|call| Message::Result {
            call: call.id,
            tool: call.tool.clone(),
            outcome: Outcome::Returned("Done.".to_owned()),
        }));
    }
    Request { messages, ..request() }
}

/// What this model is asked after that reply.
async fn asked(vendor: Vendor, model: &str, said: &Message) -> Value {
    let server = serve(|_| pieces([])).await;
    asked_at(&server.url, vendor, model, said).await;
    server.questions()[0].body.clone()
}

async fn asked_at(url: &str, vendor: Vendor, model: &str, said: &Message) {
    let _: Vec<_> = soon(remote(vendor, model, url).stream(after(said)).collect()).await;
}

/// What the same model, and another of the same server, are asked after this reply.
async fn goes_on(vendor: Vendor, model: &str, frames: &str) -> (Value, Value) {
    let body = frames.to_owned();
    let server = serve(move |_| pieces([body.as_bytes()])).await;
    let said = said(&remote(vendor, model, &server.url)).await;
    let Message::Model { sealed: Some(Sealed { by, .. }), .. } = &said else { panic!("{said:?}") };
    assert!(by.ends_with(&format!(" {model}")) && by.contains("127.0.0.1:"), "{by}");
    asked_at(&server.url, vendor, model, &said).await;
    asked_at(&server.url, vendor, &format!("{model}-other"), &said).await;
    let questions = server.questions();
    (questions[1].body.clone(), questions[2].body.clone())
}

fn framed(family: &Family, frames: &[&str]) -> String {
    frames.iter().map(|frame| family.framed(frame)).collect()
}

fn form(name: &str) -> Family {
    families::all().into_iter().find(|family| family.name == name).unwrap()
}

#[tokio::test]
async fn anthropic_s_thinking_comes_back_signed_and_before_all_else() {
    let frames = framed(
        &form("Anthropic"),
        &[
            r#"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Which one? "}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"The first."}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB/+8="}}"#,
            r#"{"type":"content_block_stop","index":0}"#,
            r#"{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"b3BhcXVl"}}"#,
            r#"{"type":"content_block_stop","index":1}"#,
            r#"{"type":"content_block_start","index":2,"content_block":{"type":"thinking","thinking":"Unsigned.","signature":""}}"#,
            r#"{"type":"content_block_stop","index":2}"#,
            r#"{"type":"content_block_start","index":3,"content_block":{"type":"text","text":"Looking."}}"#,
            r#"{"type":"content_block_stop","index":3}"#,
            r#"{"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"t","name":"todo_move","input":{"id":"1"}}}"#,
            r#"{"type":"content_block_stop","index":4}"#,
            r#"{"type":"message_stop"}"#,
        ],
    );
    let (same, other) = goes_on(Vendor::Anthropic, "claude-opus-5-5", &frames).await;
    let text = json!({ "type": "text", "text": "Looking." });
    let call = json!({ "type": "tool_use", "id": "call_7", "name": "todo_move", "input": { "id": "1" } });
    assert_eq!(
        same["messages"][1]["content"],
        json!([
            { "type": "thinking", "thinking": "Which one? The first.", "signature": "EqQB/+8=" },
            { "type": "redacted_thinking", "data": "b3BhcXVl" },
            text,
            call,
        ])
    );
    assert_eq!(other["messages"][1]["content"], json!([text, call]));
}

#[tokio::test]
async fn reasoning_of_responses_comes_back_before_what_it_led_to() {
    let item = |item: &str| format!(r#"{{"type":"response.output_item.done","output_index":0,"item":{item}}}"#);
    let call = |id: &str| {
        item(&format!(
            r#"{{"type":"function_call","call_id":"{id}","name":"todo_move","arguments":"{{}}","status":"completed"}}"#
        ))
    };
    let frames = framed(
        &form("OpenAI Responses"),
        &[
            &item(r#"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"Z2Vo"}"#),
            r#"{"type":"response.output_text.delta","delta":"Looking."}"#,
            &call("a"),
            &item(r#"{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"aGVp"}"#),
            &call("b"),
            // One that is kept at the vendor's only is of no use here, where nothing is.
            &item(r#"{"type":"reasoning","id":"rs_3","summary":[]}"#),
            r#"{"type":"response.completed","response":{"id":"r","status":"completed","output":[{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"Z2Vo"}]}}"#,
        ],
    );
    let (same, other) = goes_on(Vendor::Openai, "gpt-6-sol", &frames).await;
    let reasoning = |text: &str| json!({ "type": "reasoning", "encrypted_content": text, "summary": [] });
    let called = |id: &str| json!({ "type": "function_call", "call_id": id, "name": "todo_move", "arguments": "{}" });
    let output = |id: &str| json!({ "type": "function_call_output", "call_id": id, "output": "Done." });
    let asked = json!({ "role": "user", "content": "Move it." });
    let text =
        json!({ "type": "message", "role": "assistant", "content": [{ "type": "output_text", "text": "Looking." }] });
    let results = [output("call_7"), output("call_8")];
    let whole = [reasoning("Z2Vo"), text.clone(), called("call_7"), reasoning("aGVp"), called("call_8")];
    let input: Vec<Value> = [asked.clone()].into_iter().chain(whole).chain(results.clone()).collect();
    assert_eq!(same["input"], json!(input));
    let bare = [asked, text, called("call_7"), called("call_8")];
    assert_eq!(other["input"], json!(bare.into_iter().chain(results).collect::<Vec<_>>()));
}

#[tokio::test]
async fn gemini_s_signatures_come_back_on_the_parts_that_they_were_on() {
    let chunk = |parts: &str| format!(r#"{{"candidates":[{{"content":{{"role":"model","parts":[{parts}]}}}}]}}"#);
    let frames = framed(
        &form("Gemini"),
        &[
            &chunk(r#"{"text":"Looking."}"#),
            &chunk(
                r#"{"functionCall":{"name":"todo_move","args":{"id":"1"}},"thoughtSignature":"c2lnMQ=="},{"functionCall":{"name":"project_list"}}"#,
            ),
            &chunk(r#"{"functionCall":{"name":"project_list"},"thoughtSignature":"c2lnMg=="}"#),
            r#"{"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"c2lnMw=="}]},"finishReason":"STOP"}]}"#,
        ],
    );
    let (same, other) = goes_on(Vendor::Gemini, "gemini-4-pro", &frames).await;
    let move_it = json!({ "name": "todo_move", "args": { "id": "1" } });
    let list = json!({ "name": "project_list", "args": {} });
    assert_eq!(
        same["contents"][1]["parts"],
        json!([
            { "text": "Looking." },
            { "functionCall": move_it, "thoughtSignature": "c2lnMQ==" },
            { "functionCall": list },
            { "functionCall": list, "thoughtSignature": "c2lnMg==" },
            { "text": "", "thoughtSignature": "c2lnMw==" },
        ])
    );
    assert_eq!(
        other["contents"][1]["parts"],
        json!([
            { "text": "Looking." },
            { "functionCall": move_it, "thoughtSignature": "skip_thought_signature_validator" },
            { "functionCall": list },
            { "functionCall": list },
        ])
    );
}

#[tokio::test]
async fn what_openrouter_has_thought_comes_back_in_one_piece_each() {
    let delta = |delta: &str| format!(r#"{{"choices":[{{"index":0,"delta":{delta}}}]}}"#);
    let frames = framed(
        &form("OpenRouter"),
        &[
            &delta(
                r#"{"reasoning_details":[{"type":"reasoning.summary","summary":"Which ","index":0,"format":null}]}"#,
            ),
            &delta(
                r#"{"reasoning_details":[{"type":"reasoning.summary","summary":"one?","index":0,"format":"google-gemini-v1"}]}"#,
            ),
            &delta(r#"{"reasoning_details":[{"type":"reasoning.encrypted","data":"b3Bh","id":"call_x","index":1}]}"#),
            &delta(r#"{"tool_calls":[{"index":0,"id":"x","function":{"name":"todo_move","arguments":"{}"}}]}"#),
            r#"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
            "[DONE]",
        ],
    );
    let (same, other) = goes_on(Vendor::Openrouter, "google/gemini-3.5-flash", &frames).await;
    assert_eq!(
        same["messages"][2]["reasoning_details"],
        json!([
            { "type": "reasoning.summary", "summary": "Which one?", "index": 0, "format": "google-gemini-v1" },
            { "type": "reasoning.encrypted", "data": "b3Bh", "id": "call_x", "index": 1 },
        ])
    );
    assert_eq!(other["messages"][2].get("reasoning_details"), None);
    assert_eq!(same["messages"][2]["tool_calls"], other["messages"][2]["tool_calls"]);
}

#[tokio::test]
async fn thoughts_in_the_open_come_back_with_calls_only() {
    let delta = |delta: &str| format!(r#"{{"choices":[{{"index":0,"delta":{delta}}}]}}"#);
    let calls = delta(r#"{"tool_calls":[{"index":0,"id":"x","function":{"name":"todo_move","arguments":"{}"}}]}"#);
    for (last, wanted) in [(calls, Some("Which one?")), (delta(r#"{"content":"None."}"#), None)] {
        let frames = framed(
            &form("compatible"),
            &[
                &delta(r#"{"reasoning_content":"Which "}"#),
                &delta(r#"{"reasoning_content":"one?","content":null}"#),
                &last,
                r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
                "[DONE]",
            ],
        );
        let (same, other) = goes_on(Vendor::Compatible, "deep-thought", &frames).await;
        assert_eq!(same["messages"][2].get("reasoning_content").and_then(Value::as_str), wanted);
        assert_eq!(other["messages"][2].get("reasoning_content"), None);
    }
}

#[tokio::test]
async fn nobody_else_is_given_what_a_model_sealed() {
    for maker in families::forms() {
        let body = maker.body();
        let server = serve(move |_| pieces([body.as_bytes()])).await;
        let said = said(&remote(maker.vendor, maker.model, &server.url)).await;
        let Message::Model { sealed, .. } = &said else { panic!("{said:?}") };
        assert_eq!(sealed.is_some(), maker.vendor != Vendor::Ollama, "{}", maker.name);
        // The same model behind another address among them: that one cannot open it, and it may be somebody else's.
        for other in families::all() {
            let body = asked(other.vendor, other.model, &said).await.to_string();
            for secret in ["c2ln", "Z2Vo", "Hm"] {
                assert!(!body.contains(secret), "{} is given what {} sealed: {body}", other.name, maker.name);
            }
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_left_out_and_nothing_of_the_reply_is_lost() {
    let server = serve(|_| pieces([])).await;
    let by = format!("messages {} claude-x", server.url.trim_start_matches("http://"));
    let data = ["", "null", "{}", "[7]", r#"[{"text":0,"calls":0,"kept":{"riddle":1}}]"#];
    // Places that are not in the reply, or in the middle of a letter.
    let odd = [
        r#"[{"text":99,"calls":99,"kept":{"block":{"type":"redacted_thinking","data":"x"}}}]"#,
        r#"[{"text":1,"calls":0,"kept":{"block":{"type":"redacted_thinking","data":"x"}}},{"text":0,"calls":1,"kept":{"block":{"type":"redacted_thinking","data":"x"}}}]"#,
    ];
    let calls = vec![Call { id: CallId(7), tool: "todo.move".to_owned(), input: "{}".to_owned() }];
    for data in data.into_iter().chain(odd) {
        let sealed = Some(Sealed { by: by.clone(), data: data.to_owned() });
        let said = Message::Model { text: "é!".to_owned(), calls: calls.clone(), sealed };
        asked_at(&server.url, Vendor::Anthropic, "claude-x", &said).await;
        let body = server.questions().pop().unwrap().body;
        let content = body["messages"][1]["content"].as_array().unwrap().clone();
        let text: String = content.iter().filter_map(|block| block["text"].as_str()).collect();
        assert_eq!(text, "é!", "{data}");
        assert_eq!(content.iter().filter(|block| block["type"] == "tool_use").count(), 1, "{data}");
        let thoughts = content.iter().filter(|block| block["type"] == "redacted_thinking").count();
        assert_eq!(thoughts > 0, data.contains("redacted"), "{data}");
    }
}

#[tokio::test]
async fn a_reply_of_thoughts_alone_is_not_told_again() {
    for family in families::forms() {
        let server = serve(|_| pieces([])).await;
        let sealed = Some(Sealed { by: String::new(), data: "[]".to_owned() });
        let said = Message::Model { text: String::new(), calls: Vec::new(), sealed };
        asked_at(&server.url, family.vendor, family.model, &said).await;
        let body = server.questions().pop().unwrap().body.to_string();
        assert!(!body.contains("assistant") && !body.contains(r#""model","#), "{body}");
    }
}
