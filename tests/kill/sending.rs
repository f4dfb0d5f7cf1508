//! Kills while edits are written down here, and while they are on their way.

use serde_json::{Value, json};

use super::{Point, Story};
use crate::shell::{in_use, project_in_use};

/// A list in use, and its project.
fn places(story: &Story) -> (Value, Value) {
    (in_use(&story.sim, "A list in use"), project_in_use(&story.sim))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_sending() {
    let mut story = Story::fetched(13).await;
    let (list, project) = places(&story);
    for _ in 0..20 {
        story.shell.does("sync.offline", &json!({ "offline": true }));
        for number in 0..3 {
            let title = story.title();
            let answer = match number {
                0 => story.shell.call("message.post", &json!({ "project": project, "title": title })),
                _ => story.shell.call("todo.create", &json!({ "parent": list, "title": title })),
            };
            answer.reply();
            story.acknowledged(&title, &answer);
        }
        // The first start also fetches; those after it find what waits and send it.
        let point = story.request(7);
        story.killed("sync.offline", &json!({ "offline": false }), point).await;
        for _ in 0..5 {
            let point = story.request(2);
            story.killed("outbox.list", &json!({}), point).await;
        }
        story.shell.run(&["call", "sync.offline", "{\"offline\":false}", "--no-wait"]).reply();
        story.settles();
        if story.kills >= 26 {
            break;
        }
    }
    assert!(story.titles.values().all(|acknowledged| *acknowledged));
    story.ends(26).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_writing() {
    let mut story = Story::fetched(14).await;
    let (list, _) = places(&story);
    for round in 0..40 {
        let title = story.title();
        let point = if round % 2 == 0 { Point::Logged(1 + story.dice.below(45)) } else { story.request(2) };
        let input = json!({ "parent": list, "title": title, "body": "Killed on the way." });
        let answer = story.killed("todo.create", &input, point).await;
        story.acknowledged(&title, &answer);
        if story.kills >= 18 {
            break;
        }
    }
    story.ends(18).await;
}
