//! The assistant at work in the window, by keyboard alone: a question, a trace, half of a batch allowed, the board seen
//! changing, undo, a restart, and the record as it was.

use super::{Desk, drive};

const CARD: &str = "Gift cards in the basket";

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn a_conversation_by_keyboard_alone() {
    drive("chat", async |desk| {
        desk.open_sample().await;
        ask(desk).await;
        see_the_board_change(desk).await;
        allow_half_of_a_batch(desk).await;
        undo(desk).await;
        both_themes(desk).await;
        replay(desk).await;
    });
}

/// Says something: the field has the keyboard.
async fn say(desk: &mut Desk, text: &str) {
    desk.until("the field has the keyboard", "return document.activeElement?.id === 'chat-field';", &[]).await;
    desk.write(text).await;
    desk.keys("Enter").await;
}

/// Waits until there are so many answers, and nothing is under way.
async fn answered(desk: &mut Desk, count: u64) {
    let script =
        "return document.querySelectorAll('.reply').length >= arguments[0] && !document.querySelector('.ask');";
    desk.until("the assistant has answered", script, &[count.into()]).await;
}

async fn card(desk: &mut Desk, rows: u64) {
    let script = "return document.querySelectorAll('.ask .ask-row').length === arguments[0];";
    desk.until("a card waits", script, &[rows.into()]).await;
    has_the_keyboard(desk).await;
}

/// Keys that were meant for the field are not taken for a decision: the card listens a moment after it came.
async fn has_the_keyboard(desk: &mut Desk) {
    let script = "return document.querySelector('.ask.armed')?.contains(document.activeElement);";
    desk.until("the card has the keyboard", script, &[]).await;
}

async fn ask(desk: &mut Desk) {
    desk.keys("Control+j").await;
    desk.sees("css:#chat-field").await;
    desk.shot("chat-empty").await;
    say(desk, "What is overdue in the website project?").await;
    answered(desk, 1).await;
    desk.sees("css:.reply .md-link").await;
    desk.sees("css:.trace-line").await;
    desk.shot("chat-answer").await;
}

async fn see_the_board_change(desk: &mut Desk) {
    desk.click("Projects").await;
    desk.click("Website relaunch").await;
    desk.click("#tab-board").await;
    let shown = "return document.querySelector('.board')?.innerText.includes(arguments[0]);";
    desk.until("the board shows its cards", shown, &[CARD.into()]).await;
    let before = desk.text(".board").await;
    desk.keys("Control+j").await;
    say(desk, &format!("Move \"{CARD}\" to In review")).await;
    card(desk, 1).await;
    desk.shot("readme-chat").await;
    assert_eq!(desk.text(".board").await, before, "the board changed before it was allowed");
    desk.keys("Enter").await;
    desk.until(
        "the board changes",
        "return document.querySelector('.board').innerText !== arguments[0];",
        &[before.into()],
    )
    .await;
    answered(desk, 2).await;
    desk.until("the field has the keyboard again", "return document.activeElement?.id === 'chat-field';", &[]).await;
}

async fn allow_half_of_a_batch(desk: &mut Desk) {
    let wish = "Move everything I have due tomorrow to 2031-01-06";
    say(desk, wish).await;
    let many = "return document.querySelectorAll('.ask .ask-row').length >= 2;";
    desk.until("a card of several changes waits", many, &[]).await;
    has_the_keyboard(desk).await;
    let rows = desk.count(".ask .ask-row").await;
    // The second is not wanted.
    desk.keys("ArrowDown Space").await;
    desk.until("one row is off", "return document.querySelectorAll('.ask-row.off').length === 1;", &[]).await;
    desk.shot("chat-half").await;
    desk.keys("Enter").await;
    answered(desk, 3).await;
    desk.shot("chat-done").await;
    assert_eq!(desk.count(".trace-line.off").await, 1, "one was denied");
    assert!(desk.count(".trace-line").await > rows, "the trace shows every call");
}

async fn undo(desk: &mut Desk) {
    desk.until("the field has the keyboard again", "return document.activeElement?.id === 'chat-field';", &[]).await;
    say(desk, "Undo what you just did").await;
    desk.sees("css:.ask").await;
    has_the_keyboard(desk).await;
    desk.keys("Enter").await;
    answered(desk, 4).await;
    desk.shot("chat-undone").await;
}

async fn both_themes(desk: &mut Desk) {
    desk.click("Settings").await;
    desk.click("Dark").await;
    desk.until("the page is dark", "return document.documentElement.dataset.theme === 'dark';", &[]).await;
    desk.shot("assistant-settings-dark").await;
    desk.click("Assistant").await;
    desk.sees("css:.convo").await;
    desk.shot("chat-page-dark").await;
    desk.click("Settings").await;
    desk.click("Light").await;
    desk.until("the page is light", "return document.documentElement.dataset.theme === 'light';", &[]).await;
    desk.click("Assistant").await;
    desk.sees("css:.convo").await;
    desk.shot("chat-page").await;
}

/// The record of a run is there at the next start, as it was, without a model being asked.
async fn replay(desk: &mut Desk) {
    let told = "return [...document.querySelectorAll('.said, .reply')].map((part) => part.innerText).join('\\n');";
    let before = desk.ask(told, &[]).await;
    desk.close().await;
    desk.open().await;
    desk.sees("css:nav").await;
    desk.click("Assistant").await;
    desk.sees("css:.convo").await;
    let same = "return [...document.querySelectorAll('.said, .reply')].map((part) => part.innerText).join('\\n') === arguments[0];";
    desk.until("the record is as it was", same, &[before]).await;
    desk.shot("chat-replayed").await;
}
