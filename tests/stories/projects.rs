//! Projects are made with their lists and to-dos in them, and everything is taken back again.

use contract::commands::{
    CreateCard, CreateColumn, CreateList, CreateProject, CreateTodo, PreviewCall, Redo, ShowBoards, ShowDirectory,
    ShowTodoLists, Undo,
};
use contract::{
    Caller, ChangeSetId, Choice, Code, Command, Pending, Preview, Project, ProjectId, ProjectMade, RecordingId,
    Reversible, Role, SetState, Status,
};
use sim::{Fault, world};

use super::server::{fact, facts, same};
use crate::support::{Desk, call};

fn project(name: &str) -> CreateProject {
    CreateProject { name: name.into(), description: "Everything for the autumn".into(), ..CreateProject::default() }
}

fn list(project: ProjectId, title: &str) -> CreateList {
    CreateList { project, title: title.into(), description: String::new() }
}

fn todo(parent: RecordingId, title: &str) -> CreateTodo {
    CreateTodo { parent, title: title.into(), body: String::new(), starts_on: None, due_on: None, assignees: vec![] }
}

/// The projects of this name in Basecamp: id and status.
fn called(desk: &Desk, name: &str) -> Vec<(i64, world::Status)> {
    desk.sim.look(|world| {
        let alike = world.projects().filter(|project| project.name == name);
        alike.map(|project| (project.id, project.status)).collect()
    })
}

async fn here(desk: &Desk, id: ProjectId) -> Option<Project> {
    let directory = desk.does(ShowDirectory {}).await;
    directory.projects.into_iter().map(|row| row.project).find(|project| project.id == id)
}

async fn undoes(desk: &Desk, set: Option<ChangeSetId>) {
    desk.undoes(set.unwrap()).await;
    desk.settles().await;
    desk.nothing_waits().await;
}

#[tokio::test]
async fn a_project_with_three_lists_and_their_todos_is_made_and_taken_back() {
    let (desk, _) = Desk::with_scene().await;
    let start = facts(&desk);
    let ProjectMade { set, project, todo_set, .. } = desk.does(project("The autumn fair")).await;
    assert_eq!(called(&desk, "The autumn fair"), [(project.id.0, world::Status::Active)]);
    assert_eq!(project.description, "Everything for the autumn");
    assert_eq!(here(&desk, project.id).await.as_ref(), Some(&project), "it is here at once");
    let todo_set = todo_set.unwrap();
    let bare = facts(&desk);

    let mut sets = Vec::new();
    let mut made = Vec::new();
    for title in ["Before", "On the day", "After"] {
        let written = desk.sends(list(project.id, title)).await;
        let id = desk.shows(written.item.id).await.item.id;
        sets.push(written.set);
        made.push(id);
        assert_eq!((fact(&desk, id).parent, fact(&desk, id).title.as_str()), (Some(todo_set.0), title));
    }
    let with_lists = facts(&desk);
    let mut todos = Vec::new();
    for (at, parent) in made.iter().enumerate() {
        for title in ["First", "Second"] {
            let written = desk.sends(todo(*parent, &format!("{title} of {at}"))).await;
            todos.push(written.set);
        }
    }
    let shown = desk.does(ShowTodoLists { project: project.id, completed: true, put_away: false }).await;
    let shown: Vec<(String, Vec<String>)> = shown
        .sections
        .into_iter()
        .map(|section| (section.list.title, section.todos.into_iter().map(|todo| todo.title).collect()))
        .collect();
    let both = |at: usize| vec![format!("First of {at}"), format!("Second of {at}")];
    assert_eq!(
        shown,
        [("Before".to_owned(), both(0)), ("On the day".to_owned(), both(1)), ("After".to_owned(), both(2))]
    );
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
    desk.full_sync().await;
    desk.truth_holds("made").await;

    let gone = |from: &super::server::Facts| {
        let mut rest = facts(&desk);
        rest.retain(|id, fact| from.contains_key(id) || fact.status != world::Status::Trashed);
        rest
    };
    for set in todos.into_iter().rev() {
        undoes(&desk, set).await;
    }
    same(&with_lists, &gone(&with_lists), "to-dos undone");
    for set in sets.into_iter().rev() {
        undoes(&desk, set).await;
    }
    same(&bare, &gone(&bare), "lists undone");
    undoes(&desk, set).await;
    assert_eq!(called(&desk, "The autumn fair"), [(project.id.0, world::Status::Trashed)]);
    assert_eq!(here(&desk, project.id).await.unwrap().status, Status::Trashed);
    let mut rest = facts(&desk);
    rest.retain(|id, _| start.contains_key(id));
    same(&start, &rest, "nothing else was touched");
    desk.full_sync().await;
    desk.truth_holds("undone").await;
}

