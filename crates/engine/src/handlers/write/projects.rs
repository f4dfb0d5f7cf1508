//! Projects. Their tools exist only once Basecamp has made them, so a project is made there while the person waits, and never
//! queued; taking it back puts it into Basecamp's trash in the same way.

mod plan;

pub(in crate::handlers) use plan::project_steps;

use basecamp::write::{NewProject, make_project, project, project_tools, set_project_status};
use basecamp::{Api, Trouble};
use contract::commands::CreateProject;
use contract::{
    Carried, ChangeSetId, Choice, Code, Fault, Fetched, Kind, Preview, Project, ProjectId, ProjectMade, RecordingId,
    Reversible, Status, Undone,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::ProjectStep;

use super::{reply_text, shortened, title};
use crate::desk::Desk;
use crate::fault::{IntoFault, of_trouble};
use crate::router::{Ask, Handle};
use crate::trial::Trial;

/// How often a create whose answer is lost is sent within one call, each time after a look.
const TRIES: usize = 2;
/// For so long a lost create is looked for when the same name is asked for again. By then a pass has brought it.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// A create that was begun and whose end is not known. It is written down before the request leaves, so that neither a lost
/// answer nor a crash makes a second project.
#[derive(Debug, Serialize, Deserialize)]
struct Attempt {
    since: Timestamp,
    /// Projects of that name that were here before.
    known: Vec<ProjectId>,
    /// What the call is known by that began it, if it is known by something: then it is its own for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    once: Option<String>,
}

/// What is noted with the project itself: whoever comes again goes on from there.
fn made_key(once: &str) -> String {
    format!("{once}.made")
}

fn mark(name: &str) -> String {
    format!("making-project.{name}")
}

impl Handle<CreateProject> for Ask<'_> {
    async fn handle(&self, input: CreateProject) -> Result<ProjectMade, Fault> {
        let name = title(&input.name).map_err(|fault| Fault { field: Some("name".into()), ..fault })?;
        let input = CreateProject { name, description: input.description.trim().to_owned(), ..input };
        let desk = self.desk().await?;
        desk.needs_basecamp("A project is made in Basecamp itself")?;
        if let Some(trial) = self.trial {
            return self.pretend(trial, &input).await.map(|(made, _)| made);
        }
        let trial = Trial::default();
        let (_, contents) = self.pretend(&trial, &input).await?;
        trial.forget().await?;
        let _one_at_a_time = desk.making.lock().await;
        let api = desk.link.api().await?;
        let (set, made) = match self.made_before(&desk, &api).await? {
            Some(made) => made,
            None => self.make(&desk, &api, &input, &contents).await?,
        };
        desk.attempted(&input.name, self.once).await?;
        desk.store.apply(project_tools(&api, &made).await).await.into_fault()?;
        let todo_set = desk.todo_set(&made.value).await?;
        let made = ProjectMade { set, project: made.value, todo_set, carried: Carried::default() };
        let carried = self.fill(&desk, &api, &made, contents).await;
        Ok(ProjectMade { carried, ..made })
    }
}

impl Ask<'_> {
    /// Makes the project in Basecamp, and writes it down.
    async fn make(
        &self,
        desk: &Desk,
        api: &Api,
        input: &CreateProject,
        contents: &plan::Contents,
    ) -> Result<(Option<ChangeSetId>, Fetched<Project>), Fault> {
        let made = match desk.make(api, &input.name, input.description.clone(), self.once).await {
            Ok(made) => made,
            Err(fault) => {
                desk.link.heed(&fault).await;
                return Err(fault);
            }
        };
        let mut tx = desk.store.begin(&self.actor(), summary(&input.name)).await.into_fault()?;
        tx.called(self.command, &contents.bare(input)?);
        tx.put_project(made.clone(), None).await.into_fault()?;
        let set = tx.set_so_far();
        if let Some(once) = self.once {
            tx.done_once(&made_key(once), &reply_text(&(set, made.value.id))?).await.into_fault()?;
        }
        tx.commit().await.into_fault()?;
        Ok((set, made))
    }

    /// The project that this very call made when it was carried out before, and did not come to its end.
    async fn made_before(
        &self,
        desk: &Desk,
        api: &Api,
    ) -> Result<Option<(Option<ChangeSetId>, Fetched<Project>)>, Fault> {
        let Some(once) = self.once else { return Ok(None) };
        let Some(noted) = desk.store.done(&made_key(once)).await.into_fault()? else { return Ok(None) };
        let (set, id): (Option<ChangeSetId>, ProjectId) = serde_json::from_str(&noted)
            .map_err(|why| Fault::new(Code::Internal, format!("What was noted cannot be read: {why}.")))?;
        let fresh = project(api, id).await.map_err(|trouble| of_trouble(&trouble))?;
        Ok(Some((set, fresh)))
    }
}

