//! Flows that call flows.

use std::sync::Arc;

use async_trait::async_trait;
use flow::piece::{Choice, Options, PieceMetadata, PropertyKind};
use serde_json::{Value, json};

use super::describe::{action, all, categories, flag, named, one_of, piece, prop, trigger};
use crate::piece::Ask;
use crate::{Call, Choices, Delivery, Failure, Map, Piece, Reply, Response, RunId, Wait};

/// A flow that other flows can call.
#[derive(Clone, Debug, PartialEq)]
pub struct CallableFlow {
    /// What it is known by.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What it may be called with.
    pub sample: Value,
    /// Whether it runs.
    pub is_enabled: bool,
}

/// Flows that other flows can call.
#[async_trait]
pub trait Flows: Send + Sync {
    /// Those that there are.
    async fn callable(&self) -> Vec<CallableFlow>;

    /// Starts a run of a flow under this id, with what its trigger brings. A run that there is already is not started again.
    ///
    /// # Errors
    /// Why it cannot be started, as a sentence.
    async fn start(&self, flow: &str, run: RunId, payload: Value, parent: &RunId) -> Result<(), String>;
}

pub(super) struct Subflows {
    pub(super) flows: Arc<dyn Flows>,
}

const MODES: [(&str, &str); 2] = [("simple", "Simple"), ("advanced", "Advanced")];

#[async_trait]
impl Piece for Subflows {
    fn describe(&self) -> PieceMetadata {
        let mode = || one_of("mode", "Mode", &MODES).required().usually(json!("simple"));
        let call = action(
            "callFlow",
            "Call Flow",
            "Calls a flow that begins with “Callable Flow”.",
            vec![
                prop("flow", PropertyKind::Dropdown, "Flow").required(),
                mode(),
                prop("flowProps", PropertyKind::Dynamic, "").required().refreshed_by(&["flow", "mode"]),
                flag("waitForResponse", "Wait for Response"),
            ],
        );
        let answer = action(
            "returnResponse",
            "Return Response",
            "Answers the flow that called this one.",
            vec![mode(), prop("response", PropertyKind::Dynamic, "Response").required().refreshed_by(&["mode"])],
        );
        let called = trigger(
            "callableFlow",
            "Callable Flow",
            "Waits to be called by another flow.",
            "WEBHOOK",
            Value::Null,
            vec![mode(), prop("exampleData", PropertyKind::Dynamic, "Sample Data").required().refreshed_by(&["mode"])],
        );
        PieceMetadata {
            actions: named(vec![call, answer]),
            triggers: named(vec![called]),
            categories: categories(&["CORE", "FLOW_CONTROL"]),
            ..piece("@activepieces/piece-subflows", "0.4.14", "Sub Flows", "Flows that call flows")
        }
    }

    fn delivery(&self, action: &str, _: &Map) -> Delivery {
        if action == "callFlow" { Delivery::Keyed } else { Delivery::Pure }
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        if call.action == "returnResponse" {
            let body = call.within("response", "response").cloned().unwrap_or_default();
            let response = Response { status: 200, headers: Map::new(), body: body.clone() };
            return Ok(Reply::Respond(body, response));
        }
        let flow = call.within("flow", "externalId").or_else(|| call.given("flow")).and_then(Value::as_str);
        let flow = flow.ok_or_else(|| Failure::new("No flow is chosen. Open the step and choose one."))?;
        let data = call.within("flowProps", "payload").cloned().unwrap_or_default();
        // A further attempt is a further run: the one before has ended.
        let child = RunId(format!("{}-{}", call.key, call.attempt));
        let started = self.flows.start(flow, child.clone(), json!({ "data": data }), call.run).await;
        started.map_err(Failure::new)?;
        match call.flag("waitForResponse") {
            true => Ok(Reply::Wait(json!({}), Wait::Flow { run: child })),
            false => Ok(Reply::Done(json!({}))),
        }
    }

    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        let kind = match ask.input.get("mode").and_then(Value::as_str) {
            Some("advanced") => PropertyKind::Json,
            _ => PropertyKind::Object,
        };
        let field = |name: &str, label: &str| prop(name, kind, label).required();
        Ok(match ask.property {
            "flow" => {
                let label = |flow: &CallableFlow| match flow.is_enabled {
                    true => flow.name.clone(),
                    false => format!("{} (inactive)", flow.name),
                };
                let choice = |flow: CallableFlow| Choice {
                    label: label(&flow),
                    value: json!({ "externalId": flow.id, "exampleData": { "sampleData": flow.sample } }),
                };
                let options = self.flows.callable().await.into_iter().map(choice).collect();
                Choices::Dropdown(Options { options, ..Options::default() })
            }
            "flowProps" => {
                let Some(flow) = ask.input.get("flow").filter(|flow| flow.is_object()) else {
                    return Ok(Choices::Dynamic(all(Vec::new())));
                };
                let sample = flow.pointer("/exampleData/sampleData").cloned().unwrap_or_default();
                Choices::Dynamic(all(vec![field("payload", "Payload").usually(sample)]))
            }
            "exampleData" => Choices::Dynamic(all(vec![field("sampleData", "Sample Data")])),
            _ => Choices::Dynamic(all(vec![field("response", "Response")])),
        })
    }
}
