//! Flows that something in Basecamp starts, on a server: only the app hears of it, and tells the server by a webhook.
//!
//! Pure: nobody is told here.

use flow::expr::{Finding, nest, unnest};
use flow::{Flow, Map, PieceCall, Trigger, TriggerKind};
use serde_json::{Value, json};

use super::{Entry, Weight};
use crate::trigger::{EventKind, Filter, Starter};

/// The trigger of a server that stands for the app's.
const WEBHOOK: (&str, &str) = ("@activepieces/piece-webhook", "catch_webhook");
/// Where a webhook has what it was told.
const BODY: &str = "body";

/// A flow as a server runs it while the app tells it what happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// It starts by a webhook, and reads what happened in the webhook's body.
    pub flow: Flow,
    /// What starts it in the app.
    pub trigger: Trigger,
    /// What a person should know of it.
    pub entries: Vec<Entry>,
}

/// The flow as a server runs it, if something in Basecamp starts it; `None` for any other.
#[must_use]
pub fn told(flow: &Flow) -> Option<Told> {
    let words = words(&flow.trigger)?;
    let trigger = flow.trigger.clone();
    let mut flow = flow.clone();
    let call = PieceCall {
        piece: WEBHOOK.0.to_owned(),
        operation: WEBHOOK.1.to_owned(),
        input: Map::from_iter([("authType".to_owned(), json!("none")), ("authFields".to_owned(), json!({}))]),
        ..PieceCall::default()
    };
    flow.trigger = Trigger { name: trigger.name.clone(), ..Trigger::piece(trigger.display_name.clone(), call) };
    let left = nest(&mut flow, &trigger.name, BODY);
    let mut entries = vec![entry(&trigger, words)];
    entries.extend(left.into_iter().map(|finding| noted(&flow, finding)));
    Some(Told { flow, trigger, entries })
}

/// The flow as the app runs it, with what started it there; and what somebody should look at. One that somebody gave another
/// trigger meanwhile keeps that.
#[must_use]
pub fn untold(flow: &Flow, trigger: &Trigger) -> (Flow, Vec<Entry>) {
    let mut flow = flow.clone();
    if !is_told(&flow) {
        return (flow, Vec::new());
    }
    let name = flow.trigger.name.clone();
    let left = unnest(&mut flow, &name, BODY);
    flow.trigger = Trigger { name, display_name: flow.trigger.display_name.clone(), ..trigger.clone() };
    let entries = left.into_iter().map(|finding| noted(&flow, finding)).collect();
    (flow, entries)
}

/// Whether the trigger is one by which the app can tell.
#[must_use]
pub fn is_told(flow: &Flow) -> bool {
    match &flow.trigger.kind {
        TriggerKind::Piece(call) => (call.piece.as_str(), call.operation.as_str()) == WEBHOOK,
        TriggerKind::Empty | TriggerKind::Other(_) => false,
    }
}

/// What is told and when, as sentences; `None` for a trigger that a server can have itself.
#[must_use]
pub fn words(trigger: &Trigger) -> Option<String> {
    let Ok(Starter::Basecamp(filter)) = Starter::read(trigger) else { return None };
    let what = happens(&filter);
    Some(format!("PM OS tells the server when {what}; while PM OS is closed the server hears nothing."))
}

/// What a webhook brings when the app told it of this.
#[must_use]
pub fn as_call(payload: &Value) -> Value {
    json!({ "method": "POST", "headers": {}, "queryParams": {}, BODY: payload, "rawBody": payload.to_string() })
}

/// What was told by a call; `None` when it brought nothing.
#[must_use]
pub fn of_call(call: &Value) -> Option<&Value> {
    call.get(BODY)
}

/// What has to happen: “a to-do is overdue”.
fn happens(filter: &Filter) -> String {
    let mut items: Vec<&str> = filter.items.iter().map(|item| noun(item)).collect();
    items.dedup();
    let subject = match items.split_last() {
        None => "an item".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    };
    let happens = match filter.kind {
        EventKind::Created => "is made",
        EventKind::Completed => "is done",
        EventKind::Overdue => "is overdue",
        EventKind::Moved => "is moved",
        EventKind::Commented => "is commented on",
        EventKind::Assigned => "is assigned",
        EventKind::DueSoon => "is due soon",
    };
    format!("{subject} {happens}")
}

fn noun(item: &str) -> &'static str {
    match item {
        "Todo" => "a to-do",
        "Kanban::Card" => "a card",
        "Message" => "a message",
        "Document" => "a document",
        "Upload" => "a file",
        "Schedule::Entry" => "a schedule entry",
        "Comment" => "a comment",
        _ => "an item",
    }
}

fn entry(trigger: &Trigger, message: String) -> Entry {
    let (step, display_name) = (trigger.name.clone(), trigger.display_name.clone());
    Entry { step, display_name, weight: Weight::Note, message }
}

fn noted(flow: &Flow, finding: Finding) -> Entry {
    let display_name = flow.step(&finding.step).map(|step| step.display_name.clone()).unwrap_or_default();
    Entry { step: finding.step, display_name, weight: Weight::Note, message: finding.message }
}
