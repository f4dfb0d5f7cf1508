//! The automations of the sample workspace, each with its owner. They name nothing of the company's by its id, so that they fit
//! every one.

use flow::{
    Branch, BranchKind, Chain, Condition, Flow, Kind, Map, Note, Operator, PieceCall, Position, Size, Step, Trigger,
};
use serde_json::{Value, json};

use super::SLACK;

/// All of them.
pub(super) fn all() -> Vec<(Flow, &'static str)> {
    vec![(digest(), "Ada Sample"), (announce(), "Ada Sample"), (review(), "Mina Okafor")]
}

fn call(piece: &str, version: &str, operation: &str, input: Value) -> PieceCall {
    PieceCall {
        piece: piece.into(),
        version: version.into(),
        operation: operation.into(),
        input: match input {
            Value::Object(members) => members,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
        },
        property_settings: Map::new(),
    }
}

fn slack(name: &str, label: &str, channel: &str, text: &str) -> Step {
    let input = json!({ "auth": format!("{{{{connections['{SLACK}']}}}}"), "channel": channel, "text": text });
    Step::piece(name, label, call("@activepieces/piece-slack", "0.17.2", "send_channel_message", input))
}

fn flow(name: &str, trigger: Trigger, steps: Vec<Step>) -> Flow {
    let mut flow = Flow::new(name);
    flow.trigger = trigger;
    flow.steps = Chain::from(steps);
    flow
}

/// Each weekday morning: what the day is about.
fn digest() -> Flow {
    let when = json!({ "hour_of_the_day": 8, "timezone": "Europe/Berlin", "run_on_weekends": false });
    let trigger =
        Trigger::piece("Every weekday at 8", call("@activepieces/piece-schedule", "0.1.17", "every_day", when));
    let day = Step::code(
        "step_1",
        "Say which day it is",
        "export const code = async () => {\n  const today = new Date().toISOString().slice(0, 10);\n  return { today };\n};\n",
    );
    let mut flow = flow(
        "Morning reminder in Slack",
        trigger,
        vec![
            day,
            slack(
                "step_2",
                "Remind the team",
                "C02DELIVERY",
                "Good morning. Today is {{step_1['output']['today']}}: please look at what is due before the stand-up.",
            ),
        ],
    );
    flow.notes.push(Note {
        id: "note-1".into(),
        content: "The stand-up is at 9:15.".into(),
        color: "yellow".into(),
        position: Position { x: 320.0, y: 40.0 },
        size: Size { width: 200.0, height: 90.0 },
        extra: Map::new(),
    });
    flow
}

/// What is done is said where the team reads.
fn announce() -> Flow {
    let trigger = Trigger::piece(
        "A to-do is done",
        call("@pmos/piece-basecamp", "0.1.0", "item_completed", json!({ "items": ["Todo"] })),
    );
    let text = "*{{trigger['output']['title']}}* is done in {{trigger['output']['project_name']}}.";
    flow("Announce what is done", trigger, vec![slack("step_1", "Tell the channel", "C02DELIVERY", text)])
}

/// A card without anyone to do it is asked for; one with somebody is announced.
fn review() -> Flow {
    let trigger = Trigger::piece(
        "A card is made",
        call("@pmos/piece-basecamp", "0.1.0", "item_created", json!({ "items": ["Kanban::Card"] })),
    );
    let mut router = Step::router("step_1", "Does somebody do it?", &["Nobody yet"]);
    if let Kind::Router(router) = &mut router.kind {
        let nobody = Condition {
            operator: Some(Operator::ListIsEmpty),
            first: "{{trigger['output']['assignees']}}".into(),
            second: None,
            case_sensitive: None,
            extra: Map::new(),
        };
        let asks = slack(
            "step_2",
            "Ask for somebody",
            "C03TRIAGE",
            "Who takes “{{trigger['output']['title']}}”? {{trigger['output']['url']}}",
        );
        let says =
            slack("step_3", "Say that it is taken", "C02DELIVERY", "New and taken: “{{trigger['output']['title']}}”.");
        for branch in &mut router.branches {
            fill(branch, &nobody, &asks, &says);
        }
    }
    flow("Find somebody for new cards", trigger, vec![router])
}

fn fill(branch: &mut Branch, nobody: &Condition, asks: &Step, says: &Step) {
    match &mut branch.kind {
        BranchKind::Condition(groups) => {
            *groups = vec![vec![nobody.clone()]];
            branch.chain = Chain::from(vec![asks.clone()]);
        }
        BranchKind::Fallback => branch.chain = Chain::from(vec![says.clone()]),
        BranchKind::Other(_) => {}
    }
}
