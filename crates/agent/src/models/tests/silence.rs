//! Servers that are not there, or say nothing more.

use std::sync::Arc;
use std::time::Duration;

use contract::Vendor;
use futures::StreamExt;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::server::{Answer, End, begun, serve};
use super::{fails, families, patience, remote, request, soon, text};
use crate::model::{Model, Trouble};
use crate::models::{Remote, RemoteOptions};

/// Longer than [`patience`] waits for anything, and shorter than the guards of the tests.
const AGES: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_server_that_is_not_there_cannot_be_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = fails(&remote(Vendor::Ollama, "qwen3", &url)).await;
    assert_eq!(error.trouble, Trouble::Unreachable);
    assert_eq!(error.message, "Nothing answers for Ollama on this machine. Start it, then ask again.");
}

#[tokio::test]
async fn a_name_that_nobody_has_cannot_be_found() {
    // This top-level name is kept free for such tests.
    let error = fails(&remote(Vendor::Compatible, "m", "https://nobody.invalid")).await;
    assert_eq!(error.trouble, Trouble::Unreachable);
    assert!(error.message.starts_with("nobody.invalid cannot be"), "{}", error.message);
}

#[tokio::test]
async fn a_server_that_never_answers_is_not_waited_for_without_end() {
    let asked = Arc::new(Notify::new());
    let heard = asked.clone();
    let server = serve(move |_| {
        heard.notify_one();
        Answer { bytes: Vec::new(), end: End::Silence }
    })
    .await;
    let model = remote(Vendor::Anthropic, "claude-x", &server.url);
    let age = async {
        asked.notified().await;
        tokio::time::pause();
        tokio::time::advance(AGES).await;
    };
    let (error, ()) = tokio::join!(fails(&model), age);
    assert_eq!(error.trouble, Trouble::Unreachable);
    assert_eq!(error.message, "Anthropic did not answer in time. Ask again, or choose another model.");
}

#[tokio::test]
async fn a_reply_that_stops_in_the_middle_is_cut_short() {
    for family in families::all() {
        let frames = family.frames[..5.min(family.frames.len() - 1)].concat();
        let server = serve(move |_| Answer { end: End::Silence, ..begun([frames.as_bytes()]) }).await;
        let model = remote(family.vendor, family.model, &server.url);
        let mut events = model.stream(request());
        assert_eq!(soon(events.next()).await, Some(Ok(text("Très "))), "{}", family.name);
        tokio::time::pause();
        tokio::time::advance(AGES).await;
        let told: Vec<_> = soon(events.collect()).await;
        tokio::time::resume();
        let error = told.last().unwrap().as_ref().unwrap_err();
        assert_eq!(error.trouble, Trouble::Truncated, "{}", family.name);
        assert!(error.message.contains("stopped"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_vendor_that_wants_a_key_is_not_asked_without_one() {
    for vendor in [Vendor::Anthropic, Vendor::Openai, Vendor::Gemini, Vendor::Openrouter] {
        let options = RemoteOptions { vendor, model: "m".to_owned(), base: None, key: None };
        let error = fails(&Remote::new(options, patience()).unwrap()).await;
        assert_eq!(error.trouble, Trouble::Key, "{vendor:?}");
        assert!(error.message.contains("wants a key"), "{}", error.message);
    }
}
