//! What is here against what Basecamp has: read through the same commands as every screen.

use std::collections::BTreeMap;

use contract::commands::{CreateTodo, ListItems, ShowDirectory};
use contract::{ChangeSetId, Kind, PersonId, ProjectId, RecordingId, Row, Status};
use sim::Truth;

use super::Desk;

impl Desk {
    /// Everything that is here and not gone, by id.
    pub(crate) async fn items(&self) -> BTreeMap<i64, Row> {
        let mut items = BTreeMap::new();
        for project in self.does(ShowDirectory {}).await.projects {
            for status in [Status::Active, Status::Archived, Status::Trashed, Status::Drafted] {
                for row in self.listed(project.project.id, status).await {
                    items.insert(row.id.0, row);
                }
            }
        }
        items
    }

    pub(crate) async fn listed(&self, project: ProjectId, status: Status) -> Vec<Row> {
        let limit = Some(5000);
        let list = ListItems {
            project: Some(project),
            parent: None,
            kinds: Vec::new(),
            status: Some(status),
            since: None,
            limit,
        };
        self.does(list).await
    }

    /// Where the workspace and Basecamp differ, in words.
    pub(crate) async fn differences(&self) -> Vec<String> {
        let truth = self.sim.truth();
        let mut apart = Vec::new();
        let mut items = self.items().await;
        let mut projects: BTreeMap<_, _> =
            self.does(ShowDirectory {}).await.projects.into_iter().map(|row| (row.project.id.0, row.project)).collect();
        projects.retain(|_, project| project.status != Status::Gone);
        for fact in &truth {
            if fact.kind == "Project" {
                match projects.remove(&fact.id) {
                    Some(here) if here.status.wire() == fact.status.word() && here.name == fact.title => {}
                    other => apart.push(format!("project {fact:?}\n   here {other:?}")),
                }
                continue;
            }
            match items.remove(&fact.id) {
                Some(row) => apart.extend(compare(&row, fact)),
                None => apart.push(format!("missing: {fact:?}")),
            }
        }
        apart.extend(projects.into_values().map(|project| format!("still here: project {}", project.name)));
        apart.extend(items.into_values().map(|row| format!("still here: {row:?}")));
        apart
    }

    pub(crate) async fn truth_holds(&self, what: &str) {
        let apart = self.differences().await;
        assert!(apart.is_empty(), "{what}: {} differ\n{}", apart.len(), apart[..apart.len().min(6)].join("\n"));
    }

    /// The number that the log of changes has come to. It rises by two with each call and by one with each transaction in
    /// between that wrote a record, whoever wrote it. Works offline meanwhile, so that nothing is sent.
    pub(crate) async fn log_mark(&self) -> Option<LogMark> {
        let sets = self.sim.look(|world| {
            let active = world.projects().filter(|project| world.may_see(world.me(), project.id));
            let mut sets = active.filter_map(|project| world.tool(project.id, sim::world::Kind::Todoset));
            sets.next()
        })?;
        self.goes_offline().await;
        let made = CreateTodo {
            parent: RecordingId(sets),
            title: "A mark in the log".into(),
            body: String::new(),
            starts_on: None,
            due_on: None,
            assignees: Vec::<PersonId>::new(),
        };
        let first = self.does(made).await.set.unwrap();
        let last = self.undoes(first).await;
        self.nothing_waits().await;
        self.comes_back().await;
        Some(LogMark { first, last })
    }
}

/// Two neighbouring entries of the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogMark {
    first: ChangeSetId,
    last: ChangeSetId,
}

impl LogMark {
    /// How many transactions wrote between this mark and a later one.
    pub(crate) fn written_until(self, later: Self) -> i64 {
        later.first.0 - self.last.0 - 1
    }
}

fn compare(here: &Row, fact: &Truth) -> Option<String> {
    let tool =
        matches!(here.kind, Kind::TodoSet | Kind::MessageBoard | Kind::Schedule | Kind::Questionnaire | Kind::Campfire);
    // The title of these is not told, or is their text.
    let titled = !matches!(here.kind, Kind::Comment | Kind::ChatLine | Kind::TimeEntry | Kind::Upload | Kind::Answer);
    let kind = match fact.kind {
        "Todolist" => matches!(here.kind, Kind::TodoList | Kind::TodoGroup),
        "Kanban::OnHold" => here.kind == Kind::OnHoldColumn,
        "Chat::Lines::Text" => here.kind == Kind::ChatLine,
        name => here.kind.wire() == name,
    };
    let assigned: Vec<i64> = here.assignees.iter().map(|person| person.0).collect();
    let placed = here.kind == Kind::Todo || here.kind == Kind::Card;
    let same = kind
        && here.project.0 == fact.project
        && here.parent.map(|parent| parent.0) == fact.parent
        && here.status.wire() == fact.status.word()
        && (!titled || here.title == fact.title)
        && (tool || here.completed == fact.completed)
        && (!here.kind.is_task() || (here.due_on == fact.due_on && assigned == fact.assignees))
        && (!placed || here.position.is_none_or(|place| place == fact.position as i64));
    (!same).then(|| format!("here {here:?}\n   there {fact:?}"))
}
