//! A project with one of everything, made in Basecamp before it is fetched: what the stories are about.

use contract::{PersonId, ProjectId, RecordingId};
use jiff::civil::Date;
use sim::world::{DateChange, Fields, Kind};

use super::Desk;

/// Where everything is.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) project: ProjectId,
    pub(crate) todo_set: RecordingId,
    pub(crate) list: RecordingId,
    pub(crate) other_list: RecordingId,
    pub(crate) group: RecordingId,
    /// In the list, with every field set.
    pub(crate) todo: RecordingId,
    /// Behind it in the list.
    pub(crate) second: RecordingId,
    pub(crate) third: RecordingId,
    /// In the group.
    pub(crate) grouped: RecordingId,
    /// In the to-do set itself.
    pub(crate) loose: RecordingId,
    pub(crate) column: RecordingId,
    pub(crate) other_column: RecordingId,
    pub(crate) done_column: RecordingId,
    /// In the column, with every field set.
    pub(crate) card: RecordingId,
    pub(crate) step: RecordingId,
    pub(crate) message: RecordingId,
    /// Two people who are in the project, ascending.
    pub(crate) people: [PersonId; 2],
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Scene {
    /// Makes it all in the first project, in the name of the signed-in person.
    pub(crate) fn set(desk: &Desk) -> Self {
        desk.sim.edit(|editor| {
            let me = editor.world().me();
            let project = editor
                .world()
                .projects()
                .find(|project| project.members.contains(&me) && project.status == sim::world::Status::Active)
                .map(|project| project.id)
                .unwrap();
            let tool = |kind: Kind| editor.world().tool(project, kind).unwrap();
            let (set, table, board) = (tool(Kind::Todoset), tool(Kind::CardTable), tool(Kind::MessageBoard));
            let mut people: Vec<i64> =
                editor.world().project(project).unwrap().members.iter().copied().filter(|id| *id != me).collect();
            people.sort_unstable();
            let people = [PersonId(people[0]), PersonId(people[1])];
            let made = RecordingId;
            let full = |title: &str| Fields {
                title: Some(title.to_owned()),
                body: Some("<div>What it is about</div>".to_owned()),
                due_on: Some(DateChange::On(day("2026-12-04"))),
                assignees: Some(people.iter().map(|person| person.0).collect()),
                ..Fields::default()
            };
            let list = editor.create(set, Kind::Todolist, Fields::titled("Before the opening")).unwrap();
            let other_list = editor.create(set, Kind::Todolist, Fields::titled("After the opening")).unwrap();
            let group = editor.create(list, Kind::Todolist, Fields::titled("Invitations")).unwrap();
            let starts = Fields { starts_on: Some(DateChange::On(day("2026-12-01"))), ..full("Book the studio") };
            let watched = Fields { subscribers: Some(vec![people[0].0]), ..starts };
            let todo = editor.create(list, Kind::Todo, watched).unwrap();
            let second = editor.create_todo(list, "Paint the sign").unwrap();
            let third = editor.create_todo(list, "Hang the lamps").unwrap();
            let grouped = editor.create_todo(group, "Write the addresses").unwrap();
            let loose = editor.create_todo(set, "Find the keys").unwrap();
            let column = editor.create(table, Kind::Column, Fields::titled("In work")).unwrap();
            let other_column = editor.create(table, Kind::Column, Fields::titled("In review")).unwrap();
            let done = editor.world().children_of(table, Kind::DoneColumn).next().unwrap().id;
            let card = editor.create(column, Kind::Card, full("Draw the plan")).unwrap();
            let step = editor.create(card, Kind::Step, Fields::titled("Measure the hall")).unwrap();
            let message = editor.create(board, Kind::Message, full_message()).unwrap();
            Self {
                project: ProjectId(project),
                todo_set: made(set),
                list: made(list),
                other_list: made(other_list),
                group: made(group),
                todo: made(todo),
                second: made(second),
                third: made(third),
                grouped: made(grouped),
                loose: made(loose),
                column: made(column),
                other_column: made(other_column),
                done_column: made(done),
                card: made(card),
                step: made(step),
                message: made(message),
                people,
            }
        })
    }
}

fn full_message() -> Fields {
    Fields {
        title: Some("The opening is on".to_owned()),
        body: Some("<div>On the tenth.</div>".to_owned()),
        ..Fields::default()
    }
}

impl Desk {
    /// A fetched desk with the scene on it.
    pub(crate) async fn with_scene() -> (Self, Scene) {
        let desk = Self::unfetched(super::World::small(7)).await;
        let scene = Scene::set(&desk);
        desk.sync().await;
        (desk, scene)
    }
}
