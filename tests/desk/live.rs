//! A model that is connected in the window is read while it still speaks, and stopped in the middle of a sentence.

use super::{Desk, drive};
use crate::support::{Reply, Scripted};

const BEGUN: &str = "The first of three points is **the launch date**.\n\nThe second";

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn an_answer_is_read_while_it_comes() {
    drive("live", async |desk| {
        let model = Scripted::start(|_| Reply::Stalls(BEGUN.into())).await;
        desk.open().await;
        desk.sees("Open the sample workspace").await;
        desk.click("Open the sample workspace").await;
        desk.sees("Late and due").await;
        connect(desk, &model.base()).await;
        desk.sees("css:#chat-field").await;
        desk.click("css:.model").await;
        desk.click("Scripted").await;
        desk.click("#chat-field").await;
        desk.write("Which three points?").await;
        desk.keys("Enter").await;
        // The model says no more, and does not end either: what is on the screen came before the end.
        desk.sees("css:.reply.live .md strong").await;
        desk.sees("The second").await;
        desk.shot("live-reply").await;
        desk.keys("Escape").await;
        desk.sees("Cut short here").await;
        desk.sees("The second").await;
        desk.gone("css:.reply.live").await;
        desk.shot("live-stopped").await;
    });
}

/// Fills in the form as a person does. (The list of vendors is the system's own menu, which no driver opens.)
async fn connect(desk: &mut Desk, base: &str) {
    desk.click("Settings").await;
    // The list of models pushes the button down when it comes.
    desk.sees("Works without a key and without a network").await;
    desk.click("Connect a model").await;
    desk.sees("Who runs it").await;
    let choose = "const list = [...document.querySelectorAll('.dialog select')].find((list) => [...list.options].some((one) => one.value === 'compatible'));
        list.value = 'compatible'; list.dispatchEvent(new Event('change', { bubbles: true })); return true;";
    desk.ask(choose, &[]).await;
    desk.type_into("For example qwen3-32b", "scripted").await;
    desk.type_into("http://127.0.0.1:8080/v1", base).await;
    desk.type_into("As the model is called", "Scripted").await;
    desk.click("css:.dialog .button.primary").await;
    desk.gone("css:.dialog").await;
    desk.sees("Scripted").await;
}
