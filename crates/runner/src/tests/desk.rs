//! The app around the pieces, as far as the tests need it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use flow::PieceCall;
use flow::piece::Choice;
use serde_json::{Value, json};

use super::kit::{Kit, Safe, flow, step_of};
use crate::pieces::{
    AgentTask, Ai, AiError, CallableFlow, CommandError, Commands, Filter, Flows, HttpLimits, Note, Notices, Picker,
    Ports, Prompt, Table, TableField, TableFieldKind, Tables, all,
};
use crate::{Catalog, Key, Map, Run, RunId};

/// Everything that pieces ask of the app, written down.
#[derive(Default)]
pub(super) struct App {
    pub(super) said: Mutex<Vec<(String, Value)>>,
    pub(super) keys: Mutex<Vec<String>>,
    pub(super) records: Mutex<BTreeMap<String, Map>>,
}

impl App {
    fn say(&self, what: &str, value: Value, key: &Key) {
        self.said.lock().unwrap().push((what.to_owned(), value));
        self.keys.lock().unwrap().push(key.as_str().to_owned());
    }
}

#[async_trait]
impl Tables for App {
    async fn tables(&self) -> Result<Vec<Table>, String> {
        let table = |id: &str, name: &str| Table { id: id.into(), name: name.into() };
        Ok(vec![table("t1", "Orders"), table("t2", "People")])
    }

    async fn fields(&self, table: &str) -> Result<Vec<TableField>, String> {
        let field = |id: &str, kind| TableField { id: id.into(), name: id.to_uppercase(), kind };
        match table {
            "t1" => Ok(vec![
                field("name", TableFieldKind::Text),
                field("total", TableFieldKind::Number),
                field("day", TableFieldKind::Date),
                field("state", TableFieldKind::OneOf(vec!["new".into(), "done".into()])),
            ]),
            _ => Err("The table is gone. Choose another.".into()),
        }
    }

    async fn create(&self, table: &str, records: Vec<Map>, key: &Key) -> Result<Vec<Value>, String> {
        self.say("create", json!([table, records]), key);
        Ok(records.into_iter().map(Value::from).collect())
    }

    async fn update(&self, table: &str, record: &str, cells: Map, key: &Key) -> Result<Value, String> {
        self.say("update", json!([table, record, cells]), key);
        Ok(cells.into())
    }

    async fn delete(&self, table: &str, records: &[String], key: &Key) -> Result<(), String> {
        self.say("delete", json!([table, records]), key);
        Ok(())
    }

    async fn get(&self, _: &str, record: &str) -> Result<Option<Value>, String> {
        Ok(self.records.lock().unwrap().get(record).cloned().map(Value::from))
    }

    async fn find(&self, table: &str, filters: &[Filter], limit: Option<usize>) -> Result<Vec<Value>, String> {
        Ok(vec![json!([table, format!("{filters:?}"), limit])])
    }

    async fn clear(&self, table: &str, key: &Key) -> Result<(), String> {
        self.say("clear", json!(table), key);
        Ok(())
    }
}

#[async_trait]
impl Ai for App {
    async fn models(&self) -> Vec<Choice> {
        vec![Choice { label: "Usual".into(), value: json!("0") }]
    }

    async fn prompt(&self, prompt: Prompt) -> Result<Value, AiError> {
        match prompt.text.as_str() {
            "fail" => Err(AiError { message: "The model does not answer. Try again.".into(), in_doubt: false }),
            text => Ok(json!({ "said": text, "schema": prompt.schema })),
        }
    }

    async fn agent(&self, task: AgentTask, key: &Key) -> Result<Value, AiError> {
        self.say("agent", json!([task.goal, task.material]), key);
        Ok(json!("done"))
    }
}

#[async_trait]
impl Commands for App {
    async fn call(&self, name: &str, input: Value, key: &Key, run: &RunId) -> Result<Value, CommandError> {
        assert!(!run.0.is_empty(), "a command is given for a run");
        if input["title"] == "refuse" {
            return Err(CommandError { message: "The list is gone. Choose another.".into(), in_doubt: false });
        }
        self.say(name, input, key);
        Ok(json!({ "id": "1" }))
    }

    async fn choices(
        &self,
        picker: Picker,
        project: Option<&str>,
        search: Option<&str>,
    ) -> Result<Vec<Choice>, String> {
        let label = format!("{picker:?} of {project:?} with {search:?}");
        Ok(vec![Choice { label, value: json!("1") }])
    }
}

#[async_trait]
impl Notices for App {
    async fn show(&self, note: Note, key: &Key) -> Result<(), String> {
        self.say("show", json!([note.title, note.body, note.link]), key);
        Ok(())
    }
}

#[async_trait]
impl Flows for App {
    async fn callable(&self) -> Vec<CallableFlow> {
        let flow = |id: &str, is_enabled| CallableFlow {
            id: id.into(),
            name: id.to_uppercase(),
            sample: json!({ "a": 1 }),
            is_enabled,
        };
        vec![flow("f1", true), flow("f2", false)]
    }

    async fn start(&self, flow: &str, run: RunId, payload: Value, parent: &RunId) -> Result<(), String> {
        if flow == "off" {
            return Err("The flow is not enabled. Enable it.".into());
        }
        self.said.lock().unwrap().push(("start".into(), json!([flow, run, payload, parent])));
        Ok(())
    }
}

/// A runner with every piece, Slack at this address.
pub(super) fn desk(safe: Safe, slack: Option<String>, http: HttpLimits) -> (Kit, Arc<App>) {
    let app = Arc::new(App::default());
    let ports = Ports {
        tables: app.clone(),
        ai: app.clone(),
        commands: app.clone(),
        notices: app.clone(),
        flows: app.clone(),
        http,
        slack,
    };
    let mut kit = Kit::with(safe);
    kit.runner.pieces = Arc::new(Catalog::new(all(ports).unwrap()));
    (kit, app)
}

pub(super) fn plain() -> (Kit, Arc<App>) {
    desk(Safe::default(), None, HttpLimits::default())
}

/// A run of one step called `a`.
pub(super) async fn one(kit: &Kit, piece: &str, action: &str, input: Value) -> Run {
    kit.run(&flow(vec![step_of(piece, "a", action, input)]), json!({})).await
}

/// What one step brings.
pub(super) async fn brings(kit: &Kit, piece: &str, action: &str, input: Value) -> Result<Value, String> {
    let mut kit = Kit { runner: kit.runner.clone(), ..Kit::new() };
    kit.runner.journal = kit.journal.clone();
    let run = one(&kit, piece, action, input).await;
    match run.failed() {
        Some(failed) => Err(failed.failure.message.clone()),
        None => Ok(run.steps()["a"]["output"].clone()),
    }
}

/// What can be chosen.
pub(super) async fn options(kit: &Kit, piece: &str, operation: &str, property: &str, input: Value) -> Value {
    let call = PieceCall {
        piece: piece.to_owned(),
        operation: operation.to_owned(),
        input: input.as_object().cloned().unwrap_or_default(),
        ..PieceCall::default()
    };
    serde_json::to_value(kit.runner.options(&call, property, None).await).unwrap()
}
