//! What a hand does on a canvas in a web view, whoever draws it: turns of the wheel, one each frame, and looks at what comes of it.

use std::time::{Duration, Instant};

use fantoccini::Client;
use serde::Deserialize;
use serde_json::{Value, json};

/// All of it in sight.
pub(crate) const FIT: &str = "all in sight";
/// The zooms by what they are called.
pub(crate) const ZOOMS: [&str; 4] = [FIT, "half size", "three quarters", "full size"];

const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);
/// Pixels of a turn of the wheel that shifts.
const SHIFT: f64 = 40.0;

/// What the wheel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Motion {
    Pan,
    Zoom,
}

impl Motion {
    pub(crate) const ALL: [Self; 2] = [Self::Pan, Self::Zoom];

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Pan => "Panning",
            Self::Zoom => "Zooming",
        }
    }
}

/// The frames of one motion.
pub(crate) struct Seen {
    /// One of [`ZOOMS`].
    pub(crate) zoom: &'static str,
    /// The zoom as a number.
    pub(crate) scale: f64,
    pub(crate) motion: Motion,
    /// Milliseconds between them.
    pub(crate) frames: Vec<f64>,
}

/// How many elements and texts an edit of one step changed.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct Touched {
    /// In the step's card.
    pub(crate) inside: usize,
    /// Elsewhere on the canvas.
    pub(crate) outside: usize,
    /// Around the canvas: its bars, its form.
    pub(crate) around: usize,
}

/// Milliseconds between frames, with a turn of the wheel in each. It goes one way for a while, and back for twice as long.
const FRAMES: &str = "
    const [canvas, frames, step, zooms, half, done] = arguments;
    const pane = document.querySelector(canvas);
    const box = pane.getBoundingClientRect();
    const middle = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
    const between = []; let begun, last, turn = 0;
    const frame = (now) => {
        begun ??= now;
        if (last !== undefined) between.push(now - last);
        last = now;
        if (between.length >= frames || now - begun > 20000) return done(between);
        const by = Math.floor((turn++ + half) / (2 * half)) % 2 ? -step : step;
        if (step) pane.dispatchEvent(new WheelEvent('wheel', {
            bubbles: true, cancelable: true, ctrlKey: zooms, deltaX: zooms ? 0 : by, deltaY: by, ...middle,
        }));
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);";

/// Frames until a motion turns round: so many turns of the wheel make the graph 1.7 times as large.
const HALF_ZOOM: usize = 8;
/// So many shifts bring wholly other steps into sight.
const HALF_PAN: usize = 30;

/// The hand on one canvas.
pub(crate) struct Hand<'c> {
    pub(crate) client: &'c Client,
    /// The element that gets the events.
    pub(crate) canvas: &'static str,
    /// Pixels of a turn of the wheel that makes the graph a fifteenth larger.
    pub(crate) turn: f64,
}

impl Hand<'_> {
    /// Milliseconds between frames in which nothing happens.
    pub(crate) async fn rest(&self, frames: usize) -> Vec<f64> {
        self.turned(frames, 0.0, false, 1).await
    }

    /// Milliseconds between frames with a turn of the wheel in each.
    pub(crate) async fn moves(&self, motion: Motion, frames: usize) -> Vec<f64> {
        match motion {
            Motion::Pan => self.turned(frames, SHIFT, false, HALF_PAN).await,
            Motion::Zoom => self.turned(frames, self.turn, true, HALF_ZOOM).await,
        }
    }

    async fn turned(&self, frames: usize, step: f64, zooms: bool, half: usize) -> Vec<f64> {
        let arguments = vec![json!(self.canvas), json!(frames), json!(step), json!(zooms), json!(half)];
        let answer = self.client.execute_async(FRAMES, arguments).await.unwrap();
        serde_json::from_value(answer).unwrap()
    }
}

/// Makes an edit by a script and counts what it changes in the page until it has come to rest: in the element of `card`, in
/// that of `layer`, and around.
pub(crate) async fn touched(client: &Client, card: &str, layer: &str, edit: &str) -> Touched {
    let script = format!(
        "const [card, layer, done] = [...arguments].map((one) => one.call ? one : document.querySelector(one));
         const inside = new Set(), outside = new Set(), around = new Set();
         const sort = (records) => records.forEach(({{ target }}) =>
             (card.contains(target) ? inside : layer.contains(target) || !target.isConnected ? outside : around).add(target));
         const watch = new MutationObserver(sort);
         watch.observe(document.body, {{ subtree: true, childList: true, attributes: true, characterData: true }});
         {edit}
         setTimeout(() => {{
             sort(watch.takeRecords());
             watch.disconnect();
             done({{ inside: inside.size, outside: outside.size, around: around.size }});
         }}, 1500);"
    );
    let answer = client.execute_async(&script, vec![json!(card), json!(layer)]).await.unwrap();
    serde_json::from_value(answer).unwrap()
}

/// Asks the page until it answers true.
pub(crate) async fn until(client: &Client, script: &str) {
    let begun = Instant::now();
    while client.execute(script, Vec::new()).await.ok() != Some(Value::Bool(true)) {
        if begun.elapsed() > PATIENCE {
            let shown = client.execute("return document.body.innerText;", Vec::new()).await;
            panic!("`{script}` never came true; the window shows {shown:?}");
        }
        tokio::time::sleep(LOOK).await;
    }
}
