//! Automations to start from. They are whole but for what only the person can choose: a channel, a list, an account. Pure.

use flow::{Document, Flow, PieceCall, Step, Trigger};
use serde_json::{Value, json};

const BASECAMP: (&str, &str) = ("@pmos/piece-basecamp", "0.1.0");

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Example {
    /// What it does.
    pub(super) says: &'static str,
    /// The automation.
    pub(super) document: Document,
}

/// All of them. What happens at a time of day happens in this zone, by its name in the IANA database.
pub(super) fn examples(zone: &str) -> [Example; 3] {
    [late_work(), morning(zone), review()]
}

fn late_work() -> Example {
    let message = "*{{trigger['output']['title']}}* in {{trigger['output']['project_name']}} was due on \
        {{trigger['output']['due_on']}}. {{trigger['output']['url']}}";
    let tell = call(("@activepieces/piece-slack", "0.17.2"), "send_channel_message", json!({ "text": message }));
    Example {
        says: "When a to-do is overdue, a message in Slack says so.",
        document: document(
            "Tell Slack about late work",
            Trigger::piece("A to-do is overdue", call(BASECAMP, "item_overdue", json!({ "items": ["Todo"] }))),
            vec![Step::piece("step_1", "Tell the channel", tell)],
        ),
    }
}

fn morning(zone: &str) -> Example {
    let every_day = json!({ "hour_of_the_day": 8, "timezone": zone, "run_on_weekends": false });
    let goal = "Look at what is overdue, what is due today and what waits for an answer. Write it down in at most six \
        short lines, the most urgent first. Change nothing.";
    let look = call(("@pmos/piece-ai", "0.1.0"), "agent", json!({ "goal": goal }));
    let told = json!({ "title": "Your morning", "body": "{{step_1['output']['answer']}}" });
    let tell = call(("@pmos/piece-notification", "0.1.0"), "show", told);
    Example {
        says: "Every weekday morning, a notification sums up the day.",
        document: document(
            "Morning digest",
            Trigger::piece(
                "Every weekday at eight",
                call(("@activepieces/piece-schedule", "0.1.17"), "every_day", every_day),
            ),
            vec![Step::piece("step_1", "Look at the day", look), Step::piece("step_2", "Tell me", tell)],
        ),
    }
}

fn review() -> Example {
    let todo = json!({
        "title": "Review: {{trigger['output']['title']}}",
        "body": "{{trigger['output']['url']}}",
    });
    Example {
        says: "When a card is made in a column, its reviewer gets a to-do.",
        document: document(
            "A to-do for the reviewer",
            Trigger::piece("A card is made", call(BASECAMP, "item_created", json!({ "items": ["Kanban::Card"] }))),
            vec![Step::piece("step_1", "Give the reviewer a to-do", call(BASECAMP, "create_todo", todo))],
        ),
    }
}

fn call((piece, version): (&str, &str), operation: &str, input: Value) -> PieceCall {
    let input = match input {
        Value::Object(input) => input,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => flow::Map::new(),
    };
    PieceCall {
        piece: piece.to_owned(),
        version: version.to_owned(),
        operation: operation.to_owned(),
        input,
        ..PieceCall::default()
    }
}

fn document(name: &str, trigger: Trigger, steps: Vec<Step>) -> Document {
    Document { trigger, steps: steps.into(), ..Flow::new(name).document() }
}
