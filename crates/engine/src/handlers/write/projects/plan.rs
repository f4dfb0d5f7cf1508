//! What a project is asked for with: people, lists, columns and a message. They follow once the project is there, as steps of
//! the same call; before that all of it is tried on a project that only seems to be.

use basecamp::Api;
use basecamp::write::let_in;
use contract::commands::{CreateCard, CreateColumn, CreateList, CreateProject, CreateTodo, PlannedTask, PostMessage};
use contract::{
    Carried, Code, Command, DockTool, Fault, Fetched, Kind, PersonId, Project, ProjectId, ProjectMade, RecordingId,
    Status,
};
use serde_json::{Value, json};

use super::super::super::plan::{self, Step, Words};
use super::super::shortened;
use super::summary;
use crate::desk::Desk;
use crate::fault::{IntoFault, of_trouble};
use crate::router::Ask;
use crate::trial::Trial;

/// The tools that a project is taken to have before it is there, by Basecamp's names and its own.
const TOOLS: [(Kind, &str, &str); 4] = [
    (Kind::TodoSet, "todoset", "To-dos"),
    (Kind::CardTable, "kanban_board", "Card Table"),
    (Kind::MessageBoard, "message_board", "Message Board"),
    (Kind::Schedule, "schedule", "Schedule"),
];

/// What follows once the project is there.
pub(super) struct Contents {
    people: Vec<PersonId>,
    /// What giving them access is called; empty when there is nobody.
    welcome: String,
    steps: Vec<Step>,
    words: Words,
}

impl Contents {
    /// The input that makes the project for the same people: what is put into it stands in change sets of its own.
    pub(super) fn bare(&self, input: &CreateProject) -> Result<String, Fault> {
        let CreateProject { name, description, .. } = input.clone();
        let bare = CreateProject { name, description, people: self.people.clone(), ..CreateProject::default() };
        serde_json::to_string(&bare)
            .map_err(|why| Fault::new(Code::Internal, format!("It could not be written down: {why}.")))
    }
}

impl Ask<'_> {
    /// Makes the project in the transaction of a trial alone, with what is wanted in it.
    pub(super) async fn pretend(&self, trial: &Trial, input: &CreateProject) -> Result<(ProjectMade, Contents), Fault> {
        let ask = self.tried(trial);
        let mut draft = ask.draft().await?;
        let mut people = draft.people("people", input.lets_in().collect()).await?;
        people.retain(|person| Some(*person) != draft.me);
        let project = ProjectId(draft.tx.next_local_id().await.into_fault()?.0);
        let (mut dock, mut tools) = (Vec::new(), Vec::new());
        for (kind, name, title) in TOOLS {
            let mut tool = draft.blank(kind, project, RecordingId::default()).await?;
            tool.parent = None;
            tool.title = title.to_owned();
            dock.push(DockTool { id: tool.id, name: name.into(), title: title.into(), enabled: true, position: None });
            tools.push(tool);
        }
        let now = draft.desk.now();
        let project = Project {
            id: project,
            status: Status::Active,
            name: input.name.clone(),
            description: input.description.clone(),
            purpose: String::new(),
            starts_on: None,
            ends_on: None,
            dock,
            created_at: now,
            updated_at: now,
            app_url: String::new(),
        };
        let told = Fetched { value: project.clone(), raw: "{}".to_owned() };
        draft.tx.put_project(told, None).await.into_fault()?;
        draft.tx.put_derived(tools).await.into_fault()?;
        let welcome = draft.desk.welcome(&people, &project.name).await?;
        let purpose = if project.description.is_empty() {
            String::new()
        } else {
            format!(": {}", shortened(&project.description))
        };
        trial.done(draft.tx, format!("{}{purpose}", summary(&project.name)), []);
        if !people.is_empty() {
            trial.also(welcome.clone(), people.iter().copied());
        }
        let todo_set = project.dock.first().map(|tool| tool.id);
        let made = ProjectMade { set: None, project, todo_set, carried: Carried::default() };
        let steps = project_steps(input);
        if !steps.is_empty() {
            plan::permit(self, &steps).await?;
        }
        let words = plan::rehearse(self, trial, vec![reply(&made)?], &steps).await?;
        Ok((made, Contents { people, welcome, steps, words }))
    }

    /// Puts into the project what is wanted in it. Whatever happens, the project is there.
    pub(super) async fn fill(&self, desk: &Desk, api: &Api, made: &ProjectMade, contents: Contents) -> Carried {
        let Contents { people, welcome, steps, words } = contents;
        let stopped = |why: Fault, welcome: Option<String>, words: Words| Carried {
            undone: welcome.into_iter().chain(words.into_iter().flatten()).collect(),
            why: Some(why.message),
            ..Carried::default()
        };
        let mut done = Vec::new();
        if !people.is_empty() {
            if let Err(trouble) = let_in(api, made.project.id, &people).await {
                let fault = of_trouble(&trouble);
                desk.link.heed(&fault).await;
                return stopped(fault, Some(welcome), words);
            }
            done.push(welcome);
        }
        let outcome = match reply(made) {
            Ok(reply) => plan::perform(self, vec![reply], &steps, words.clone()).await,
            Err(fault) => Err(fault),
        };
        let mut carried = outcome.unwrap_or_else(|fault| stopped(fault, None, words));
        done.append(&mut carried.done);
        Carried { done, ..carried }
    }
}

impl Desk {
    /// What giving these people access is called.
    async fn welcome(&self, people: &[PersonId], project: &str) -> Result<String, Fault> {
        let known = self.store.people().await.into_fault()?;
        let known: Vec<_> = known.iter().filter(|person| people.contains(&person.id)).collect();
        if let Some(client) = known.iter().find(|person| person.client) {
            let message =
                format!("{} is a client. Give clients access in Basecamp, once the project is there.", client.name);
            return Err(Fault::invalid("people", message));
        }
        let names: Vec<&str> = known.iter().map(|person| person.name.as_str()).collect();
        Ok(format!("Gave {} access to “{}”", names.join(", "), shortened(project)))
    }
}

fn reply(made: &ProjectMade) -> Result<Value, Fault> {
    serde_json::to_value(made).map_err(|why| Fault::new(Code::Internal, format!("It could not be written: {why}.")))
}

/// The steps, in order. The project is what came before the first of them.
pub(in crate::handlers) fn project_steps(input: &CreateProject) -> Vec<Step> {
    let project = json!({ "$made": 0 });
    let mut steps = Vec::new();
    for list in &input.lists {
        let place = steps.len() + 1;
        steps.push(Step::of::<CreateList>(json!({ "project": project, "title": list.title })));
        steps.extend(list.todos.iter().map(|todo| task::<CreateTodo>("parent", place, todo)));
    }
    for column in &input.columns {
        let place = steps.len() + 1;
        let table = json!({ "$made": 0, "tool": "kanban_board" });
        steps.push(Step::of::<CreateColumn>(json!({ "table": table, "title": column.title })));
        steps.extend(column.cards.iter().map(|card| task::<CreateCard>("column", place, card)));
    }
    steps.extend(input.message.iter().map(|message| {
        let (title, body, notify) = (&message.title, &message.body, &message.notify);
        Step::of::<PostMessage>(json!({ "project": project, "title": title, "body": body, "notify": notify }))
    }));
    steps
}

fn task<C: Command>(field: &str, place: usize, task: &PlannedTask) -> Step {
    let PlannedTask { title, body, due_on, assignees } = task;
    Step::of::<C>(json!({
        field: { "$made": place }, "title": title, "body": body, "due_on": due_on, "assignees": assignees,
    }))
}
