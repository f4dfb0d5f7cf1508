//! A list of more than 5,000 rows, scrolled as fast as a wheel does, in the real window: how many frames it gives in a second,
//! beside how many the display gives to a page that does nothing.

use std::time::Duration;

use contract::Directory;
use serde_json::{Value, json};
use sim::{Sim, Size};
use tempfile::TempDir;

use crate::figure::{percentile, tell};
use crate::{LOOK, driver, fill, open};

/// All in one project, so that its list is long enough.
const SIZE: Size = Size { projects: 1, recordings: 26_000 };
const ROWS: u64 = 5_000;
/// What a person sees as smooth, in frames a second.
const SMOOTH: f64 = 60.0;
const FRAMES: usize = 600;

const ROWS_OF_LIST: &str =
    "return Number(document.querySelector('.outline .vlist')?.getAttribute('aria-rowcount') ?? 0);";
const SHOW_COMPLETED: &str =
    "const button = [...document.querySelectorAll('button.toggle')].find((button) => button.textContent.includes('completed'));
     button?.click(); return Boolean(button);";
/// Milliseconds between frames, while each frame scrolls by `step` pixels: down to the end, and up again.
const SCROLL: &str = "
    const [frames, step, done] = arguments;
    const list = document.querySelector('.outline .vlist');
    const between = []; let last, way = step;
    const frame = (now) => {
        if (last !== undefined) between.push(now - last);
        last = now;
        if (step && (list.scrollTop + list.clientHeight >= list.scrollHeight - 1)) way = -step;
        if (step && list.scrollTop === 0) way = step;
        list.scrollTop += way;
        between.length < frames ? requestAnimationFrame(frame) : done(between);
    };
    requestAnimationFrame(frame);";

/// Rows that a quick turn of a wheel passes in a frame, in pixels.
const STEP: u32 = 120;

pub(crate) async fn measure() {
    let sim = Sim::start(sim::Options { size: SIZE, limit: None, ..sim::Options::default() }).await.unwrap();
    let data = TempDir::with_prefix("pmos-bench-").unwrap();
    let directory = fill(data.path(), &sim, "directory.show").await;
    let directory: Directory = serde_json::from_value(directory).unwrap();
    let project = directory.projects.iter().max_by_key(|row| row.open + row.done).unwrap().project.id;

    let (driver, _) = open(env!("CARGO_BIN_EXE_pm-os"), &[], data.path(), crate::ROWS_ARE_THERE).await;
    let client = driver.client();
    let go = format!("location.hash = '#/project/{project}/todos';");
    client.execute(&go, Vec::new()).await.unwrap();
    until(&driver, SHOW_COMPLETED, |found| found == Value::Bool(true)).await;
    let rows = until(&driver, ROWS_OF_LIST, |rows| rows.as_u64().is_some_and(|rows| rows >= ROWS)).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let still = frames(&driver, 0).await;
    let scrolled = frames(&driver, STEP).await;
    driver.end().await;
    sim.stop().await;

    let a_second = |between: &[f64]| between.len() as f64 * 1000.0 / between.iter().sum::<f64>();
    let (rest, fast) = (a_second(&still), a_second(&scrolled));
    tell(
        &format!("Scrolling {rows} rows, {STEP} pixels a frame"),
        &format!("{SMOOTH} frames a second"),
        &format!("{fast:.1} frames a second, 95 of 100 within {:.1} ms; at rest {rest:.1}", percentile(&scrolled, 95)),
        Some(fast >= SMOOTH),
    );
}

async fn frames(driver: &driver::Driver, step: u32) -> Vec<f64> {
    let answer = driver.client().execute_async(SCROLL, vec![json!(FRAMES), json!(step)]).await.unwrap();
    serde_json::from_value(answer).unwrap()
}

/// Asks the page until the answer will do.
async fn until(driver: &driver::Driver, script: &str, will_do: impl Fn(Value) -> bool) -> Value {
    let begun = std::time::Instant::now();
    loop {
        let answer = driver.client().execute(script, Vec::new()).await.unwrap();
        if will_do(answer.clone()) {
            return answer;
        }
        if begun.elapsed() > crate::PATIENCE {
            let shown = driver.client().execute("return document.body.innerText;", Vec::new()).await;
            panic!("the list did not come: {answer}; the window shows {shown:?}");
        }
        tokio::time::sleep(LOOK).await;
    }
}
