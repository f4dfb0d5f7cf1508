//! Automations to start from. They are whole but for what only the person can choose: a channel, a list, an account. Pure.

use flow::{Document, Flow, PieceCall, Step, Trigger};
use serde_json::{Value, json};

use crate::say;

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
    let message = say::automations::ExampleMessage {
        title: "{{trigger['output']['title']}}",
        project: "{{trigger['output']['project_name']}}",
        due: "{{trigger['output']['due_on']}}",
        url: "{{trigger['output']['url']}}",
    };
    let tell = call(("@activepieces/piece-slack", "0.17.2"), "send_channel_message", json!({ "text": message.text() }));
    Example {
        says: say::automations::example_late_says(),
        document: document(
            say::automations::example_late(),
            Trigger::piece(
                say::automations::example_overdue(),
                call(BASECAMP, "item_overdue", json!({ "items": ["Todo"] })),
            ),
            vec![Step::piece("step_1", say::automations::example_tell_channel(), tell)],
        ),
    }
}

fn morning(zone: &str) -> Example {
    let every_day = json!({ "hour_of_the_day": 8, "timezone": zone, "run_on_weekends": false });
    let goal = say::automations::example_goal();
    let look = call(("@pmos/piece-ai", "0.1.0"), "agent", json!({ "goal": goal }));
    let told = json!({ "title": say::automations::example_your_morning(), "body": "{{step_1['output']['answer']}}" });
    let tell = call(("@pmos/piece-notification", "0.1.0"), "show", told);
    Example {
        says: say::automations::example_morning_says(),
        document: document(
            say::automations::example_morning(),
            Trigger::piece(
                say::automations::example_at_eight(),
                call(("@activepieces/piece-schedule", "0.1.17"), "every_day", every_day),
            ),
            vec![
                Step::piece("step_1", say::automations::example_look(), look),
                Step::piece("step_2", say::automations::example_tell_me(), tell),
            ],
        ),
    }
}

fn review() -> Example {
    let todo = json!({
        "title": say::automations::example_review_todo("{{trigger['output']['title']}}"),
        "body": "{{trigger['output']['url']}}",
    });
    Example {
        says: say::automations::example_review_says(),
        document: document(
            say::automations::example_review(),
            Trigger::piece(
                say::automations::example_card(),
                call(BASECAMP, "item_created", json!({ "items": ["Kanban::Card"] })),
            ),
            vec![Step::piece("step_1", say::automations::example_give(), call(BASECAMP, "create_todo", todo))],
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
