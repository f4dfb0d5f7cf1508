//! What was done is kept under a name and done again with others; what stops half-way says what was done, and can be taken
//! back.

use contract::commands::{
    AddComment, CompleteTodo, CreateList, CreateProject, CreateTodo, DeleteRecipe, DraftRecipe, ListRecipes,
    PreviewCall, PreviewRecipe, RenameRecipe, RunRecipe, SaveRecipe, SetToolRule, Undo,
};
use contract::{
    CallState, Caller, Carried, ChangeSetId, Code, Given, Named, Outcome, PersonId, ProjectId, Recipe, RecipeId,
    RecordingId, Reversible, Role, Rule, VariableKind,
};
use serde_json::{Value, json};
use sim::{Fault, world};

use super::planned::{fair, project_called};
use super::server::{Facts, fact, facts, same};
use crate::agent::talk::{outcome, sound};
use crate::support::{Desk, Reply, Scene, Scripted, call, day};

fn todo(parent: RecordingId, title: &str) -> CreateTodo {
    CreateTodo { parent, title: title.into(), body: String::new(), starts_on: None, due_on: None, assignees: vec![] }
}

pub(super) fn given(values: &[(&str, &str)]) -> Vec<Given> {
    values.iter().map(|(name, value)| Given { name: (*name).into(), value: (*value).into() }).collect()
}

fn step(recipe: &Recipe, at: usize) -> Value {
    serde_json::from_str(&recipe.steps[at].input).unwrap()
}

/// What is in Basecamp and was not before, in the order in which it was made.
pub(super) fn fresh(before: &Facts, after: &Facts) -> Vec<(i64, super::server::Fact)> {
    after.iter().filter(|(id, _)| !before.contains_key(id)).map(|(id, fact)| (*id, fact.clone())).collect()
}

/// The bytes of the workspace's file and of what is not yet in it.
fn file(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let folder = desk.folder.path().join("workspaces");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_none_or(|kind| kind != "db-shm"))
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Another project than the scene's, with someone in it.
fn elsewhere(desk: &Desk, scene: &Scene) -> (ProjectId, PersonId) {
    desk.sim.look(|world| {
        let me = world.me();
        let project = world
            .projects()
            .find(|project| {
                project.id != scene.project.0
                    && project.members.contains(&me)
                    && project.members.len() > 1
                    && world.tool(project.id, world::Kind::Todoset).is_some()
            })
            .unwrap();
        let person = project.members.iter().copied().find(|id| *id != me).unwrap();
        (ProjectId(project.id), PersonId(person))
    })
}

