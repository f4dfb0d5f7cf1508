//! What goes wrong before a reply begins, and how it is told.

use std::time::Duration;

use contract::Vendor;

use super::server::{Answer, End, Piece, serve, status};
use super::{KEY, Key, fails, patience, remote, remote_with};
use crate::model::{ModelError, Trouble};

async fn answered(vendor: Vendor, line: &'static str, headers: &'static str, body: &str) -> ModelError {
    let body = body.to_owned();
    let server = serve(move |_| status(line, headers, &body)).await;
    let model = match vendor {
        Vendor::Openai => "gpt-4.1",
        Vendor::Anthropic | Vendor::Gemini | Vendor::Ollama | Vendor::Openrouter | Vendor::Compatible => "some-model",
    };
    fails(&remote(vendor, model, &server.url)).await
}

#[tokio::test]
async fn each_answer_is_of_its_sort() {
    use Trouble::{Credit, Key, NoModel, Overloaded, RateLimited, Refused, TooLong, Upstream};
    use Vendor::{Anthropic, Compatible, Gemini, Ollama, Openai, Openrouter};
    let cases = [
        (
            Anthropic,
            "401 Unauthorized",
            r#"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#,
            Key,
        ),
        (
            Anthropic,
            "403 Forbidden",
            r#"{"type":"error","error":{"type":"permission_error","message":"Not allowed"}}"#,
            Key,
        ),
        (
            Gemini,
            "400 Bad Request",
            r#"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}"#,
            Key,
        ),
        (Openrouter, "402 Payment Required", r#"{"error":{"code":402,"message":"Insufficient credits"}}"#, Credit),
        (
            Openai,
            "429 Too Many Requests",
            r#"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"#,
            Credit,
        ),
        (
            Anthropic,
            "400 Bad Request",
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}"#,
            Credit,
        ),
        (
            Openai,
            "404 Not Found",
            r#"{"error":{"message":"The model does not exist","type":"invalid_request_error","code":"model_not_found"}}"#,
            NoModel,
        ),
        (Ollama, "404 Not Found", r#"{"error":"model \"some-model\" not found, try pulling it first"}"#, NoModel),
        (
            Openrouter,
            "400 Bad Request",
            r#"{"error":{"code":400,"message":"some-model is not a valid model ID"}}"#,
            NoModel,
        ),
        (
            Gemini,
            "429 Too Many Requests",
            r#"[{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details","status":"RESOURCE_EXHAUSTED"}}]"#,
            RateLimited,
        ),
        (
            Anthropic,
            "529 Overloaded",
            r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
            Overloaded,
        ),
        (
            Gemini,
            "503 Service Unavailable",
            r#"{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}"#,
            Overloaded,
        ),
        (
            Anthropic,
            "413 Payload Too Large",
            r#"{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}"#,
            TooLong,
        ),
        (
            Anthropic,
            "400 Bad Request",
            r#"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 201000 tokens > 200000 maximum"}}"#,
            TooLong,
        ),
        (
            Openai,
            "400 Bad Request",
            r#"{"error":{"message":"This model's maximum context length is 128000 tokens","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
            TooLong,
        ),
        (Openrouter, "403 Forbidden", r#"{"error":{"code":403,"message":"Your input was flagged"}}"#, Refused),
        (
            Openai,
            "400 Bad Request",
            r#"{"error":{"message":"Unknown parameter","type":"invalid_request_error","code":null}}"#,
            Refused,
        ),
        (Compatible, "422 Unprocessable Entity", r#"{"detail":[{"msg":"field required"}]}"#, Refused),
        (Compatible, "500 Internal Server Error", "<html><body>It broke</body></html>", Upstream),
        (Compatible, "502 Bad Gateway", "", Upstream),
        (Openai, "408 Request Timeout", "{}", Upstream),
    ];
    for (vendor, line, body, trouble) in cases {
        let error = answered(vendor, line, "Content-Type: application/json\r\n", body).await;
        assert_eq!(error.trouble, trouble, "{vendor:?} {line}: {}", error.message);
        assert_eq!(error.retry_after, None, "{line}");
        assert!(error.message.len() > 40 && error.message.contains(". "), "{}", error.message);
        assert!(!error.message.contains(['{', '<', '\n']), "{}", error.message);
    }
}

#[tokio::test]
async fn the_server_s_own_words_are_told_and_its_pages_are_not() {
    let error =
        answered(Vendor::Anthropic, "400 Bad Request", "", r#"{"error":{"message":"tools.0:\n name is too long"}}"#)
            .await;
    assert_eq!(
        error.message,
        "Anthropic did not accept the request. Choose another model, or begin a new conversation. \
         It says: “tools.0: name is too long”"
    );
    let error = answered(Vendor::Anthropic, "500 Internal Server Error", "", "<html>\n<h1>500</h1>").await;
    assert_eq!(error.message, "Anthropic has a fault of its own. Ask again in a minute, or choose another model.");
    let long = format!(r#"{{"error":{{"message":"{}"}}}}"#, "word ".repeat(400));
    let error = answered(Vendor::Anthropic, "500 Internal Server Error", "", &long).await;
    let words = error.message.split_once('“').unwrap().1;
    assert_eq!(words.chars().count(), 201, "{words}");
}

#[tokio::test]
async fn no_key_is_ever_told() {
    let begun = format!("Incorrect API key provided: {KEY}. You can find yours at https://example.com/keys.");
    let texts = [
        begun,
        format!("Bad header: Bearer {KEY}"),
        "Incorrect API key provided: sk-proj-********wxyz.".to_owned(),
        "The key \"sk-other-key-of-someone\" is not known".to_owned(),
        "token=A1b2C3d4E5f6G7h8I9j0K1 is expired".to_owned(),
        "AIzaSyA-someone_elses has no rights".to_owned(),
    ];
    for text in texts {
        let body = serde_json::json!({ "error": { "message": text } }).to_string();
        for vendor in [Vendor::Anthropic, Vendor::Openai, Vendor::Gemini] {
            let error = answered(vendor, "401 Unauthorized", "", &body).await;
            assert_eq!(error.trouble, Trouble::Key);
            for secret in [KEY, "sk-", "wxyz", "A1b2C3", "AIza"] {
                assert!(!error.message.contains(secret), "{}", error.message);
            }
            assert!(error.message.contains("It says: “"), "{}", error.message);
        }
        let body = text.clone();
        let error = answered(Vendor::Openai, "500 Internal Server Error", "", &body).await;
        assert!(!error.message.contains(KEY), "{}", error.message);
    }
}

#[tokio::test]
async fn a_key_that_looks_like_a_word_is_not_told_either() {
    let server = serve(|_| status("401 Unauthorized", "", "The password open-sesame, is wrong")).await;
    let model = remote_with(Vendor::Compatible, "m", &server.url, Key::new("open-sesame"), patience());
    let error = fails(&model).await;
    assert!(error.message.ends_with("It says: “The password …, is wrong”"), "{}", error.message);
}

#[tokio::test]
async fn the_wait_that_a_server_asks_for_is_kept() {
    let cases = [
        ("Retry-After: 17\r\n", Some(Duration::from_secs(17))),
        ("Retry-After: 1.5\r\n", Some(Duration::from_millis(1_500))),
        ("retry-after-ms: 250\r\nRetry-After: 1\r\n", Some(Duration::from_millis(250))),
        // By the server's own clock.
        (
            "Date: Sat, 21 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 10:00:20 GMT\r\n",
            Some(Duration::from_secs(20)),
        ),
        // By ours, which stands at the beginning of 1970.
        ("Retry-After: Thu, 01 Jan 1970 00:00:30 GMT\r\n", Some(Duration::from_secs(30))),
        ("Date: Sat, 21 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 09:00:00 GMT\r\n", Some(Duration::ZERO)),
        ("Retry-After: soon\r\n", None),
        ("Retry-After: -5\r\n", None),
        ("", None),
    ];
    for (headers, wait) in cases {
        let error =
            answered(Vendor::Openai, "429 Too Many Requests", headers, r#"{"error":{"message":"Slow down"}}"#).await;
        assert_eq!(error.trouble, Trouble::RateLimited, "{headers}");
        assert_eq!(error.retry_after, wait, "{headers}");
    }
    let body = r#"{"error":{"code":429,"message":"Slow down","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.07s"}]}}"#;
    let error = answered(Vendor::Gemini, "429 Too Many Requests", "", body).await;
    assert_eq!(error.retry_after, Some(Duration::from_millis(34_070)));
    assert!(error.message.contains("34 seconds"), "{}", error.message);
}

#[tokio::test]
async fn a_long_error_is_cut_and_never_in_the_middle_of_a_key() {
    // The key stands where the words are cut.
    let words = format!("{}{KEY} {}", "word ".repeat(38), "more ".repeat(200_000));
    for body in [words.clone(), serde_json::json!({ "error": { "message": words } }).to_string()] {
        assert!(body.len() > 1_000_000);
        let error = answered(Vendor::Openai, "500 Internal Server Error", "", &body).await;
        assert!(error.message.chars().count() < 400, "{}", error.message);
        assert!(error.message.contains("word … more"), "{}", error.message);
        assert!(!error.message.contains("sk-"), "{}", error.message);
    }
    let page = format!("<html>{}", "word ".repeat(300_000));
    let error = answered(Vendor::Openai, "500 Internal Server Error", "", &page).await;
    assert!(!error.message.contains("word"), "{}", error.message);
}

#[tokio::test]
async fn an_error_whose_words_break_off_is_told_by_its_status() {
    let server = serve(|_| {
        let head = b"HTTP/1.1 529 Overloaded\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"err".to_vec();
        Answer { bytes: vec![Piece::Bytes(head)], end: End::Close }
    })
    .await;
    let error = fails(&remote(Vendor::Anthropic, "claude-x", &server.url)).await;
    assert_eq!(error.trouble, Trouble::Overloaded);
    assert!(error.message.ends_with("choose another model."), "{}", error.message);
}
