//! Two workspaces side by side: whatever the assistant of the first tries, by whatever name and number, nothing of the second
//! comes before it, nor before anybody who looks at the first.

use std::sync::{Arc, Mutex};

use contract::commands::{
    ChooseModel, ConnectModel, CreateTodo, Decide, ExportConversation, KeepDraft, ListConversations, Remember,
    RenameConversation, Say, SetOffline, ShowDirectory,
};
use contract::{
    Caller, ConversationId, Decision, Effect, ExportFormat, FeedBody, FeedEvent, Scope, Tag, TurnStage, Vendor,
};
use futures::StreamExt;
use serde_json::{Value, json};
use sim::Editor;
use sim::world::{Edit, Fields, Kind, Span};
use tempfile::TempDir;

use super::talk::{remembered, sound};
use crate::support::{Desk, Ear, Form, Reply, Scripted, Wants, World, connect, day, forms, stand_in};

/// Stands behind every word of the second workspace, and is never typed in the first.
const CANARY: &str = "zq7canary";
/// Stands before it, and is what is looked for.
const LURE: &str = "Quokka";

fn words() -> String {
    format!("{LURE} ledger {CANARY}")
}

/// What the second workspace is made of, by the types of ids.
struct Far {
    desk: Desk,
    items: Vec<i64>,
    projects: Vec<i64>,
    people: Vec<i64>,
    talks: Vec<ConversationId>,
}

/// Something of each kind, its every text a canary.
fn plant(editor: &mut Editor<'_>) -> Vec<i64> {
    let me = editor.world().me();
    let people: Vec<i64> = editor.world().people().map(|person| person.id).filter(|id| *id != me).collect();
    for (number, person) in people.into_iter().enumerate() {
        editor.introduce(person, &format!("{LURE} Person{number} {CANARY}"), &words()).unwrap();
    }
    let project = editor.apply(Edit::CreateProject { name: words(), description: Some(words()) }).unwrap().id();
    let tools: Vec<(Kind, i64)> =
        Kind::ALL.iter().filter_map(|kind| Some((*kind, editor.world().tool(project, *kind)?))).collect();
    let tool = |kind| tools.iter().find(|(other, _)| *other == kind).unwrap().1;
    let everybody: Vec<i64> = editor.world().people().map(|person| person.id).collect();
    for person in &everybody {
        editor.grant(project, *person).unwrap();
    }
    let full = || Fields {
        assignees: Some(everybody.clone()),
        body: Some(format!("<div>{}</div>", words())),
        span: Some(Span::Days(day("2026-12-03"), day("2026-12-03"))),
        file: Some((words(), "text/plain".into(), 9)),
        ..Fields::titled(words())
    };
    let mut made: Vec<i64> = tools.iter().map(|(_, id)| *id).collect();
    let mut put = |parent, kind| {
        let id = editor.create(parent, kind, full()).unwrap();
        made.push(id);
        id
    };
    let list = put(tool(Kind::Todoset), Kind::Todolist);
    put(list, Kind::Todolist);
    let todo = put(list, Kind::Todo);
    put(todo, Kind::Comment);
    let column = put(tool(Kind::CardTable), Kind::Column);
    let card = put(column, Kind::Card);
    put(card, Kind::Step);
    put(tool(Kind::MessageBoard), Kind::Message);
    for kind in [Kind::Vault, Kind::Document, Kind::Upload] {
        put(tool(Kind::Vault), kind);
    }
    put(tool(Kind::Schedule), Kind::ScheduleEntry);
    let question = put(tool(Kind::Questionnaire), Kind::Question);
    put(question, Kind::Answer);
    put(tool(Kind::Chat), Kind::Line);
    made
}

