//! What one turn may use, each limit met through the real engine: the turn ends with that very reason, what was said stays, and
//! the next turn begins with nothing spent. (How long a turn may take is tested with the driver, under a paused clock.)

use contract::commands::{ConnectModel, ExportConversation, SetUsualModel};
use contract::{CallState, ConversationView, ExportFormat, Item, Reason, TurnStage, Vendor};
use serde_json::json;

use super::talk::{Talk, answer, ended, sound};
use crate::support::{Desk, Reply, Scripted};

/// A model that looks a little further in each step, and never comes to an end; it says what it does.
async fn restless() -> Scripted {
    let mut step = 0;
    Scripted::start(move |body| {
        if body["messages"].as_array().unwrap().last().unwrap()["content"] == "Stop here." {
            return Reply::says("Here I stop.");
        }
        step += 1;
        Reply::Calls(format!("Step {step}."), vec![("task.find".into(), json!({ "limit": step }))])
    })
    .await
}

/// Connects it under a name whose price is known.
async fn connects_as(desk: &Desk, model: &Scripted, name: &str) {
    let connected = ConnectModel {
        id: None,
        vendor: Vendor::Compatible,
        model: name.into(),
        label: None,
        base: Some(model.base()),
        key: None,
        fallback: None,
    };
    let id = desk.does(connected).await.models.last().unwrap().id;
    desk.does(SetUsualModel { id }).await;
}

/// The turn ended so, with all that was said and done before it, and a sentence in what is written out.
async fn ends(talk: &Talk<'_>, view: &ConversationView, reason: Reason, words: &str) {
    sound(view);
    assert_eq!(ended(view), Some(reason));
    assert_eq!(view.conversation.stage, TurnStage::Idle);
    let said = view.lines.iter().filter(|line| matches!(line.item, Item::Answered { .. })).count();
    assert_eq!(said as u32, view.turns.last().unwrap().steps, "what was said before it ended is kept");
    let written = talk.desk.does(ExportConversation { id: talk.id, format: ExportFormat::Markdown }).await.text;
    assert!(written.contains(words) && written.contains("Step 1."), "{written}");
    // A new turn has its own budget.
    let view = talk.says("Stop here.").await;
    assert_eq!((ended(&view), answer(&view).as_str()), (None, "Here I stop."));
}

#[tokio::test]
async fn a_turn_ends_when_its_tokens_are_used() {
    let (desk, _) = Desk::with_scene().await;
    let model = restless().await;
    desk.connects(&model).await;
    model.uses(90_000, 20_000);
    let talk = desk.talks().await;
    let view = talk.says("Look everywhere.").await;
    let used = view.turns[0].clone();
    assert_eq!((used.steps, used.tokens_in, used.tokens_out), (4, 360_000, 80_000));
    assert_eq!(used.cost, None, "nobody knows what it costs");
    ends(&talk, &view, Reason::Tokens(400_000), "400000 tokens").await;
}

#[tokio::test]
async fn a_turn_ends_when_its_money_is_spent() {
    let (desk, _) = Desk::with_scene().await;
    let model = restless().await;
    connects_as(&desk, &model, "gpt-6-astra").await;
    // 10 and 50 dollars for a million: 35 cents a step.
    model.uses(10_000, 5_000);
    let talk = desk.talks().await;
    let view = talk.says("Look everywhere.").await;
    let used = view.turns[0].clone();
    assert_eq!((used.steps, used.cost), (3, Some(1_050_000)), "{used:?}");
    ends(&talk, &view, Reason::Money(1_000_000), "100 cents").await;
}

#[tokio::test]
async fn a_turn_ends_when_its_steps_are_used() {
    let (desk, _) = Desk::with_scene().await;
    let model = restless().await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    let view = talk.says("Look everywhere.").await;
    assert_eq!(model.asked().len(), 25);
    ends(&talk, &view, Reason::Steps(25), "25 steps").await;
}

#[tokio::test]
async fn a_turn_ends_when_the_same_call_is_made_again_and_again_also_one_that_is_denied_or_fails() {
    for (tool, input, ran) in [
        ("sync.show", json!({}), CallState::Returned),
        ("item.show", json!({ "id": "424242" }), CallState::Failed),
        ("rockets", json!({}), CallState::Failed),
        ("project.create", json!({ "name": "Again" }), CallState::Denied),
    ] {
        let (desk, _) = Desk::with_scene().await;
        let (again, writes) = (input.clone(), desk.writes_seen());
        let model = Scripted::start(move |body| {
            if body["messages"].as_array().unwrap().last().unwrap()["content"] == "Stop here." {
                return Reply::says("Here I stop.");
            }
            Reply::Calls("Step 1.".into(), vec![(tool.into(), again.clone())])
        })
        .await;
        desk.connects(&model).await;
        let talk = desk.talks().await;
        let mut view = talk.says("Are we there yet?").await;
        while view.conversation.stage == TurnStage::Waiting {
            view = talk.denies_all().await;
        }
        let states: Vec<CallState> = view.calls.iter().map(|call| call.state).collect();
        assert_eq!(states[..3], [ran; 3], "{tool}");
        assert_eq!(states.len(), 4, "{tool}: made three times, and not a fourth");
        ends(&talk, &view, Reason::Repeats(tool.into()), &format!("`{tool}`")).await;
        assert_eq!(desk.writes_seen(), writes);
    }
}
