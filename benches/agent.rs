//! The assistant between the person and a model: what it adds before the first word, and how fast it calls tools. The model is a
//! server in this process that answers at once, so that all of the time is the app's own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    reason = "a bench speaks on the console and may fail aloud; it shares words with other benches"
)]

mod account;
mod figure;
mod model;

use std::time::{Duration, Instant};

use contract::{ChatEvent, FeedBody, TurnStage, WorkspaceId};
use engine::{Engine, Options};
use futures::StreamExt;
use serde_json::json;
use sim::{Sim, Size};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use figure::tell;

const ROUNDS: usize = 60;
const WARM_UP: usize = 5;
const REPLIES: usize = 10;
const CALLS: usize = 10;

#[tokio::main]
async fn main() {
    let sim = Sim::start(sim::Options { size: Size::sample(), ..sim::Options::default() }).await.unwrap();
    let folder = TempDir::new().unwrap();
    let options = Options::new(folder.path().to_owned()).without_schedule().without_keyring();
    let engine = Engine::open(options).await.unwrap();
    account::call(&engine, None, "vault.file", json!({ "passphrase": "for the bench only" })).await;
    let workspace = account::fetch(&engine, &sim).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(serve(line));
        }
    });
    let model = json!({ "vendor": "compatible", "model": "scripted", "base": base });
    let models = account::call(&engine, Some(workspace), "model.connect", model).await;
    let id = models["models"].as_array().unwrap().last().unwrap()["id"].clone();
    account::call(&engine, Some(workspace), "model.usual", json!({ "id": id })).await;

    let (mut direct, mut through) = (Vec::new(), Vec::new());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for round in 0..ROUNDS + WARM_UP {
        let (one, other) = (asked(&client, &base).await, said(&engine, workspace, "Hello?").await);
        if round >= WARM_UP {
            direct.push(one);
            through.push(other);
        }
    }
    let (direct, through) = (p95(direct), p95(through));
    let added = through.saturating_sub(direct);
    tell(
        "The model's first word: added to a direct request to the same server, 95 of 100",
        "5 ms",
        &format!("{:.1} ms ({:.1} of {:.1})", ms(added), ms(through), ms(direct)),
        Some(added <= Duration::from_millis(5)),
    );

    let begun = Instant::now();
    let calls = worked(&engine, workspace).await;
    let took = begun.elapsed();
    assert_eq!(calls, REPLIES * CALLS);
    tell(
        "A turn of 100 scripted calls of tools that read, each kept before it is done",
        "",
        &format!("{:.0} ms, {:.1} ms for each", ms(took), ms(took) / calls as f64),
        None,
    );
    engine.close().await;
    sim.stop().await;
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn p95(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() * 95 / 100]
}

/// How long a plain client waits for the first bytes of the answer.
async fn asked(client: &reqwest::Client, base: &str) -> Duration {
    let body = json!({ "model": "scripted", "stream": true, "messages": [{ "role": "user", "content": "Hello?" }] });
    let begun = Instant::now();
    let answer = client.post(format!("{base}/chat/completions")).json(&body).send().await.unwrap();
    let mut pieces = answer.bytes_stream();
    pieces.next().await.unwrap().unwrap();
    let took = begun.elapsed();
    while pieces.next().await.is_some() {}
    took
}

/// How long a person waits for the first word in a conversation.
async fn said(engine: &Engine, workspace: WorkspaceId, text: &str) -> Duration {
    let id = account::call(engine, Some(workspace), "chat.start", json!({})).await["id"].clone();
    let mut feed = Box::pin(engine.attach(None, Some(workspace)));
    let begun = Instant::now();
    account::call(engine, Some(workspace), "chat.say", json!({ "conversation": id, "text": text })).await;
    let took = loop {
        if let FeedBody::Chat { event: ChatEvent::Text { .. }, .. } = feed.next().await.unwrap().body {
            break begun.elapsed();
        }
    };
    rests(&mut feed).await;
    took
}

/// Until the turn is over.
async fn rests(feed: &mut (impl futures::Stream<Item = contract::FeedEvent> + Unpin)) {
    while let Some(event) = feed.next().await {
        if let FeedBody::Chat { event: ChatEvent::Stage { conversation, .. }, .. } = event.body
            && conversation.stage == TurnStage::Idle
        {
            return;
        }
    }
}

/// A turn in which the model calls tools again and again; how many calls were carried out.
async fn worked(engine: &Engine, workspace: WorkspaceId) -> usize {
    let id = account::call(engine, Some(workspace), "chat.start", json!({})).await["id"].clone();
    let mut feed = Box::pin(engine.attach(None, Some(workspace)));
    account::call(engine, Some(workspace), "chat.say", json!({ "conversation": id, "text": "Work!" })).await;
    rests(&mut feed).await;
    let view = account::call(engine, Some(workspace), "chat.show", json!({ "id": id, "limit": 1000 })).await;
    view["calls"].as_array().unwrap().iter().filter(|call| call["state"] == "returned").count()
}

/// Answers one request: a word; or, to “Work!”, calls until there were enough.
async fn serve(mut line: TcpStream) {
    let Some(body) = model::request(&mut line).await else { return };
    let messages = body["messages"].as_array().unwrap();
    let works = messages.iter().any(|message| message["role"] == "user" && message["content"] == "Work!");
    let replies = messages.iter().filter(|message| message["role"] == "assistant").count();
    let delta = if works && replies < REPLIES {
        let call = |index: usize| {
            let input = json!({ "limit": 1 + replies * CALLS + index }).to_string();
            json!({ "index": index, "id": format!("call_{index}"), "type": "function", "function": { "name": "task_find", "arguments": input } })
        };
        json!({ "tool_calls": (0..CALLS).map(call).collect::<Vec<_>>() })
    } else {
        json!({ "content": "Hello." })
    };
    let ending = if delta.get("tool_calls").is_some() { "tool_calls" } else { "stop" };
    let (head, end) = (model::HEAD, model::chunk(&json!({}), Some(ending)));
    let text = format!("{head}{}{end}data: [DONE]\n\n", model::chunk(&delta, None));
    // Whoever no longer listens has gone on.
    let _ = line.write_all(text.as_bytes()).await;
}