fn summary(name: &str) -> String {
    format!("Created the project “{}”", shortened(name))
}

impl Desk {
    /// What cannot wait in the outbox needs a connection.
    fn needs_basecamp(&self, what: &str) -> Result<(), Fault> {
        if self.state.is_offline() {
            let message = format!("{what}, and you are working offline. Go online, then try again.");
            return Err(Fault::new(Code::Offline, message));
        }
        Ok(())
    }

    /// Makes the project, and looks for it before it is asked for again.
    async fn make(
        &self,
        api: &Api,
        name: &str,
        description: String,
        once: Option<&str>,
    ) -> Result<Fetched<Project>, Fault> {
        let (attempt, mut unsure) = self.attempt(name, once).await?;
        for _ in 0..TRIES {
            let new = NewProject {
                name: name.to_owned(),
                description: description.clone(),
                since: attempt.since,
                known: attempt.known.clone(),
                me: self.store.me().await.into_fault()?,
                unsure,
            };
            match make_project(api, &new).await {
                Ok(made) => return Ok(made),
                Err(Trouble::Lost) => unsure = true,
                Err(trouble) => {
                    // What may have arrived in an earlier try is still not known.
                    if !unsure {
                        self.store.set_mark(&mark(name), None).await.into_fault()?;
                    }
                    return Err(of_trouble(&trouble));
                }
            }
        }
        let message = format!(
            "Basecamp's answer about “{}” was lost. Try again in a moment: it is looked for before it is made.",
            shortened(name)
        );
        Err(Fault::new(Code::Offline, message).retryable())
    }

    /// The attempt that this name goes on with, and whether it may have arrived already; a fresh one is written down.
    async fn attempt(&self, name: &str, once: Option<&str>) -> Result<(Attempt, bool), Fault> {
        let now = self.now();
        let begun = self.store.mark(&mark(name)).await.into_fault()?;
        let begun = begun.and_then(|text| serde_json::from_str::<Attempt>(&text).ok());
        let is_own = |begun: &Attempt| once.is_some() && begun.once.as_deref() == once;
        if let Some(begun) = begun.filter(|begun| is_own(begun) || now.duration_since(begun.since) < REMEMBERED) {
            return Ok((begun, true));
        }
        let mut known = self.store.known_projects().await.into_fault()?;
        known.retain(|project| project.name.trim() == name);
        let known = known.into_iter().map(|project| project.id).collect();
        let attempt = Attempt { since: now, known, once: once.map(str::to_owned) };
        let text = serde_json::to_string(&attempt)
            .map_err(|why| Fault::new(Code::Internal, format!("The attempt could not be written down: {why}.")))?;
        self.store.set_mark(&mark(name), Some(&text)).await.into_fault()?;
        Ok((attempt, false))
    }

    /// The attempt at this name has come to its end, unless it is another call's.
    async fn attempted(&self, name: &str, once: Option<&str>) -> Result<(), Fault> {
        if let Some(once) = once {
            let begun = self.store.mark(&mark(name)).await.into_fault()?;
            let begun = begun.and_then(|text| serde_json::from_str::<Attempt>(&text).ok());
            if begun.is_some_and(|begun| begun.once.as_deref().is_some_and(|other| other != once)) {
                return Ok(());
            }
        }
        self.store.set_mark(&mark(name), None).await.into_fault()
    }

