//! A server with one flow, which it changes as the real one does, and which somebody else may change behind our back.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, OnceLock};

use flow::{Flow, Op, Status, apply, wire};
use serde_json::{Value, json};

use super::server::{Reply, Seen, Server, sign_in};
use crate::{Editor, Features};

pub(super) const ID: &str = "flow-1";

pub(super) struct Fake {
    pub(super) flow: Flow,
    /// What happens to the next requests, in order.
    pub(super) fates: VecDeque<Fate>,
    /// The kinds of write that came, and whether they did anything.
    pub(super) writes: Vec<(String, bool)>,
    /// The requests as they came.
    pub(super) bodies: Vec<Value>,
    stamp: u64,
    version: u64,
    pub(super) is_gone: bool,
    /// Who is held to what they know at each write.
    pub(super) watch: Option<Arc<OnceLock<Editor>>>,
    /// Edits that a person makes here while a write is on its way.
    pub(super) meanwhile: VecDeque<Op>,
    /// What was sent on top of something unseen, if anything was.
    pub(super) broken: Option<String>,
    /// Edits of somebody who is quicker than the next write that replaces nothing.
    pub(super) races: VecDeque<Op>,
    /// The steps that came so.
    pub(super) raced: Vec<String>,
    /// Of these, those that were seen and deleted since.
    pub(super) deleted: BTreeSet<String>,
}

/// What happens to a request.
pub(super) enum Fate {
    /// What should.
    Well,
    /// It is done, and then this is answered.
    DoneThen(Reply),
    /// It is not done, and this is answered.
    Instead(Reply),
    /// It is passed over with a friendly answer.
    PassedOver,
    /// Somebody else is quicker.
    After(Box<Op>),
}

impl Fake {
    pub(super) fn new(mut flow: Flow) -> Self {
        flow.record.extra.insert("id".to_owned(), json!(ID));
        flow.record.extra.insert("operationStatus".to_owned(), json!("NONE"));
        flow.extra.insert("id".to_owned(), json!("version-1"));
        flow.extra.insert("flowId".to_owned(), json!(ID));
        flow.state = Some(flow::State::Draft);
        flow.record.status = Some(Status::Disabled);
        flow.record.published_version_id = None;
        Self {
            flow,
            fates: VecDeque::new(),
            writes: Vec::new(),
            bodies: Vec::new(),
            stamp: 0,
            version: 1,
            is_gone: false,
            watch: None,
            meanwhile: VecDeque::new(),
            broken: None,
            races: VecDeque::new(),
            raced: Vec::new(),
            deleted: BTreeSet::new(),
        }
    }

    /// Holds the client to its law, and lets somebody else be quicker than it where nothing is replaced.
    fn before_write(&mut self, body: &str) {
        let Some(editor) = self.watch.as_ref().and_then(|watch| watch.get()).cloned() else { return };
        if let Some(op) = self.meanwhile.pop_front() {
            editor.edit("Meanwhile", op).unwrap();
        }
        let known = editor.with(|draft| draft.known().clone());
        let unseen = apart(&known, &self.flow);
        if !unseen.is_empty() {
            self.broken = Some(format!("{body} was sent on top of {unseen:#?}"));
        }
        for name in &self.raced {
            // It is known, so whoever deletes it now has seen it.
            if known.step(name).is_some() {
                self.deleted.insert(name.clone());
            }
        }
        let word = word_of(body);
        let replaces_nothing = ["ADD_ACTION", "CHANGE_NAME", "UPDATE_ACTION"].contains(&word.as_str());
        if replaces_nothing && let Some(op) = self.races.pop_front() {
            let Op::AddAction { steps, .. } = &op else { panic!("{op:?}") };
            let name = steps[0].name.clone();
            self.edit(op);
            self.raced.push(name);
        }
    }

    /// Somebody else's edit.
    pub(super) fn edit(&mut self, op: Op) -> bool {
        let is_done = apply(&mut self.flow, op).is_ok();
        self.touch();
        // Whoever deletes here sees what is there.
        let gone = self.raced.iter().filter(|name| self.flow.step(name).is_none());
        self.deleted.extend(gone.cloned());
        is_done
    }

