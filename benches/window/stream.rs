//! A long answer that streams into a long conversation, in the real window: how far apart its frames are, and what it costs in
//! memory. The model is a server in this process that speaks at a steady pace.

use std::path::Path;
use std::time::Duration;

use contract::{ChatEvent, FeedBody, TurnStage, WorkspaceId};
use engine::{Engine, Options, Pace};
use futures::StreamExt;
use serde_json::{Value, json};
use sim::{Sim, Size};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{MissedTickBehavior, interval};

use crate::driver::{Driver, descendants};
use crate::figure::{percentile, tell};
use crate::{LOOK, account, model, open, tree};

/// Messages that are there before: half of them the person's.
const MESSAGES: usize = 2_000;
const TOKENS: usize = 10_000;
const A_SECOND: u64 = 200;
const LONGEST_MS: f64 = 50.0;
/// What the window may have more at the end of the answer than when a quarter of it was there.
const MORE_MB: f64 = 20.0;
/// About as many letters has a token.
const LETTERS: usize = 7;
const QUESTION: &str = "Tell me everything.";
const LAST_WORD: &str = "finis";
const PATIENCE: Duration = Duration::from_secs(TOKENS as u64 / A_SECOND * 3);

const FIELD: &str = "const field = document.querySelector('#chat-field'); field?.focus(); return Boolean(field);";
const RECORD_FRAMES: &str = "
    window.between = []; let last;
    const frame = (now) => {
        if (last !== undefined) window.between.push(now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";
/// Looking must cost no frame: `innerText` would lay the page out.
const LONGER_THAN: &str =
    "return ([...document.querySelectorAll('.reply')].at(-1)?.textContent.length ?? 0) > arguments[0];";
const TAKE_FRAMES: &str = "return window.between.splice(0);";
const OVER: &str =
    "return [...document.querySelectorAll('.reply')].at(-1)?.textContent.trim().endsWith(arguments[0]) ?? false;";

pub(crate) async fn measure() {
    let sim = Sim::start(sim::Options { size: Size::sample(), limit: None, ..sim::Options::default() }).await.unwrap();
    let data = TempDir::with_prefix("pmos-bench-").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(serve(line));
        }
    });
    talk(data.path(), &sim, &base).await;

    let (driver, _) = open(env!("CARGO_BIN_EXE_pm-os"), &[], data.path(), crate::ROWS_ARE_THERE).await;
    let client = driver.client();
    client.execute("location.hash = '#/chat';", Vec::new()).await.unwrap();
    until(&driver, FIELD, &[]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    client.execute(RECORD_FRAMES, Vec::new()).await.unwrap();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let still = frames(&driver).await;
    client.execute(FIELD, Vec::new()).await.unwrap();
    let field = client.active_element().await.unwrap();
    field.send_keys(QUESTION).await.unwrap();
    field.send_keys("\u{e007}").await.unwrap();
    until(&driver, LONGER_THAN, &[json!(TOKENS / 4 * LETTERS)]).await;
    let over = client.execute(OVER, vec![json!(LAST_WORD)]).await.unwrap();
    assert_eq!(over, Value::Bool(false), "the answer was shown at its end only: nothing was drawn while it came");
    let quarter = tree::megabytes(&descendants(driver.id()));
    until(&driver, OVER, &[json!(LAST_WORD)]).await;
    let streamed = frames(&driver).await;
    let whole = tree::megabytes(&descendants(driver.id()));
    driver.end().await;
    sim.stop().await;

    let longest = |between: &[f64]| percentile(between, 100);
    for (place, ms) in streamed.iter().enumerate().filter(|(_, ms)| **ms > LONGEST_MS) {
        eprintln!("    a frame of {ms:.0} ms, {:.1} s from the start", streamed[..place].iter().sum::<f64>() / 1000.0);
    }
    tell(
        &format!("A stream of {TOKENS} tokens, {A_SECOND} a second, after {MESSAGES} messages: the longest frame"),
        &format!("{LONGEST_MS} ms"),
        &format!(
            "{:.1} ms, 99 of 100 within {:.1} ms, of {} frames; at rest {:.1} ms",
            longest(&streamed),
            percentile(&streamed, 99),
            streamed.len(),
            longest(&still)
        ),
        Some(longest(&streamed) <= LONGEST_MS),
    );
    tell(
        "Memory of the whole process tree (PSS) at the end of that answer, beside a quarter of it",
        &format!("flat: at most {MORE_MB} MB more"),
        &format!("{whole:.0} MB, {quarter:.0} MB at a quarter"),
        Some(whole - quarter <= MORE_MB),
    );
}

