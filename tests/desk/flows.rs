//! Automations in the window: one is built, set up, published and run by keyboard alone; another is drawn up by the assistant,
//! accepted, and tells in Slack of the first to-do that becomes overdue.

use serde_json::{Value, json};

use super::{Desk, drive};

/// What has the keyboard, as a screen reader calls it.
const NAME: &str = r#"
    const element = document.activeElement;
    const flat = (text) => (text ?? "").replace(/\s+/g, " ").trim();
    const by = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.innerText);
    return flat(element.getAttribute("aria-label")) || flat(by.join(" "))
        || flat([...(element.labels ?? [])].map((label) => label.innerText).join(" "))
        || flat(element.getAttribute("placeholder")) || flat(element.innerText);
"#;

/// More stops than any screen has.
const STOPS: u32 = 120;

const CANVAS: &str = "Flow. Arrows go from step to step";

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn a_flow_is_built_by_keyboard_alone() {
    drive("flow-keys", async |desk| {
        desk.open_sample().await;
        begin(desk).await;
        shout(desk).await;
        route(desk).await;
        tell_the_loud(desk).await;
        note_the_rest(desk).await;
        wait_at_the_end(desk).await;
        in_both_themes(desk, "flow-form").await;
        rehearse(desk).await;
        publish(desk).await;
        run(desk).await;
        list(desk).await;
        tables(desk).await;
    });
}

#[test]
#[ignore = "drives the real window: run `cargo xtask desk`"]
fn the_assistant_draws_up_a_flow_that_tells_of_what_is_overdue() {
    drive("flow-chat", async |desk| {
        desk.open_sample().await;
        draw_up(desk).await;
        accept(desk).await;
        publish(desk).await;
        be_late(desk).await;
    });
}

/// Presses Tab, or Shift+Tab, until what is called so has the keyboard.
async fn reach_by(desk: &mut Desk, key: &str, name: &str) {
    let mut passed = Vec::new();
    for _ in 0..STOPS {
        let here = desk.ask(NAME, &[]).await;
        let here = here.as_str().unwrap_or_default().to_owned();
        if here.starts_with(name) {
            return;
        }
        passed.push(here);
        desk.keys(key).await;
    }
    panic!("`{name}` cannot be reached by {key} from {passed:?}");
}

async fn reach(desk: &mut Desk, name: &str) {
    reach_by(desk, "Tab", name).await;
}

async fn to_the_canvas(desk: &mut Desk) {
    reach_by(desk, "Shift+Tab", CANVAS).await;
}

/// Waits until what a selector names has the keyboard.
async fn has_the_keyboard(desk: &mut Desk, css: &str) {
    let script = "return document.activeElement?.matches(arguments[0]) === true;";
    desk.until(&format!("`{css}` has the keyboard"), script, &[json!(css)]).await;
}

async fn form_shows(desk: &mut Desk, words: &str) {
    let script = "return document.querySelector('.step-form')?.innerText.includes(arguments[0]) === true;";
    desk.until(&format!("the form shows `{words}`"), script, &[json!(words)]).await;
}

/// The steps on the canvas, as far as they are drawn.
async fn steps_are(desk: &mut Desk, count: u64) {
    let script = "return document.querySelectorAll('.studio-cards [data-step]').length === arguments[0];";
    desk.until(&format!("{count} cards are drawn"), script, &[json!(count)]).await;
}

/// Chooses the only line of the palette of steps that fits, or the first, and waits for the form of what was added.
async fn choose(desk: &mut Desk, words: &str, title: &str) {
    has_the_keyboard(desk, ".studio-palette input").await;
    desk.write(words).await;
    let first = "return document.querySelector('.studio-line')?.innerText.startsWith(arguments[0]) === true;";
    desk.until(&format!("`{title}` is the first line"), first, &[json!(title)]).await;
    desk.keys("Enter").await;
    desk.gone("css:.studio-palette").await;
    let named = "return document.querySelector('.step-title')?.value === arguments[0];";
    desk.until(&format!("the form of `{title}` is open"), named, &[json!(title)]).await;
    has_the_keyboard(desk, "#studio-pane").await;
}

