//! Projects are made once, with their tools, and put away and brought back.

use contract::{Kind, PersonId, ProjectId, Status};
use jiff::Timestamp;
use sim::world;
use sim::{Fault, Sim};

use crate::Trouble;
use crate::tests::{api, small};
use crate::write::{NewProject, make_project, project, project_tools, set_project_status};

fn new(sim: &Sim, name: &str) -> NewProject {
    NewProject {
        name: name.to_owned(),
        description: "For the autumn".to_owned(),
        since: Timestamp::now(),
        known: Vec::new(),
        me: Some(PersonId(sim.me())),
        unsure: false,
    }
}

fn called(sim: &Sim, name: &str) -> Vec<i64> {
    sim.look(|world| world.projects().filter(|project| project.name == name).map(|project| project.id).collect())
}

#[tokio::test]
async fn a_project_is_made_with_its_tools() {
    let sim = small(false).await;
    let api = api(&sim);
    let made = make_project(&api, &new(&sim, "The autumn fair")).await.unwrap();
    assert_eq!(called(&sim, "The autumn fair"), [made.value.id.0]);
    assert_eq!((made.value.status, made.value.description.as_str()), (Status::Active, "For the autumn"));
    let tools = project_tools(&api, &made).await;
    for kind in [Kind::TodoSet, Kind::MessageBoard, Kind::Schedule, Kind::CardTable, Kind::Vault, Kind::DoneColumn] {
        let tool = tools.iter().find(|tool| tool.value.kind == kind).unwrap_or_else(|| panic!("no {kind:?}"));
        assert_eq!(tool.value.project, made.value.id);
    }
    let set = sim.look(|world| world.tool(made.value.id.0, world::Kind::Todoset)).unwrap();
    assert!(made.value.dock.iter().any(|tool| tool.id.0 == set && tool.enabled));
    // A tool that does not answer is no reason to go without the others.
    sim.faults().next(100, "GET", "/card_tables/", Fault::Status(404));
    let tools = project_tools(&api, &made).await;
    assert!(tools.iter().any(|tool| tool.value.kind == Kind::TodoSet));
    assert!(tools.iter().all(|tool| tool.value.kind != Kind::CardTable));
}

#[tokio::test]
async fn a_project_whose_answer_was_lost_is_not_made_twice() {
    let sim = small(false).await;
    let api = api(&sim);
    let faults = [
        Fault::DropAfter,
        Fault::DropBefore,
        Fault::Truncate,
        Fault::WrongJson,
        Fault::Html,
        Fault::Nulls,
        Fault::Status(502),
    ];
    for (turn, fault) in faults.into_iter().enumerate() {
        let name = format!("Once only {turn}");
        let mut new = new(&sim, &name);
        sim.faults().next(1, "POST", "/projects", fault.clone());
        assert_eq!(make_project(&api, &new).await.map(drop), Err(Trouble::Lost), "{fault:?}");
        sim.faults().clear();
        new.unsure = true;
        let made = make_project(&api, &new).await.unwrap().value;
        assert_eq!(called(&sim, &name), [made.id.0], "{fault:?}");
        assert!(!made.dock.is_empty(), "{fault:?}");
    }
    assert_eq!(sim.counters().duplicate_creates, 0);
}

#[tokio::test]
async fn only_the_lost_project_is_taken_for_it() {
    let sim = small(false).await;
    let api = api(&sim);
    let name = "The autumn fair";
    let earlier = make_project(&api, &new(&sim, name)).await.unwrap().value.id;
    let theirs = sim.edit(|editor| {
        let (me, other) = (editor.world().me(), editor.world().people().map(|person| person.id).max().unwrap());
        assert_ne!(me, other);
        let edit = world::Edit::CreateProject { name: name.to_owned(), description: None };
        let theirs = editor.acting_as(other).apply(edit).unwrap().id();
        editor.grant(theirs, me).unwrap();
        theirs
    });
    let lost = NewProject { known: vec![earlier], unsure: true, ..new(&sim, name) };
    let made = make_project(&api, &lost).await.unwrap().value.id;
    assert!(made != earlier && made != ProjectId(theirs));
    assert_eq!(called(&sim, name).len(), 3);
    // What was made long before the first try is another one.
    let later = Timestamp::now().checked_add(jiff::SignedDuration::from_hours(2)).unwrap();
    let again = NewProject { since: later, unsure: true, ..new(&sim, name) };
    make_project(&api, &again).await.unwrap();
    assert_eq!(called(&sim, name).len(), 4);
    // A listing that cannot be read proves nothing, and nothing is made.
    sim.faults().next(100, "GET", "/projects.json", Fault::WrongJson);
    assert!(make_project(&api, &again).await.is_err());
    assert_eq!(called(&sim, name).len(), 4);
}

#[tokio::test]
async fn a_project_goes_into_the_trash_and_comes_back() {
    let sim = small(false).await;
    let api = api(&sim);
    let id = make_project(&api, &new(&sim, "The autumn fair")).await.unwrap().value.id;
    for status in [Status::Trashed, Status::Active, Status::Archived, Status::Active, Status::Trashed] {
        assert_eq!(set_project_status(&api, id, status).await.unwrap().value.status, status);
        assert_eq!(project(&api, id).await.unwrap().value.status, status);
    }
    let writes = sim.counters().seen("DELETE", "");
    set_project_status(&api, id, Status::Trashed).await.unwrap();
    assert_eq!(sim.counters().seen("DELETE", ""), writes, "it was there already");
    // A lost answer to this is no matter.
    set_project_status(&api, id, Status::Active).await.unwrap();
    sim.faults().next(1, "DELETE", "", Fault::DropAfter);
    assert_eq!(set_project_status(&api, id, Status::Trashed).await.unwrap().value.status, Status::Trashed);
    sim.faults().next(1, "PUT", "", Fault::Status(403));
    let refused = set_project_status(&api, id, Status::Active).await;
    assert!(matches!(refused, Err(Trouble::Forbidden(_))), "{refused:?}");
    let nowhere = set_project_status(&api, ProjectId(404), Status::Trashed).await;
    assert_eq!(nowhere.map(drop), Err(Trouble::Missing));
}

#[tokio::test]
async fn a_project_without_a_name_is_refused() {
    let sim = small(false).await;
    let refused = make_project(&api(&sim), &new(&sim, " ")).await;
    assert!(matches!(&refused, Err(Trouble::Refused { message, .. }) if message.contains("blank")), "{refused:?}");
}
