//! Kills while everything, or what changed, is fetched.

use serde_json::json;

use super::{Point, Story};
use crate::shell::connection;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_first_fetch() {
    let mut story = Story::begin(11).await;
    for _ in 0..12 {
        story.shell.connects(&story.sim);
        // It goes on where it was, so each kill is further on; the last call ends it.
        for _ in 0..6 {
            let point = story.request(24);
            let answer = story.killed("sync.run", &json!({}), point).await;
            if answer.status.is_some() {
                break;
            }
        }
        if story.kills >= 22 {
            break;
        }
        let there = story.shell.does("workspace.list", &json!({}));
        let id = there[0]["id"].clone();
        story.shell.does("workspace.remove", &json!({ "id": id }));
    }
    story.shell.does("workspace.connect", &connection(&story.sim));
    story.ends(22).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_the_later_fetches() {
    let mut story = Story::fetched(12).await;
    for round in 0..40 {
        let dice = &mut story.dice;
        story.sim.edit(|editor| {
            for _ in 0..3 {
                sim::random_edit(editor, dice);
            }
        });
        let full = round % 3 == 0;
        let point = if story.dice.chance(25) {
            Point::Logged(1 + story.dice.below(150))
        } else {
            story.request(if full { 90 } else { 50 })
        };
        story.killed("sync.run", &json!({ "full": full }), point).await;
        if story.kills >= 20 {
            break;
        }
    }
    story.ends(20).await;
}