#[tokio::test]
async fn making_a_project_is_undone_and_redone_and_told() {
    let (desk, _) = Desk::with_scene().await;
    let made = desk.does(project("The autumn fair")).await;
    let (set, id) = (made.set.unwrap(), made.project.id);
    let entry = |history: Vec<contract::HistoryEntry>| history.into_iter().find(|entry| entry.set == set).unwrap();
    let told = entry(desk.history().await);
    assert_eq!(told.summary, "Created the project “The autumn fair”");
    assert_eq!((told.who.as_str(), told.door.as_str()), ("person", "window"));
    assert_eq!((told.state, told.reversible), (SetState::Done, Reversible::Undoable));
    assert_eq!((told.projects.len(), told.projects[0].project, told.projects[0].created), (1, id, true));
    for _ in 0..2 {
        let reversal = desk.undoes(set).await;
        assert_eq!(called(&desk, "The autumn fair"), [(id.0, world::Status::Trashed)]);
        assert_eq!(here(&desk, id).await.unwrap().status, Status::Trashed);
        assert_eq!(entry(desk.history().await).state, SetState::Undone);
        desk.is_refused(Undo { set: Some(set), choice: None }, Code::Conflict).await;
        desk.is_refused(Undo { set: Some(reversal), choice: None }, Code::Conflict).await;
        desk.redoes(set).await;
        assert_eq!(called(&desk, "The autumn fair"), [(id.0, world::Status::Active)]);
        assert_eq!(here(&desk, id).await.unwrap().status, Status::Active);
        assert_eq!(entry(desk.history().await).state, SetState::Done);
        desk.is_refused(Redo { set: Some(set), choice: None }, Code::Conflict).await;
        desk.sends(list(id, "Still usable")).await;
    }
    // The last thing that was done is the list; before it the other one, and then the project.
    for _ in 0..3 {
        desk.does(Undo { set: None, choice: None }).await;
        desk.settles().await;
    }
    assert_eq!(called(&desk, "The autumn fair"), [(id.0, world::Status::Trashed)]);
    desk.full_sync().await;
    desk.truth_holds("afterwards").await;
}

#[tokio::test]
async fn a_project_that_others_changed_or_work_in_is_not_put_away_unasked() {
    let (desk, _) = Desk::with_scene().await;
    let first = desk.does(project("The autumn fair")).await;
    let second = desk.does(project("The winter fair")).await;
    let (renamed, shared) = (first.project.id.0, second.project.id.0);
    let set = second.todo_set.unwrap().0;
    desk.sim.edit(|editor| {
        let (me, other) = (editor.world().me(), editor.world().people().map(|person| person.id).max().unwrap());
        assert_ne!(me, other);
        editor.grant(renamed, other).unwrap();
        editor.grant(shared, other).unwrap();
        let name = "The harvest fair".to_owned();
        editor.acting_as(other);
        editor.apply(world::Edit::UpdateProject { project: renamed, name, description: None }).unwrap();
        editor.create(set, world::Kind::Todolist, world::Fields::titled("Theirs")).unwrap();
    });
    desk.sync().await;
    for (set, why) in [(first.set, "The harvest fair"), (second.set, "1 item")] {
        for choice in [None, Some(Choice::KeepTheirs)] {
            let fault = desk.is_refused(Undo { set, choice }, Code::Conflict).await;
            assert!(fault.message.contains(why), "{}", fault.message);
        }
    }
    assert_eq!(called(&desk, "The harvest fair"), [(renamed, world::Status::Active)]);
    assert_eq!(called(&desk, "The winter fair"), [(shared, world::Status::Active)]);
    for (set, name) in [(first.set, "The harvest fair"), (second.set, "The winter fair")] {
        desk.undo_with(set.unwrap(), Some(Choice::TakeMine)).await;
        assert_eq!(called(&desk, name)[0].1, world::Status::Trashed);
    }
    // Put away by somebody else already: there is nothing left to do but to say so.
    let third = desk.does(project("The spring fair")).await;
    desk.sim.edit(|editor| editor.set_project_status(third.project.id.0, world::Status::Trashed).unwrap());
    desk.undoes(third.set.unwrap()).await;
    assert_eq!(here(&desk, third.project.id).await.unwrap().status, Status::Trashed);
}

