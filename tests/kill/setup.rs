//! Kills while the set-up notes how far it has come: the next start goes on at the step before or at the step after, and a step
//! that was acknowledged is never asked for again.

use serde_json::{Value, json};

use super::opening::length;
use super::{Point, Story};
use crate::shell::{Shell, stand_in};

fn noted(story: &Story) -> Value {
    story.shell.does("app.status", &json!({}))["settings"]["setup"].clone()
}

fn setup(at: &str, automations: &str, assistant: &str) -> Value {
    json!({ "at": at, "work": "done", "automations": automations, "assistant": assistant, "toured": false })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_while_the_set_up_is_under_way() {
    let sim = stand_in().await;
    let mut story = Story { shell: Shell::new(), sim, dice: sim::Dice::new(23), kills: 0, titles: [].into() };
    let steps =
        [setup("automations", "open", "open"), setup("assistant", "done", "open"), setup("ready", "done", "skipped")];
    let words = json!({ "setup": steps[0] }).to_string();
    let lines = length(&mut story.shell, &["call", "settings.change", &words]).await;
    let mut before = noted(&story);
    let (mut kept, mut lost) = (0, 0);
    for round in 0..24 {
        let step = steps[round % steps.len()].clone();
        let point = Point::Logged(1 + story.dice.below(lines));
        let answer = story.killed("settings.change", &json!({ "setup": step }), point).await;
        let now = noted(&story);
        if now == step {
            kept += 1;
        } else {
            assert_ne!(answer.status, Some(0), "it was acknowledged and is lost");
            assert_eq!(now, before, "neither the step before nor the one after");
            lost += 1;
        }
        before = now;
        if story.kills >= 8 && kept > 1 && lost > 1 {
            break;
        }
    }
    assert!(kept > 1 && lost > 1, "{kept} kept, {lost} cut off before");
}
