//! The first thing that must be true: a window opens and shows the page.

use serde_json::Value;

use super::drive;

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn the_window_opens_and_shows_the_page() {
    drive("smoke", async |desk| {
        desk.open().await;
        desk.sees("css:main").await;
        let title = desk.ask("return document.title;", &[]).await;
        assert_eq!(title, Value::from("PM OS"));
        desk.shot("smoke").await;
    });
}

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn the_page_may_run_no_script_but_its_own() {
    drive("policy", async |desk| {
        desk.open().await;
        let script = "const script = document.createElement('script'); \
            script.textContent = 'window.intruder = true'; \
            document.body.append(script); return window.intruder === true;";
        assert_eq!(desk.ask(script, &[]).await, Value::Bool(false), "an inline script ran");
        let frozen = desk.ask("return Object.isFrozen(Object.prototype);", &[]).await;
        assert_eq!(frozen, Value::Bool(true), "the prototype of objects can be tampered with");
    });
}
