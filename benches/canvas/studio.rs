//! Our own canvas, in the app's window on the app's own data.

use std::path::Path;

use fantoccini::{Client, Locator};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::hand::{Hand, Motion, Seen, ZOOMS, touched, until};
use crate::{Effort, Measured, REST};

/// The window in pixels: the pane is what the rail, the form and the chat leave of it.
pub(crate) const WINDOW: (u32, u32) = (1600, 1000);
/// Cards that the smaller automation never has.
const MANY: usize = 10;

const ROWS_ARE_THERE: &str = "return document.querySelectorAll('[data-row]').length > 0;";
/// Milliseconds from the route to the frame behind the one in which the cards are there.
const OPEN: &str = "
    const [hash, many, done] = arguments;
    const begun = performance.now();
    location.hash = hash;
    const look = () => document.querySelectorAll('.studio-cards > *').length > many
        ? requestAnimationFrame(() => done(performance.now() - begun)) : requestAnimationFrame(look);
    requestAnimationFrame(look);";
const PRESS: &str = "
    const [keys] = arguments;
    for (const [key, ctrlKey] of keys) document.querySelector('#studio-pane')
        .dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));";
const SKIP: &str = "document.querySelector('#studio-pane')
    .dispatchEvent(new KeyboardEvent('keydown', { key: 'e', ctrlKey: true, bubbles: true, cancelable: true }));";
const VIEW: &str = "
    const { a, e, f } = new DOMMatrix(getComputedStyle(document.querySelector('.studio-layer')).transform);
    return { x: e, y: f, zoom: a };";
const SIZE: &str = "const pane = document.querySelector('#studio-pane'); return [pane.clientWidth, pane.clientHeight];";
/// A card that is wholly in the pane, by its name.
const CARD: &str = "
    const pane = document.querySelector('#studio-pane').getBoundingClientRect();
    return [...document.querySelectorAll('.studio-cards > :not(.trigger)')].find((card) => {
        const { left, right, top, bottom } = card.getBoundingClientRect();
        return left > pane.left && right < pane.right && top > pane.top + 60 && bottom < pane.bottom - 200;
    })?.dataset.step ?? '';";

/// From where the canvas is looked at.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct View {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) zoom: f64,
}

/// How the pane was looked into, so that another one can be looked into alike.
pub(crate) struct Pane {
    pub(crate) size: [f64; 2],
    pub(crate) opening: View,
    /// Of each of [`ZOOMS`], and then of the edit.
    pub(crate) views: Vec<View>,
    /// The step that was edited.
    pub(crate) edited: String,
}

/// Measures the automation of the first id; the second one is open before.
pub(crate) async fn measure(data: &Path, [large, small]: [i64; 2], effort: Effort) -> (Measured, Pane) {
    let environment = [
        ("PMOS_DATA_DIR".to_owned(), data.display().to_string()),
        ("WEBKIT_DISABLE_DMABUF_RENDERER".to_owned(), "1".to_owned()),
    ];
    let driver = Driver::start_program(env!("CARGO_BIN_EXE_pm-os"), data, &[], &environment).await;
    let client = driver.client();
    client.set_window_rect(0, 0, WINDOW.0, WINDOW.1).await.unwrap();
    until(client, ROWS_ARE_THERE).await;
    let mut openings = Vec::new();
    // The first time everything is fetched and made.
    for round in 0..=effort.openings {
        client.execute(&format!("location.hash = '#/automations/{small}';"), Vec::new()).await.unwrap();
        let few = format!(
            "const cards = document.querySelectorAll('.studio-cards > *').length; return cards > 0 && cards < {MANY};"
        );
        until(client, &few).await;
        tokio::time::sleep(REST).await;
        let arguments = vec![json!(format!("#/automations/{large}")), json!(MANY)];
        let took = client.execute_async(OPEN, arguments).await.unwrap().as_f64().unwrap();
        eprintln!("    opened in {took:.0} ms");
        if round > 0 {
            openings.push(took);
        }
        tokio::time::sleep(REST).await;
    }
    let size = client.execute(SIZE, Vec::new()).await.unwrap();
    let mut pane = Pane {
        size: serde_json::from_value(size).unwrap(),
        opening: view(client).await,
        views: Vec::new(),
        edited: String::new(),
    };

    let hand = Hand { client, canvas: "#studio-pane", turn: 10.0 };
    let rest = hand.rest(effort.frames).await;
    let mut frames = Vec::new();
    for (zoom, keys) in ZOOMS.into_iter().zip(KEYS) {
        for motion in Motion::ALL {
            press(client, &json!([["f", false]])).await;
            press(client, &keys()).await;
            let seen_from = view(client).await;
            if motion == Motion::Pan {
                pane.views.push(seen_from);
            }
            let between = hand.moves(motion, effort.frames).await;
            eprintln!("    {zoom}, {motion:?}: p95 {:.1} ms", crate::percentile(&between, 95));
            frames.push(Seen { zoom, scale: seen_from.zoom, motion, frames: between });
        }
    }
    press(client, &json!([["0", true], ["Home", false]])).await;
    pane.views.push(view(client).await);
    pane.edited = client.execute(CARD, Vec::new()).await.unwrap().as_str().unwrap().to_owned();
    let card = format!("[data-step='{}']", pane.edited);
    client.find(Locator::Css(&card)).await.unwrap().click().await.unwrap();
    tokio::time::sleep(REST).await;
    let edit = touched(client, &card, ".studio-layer", SKIP).await;
    driver.end().await;
    (Measured { name: "Flow Studio", openings, rest, frames, edit }, pane)
}

/// The keys that lead from all in sight to each of [`ZOOMS`].
const KEYS: [fn() -> Value; 4] = [
    || json!([]),
    || json!([["0", true], ["-", true], ["-", true]]),
    || json!([["0", true], ["-", true]]),
    || json!([["0", true]]),
];

async fn press(client: &Client, keys: &Value) {
    client.execute(PRESS, vec![keys.clone()]).await.unwrap();
    tokio::time::sleep(REST).await;
}

async fn view(client: &Client) -> View {
    serde_json::from_value(client.execute(VIEW, Vec::new()).await.unwrap()).unwrap()
}