    fn touch(&mut self) {
        self.stamp += 1;
        let stamp = json!(format!("2026-11-21T12:{:02}:{:02}.000Z", self.stamp / 60 % 60, self.stamp % 60));
        self.flow.extra.insert("updated".to_owned(), stamp.clone());
        self.flow.record.extra.insert("updated".to_owned(), stamp.clone());
        // It writes dates and files wherever it likes.
        if let Some(step) = self.flow.steps.first_mut() {
            step.extra.insert("lastUpdatedDate".to_owned(), stamp);
        }
    }

    /// What the real server does with an operation.
    fn operate(&mut self, body: &str) -> Option<Reply> {
        let versions = |_: &str| Some(Flow::new("Earlier"));
        let word = word_of(body);
        // What nests deeper than a reader of plain JSON goes is not kept.
        self.bodies.push(serde_json::from_str(body).unwrap_or_default());
        let Ok(op) = wire::read_op(body, &versions) else {
            let refused = json!({"statusCode": 400, "code": "FST_ERR_VALIDATION", "error": "Bad Request", "message": "body/ Invalid input"});
            return Some(Reply::Say(400, refused.to_string()));
        };
        if let Op::AddAction { steps, .. } = &op
            && steps.walk().any(|visit| self.flow.step(&visit.step.name).is_some())
        {
            let crashed = json!({"statusCode": 500, "error": "Internal Server Error", "message": "Maximum call stack size exceeded"});
            return Some(Reply::Say(500, crashed.to_string()));
        }
        let is_edit = op.edits() && !matches!(op, Op::LockAndPublish { .. } | Op::LockFlow);
        let is_import = matches!(op, Op::ImportFlow { .. });
        // What it cannot do it passes over with a friendly answer.
        let is_done = apply(&mut self.flow, op).is_ok();
        self.writes.push((word, is_done));
        if is_done && is_edit && self.flow.state == Some(flow::State::Locked) {
            self.version += 1;
            self.flow.extra.insert("id".to_owned(), json!(format!("version-{}", self.version)));
            self.flow.state = Some(flow::State::Draft);
        }
        if is_import {
            self.forget_samples();
        }
        self.touch();
        None
    }

    /// An import forgets where the results of tests are.
    fn forget_samples(&mut self) {
        let mut steps = std::mem::take(&mut self.flow.steps).into_steps();
        for step in &mut steps {
            step.settings.remove("sampleData");
        }
        self.flow.steps = steps.into_iter().collect();
    }
}

fn word_of(body: &str) -> String {
    body.split('"').nth(3).unwrap_or_default().to_owned()
}

/// The server and its inside.
pub(super) async fn serve(flow: Flow) -> (Server, Arc<Mutex<Fake>>) {
    let fake = Arc::new(Mutex::new(Fake::new(flow)));
    let inside = fake.clone();
    let server = Server::start(move |seen| sign_in(seen).unwrap_or_else(|| answer(&inside, seen))).await;
    (server, fake)
}

fn answer(fake: &Mutex<Fake>, seen: &Seen) -> Reply {
    let mut fake = fake.lock().unwrap();
    if fake.is_gone {
        let gone = json!({"code": "ENTITY_NOT_FOUND", "params": {"entityType": "flow", "entityId": ID}});
        return Reply::Say(404, gone.to_string());
    }
    if seen.is("GET", &format!("/api/v1/flows/{ID}")) {
        return Reply::Say(200, wire::write_flow(&fake.flow));
    }
    assert!(seen.is("POST", &format!("/api/v1/flows/{ID}")), "{} {}", seen.method, seen.path);
    fake.before_write(&seen.body);
    let reply = match fake.fates.pop_front().unwrap_or(Fate::Well) {
        Fate::Well => fake.operate(&seen.body),
        Fate::DoneThen(reply) => fake.operate(&seen.body).or(Some(reply)),
        Fate::Instead(reply) => Some(reply),
        Fate::PassedOver => {
            fake.touch();
            None
        }
        Fate::After(op) => {
            fake.edit(*op);
            fake.operate(&seen.body)
        }
    };
    reply.unwrap_or_else(|| Reply::Say(200, wire::write_flow(&fake.flow)))
}

/// A server of the latest version.
pub(super) fn features() -> Features {
    Features { failure_branches: true, variables: true, ..Features::default() }
}

pub(super) async fn open(server: &Server) -> Editor {
    Editor::open(&server.client(), ID, &features()).await.unwrap()
}

/// What the two disagree about, other than what a server writes by itself.
pub(super) fn apart(a: &Flow, b: &Flow) -> flow::diff::Diff {
    flow::diff::diff(&a.document(), &b.document()).without_stamps()
}