#[tokio::test]
async fn offline_a_list_and_its_todos_wait_for_each_other() {
    let (desk, scene) = Desk::with_scene().await;
    let before = facts(&desk);
    desk.goes_offline().await;
    let made = desk.does(list(scene.project, "Made in a tunnel")).await;
    assert!(made.item.id.is_local());
    assert_eq!(made.item.pending, Pending::Queued);
    let inside = desk.does(todo(made.item.id, "In it")).await;
    let also = desk.does(todo(made.item.id, "In it too")).await;
    let shown = desk.does(ShowTodoLists { project: scene.project, completed: true, put_away: false }).await;
    let section = shown.sections.iter().find(|section| section.list.id == made.item.id).unwrap();
    assert_eq!(section.todos.iter().map(|todo| todo.id).collect::<Vec<_>>(), [inside.item.id, also.item.id]);
    // A list that is taken back before it was sent takes along what is in it.
    let slip = desk.does(list(scene.project, "A slip of the pen")).await;
    desk.does(todo(slip.item.id, "Nobody sees this")).await;
    desk.undoes(slip.set.unwrap()).await;
    assert_eq!(desk.outbox().await.len(), 3);
    same(&before, &facts(&desk), "offline");

    desk.comes_back().await;
    desk.nothing_waits().await;
    let real = desk.shows(made.item.id).await.item.id;
    let there = fact(&desk, real);
    assert_eq!((there.parent, there.title.as_str()), (Some(scene.todo_set.0), "Made in a tunnel"));
    for (written, title) in [(&inside, "In it"), (&also, "In it too")] {
        let there = fact(&desk, desk.shows(written.item.id).await.item.id);
        assert_eq!((there.parent, there.title.as_str()), (Some(real.0), title));
    }
    assert_eq!(facts(&desk).len() - before.len(), 3);
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
    desk.full_sync().await;
    desk.truth_holds("back online").await;
    undoes(&desk, made.set).await;
    assert_eq!(fact(&desk, real).status, world::Status::Trashed);
}

#[tokio::test]
async fn columns_are_made_with_cards_in_them_offline_too() {
    let (desk, scene) = Desk::with_scene().await;
    let table = RecordingId(fact(&desk, scene.column).parent.unwrap());
    let online = desk.sends(CreateColumn { table, title: "Waiting for print".into() }).await;
    let column = desk.shows(online.item.id).await.item.id;
    assert_eq!(fact(&desk, column).parent, Some(table.0));
    desk.goes_offline().await;
    let local = desk.does(CreateColumn { table, title: "On the van".into() }).await.item.id;
    let card = CreateCard {
        column: local,
        title: "Load the tables".into(),
        body: String::new(),
        due_on: None,
        assignees: vec![],
    };
    let card = desk.does(card).await.item.id;
    desk.comes_back().await;
    desk.nothing_waits().await;
    let (local, card) = (desk.shows(local).await.item.id, desk.shows(card).await.item.id);
    assert_eq!(fact(&desk, card).parent, Some(local.0));
    let boards = desk.does(ShowBoards { project: scene.project }).await;
    let board = boards.iter().find(|board| board.table.id == table).unwrap();
    let titles: Vec<&str> = board.columns.iter().map(|column| column.column.title.as_str()).collect();
    let place = |title: &str| titles.iter().position(|there| *there == title).unwrap();
    assert!(place("In review") < place("Waiting for print") && place("Waiting for print") < place("On the van"));
    assert!(place("On the van") < place("Done"));
    desk.full_sync().await;
    desk.truth_holds("columns").await;
    undoes(&desk, online.set).await;
    assert_eq!(fact(&desk, column).status, world::Status::Trashed);
    desk.redoes(online.set.unwrap()).await;
    desk.settles().await;
    assert_eq!(fact(&desk, column).status, world::Status::Active);
    desk.is_refused(CreateColumn { table: scene.list, title: "In a list".into() }, Code::Invalid).await;
}

