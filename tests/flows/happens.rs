//! What happens in Basecamp starts the automations that ask for it: each once, and no others, also across a start of the app.

use contract::commands::{
    AddComment, AssignTodo, CompleteTodo, CreateList, CreateTodo, ListRuns, MoveTodo, ShowDirectory, UpdateTodo,
};
use contract::{FlowId, RecordingId, RunStatus};
use serde_json::json;

use super::{Studio, flow, piece, says};

/// Two lists of one project.
async fn lists(studio: &Studio) -> [RecordingId; 2] {
    let rows = studio.todos().await;
    let (project, list) = rows.iter().find_map(|row| Some((row.project, row.parent?))).expect("there is no list");
    let other = CreateList { project, title: "Another list".into(), description: String::new() };
    let other = studio.does(other).await.item.id;
    [list, other]
}

/// Tells Slack of each such happening.
async fn follows(studio: &Studio, operation: &str, word: &str) -> FlowId {
    let input = json!({ "items": ["Todo"], "words": word });
    let starts = piece("@pmos/piece-basecamp", "0.1.0", operation, input);
    let text = format!("{operation} {{{{trigger['output']['title']}}}}");
    let draft = studio.draft(&flow(operation, starts, vec![says("step_1", &text)])).await;
    studio.publishes(&draft).await.flow.id
}

async fn makes(studio: &Studio, list: RecordingId, title: &str, due: Option<&str>) -> RecordingId {
    let todo = CreateTodo {
        parent: list,
        title: title.into(),
        body: String::new(),
        starts_on: None,
        due_on: due.map(|due| due.parse().unwrap()),
        assignees: Vec::new(),
    };
    studio.does(todo).await.item.id
}

async fn changes(studio: &Studio, id: RecordingId, change: serde_json::Value) {
    let mut update = change;
    update["id"] = serde_json::to_value(id).unwrap();
    let update: UpdateTodo = serde_json::from_value(update).unwrap();
    studio.does(update).await;
}

async fn runs(studio: &Studio, flow: FlowId) -> u32 {
    let list = ListRuns { flow: Some(flow), statuses: Vec::new(), tests: true, before: None, limit: None };
    studio.does(list).await.counts.iter().map(|(_, count)| *count).sum()
}

/// Waits until so much was told.
async fn told(studio: &Studio, count: usize) -> Vec<String> {
    let mut ear = Box::pin(studio.engine.attach(None, studio.caller.workspace));
    loop {
        let texts = studio.posts().await.into_iter().map(|post| post.text);
        // The sample has automations of its own.
        let mut texts: Vec<String> = texts.filter(|text| text.starts_with("item_")).collect();
        if texts.len() >= count {
            texts.sort();
            return texts;
        }
        let heard = futures::StreamExt::next(&mut ear);
        let heard = tokio::time::timeout(std::time::Duration::from_secs(20), heard).await;
        heard.unwrap_or_else(|_| panic!("{count} wanted, and no more than {texts:#?}"));
    }
}

const KINDS: [&str; 5] = ["item_assigned", "item_commented", "item_completed", "item_created", "item_moved"];

#[tokio::test]
async fn each_kind_of_happening_starts_what_asks_for_it_and_nothing_else() {
    let studio = Studio::open().await;
    let mut flows = Vec::new();
    for kind in KINDS {
        flows.push(follows(&studio, kind, "zebra").await);
    }
    let [here, there] = lists(&studio).await;
    let person = studio.does(ShowDirectory {}).await.people[0].id;
    // The edits of one to-do wait together: that Basecamp learns of them one by one is nothing that happened.
    for title in ["A lion", "A ZEBRA"] {
        let id = makes(&studio, here, title, None).await;
        studio.does(AssignTodo { id, assignees: vec![person] }).await;
        studio.does(AddComment { item: id, body: "It has stripes.".into() }).await;
        studio.does(MoveTodo { id, parent: Some(there), position: 1 }).await;
        studio.does(CompleteTodo { id }).await;
        // Neither of these is any of the five.
        studio.does(AssignTodo { id, assignees: Vec::new() }).await;
        studio.does(MoveTodo { id, parent: Some(there), position: 2 }).await;
        changes(&studio, id, json!({ "body": "It runs." })).await;
    }
    let wanted: Vec<String> = KINDS.iter().map(|kind| format!("{kind} A ZEBRA")).collect();
    assert_eq!(told(&studio, 5).await, wanted);
    // What Basecamp answers to it, its own ids too, is nothing that happened.
    studio.engine.settle().await;
    studio.does(contract::commands::RunSync { full: true }).await;
    let last = makes(&studio, here, "Another zebra", None).await;
    let texts = told(&studio, 6).await;
    assert_eq!(texts.len(), 6, "{texts:#?}");
    studio.does(CompleteTodo { id: last }).await;
    let texts = told(&studio, 7).await;
    assert_eq!(texts.iter().filter(|text| text.ends_with("A ZEBRA")).count(), 5, "{texts:#?}");
    let studio = studio.restarts().await;
    let mut counts = Vec::new();
    for id in flows {
        counts.push(runs(&studio, id).await);
    }
    assert_eq!(counts, [1, 1, 2, 2, 1], "{KINDS:?}");
}

