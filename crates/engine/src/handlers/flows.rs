//! Automations: drafts that are edited, gone back in, and put away. What an operation may do is for the `flow` crate to say; here
//! it is kept, and never over somebody else's edit.

pub(crate) mod cards;
pub(crate) mod drafts;
mod propose;
pub(crate) mod publish;
mod rebase;
mod samples;

use contract::commands::{
    CreateFlow, DeleteFlow, EditFlow, ExportFlow, FileFlow, ListFlowVersions, ListFlows, PendFlow, RestoreFlow,
    RewindFlow, ShowFlow,
};
use contract::{Code, Exported, Fault, FlowEdited, FlowPlace, FlowSummary, FlowVersion, FlowView, PendingFlow};
use flow::expr::Finding;
use flow::{Flow, History, Op, wire};
use runner::trigger::Starter;
use store::{FlowDraft, NewFlow, StoredFlow};

use super::words::{name, plain};
use crate::automation::server;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

use drafts::{deeds, head, history_text, moved_on, read_document, text_of};

/// Longer names of automations are refused.
const NAME: usize = 200;
/// Longer names of folders and samples are refused.
const SHORT: usize = 80;
/// Larger documents are refused, in bytes.
const DOCUMENT: usize = 16 << 20;

impl Handle<ListFlows> for Ask<'_> {
    async fn handle(&self, _: ListFlows) -> Result<Vec<FlowSummary>, Fault> {
        let desk = self.desk().await?;
        server::glance(&desk);
        desk.store.flows().await.into_fault()
    }
}

impl Handle<ShowFlow> for Ask<'_> {
    async fn handle(&self, ShowFlow { id, known }: ShowFlow) -> Result<FlowView, Fault> {
        let desk = self.desk().await?;
        server::glance(&desk);
        let stored = desk.store.flow(id).await.into_fault()?;
        self.view(stored, known).await
    }
}

impl Handle<CreateFlow> for Ask<'_> {
    async fn handle(&self, input: CreateFlow) -> Result<FlowView, Fault> {
        let called = name("name", "The name of an automation", &input.name, NAME)?;
        let folder = folder(&input.folder)?;
        let mut flow = match &input.document {
            None => Flow::new(called),
            Some(text) if text.len() > DOCUMENT => {
                return Err(Fault::invalid(
                    "document",
                    "The automation is larger than 16 MB. Leave sample data out of it.",
                ));
            }
            Some(text) => read_document(text)?,
        };
        called.clone_into(&mut flow.display_name);
        let new = NewFlow {
            head: head(&flow, &self.findings(&flow).await?),
            folder,
            place: FlowPlace::Here,
            owner: self.owner().await,
            document: text_of(&flow)?,
            history: history_text(&History::new())?,
            remote: None,
        };
        let stored = self.desk().await?.store.add_flow(&new).await.into_fault()?;
        self.view(stored, None).await
    }
}

impl Handle<EditFlow> for Ask<'_> {
    async fn handle(&self, input: EditFlow) -> Result<FlowEdited, Fault> {
        let label = plain(&input.label, NAME);
        let operations: Vec<Op> = serde_json::from_str(&input.operations).map_err(|why| {
            Fault::invalid("operations", format!("These are no operations: {}.", plain(&why.to_string(), NAME)))
        })?;
        let by = self.by();
        self.edit(input.id, input.revision, |flow, history| {
            let all = Op::all(operations);
            history.begin(&label, &by);
            let done = history.apply(flow, &label, all.clone());
            history.end();
            done.map(|()| all)
        })
        .await
    }
}

impl Handle<RewindFlow> for Ask<'_> {
    async fn handle(&self, input: RewindFlow) -> Result<FlowEdited, Fault> {
        let wanted = usize::try_from(input.done).unwrap_or(usize::MAX);
        self.edit(input.id, input.revision, |flow, history| {
            let mut applied = Vec::new();
            while history.done().len() > wanted {
                applied.extend(history.done().last().map(|entry| entry.op().clone()));
                history.undo(flow)?;
            }
            while history.done().len() < wanted && !history.undone().is_empty() {
                applied.extend(history.undone().last().map(|entry| entry.op().clone()));
                history.redo(flow)?;
            }
            Ok(Op::all(applied))
        })
        .await
    }
}

impl Handle<PendFlow> for Ask<'_> {
    async fn handle(&self, PendFlow { id, document }: PendFlow) -> Result<(), Fault> {
        let store = &self.desk().await?.store;
        let stored = store.flow(id).await.into_fault()?;
        let flow = read_document(&stored.document)?;
        let pending = match document {
            None => None,
            Some(text) => {
                let wanted = read_document(&text)?;
                let differs = !flow::diff::diff(&flow.document(), &wanted.document()).is_empty();
                let (label, by) = match stored.pending {
                    Some(pending) => (pending.label, pending.by),
                    None => (String::from("Proposed changes"), self.by()),
                };
                differs.then(|| PendingFlow { label, by, document: text, at: self.engine.now(), note: String::new() })
            }
        };
        let draft = FlowDraft {
            head: head(&flow, &self.findings_at(stored.flow.place, &flow).await?),
            document: stored.document,
            history: stored.history,
            pending,
            send: None,
        };
        store.edit_flow(id, stored.revision, &draft).await.into_fault()?.map(drop).ok_or_else(moved_on)
    }
}

