//! Replies: cut anywhere, broken off anywhere, told as they come.

use std::sync::Arc;

use futures::StreamExt;
use futures::stream;
use tokio::sync::Notify;

use super::families::{self, Family};
use super::server::{Answer, Piece, begun, pieces, serve, status, unmeasured};
use super::{call, listen, remote, request, soon, text, unnamed, used};
use crate::model::{Model, ModelError, ModelEvent, Trouble};

type Told = Vec<Result<ModelEvent, ModelError>>;

/// What a model of this family tells of each answer, in any order: all are asked at once, sixteen at a time.
async fn hear_all(family: &Family, answers: Vec<Answer>) -> Vec<Told> {
    let count = answers.len();
    let server = serve(move |asked| answers[asked].clone()).await;
    let model = remote(family.vendor, family.model, &server.url);
    stream::iter(0..count).map(|_| listen(&model)).buffer_unordered(16).collect().await
}

async fn hear(family: &Family, body: &str) -> Told {
    hear_all(family, vec![pieces([body.as_bytes()])]).await.pop().unwrap()
}

/// The frames, in the form of the family they are put into.
async fn hear_frames(family: &Family, frames: &[&str]) -> Told {
    let body: String = frames.iter().map(|frame| family.framed(frame)).collect();
    hear(family, &body).await
}

fn family(name: &str) -> Family {
    families::all().into_iter().find(|family| family.name == name).unwrap()
}