#[tokio::test]
async fn what_happened_just_before_the_app_ended_is_made_up_for() {
    let studio = Studio::open().await;
    let made = follows(&studio, "item_created", "zebra").await;
    let off = follows(&studio, "item_created", "zebra").await;
    studio.does(contract::commands::SwitchFlow { id: off, on: false }).await;
    let [here, _] = lists(&studio).await;
    makes(&studio, here, "A zebra", None).await;
    // The app ends before anybody has looked; or after, which must come to the same.
    let studio = studio.restarts().await;
    let run = studio.ended(super::runs::first_run(&studio, made).await).await;
    assert_eq!(run.run.status, RunStatus::Succeeded);
    // What happened while it was switched off does not start it afterwards.
    studio.does(contract::commands::SwitchFlow { id: off, on: true }).await;
    makes(&studio, here, "Another zebra", None).await;
    studio.ended(super::runs::first_run(&studio, off).await).await;
    told(&studio, 3).await;
    let studio = studio.restarts().await;
    assert_eq!((runs(&studio, made).await, runs(&studio, off).await), (2, 1));
}

#[tokio::test]
async fn a_day_that_passes_again_is_another_one_and_a_new_to_do_is_late_once() {
    let studio = Studio::open().await;
    let late = follows(&studio, "item_overdue", "zebra").await;
    let [here, _] = lists(&studio).await;
    let id = makes(&studio, here, "A zebra", Some("2026-11-02")).await;
    assert_eq!(told(&studio, 1).await, ["item_overdue A zebra"]);
    studio.engine.settle().await;
    changes(&studio, id, json!({ "due_on": "2026-12-24" })).await;
    changes(&studio, id, json!({ "title": "A zebra foal" })).await;
    changes(&studio, id, json!({ "due_on": "2026-11-03" })).await;
    assert_eq!(told(&studio, 2).await, ["item_overdue A zebra", "item_overdue A zebra foal"]);
    studio.engine.settle().await;
    // The day comes by itself too, in the zone of the person.
    let other = makes(&studio, here, "A zebra of tomorrow", Some("2026-11-20")).await;
    studio.engine.settle().await;
    assert_eq!(runs(&studio, late).await, 2);
    studio.time.passes(jiff::SignedDuration::from_hours(24));
    let studio = studio.restarts().await;
    let texts = told(&studio, 1).await;
    assert_eq!(texts, ["item_overdue A zebra of tomorrow"], "{other}");
    assert_eq!(runs(&studio, late).await, 3);
}

#[tokio::test]
async fn a_run_that_sleeps_says_until_when() {
    let studio = Studio::open().await;
    let nap = json!({ "unit": "days", "delayFor": 1 });
    let nap = flow::Step::piece("step_1", "Sleep on it", piece("@activepieces/piece-delay", "0.3.27", "delayFor", nap));
    let draft = studio.draft(&flow("Sleeps", super::by_hand(), vec![nap, says("step_2", "item_ Good morning")])).await;
    studio.publishes(&draft).await;
    let run = studio.does(contract::commands::RunFlow { id: draft.flow.id, payload: None }).await;
    let run = studio.run_is(run.id, |run| run.run.waits.is_some()).await.run;
    let wait = run.waits.unwrap();
    assert_eq!((run.status, wait.step.as_str(), wait.answers.len()), (RunStatus::Paused, "Sleep on it", 0));
    let left = wait.until.expect("nobody knows until when").duration_since(run.began_at);
    assert_eq!(left.as_hours(), 24, "{left:#}");
    studio.time.passes(jiff::SignedDuration::from_hours(25));
    let studio = studio.restarts().await;
    assert_eq!(studio.ended(run.id).await.run.status, RunStatus::Succeeded);
}