impl Far {
    async fn beside(desk: &Desk) -> Self {
        let sim = stand_in(World { seed: 23, ..World::small(23) }, &desk.time).await;
        let items = sim.edit(plant);
        let (projects, people) = sim.look(|world| {
            let projects: Vec<i64> = world.projects().map(|project| project.id).collect();
            (projects, world.people().map(|person| person.id).collect())
        });
        let (sign_in, caller) = connect(&desk.engine, &sim).await;
        assert_ne!(caller.workspace, desk.caller.workspace);
        let (engine, time) = (desk.engine.clone(), desk.time.clone());
        let desk = Desk { sim, engine, caller, time, folder: TempDir::new().unwrap(), sign_in };
        desk.sync().await;
        let mut far = Self { desk, items, projects, people, talks: Vec::new() };
        far.lives().await;
        far
    }

    /// Everything that is kept here only: a memory, conversations with their outputs, a card, a grant, a draft, an edit that
    /// waits, and a model.
    async fn lives(&mut self) {
        let desk = &self.desk;
        let list = desk.sim.look(|world| world.of_kind(Kind::Todolist).last().copied()).unwrap();
        let note = json!({ "item": list.to_string(), "body": words() });
        let model = Scripted::saying(vec![
            Reply::Calls(
                words(),
                vec![("search.find".into(), json!({ "query": LURE })), ("comment.add".into(), note.clone())],
            ),
            Reply::calls(vec![("comment.add", note)]),
            Reply::says(&words()),
        ])
        .await;
        let connected = ConnectModel {
            id: None,
            vendor: Vendor::Compatible,
            model: words(),
            label: Some(words()),
            base: Some(model.base()),
            key: None,
            fallback: None,
        };
        let model = desk.does(connected).await.models.last().unwrap().id;
        desk.does(Remember { text: words() }).await;
        for says in [words(), format!("Once more: {}", words())] {
            let talk = desk.talks().await;
            desk.does(ChooseModel { id: talk.id, model: Some(model) }).await;
            let view = talk.says(&says).await;
            sound(&view);
            assert_eq!(view.conversation.stage, TurnStage::Waiting, "{view:#?}");
            self.talks.push(talk.id);
        }
        let first = super::talk::Talk { desk, id: self.talks[0] };
        let card = first.waiting().await.remove(0);
        desk.does(Decide { conversation: first.id, decisions: vec![remembered(&card, Scope::Always)] }).await;
        desk.settles().await;
        desk.does(RenameConversation { id: first.id, title: words() }).await;
        desk.does(KeepDraft { id: first.id, text: words() }).await;
        desk.does(SetOffline { offline: true }).await;
        let todo = CreateTodo {
            parent: contract::RecordingId(list),
            title: words(),
            body: words(),
            starts_on: None,
            due_on: None,
            assignees: vec![],
        };
        self.items.push(desk.does(todo).await.item.id.0);
        assert_eq!(desk.outbox().await.len(), 1);
    }

    /// Numbers to try in place of an id: those of the second workspace, and some that are nobody's.
    fn ids(&self, of: &str) -> Vec<i64> {
        let mut ids = match of {
            "RecordingId" => self.items.clone(),
            "ProjectId" => self.projects.clone(),
            "PersonId" => self.people.clone(),
            _ => (0..6).collect(),
        };
        ids.extend([0, -1, i64::MAX, i64::MIN]);
        ids
    }

