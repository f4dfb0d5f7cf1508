//! The built-in assistant in the sample company: every request of the published list, and the questions of a first morning,
//! whose figures are compared with the store's.

use contract::commands::{FindTasks, ForgetMemory, ListActivity, Remember, Search, ShowDirectory, ShowLoad};
use contract::{ConversationView, Hit, Item, MemoryId, Row, Seen, Status, TurnStage};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use sim::Size;

use super::talk::{Talk, answer, ended, sound};
use crate::stories::server::{facts, same};
use crate::support::{Desk, World};

#[derive(Deserialize)]
struct List {
    request: Vec<Request>,
}

#[derive(Clone, Deserialize)]
pub(super) struct Request {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) phrasings: Vec<String>,
    #[serde(default)]
    pub(super) seeing: Vec<String>,
    #[serde(default)]
    pub(super) before: Vec<String>,
    #[serde(default)]
    remembers: Vec<String>,
}

impl Request {
    /// Has what it says kept in memory, and tells what to forget afterwards.
    pub(super) async fn kept(&self, desk: &Desk) -> Vec<MemoryId> {
        let mut kept = Vec::new();
        for text in &self.remembers {
            kept.push(desk.does(Remember { text: text.clone() }).await.id);
        }
        kept
    }
}

pub(super) async fn forget(desk: &Desk, memories: Vec<MemoryId>) {
    for id in memories {
        desk.does(ForgetMemory { id }).await;
    }
}

/// Groups that only ever read.
pub(super) const READING: [&str; 6] = ["questions", "filters", "reports", "navigation", "help", "not-understood"];

/// The published list.
pub(super) fn list() -> Vec<Request> {
    toml::from_str::<List>(include_str!("requests.toml")).unwrap().request
}

pub(super) async fn company() -> Desk {
    Desk::on(World { seed: 7, size: Size::sample(), generic: false }).await
}

/// What the list says that is on the screen.
pub(super) async fn seen(desk: &Desk, what: &str) -> Seen {
    let (kind, name) = what.split_once(':').unwrap();
    let directory = desk.does(ShowDirectory {}).await;
    match kind {
        "screen" => Seen::Screen { name: name.into() },
        "project" => {
            let project = directory.projects.iter().find(|row| row.project.name.contains(name)).unwrap();
            Seen::Project { id: project.project.id, name: project.project.name.clone() }
        }
        "person" => {
            let person = directory.people.iter().find(|person| person.name.contains(name)).unwrap();
            Seen::Person { id: person.id, name: person.name.clone() }
        }
        "item" => {
            let found = desk
                .does(Search {
                    query: name.into(),
                    project: None,
                    person: None,
                    kinds: vec![],
                    put_away: false,
                    limit: None,
                })
                .await;
            let row = found.hits.iter().find_map(|hit| match hit {
                Hit::Item { row, .. } => Some(row),
                Hit::Project { .. } | Hit::Person { .. } => None,
            });
            let row = row.unwrap_or_else(|| panic!("the sample has no “{name}”"));
            Seen::Item { id: row.id, title: row.title.clone() }
        }
        other => panic!("nobody sees a {other}"),
    }
}

#[tokio::test]
async fn every_request_of_the_list_is_answered_in_the_sample_company_and_none_writes_unasked() {
    let list = list();
    let desk = company().await;
    let (before, writes) = (facts(&desk), desk.writes_seen());
    let (mut cards, mut problems) = (0, Vec::new());
    for request in &list {
        let mut seeing = Vec::new();
        for what in &request.seeing {
            seeing.push(seen(&desk, what).await);
        }
        let memories = request.kept(&desk).await;
        for phrasing in &request.phrasings {
            let talk = desk.talks().await;
            for earlier in &request.before {
                let view = talk.says(earlier).await;
                if view.conversation.stage == TurnStage::Waiting {
                    let _ = talk.denies_all().await;
                }
            }
            let mut view = talk.says_seeing(phrasing, seeing.clone()).await;
            let mut asked = 0;
            while view.conversation.stage == TurnStage::Waiting {
                asked += 1;
                view = talk.denies_all().await;
            }
            sound(&view);
            cards += asked;
            let is_reading = READING.contains(&request.group.as_str());
            let said = answer(&view);
            let why = if let Some(reason) = ended(&view) {
                Some(format!("ended: {reason:?}"))
            } else if said.trim().is_empty() {
                Some("no answer".to_owned())
            } else if is_reading && asked > 0 {
                Some("a question asked for a change".to_owned())
            } else if request.group != "not-understood" && said.contains("I don’t understand") {
                Some(said)
            } else {
                None
            };
            problems.extend(why.map(|why| format!("{} | {phrasing}\n    {why}", request.id)));
        }
        forget(&desk, memories).await;
    }
    desk.settles().await;
    assert_eq!(desk.writes_seen(), writes, "something was sent that nobody allowed");
    same(&before, &facts(&desk), "after the whole list, denied");
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
    assert!(list.len() >= 60 && cards > 60, "{} requests, {cards} cards", list.len());
}

