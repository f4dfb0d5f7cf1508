//! The first run by keyboard alone: the sample, the tour, the set-up with a step left for later, a kill in the middle of it, and
//! a real answer at its end; then integrations and settings in both themes.

use super::{Desk, drive};

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn a_first_run_by_keyboard_alone() {
    drive("first", async |desk| {
        sample_in_one_key(desk).await;
        the_tour(desk).await;
        set_up(desk).await;
        a_kill_in_the_middle(desk).await;
        to_an_answer(desk).await;
        integrations(desk).await;
        settings(desk).await;
    });
}

/// Waits until the focus is on a control with these words.
async fn on(desk: &mut Desk, words: &str) {
    let script = "return (document.activeElement?.innerText ?? '').trim().startsWith(arguments[0]) \
        || document.activeElement?.getAttribute('aria-label') === arguments[0];";
    desk.until(&format!("the keyboard is on `{words}`"), script, &[words.into()]).await;
}

/// Presses Tab until the focus is on a control with these words.
async fn tab_to(desk: &mut Desk, words: &str) {
    let script = "return (document.activeElement?.innerText ?? '').trim().startsWith(arguments[0]);";
    for _ in 0..80 {
        if desk.ask(script, &[words.into()]).await == true {
            return;
        }
        desk.keys("Tab").await;
    }
    panic!("`{words}` cannot be reached with Tab");
}

/// Chooses something in the palette.
async fn palette(desk: &mut Desk, words: &str) {
    desk.keys("Control+k").await;
    desk.sees("css:.palette-field").await;
    desk.write(words).await;
    desk.sees(words).await;
    desk.keys("Enter").await;
    desk.gone("css:.palette-field").await;
}

async fn sample_in_one_key(desk: &mut Desk) {
    desk.open().await;
    desk.sees("Open the sample workspace").await;
    desk.sees("css:.steps").await;
    desk.shot("first-start").await;
    tab_to(desk, "Open the sample workspace").await;
    desk.keys("Enter").await;
    desk.sees("Late and due").await;
    desk.sees("Finish set-up").await;
    desk.sees("First time here?").await;
    desk.shot("first-sample").await;
}

async fn the_tour(desk: &mut Desk) {
    tab_to(desk, "Show me").await;
    desk.keys("Enter").await;
    desk.sees("Today is what is late").await;
    on(desk, "Next").await;
    desk.shot("first-tour-1").await;
    desk.keys("Enter").await;
    desk.sees("Everything is a few letters away").await;
    on(desk, "Next").await;
    desk.keys("Enter").await;
    desk.sees("Ask, or say what should happen").await;
    desk.shot("first-tour-3").await;
    // Left at any moment, and never offered again.
    desk.keys("Escape").await;
    desk.gone("css:.callout").await;
    desk.gone("First time here?").await;
}

async fn set_up(desk: &mut Desk) {
    palette(desk, "Go through the set-up").await;
    desk.sees("Where shall automations run?").await;
    desk.sees("The runner is ready").await;
    desk.shot("first-automations").await;
    tab_to(desk, "Use the built-in runner").await;
    desk.keys("Enter").await;
    desk.sees("Who shall answer in the chat?").await;
    desk.sees("It is part of the app").await;
    desk.shot("first-assistant").await;
}

async fn a_kill_in_the_middle(desk: &mut Desk) {
    desk.close().await;
    desk.open().await;
    desk.sees("Who shall answer in the chat?").await;
    tab_to(desk, "Use Built-in assistant").await;
    desk.keys("Enter").await;
    desk.sees("css:.setup-check.good").await;
    desk.until("all three answer", "return document.querySelectorAll('.setup-check.good').length === 3;", &[]).await;
    desk.shot("first-ready").await;
}

async fn to_an_answer(desk: &mut Desk) {
    tab_to(desk, "Start using chat").await;
    desk.keys("Enter").await;
    desk.until("the field has the keyboard", "return document.activeElement?.id === 'chat-field';", &[]).await;
    desk.write("What is overdue?").await;
    desk.keys("Enter").await;
    desk.sees("css:.reply").await;
    desk.gone("Finish set-up").await;
}

async fn integrations(desk: &mut Desk) {
    palette(desk, "Go to Integrations").await;
    desk.sees("css:.integrations-table").await;
    desk.sees("Sample company").await;
    desk.shot("integrations-light").await;
    palette(desk, "Use the dark theme").await;
    desk.shot("integrations-dark").await;
    tab_to(desk, "Test").await;
    desk.keys("Enter").await;
    desk.sees("css:.integration-trial .good").await;
}

async fn settings(desk: &mut Desk) {
    palette(desk, "Export everything as JSON").await;
    desk.sees("css:#settings-data").await;
    desk.until("the part has the keyboard", "return document.activeElement?.id === 'settings-data-title';", &[]).await;
    tab_to(desk, "Export").await;
    desk.keys("Enter").await;
    desk.sees("css:.settings-told").await;
    desk.shot("settings-data-dark").await;
    desk.type_into("Find a setting", "contrast").await;
    desk.until(
        "one part is left",
        "return document.querySelectorAll('.settings-part:not([hidden])').length === 1;",
        &[],
    )
    .await;
    desk.type_into("Find a setting", "").await;
    palette(desk, "Use higher contrast").await;
    desk.until("ink is darker", "return document.documentElement.dataset.contrast === 'higher';", &[]).await;
    palette(desk, "Use the light theme").await;
    palette(desk, "Settings: Appearance and days").await;
    desk.shot("settings-contrast-light").await;
    palette(desk, "Use the system's contrast").await;
    palette(desk, "Use larger text").await;
    desk.shot("settings-larger").await;
}