    /// Inputs for a command: as little as it takes, and all that it may have, with each of the ids.
    fn inputs(&self, form: &Form) -> Vec<Value> {
        let mut inputs = Vec::new();
        for whole in [false, true] {
            for round in 0..40 {
                let mut longest = 0;
                let input = form.filled(whole, &mut |place| match &place.wants {
                    Wants::Id(of) => {
                        let ids = self.ids(of);
                        longest = longest.max(ids.len());
                        Some(json!(ids[round % ids.len()].to_string()))
                    }
                    Wants::Text if place.field == "tool" => Some(json!("comment.add")),
                    Wants::Text if place.path == "input" => {
                        Some(json!(json!({ "id": self.items[round % self.items.len()].to_string() }).to_string()))
                    }
                    Wants::Text => Some(json!(LURE)),
                    Wants::Number => Some(json!(if place.field == "limit" { 50 } else { round })),
                    Wants::Flag => Some(json!(round % 2 == 0)),
                    Wants::Word(words) => Some(words[round % words.len()].clone()),
                    Wants::Secret | Wants::Day | Wants::Instant => None,
                });
                if !inputs.contains(&input) {
                    inputs.push(input);
                }
                if round + 1 >= longest.max(2) {
                    break;
                }
            }
        }
        // By a name of its own, which no command has.
        inputs.push(json!({ "workspace": self.desk.workspace(), "query": LURE }));
        inputs
    }
}

#[track_caller]
fn clean(what: &str, text: &str) {
    if let Some(at) = text.to_lowercase().find(CANARY) {
        let from = text.char_indices().map(|(at, _)| at).rfind(|start| *start + 300 <= at).unwrap_or(0);
        let part: String = text[from..].chars().take(600).collect();
        panic!("{what} shows what is in the other workspace: …{part}…");
    }
}

/// Everything that is told to those who look at a workspace, and to those who look at none.
fn listen(desk: &Desk) -> Arc<Mutex<Vec<FeedEvent>>> {
    let heard: Arc<Mutex<Vec<FeedEvent>>> = Arc::default();
    for workspace in [desk.caller.workspace, None] {
        let (mut events, heard) = (Box::pin(desk.engine.attach(None, workspace)), heard.clone());
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                heard.lock().unwrap().push(event);
            }
        });
    }
    heard
}

/// What each reading command of a workspace answers, or says instead.
async fn answers(caller: &Caller, desk: &Desk, far: &Far) -> Vec<(&'static str, Value, String)> {
    let mut answers = Vec::new();
    // Models are the installation's, and in every list of models by name.
    let reading = |form: &Form| {
        let command = form.command;
        command.in_workspace && command.effect == Effect::Read && command.name != "model.list"
    };
    for form in forms().iter().filter(|form| reading(form)) {
        for input in far.inputs(form) {
            let answer = desk.engine.call(caller, form.command.name, &input.to_string()).await;
            let text = answer.unwrap_or_else(|fault| serde_json::to_string(&fault).unwrap());
            let text = if form.command.name == "integration.list" { without_models(&text) } else { text };
            answers.push((form.command.name, input, text));
        }
    }
    answers
}

/// Everything that is connected, but for the installation's models. A refusal is as it was.
fn without_models(text: &str) -> String {
    let mut answer: Value = serde_json::from_str(text).unwrap();
    if let Some(rows) = answer.as_array_mut() {
        rows.retain(|row| row["kind"] != "model");
    }
    answer.to_string()
}

