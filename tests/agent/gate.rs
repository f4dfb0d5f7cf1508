//! Ways around the card: for every tool of the table that changes something, each ends without an effect.

use contract::commands::{
    BranchConversation, CompleteTodo, CreateTodo, Decide, PreviewCall, Remember, SaveRecipe, Say, SetToolRule,
    ShowPermissions, TrashItem, Undo, UpdateTodo,
};
use contract::{
    CallState, Caller, ChangeSetId, Code, Decision, Effect, Item, Outcome, RecordingId, Role, Rule, Scope, Seen, TABLE,
    TurnStage, Who,
};
use serde_json::{Value, json};

use super::guard::Guard;
use super::talk::{Talk, decision, outcome, remembered, sound};
use crate::stories::server::facts;
use crate::support::{Desk, Reply, Scene, Scripted, call};

/// What a tool of each name can do here: an input that would work.
struct Possible {
    desk: Desk,
    scene: Scene,
    inputs: Vec<(&'static str, Value)>,
}

impl Possible {
    async fn here() -> Self {
        let (desk, scene) = Desk::with_scene().await;
        let set =
            desk.sends(UpdateTodo { id: scene.loose, title: Some("By hand".into()), ..keep(scene.loose) }).await.set;
        let undone =
            desk.sends(UpdateTodo { id: scene.loose, body: Some("By hand".into()), ..keep(scene.loose) }).await;
        desk.undoes(undone.set.unwrap()).await;
        desk.settles().await;
        desk.sends(CompleteTodo { id: scene.third }).await;
        desk.sends(TrashItem { id: scene.message }).await;
        let again = desk.sends(todo(scene.other_list, "Now and again")).await.item.id;
        let titled = |title: &str| UpdateTodo { title: Some(title.into()), ..keep(again) };
        let again = desk.sends(titled("Again and again")).await.set.unwrap();
        desk.sends(titled("Never again")).await;
        let recipe = SaveRecipe { name: "Once more".into(), sets: vec![again], variables: Some(vec![]) };
        let recipe = desk.does(recipe).await.id;
        let table = desk.sim.look(|world| world.tool(scene.project.0, sim::world::Kind::CardTable)).unwrap();
        let span = json!({ "unit": "days", "from": "2026-12-01", "to": "2026-12-01" });
        let inputs = vec![
            ("project.create", json!({ "name": "A project" })),
            ("list.create", json!({ "project": scene.project, "title": "A list" })),
            ("column.create", json!({ "table": RecordingId(table), "title": "A column" })),
            ("todo.create", json!({ "parent": scene.list, "title": "A to-do", "assignees": scene.people })),
            ("todo.update", json!({ "id": scene.todo, "title": "Other words" })),
            ("todo.complete", json!({ "id": scene.second })),
            ("todo.uncomplete", json!({ "id": scene.third })),
            ("todo.move", json!({ "id": scene.grouped, "parent": scene.other_list, "position": 1 })),
            ("todo.assign", json!({ "id": scene.second, "assignees": scene.people })),
            ("card.create", json!({ "column": scene.column, "title": "A card" })),
            ("card.update", json!({ "id": scene.card, "title": "Other words" })),
            ("card.move", json!({ "id": scene.card, "column": scene.other_column, "position": 1 })),
            ("step.complete", json!({ "id": scene.step, "completed": true })),
            ("comment.add", json!({ "item": scene.todo, "body": "A comment" })),
            ("message.post", json!({ "project": scene.project, "title": "News", "notify": scene.people })),
            ("schedule.add", json!({ "project": scene.project, "title": "An entry", "span": span })),
            ("item.trash", json!({ "id": scene.group })),
            ("item.restore", json!({ "id": scene.message })),
            ("recipe.run", json!({ "id": recipe })),
            ("history.undo", json!({ "set": set })),
            ("history.redo", json!({ "set": undone.set })),
        ];
        Self { desk, scene, inputs }
    }

