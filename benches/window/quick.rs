//! From the keys to the caret in the quick chat, with the keys pressed at the display as a keyboard does.

use fantoccini::{Client, wd::WindowHandle};
use serde_json::Value;
use sim::{Sim, Size};
use tempfile::TempDir;

use crate::figure::{median, percentile, tell};
use crate::keyboard::{Keyboard, QUICK};
use crate::{LOOK, PATIENCE, REST, ROWS_ARE_THERE, fill, open};

const TIMES: usize = 20;
const CARET_MS: f64 = 100.0;

/// Notes when the frame was over in which the window was there and its field had the caret. Frames come only while it shows.
const WATCH: &str = "
    window.caretSince = null;
    const look = () => document.visibilityState === 'visible' && document.activeElement?.matches('#chat-field, #quick-first')
        ? requestAnimationFrame(() => { window.caretSince = performance.timeOrigin + performance.now(); })
        : requestAnimationFrame(look);
    requestAnimationFrame(look);
    return performance.timeOrigin + performance.now();";
const CARET_SINCE: &str = "return window.caretSince;";
const TAKEN_OVER: &str =
    "return document.activeElement?.id === 'chat-field' && document.getElementById('quick-first') === null;";
const LET_GO: &str = "document.activeElement?.blur(); window.__TAURI__.core.invoke('quick_hide'); return true;";
const HIDDEN: &str = "return document.visibilityState === 'hidden';";

pub(crate) async fn measure() {
    let sim = Sim::start(sim::Options { size: Size::sample(), limit: None, ..sim::Options::default() }).await.unwrap();
    let data = TempDir::with_prefix("pmos-bench-").unwrap();
    fill(data.path(), &sim, "workspace.list").await;
    let (driver, _) = open(env!("CARGO_BIN_EXE_pm-os"), &[], data.path(), ROWS_ARE_THERE).await;
    let client = driver.client();
    let quick = quick_chat(client).await;
    client.switch_to_window(quick).await.unwrap();
    tokio::time::sleep(REST).await;
    let keyboard = Keyboard::open();
    let (mut first, mut took) = (0.0, Vec::new());
    for round in 0..=TIMES {
        until(client, HIDDEN, |answer| answer == &Value::Bool(true)).await;
        // The page's clock is asked at once before: what that takes counts against the app.
        let pressed = client.execute(WATCH, Vec::new()).await.unwrap().as_f64().unwrap();
        keyboard.press(&QUICK);
        let since = until(client, CARET_SINCE, Value::is_number).await.as_f64().unwrap();
        // The first of all brings the page's program, which the caret does not wait for; it is told by itself.
        if round == 0 {
            first = since - pressed;
            until(client, TAKEN_OVER, |answer| answer == &Value::Bool(true)).await;
            tokio::time::sleep(REST).await;
        } else {
            took.push(since - pressed);
        }
        client.execute(LET_GO, Vec::new()).await.unwrap();
    }
    driver.end().await;
    sim.stop().await;
    let half = median(&took);
    tell(
        &format!("From the keys to the caret in the quick chat, {TIMES} times"),
        &format!("half of them in {CARET_MS} ms"),
        &format!("half {half:.0} ms, worst {:.0} ms; the very first {first:.0} ms", percentile(&took, 100)),
        Some(half < CARET_MS),
    );
}

/// The window that is made beforehand, once it is.
async fn quick_chat(client: &Client) -> WindowHandle {
    let main = client.window().await.unwrap();
    let begun = std::time::Instant::now();
    loop {
        if let Some(other) = client.windows().await.unwrap().into_iter().find(|one| *one != main) {
            return other;
        }
        assert!(begun.elapsed() < PATIENCE, "the quick chat was never made");
        tokio::time::sleep(LOOK).await;
    }
}

async fn until(client: &Client, script: &str, is_wanted: impl Fn(&Value) -> bool) -> Value {
    let begun = std::time::Instant::now();
    loop {
        let answer = client.execute(script, Vec::new()).await.unwrap();
        if is_wanted(&answer) {
            return answer;
        }
        assert!(begun.elapsed() < PATIENCE, "{script} answered {answer} to the end");
        tokio::time::sleep(LOOK).await;
    }
}
