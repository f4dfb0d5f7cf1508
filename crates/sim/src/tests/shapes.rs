//! Every shape decodes with the official client's types, and the addresses in it answer.

use basecamp_sdk::models as sdk;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Client, Hand};
use crate::world::Kind;
use crate::{Options, Sim, Size};

async fn sample(generic: bool) -> Sim {
    Sim::start(Options {
        size: Size { projects: 6, recordings: 1_100 },
        clock: Hand::new().clock(),
        limit: None,
        generic_recordings: generic,
        ..Options::default()
    })
    .await
    .unwrap()
}

fn decode<T: DeserializeOwned>(value: &Value) {
    if let Err(error) = serde_json::from_value::<T>(value.clone()) {
        panic!("{error}: {value:#}");
    }
}

fn decode_kind(kind: Kind, value: &Value) {
    match kind {
        Kind::Todoset => decode::<sdk::Todoset>(value),
        Kind::Todolist => decode::<sdk::Todolist>(value),
        Kind::Todo => decode::<sdk::Todo>(value),
        Kind::CardTable => decode::<sdk::CardTable>(value),
        Kind::Triage | Kind::NotNow | Kind::Column | Kind::DoneColumn | Kind::OnHold => {
            decode::<sdk::CardColumn>(value);
        }
        Kind::Card => decode::<sdk::Card>(value),
        Kind::Step => decode::<sdk::Subtask>(value),
        Kind::MessageBoard => decode::<sdk::MessageBoard>(value),
        Kind::Message => decode::<sdk::Message>(value),
        Kind::Comment => decode::<sdk::Comment>(value),
        Kind::Vault => decode::<sdk::Vault>(value),
        Kind::Document => decode::<sdk::Document>(value),
        Kind::Upload => decode::<sdk::Upload>(value),
        Kind::Schedule => decode::<sdk::Schedule>(value),
        Kind::ScheduleEntry => decode::<sdk::ScheduleEntry>(value),
        Kind::Questionnaire => decode::<sdk::Questionnaire>(value),
        Kind::Question => decode::<sdk::Question>(value),
        Kind::Answer => decode::<sdk::QuestionAnswer>(value),
        Kind::Chat => decode::<sdk::Campfire>(value),
        Kind::Line => decode::<sdk::CampfireLine>(value),
        Kind::TimesheetEntry => decode::<sdk::TimesheetEntry>(value),
    }
}

#[tokio::test]
async fn every_kind_decodes_and_its_addresses_answer() {
    let sim = sample(false).await;
    let client = Client::new(&sim);
    for kind in Kind::ALL {
        let ids = sim.look(|world| {
            let seen = world.of_kind(*kind).iter().copied();
            let seen = seen.filter(|id| world.visible(world.me(), *id).is_some());
            seen.collect::<Vec<_>>()
        });
        assert!(!ids.is_empty(), "no {kind:?}");
        for id in ids.into_iter().step_by(17) {
            let path =
                if *kind == Kind::Line { format!("/chats/1/lines/{id}") } else { format!("/{}/{id}", kind.path()) };
            let got = client.get(&path).await;
            assert_eq!(got.status, 200, "{path}");
            decode_kind(*kind, &got.body);
            for (key, url) in got.body.as_object().unwrap() {
                let listed = matches!(
                    key.as_str(),
                    "url"
                        | "comments_url"
                        | "todolists_url"
                        | "groups_url"
                        | "messages_url"
                        | "cards_url"
                        | "documents_url"
                        | "uploads_url"
                        | "vaults_url"
                        | "entries_url"
                        | "questions_url"
                        | "answers_url"
                        | "lines_url"
                        | "subtasks_url"
                ) && !(*kind == Kind::Chat && key == "files_url");
                if listed {
                    let url = url.as_str().unwrap();
                    assert_eq!(client.get(url).await.status, 200, "{key} {url}");
                }
            }
        }
    }
}

