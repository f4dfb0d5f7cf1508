//! React Flow, in WebKit's own little browser, with a page that draws nothing else.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::driver::Driver;
use crate::hand::{Hand, Motion, Seen, ZOOMS, touched, until};
use crate::serve::serve;
use crate::studio::{Pane, View, WINDOW};
use crate::{Effort, Measured, REST};

/// Milliseconds from the data to the frame behind the one in which nodes are to be seen. The page is there already.
const OPEN: &str = "
    const [onlyVisible, done] = arguments;
    const begun = performance.now();
    window.show(window.graph, onlyVisible);
    const look = () => {
        const node = document.querySelector('.react-flow__node');
        node && getComputedStyle(node).visibility === 'visible'
            ? requestAnimationFrame(() => done(performance.now() - begun)) : requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";
const COUNT: &str = "return ['node', 'edge'].map((kind) => document.querySelectorAll(`.react-flow__${kind}`).length);";
const ZOOM: &str = "return window.flow.getZoom();";

/// Measures the graph in a pane that is looked into as ours was.
pub(crate) async fn measure(
    page: &Path,
    data: &Path,
    graph: &Value,
    pane: &Pane,
    only_visible: bool,
    effort: Effort,
) -> Measured {
    let name = if only_visible { "only what is visible" } else { "everything" };
    let address = serve(page).await;
    let browser = mini_browser().expect("MiniBrowser comes with WebKitGTK's driver");
    let environment = [("WEBKIT_DISABLE_DMABUF_RENDERER".to_owned(), "1".to_owned())];
    let driver = Driver::start_program(browser.to_str().unwrap(), data, &["--automation"], &environment).await;
    let client = driver.client();
    client.set_window_rect(0, 0, WINDOW.0, WINDOW.1).await.unwrap();
    client.goto(&address).await.unwrap();
    until(client, "return typeof window.show === 'function';").await;
    let inner = client.execute("return [innerWidth, innerHeight];", Vec::new()).await.unwrap();
    eprintln!("    React Flow, {name}: window of {inner}, pane of {:?}", pane.size);
    client.execute("window.graph = arguments[0];", vec![graph.clone()]).await.unwrap();
    let mut openings = Vec::new();
    for round in 0..=effort.openings {
        client.execute("window.clear();", Vec::new()).await.unwrap();
        tokio::time::sleep(REST).await;
        let took = client.execute_async(OPEN, vec![json!(only_visible)]).await.unwrap().as_f64().unwrap();
        eprintln!("    opened in {took:.0} ms");
        if round > 0 {
            openings.push(took);
        }
        tokio::time::sleep(REST).await;
    }
    until(client, "return Boolean(window.flow);").await;
    let hand = Hand { client, canvas: ".react-flow__pane", turn: 50.0 };
    let rest = hand.rest(effort.frames).await;
    let mut frames = Vec::new();
    for (zoom, view) in ZOOMS.into_iter().zip(&pane.views) {
        for motion in Motion::ALL {
            look(&driver, view).await;
            let drawn = client.execute(COUNT, Vec::new()).await.unwrap();
            let between = hand.moves(motion, effort.frames).await;
            let p95 = crate::percentile(&between, 95);
            eprintln!("    {zoom}, {motion:?}, {drawn} nodes and edges: p95 {p95:.1} ms");
            frames.push(Seen { zoom, scale: view.zoom, motion, frames: between });
        }
    }
    look(&driver, pane.views.last().unwrap()).await;
    let card = format!(".react-flow__node[data-id='{}']", pane.edited);
    let edit = format!("window.rename('{}', 'Another name');", pane.edited);
    let edit = touched(client, &card, ".react-flow__viewport", &edit).await;
    driver.end().await;
    Measured { name, openings, rest, frames, edit }
}

async fn look(driver: &Driver, View { x, y, zoom }: &View) {
    let view = json!({ "x": x, "y": y, "zoom": zoom });
    driver.client().execute("window.flow.setViewport(arguments[0]);", vec![view]).await.unwrap();
    tokio::time::sleep(REST).await;
    let is = driver.client().execute(ZOOM, Vec::new()).await.unwrap().as_f64().unwrap();
    assert!((is - zoom).abs() < 0.001, "React Flow is at another zoom: {is} for {zoom}");
}

/// WebKitGTK's own little browser, which its driver opens blank.
fn mini_browser() -> Option<PathBuf> {
    let libraries = std::fs::read_dir("/usr/lib").ok()?.flatten();
    let mut places = libraries.map(|folder| folder.path().join("webkit2gtk-4.1/MiniBrowser"));
    places.find(|place| place.is_file())
}