/// The ids that an answer links to, in order.
fn links(text: &str, kind: &str) -> Vec<i64> {
    let mark = format!("]({kind}:");
    text.split(&mark).skip(1).filter_map(|rest| rest.split(')').next()?.parse().ok()).collect()
}

fn tasks() -> FindTasks {
    FindTasks {
        project: None,
        assignee: None,
        unassigned: false,
        completed: None,
        due_from: None,
        due_to: None,
        blocked: false,
        text: None,
        kinds: vec![],
        limit: Some(5000),
    }
}

/// The answer names each of these, or its first twelve and how many more there are.
fn names_all(said: &str, rows: &[Row], what: &str) {
    let linked = links(said, "item");
    assert!(linked.iter().all(|id| rows.iter().any(|row| row.id.0 == *id)), "{what}: it names others\n{said}");
    if rows.len() <= linked.len() {
        assert_eq!(linked.len(), rows.len(), "{what}\n{said}");
    } else {
        let more = format!("{} more", rows.len() - linked.len());
        assert!(said.contains(&more), "{what}: {} rows\n{said}", rows.len());
    }
}

async fn project(desk: &Desk, name: &str) -> contract::ProjectRow {
    let projects = desk.does(ShowDirectory {}).await.projects;
    projects.into_iter().find(|row| row.project.name.contains(name) && row.project.status == Status::Active).unwrap()
}

#[tokio::test]
async fn the_figures_of_the_answers_are_the_figures_of_the_store() {
    let desk = company().await;
    let today = desk.time.clock()().to_zoned(jiff::tz::TimeZone::UTC).date();
    let yesterday = today.yesterday().unwrap();
    let talk = desk.talks().await;
    let website = project(&desk, "Website").await;

    let late = FindTasks { project: Some(website.project.id), due_to: Some(yesterday), ..tasks() };
    let late = desk.does(late).await;
    assert_eq!(late.len() as u32, website.overdue, "two ways of counting in the store");
    let said = answer(&talk.says("What is overdue in the website project?").await);
    assert!(!late.is_empty());
    names_all(&said, &late, "overdue in one project");

    let late = desk.does(FindTasks { due_to: Some(yesterday), ..tasks() }).await;
    let said = answer(&talk.says("How many tasks are overdue?").await);
    assert!(said.contains(&late.len().to_string()), "{} are late: {said}", late.len());

    let mine = desk.does(ShowDirectory {}).await.me;
    let mine = desk.does(FindTasks { assignee: mine, ..tasks() }).await;
    names_all(&answer(&talk.says("Show my tasks").await), &mine, "mine");

    let said = answer(&talk.says("Who has too much on this week?").await);
    let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).unwrap();
    let week = ShowLoad { from: Some(monday), to: Some(monday.checked_add(6.days()).unwrap()), project: None };
    let loads = desk.does(week).await;
    for load in loads.iter().filter(|load| load.person.is_some() && load.due > 0) {
        let line = said.lines().find(|line| line.starts_with('|') && line.contains(&load.name));
        let line = line.unwrap_or_else(|| panic!("{} is not told of\n{said}", load.name));
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        for figure in [load.due, load.overdue, load.open] {
            assert!(cells.contains(&figure.to_string().as_str()), "{load:?}\n{line}");
        }
    }

    let friday = (1..=7)
        .map(|days| today.checked_sub(days.days()).unwrap())
        .find(|day| day.weekday() == jiff::civil::Weekday::Friday);
    let since = friday.unwrap().to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let changes = desk.does(ListActivity { project: None, person: None, since: Some(since), limit: Some(1000) }).await;
    let said = answer(&talk.says("What changed since Friday?").await);
    assert!(said.contains(&changes.len().to_string()), "{} changes: {said}", changes.len());
}

