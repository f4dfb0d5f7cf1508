//! Kills while something is being typed to the assistant and kept: what was kept last is there again, whole, and never half of it.

use serde_json::json;

use super::{Point, Story};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_while_a_draft_is_kept() {
    let mut story = Story::fetched(29).await;
    let id = story.shell.does("chat.start", &json!({}))["id"].clone();
    let mut kept = String::new();
    let mut acknowledged = 0;
    for round in 0..24 {
        let typed = format!("{round}: {}", "was zu tun ist, Straße für Straße. ".repeat(round % 7 + 1));
        let point = Point::Logged(1 + story.dice.below(60));
        let answer = story.killed("chat.draft", &json!({ "id": id, "text": typed }), point).await;
        let view = story.shell.does("chat.show", &json!({ "id": id }));
        let there = view["conversation"]["draft"].as_str().unwrap().to_owned();
        assert!(there == typed || there == kept, "round {round}: neither what was typed nor what was kept: {there}");
        if answer.status == Some(0) || answer.out.contains("null") {
            acknowledged += 1;
            assert_eq!(there, typed, "round {round}: it was acknowledged and is lost");
        }
        kept = there;
    }
    assert!(!kept.is_empty(), "nothing was ever kept");
    assert!(acknowledged < 24 && story.kills >= 10, "{acknowledged} acknowledged, {} killed", story.kills);
}
