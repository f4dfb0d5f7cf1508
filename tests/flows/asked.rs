//! Automations by chat, in the sample workspace, with no server and no key; and ways around the card of what is asked.

use contract::commands::{
    ConnectModel, Decide, EditFlow, ListRuns, PendFlow, Say, SetUsualModel, ShowConversation, ShowFlow,
    StartConversation, UpdateTodo,
};
use contract::{
    CallState, Caller, Code, Conversation, ConversationView, Decision, Effect, FlowView, Item, Row, RunStatus, Seen,
    TABLE, Vendor, Who,
};
use serde_json::{Value, json};

use super::runs::first_run;
use super::{Studio, by_hand, flow, says};
use crate::support::{Reply, Scripted, call};

impl Studio {
    pub(super) async fn talk(&self) -> Conversation {
        self.does(StartConversation { model: None }).await
    }

    /// Says it, and waits until the assistant rests or asks.
    pub(super) async fn says(&self, talk: &Conversation, text: &str, seeing: Vec<Seen>) -> ConversationView {
        self.does(Say { conversation: talk.id, text: text.into(), seeing }).await;
        self.rests(talk).await
    }

    async fn rests(&self, talk: &Conversation) -> ConversationView {
        self.engine.settle().await;
        self.does(ShowConversation { id: talk.id, before: None, limit: Some(1000) }).await
    }

    pub(super) async fn decides(
        &self,
        talk: &Conversation,
        view: &ConversationView,
        decision: Decision,
    ) -> ConversationView {
        let asked = view.calls.iter().filter(|call| call.state == CallState::Asked);
        let decisions = asked.map(|card| crate::agent::talk::decision(card, decision.clone())).collect();
        self.does(Decide { conversation: talk.id, decisions }).await;
        self.rests(talk).await
    }
}

pub(super) fn seen(flow: &FlowView) -> Vec<Seen> {
    vec![Seen::Flow { id: flow.flow.id, name: flow.flow.name.clone() }]
}

fn answer(view: &ConversationView) -> String {
    let said = view.lines.iter().rev().find_map(|line| {
        let Item::Answered { text, .. } = &line.item else { return None };
        Some(text.clone())
    });
    said.unwrap_or_default()
}

/// Takes what is proposed, as the page does.
pub(super) async fn accepts(studio: &Studio, id: contract::FlowId) -> FlowView {
    let view = studio.does(ShowFlow { id, known: None }).await;
    let pending = view.pending.clone().expect("nothing waits for a yes");
    let wanted: flow::Flow = serde_json::from_str(&pending.document).unwrap();
    let op = flow::Op::ImportFlow { document: Box::new(wanted.document()) };
    let operations = serde_json::to_string(&vec![op]).unwrap();
    studio.does(EditFlow { id, revision: view.revision, label: pending.label, operations }).await;
    studio.does(ShowFlow { id, known: None }).await
}

async fn open_todo(studio: &Studio) -> Row {
    studio.todos().await.into_iter().next().expect("there is nothing to do")
}

#[tokio::test]
async fn the_overdue_to_do_reaches_its_assignee_in_slack_by_chat_alone() {
    let studio = Studio::open().await;
    let talk = studio.talk().await;
    let before = studio.does(contract::commands::ListFlows {}).await.len();
    let view = studio.says(&talk, "When a to-do is overdue, tell its assignee in Slack", Vec::new()).await;
    let flows = studio.does(contract::commands::ListFlows {}).await;
    assert_eq!(flows.len(), before + 1, "{}", answer(&view));
    let draft = studio.does(ShowFlow { id: flows[0].id, known: None }).await;
    assert!(draft.pending.is_some(), "it was edited unasked");
    assert_eq!(draft.flow.steps, 0);

    // A question edits nothing.
    let asked = studio.says(&talk, "What does this automation do?", seen(&draft)).await;
    assert!(asked.calls.iter().all(|call| call.effect == Effect::Read || call.call.tool != "flow.edit"), "{asked:#?}");

    let taken = accepts(&studio, draft.flow.id).await;
    assert_eq!((taken.pending.clone(), taken.done.len()), (None, 1), "one turn is one entry");
    assert!(taken.flow.steps >= 1 && taken.flow.problems == 0, "{taken:#?}");

    // Asked to publish, it asks a person with the card that says what it may do.
    let view = studio.says(&talk, "Publish it", seen(&taken)).await;
    let card =
        view.calls.iter().find(|call| call.state == CallState::Asked).unwrap_or_else(|| panic!("{}", answer(&view)));
    assert_eq!(card.call.tool, "flow.publish");
    let shown = card.preview.clone().expect("the card shows nothing");
    assert!(format!("{shown:?}").contains("Slack"), "{shown:?}");
    studio.decides(&talk, &view, Decision::Allow).await;

    let todo = open_todo(&studio).await;
    let people = studio.does(contract::commands::ShowDirectory {}).await.people;
    let person = people.into_iter().find(|person| !person.email.is_empty()).unwrap();
    let late = UpdateTodo {
        assignees: Some(vec![person.id]),
        due_on: Some(Some("2026-11-02".parse().unwrap())),
        ..serde_json::from_value(json!({ "id": todo.id })).unwrap()
    };
    let before = (studio.time.clock())();
    studio.does(late).await;
    let run = studio.ended(first_run(&studio, taken.flow.id).await).await;
    assert_eq!(run.run.status, RunStatus::Succeeded, "{run:#?}");
    // The clock of the engine goes on only when it is looked at, so nothing but the change itself can have begun the run; and what
    // the run waits for by that clock, it waits for here too.
    let took = run.run.ended_at.unwrap().duration_since(before);
    assert!(!took.is_negative() && took < jiff::SignedDuration::from_secs(5), "{took:#}");
    assert_eq!(run.run.cause, format!("“{}” is overdue", todo.title));
    let posts = studio.posts().await;
    let told = posts.iter().find(|post| post.text.contains(&todo.title)).unwrap_or_else(|| panic!("{posts:#?}"));
    assert_eq!(told.to, person.name, "its assignee is told");

    // One undo takes the whole turn back.
    let undone = contract::commands::RewindFlow { id: taken.flow.id, revision: taken.revision, done: 0 };
    let fresh = studio.does(ShowFlow { id: taken.flow.id, known: None }).await;
    let undone = contract::commands::RewindFlow { revision: fresh.revision, ..undone };
    assert_eq!(studio.does(undone).await.flow.steps, 0);
    studio.does(PendFlow { id: taken.flow.id, document: None }).await;
}