/// Opens the list that has the keyboard and chooses by typing.
async fn pick(desk: &mut Desk, words: &str) {
    desk.keys("Enter").await;
    has_the_keyboard(desk, ".picker input").await;
    desk.write(words).await;
    let only = "const lines = document.querySelectorAll('.picker [role=option]');
        return lines.length === 1 && lines[0].innerText.includes(arguments[0]);";
    desk.until(&format!("`{words}` is the only choice"), only, &[json!(words)]).await;
    desk.keys("Enter").await;
    desk.gone("css:.picker").await;
    form_shows(desk, words).await;
}

/// Types the beginning of an expression and takes the first that is offered.
async fn refer(desk: &mut Desk, before: &str, beginning: &str, step: &str) {
    desk.write(&format!("{before}{{{{{beginning}")).await;
    let offered = "return document.querySelector('.expr-list [aria-selected=true]')?.innerText.startsWith(arguments[0]) === true;";
    desk.until(&format!("`{step}` is offered"), offered, &[json!(step)]).await;
    desk.keys("Enter").await;
    desk.gone("css:.expr-list").await;
}

async fn begin(desk: &mut Desk) {
    // What is built by hand has the room.
    reach(desk, "Hide the assistant").await;
    desk.keys("Enter").await;
    desk.gone("css:#chat-field").await;
    desk.keys("g f").await;
    desk.sees("Find somebody for new cards").await;
    desk.keys("n").await;
    has_the_keyboard(desk, ".dialog input").await;
    desk.write("Tell the harbour").await;
    desk.keys("Enter").await;
    desk.sees("css:#studio-pane").await;
    reach(desk, CANVAS).await;
    desk.keys("?").await;
    desk.sees("Keys on the canvas").await;
    desk.keys("Escape").await;
    desk.gone("css:.dialog").await;
    has_the_keyboard(desk, "#studio-pane").await;
    desk.keys("Home Enter").await;
    choose(desk, "manual", "Manual Trigger").await;
}

async fn shout(desk: &mut Desk) {
    desk.keys("+").await;
    choose(desk, "change capitals", "Change capitals").await;
    form_shows(desk, "To*").await;
    reach(desk, "Text").await;
    desk.write("ship the lanterns").await;
    reach(desk, "To*").await;
    pick(desk, "CAPITALS").await;
    to_the_canvas(desk).await;
}

async fn route(desk: &mut Desk) {
    desk.keys("+").await;
    choose(desk, "router", "Router").await;
    reach(desk, "Branch 1, name").await;
    desk.keys("Control+a").await;
    desk.write("Loud").await;
    reach(desk, "Add a condition").await;
    desk.keys("Enter").await;
    has_the_keyboard(desk, ".step-condition textarea").await;
    reach(desk, "Left side").await;
    refer(desk, "", "cap", "Change capitals").await;
    reach(desk, "Right side").await;
    desk.write("SHIP").await;
    to_the_canvas(desk).await;
    form_shows(desk, "Change capitals").await;
}

async fn tell_the_loud(desk: &mut Desk) {
    desk.keys("ArrowDown +").await;
    choose(desk, "slack message channel", "Send Message To A Channel").await;
    form_shows(desk, "Channel*").await;
    reach(desk, "Connection").await;
    let there = "return [...document.activeElement.options].some((option) => option.text === 'Sample Slack');";
    desk.until("the connection of the sample is offered", there, &[]).await;
    desk.write("Sample").await;
    desk.until("it is chosen", "return document.activeElement.selectedOptions[0]?.text === 'Sample Slack';", &[]).await;
    reach(desk, "Channel*").await;
    pick(desk, "delivery").await;
    reach(desk, "Message").await;
    refer(desk, "Say it: ", "cap", "Change capitals").await;
    to_the_canvas(desk).await;
    let chip = "return [...document.querySelectorAll('.step-form .ref')].some((chip) => chip.innerText === 'Change capitals');";
    desk.until("the reference is a chip", chip, &[]).await;
}

async fn note_the_rest(desk: &mut Desk) {
    desk.keys("ArrowRight +").await;
    choose(desk, "notification", "Show a notification").await;
    reach(desk, "Title").await;
    desk.write("Nothing loud today").await;
    to_the_canvas(desk).await;
}