async fn cut_at(family: &Family, body: &[u8], cuts: impl Iterator<Item = usize>) {
    let answers = cuts.map(|cut| pieces([&body[..cut], &body[cut..]])).collect();
    let whole: Told = family.told.iter().cloned().map(Ok).collect();
    for told in hear_all(family, answers).await {
        assert_eq!(told, whole, "{}", family.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_means_the_same_wherever_it_is_cut() {
    for family in families::forms() {
        let body = family.body().into_bytes();
        cut_at(&family, &body, 0..=body.len()).await;
    }
}

/// The library takes a line end that is cut in two for two line ends, and so loses the name of an event.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn line_ends_of_two_bytes_may_be_cut_too() {
    let family = families::anthropic();
    let body = family.body().replace('\n', "\r\n").into_bytes();
    let ends = (1..body.len()).filter(|cut| body[cut - 1] == b'\r' || body[*cut] == b'\r');
    cut_at(&family, &body, ends).await;
}

#[tokio::test]
async fn a_reply_byte_by_byte_means_the_same() {
    for family in families::all() {
        let body = family.body();
        let whole: Told = family.told.iter().cloned().map(Ok).collect();
        assert_eq!(hear_all(&family, vec![pieces(body.as_bytes().chunks(1))]).await, [whole], "{}", family.name);
    }
}

#[tokio::test]
async fn a_reply_that_breaks_off_is_never_taken_for_whole() {
    for family in families::all() {
        for count in 0..family.frames.len() {
            let body = family.frames[..count].concat();
            let answers = vec![pieces([body.as_bytes()]), begun([body.as_bytes()]), unmeasured(body.as_bytes())];
            for told in hear_all(&family, answers).await {
                let (last, before) = told.split_last().unwrap();
                let error = last.as_ref().unwrap_err();
                let begins = before.iter().zip(&family.told).all(|(told, whole)| told.as_ref() == Ok(whole));
                assert!(begins, "{} after {count}: {before:?}", family.name);
                assert!(!before.contains(&Ok(ModelEvent::Stop)), "{} after {count}", family.name);
                // Before there was anything, it may be that no model answered at all.
                let is_right = error.trouble == Trouble::Truncated || (count < 3 && error.trouble == Trouble::Upstream);
                assert!(is_right, "{} after {count}: {error:?}", family.name);
            }
        }
    }
}

#[tokio::test]
async fn a_reply_that_breaks_off_inside_a_frame_is_never_taken_for_whole() {
    for family in families::all() {
        let body = family.body();
        let whole = body.trim_end().len();
        let answers = (0..whole).step_by(7).map(|end| unmeasured(&body.as_bytes()[..end])).collect();
        for told in hear_all(&family, answers).await {
            assert!(told.last().unwrap().is_err(), "{}: {told:?}", family.name);
            for event in told.iter().flatten() {
                assert!(family.told.contains(event) && *event != ModelEvent::Stop, "{}: {event:?}", family.name);
            }
        }
    }
}

#[tokio::test]
async fn a_frame_that_cannot_be_read_is_told_as_a_fault_and_not_skipped() {
    for family in families::all() {
        for bad in ["{not json}", "7", r#"{"type":7,"choices":7,"candidates":7,"message":7}"#] {
            let mut frames = family.frames.clone();
            frames.insert(frames.len() / 2, family.framed(bad));
            let told = hear(&family, &frames.concat()).await;
            let error = told.last().unwrap().as_ref().unwrap_err();
            assert_eq!(error.trouble, Trouble::Upstream, "{} {bad}: {error:?}", family.name);
            assert!(!error.message.contains('{'), "{}", error.message);
        }
    }
}

#[tokio::test]
async fn each_piece_is_told_before_the_next_one_comes() {
    for family in families::all() {
        let seen = Arc::new(Notify::new());
        let gate = seen.clone();
        let frames = family.frames.clone();
        let server = serve(move |_| {
            let mut answer = pieces(frames.iter().map(String::as_bytes));
            // Before each piece that follows one with something in it, the server waits until that was told.
            answer.bytes = answer.bytes.into_iter().fold(Vec::new(), |mut bytes, piece| {
                let is_text = |piece: &Piece| match piece {
                    Piece::Bytes(bytes) => {
                        let text = String::from_utf8_lossy(bytes);
                        text.contains("Très ") || text.contains("bien")
                    }
                    Piece::Wait(_) => false,
                };
                let is_awaited = is_text(&piece);
                bytes.push(piece);
                if is_awaited {
                    bytes.push(Piece::Wait(gate.clone()));
                }
                bytes
            });
            answer
        })
        .await;
        let model = remote(family.vendor, family.model, &server.url);
        let mut events = model.stream(request());
        let mut told = Vec::new();
        while let Some(event) = soon(events.next()).await {
            let event = event.unwrap();
            if matches!(event, ModelEvent::Text(_)) {
                seen.notify_one();
            }
            told.push(unnamed(event));
        }
        assert_eq!(told, family.told, "{}", family.name);
    }
}

#[tokio::test]
async fn a_call_is_told_as_soon_as_it_is_whole() {
    let family = families::anthropic();
    let held = Arc::new(Notify::new());
    let (gate, frames) = (held.clone(), family.frames.clone());
    let server = serve(move |_| {
        let mut answer = begun(frames[..10].iter().map(String::as_bytes));
        answer.bytes.push(Piece::Wait(gate.clone()));
        answer
    })
    .await;
    let model = remote(family.vendor, family.model, &server.url);
    let told: Vec<_> = soon(model.stream(request()).take(3).collect()).await;
    assert_eq!(told.last(), Some(&Ok(call("todo.move", r#"{"id":"9"}"#))));
    held.notify_one();
}

#[tokio::test]
async fn what_is_not_a_reply_is_told_apart_from_one_that_broke_off() {
    let family = families::openai();
    for answer in [pieces([]), status("200 OK", "Content-Type: text/html\r\n", "<html>Please sign in</html>")] {
        let told = hear_all(&family, vec![answer]).await.pop().unwrap();
        let error = told.into_iter().next().unwrap().unwrap_err();
        assert_eq!(error.trouble, Trouble::Upstream);
        assert!(error.message.contains("address"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_reply_as_long_as_it_may_be_is_not_complete_and_half_a_call_is_not_told() {
    let cases: [(&str, &[&str]); 6] = [
        (
            "Anthropic",
            &[
                r#"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"todo_move","input":{}}}"#,
                r#"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"id\":"}}"#,
                r#"{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"input_tokens":30,"output_tokens":12}}"#,
                r#"{"type":"message_stop"}"#,
            ],
        ),
        (
            "OpenAI chat",
            &[
                r#"{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"todo_move","arguments":"{\"id\":"}}]}}]}"#,
                r#"{"choices":[{"index":0,"delta":{},"finish_reason":"length"}],"usage":{"prompt_tokens":30,"completion_tokens":12}}"#,
                "[DONE]",
            ],
        ),
        (
            "OpenAI chat",
            &[
                r#"{"usage":{"prompt_tokens":30,"completion_tokens":12}}"#,
                r#"{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"length"}]}"#,
                "[DONE]",
            ],
        ),
        (
            "OpenAI Responses",
            &[
                r#"{"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","call_id":"c","name":"todo_move","arguments":"{\"id\":","status":"incomplete"}}"#,
                r#"{"type":"response.incomplete","response":{"id":"r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"usage":{"input_tokens":30,"output_tokens":12}}}"#,
            ],
        ),
        (
            "Gemini",
            &[
                r#"{"candidates":[{"content":{"parts":[]},"finishReason":"MAX_TOKENS"}],"usageMetadata":{"promptTokenCount":30,"candidatesTokenCount":12}}"#,
            ],
        ),
        (
            "Ollama",
            &[
                r#"{"message":{"role":"assistant","content":""},"done":true,"done_reason":"length","prompt_eval_count":30,"eval_count":12}"#,
            ],
        ),
    ];
    for (name, frames) in cases {
        let told = hear_frames(&family(name), frames).await;
        assert_eq!(told.len(), 2, "{name}: {told:?}");
        // It was paid for all the same.
        assert_eq!(told[0], Ok(used(30, 12)), "{name}");
        assert_eq!(told[1].as_ref().unwrap_err().trouble, Trouble::Truncated, "{name}");
    }
}

#[tokio::test]
async fn a_model_that_declines_is_told_so() {
    let cases: [(&str, &[&str]); 7] = [
        ("Anthropic", &[r#"{"type":"message_delta","delta":{"stop_reason":"refusal"}}"#, r#"{"type":"message_stop"}"#]),
        ("OpenAI chat", &[r#"{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}"#, "[DONE]"]),
        (
            "OpenAI chat",
            &[
                r#"{"choices":[{"index":0,"delta":{"refusal":"I cannot."}}]}"#,
                r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
                "[DONE]",
            ],
        ),
        (
            "OpenAI Responses",
            &[
                r#"{"type":"response.refusal.delta","delta":"I cannot."}"#,
                r#"{"type":"response.completed","response":{"id":"r","status":"completed","output":[]}}"#,
            ],
        ),
        (
            "OpenAI Responses",
            &[r#"{"type":"response.incomplete","response":{"incomplete_details":{"reason":"content_filter"}}}"#],
        ),
        ("Gemini", &[r#"{"candidates":[{"finishReason":"SAFETY"}]}"#]),
        ("Gemini", &[r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}"#]),
    ];
    for (name, frames) in cases {
        let told = hear_frames(&family(name), frames).await;
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert_eq!(told[0].as_ref().unwrap_err().trouble, Trouble::Refused, "{name}");
    }
}

#[tokio::test]
async fn a_fault_that_a_server_tells_in_the_middle_ends_the_reply() {
    let cases = [
        (
            "Anthropic",
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            Trouble::Overloaded,
        ),
        ("OpenAI chat", r#"{"error":{"type":"server_error","message":"It broke"}}"#, Trouble::Upstream),
        (
            "OpenRouter",
            r#"{"error":{"code":429,"message":"Slow down"},"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}"#,
            Trouble::RateLimited,
        ),
        (
            "OpenAI Responses",
            r#"{"type":"error","code":"rate_limit_exceeded","message":"Slow down"}"#,
            Trouble::RateLimited,
        ),
        (
            "OpenAI Responses",
            r#"{"type":"response.failed","response":{"error":{"code":"server_error","message":"It broke"}}}"#,
            Trouble::Upstream,
        ),
        ("Gemini", r#"{"error":{"code":503,"message":"Busy","status":"UNAVAILABLE"}}"#, Trouble::Overloaded),
        ("Gemini", r#"{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}"#, Trouble::Upstream),
        ("Ollama", r#"{"error":"model runner has unexpectedly stopped"}"#, Trouble::Upstream),
    ];
    for (name, frame, trouble) in cases {
        let told = hear_frames(&family(name), &[frame]).await;
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert_eq!(told[0].as_ref().unwrap_err().trouble, trouble, "{name} {frame}");
    }
}

#[tokio::test]
async fn calls_of_odd_servers_keep_their_inputs() {
    let chat = family("compatible");
    let finish = r#"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#;
    let piece = |pieces: &str| format!(r#"{{"choices":[{{"delta":{{"tool_calls":[{pieces}]}}}}]}}"#);
    let cases = [
        // No index, an object instead of text.
        (
            r#"{"id":"a","function":{"name":"todo_move","arguments":{"id":"9"}}}"#,
            vec![call("todo.move", r#"{"id":"9"}"#)],
        ),
        // The same index for each call.
        (
            r#"{"index":0,"id":"a","function":{"name":"todo_move","arguments":"{\"id\":\"1\"}"}},{"index":0,"id":"b","function":{"name":"todo_move","arguments":"{\"id\":\"2\"}"}}"#,
            vec![call("todo.move", r#"{"id":"1"}"#), call("todo.move", r#"{"id":"2"}"#)],
        ),
        // The id and the name with each piece.
        (
            r#"{"index":0,"id":"a","function":{"name":"todo_move","arguments":"{\"id\""}},{"index":0,"id":"a","function":{"name":"todo_move","arguments":":\"1\"}"}}"#,
            vec![call("todo.move", r#"{"id":"1"}"#)],
        ),
        // An index that would fill the memory with empty calls.
        (
            r#"{"index":4294967295,"id":"a","function":{"name":"todo_move","arguments":"{}"}}"#,
            vec![call("todo.move", "{}")],
        ),
        // What the model wrote is passed on, also when it is no JSON.
        (
            r#"{"index":0,"id":"a","function":{"name":"todo_move","arguments":"{\"id\": nine}"}}"#,
            vec![call("todo.move", r#"{"id": nine}"#)],
        ),
    ];
    for (pieces, calls) in cases {
        let told = hear_frames(&chat, &[&piece(pieces), finish, "[DONE]"]).await;
        let expected: Told = calls.into_iter().chain([ModelEvent::Stop]).map(Ok).collect();
        assert_eq!(told, expected, "{pieces}");
    }
}

#[tokio::test]
async fn calls_that_nothing_closed_are_not_told() {
    let open = r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"todo_move","arguments":"{\"id\":"}}]}}]}"#;
    let told = hear_frames(&families::openai(), &[open, "[DONE]"]).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].as_ref().unwrap_err().trouble, Trouble::Upstream);

    let open = r#"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"todo_move","input":{}}}"#;
    let told = hear_frames(&families::anthropic(), &[open, r#"{"type":"message_stop"}"#]).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].as_ref().unwrap_err().trouble, Trouble::Upstream);
}

#[tokio::test]
async fn events_that_came_later_to_a_form_are_passed_over() {
    let told = hear_frames(
        &families::anthropic(),
        &[
            r#"{"type":"message_news","more":1}"#,
            r#"{"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","name":"web","input":{}}}"#,
            r#"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}}"#,
            r#"{"type":"content_block_stop","index":0}"#,
            r#"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"A"}}"#,
            r#"{"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{}}}"#,
            r#"{"type":"content_block_stop","index":1}"#,
            r#"{"type":"message_stop"}"#,
        ],
    )
    .await;
    assert_eq!(told, [Ok(text("A")), Ok(ModelEvent::Stop)]);
}