    async fn todo_set(&self, of: &Project) -> Result<Option<RecordingId>, Fault> {
        for tool in of.dock.iter().filter(|tool| tool.enabled) {
            let row = self.store.row(tool.id).await.into_fault()?;
            if row.is_some_and(|row| row.kind == Kind::TodoSet) {
                return Ok(Some(tool.id));
            }
        }
        Ok(None)
    }

    /// Takes a set back that is about a project, or does it again: a fresh look, then the trash or back out of it.
    async fn bring(&self, step: &ProjectStep, choice: Option<Choice>) -> Result<(Project, Fetched<Project>), Fault> {
        let ProjectStep { left, wanted } = step;
        self.needs_basecamp("A project is put away and brought back in Basecamp itself")?;
        // Into a project that is in the trash, Basecamp takes no edits.
        if *wanted == Status::Trashed {
            self.sent().await;
        }
        let api = self.link.api().await?;
        let done = async {
            let fresh = project(&api, left.id).await.map_err(|trouble| of_trouble(&trouble))?;
            if choice != Some(Choice::TakeMine) {
                self.may_bring(step, &fresh.value).await?;
            }
            let now = set_project_status(&api, left.id, *wanted).await.map_err(|trouble| of_trouble(&trouble))?;
            Ok((fresh.value, now))
        };
        let done: Result<_, Fault> = done.await;
        if let Err(fault) = &done {
            self.link.heed(fault).await;
        }
        done
    }

    /// Refuses to act on a project that is not what was made here any more, or that others work in.
    async fn may_bring(&self, step: &ProjectStep, fresh: &Project) -> Result<(), Fault> {
        let ask = |what: String| {
            let mend = "Do it in Basecamp, or choose to put yours over it.";
            Err(Fault::new(Code::Conflict, format!("{what} Nothing was done. {mend}")))
        };
        if step.moved(fresh) {
            let (was, is) = (shortened(&step.left.name), shortened(&fresh.name));
            return ask(if was == is {
                format!("Someone changed the project “{was}” since.")
            } else {
                format!("Someone changed the project “{was}” since; it is called “{is}” now.")
            });
        }
        let me = self.store.me().await.into_fault()?;
        let others = self.store.others_items(fresh.id, me).await.into_fault()?;
        if step.wanted == Status::Trashed && others > 0 {
            let items = if others == 1 { "1 item".to_owned() } else { format!("{others} items") };
            return ask(format!("Others have put {items} into the project “{}”.", shortened(&fresh.name)));
        }
        Ok(())
    }

    /// Takes the set back when it is about a project; `None` when it is about items.
    pub(in crate::handlers) async fn undo_project(
        &self,
        set: ChangeSetId,
        choice: Option<Choice>,
        ask: &Ask<'_>,
    ) -> Result<Option<Undone>, Fault> {
        let Some(step) = self.store.undo_project(set).await.into_fault()? else { return Ok(None) };
        tried(ask, &step)?;
        let (before, now) = self.bring(&step, choice).await?;
        self.store.project_undone(set, &before, now, &ask.actor()).await.into_fault().map(Some)
    }

    /// Does the set again when it is about a project; `None` when it is about items.
    pub(in crate::handlers) async fn redo_project(
        &self,
        set: ChangeSetId,
        choice: Option<Choice>,
        ask: &Ask<'_>,
    ) -> Result<Option<Undone>, Fault> {
        let Some(step) = self.store.redo_project(set).await.into_fault()? else { return Ok(None) };
        tried(ask, &step)?;
        let (before, now) = self.bring(&step, choice).await?;
        self.store.project_redone(set, &before, now, &ask.actor()).await.into_fault().map(Some)
    }
}

/// Ends here when it is only tried.
fn tried(ask: &Ask<'_>, step: &ProjectStep) -> Result<(), Fault> {
    let Some(trial) = ask.trial else { return Ok(()) };
    let name = shortened(&step.left.name);
    let summary = if step.wanted == Status::Trashed {
        format!("Put the project “{name}” into Basecamp's trash")
    } else {
        format!("Bring the project “{name}” back from Basecamp's trash")
    };
    Err(trial.over(Preview { summary, reversible: Some(Reversible::Undoable), ..Preview::default() }))
}