async fn wait_at_the_end(desk: &mut Desk) {
    // The last step of the flow itself is the router.
    desk.keys("End +").await;
    choose(desk, "delay for", "Delay For").await;
    reach(desk, "Amount").await;
    desk.write("1").await;
    to_the_canvas(desk).await;
    desk.gone("to complete").await;
    desk.sees("Saved").await;
    desk.keys("f").await;
    steps_are(desk, 6).await;
    in_both_themes(desk, "flow-canvas").await;
    // The message again, whose form has the most to show.
    desk.keys("Home ArrowDown ArrowDown ArrowDown").await;
    desk.keys("Enter").await;
    form_shows(desk, "delivery").await;
}

/// On samples nothing is sent.
async fn rehearse(desk: &mut Desk) {
    reach_by(desk, "Shift+Tab", "Test the automation").await;
    desk.keys("Enter").await;
    has_the_keyboard(desk, "[role=menuitem]").await;
    desk.keys("Enter").await;
    ran(desk, "Rehears").await;
    assert_eq!(posts(desk).await.len(), 0, "a rehearsal reached Slack");
}

async fn publish(desk: &mut Desk) {
    reach(desk, "Publish").await;
    desk.keys("Enter").await;
    desk.sees("as “Sample Slack”").await;
    desk.shot(if desk.name == "flow-keys" { "flow-publish" } else { "flow-publish-chat" }).await;
    reach(desk, "Publish and switch on").await;
    desk.keys("Enter").await;
    desk.gone("css:.dialog").await;
    desk.sees("css:.studio-switch[aria-checked=true]").await;
    has_the_keyboard(desk, "#studio-pane").await;
}

async fn run(desk: &mut Desk) {
    reach_by(desk, "Shift+Tab", "Test the automation").await;
    desk.keys("Enter").await;
    has_the_keyboard(desk, "[role=menuitem]").await;
    desk.keys("ArrowDown Enter").await;
    desk.sees("Run it once for real?").await;
    reach(desk, "Run it").await;
    desk.keys("Enter").await;
    desk.gone("css:.dialog").await;
    ran(desk, "Tested").await;
    let said = posts(desk).await;
    let said: Vec<_> = said.iter().map(|post| (post["to"].as_str().unwrap(), post["text"].as_str().unwrap())).collect();
    assert_eq!(said, [("delivery", "Say it: SHIP THE LANTERNS")]);
    reach(desk, "Send Message").await;
    desk.keys("Enter").await;
    let shown = "return document.querySelector('.run-panel').innerText.includes('Say it: SHIP THE LANTERNS');";
    desk.until("the run shows what went into the step", shown, &[]).await;
    in_both_themes(desk, "flow-run").await;
}

async fn list(desk: &mut Desk) {
    desk.keys("g f").await;
    desk.sees("New automation").await;
    desk.sees("Tell the harbour").await;
    in_both_themes(desk, "flow-list").await;
}

/// A table with a row, by keyboard alone; what is taken out can be put back.
async fn tables(desk: &mut Desk) {
    reach(desk, "Tables").await;
    desk.keys("Enter").await;
    has_the_keyboard(desk, ".table-form input").await;
    desk.write("Orders").await;
    desk.keys("Enter").await;
    desk.sees("No rows yet").await;
    reach(desk, "Add a row").await;
    desk.keys("Enter").await;
    has_the_keyboard(desk, "td input").await;
    desk.write("Lanterns").await;
    desk.keys("Tab").await;
    reach(desk, "Take this row out").await;
    desk.keys("Enter").await;
    desk.sees("The row is taken out.").await;
    reach_by(desk, "Shift+Tab", "Put it back").await;
    desk.keys("Enter").await;
    let kept = "return document.querySelector('td input')?.value === 'Lanterns';";
    desk.until("the row is there again", kept, &[]).await;
    reach_by(desk, "Shift+Tab", "Save as CSV").await;
    desk.keys("Enter").await;
    desk.sees("“Orders.csv” is saved in your downloads").await;
    desk.shot("flow-tables").await;
    desk.keys("Escape").await;
    desk.gone("css:.dialog").await;
}