/// Two operations of the person and one of the assistant: a list, a to-do in it, and a comment on that.
async fn weekly(desk: &Desk, scene: &Scene) -> Vec<ChangeSetId> {
    desk.engine.call(&desk.caller, "settings.change", r#"{"time_zone":"UTC"}"#).await.unwrap();
    let list = CreateList { project: scene.project, title: "This week".into(), description: String::new() };
    let list = desk.does(list).await;
    let first = CreateTodo {
        due_on: Some(day("2026-11-24")),
        assignees: vec![scene.people[0]],
        ..todo(list.item.id, "Write the report")
    };
    let first = desk.does(first).await;
    let model = Scripted::saying(vec![
        Reply::calls(vec![(
            "todo.create",
            json!({ "parent": list.item.id, "title": "Read the report", "due_on": "2026-11-24", "assignees": [scene.people[1]] }),
        )]),
        Reply::says("Done."),
    ])
    .await;
    desk.connects(&model).await;
    let talk = desk.talks().await;
    talk.says("Add a to-do for reading it.").await;
    let view = talk.allows_all().await;
    sound(&view);
    desk.settles().await;
    desk.nothing_waits().await;
    let theirs = view.calls[0].sets[0];
    vec![theirs, first.set.unwrap(), list.set.unwrap()]
}

#[tokio::test]
async fn what_two_did_is_kept_and_done_again_elsewhere_with_others() {
    let (desk, scene) = Desk::with_scene().await;
    let sets = weekly(&desk, &scene).await;
    let drafted = desk.does(DraftRecipe { sets: sets.clone() }).await;
    assert_eq!((drafted.id, drafted.name.as_str()), (RecipeId(0), ""));
    let commands: Vec<&str> = drafted.steps.iter().map(|step| step.command.as_str()).collect();
    assert_eq!(commands, ["list.create", "todo.create", "todo.create"], "oldest first");
    assert!(drafted.steps[0].title.contains("Added the to-do list “This week”"), "{drafted:?}");
    let variables: Vec<_> = drafted
        .variables
        .iter()
        .map(|variable| (variable.name.as_str(), variable.kind, variable.value.as_str()))
        .collect();
    let (project, people) = (scene.project.to_string(), scene.people.map(|person| person.to_string()));
    assert_eq!(
        variables,
        [
            ("project", VariableKind::Project, project.as_str()),
            ("day", VariableKind::Day, "+4"),
            ("person", VariableKind::Person, &people[0]),
            ("person 2", VariableKind::Person, &people[1]),
        ]
    );
    assert_eq!(step(&drafted, 0)["project"], json!({ "$variable": "project" }));
    assert_eq!(step(&drafted, 1)["parent"], json!({ "$made": 0 }), "what an earlier step made is no variable");
    assert_eq!(step(&drafted, 2)["parent"], json!({ "$made": 0 }));
    assert_eq!(step(&drafted, 2)["assignees"], json!([{ "$variable": "person 2" }]));

    let kept = desk.does(SaveRecipe { name: " Weekly setup ".into(), sets, variables: None }).await;
    assert_eq!(
        (kept.name.as_str(), &kept.steps, &kept.variables),
        ("Weekly setup", &drafted.steps, &drafted.variables)
    );
    let (project, person) = elsewhere(&desk, &scene);
    let values = given(&[
        ("project", &project.to_string()),
        ("day", "+5"),
        ("person", &person.to_string()),
        ("person 2", &person.to_string()),
    ]);
    let before = facts(&desk);
    let Carried { sets, done, undone, why } = desk.does(RunRecipe { id: kept.id, values }).await;
    assert_eq!((sets.len(), undone, why), (3, vec![], None));
    assert!(done[0].starts_with("Added the to-do list “This week” to ") && done.len() == 3, "{done:?}");
    desk.settles().await;
    desk.nothing_waits().await;
    let made = fresh(&before, &facts(&desk));
    let titles: Vec<&str> = made.iter().map(|(_, fact)| fact.title.as_str()).collect();
    assert_eq!(titles, ["This week", "Write the report", "Read the report"]);
    let set = desk.sim.look(|world| world.tool(project.0, world::Kind::Todoset));
    assert_eq!(made[0].1.parent, set);
    for (_, fact) in &made[1..] {
        assert_eq!(fact.parent, Some(made[0].0));
        assert_eq!((fact.due_on, fact.assignees.as_slice()), (Some(day("2026-11-25")), &[person.0][..]));
    }
    // Each step stands in the history by itself and as what it was: it can be kept and taken back again.
    let again = desk.does(DraftRecipe { sets: sets.clone() }).await;
    assert_eq!((step(&again, 0), step(&again, 1)), (step(&drafted, 0), step(&drafted, 1)));
    for set in sets.into_iter().rev() {
        desk.undoes(set).await;
        desk.settles().await;
    }
    let mut rest = facts(&desk);
    rest.retain(|id, fact| before.contains_key(id) || fact.status != world::Status::Trashed);
    same(&before, &rest, "taken back");
    let listed = desk.does(ListRecipes {}).await;
    assert!(listed.len() == 1 && listed[0].used_at.is_some(), "{listed:?}");
    desk.full_sync().await;
    desk.truth_holds("afterwards").await;
}

#[tokio::test]
async fn a_preview_tells_every_step_and_changes_not_a_byte() {
    let (desk, scene) = Desk::with_scene().await;
    let sets = weekly(&desk, &scene).await;
    let kept = desk.does(SaveRecipe { name: "Weekly".into(), sets, variables: None }).await;
    let (project, person) = elsewhere(&desk, &scene);
    let values = given(&[
        ("project", &project.to_string()),
        ("day", "2026-12-01"),
        ("person", &person.to_string()),
        ("person 2", &scene.people[1].to_string()),
    ]);
    desk.settles().await;
    let (writes, before, bytes) = (desk.writes_seen(), facts(&desk), file(&desk));
    let preview = desk.does(PreviewRecipe { id: kept.id, values: values.clone() }).await;
    assert_eq!(preview.summary, "Run the recipe “Weekly”: 3 steps");
    assert_eq!((preview.steps.len(), preview.changes.len(), &preview.refusal), (3, 3, &None));
    assert!(preview.changes.iter().all(|change| change.created), "{preview:?}");
    let due = preview.changes[1].fields.iter().find(|field| field.field == "due_on").unwrap();
    assert_eq!(due.after, "2026-12-01");
    let mut told = vec![person, scene.people[1]];
    told.sort_unstable();
    told.dedup();
    assert_eq!((preview.notified, preview.reversible), (told, Some(Reversible::Undoable)));
    // The same as a call that is only looked at.
    let input = serde_json::to_string(&RunRecipe { id: kept.id, values }).unwrap();
    let told = desk.does(PreviewCall { tool: "recipe.run".into(), input }).await;
    assert_eq!((told.steps.len(), told.changes.len()), (3, 3));
    desk.settles().await;
    assert_eq!(desk.writes_seen(), writes, "something was sent");
    same(&before, &facts(&desk), "only tried");
    assert!(bytes == file(&desk), "the file changed");
    desk.does(todo(scene.list, "Really")).await;
    assert!(bytes != file(&desk), "what is compared can differ");
}

#[tokio::test]
async fn a_comment_among_the_steps_makes_all_of_it_compensable() {
    let (desk, scene) = Desk::with_scene().await;
    let made = desk.does(todo(scene.list, "Ask around")).await;
    let said = desk.does(AddComment { item: made.item.id, body: "Who knows?".into() }).await;
    let done = desk.does(CompleteTodo { id: made.item.id }).await;
    let sets = vec![made.set.unwrap(), said.set.unwrap(), done.set.unwrap()];
    // Before anything of it was sent the ids are local; after that they are Basecamp's. It is the same recipe.
    let drafted = desk.does(DraftRecipe { sets: sets.clone() }).await;
    desk.settles().await;
    let later = desk.does(DraftRecipe { sets: sets.clone() }).await;
    assert_eq!((&drafted.steps, &drafted.variables), (&later.steps, &later.variables));
    assert_eq!(drafted.variables.len(), 1, "{:?}", drafted.variables);
    assert_eq!((drafted.variables[0].name.as_str(), drafted.variables[0].kind), ("list", VariableKind::Item));
    assert_eq!(step(&drafted, 1)["item"], json!({ "$made": 0 }));
    assert_eq!(step(&drafted, 2)["id"], json!({ "$made": 0 }));
    let wanted = Some(vec![Named { value: "Ask around".into(), name: "task".into() }]);
    let kept = desk.does(SaveRecipe { name: "Ask".into(), sets, variables: wanted }).await;
    assert_eq!((kept.variables.len(), kept.variables[0].kind), (1, VariableKind::Text));
    let values = given(&[("task", "Ask again")]);
    let preview = desk.does(PreviewRecipe { id: kept.id, values: values.clone() }).await;
    assert_eq!((preview.reversible, preview.subscribers), (Some(Reversible::Compensable), true));
    assert_eq!(preview.steps[0], "Add the to-do “Ask again” to “Before the opening”");
    let before = facts(&desk);
    desk.does(RunRecipe { id: kept.id, values }).await;
    desk.settles().await;
    let made = fresh(&before, &facts(&desk));
    let asked = made.iter().find(|(_, fact)| fact.title == "Ask again").unwrap();
    assert!(asked.1.completed && asked.1.parent == Some(scene.list.0), "{made:?}");
    assert!(made.iter().any(|(_, fact)| fact.parent == Some(asked.0) && fact.body.contains("Who knows?")));
}

/// A to-do, a project, a to-do in it, and one that needs neither: the project is made in Basecamp at once, and may fail there.
async fn four(desk: &Desk, scene: &Scene) -> Recipe {
    let first = desk.sends(todo(scene.list, "One")).await.set.unwrap();
    let project = desk.does(CreateProject { name: "A fair".into(), ..CreateProject::default() }).await;
    let last = desk.sends(todo(project.todo_set.unwrap(), "Three")).await.set.unwrap();
    let apart = desk.sends(todo(scene.list, "Four")).await.set.unwrap();
    let sets = vec![first, project.set.unwrap(), last, apart];
    desk.does(SaveRecipe { name: "Four".into(), sets, variables: Some(vec![]) }).await
}

#[tokio::test]
async fn what_stops_half_way_says_what_was_done_and_undo_takes_it_back() {
    let (desk, scene) = Desk::with_scene().await;
    let kept = four(&desk, &scene).await;
    assert_eq!(step(&kept, 2)["parent"], json!({ "$made": 1, "tool": "todoset" }));
    let before = facts(&desk);
    desk.sim.faults().next(1, "POST", "/projects.json", Fault::Status(403));
    let Carried { sets, done, undone, why } = desk.does(RunRecipe { id: kept.id, values: vec![] }).await;
    assert_eq!(done, ["Added the to-do “One” to “Before the opening”"]);
    assert_eq!(undone.len(), 3, "{undone:?}");
    assert!(undone[0].contains("A fair") && undone[1].contains("Three"), "{undone:?}");
    assert!(why.is_some_and(|why| !why.is_empty()));
    desk.settles().await;
    let made = fresh(&before, &facts(&desk));
    assert_eq!(made.iter().map(|(_, fact)| fact.title.as_str()).collect::<Vec<_>>(), ["One"], "nothing after it");
    assert_eq!(sets.len(), 1);
    desk.undoes(sets[0]).await;
    desk.settles().await;
    assert_eq!(facts(&desk)[&made[0].0].status, world::Status::Trashed);
    // Nothing in the way any more: all of it is done.
    let Carried { sets, done, undone, why } = desk.does(RunRecipe { id: kept.id, values: vec![] }).await;
    assert_eq!((sets.len(), done.len(), undone.len(), why), (4, 4, 0, None));
    desk.settles().await;
    desk.nothing_waits().await;
    // What is refused before anything was done is an error, and nothing else.
    desk.goes_offline().await;
    let history = desk.history().await.len();
    desk.is_refused(RunRecipe { id: kept.id, values: vec![] }, Code::Offline).await;
    assert_eq!(desk.history().await.len(), history);
}

#[tokio::test]
async fn nonsense_about_recipes_says_what_is_wrong() {
    let (desk, scene) = Desk::with_scene().await;
    let sets = weekly(&desk, &scene).await;
    let save =
        |name: &str, sets: &[ChangeSetId]| SaveRecipe { name: name.into(), sets: sets.to_vec(), variables: None };
    for name in ["", " \n", "two\nlines", &"x".repeat(81)] {
        desk.is_refused(save(name, &sets), Code::Invalid).await;
    }
    desk.is_refused(save("None", &[]), Code::Invalid).await;
    desk.is_refused(save("Unknown", &[ChangeSetId(9_999)]), Code::NotFound).await;
    let undone = desk.does(todo(scene.list, "A slip")).await.set.unwrap();
    let reversal = desk.undoes(undone).await;
    for (set, why) in [(undone, "undone"), (reversal, "takes back")] {
        let fault = desk.is_refused(save("Undone", &[set]), Code::Invalid).await;
        assert!(fault.message.contains("A slip") && fault.message.contains(why), "{}", fault.message);
    }
    let named = |value: &str, name: &str| Named { value: value.into(), name: name.into() };
    let person = scene.people[0].to_string();
    for variables in [
        vec![named("nowhere", "x")],
        vec![named(&person, " ")],
        vec![named(&person, "who"), named("This week", "who")],
        vec![named(&person, "who"), named(&person, "whom")],
    ] {
        let bad = SaveRecipe { name: "Bad".into(), sets: sets.clone(), variables: Some(variables) };
        assert_eq!(desk.is_refused(bad, Code::Invalid).await.field.as_deref(), Some("variables"));
    }
    let kept = desk.does(save("Weekly", &sets)).await;
    let other = desk.does(save("Other", &sets)).await;
    for taken in ["Weekly", "  wEEKLY "] {
        let fault = desk.is_refused(save(taken, &sets), Code::Invalid).await;
        assert!(fault.message.contains("already"), "{}", fault.message);
        desk.is_refused(RenameRecipe { id: other.id, name: taken.into() }, Code::Invalid).await;
    }
    assert_eq!(desk.does(RenameRecipe { id: kept.id, name: "weekly".into() }).await.name, "weekly");

    let good: Vec<(String, String)> =
        kept.variables.iter().map(|variable| (variable.name.clone(), variable.value.clone())).collect();
    let with = |name: &str, value: Option<&str>| {
        let rest = good.iter().filter(|(there, _)| there != name);
        let mut values: Vec<Given> =
            rest.map(|(name, value)| Given { name: name.clone(), value: value.clone() }).collect();
        values.extend(value.map(|value| Given { name: name.into(), value: value.into() }));
        values
    };
    let before = facts(&desk);
    for (values, says) in [
        (with("nobody", Some("1")), "no variable “nobody”"),
        (with("day", None), "“day” has no value"),
        (with("day", Some("Friday")), "“day” is a day"),
        (with("day", Some("")), "“day” is a day"),
        (with("person", Some("Ana")), "“person” is a person's id"),
        (with("person 2", Some("404")), "“person 2” is a person's id"),
        (with("project", Some("404")), "“project” is a project's id"),
        ([with("day", Some("+1")), given(&[("day", "+2")])].concat(), "two values"),
    ] {
        let fault = desk.is_refused(RunRecipe { id: kept.id, values: values.clone() }, Code::Invalid).await;
        assert!(fault.message.contains(says), "{says}: {}", fault.message);
        desk.is_refused(PreviewRecipe { id: kept.id, values }, Code::Invalid).await;
    }
    desk.is_refused(RunRecipe { id: RecipeId(77), values: vec![] }, Code::NotFound).await;
    desk.is_refused(RenameRecipe { id: RecipeId(77), name: "x".into() }, Code::NotFound).await;
    desk.is_refused(DeleteRecipe { id: RecipeId(77) }, Code::NotFound).await;
    let viewer = Caller { role: Role::Viewer, ..desk.caller.clone() };
    let run = RunRecipe { id: kept.id, values: with("", None) };
    assert_eq!(call(&desk.engine, &viewer, run).await.unwrap_err().code, Code::Forbidden);
    desk.settles().await;
    same(&before, &facts(&desk), "nothing was done");
    desk.does(DeleteRecipe { id: kept.id }).await;
    assert_eq!(desk.does(ListRecipes {}).await.len(), 1);
    let anew = desk.does(save("Weekly", &sets)).await;
    assert!(anew.id > other.id, "a number is never given again");
}

#[tokio::test]
async fn the_assistant_asks_for_all_steps_at_once_and_undo_takes_all_back() {
    let (desk, scene) = Desk::with_scene().await;
    let sets = weekly(&desk, &scene).await;
    let kept = desk.does(SaveRecipe { name: "Weekly".into(), sets, variables: None }).await;
    let values: Vec<Value> = kept.variables.iter().map(|one| json!({ "name": one.name, "value": one.value })).collect();
    let run = json!({ "id": kept.id, "values": values });
    let fair = serde_json::to_value(fair(&scene)).unwrap();
    let calls = vec![("recipe.run", run), ("project.create", fair)];
    let model = Scripted::saying(vec![Reply::calls(calls.clone()), Reply::calls(calls), Reply::says("Done.")]).await;
    desk.connects(&model).await;
    let (before, writes) = (facts(&desk), desk.writes_seen());
    let talk = desk.talks().await;
    talk.says("Set the week up, and the fair.").await;
    let card = talk.waiting().await;
    assert_eq!(card.iter().map(|call| call.preview.as_ref().unwrap().steps.len()).collect::<Vec<_>>(), [3, 10]);
    assert_eq!(desk.writes_seen(), writes, "nothing is sent while the card waits");
    let view = talk.denies_all().await;
    sound(&view);
    same(&before, &facts(&desk), "denied");
    let card = talk.waiting().await;
    assert_eq!(card.len(), 2, "asked again");
    let view = talk.allows_all().await;
    sound(&view);
    desk.nothing_waits().await;
    let done: Vec<_> = view.calls.iter().filter(|call| call.state == CallState::Returned).collect();
    assert_eq!(done.iter().map(|call| call.sets.len()).collect::<Vec<_>>(), [3, 9], "every set is known");
    let run = format!("agent:{}.", talk.id);
    let history = desk.history().await;
    for set in done.iter().flat_map(|call| &call.sets) {
        let entry = history.iter().find(|entry| entry.set == *set).unwrap();
        assert!(entry.who.starts_with(&run), "{entry:?}");
    }
    for set in done.iter().flat_map(|call| call.sets.clone()).rev() {
        desk.does(Undo { set: Some(set), choice: None }).await;
        desk.settles().await;
    }
    let mut rest = facts(&desk);
    let project = project_called(&desk, "The spring fair")[0].clone();
    assert_eq!(project.status, world::Status::Trashed);
    rest.retain(|id, fact| before.contains_key(id) || fact.status == world::Status::Active);
    let in_fair = |id: i64| desk.sim.look(|world| world.recording(id).is_some_and(|found| found.project == project.id));
    rest.retain(|id, _| !in_fair(*id));
    same(&before, &rest, "undone");
}

#[tokio::test]
async fn what_is_forbidden_by_itself_is_forbidden_as_a_step() {
    let (desk, scene) = Desk::with_scene().await;
    let said = desk.sends(AddComment { item: scene.todo, body: "A word".into() }).await;
    let kept =
        desk.does(SaveRecipe { name: "Say".into(), sets: vec![said.set.unwrap()], variables: Some(vec![]) }).await;
    let rules = [("recipe.run", Rule::Allow), ("comment.add", Rule::Forbid)];
    for (tool, rule) in rules {
        desk.does(SetToolRule { tool: tool.into(), rule: Some(rule) }).await;
    }
    let model = Scripted::start({
        let id = kept.id;
        let mut turn = 0;
        move |_| {
            turn += 1;
            if turn % 2 == 1 { Reply::calls(vec![("recipe.run", json!({ "id": id }))]) } else { Reply::says("Well.") }
        }
    })
    .await;
    desk.connects(&model).await;
    let (before, talk) = (facts(&desk), desk.talks().await);
    let view = talk.says("Say it.").await;
    assert!(matches!(outcome(&view, view.calls[0].call.id), Outcome::Denied(_)), "{view:?}");
    // What must be asked for by itself is asked for as a step, however freely recipes may run.
    desk.does(SetToolRule { tool: "comment.add".into(), rule: Some(Rule::Ask) }).await;
    let talk = desk.talks().await;
    talk.says("Say it.").await;
    assert_eq!(talk.waiting().await.len(), 1);
    talk.denies_all().await;
    desk.settles().await;
    same(&before, &facts(&desk), "nothing was said");
    assert_eq!(fact(&desk, scene.todo).title, "Book the studio");
}
