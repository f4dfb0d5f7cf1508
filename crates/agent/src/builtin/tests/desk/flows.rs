//! Automations of the studio: what their tools tell.

use contract::commands::{FlowOutline, FlowProposed, OutlineStep, RunOutline};
use contract::{
    Connection, ConnectionId, FlowCheck, FlowId, FlowNeed, FlowPlace, FlowState, FlowSummary, FlowView, RunId, RunList,
    RunStatus, RunSummary,
};
use serde_json::{Value, json};

use super::Desk;

pub(in crate::builtin) fn is_about_them(tool: &str) -> bool {
    ["flow.", "run.", "connection.", "piece."].iter().any(|noun| tool.starts_with(noun))
}

/// An automation with nothing in it.
pub(in crate::builtin) fn empty() -> FlowOutline {
    let trigger = OutlineStep { name: "trigger".into(), label: "Select Trigger".into(), ..OutlineStep::default() };
    FlowOutline {
        name: "Late".into(),
        revision: 3,
        reach: "{{step_1['output']['field']}}".into(),
        steps: vec![trigger],
        ..FlowOutline::default()
    }
}

pub(in crate::builtin) fn step(name: &str, label: &str, piece: &str, action: &str, fields: Value) -> OutlineStep {
    OutlineStep {
        name: name.into(),
        label: label.into(),
        piece: piece.into(),
        action: action.into(),
        fields: serde_json::from_value(fields).unwrap(),
        ..OutlineStep::default()
    }
}

fn summary() -> FlowSummary {
    FlowSummary {
        id: FlowId(5),
        name: "Late".into(),
        folder: String::new(),
        place: FlowPlace::Here,
        state: FlowState::On,
        changed: false,
        trigger: "Something is overdue".into(),
        steps: 2,
        problems: 0,
        owner: String::new(),
        changed_at: "2026-11-18T08:00:00Z".parse().unwrap(),
        last_run: None,
        last_test: None,
        runs: 4,
        failed: 1,
        days: Vec::new(),
    }
}

impl Desk {
    fn run_of(&self, id: i64) -> RunSummary {
        RunSummary {
            id: RunId(id),
            flow: FlowId(5),
            name: "Late".into(),
            place: FlowPlace::Here,
            status: if self.failure.is_some() { RunStatus::Failed } else { RunStatus::Succeeded },
            test: false,
            rehearsal: false,
            cause: "By hand".into(),
            began_at: "2026-11-18T08:00:00Z".parse().unwrap(),
            ended_at: None,
            failed_step: None,
            failure: None,
            waits: None,
        }
    }

    pub(super) fn automation(&self, tool: &str, input: &Value) -> String {
        let reply = match tool {
            "flow.propose" => {
                let created = input.get("id").is_none();
                let id = if created { FlowId(7) } else { FlowId(5) };
                json!(FlowProposed { id, created, outline: FlowOutline { waiting: true, ..self.outline.clone() } })
            }
            "flow.outline" => json!(self.outline),
            "flow.list" => json!([summary()]),
            "flow.switch" => json!(summary()),
            "flow.check" => {
                let need = FlowNeed {
                    key: "@activepieces/piece-slack:send_channel_message".into(),
                    words: "Send a message in Slack".into(),
                    steps: vec!["step_1".into()],
                    granted: false,
                };
                let errors = u32::try_from(self.outline.problems.len()).unwrap();
                json!(FlowCheck { findings: "[]".into(), errors, needs: vec![need] })
            }
            "flow.publish" => json!(FlowView {
                flow: summary(),
                revision: 4,
                document: None,
                done: Vec::new(),
                undone: Vec::new(),
                published: String::new(),
                pending: None,
                samples: Vec::new(),
                read_only: None,
                lock: None,
                diverged: None,
                address: None,
                told: None,
            }),
            "run.list" => json!(RunList { runs: vec![self.run_of(8)], ..RunList::default() }),
            "flow.run" | "flow.test" | "flow.rehearse" | "run.retry" => json!(self.run_of(9)),
            "run.outline" => json!(RunOutline {
                id: RunId(9),
                flow: FlowId(5),
                name: "Late".into(),
                status: self.run_of(9).status,
                cause: "By hand".into(),
                steps: vec!["trigger (Something is overdue): succeeded".into()],
                failed: self.failure.clone(),
                waits: None,
            }),
            "connection.list" => json!([Connection {
                id: ConnectionId(1),
                key: "slack-main".into(),
                label: "Team bot".into(),
                piece: "@activepieces/piece-slack".into(),
                place: FlowPlace::Here,
                fault: None,
                flows: 1,
            }]),
            other => panic!("nobody answers {other}"),
        };
        reply.to_string()
    }
}