/// Says it, and allows every card until the assistant has finished.
pub(crate) async fn allowed(talk: &Talk<'_>, text: &str) -> ConversationView {
    let mut view = talk.says(text).await;
    assert_eq!(view.conversation.stage, TurnStage::Waiting, "{}", answer(&view));
    while view.conversation.stage == TurnStage::Waiting {
        view = talk.allows_all().await;
    }
    sound(&view);
    talk.desk.nothing_waits().await;
    view
}

#[tokio::test]
async fn a_first_morning_without_a_key() {
    let desk = company().await;
    let today: Date = desk.time.clock()().to_zoned(jiff::tz::TimeZone::UTC).date();
    let people = desk.does(ShowDirectory {}).await.people;
    let busy = |rows: Vec<Row>, id| rows.into_iter().filter(|row| row.assignees.contains(&id)).collect::<Vec<_>>();
    // Somebody with work due on one coming day.
    let coming = desk
        .does(FindTasks { due_from: Some(today), due_to: Some(today.checked_add(14.days()).unwrap()), ..tasks() })
        .await;
    let (person, day) = people
        .iter()
        .filter(|person| {
            people.iter().filter(|other| other.name.split(' ').next() == person.name.split(' ').next()).count() == 1
        })
        .find_map(|person| Some((person, busy(coming.clone(), person.id).first()?.due_on?)))
        .unwrap();
    let theirs = FindTasks { assignee: Some(person.id), due_from: Some(day), due_to: Some(day), ..tasks() };
    let theirs = desk.does(theirs).await;
    let before = facts(&desk);
    let talk = desk.talks().await;
    let target = day.checked_add(10.days()).unwrap();
    let asked = format!(
        "Move everything {} has due on {day} to {target} and say why in a comment on each because the studio is closed",
        person.name
    );
    let view = allowed(&talk, &asked).await;
    let after = facts(&desk);
    for row in &theirs {
        assert_eq!(after[&row.id.0].due_on, Some(target), "{}", row.title);
        let told = after
            .values()
            .any(|fact| fact.parent == Some(row.id.0) && fact.body.to_lowercase().contains("the studio is closed"));
        assert!(
            told,
            "no comment on {}\n{}\n{:#?}",
            row.title,
            answer(&view),
            view.calls.iter().filter(|call| call.call.input.contains(&row.id.to_string())).collect::<Vec<_>>()
        );
    }
    assert_eq!(view.calls.iter().filter(|call| call.call.tool == "comment.add").count(), theirs.len());
    let _ = allowed(&talk, "Undo what you just did").await;
    let restored = facts(&desk);
    for row in &theirs {
        assert_eq!(restored[&row.id.0].due_on, before[&row.id.0].due_on, "{}", row.title);
    }
    let comments = |facts: &crate::stories::server::Facts| {
        facts.values().filter(|fact| fact.kind == "Comment" && fact.status == sim::world::Status::Active).count()
    };
    assert_eq!(comments(&restored), comments(&before), "the comments are in the trash");

    let there: Vec<_> = desk.does(ShowDirectory {}).await.projects.into_iter().map(|row| row.project.id).collect();
    let _ = allowed(&talk, "Create a project for the spring campaign with three lists").await;
    let made = desk.does(ShowDirectory {}).await.projects;
    let made = made.into_iter().find(|row| !there.contains(&row.project.id)).unwrap();
    let lists = desk
        .does(contract::commands::ShowTodoLists { project: made.project.id, completed: false, put_away: false })
        .await;
    let titles: Vec<_> =
        lists.sections.iter().map(|section| (section.list.kind, section.list.title.as_str())).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    let _ = allowed(&talk, "Undo what you just did").await;
    let gone = desk.does(ShowDirectory {}).await.projects;
    assert!(gone.iter().all(|row| row.project.id != made.project.id || row.project.status == Status::Trashed));
    desk.truth_holds("after it all").await;
    let said: Vec<_> =
        talk.view().await.lines.into_iter().filter(|line| matches!(line.item, Item::Said { .. })).collect();
    assert_eq!(said.len(), 4);
}