#[tokio::test]
async fn a_project_needs_a_connection_and_says_so() {
    let (desk, _) = Desk::with_scene().await;
    let made = desk.does(project("The winter fair")).await;
    desk.goes_offline().await;
    desk.sim.reset_counters();
    let fault = desk.is_refused(project("The autumn fair"), Code::Offline).await;
    assert!(fault.message.contains("offline") && fault.message.contains("Go online"), "{}", fault.message);
    desk.is_refused(Undo { set: made.set, choice: None }, Code::Offline).await;
    assert_eq!(desk.sim.counters().total(), 0);
    desk.comes_back().await;
    desk.sim.faults().next(100, "", "", Fault::DropBefore);
    let fault = desk.is_refused(project("The autumn fair"), Code::Offline).await;
    assert!(fault.retry, "{fault:?}");
    desk.is_refused(Undo { set: made.set, choice: None }, Code::Offline).await;
    desk.sim.faults().clear();
    assert_eq!(called(&desk, "The autumn fair"), []);
    assert_eq!(called(&desk, "The winter fair")[0].1, world::Status::Active);
    desk.undoes(made.set.unwrap()).await;
    assert_eq!(called(&desk, "The winter fair")[0].1, world::Status::Trashed);
}

#[tokio::test]
async fn a_lost_answer_makes_one_project_and_one_list() {
    let (desk, _) = Desk::with_scene().await;
    for (turn, fault) in
        [Fault::DropAfter, Fault::Truncate, Fault::Html, Fault::DropBefore, Fault::Status(503)].into_iter().enumerate()
    {
        let name = format!("Fair {turn}");
        desk.sim.faults().next(1, "POST", "/projects.json", fault.clone());
        let made = desk.does(project(&name)).await;
        assert_eq!(called(&desk, &name), [(made.project.id.0, world::Status::Active)], "{fault:?}");
        assert!(made.todo_set.is_some());
        desk.sim.faults().next(1, "POST", "/todolists.json", fault.clone());
        let written = desk.does(list(made.project.id, "Only one")).await;
        desk.settles().await;
        desk.sync().await;
        desk.settles().await;
        desk.nothing_waits().await;
        let id = desk.shows(written.item.id).await.item.id;
        let alike = facts(&desk)
            .into_iter()
            .filter(|(_, fact)| fact.title == "Only one" && fact.parent == made.todo_set.map(|set| set.0));
        assert_eq!(alike.map(|(id, _)| id).collect::<Vec<_>>(), [id.0], "{fault:?}");
    }
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
    desk.full_sync().await;
    desk.truth_holds("afterwards").await;
}

#[tokio::test]
async fn what_it_would_do_is_told_without_doing_it() {
    let (desk, scene) = Desk::with_scene().await;
    let made = desk.does(project("The winter fair")).await;
    let (before, history) = (facts(&desk), desk.history().await.len());
    desk.sim.reset_counters();
    let told = previews(&desk, project("The autumn fair")).await;
    assert!(told.summary.contains("Create the project “The autumn fair”"), "{told:?}");
    assert!(told.summary.contains("Everything for the autumn"), "{told:?}");
    assert_eq!((told.reversible, told.refusal), (Some(Reversible::Undoable), None));
    let told = previews(&desk, list(scene.project, "On the day")).await;
    assert_eq!((told.changes.len(), told.changes[0].title.as_str()), (1, "On the day"));
    let told = previews(&desk, Undo { set: made.set, choice: None }).await;
    assert!(told.summary.contains("“The winter fair”") && told.summary.contains("trash"), "{told:?}");
    desk.settles().await;
    assert_eq!(desk.sim.counters().total(), 0, "nobody was asked");
    same(&before, &facts(&desk), "only tried");
    assert_eq!(desk.history().await.len(), history);
    let refusal = previews(&desk, project(" ")).await.refusal.unwrap();
    assert!(refusal.contains("title is needed"), "{refusal}");
}

async fn previews<C: Command>(desk: &Desk, command: C) -> Preview {
    desk.does(PreviewCall { tool: C::NAME.into(), input: serde_json::to_string(&command).unwrap() }).await
}

