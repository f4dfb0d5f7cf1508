//! The quick chat: another window over the first, asked and left by keyboard alone, and gone on with in the main one.

use fantoccini::wd::WindowHandle;
use serde_json::Value;

use super::keyboard::{Keyboard, QUICK};
use super::{Desk, LOOKS, PAUSE, drive};

/// What the keys from anywhere do, which no driver can press outside the window.
pub(super) const SUMMON: &str = "window.__TAURI__.core.invoke('quick_show'); return true;";
/// What hides the window is done by the page itself, once its answer is out: a key or a click by the driver is over when the
/// window has heard all of it, and a hidden one may never.
pub(super) const ESCAPE: &str =
    "const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    setTimeout(() => document.activeElement.dispatchEvent(key)); return true;";
const FIRST: &str = "return document.getElementById('quick-first') !== null;";
const QUICKER: &str = "const field = document.getElementById('quick-first');
    field.value = 'What is overdue?';
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    return field.readOnly;";
const GO_ON: &str =
    "const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes('Go on in PM OS'));
    setTimeout(() => button.click()); return true;";
/// The window is shown, and one can type.
pub(super) const CARET: &str =
    "return document.visibilityState === 'visible' && !!document.activeElement?.matches('#chat-field, #quick-first');";
/// The program has taken the first field over.
pub(super) const TAKEN_OVER: &str =
    "return document.activeElement?.id === 'chat-field' && document.getElementById('quick-first') === null;";
/// The window is hidden.
pub(super) const HIDDEN: &str = "return document.visibilityState === 'hidden';";

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn a_question_from_anywhere() {
    drive("quick", async |desk| {
        let keyboard = Keyboard::open();
        keys_come_free(desk, &keyboard).await;
        desk.click("Open the sample workspace").await;
        desk.sees("Late and due").await;
        desk.sees("Fresh as of").await;
        let (main, quick) = windows(desk).await;

        // Somebody is quicker than the program: what stands in the field before it, with Enter pressed, is asked all the same.
        to(desk, &quick).await;
        desk.until("the first field is there", FIRST, &[]).await;
        desk.ask(QUICKER, &[]).await;
        // From anywhere: pressed at the display.
        keyboard.press(&QUICK);
        desk.until("the caret stands in the field", CARET, &[]).await;
        let answered = "return document.querySelector('.quick').innerText.includes(arguments[0]) \
            && document.querySelectorAll('.quick .reply').length >= arguments[1] \
            && !document.querySelector('.quick .chat-work');";
        desk.until("the answer came", answered, &["What is overdue?".into(), 1.into()]).await;
        desk.until("the program is there", TAKEN_OVER, &[]).await;
        desk.write("What is due today?").await;
        desk.keys("Enter").await;
        desk.until("the second answer came", answered, &["What is due today?".into(), 2.into()]).await;
        desk.shot("quick").await;

        desk.write("half a thought").await;
        desk.ask(ESCAPE, &[]).await;
        desk.until("Esc hides it", HIDDEN, &[]).await;
        to(desk, &main).await;
        desk.ask(SUMMON, &[]).await;
        to(desk, &quick).await;
        desk.until("the caret is back", CARET, &[]).await;
        let kept = desk.ask("return document.getElementById('chat-field').value;", &[]).await;
        assert_eq!(kept, Value::from("half a thought"), "what was being written is kept");

        desk.ask(GO_ON, &[]).await;
        to(desk, &main).await;
        let shown =
            "return location.hash.startsWith('#/assistant/') && document.querySelectorAll('.reply').length > 0;";
        desk.until("the main window shows the conversation", shown, &[]).await;
        let refused = "const done = arguments[0]; \
            window.__TAURI__.core.invoke('quick_hide').then(() => done('done'), () => done('refused'));";
        let refused = desk.client().execute_async(refused, Vec::new()).await.unwrap();
        assert_eq!(refused, Value::from("refused"), "the main window may not do what the quick chat does");
    });
}

/// The app starts while another program has its keys, and has them once they are free.
async fn keys_come_free(desk: &mut Desk, keyboard: &Keyboard) {
    // The app of the story before may still be ending.
    for look in 1.. {
        if keyboard.hold(true) {
            break;
        }
        assert!(look < LOOKS, "somebody keeps the keys");
        tokio::time::sleep(PAUSE).await;
    }
    desk.open().await;
    fault_is(desk, "Another program has these keys").await;
    assert!(keyboard.hold(false));
    fault_is(desk, "").await;
}

/// Waits until the settings say this of the keys, or nothing.
async fn fault_is(desk: &Desk, part: &str) {
    let mut why = String::new();
    for _ in 0..LOOKS {
        why = shortcut_fault(desk).await;
        if why.contains(part) && why.is_empty() == part.is_empty() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("the settings never said “{part}” of the keys; the last was “{why}”");
}

/// Why the keys do nothing, as the settings say it.
async fn shortcut_fault(desk: &Desk) -> String {
    let asks = "const done = arguments[0];
        window.__TAURI__.core.invoke('desktop_show').then(({ shortcut_fault }) => done(shortcut_fault), (why) => done(String(why)));";
    let answer = desk.client().execute_async(asks, Vec::new()).await.unwrap();
    answer.as_str().unwrap().to_owned()
}

/// The main window, where the story begins, and the other one, once it was made.
pub(super) async fn windows(desk: &mut Desk) -> (WindowHandle, WindowHandle) {
    let main = desk.client().window().await.unwrap();
    for _ in 0..LOOKS {
        let all = desk.client().windows().await.unwrap();
        if let Some(other) = all.into_iter().find(|one| *one != main) {
            return (main, other);
        }
        tokio::time::sleep(PAUSE).await;
    }
    panic!("the quick chat was never made");
}

/// From here on, the driver speaks with this window.
pub(super) async fn to(desk: &mut Desk, window: &WindowHandle) {
    desk.client().switch_to_window(window.clone()).await.unwrap();
}
