//! Random requests: never a 500 but the known one, the installation sound after each, and what was written is read back.

use flow::Map;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::noon;
use crate::activepieces::{Answer, Ask, Body, Effect, Installation, Outcome, Owner, Reply, RunStatus, Site, answer};
use crate::dice::Dice;

struct Chaos {
    all: Installation,
    site: Site,
    dice: Dice,
    now: Timestamp,
    token: String,
    project: String,
    /// Ids that were answered, of whatever they are.
    ids: Vec<String>,
    flows: Vec<String>,
    statuses: std::collections::BTreeMap<u16, usize>,
}

impl Chaos {
    fn new(seed: u64) -> Self {
        let now = noon();
        let all = Installation::owned(seed, now, Owner::default());
        let (token, project) = (all.token(now), all.project_id().unwrap().to_owned());
        let ids = vec![project.clone(), "a".repeat(21), "short".to_owned()];
        let (dice, site) = (Dice::new(seed), Site::default());
        Self { all, site, dice, now, token, project, ids, flows: Vec::new(), statuses: Default::default() }
    }

    fn id(&mut self) -> String {
        self.dice.pick(&self.ids).cloned().unwrap()
    }

    fn flow(&mut self) -> String {
        self.dice.pick(&self.flows).cloned().unwrap_or_else(|| "a".repeat(21))
    }

    fn step(&mut self) -> String {
        self.dice
            .text(&["trigger", "step_1", "step_2", "step_3", "step_4", "step_5", "step_6", "step_99", "bad name"])
            .to_owned()
    }

    fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let text = body.map(Value::to_string).unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        self.now += jiff::SignedDuration::from_millis(self.dice.between(0, 900));
        let mut ask = Ask::new(&self.site, self.now, method, path, query, &text);
        ask.headers.push(("authorization".to_owned(), format!("Bearer {}", self.token)));
        let reply: Reply = answer(&mut self.all, &ask);
        let told = match &reply.body {
            Body::None => Value::Null,
            Body::Json(body) => (**body).clone(),
            Body::Text(text) => serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}")),
        };
        if reply.status == 500 {
            assert!(
                text.contains("ADD_ACTION") && told["message"] == "Maximum call stack size exceeded",
                "{text}: {told}"
            );
        }
        let known = [200, 201, 204, 400, 401, 403, 404, 409, 410, 429, 500];
        assert!(known.contains(&reply.status), "{method} {path} {text}: {}", reply.status);
        if reply.status >= 400 && reply.status != 410 {
            let is_webhook = path.contains("/webhooks/");
            assert!(is_webhook || told.get("code").is_some() || told.get("statusCode").is_some(), "{path}: {told}");
        }
        *self.statuses.entry(reply.status).or_default() += 1;
        if let Err(wrong) = self.all.check() {
            panic!("after {method} {path} {text}: {wrong}");
        }
        self.work();
        (reply.status, told)
    }

    /// Workers take what is queued, and bring anything.
    fn work(&mut self) {
        for effect in self.all.drain() {
            let Effect::Run { run } = effect else { continue };
            let Some((job, attempt)) = self.all.begin(&run, &self.site, self.now) else { continue };
            let statuses = [
                RunStatus::Succeeded,
                RunStatus::Failed,
                RunStatus::Paused,
                RunStatus::Timeout,
                RunStatus::InternalError,
                RunStatus::Canceled,
            ];
            let status = *self.dice.pick(&statuses).unwrap();
            let word = if status == RunStatus::Failed { "FAILED" } else { "SUCCEEDED" };
            let name = job.step_to_test.clone().unwrap_or_else(|| "step_1".to_owned());
            let size = if self.dice.chance(10) { 40_000 } else { 10 };
            let step = json!({ "type": "CODE", "status": word, "input": { "a": "x".repeat(size / 10) }, "output": "y".repeat(size) });
            self.all.progressed(&run, attempt, &name, &[], step.clone(), self.now);
            let outcome = Outcome { status, ..Outcome::succeeded(Map::from_iter([(name, step)])) };
            // The word of an earlier attempt counts for nothing.
            let answer = Some(Answer { status: 200, headers: Vec::new(), body: json!({}) });
            let stale = Outcome { answer, ..Outcome::succeeded(Map::new()) };
            assert!(self.all.ended(&run, attempt + 1, stale, &self.site, self.now).is_none());
            self.all.ended(&run, attempt, outcome, &self.site, self.now);
            self.all.check().unwrap();
        }
    }

    fn learn(&mut self, told: &Value) {
        if let Some(id) = told["id"].as_str() {
            self.ids.push(id.to_owned());
        }
    }

    /// Makes something, and reads it back from its list.
    fn make(&mut self) {
        let project = if self.dice.chance(90) { self.project.clone() } else { self.id() };
        let word = format!("Thing {}", self.dice.below(30));
        let (path, list, body) = match self.dice.below(6) {
            0 => ("/v1/flows", "flows", json!({ "projectId": project, "displayName": word, "folderName": "Some" })),
            1 => ("/v1/folders", "folders", json!({ "projectId": project, "displayName": word })),
            2 => ("/v1/variables", "variables", json!({ "projectId": project, "name": word, "value": "v" })),
            3 => (
                "/v1/tables",
                "tables",
                json!({ "projectId": project, "name": word, "fields": [{ "name": "A", "type": "TEXT" }] }),
            ),
            4 => {
                let value = json!({ "type": "SECRET_TEXT", "secret_text": "xoxb-1" });
                let body = json!({
                    "projectId": project, "externalId": word, "displayName": word, "value": value,
                    "pieceName": "@activepieces/piece-slack", "type": "SECRET_TEXT",
                });
                ("/v1/app-connections", "app-connections", body)
            }
            _ => ("/v1/projects", "projects", json!({ "displayName": word })),
        };
        let (status, told) = self.send("POST", path, Some(&body));
        if status >= 300 {
            return;
        }
        self.learn(&told);
        if list == "flows" {
            self.flows.push(told["id"].as_str().unwrap().to_owned());
        }
        let (_, rows) = self.send("GET", &format!("/v1/{list}?projectId={project}&limit=1000"), None);
        let found = rows["data"].as_array().unwrap().iter().any(|row| row["id"] == told["id"]);
        assert!(found, "{list} does not list {told}");
    }

    fn edit(&mut self) {
        let (flow, step, other) = (self.flow(), self.step(), self.step());
        let index = self.dice.below(4);
        let place = self.dice.text(&["AFTER", "INSIDE_LOOP", "INSIDE_BRANCH", "INSIDE_ON_FAILURE_BRANCH", "ODD"]);
        let settings = match self.dice.below(3) {
            0 => (
                "CODE",
                json!({ "input": { "a": "{{trigger['output']}} {{connections['Thing 3']}}" }, "sourceCode": { "code": "x", "packageJson": "{}" } }),
            ),
            1 => ("LOOP_ON_ITEMS", json!({ "items": "{{step_1['output']}}" })),
            _ => (
                "ROUTER",
                json!({ "executionType": "EXECUTE_FIRST_MATCH", "branches": [
                { "branchName": "A", "branchType": "CONDITION", "conditions": [[]] }, { "branchName": "O", "branchType": "FALLBACK" },
            ] }),
            ),
        };
        let valid = self.dice.chance(85);
        let action =
            json!({ "name": other, "displayName": "D", "valid": valid, "type": settings.0, "settings": settings.1 });
        let (kind, request) = match self.dice.below(20) {
            0..=3 => {
                let mut request = json!({ "parentStep": step, "action": action, "branchIndex": index });
                if self.dice.chance(70) {
                    request["stepLocationRelativeToParent"] = json!(place);
                }
                ("ADD_ACTION", request)
            }
            4 => ("UPDATE_ACTION", action),
            5 => ("DELETE_ACTION", json!({ "names": [step, other] })),
            6 => (
                "MOVE_ACTION",
                json!({ "name": step, "newParentStep": other, "stepLocationRelativeToNewParent": place, "branchIndex": index }),
            ),
            7 => ("DUPLICATE_ACTION", json!({ "stepName": step })),
            8 => ("SET_SKIP_ACTION", json!({ "names": [step], "skip": self.dice.chance(50) })),
            9 => ("ADD_BRANCH", json!({ "stepName": step, "branchIndex": index, "branchName": "N" })),
            10 => ("DELETE_BRANCH", json!({ "stepName": step, "branchIndex": index })),
            11 => ("MOVE_BRANCH", json!({ "stepName": step, "sourceBranchIndex": index, "targetBranchIndex": 0 })),
            12 => (
                "ADD_NOTE",
                json!({ "id": format!("n{index}"), "content": "c", "color": "red", "position": { "x": 1, "y": 2 }, "size": { "width": 3, "height": 4 } }),
            ),
            13 => ("DELETE_NOTE", json!({ "id": format!("n{index}") })),
            14 => ("SAVE_SAMPLE_DATA", json!({ "stepName": step, "payload": { "n": index }, "type": "OUTPUT" })),
            15 => ("LOCK_AND_PUBLISH", json!({})),
            16 => ("CHANGE_STATUS", json!({ "status": if index > 1 { "ENABLED" } else { "DISABLED" } })),
            17 => ("UPDATE_TRIGGER", super::webhook()),
            18 => ("CHANGE_FOLDER", json!({ "folderId": self.id() })),
            _ => ("CHANGE_NAME", json!({ "displayName": if index == 0 { json!(7) } else { json!("New") } })),
        };
        let path = format!("/v1/flows/{flow}");
        let (status, told) = self.send("POST", &path, Some(&json!({ "type": kind, "request": request })));
        if status == 200 {
            let (_, read) = self.send("GET", &path, None);
            assert_eq!(read, told, "{kind}");
            if let Some(version) = told["version"]["id"].as_str() {
                self.ids.push(version.to_owned());
            }
        }
    }

    fn run(&mut self) {
        let (flow, id) = (self.flow(), self.id());
        let project = self.project.clone();
        let (method, path, body) = match self.dice.below(9) {
            0 | 1 => ("POST", format!("/v1/webhooks/{flow}"), json!({ "a": 1 })),
            2 => ("POST", format!("/v1/webhooks/{flow}/draft"), json!({})),
            3 => ("POST", format!("/v1/webhooks/{flow}/test"), json!({})),
            4 => ("GET", format!("/v1/flow-runs?projectId={project}&limit=3"), json!(null)),
            5 => ("POST", format!("/v1/flow-runs/{id}/retry"), json!({ "strategy": "FROM_FAILED_STEP" })),
            6 => ("POST", format!("/v1/flow-runs/{id}/retry"), json!({ "strategy": "ON_LATEST_VERSION" })),
            7 => ("POST", "/v1/flow-runs/cancel".to_owned(), json!({ "projectId": project, "flowRunIds": [id] })),
            _ => (
                "POST",
                "/v1/sample-data/test-step".to_owned(),
                json!({ "projectId": project, "flowVersionId": id, "stepName": "step_1" }),
            ),
        };
        let (_, told) = self.send(method, &path, Some(&body).filter(|body| !body.is_null()));
        for row in told["data"].as_array().into_iter().flatten() {
            self.ids.push(row["id"].as_str().unwrap().to_owned());
        }
        self.learn(&told);
    }

    /// Deletes a flow, or the folder that flows are in, and lets some time pass.
    fn clear(&mut self) {
        let flow = self.flow();
        let (_, read) = self.send("GET", &format!("/v1/flows/{flow}"), None);
        match read["folderId"].as_str() {
            Some(folder) if self.dice.chance(50) => {
                let folder = folder.to_owned();
                self.send("DELETE", &format!("/v1/folders/{folder}"), None);
            }
            _ => {
                self.send("DELETE", &format!("/v1/flows/{flow}"), None);
            }
        }
        self.now += jiff::SignedDuration::from_secs(self.dice.between(0, 6));
    }

    fn anything(&mut self) {
        if self.dice.chance(15) {
            self.clear();
        }
        let (id, other) = (self.id(), self.id());
        let kind = self.dice.text(&[
            "flows",
            "folders",
            "projects",
            "tables",
            "fields",
            "records",
            "variables",
            "app-connections",
            "flow-runs",
            "users",
            "platforms",
            "pieces",
            "sample-data",
            "trigger-events",
            "test-trigger",
            "nonsense",
            "webhooks",
            "human-input/form",
            "files",
        ]);
        let method = self.dice.text(&["GET", "GET", "GET", "POST", "DELETE", "PUT"]);
        let tail = self.dice.text(&["", "", "/versions", "/template", "/export", "/clear", "/reveal", "/sync"]);
        let query = self.dice.text(&[
            "",
            "?limit=2&cursor=xx",
            "?projectId=zz",
            "?tableId=q&filters[0][fieldId]=x",
            "?limit=-1",
        ]);
        // Projects and flows are not deleted by chance alone: there would be nothing left.
        let method = if kind == "projects" || (kind == "flows" && self.dice.chance(80)) { "GET" } else { method };
        let body = match self.dice.below(4) {
            0 => json!({}),
            1 => json!({ "projectId": self.project, "flowId": id, "name": "n", "type": "TEXT", "tableId": other }),
            2 => {
                json!({ "displayName": ["x"], "names": 3, "cells": [{ "fieldId": other, "value": null }], "tableId": id })
            }
            _ => json!([1]),
        };
        self.send(method, &format!("/v1/{kind}/{id}{tail}{query}"), Some(&body).filter(|_| method != "GET"));
    }
}

#[test]
fn nothing_that_is_asked_breaks_it() {
    let mut statuses = std::collections::BTreeMap::<u16, usize>::new();
    for seed in 0..12 {
        let mut chaos = Chaos::new(seed);
        for _ in 0..500 {
            match chaos.dice.below(10) {
                0 | 1 => chaos.make(),
                2..=6 => chaos.edit(),
                7 | 8 => chaos.run(),
                _ => chaos.anything(),
            }
        }
        for (status, count) in chaos.statuses {
            *statuses.entry(status).or_default() += count;
        }
    }
    // Each kind of answer was met, the rare ones too.
    for status in [200, 201, 204, 400, 404, 409, 410, 500] {
        assert!(statuses.contains_key(&status), "{statuses:?}");
    }
}

#[test]
fn the_same_requests_make_the_same_server() {
    let make = || {
        let mut chaos = Chaos::new(4);
        for _ in 0..150 {
            chaos.edit();
            chaos.make();
            chaos.run();
        }
        format!("{:?}", chaos.all)
    };
    assert_eq!(make(), make());
}