/// A run is beside the canvas, and went well.
async fn ran(desk: &mut Desk, called: &str) {
    let script = "const panel = document.querySelector('.run-panel')?.innerText ?? '';
        return panel.includes(arguments[0]) && panel.includes('Succeeded');";
    desk.until(&format!("the run `{called}` succeeded"), script, &[json!(called)]).await;
}

async fn draw_up(desk: &mut Desk) {
    desk.keys("Control+j").await;
    has_the_keyboard(desk, "#chat-field").await;
    desk.write("When a to-do is overdue, tell its assignee in Slack").await;
    desk.keys("Enter").await;
    desk.sees("waits on its canvas for your yes").await;
    desk.until("nothing is under way", "return !document.querySelector('.reply.live');", &[]).await;
    desk.click("css:.reply .md-link").await;
    desk.sees("css:.studio-pending").await;
    steps_are(desk, 4).await;
    assert!(desk.text(".studio-pending").await.contains("3 added, 1 changed"));
    assert_eq!(posts(desk).await.len(), 0, "what is proposed ran");
    in_both_themes(desk, "flow-pending").await;
    desk.shot("readme-studio").await;
}

async fn accept(desk: &mut Desk) {
    reach(desk, CANVAS).await;
    desk.keys("Shift+A").await;
    desk.gone("css:.studio-pending").await;
    steps_are(desk, 4).await;
    desk.sees("Saved").await;
}

/// A to-do that somebody does gets a day that is past; who does it is told, once.
async fn be_late(desk: &mut Desk) {
    let today = desk.ask("return new Date().toISOString().slice(0, 10);", &[]).await;
    let open = json!({ "kinds": ["todo"], "completed": false, "due_from": today, "unassigned": false });
    let todos = desk.call("task.find", &open).await;
    let todo = todos.as_array().unwrap().iter().find(|todo| todo["assignees"].as_array().unwrap().len() == 1);
    let todo = todo.expect("the sample has a to-do that one person does").clone();
    desk.call("todo.update", &json!({ "id": todo["id"], "due_on": "2026-11-02" })).await;
    desk.keys("g r").await;
    let title = todo["title"].as_str().unwrap();
    desk.sees(&format!("“{title}” is overdue")).await;
    desk.until(
        "the run went well",
        "return [...document.querySelectorAll('main *')].some((row) => row.innerText?.includes(arguments[0])
            && row.innerText.includes('Succeeded') && !row.innerText.includes('Failed'));",
        &[json!(format!("“{title}” is overdue"))],
    )
    .await;
    in_both_themes(desk, "flow-runs").await;
    let said = posts(desk).await;
    let [only] = said.as_slice() else { panic!("one message is sent, not {said:?}") };
    assert!(only["text"].as_str().unwrap().contains(title), "{only}");
}

/// What the sample's Slack got.
async fn posts(desk: &mut Desk) -> Vec<Value> {
    desk.call("connection.posts", &json!({})).await.as_array().unwrap().clone()
}

/// Keeps a picture in the light and in the dark theme. The palette is the way there from everywhere.
async fn in_both_themes(desk: &mut Desk, name: &str) {
    desk.gone("css:.toast").await;
    // The map is painted when the canvas has come to rest.
    desk.gone("css:.studio-pane.moving").await;
    desk.shot(name).await;
    theme(desk, "dark").await;
    desk.shot(&format!("{name}-dark")).await;
    theme(desk, "light").await;
}

async fn theme(desk: &mut Desk, name: &str) {
    desk.keys("Control+k").await;
    has_the_keyboard(desk, ".palette-field").await;
    let words = format!("Use the {name} theme");
    desk.write(&words).await;
    let first = "return document.querySelector('.found.on')?.innerText.includes(arguments[0]) === true;";
    desk.until(&format!("`{words}` is the first line"), first, &[json!(words)]).await;
    desk.keys("Enter").await;
    desk.gone("css:.palette").await;
    let script = "return document.documentElement.dataset.theme === arguments[0];";
    desk.until(&format!("the page is {name}"), script, &[json!(name)]).await;
}
