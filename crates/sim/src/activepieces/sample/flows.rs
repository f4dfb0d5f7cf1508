//! The three automations as documents.

use flow::{
    Branch, BranchKind, Chain, Condition, Document, Flow, Kind, Map, Note, Op, Operator, PieceCall, Position, Size,
    Step, Trigger,
};
use serde_json::{Value, json};

fn map(value: Value) -> Map {
    match value {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

fn call(piece: &str, version: &str, operation: &str, input: Value) -> PieceCall {
    let input = map(input);
    let settings = input.keys().filter(|key| *key != "auth").map(|key| (key.clone(), json!({ "type": "MANUAL" })));
    PieceCall {
        piece: format!("@activepieces/piece-{piece}"),
        version: version.to_owned(),
        operation: operation.to_owned(),
        property_settings: settings.collect(),
        input,
    }
}

fn basecamp(operation: &str, mut input: Value) -> PieceCall {
    if let Value::Object(input) = &mut input {
        input.insert("auth".to_owned(), json!("{{connections['basecamp-main']}}"));
    }
    call("basecamp", "0.1.4", operation, input)
}

fn slack(channel: &str, text: &str) -> PieceCall {
    let input = json!({ "auth": "{{connections['slack-main']}}", "channel": channel, "text": text });
    call("slack", "0.17.2", "send_channel_message", input)
}

fn when(name: &str, operator: Operator, first: &str, second: Option<&str>, steps: Vec<Step>) -> Branch {
    let condition = Condition {
        operator: Some(operator),
        first: first.to_owned(),
        second: second.map(str::to_owned),
        ..Condition::default()
    };
    let mut branch = Branch::condition(name);
    branch.kind = BranchKind::Condition(vec![vec![condition]]);
    branch.chain = steps.into_iter().collect();
    branch
}

fn router(name: &str, display_name: &str, branches: Vec<Branch>, otherwise: Vec<Step>) -> Step {
    let mut step = Step::router(name, display_name, &[]);
    if let Kind::Router(router) = &mut step.kind {
        let mut last = router.branches.pop().unwrap_or_else(|| Branch::fallback("Otherwise"));
        last.chain = otherwise.into_iter().collect();
        router.branches = branches.into_iter().chain([last]).collect();
    }
    step
}

fn document(name: &str, trigger: Trigger, steps: Vec<Step>, notes: Vec<Note>) -> Document {
    let mut flow = Flow::new(name);
    flow.trigger = trigger;
    flow.steps = steps.into_iter().collect::<Chain>();
    flow.notes = notes;
    flow.document()
}

fn note(id: &str, content: &str, color: &str, y: f64) -> Note {
    Note {
        id: id.to_owned(),
        content: content.to_owned(),
        color: color.to_owned(),
        position: Position { x: -340.0, y },
        size: Size { width: 240.0, height: 120.0 },
        extra: Map::new(),
    }
}

fn overdue_trigger() -> Trigger {
    Trigger::piece("To-do overdue", basecamp("todo_overdue", json!({})))
}

/// The first version of the first: everything to one channel.
pub(super) fn overdue_at_first() -> Document {
    let text = "{{trigger['output']['title']}} is overdue";
    let tell = Step::piece("step_1", "Tell the channel", slack("C02DELIVERY", text));
    document("Overdue to-dos to Slack", overdue_trigger(), vec![tell], Vec::new())
}

/// What is very late goes to the channel, the rest to whom it is assigned.
pub(super) fn overdue() -> Document {
    let late = "{{trigger['output']['title']}} in {{trigger['output']['project']['name']}} is \
                {{trigger['output']['days_late']}} days late";
    let channel = Step::piece("step_2", "Tell the channel", slack("C02DELIVERY", late));
    let direct = call(
        "slack",
        "0.17.2",
        "send_direct_message",
        json!({
            "auth": "{{connections['slack-main']}}", "userId": "U03NOOR",
            "text": "{{trigger['output']['title']}} was due on {{trigger['output']['due_on']}}",
        }),
    );
    let direct = Step::piece("step_3", "Tell the assignee", direct);
    let very_late = when(
        "More than two days",
        Operator::NumberIsGreaterThan,
        "{{trigger['output']['days_late']}}",
        Some("2"),
        vec![channel],
    );
    let steps = vec![router("step_1", "How late?", vec![very_late], vec![direct])];
    let notes = vec![note("note-overdue", "Agreed with the team: **two days** are allowed.", "yellow", 60.0)];
    document("Overdue to-dos to Slack", overdue_trigger(), steps, notes)
}

/// A new card is sorted by what it is, and everyone concerned hears of a bug.
pub(super) fn triage() -> Document {
    let trigger = Trigger::piece("New card", basecamp("card_created", json!({ "project": 12 })));
    let ask = call(
        "openai",
        "0.9.0",
        "ask_chatgpt",
        json!({
            "auth": "{{connections['openai-main']}}", "model": "gpt-4o-mini",
            "prompt": "Bug or question? {{trigger['output']['title']}}: {{trigger['output']['content']}}",
        }),
    );
    let mut ask = Step::piece("step_1", "What is it?", ask);
    if let Kind::Piece(piece) = &mut ask.kind {
        piece.errors.continue_on_failure = Some(true);
        piece.errors.retry_on_failure = Some(true);
    }
    let card = "{{trigger['output']['id']}}";
    let moved = basecamp("move_card", json!({ "project": 12, "card": card, "column": 1251 }));
    let mut each = Step::loop_on("step_4", "Each label", "{{trigger['output']['labels']}}");
    let text = "A {{step_4['output']['item']}} was reported: {{trigger['output']['title']}}";
    if let Kind::Loop(inner) = &mut each.kind {
        inner.body = [Step::piece("step_5", "Tell triage", slack("C03TRIAGE", text))].into_iter().collect();
    }
    let bug = when(
        "A bug",
        Operator::ListContains,
        "{{trigger['output']['labels']}}",
        Some("bug"),
        vec![Step::piece("step_3", "Move to Doing", moved), each],
    );
    let thanks = json!({ "recording": card, "content": "Thank you. Somebody answers within a day." });
    let question = when(
        "A question",
        Operator::TextContains,
        "{{trigger['output']['title']}}",
        Some("?"),
        vec![Step::piece("step_6", "Answer", basecamp("add_comment", thanks))],
    );
    let steps = vec![ask, router("step_2", "Where to?", vec![bug, question], Vec::new())];
    document("New cards to triage", trigger, steps, Vec::new())
}

/// What somebody has begun on the second.
pub(super) fn triage_draft() -> Op {
    let text = "New in triage: {{trigger['output']['title']}}";
    let step = Step::piece("step_7", "Tell general", slack("C01GENERAL", text));
    Op::add(flow::Place::inside("step_2", flow::Slot::Branch(2)), step)
}

/// Numbers are gathered on Mondays; a person approves the report before it goes out.
pub(super) fn report(table: &str) -> Document {
    let schedule = json!({ "hour_of_the_day": 8, "day_of_the_week": 1, "timezone": "Europe/Berlin" });
    let trigger = Trigger::piece("Every Monday", call("schedule", "0.1.17", "every_week", schedule));
    let todos = basecamp("list_todos", json!({ "project": 11, "state": "open", "limit": 500 }));
    let mut write = Step::code(
        "step_2",
        "Write the report",
        "export const code = async (inputs) => {\n  const open = inputs.todos.length;\n  const late = inputs.todos.filter((todo) => todo.days_late > 0).length;\n  return { open, late, text: `${open} open, ${late} late` };\n};",
    );
    if let Kind::Code(code) = &mut write.kind {
        code.input = map(json!({ "todos": "{{step_1['output']['todos']}}" }));
        code.errors.continue_on_failure = Some(true);
        let text = "The weekly report could not be written: {{step_2['error']['message']}}";
        let tell = Step::piece("step_3", "Tell that it failed", slack("{{variables['REPORT_CHANNEL']}}", text));
        let wait = call("approval", "0.1.19", "wait_for_approval", json!({}));
        code.failure.on_failure = [tell].into_iter().collect();
        code.failure.on_success =
            [Step::piece("step_4", "Wait for approval", wait), approved(table)].into_iter().collect();
    }
    let steps = vec![Step::piece("step_1", "Open to-dos", todos), write];
    let notes = vec![note("note-report", "Mina approves until noon.", "blue", 40.0)];
    document("Weekly report", trigger, steps, notes)
}

/// What is done once somebody has said yes.
fn approved(table: &str) -> Step {
    let mail = json!({
        "auth": "{{connections['mail-main']}}", "from": "reports@example.com", "to": ["team@example.com"],
        "subject": "Weekly report", "body_type": "plain_text", "body": "{{step_2['output']['text']}}",
    });
    let mail = Step::piece("step_6", "Send it", call("smtp", "0.3.6", "send-email", mail));
    let row = json!({ "table_id": table, "values": { "values": [] } });
    let row = Step::piece("step_7", "Keep the numbers", call("tables", "0.3.1", "tables-create-records", row));
    let approved = when("Approved", Operator::BooleanIsTrue, "{{step_4['output']['approved']}}", None, vec![mail, row]);
    router("step_5", "Send it?", vec![approved], Vec::new())
}