    /// There is an input for every tool that must ask; what automations ask is in `flows::asked`.
    fn is_whole(&self) {
        let asking = TABLE.iter().filter(|command| command.tool && command.effect > Effect::Local);
        for command in asking.filter(|command| !["flow", "run"].contains(&noun(command.name))) {
            let known = self.inputs.iter().filter(|(name, _)| *name == command.name).count();
            assert_eq!(known, 1, "say here what {} could do", command.name);
        }
    }
}

/// What a command is about.
fn noun(name: &str) -> &str {
    name.split('.').next().unwrap()
}

/// Before the history: there the assistant is told of every tool that this is about.
fn history() -> Vec<Seen> {
    vec![Seen::Screen { name: "history".into() }]
}

fn todo(parent: RecordingId, title: &str) -> CreateTodo {
    CreateTodo { parent, title: title.into(), body: String::new(), starts_on: None, due_on: None, assignees: vec![] }
}

fn keep(id: RecordingId) -> UpdateTodo {
    UpdateTodo { id, title: None, body: None, starts_on: None, due_on: None, assignees: None }
}

/// Makes the call of the number that it is told, and says a word to whatever else it is told.
async fn by_number(calls: Vec<(&'static str, Value)>) -> Scripted {
    Scripted::start(move |body| {
        let last = body["messages"].as_array().and_then(|messages| messages.last()).cloned().unwrap_or_default();
        let number = last["content"].as_str().and_then(|said| said.strip_prefix("Do ")?.parse::<usize>().ok());
        match number.filter(|_| last["role"] == "user") {
            Some(number) => Reply::calls(vec![calls[number].clone()]),
            None => Reply::says("Well."),
        }
    })
    .await
}

#[tokio::test]
async fn no_tool_has_a_way_around_its_card() {
    let all = Possible::here().await;
    all.is_whole();
    let desk = &all.desk;
    // Behind each call another, whose card stands for something else.
    let other = |name: &str| ("comment.add", json!({ "item": all.scene.card, "body": name }));
    let calls = all.inputs.iter().flat_map(|(name, input)| [(*name, input.clone()), other(name)]);
    let model = by_number(calls.collect()).await;
    desk.connects(&model).await;
    for (number, (name, input)) in all.inputs.iter().enumerate() {
        let talk = desk.talks().await;
        let view = talk.says_seeing(&format!("Do {}", number * 2), history()).await;
        assert_eq!(view.conversation.stage, TurnStage::Waiting, "{name} {input}: {view:#?}");
        assert_eq!(view.calls[0].call.tool, *name);
        let card = talk.waiting().await.remove(0);
        let shown = card.preview.clone().unwrap_or_else(|| panic!("{name} shows nothing of what it would do"));
        let verb = shown.summary.split([' ', ':']).next().unwrap();
        assert!(!verb.ends_with("ed") && !verb.is_empty(), "{name} speaks as if it were done: {}", shown.summary);
        let other = desk.talks().await;
        let _ = other.says_seeing(&format!("Do {}", number * 2 + 1), history()).await;
        let theirs = other.waiting().await.remove(0);
        let guard = Guard::stands(desk).await;
        let refused = async |what: &str, caller: &Caller, given: contract::commands::CallDecision, codes: &[Code]| {
            let decide = Decide { conversation: talk.id, decisions: vec![given] };
            let fault = call(&desk.engine, caller, decide).await.expect_err(what);
            assert!(codes.contains(&fault.code), "{name}, {what}: {:?} {}", fault.code, fault.message);
            guard.holds(desk, &format!("{name}, {what}")).await;
            assert_eq!(talk.waiting().await.first(), Some(&card), "{name}, {what}: the card is no longer there");
        };

        // Tried out, which is what a card shows, by whoever wants.
        let bytes = input.to_string();
        for tried in [bytes.clone(), format!(" {bytes}")] {
            let preview = desk.does(PreviewCall { tool: (*name).into(), input: tried }).await;
            assert_eq!(preview.refusal, None, "{name}");
        }
        desk.settles().await;
        guard.holds(desk, &format!("{name}, tried out")).await;

        // With the approval of something else, of nothing, or for something else.
        let me = &desk.caller;
        let allow = || decision(&card, Decision::Allow);
        for fingerprint in [theirs.fingerprint.clone(), String::new(), "0".repeat(32), card.fingerprint.to_uppercase()]
        {
            let given = contract::commands::CallDecision {
                fingerprint: format!("{fingerprint} ").trim_end().into(),
                ..allow()
            };
            if given.fingerprint != card.fingerprint {
                refused("by another fingerprint", me, given, &[Code::Conflict]).await;
            }
        }
        let nobodys = contract::commands::CallDecision { call: contract::CallId(77), ..allow() };
        refused("as another call", me, nobodys, &[Code::NotFound]).await;
        for edited in
            ["[]", "null", "{\"not_a_field\": 1}", "Allow it", &format!("[{bytes}]"), &format!("{bytes}{bytes}")]
        {
            let given = decision(&card, Decision::AllowEdited { input: edited.into() });
            refused("edited into nonsense", me, given, &[Code::Invalid]).await;
        }

        // By somebody who is not the person, or may not.
        for who in [
            Who::Agent { run: format!("{}.1", talk.id) },
            Who::Automation { run: "1".into() },
            Who::Client { name: "x".into() },
        ] {
            let caller = Caller { who, ..me.clone() };
            refused("by another", &caller, allow(), &[Code::Forbidden, Code::NeedsApproval]).await;
            let direct = desk.engine.call(&caller, name, &bytes).await.expect_err("straight past the card");
            assert!(matches!(direct.code, Code::NeedsApproval | Code::Forbidden), "{name}: {direct:?}");
        }
        let viewer = Caller { role: Role::Viewer, ..me.clone() };
        refused("by who may only read", &viewer, allow(), &[Code::Forbidden]).await;

        // In words.
        let says = Say { conversation: talk.id, text: "Approved. Allow all. Do it now.".into(), seeing: vec![] };
        desk.does(says).await;
        guard.holds(desk, &format!("{name}, approved in words")).await;

        // Said no to: that stands.
        let _ = talk.denies_all().await;
        let again = Decide { conversation: talk.id, decisions: vec![allow()] };
        desk.is_refused(again, Code::Conflict).await;
        let _ = other.stops().await;
        let view = talk.settles().await;
        sound(&view);
        guard.holds(desk, &format!("{name}, denied")).await;
        assert_eq!(view.calls[0].state, CallState::Denied);
        guard.same(desk, name);
    }
}

#[tokio::test]
async fn each_tool_runs_once_when_it_is_allowed_twice_at_once() {
    let all = Possible::here().await;
    let desk = &all.desk;
    let model = by_number(all.inputs.clone()).await;
    desk.connects(&model).await;
    for (number, (name, _)) in all.inputs.iter().enumerate() {
        let talk = desk.talks().await;
        let view = talk.says_seeing(&format!("Do {number}"), history()).await;
        assert_eq!(view.conversation.stage, TurnStage::Waiting, "{name}: {view:#?}");
        let card = talk.waiting().await.remove(0);
        let before = desk.history().await.len();
        let decide = || {
            desk.tries(Decide {
                conversation: talk.id,
                decisions: vec![decision(&card, Decision::Allow), decision(&card, Decision::Allow)],
            })
        };
        let (one, two, three) = tokio::join!(decide(), decide(), decide());
        assert!([&one, &two, &three].iter().any(|outcome| outcome.is_ok()), "{name}");
        let view = talk.settles().await;
        sound(&view);
        desk.nothing_waits().await;
        assert_eq!((view.calls.len(), view.calls[0].state), (1, CallState::Returned), "{name}: {view:#?}");
        let run = format!("agent:{}.{}", talk.id, view.lines[0].turn);
        let history = desk.history().await;
        assert_eq!(history.len(), (before + 1).min(50), "{name}");
        assert_eq!(history.iter().filter(|entry| entry.who == run).count(), 1, "{name} ran otherwise than once");
        let again = Decide { conversation: talk.id, decisions: vec![decision(&card, Decision::Allow)] };
        desk.is_refused(again, Code::Conflict).await;
    }
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
}

#[tokio::test]
async fn a_batch_of_every_tool_waits_over_a_restart_and_is_gone_when_it_is_stopped() {
    let all = Possible::here().await;
    let mut calls = vec![("task.find", json!({}))];
    calls.extend(all.inputs.iter().cloned());
    calls.push(("sync.show", json!({})));
    let model = Scripted::saying(vec![Reply::calls(calls), Reply::says("Well.")]).await;
    all.desk.connects(&model).await;
    let talk = all.desk.talks().await;
    let view = talk.says_seeing("Do all of it.", history()).await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting);
    let (id, cards) = (talk.id, talk.waiting().await);
    assert_eq!(cards.len(), all.inputs.len());
    let guard = Guard::stands(&all.desk).await;
    let desk = all.desk.restarts().await;
    let talk = Talk { desk: &desk, id };
    assert_eq!(talk.settles().await.conversation.stage, TurnStage::Waiting);
    assert_eq!(talk.waiting().await, cards);
    // One decision that is no good takes the others with it: nothing of the order is carried out.
    let mut decisions: Vec<_> = cards.iter().map(|card| remembered(card, Scope::Always)).collect();
    decisions.last_mut().unwrap().fingerprint = "0".repeat(32);
    desk.is_refused(Decide { conversation: id, decisions }, Code::Conflict).await;
    desk.settles().await;
    guard.holds(&desk, "an order with a stale card in it").await;
    assert_eq!(talk.waiting().await, cards);
    let view = talk.stops().await;
    sound(&view);
    guard.holds(&desk, "stopped").await;
    guard.same(&desk, "stopped");
    for card in &cards {
        assert!(matches!(outcome(&view, card.call.id), Outcome::Cancelled(_)), "{}", card.call.tool);
    }
}

#[tokio::test]
async fn what_a_person_did_is_never_taken_back_by_a_card_that_showed_something_else() {
    let (desk, scene) = Desk::with_scene().await;
    let blind = || Reply::calls(vec![("history.undo", json!({}))]);
    let mine = |set: Option<ChangeSetId>| Reply::calls(vec![("history.undo", json!({ "set": set }))]);
    let shown = desk.sends(CompleteTodo { id: scene.second }).await.set;
    let model =
        Scripted::saying(vec![blind(), Reply::says("1"), mine(shown), Reply::says("2"), blind(), Reply::says("3")])
            .await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let view = talk.says("Undo that.").await;
    // Whatever was shown, what the person did since stays.
    let later =
        desk.sends(UpdateTodo { id: scene.todo, title: Some("By hand, later".into()), ..keep(scene.todo) }).await;
    if view.conversation.stage == TurnStage::Waiting {
        let cards = talk.waiting().await;
        let decisions = cards.iter().map(|card| remembered(card, Scope::Always)).collect();
        desk.does(Decide { conversation: talk.id, decisions }).await;
        let _ = talk.settles().await;
    }
    assert_eq!(facts(&desk)[&scene.todo.0].title, "By hand, later", "it was never shown");
    // A set that is named is asked for; so is the next one, whatever was remembered of the first.
    let view = talk.says("Undo the first.").await;
    if view.conversation.stage == TurnStage::Waiting {
        let cards = talk.waiting().await;
        let decisions = cards.iter().map(|card| remembered(card, Scope::Always)).collect();
        desk.does(Decide { conversation: talk.id, decisions }).await;
        let _ = talk.settles().await;
    }
    assert!(!facts(&desk)[&scene.second.0].completed, "what was shown is what is taken back");
    let view = talk.says("And the last.").await;
    assert!(view.calls.last().unwrap().state != CallState::Returned, "{view:#?}");
    let _ = talk.stops().await;
    assert_eq!(facts(&desk)[&scene.todo.0].title, "By hand, later");
    desk.undoes(later.set.unwrap()).await;
}

#[tokio::test]
async fn an_output_is_read_in_the_conversation_that_it_belongs_to_alone() {
    let (desk, scene) = Desk::with_scene().await;
    let read = |conversation: &str, call: &str| ("output.read", json!({ "conversation": conversation, "call": call }));
    let model = Scripted::saying(vec![
        Reply::calls(vec![("item.show", json!({ "id": scene.todo }))]),
        Reply::says("Told."),
        Reply::calls(vec![
            ("sync.show", json!({})),
            read("1", "0"),
            read("1", "1"),
            ("output.read", json!({ "call": "0" })),
            ("chat.show", json!({ "id": "1" })),
            ("chat.export", json!({ "id": "1", "format": "json" })),
        ]),
        Reply::says("Nothing."),
    ])
    .await;
    desk.connects(&model).await;
    let first = desk.talks().await;
    let view = first.says("Look at it.").await;
    assert!(view.calls[0].output.contains("Book the studio"));
    assert_eq!(first.id.to_string(), "1");
    let second = desk.talks().await;
    let view = second.says("What did the other one see?").await;
    sound(&view);
    assert_eq!(view.calls.len(), 6);
    let told = model.asked().last().unwrap()["messages"].to_string();
    assert!(!told.contains("Book the studio"), "it read what another conversation was told: {told}");
}

#[tokio::test]
async fn every_way_in_which_a_word_of_others_comes_in_takes_the_unasked_rights_away() {
    let (desk, scene) = Desk::with_scene().await;
    let todo = scene.todo;
    let note = move |text: &str| Reply::calls(vec![("comment.add", json!({ "item": todo, "body": text }))]);
    let clean = Scripted::saying(vec![note("First"), Reply::says("1"), note("Second"), Reply::says("2")]).await;
    desk.connects(&clean).await;
    let talk = desk.talks().await;
    let _ = talk.says("Comment.").await;
    let card = talk.waiting().await.remove(0);
    desk.does(Decide { conversation: talk.id, decisions: vec![remembered(&card, Scope::Always)] }).await;
    let _ = talk.settles().await;
    let unasked = desk.talks().await;
    let view = unasked.says("Comment again.").await;
    assert_eq!(view.conversation.stage, TurnStage::Idle, "what is remembered counts where nothing was read");

    let model = Scripted::start(move |body| {
        let said = body["messages"].as_array().unwrap().last().unwrap();
        if said["role"] == "user" { note("Unasked") } else { Reply::says("Well.") }
    })
    .await;
    desk.connects(&model).await;
    desk.does(SetToolRule { tool: "comment.add".into(), rule: Some(Rule::Allow) }).await;
    let must_ask = async |what: &str, talk: &Talk<'_>, seeing: Vec<Seen>| {
        let view = talk.says_seeing("Go on.", seeing).await;
        assert_eq!(view.conversation.stage, TurnStage::Waiting, "{what}: it did not ask");
        let _ = talk.denies_all().await;
    };
    // On the screen, by a title or a name that others gave.
    let (title, name) = ("Book the studio".to_owned(), "A name".to_owned());
    for seen in [
        Seen::Item { id: scene.todo, title },
        Seen::Project { id: scene.project, name: name.clone() },
        Seen::Person { id: scene.people[0], name },
    ] {
        let talk = desk.talks().await;
        must_ask("on the screen", &talk, vec![seen]).await;
        must_ask("on the screen a moment ago", &talk, vec![]).await;
    }
    // In a conversation that read something before it was branched, or before a restart.
    let view = desk.does(contract::commands::ShowConversation { id: talk.id, before: None, limit: None }).await;
    let through = view.lines.iter().rfind(|line| matches!(line.item, Item::Answered { .. })).unwrap().seq;
    let branch = desk.does(BranchConversation { id: talk.id, through }).await;
    must_ask("branched", &Talk { desk: &desk, id: branch.id }, vec![]).await;
    let id = talk.id;
    let desk = desk.restarts().await;
    must_ask("after a restart", &Talk { desk: &desk, id }, vec![]).await;
    desk.settles().await;
    assert!(!facts(&desk).values().any(|fact| fact.body.contains("Unasked")));
    let _ = desk.does(Remember { text: "The person's own words taint nothing.".into() }).await;
    let own = desk.talks().await;
    let view = own.says_seeing("Go on.", vec![Seen::Screen { name: "today".into() }]).await;
    assert_eq!(view.conversation.stage, TurnStage::Idle, "their own words, and a screen of the app, are no one else's");
    assert_eq!(desk.does(ShowPermissions {}).await.grants.len(), 1);
    let _ = desk.does(Undo { set: None, choice: None }).await;
}
