//! A whole project is made as it was planned: people, lists, to-dos, columns, cards and a message.

use contract::commands::{
    CreateProject, PlannedColumn, PlannedList, PlannedMessage, PlannedTask, PreviewCall, RunRecipe, SaveRecipe,
};
use contract::{Code, Command as _, Named, PersonId, Preview, Reversible};
use serde_json::json;
use sim::{Fault, world};

use super::recipes::{fresh, given};
use super::server::{facts, same};
use crate::support::{Desk, Scene, day};

/// A plan with everything in it.
pub(super) fn fair(scene: &Scene) -> CreateProject {
    let task = |title: &str, due: Option<&str>, who: &[PersonId]| PlannedTask {
        title: title.into(),
        body: String::new(),
        due_on: due.map(day),
        assignees: who.to_vec(),
    };
    CreateProject {
        name: "The spring fair".into(),
        description: "Everything for it".into(),
        people: vec![scene.people[0]],
        lists: vec![
            PlannedList {
                title: "Before".into(),
                todos: vec![
                    task("Book the venue", Some("2026-12-04"), &[scene.people[1]]),
                    task("Order flyers", None, &[]),
                ],
            },
            PlannedList { title: "After".into(), todos: vec![task("Say thanks", None, &[])] },
        ],
        columns: vec![PlannedColumn { title: "In print".into(), cards: vec![task("The poster", None, &scene.people)] }],
        message: Some(PlannedMessage {
            title: "We begin".into(),
            body: "Welcome to it.".into(),
            notify: vec![scene.people[0]],
        }),
    }
}

pub(super) fn project_called(desk: &Desk, name: &str) -> Vec<world::Project> {
    desk.sim.look(|world| world.projects().filter(|project| project.name == name).cloned().collect())
}

#[tokio::test]
async fn a_whole_project_arrives_as_it_was_planned_and_undo_puts_it_away() {
    let (desk, scene) = Desk::with_scene().await;
    let (before, writes) = (facts(&desk), desk.writes_seen());
    let plan = fair(&scene);
    let preview: Preview =
        desk.does(PreviewCall { tool: "project.create".into(), input: serde_json::to_string(&plan).unwrap() }).await;
    assert_eq!(preview.summary, "Create the project “The spring fair”: Everything for it");
    assert_eq!((preview.steps.len(), preview.changes.len(), preview.refusal.as_deref()), (10, 8, None), "{preview:#?}");
    assert!(preview.steps[1].starts_with("Give ") && preview.steps[1].ends_with("access to “The spring fair”"));
    assert_eq!((preview.notified.as_slice(), preview.reversible), (&scene.people[..], Some(Reversible::Compensable)));
    desk.settles().await;
    assert_eq!((desk.writes_seen(), project_called(&desk, "The spring fair").len()), (writes, 0), "only tried");

    let made = desk.does(plan).await;
    assert_eq!((made.carried.why.as_deref(), made.carried.undone.len()), (None, 0), "{made:?}");
    let what =
        |steps: &[String]| steps.iter().map(|step| step.split_once(' ').unwrap().1.to_owned()).collect::<Vec<_>>();
    assert_eq!(what(&made.carried.done), what(&preview.steps[1..]), "done as it was told, but for the verb's tense");
    assert_eq!(made.carried.sets.len(), 8);
    desk.settles().await;
    desk.nothing_waits().await;
    let there = &project_called(&desk, "The spring fair")[..];
    let [there] = there else { panic!("{there:?}") };
    for person in scene.people {
        assert!(there.members.contains(&person.0), "whoever is assigned has access");
    }
    let news = fresh(&before, &facts(&desk));
    let in_order: Vec<(&str, &str)> = news
        .iter()
        .filter(|(_, fact)| preview.changes.iter().any(|change| change.title == fact.title))
        .map(|(_, fact)| (fact.kind, fact.title.as_str()))
        .collect();
    let titles: Vec<&str> = in_order.iter().map(|(_, title)| *title).collect();
    assert_eq!(
        titles,
        ["Before", "Book the venue", "Order flyers", "After", "Say thanks", "In print", "The poster", "We begin"],
        "{in_order:?}"
    );
    let of = |title: &str| news.iter().find(|(_, fact)| fact.title == title).unwrap();
    assert_eq!(of("Book the venue").1.parent, Some(of("Before").0));
    assert_eq!(of("Book the venue").1.due_on, Some(day("2026-12-04")));
    assert_eq!(of("Book the venue").1.assignees, [scene.people[1].0]);
    assert_eq!(of("Say thanks").1.parent, Some(of("After").0));
    assert_eq!(of("The poster").1.parent, Some(of("In print").0));
    assert_eq!(of("The poster").1.assignees, scene.people.map(|person| person.0));
    assert_eq!(desk.sim.counters().duplicate_creates, 0);
    desk.full_sync().await;
    desk.truth_holds("made").await;

    // What made the project can be kept together with what filled it, and makes another one.
    let mut sets = vec![made.set.unwrap()];
    sets.extend(&made.carried.sets);
    let named = Some(vec![Named { value: "The spring fair".into(), name: "fair".into() }]);
    let kept = desk.does(SaveRecipe { name: "A fair".into(), sets: sets.clone(), variables: named }).await;
    assert_eq!(kept.steps.len(), 9);
    let run = RunRecipe { id: kept.id, values: given(&[("fair", "The winter fair")]) };
    let carried = desk.does(run).await;
    assert_eq!((carried.why.as_deref(), carried.sets.len()), (None, 9), "{carried:?}");
    desk.settles().await;
    let again = &project_called(&desk, "The winter fair")[0];
    assert!(scene.people.iter().all(|person| again.members.contains(&person.0)));

    for set in sets.into_iter().rev() {
        desk.undoes(set).await;
        desk.settles().await;
    }
    assert_eq!(project_called(&desk, "The spring fair")[0].status, world::Status::Trashed);
    assert_eq!(project_called(&desk, "The winter fair")[0].status, world::Status::Active);
}

