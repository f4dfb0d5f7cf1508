//! Where others can write, and how the assistant comes to read it.

use contract::{RecordingId, Seen};
use serde_json::{Value, json};
use sim::Editor;
use sim::world::{Edit, Fields, Kind, Span};

use crate::support::{Desk, Scene, day};

/// A text of somebody else, and what the person says upon which it is read.
pub(crate) struct Spot {
    pub(crate) place: &'static str,
    pub(crate) says: String,
    pub(crate) seeing: Vec<Seen>,
    /// It is shown in its first words only, so that a long one may not be read to its end.
    pub(crate) is_cut: bool,
}

fn reads(place: &'static str, tool: &str, input: &Value) -> Spot {
    Spot { place, says: format!("Read {tool} {input}"), seeing: Vec::new(), is_cut: false }
}

fn sees(place: &'static str, seen: Seen) -> Spot {
    Spot { place, says: "Hello!".into(), seeing: vec![seen], is_cut: false }
}

fn noted(title: &str, body: &str) -> Fields {
    let body = body.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    Fields { body: Some(format!("<div>{body}</div>")), ..Fields::titled(title) }
}

/// Writes into every place of a project, each time in other words, and tells how it is read.
pub(crate) fn spots(desk: &Desk, scene: &Scene, words: &mut dyn FnMut() -> String) -> Vec<Spot> {
    let mut spots = items(desk, scene, words);
    spots.extend(desk.server(|editor| names(editor, scene, words)));
    spots.extend([
        sees("an item on the screen", Seen::Item { id: scene.todo, title: words() }),
        sees("a project on the screen", Seen::Project { id: scene.project, name: words() }),
        sees("a person on the screen", Seen::Person { id: scene.people[0], name: words() }),
    ]);
    spots
}

fn items(desk: &Desk, scene: &Scene, words: &mut dyn FnMut() -> String) -> Vec<Spot> {
    desk.server(|editor| {
        let project = scene.project.0;
        let tool = |editor: &Editor<'_>, kind| editor.world().tool(project, kind).unwrap();
        let mut put = |parent: i64, kind, fields| RecordingId(editor.create(parent, kind, fields).unwrap());
        let show = |place, id: RecordingId| reads(place, "item.show", &json!({ "id": id }));
        let (list, column) = (scene.list.0, scene.column.0);

        let mut spots = vec![
            show("a to-do's title", put(list, Kind::Todo, Fields::titled(words()))),
            show("a to-do's notes", put(list, Kind::Todo, noted("A to-do", &words()))),
            show("a list's name", put(scene.todo_set.0, Kind::Todolist, Fields::titled(words()))),
            show("a group's name", put(list, Kind::Todolist, Fields::titled(words()))),
            show("a card's title", put(column, Kind::Card, Fields::titled(words()))),
        ];
        let talked = put(list, Kind::Todo, Fields::titled("Talked about"));
        put(talked.0, Kind::Comment, Fields { title: None, ..noted("", &words()) });
        spots.push(show("a comment", talked));
        let stepped = put(column, Kind::Card, Fields::titled("With steps"));
        put(stepped.0, Kind::Step, Fields::titled(words()));
        spots.push(show("a step", stepped));
        put(list, Kind::Todo, noted("Needle in the hay", &words()));
        let found = reads("a search result", "search.find", &json!({ "query": "Needle hay" }));
        spots.push(Spot { is_cut: true, ..found });

        let [table, board, vault, room, schedule, questions] =
            [Kind::CardTable, Kind::MessageBoard, Kind::Vault, Kind::Chat, Kind::Schedule, Kind::Questionnaire]
                .map(|kind| tool(editor, kind));
        let mut put = |parent: i64, kind, fields| RecordingId(editor.create(parent, kind, fields).unwrap());
        let named = put(table, Kind::Column, Fields::titled(words()));
        spots.push(show("a column's name", put(named.0, Kind::Card, Fields::titled("In a column"))));
        spots.push(show("a message", put(board, Kind::Message, noted("Minutes", &words()))));
        spots.push(show("a message's subject", put(board, Kind::Message, noted(&words(), "As said"))));
        spots.push(show("a document", put(vault, Kind::Document, noted("Plan", &words()))));
        spots.push(show("a document's title", put(vault, Kind::Document, noted(&words(), "As said"))));
        spots.push(show("a folder's name", put(vault, Kind::Vault, Fields::titled(words()))));
        let name = words();
        let file = Some((name.clone(), "application/pdf".to_owned(), 90_000));
        spots.push(show("a file's name", put(vault, Kind::Upload, Fields { file, ..Fields::titled(name) })));
        let span = Some(Span::Days(day("2026-12-03"), day("2026-12-03")));
        let entry = |fields| Fields { span, ..fields };
        spots.push(show("an entry", put(schedule, Kind::ScheduleEntry, entry(Fields::titled(words())))));
        spots.push(show("an entry's notes", put(schedule, Kind::ScheduleEntry, entry(noted("Meeting", &words())))));
        let question = put(questions, Kind::Question, Fields::titled(words()));
        spots.push(show("a check-in question", question));
        let asked = put(questions, Kind::Question, Fields::titled("What was hard?"));
        spots
            .push(show("a check-in answer", put(asked.0, Kind::Answer, Fields { title: None, ..noted("", &words()) })));
        spots.push(show("a chat line", put(room, Kind::Line, Fields::titled(words()))));
        let lines = json!({ "project": scene.project, "kinds": ["chat-line"] });
        let lines = reads("chat lines", "item.list", &lines);
        put(room, Kind::Line, Fields::titled(words()));
        spots.push(Spot { is_cut: true, ..lines });
        spots
    })
}

/// What a project and people call themselves.
fn names(editor: &mut Editor<'_>, scene: &Scene, words: &mut dyn FnMut() -> String) -> Vec<Spot> {
    let me = editor.world().me();
    let world = editor.world();
    let mut projects = world.projects().filter(|project| project.id != scene.project.0);
    let other = projects.find(|project| project.members.contains(&me)).map(|project| project.id).unwrap();
    drop(projects);
    let busy = [me, scene.people[0].0, scene.people[1].0];
    let people: Vec<i64> = editor.world().people().map(|person| person.id).filter(|id| !busy.contains(id)).collect();
    let name = format!("Needleproject {}", words());
    editor.acting_as(me).apply(Edit::UpdateProject { project: other, name, description: None }).unwrap();
    editor.introduce(people[0], &format!("Needleperson {}", words()), "Designer").unwrap();
    editor.introduce(people[1], "Aaron Needle", &words()).unwrap();
    let find = |place, word: &str| reads(place, "search.find", &json!({ "query": word }));
    vec![
        find("a project's name", "Needleproject"),
        find("a person's name", "Needleperson"),
        reads("a person's title", "directory.show", &json!({})),
    ]
}