/// The answer is lost, and then the network is: asked for again, even by another run of the app, it is looked for first.
#[tokio::test]
async fn a_lost_project_is_looked_for_when_it_is_asked_for_again() {
    let (desk, _) = Desk::with_scene().await;
    desk.sim.faults().next(1, "POST", "/projects.json", Fault::DropAfter);
    desk.sim.faults().next(100, "GET", "/projects.json", Fault::DropBefore);
    desk.is_refused(project("The autumn fair"), Code::Offline).await;
    desk.sim.faults().clear();
    // A pass that brings it in between makes no difference.
    desk.sync().await;
    let desk = desk.restarts().await;
    let made = desk.does(project("The autumn fair")).await;
    assert_eq!(called(&desk, "The autumn fair"), [(made.project.id.0, world::Status::Active)]);
    let told = desk.history().await.into_iter().filter(|entry| entry.summary.contains("The autumn fair")).count();
    assert_eq!(told, 1);
    // What is asked for after that is meant.
    let another = desk.does(project("The autumn fair")).await;
    assert_ne!(another.project.id, made.project.id);
    assert_eq!(called(&desk, "The autumn fair").len(), 2);
}

#[tokio::test]
async fn two_that_are_asked_for_at_once_are_two() {
    let (desk, _) = Desk::with_scene().await;
    // The first is made, and its answer is not here yet: the second must not take that one for its own.
    let gate = desk.sim.faults().hold_next("GET", "/projects/");
    let second = async {
        gate.arrived().await;
        let goes_on = async {
            for _ in 0..8 {
                desk.history().await;
            }
            gate.open();
        };
        tokio::join!(desk.does(project("The autumn fair")), goes_on).0
    };
    let (one, two) = tokio::join!(desk.does(project("The autumn fair")), second);
    assert_ne!(one.project.id, two.project.id);
    assert_eq!(called(&desk, "The autumn fair").len(), 2);
}

#[tokio::test]
async fn nobody_without_leave_makes_any_of_it_and_nonsense_is_refused() {
    let (desk, scene) = Desk::with_scene().await;
    let (before, history) = (facts(&desk), desk.history().await.len());
    let viewer = Caller { role: Role::Viewer, ..desk.caller.clone() };
    let column = CreateColumn { table: scene.column, title: "Unasked".into() };
    let refused = [
        call(&desk.engine, &viewer, project("Unasked")).await.map(drop).unwrap_err(),
        call(&desk.engine, &viewer, list(scene.project, "Unasked")).await.map(drop).unwrap_err(),
        call(&desk.engine, &viewer, column).await.map(drop).unwrap_err(),
    ];
    for fault in refused {
        assert_eq!(fault.code, Code::Forbidden, "{}", fault.message);
    }
    let blank = desk.is_refused(project("  "), Code::Invalid).await;
    assert_eq!(blank.field.as_deref(), Some("name"));
    desk.is_refused(project(&"x".repeat(10_001)), Code::Invalid).await;
    desk.is_refused(list(scene.project, " "), Code::Invalid).await;
    desk.is_refused(list(ProjectId(404), "Nowhere"), Code::NotFound).await;
    desk.settles().await;
    same(&before, &facts(&desk), "nothing was done");
    assert_eq!(called(&desk, "Unasked"), []);
    assert_eq!(desk.history().await.len(), history);
}

#[tokio::test]
async fn what_waits_in_a_project_is_sent_before_the_project_goes_into_the_trash() {
    let desk = Desk::open().await;
    let made = desk.does(project("Summer fair")).await;
    let listed = desk.sends(list(made.project.id, "Design")).await;
    let trashed = |desk: &Desk| called(desk, "Summer fair")[0].1 == world::Status::Trashed;
    let gate = desk.sim.faults().hold_next("PUT", "/status/trashed");
    desk.undoes(listed.set.unwrap()).await;
    gate.arrived().await;
    let opens = async {
        // As long as an undo that does not wait would need, and more.
        for _ in 0..20_000 {
            if trashed(&desk) {
                break;
            }
            tokio::task::yield_now().await;
        }
        let too_early = trashed(&desk);
        gate.open();
        assert!(!too_early, "the project went into the trash while an edit within it was on its way");
    };
    tokio::join!(desk.undoes(made.set.unwrap()), opens);
    desk.settles().await;
    desk.nothing_waits().await;
    assert!(trashed(&desk));
}