/// Every tool about automations that must ask does nothing before a person has said yes, and once then.
#[tokio::test]
async fn no_tool_of_automations_has_a_way_around_its_card() {
    let studio = Studio::open().await;
    let draft = studio.draft(&flow("By hand", by_hand(), vec![says("step_1", "Hello")])).await;
    let published = studio.publishes(&draft).await;
    let id = published.flow.id;
    let broken = flow::Step::code("step_1", "Break", "export const code = async () => { throw new Error('no'); };");
    let broken = studio.draft(&flow("Breaks", by_hand(), vec![broken])).await;
    studio.publishes(&broken).await;
    let failed = studio.does(contract::commands::RunFlow { id: broken.flow.id, payload: None }).await;
    studio.ended(failed.id).await;
    let allow = "@activepieces/piece-slack:send_channel_message";
    let inputs: Vec<(&str, Value)> = vec![
        ("flow.publish", json!({ "id": id, "revision": published.revision, "allow": [allow] })),
        ("flow.switch", json!({ "id": id, "on": true })),
        ("flow.run", json!({ "id": id })),
        ("flow.test", json!({ "id": id })),
        ("flow.try", json!({ "id": id, "step": "step_1" })),
        ("run.retry", json!({ "id": failed.id })),
    ];
    let asking = TABLE.iter().filter(|command| command.tool && command.effect > Effect::Local);
    let ours = asking.filter(|command| ["flow", "run"].contains(&command.name.split('.').next().unwrap()));
    let missing: Vec<_> =
        ours.map(|command| command.name).filter(|name| !inputs.iter().any(|(known, _)| known == name)).collect();
    assert!(missing.is_empty(), "say here what {missing:?} could do");

    for (name, input) in &inputs {
        for allowed in [false, true] {
            let model = Scripted::saying(vec![Reply::calls(vec![(*name, input.clone())]), Reply::says("Well.")]).await;
            let connected = ConnectModel {
                id: None,
                vendor: Vendor::Compatible,
                model: "scripted".into(),
                label: None,
                base: Some(model.base()),
                key: None,
                fallback: None,
            };
            let model = studio.does(connected).await.models.last().unwrap().id;
            studio.does(SetUsualModel { id: model }).await;
            let talk = studio.talk().await;
            let before = (studio.posts().await.len(), count(&studio).await);
            let view = studio.says(&talk, "Do it", seen(&published)).await;
            let card = view.calls.first().unwrap_or_else(|| panic!("{name}: {view:#?}"));
            assert_eq!((card.state, card.call.tool.as_str()), (CallState::Asked, *name), "{view:#?}");
            assert!(card.preview.is_some(), "{name} shows nothing of what it would do");
            for who in [Who::Automation { run: "1".into() }, Who::Client { name: "x".into() }] {
                let caller = Caller { who, ..studio.caller.clone() };
                let fault = studio.engine.call(&caller, name, &input.to_string()).await.expect_err("past the card");
                assert!(matches!(fault.code, Code::NeedsApproval | Code::Forbidden), "{name}: {fault:?}");
            }
            assert_eq!((studio.posts().await.len(), count(&studio).await), before, "{name} did something unasked");
            let decision = if allowed { Decision::Allow } else { Decision::Deny { why: String::new() } };
            let view = studio.decides(&talk, &view, decision).await;
            let wanted = if allowed { CallState::Returned } else { CallState::Denied };
            assert_eq!(view.calls[0].state, wanted, "{name}: {view:#?}");
            if !allowed {
                assert_eq!((studio.posts().await.len(), count(&studio).await), before, "{name} was denied");
            }
        }
    }
    let fault = call(&studio.engine, &studio.caller, contract::commands::CancelRun { id: failed.id }).await;
    assert!(fault.is_err(), "it has ended");
}

async fn count(studio: &Studio) -> (usize, Vec<(RunStatus, u32)>) {
    let all = ListRuns { flow: None, statuses: Vec::new(), tests: true, before: None, limit: Some(200) };
    let all = studio.does(all).await;
    (all.runs.len(), all.counts)
}