#[tokio::test]
async fn lists_and_reports_decode() {
    let sim = sample(false).await;
    let client = Client::new(&sim);
    decode::<sdk::Account>(&client.get("/account.json").await.body);
    decode::<sdk::Person>(&client.get("/my/profile.json").await.body);
    decode::<Vec<sdk::Person>>(&client.get("/people.json").await.body);
    let projects = client.get("/projects.json").await.body;
    decode::<Vec<sdk::Project>>(&projects);
    let project = &projects[0]["id"];
    decode::<Vec<sdk::Person>>(&client.get(&format!("/projects/{project}/people.json")).await.body);
    decode::<Vec<sdk::MessageType>>(&client.get(&format!("/buckets/{project}/categories.json")).await.body);
    let timeline = client.get("/reports/progress.json").await.body;
    assert_eq!(timeline.as_array().unwrap().len(), 15);
    decode::<Vec<sdk::TimelineEvent>>(&timeline);
    let path = format!("/projects/{project}/timeline.json");
    decode::<Vec<sdk::TimelineEvent>>(&client.get(&path).await.body);
    decode::<Vec<sdk::TimesheetEntry>>(&client.get("/reports/timesheet.json?from=2026-01-01").await.body);
    let mine = client.get("/my/assignments.json").await.body;
    decode::<sdk::GetMyAssignmentsResponseContent>(&mine);
    assert!(!mine["non_priorities"].as_array().unwrap().is_empty());
    decode::<Vec<sdk::Campfire>>(&client.get("/chats.json").await.body);
    decode::<sdk::PollEventsResponseContent>(&client.get("/events.json?since=0").await.body);
    for kind in [
        "Todo",
        "Todolist",
        "Kanban::Card",
        "Kanban::Step",
        "Message",
        "Comment",
        "Vault",
        "Document",
        "Upload",
        "Schedule::Entry",
        "Question::Answer",
    ] {
        let rows = client.all(&format!("/projects/recordings.json?type={kind}")).await.0;
        assert!(!rows.is_empty(), "{kind}");
        let kind = Kind::parse(kind).unwrap();
        for row in rows {
            decode::<sdk::Recording>(&row);
            decode_kind(kind, &row);
        }
    }
    assert!(client.all("/projects/recordings.json?type=Door").await.0.is_empty());
    assert_eq!(client.get("/projects/recordings.json?type=Cat").await.status, 400);
}

#[tokio::test]
async fn the_pessimistic_list_leaves_out_what_only_some_kinds_have() {
    let sim = sample(true).await;
    let client = Client::new(&sim);
    let row = client.get("/projects/recordings.json?type=Todo").await.body[0].clone();
    decode::<sdk::Recording>(&row);
    for key in ["completed", "due_on", "assignees", "position"] {
        assert!(row.get(key).is_none(), "{key}");
    }
    let full = client.get(&format!("/todos/{}", row["id"])).await.body;
    assert!(full.get("completed").is_some() && full.get("assignees").is_some());
}

#[tokio::test]
async fn where_records_name_no_server_they_read_the_same_after_each_start() {
    let mut starts = Vec::new();
    for _ in 0..2 {
        let named = Some("https://sample.invalid");
        let options = Options { clock: Hand::new().clock(), limit: None, named, ..Options::default() };
        let sim = Sim::start(options).await.unwrap();
        let (client, mut bodies) = (Client::new(&sim), Vec::new());
        for path in ["/projects.json", "/people.json", "/projects/recordings.json?type=Todo"] {
            bodies.push(client.all(path).await);
        }
        assert!(bodies.iter().any(|(_, pages)| *pages > 1), "the next page is found where the server is");
        starts.push(serde_json::to_string(&bodies).unwrap());
        sim.stop().await;
    }
    assert!(!starts[0].contains("127.0.0.1") && starts[0].contains("https://sample.invalid/"));
    assert!(starts[0].contains("\"app_url\":\"\""), "no page for people");
    assert_eq!(starts[0], starts[1]);
}
