//! What was done is kept as a recipe and done again; the assistant proposes a whole project that is edited on its card; its
//! settings are chosen. In the window.

use super::{Desk, drive};

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn what_was_done_is_done_again() {
    drive("again", async |desk| {
        desk.open().await;
        desk.sees("Open the sample workspace").await;
        desk.click("Open the sample workspace").await;
        desk.sees("Late and due").await;
        desk.sees("Fresh as of").await;
        plan_a_project(desk).await;
        keep_a_recipe(desk).await;
        run_it(desk).await;
        choose_settings(desk).await;
        draft(desk).await;
    });
}

/// A machine on which the assistant is quicker than the page: the new conversation is read only once its card waits.
const READ_LATE: &str = r#"const { fetch } = window;
    window.fetch = async (address, options) => {
        for (;;) {
            const answer = await fetch(address, options);
            if (!String(options?.body).includes('"chat.show"')) return answer;
            if (/state\W+asked/.test(await answer.clone().text())) {
                Object.assign(window, { fetch, wasReadLate: true });
                return answer;
            }
        }
    };"#;

/// Enter where the assistant's field has the keyboard.
async fn say(desk: &mut Desk, text: &str) {
    desk.until("the field has the keyboard", "return document.activeElement?.id === 'chat-field';", &[]).await;
    desk.write(text).await;
    desk.keys("Enter").await;
}

/// One card for the project and all that is in it; a list is renamed and another left out before it is allowed.
async fn plan_a_project(desk: &mut Desk) {
    desk.keys("Control+j").await;
    desk.sees("css:#chat-field").await;
    desk.ask(READ_LATE, &[]).await;
    say(desk, "Create a project for the spring campaign with three lists: Design, Content and Launch").await;
    let armed = "return document.querySelector('.ask.armed')?.contains(document.activeElement);";
    desk.until("the card has the keyboard", armed, &[]).await;
    assert_eq!(desk.ask("return window.wasReadLate;", &[]).await, true);
    assert_eq!(desk.count(".ask .ask-row").await, 1, "one card for the whole plan");
    desk.shot("plan-card").await;
    desk.keys("e").await;
    desk.sees("css:.ask-edit").await;
    desk.shot("plan-edit").await;
    let groups = desk.count(".ask-edit .ask-group").await;
    assert!(groups >= 3, "{groups}");
    desk.click("Leave out: List 2").await;
    let fewer = "return document.querySelectorAll('.ask-edit .ask-group').length === arguments[0];";
    desk.until("a list is left out", fewer, &[(groups - 1).into()]).await;
    desk.click("Show what it would do").await;
    desk.gone("css:.ask-edit").await;
    desk.sees("css:.ask .chip").await;
    desk.until("the card has the keyboard", armed, &[]).await;
    desk.keys("Enter").await;
    let answered = "return document.querySelectorAll('.reply').length >= 2 && !document.querySelector('.ask');";
    desk.until("the assistant has answered", answered, &[]).await;
    desk.shot("plan-done").await;
    let lists =
        "return [...document.querySelectorAll('.chat-body, .convo')].some((part) => part.innerText.includes('Launch'))
        && document.body.innerText.includes('Spring campaign');";
    desk.until("the project is there", lists, &[]).await;
}

async fn keep_a_recipe(desk: &mut Desk) {
    desk.click("History").await;
    desk.sees("Make a recipe…").await;
    desk.click("Make a recipe…").await;
    desk.sees("Choose what is to be done again.").await;
    desk.shot("recipe-choose").await;
    desk.until(
        "two entries are ticked",
        "const boxes = [...document.querySelectorAll('.entry .check[aria-checked=false]:not([disabled])')];
         if (document.querySelectorAll('.entry .check[aria-checked=true]').length >= 2) return true;
         boxes[0]?.click(); return false;",
        &[],
    )
    .await;
    desk.click("Keep as a recipe…").await;
    desk.sees("What it does").await;
    desk.type_into("Name", "Campaign lists").await;
    desk.shot("recipe-keep").await;
    desk.click("Keep it").await;
    desk.sees("Campaign lists").await;
    desk.shot("recipe-list").await;
}

async fn run_it(desk: &mut Desk) {
    desk.click("Run…").await;
    desk.click("Show what it would do").await;
    desk.sees("What it would do").await;
    desk.shot("recipe-run").await;
    desk.click("Run it").await;
    desk.gone("css:.dialog").await;
    desk.click("Done").await;
    desk.sees("css:.entry").await;
    desk.shot("recipe-ran").await;
}

/// A text with its sources, and the way from a sentence to where it comes from.
async fn draft(desk: &mut Desk) {
    desk.click("#chat-field").await;
    say(desk, "Draft a retrospective for the website relaunch").await;
    desk.sees("css:.draft .draft-mark").await;
    desk.until("nothing is under way", "return !document.querySelector('.reply.live');", &[]).await;
    desk.click("Assistant").await;
    desk.sees("css:.draft .draft-mark").await;
    desk.shot("draft").await;
    desk.click("css:.draft .draft-mark").await;
    desk.sees("css:.drawer-head").await;
}

async fn choose_settings(desk: &mut Desk) {
    desk.click("Settings").await;
    desk.sees("Working hours").await;
    desk.click("Each quarter hour").await;
    let chosen = "return document.querySelector('[aria-label=\"How soon\"] [aria-checked=true], [aria-label=\"How soon\"] .on')?.innerText === 'Each quarter hour';";
    desk.until("news come each quarter hour", chosen, &[]).await;
    desk.shot("settings-days").await;
}