#[tokio::test]
async fn a_project_that_cannot_be_filled_is_there_and_says_what_is_missing() {
    let (desk, scene) = Desk::with_scene().await;
    desk.sim.faults().next(1, "PUT", "/people/users.json", Fault::Status(403));
    let made = desk.does(fair(&scene)).await;
    assert_eq!((made.carried.done.len(), made.carried.undone.len(), made.carried.sets.len()), (0, 9, 0));
    assert!(made.carried.why.is_some());
    assert_eq!(project_called(&desk, "The spring fair").len(), 1);
    // Basecamp is asked again when the answer was lost: to let somebody in twice does no harm.
    let other =
        CreateProject { name: "The autumn fair".into(), people: vec![scene.people[0]], ..CreateProject::default() };
    desk.sim.faults().next(1, "PUT", "/people/users.json", Fault::DropAfter);
    let made = desk.does(other).await;
    assert_eq!((made.carried.done.len(), made.carried.why), (1, None));
    assert!(project_called(&desk, "The autumn fair")[0].members.contains(&scene.people[0].0));
}

#[tokio::test]
async fn nonsense_in_a_plan_is_refused_before_anything_is_made() {
    let (desk, scene) = Desk::with_scene().await;
    let (writes, history, before) = (desk.writes_seen(), desk.history().await.len(), facts(&desk));
    let spoilt = |spoil: &dyn Fn(&mut CreateProject)| {
        let mut plan = fair(&scene);
        spoil(&mut plan);
        plan
    };
    let stranger = PersonId(404);
    let nonsense = [
        spoilt(&|plan| plan.name = " ".into()),
        spoilt(&|plan| plan.people.push(stranger)),
        spoilt(&|plan| plan.lists[1].title = "\n".into()),
        spoilt(&|plan| plan.lists[0].todos[1].title = String::new()),
        spoilt(&|plan| plan.lists[0].todos[1].assignees.push(stranger)),
        spoilt(&|plan| plan.columns[0].title = "x".repeat(10_001)),
        spoilt(&|plan| plan.columns[0].cards[0].title = String::new()),
        spoilt(&|plan| plan.message.as_mut().unwrap().title = String::new()),
        spoilt(&|plan| plan.message.as_mut().unwrap().notify.push(stranger)),
        spoilt(&|plan| plan.lists = vec![plan.lists[1].clone(); 101]),
    ];
    for plan in nonsense {
        let fault = desk.is_refused(plan.clone(), Code::Invalid).await;
        assert!(fault.message.ends_with('.') && fault.message.len() > 20, "{}", fault.message);
        let input = serde_json::to_string(&plan).unwrap();
        let told = desk.does(PreviewCall { tool: CreateProject::NAME.into(), input }).await;
        assert_eq!(told.refusal.as_deref(), Some(fault.message.as_str()));
    }
    for bad in [
        json!({ "name": "x", "lists": [{}] }),
        json!({ "name": "x", "lists": [{ "title": "y", "todos": [{ "title": "z", "due_on": "soon" }] }] }),
    ] {
        let fault = desk.engine.call(&desk.caller, "project.create", &bad.to_string()).await.unwrap_err();
        assert_eq!(fault.code, Code::Invalid, "{}", fault.message);
    }
    desk.settles().await;
    assert_eq!((desk.writes_seen(), desk.history().await.len()), (writes, history));
    same(&before, &facts(&desk), "nothing was made");
}