#[tokio::test]
async fn nothing_of_one_workspace_comes_before_the_assistant_of_another() {
    let (desk, _) = Desk::with_scene().await;
    let heard = listen(&desk);
    let far = Far::beside(&desk).await;

    // The same questions, asked where it all is, show it: what follows can fail.
    let there = answers(&far.desk.caller, &desk, &far).await;
    let mut shown: Vec<&str> =
        there.iter().filter(|(_, _, text)| text.contains(CANARY)).map(|(name, _, _)| *name).collect();
    shown.dedup();
    for name in [
        "directory.show",
        "todo.lists",
        "task.find",
        "board.show",
        "item.list",
        "item.show",
        "search.find",
        "person.load",
        "history.list",
        "outbox.list",
        "chat.list",
        "chat.show",
        "chat.export",
        "output.read",
        "permission.show",
        "memory.list",
    ] {
        assert!(shown.contains(&name), "{name} never shows what it is asked for: {shown:?}");
    }

    // A person in the first workspace.
    for (name, input, text) in answers(&desk.caller, &desk, &far).await {
        clean(&format!("{name} {input}"), &text);
    }

    // The assistant there, with every tool, and with what is none.
    let calls: Vec<(String, Value)> = forms()
        .iter()
        .flat_map(|form| far.inputs(form).into_iter().map(|input| (form.command.name.to_owned(), input)))
        .collect();
    let tools = calls.len();
    let mut batches = calls.chunks(30).map(<[_]>::to_vec).collect::<Vec<_>>().into_iter();
    let model = Scripted::start(move |body| {
        let last = body["messages"].as_array().and_then(|messages| messages.last());
        match last.is_some_and(|message| message["role"] == "user").then(|| batches.next()).flatten() {
            Some(batch) => Reply::calls(batch),
            None => Reply::says("That was all."),
        }
    })
    .await;
    desk.connects(&model).await;
    let (mut made, mut ran) = (0, 0);
    for _ in 0..tools.div_ceil(30) {
        let talk = desk.talks().await;
        let mut view = talk.says("Go on.").await;
        while view.conversation.stage == TurnStage::Waiting {
            clean("a card", &serde_json::to_string(&view).unwrap());
            view = talk.denies_all().await;
        }
        sound(&view);
        made += view.calls.len();
        ran += view.calls.iter().filter(|call| call.state == contract::CallState::Returned).count();
        clean("a conversation", &serde_json::to_string(&view).unwrap());
        for format in [ExportFormat::Markdown, ExportFormat::Json] {
            clean("an export", &desk.does(ExportConversation { id: talk.id, format }).await.text);
        }
    }
    assert_eq!(made, tools, "not every call was made");
    assert!(ran > 100, "{ran} of {made} calls ran");
    for request in model.asked() {
        clean("a prompt", &request.to_string());
    }
    let query = Some(LURE.to_owned());
    let talks = desk.does(ListConversations { query, archived: false, limit: None }).await;
    clean("the list of conversations", &serde_json::to_string(&talks).unwrap());
    clean("the directory", &serde_json::to_string(&desk.does(ShowDirectory {}).await).unwrap());

    // Something is said over there, last: it is told there alone.
    let say = Say { conversation: far.talks[0], text: words(), seeing: vec![] };
    far.desk.does(say).await;
    far.desk.settles().await;
    let mut ear = Ear::new(&desk, None);
    desk.does(Remember { text: "The last thing here.".into() }).await;
    ear.until(|body| matches!(body, FeedBody::Changed { tags, .. } if tags.contains(&Tag::Memories)).then_some(()))
        .await;
    tokio::task::yield_now().await;
    let heard = heard.lock().unwrap();
    assert!(heard.len() > 100, "only {} events were heard", heard.len());
    for event in heard.iter() {
        assert_ne!(event.workspace, far.desk.caller.workspace, "{event:?}");
        clean("an event", &serde_json::to_string(event).unwrap());
    }
}

/// The conversations of both workspaces have the same numbers: what is decided or read in one is not decided in the other.
#[tokio::test]
async fn the_same_number_of_a_conversation_is_another_conversation_elsewhere() {
    let (desk, scene) = Desk::with_scene().await;
    let far = Far::beside(&desk).await;
    let model = Scripted::saying(vec![
        Reply::calls(vec![("todo.complete", json!({ "id": scene.second }))]),
        Reply::says("Well."),
    ])
    .await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let view = talk.says("Complete it").await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting);
    let waiting = super::talk::Talk { desk: &far.desk, id: far.talks[1] };
    let theirs = waiting.waiting().await.remove(0);
    for conversation in [far.talks[0], far.talks[1], talk.id] {
        let decisions = vec![super::talk::decision(&theirs, Decision::Allow)];
        assert!(desk.tries(Decide { conversation, decisions }).await.is_err(), "a card of the other workspace");
    }
    assert_eq!(waiting.waiting().await.len(), 1, "it still waits over there");
    assert_eq!(talk.waiting().await.len(), 1, "and here");
}
