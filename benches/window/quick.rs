//! From the keys to the caret in the quick chat, with the keys pressed at the display as a keyboard does.

use fantoccini::{Client, wd::WindowHandle};
use serde_json::Value;
use sim::{Sim, Size};
use tempfile::TempDir;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keysym};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::figure::{median, percentile, tell};
use crate::{LOOK, PATIENCE, REST, ROWS_ARE_THERE, fill, open};

const TIMES: usize = 20;
const CARET_MS: f64 = 100.0;
/// Ctrl, Shift and the space bar, as the app has them unless somebody chose others.
const KEYS: [Keysym; 3] = [0xffe3, 0xffe1, 0x0020];

/// Notes when the frame was over in which the window was there and its field had the caret. Frames come only while it shows.
const WATCH: &str = "
    window.caretSince = null;
    const look = () => document.visibilityState === 'visible' && document.activeElement?.id === 'chat-field'
        ? requestAnimationFrame(() => { window.caretSince = performance.timeOrigin + performance.now(); })
        : requestAnimationFrame(look);
    requestAnimationFrame(look);
    return performance.timeOrigin + performance.now();";
const CARET_SINCE: &str = "return window.caretSince;";
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
    let mut took = Vec::new();
    for round in 0..=TIMES {
        until(client, HIDDEN, |answer| answer == &Value::Bool(true)).await;
        // The page's clock is asked at once before: what that takes counts against the app.
        let pressed = client.execute(WATCH, Vec::new()).await.unwrap().as_f64().unwrap();
        keyboard.press(&KEYS);
        let since = until(client, CARET_SINCE, Value::is_number).await.as_f64().unwrap();
        // The first of all warms up.
        if round > 0 {
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
        &format!("half {half:.0} ms, worst {:.0} ms", percentile(&took, 100)),
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

/// Presses keys at the display, which tells whoever asked for them.
struct Keyboard {
    display: RustConnection,
    codes: Vec<(u8, Vec<Keysym>)>,
}

impl Keyboard {
    fn open() -> Self {
        let (display, _) = x11rb::connect(None).expect("a bench of the window has a display");
        let (first, last) = (display.setup().min_keycode, display.setup().max_keycode);
        let mapping = display.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
        let each = usize::from(mapping.keysyms_per_keycode);
        let codes = (first..=last).zip(mapping.keysyms.chunks(each).map(<[Keysym]>::to_vec)).collect();
        Self { display, codes }
    }

    /// All down in this order, and up in the other.
    fn press(&self, keys: &[Keysym]) {
        let code = |key: &Keysym| self.codes.iter().find(|(_, keysyms)| keysyms.contains(key)).expect("no such key").0;
        let down = keys.iter().map(|key| (KEY_PRESS_EVENT, code(key)));
        let up = keys.iter().rev().map(|key| (KEY_RELEASE_EVENT, code(key)));
        for (kind, code) in down.chain(up) {
            self.display.xtest_fake_input(kind, code, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0).unwrap();
        }
        self.display.flush().unwrap();
    }
}
