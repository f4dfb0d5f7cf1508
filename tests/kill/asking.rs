//! Kills while the assistant works and while a card waits: after the next start the card is back, or the turn is over; nothing
//! ran that nobody allowed.

use serde_json::{Value, json};

use super::{Point, Story};
use crate::shell::in_use;

/// The conversation as the next start shows it.
fn shown(story: &Story, id: &Value) -> Value {
    story.shell.does("chat.show", &json!({ "id": id }))
}

fn is_done(story: &Story, title: &str) -> bool {
    story.sim.truth().iter().find(|fact| fact.title == title).unwrap().completed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_while_a_card_waits() {
    let mut story = Story::fetched(19).await;
    let list = in_use(&story.sim, "A list in use");
    let title = "Sweep the rehearsal room";
    let made = story.shell.does("todo.create", &json!({ "parent": list, "title": title }));
    story.settles();
    let (mut waited, mut ended) = (0, 0);
    for round in 0..30 {
        let id = story.shell.does("chat.start", &json!({}))["id"].clone();
        let say = json!({ "conversation": id, "text": format!("Complete \"{title}\"") });
        let point = Point::Logged(1 + story.dice.below(160));
        story.killed("chat.say", &say, point).await;
        // Twice: what the first start mends, the second finds mended. Every other time the second is killed too.
        let view = shown(&story, &id);
        if round % 2 == 0 {
            let point = Point::Logged(1 + story.dice.below(40));
            story.killed("chat.show", &json!({ "id": id }), point).await;
        }
        let again = shown(&story, &id);
        assert_eq!(view["lines"], again["lines"], "the record changed by starting again");
        let asked: Vec<&Value> =
            again["calls"].as_array().unwrap().iter().filter(|call| call["state"] == "asked").collect();
        match again["conversation"]["stage"].as_str().unwrap() {
            "waiting" => {
                assert_eq!(asked.len(), 1, "{again:#}");
                waited += 1;
            }
            "idle" => {
                assert!(asked.is_empty(), "a card is left in a turn that is over: {again:#}");
                ended += 1;
            }
            other => panic!("after a restart it is {other}"),
        }
        assert!(!is_done(&story, title), "it was done, and nobody allowed it");
        assert_eq!(story.shell.does("item.show", &json!({ "id": made["item"]["id"] }))["item"]["completed"], false);
        // The last card is allowed at the end.
        if asked.len() == 1 && story.kills >= 20 {
            let decision = json!({ "call": asked[0]["call"]["id"], "fingerprint": asked[0]["fingerprint"], "decision": { "choice": "allow" } });
            let decide = json!({ "conversation": id, "decisions": [decision] });
            story.killed("chat.decide", &decide, Point::Logged(60)).await;
            let view = shown(&story, &id);
            if view["calls"].to_string().contains("\"asked\"") {
                story.shell.does("chat.decide", &decide);
            } else {
                assert_ne!(story.shell.call("chat.decide", &decide).status, Some(0), "it was decided already");
            }
            break;
        }
    }
    assert!(waited > 2 && ended > 2, "{waited} waited, {ended} were over");
    story.settles();
    story.ends(20).await;
}