/// A workspace with a model, and a conversation that has been going on for long.
async fn talk(data: &Path, sim: &Sim, base: &str) {
    let options = Options { pace: Pace::unhurried(), ..Options::new(data.to_owned()).without_schedule() };
    let engine = Engine::open(options).await.unwrap();
    let workspace = account::fetch(&engine, sim).await;
    let model = json!({ "vendor": "compatible", "model": "scripted", "base": base });
    let models = account::call(&engine, Some(workspace), "model.connect", model).await;
    let id = models["models"].as_array().unwrap().last().unwrap()["id"].clone();
    account::call(&engine, Some(workspace), "model.usual", json!({ "id": id })).await;
    let conversation = account::call(&engine, Some(workspace), "chat.start", json!({})).await["id"].clone();
    for at in 0..MESSAGES / 2 {
        turn(&engine, workspace, &conversation, at).await;
    }
    engine.close().await;
}

async fn turn(engine: &Engine, workspace: WorkspaceId, conversation: &Value, at: usize) {
    let mut feed = Box::pin(engine.attach(None, Some(workspace)));
    let said = json!({ "conversation": conversation, "text": format!("Question {at}?") });
    account::call(engine, Some(workspace), "chat.say", said).await;
    while let Some(event) = feed.next().await {
        if let FeedBody::Chat { event: ChatEvent::Stage { conversation, .. }, .. } = event.body
            && conversation.stage == TurnStage::Idle
        {
            return;
        }
    }
}

async fn frames(driver: &Driver) -> Vec<f64> {
    serde_json::from_value(driver.client().execute(TAKE_FRAMES, Vec::new()).await.unwrap()).unwrap()
}

/// Asks the page until it answers true; ten times a second, so that asking costs no frame.
async fn until(driver: &Driver, script: &str, arguments: &[Value]) {
    let begun = std::time::Instant::now();
    while driver.client().execute(script, arguments.to_vec()).await.unwrap() != Value::Bool(true) {
        if begun.elapsed() > PATIENCE {
            let shown = driver.client().execute("return document.body.innerText.slice(-2000);", Vec::new()).await;
            panic!("`{script}` did not come true; the window shows {shown:?}");
        }
        tokio::time::sleep(LOOK * 10).await;
    }
}

/// Answers one request: in a few words, or at length and at a steady pace.
async fn serve(mut line: TcpStream) {
    let Some(body) = model::request(&mut line).await else { return };
    let long = body["messages"].as_array().unwrap().last().is_some_and(|message| message["content"] == QUESTION);
    // Whoever no longer listens has gone on.
    let _ = line.write_all(model::HEAD.as_bytes()).await;
    if long {
        let mut pace = interval(Duration::from_millis(1000 / A_SECOND));
        pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
        for at in 0..TOKENS {
            pace.tick().await;
            if line.write_all(model::chunk(&json!({ "content": token(at) }), None).as_bytes()).await.is_err() {
                return;
            }
        }
    } else {
        let _ = line.write_all(model::chunk(&json!({ "content": "Yes." }), None).as_bytes()).await;
    }
    let _ = line.write_all(format!("{}data: [DONE]\n\n", model::chunk(&json!({}), Some("stop"))).as_bytes()).await;
}

/// Prose with headings, lists, code and a table in it, a word at a time.
fn token(at: usize) -> String {
    match at % 400 {
        _ if at + 1 == TOKENS => format!("\n\n{LAST_WORD}"),
        0 => format!("\n\n## Part {}\n\n", at / 400 + 1),
        100 | 200 | 300 => "\n\n".into(),
        near @ (310 | 320 | 330 | 340) => format!("\n- point {near} "),
        350 => "\n\n```rust\nlet answer = ".into(),
        360 => "42;\n```\n\n".into(),
        370 => "\n\n| day | hours |\n| --- | --- |\n| Monday | ".into(),
        380 => " |\n\n".into(),
        within if within % 25 == 0 => "**strong** ".into(),
        within => format!("word{within} "),
    }
}