impl Handle<FileFlow> for Ask<'_> {
    async fn handle(&self, input: FileFlow) -> Result<(), Fault> {
        let folder = folder(&input.folder)?;
        let desk = self.desk().await?;
        let stored = desk.store.flow(input.id).await.into_fault()?;
        match stored.flow.place {
            FlowPlace::Here => desk.store.file_flow(input.id, &folder).await.into_fault().map(drop),
            FlowPlace::Server => server::file(&desk, &stored, &folder).await.map(drop),
        }
    }
}

impl Handle<DeleteFlow> for Ask<'_> {
    async fn handle(&self, DeleteFlow { id }: DeleteFlow) -> Result<(), Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(id).await.into_fault()?;
        if stored.flow.place == FlowPlace::Server {
            server::delete(&desk, &stored).await?;
        }
        desk.store.delete_flow(id).await.into_fault()?;
        desk.automations.starters_changed();
        Ok(())
    }
}

impl Handle<ListFlowVersions> for Ask<'_> {
    async fn handle(&self, ListFlowVersions { id }: ListFlowVersions) -> Result<Vec<FlowVersion>, Fault> {
        let store = &self.desk().await?.store;
        store.flow(id).await.into_fault()?;
        let versions = store.flow_versions(id).await.into_fault()?;
        let shown = |version: store::StoredVersion| FlowVersion {
            number: version.number,
            at: version.at,
            document: version.document,
        };
        Ok(versions.into_iter().map(shown).collect())
    }
}

impl Handle<RestoreFlow> for Ask<'_> {
    async fn handle(&self, input: RestoreFlow) -> Result<FlowEdited, Fault> {
        let versions = self.desk().await?.store.flow_versions(input.id).await.into_fault()?;
        let Some(version) = versions.into_iter().find(|version| version.number == input.number) else {
            let message = format!("There is no version {} of this automation. Choose another.", input.number);
            return Err(Fault::new(Code::NotFound, message));
        };
        let wanted = read_document(&version.document)?;
        let label = format!("Restored version {}", version.number);
        self.edit(input.id, input.revision, |flow, history| {
            let op = Op::ImportFlow { document: Box::new(wanted.document()) };
            history.apply(flow, &label, op.clone()).map(|()| op)
        })
        .await
    }
}

impl Handle<ExportFlow> for Ask<'_> {
    async fn handle(&self, ExportFlow { id }: ExportFlow) -> Result<Exported, Fault> {
        let stored = self.desk().await?.store.flow(id).await.into_fault()?;
        let flow = read_document(&stored.document)?;
        let kept = |letter: char| if letter.is_alphanumeric() || letter == ' ' { letter } else { '-' };
        let name: String = stored.flow.name.chars().map(kept).take(SHORT).collect();
        Ok(Exported { name: format!("{}.json", name.trim()), text: wire::write_document(&flow.document()) })
    }
}

/// A folder as it is kept: empty for none.
fn folder(text: &str) -> Result<String, Fault> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    name("folder", "The name of a folder", text, SHORT).map(str::to_owned)
}

impl Ask<'_> {
    /// What keeps a flow from running, or may.
    pub(crate) async fn findings(&self, flow: &Flow) -> Result<Vec<Finding>, Fault> {
        self.findings_at(FlowPlace::Here, flow).await
    }

    /// What keeps a flow from running somewhere, or may.
    pub(crate) async fn findings_at(&self, place: FlowPlace, flow: &Flow) -> Result<Vec<Finding>, Fault> {
        let desk = self.desk().await?;
        match place {
            FlowPlace::Here => desk.automations.findings(flow).await,
            FlowPlace::Server => Ok(server::findings(&desk, flow).await),
        }
    }

    /// Whose a flow is that is made in this call.
    async fn owner(&self) -> String {
        let by = self.by();
        if !by.is_empty() {
            return by;
        }
        let Ok(desk) = self.desk().await else { return by };
        let (me, people) = (desk.store.me().await.ok().flatten(), desk.store.people().await.unwrap_or_default());
        people.into_iter().find(|person| Some(person.id) == me).map(|person| person.name).unwrap_or_default()
    }

    /// A flow as a page shows it; without its document if the page has that.
    pub(crate) async fn view(&self, stored: StoredFlow, known: Option<u64>) -> Result<FlowView, Fault> {
        let samples = self.desk().await?.store.samples(stored.flow.id).await.into_fault()?;
        let flow = read_document(&stored.document)?;
        let history = drafts::read_history(&stored.history, &flow);
        let here = match (stored.flow.place, Starter::read(&flow.trigger)) {
            (FlowPlace::Here, Ok(Starter::Webhook(_) | Starter::Form(_))) => {
                self.engine.hook_address(&*self.desk().await?, stored.flow.id).await?
            }
            (FlowPlace::Here | FlowPlace::Server, _) => None,
        };
        let there = server::view(&*self.desk().await?, &stored).await?;
        Ok(FlowView {
            done: deeds(history.done()),
            undone: deeds(history.undone()),
            revision: stored.revision,
            document: (known != Some(stored.revision)).then_some(stored.document),
            published: stored.published.map(|version| version.document).unwrap_or_default(),
            pending: stored.pending,
            samples,
            read_only: flow.read_only().or(there.read_only),
            lock: there.lock,
            diverged: there.diverged,
            address: there.address.or(here),
            told: there.told,
            flow: stored.flow,
        })
    }
}
