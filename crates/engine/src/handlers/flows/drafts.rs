//! A draft between the store and the `flow` crate: read, changed with its history, and written again.

use contract::{Code, Fault, FlowDeed, FlowEdited, FlowId, Who};
use flow::expr::{Finding, Severity};
use flow::{Flow, History, HistoryEntry, Op, Refusal, TriggerKind, wire};
use store::{FlowDraft, FlowHead, StoredFlow};

use super::rebase::rebased;
use crate::automation::server;
use crate::fault::IntoFault;
use crate::router::Ask;

/// Reads a document: as it is kept here, or as Activepieces exports it.
///
/// # Errors
/// `Invalid` for `document`.
pub(crate) fn read_document(text: &str) -> Result<Flow, Fault> {
    if let Ok(flow) = serde_json::from_str::<Flow>(text) {
        return Ok(flow);
    }
    wire::read(text).map_err(|why| Fault::invalid("document", format!("This is no automation. {why}")))
}

/// A document as it is kept.
///
/// # Errors
/// `Internal` when it cannot be written, which does not happen to one that was read.
pub(crate) fn text_of(flow: &Flow) -> Result<String, Fault> {
    serde_json::to_string(flow).map_err(unwritten)
}

/// A history as it is kept.
///
/// # Errors
/// `Internal` when it cannot be written.
pub(crate) fn history_text(history: &History) -> Result<String, Fault> {
    serde_json::to_string(history).map_err(unwritten)
}

fn unwritten(why: serde_json::Error) -> Fault {
    Fault::new(Code::Internal, format!("The automation could not be written: {why}. Nothing was changed."))
}

/// A history that is kept; an empty one where it cannot be read or belongs to another state of the flow.
pub(crate) fn read_history(text: &str, flow: &Flow) -> History {
    serde_json::from_str::<History>(text).ok().filter(|history| history.fits(flow)).unwrap_or_default()
}

/// Entries as a page lists them.
pub(crate) fn deeds(entries: &[HistoryEntry]) -> Vec<FlowDeed> {
    let deed = |entry: &HistoryEntry| FlowDeed {
        label: entry.label.clone(),
        by: entry.by.clone(),
        details: entry.details.clone(),
    };
    entries.iter().map(deed).collect()
}

/// What the list shows of a flow with these findings.
pub(crate) fn head(flow: &Flow, findings: &[Finding]) -> FlowHead {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    FlowHead {
        name: flow.display_name.clone(),
        starts: match &flow.trigger.kind {
            TriggerKind::Empty => String::new(),
            TriggerKind::Piece(_) | TriggerKind::Other(_) => flow.trigger.display_name.clone(),
        },
        steps: u32::try_from(flow.steps.walk().count()).unwrap_or(u32::MAX),
        problems: u32::try_from(errors).unwrap_or(u32::MAX),
    }
}

/// A refusal of the model, for the person.
pub(crate) fn refused(why: &Refusal) -> Fault {
    Fault::invalid("operations", format!("{why} Nothing was changed."))
}

/// The draft is not what the asker looked at.
pub(crate) fn moved_on() -> Fault {
    Fault::new(
        Code::Conflict,
        "Somebody edited this automation meanwhile. Look at it as it is, then make your change again.",
    )
}

impl Ask<'_> {
    /// Who does it, for an entry of a history; empty for the person.
    pub(super) fn by(&self) -> String {
        match &self.caller.who {
            Who::Person | Who::Sync => String::new(),
            Who::Agent { .. } => "Assistant".to_owned(),
            Who::Automation { .. } => "Automation".to_owned(),
            Who::Client { name } => name.clone(),
        }
    }

    /// Changes the draft of this revision; `change` returns what it applied, for the answer.
    ///
    /// # Errors
    /// `Conflict` when the draft is another by then, `Forbidden` when it may not be edited here, `Invalid` when the change is
    /// refused. Nothing is changed then.
    pub(super) async fn edit(
        &self,
        id: FlowId,
        revision: u64,
        change: impl FnOnce(&mut Flow, &mut History) -> Result<Op, Refusal> + Send,
    ) -> Result<FlowEdited, Fault> {
        let desk = self.desk().await?;
        let stored = desk.store.flow(id).await.into_fault()?;
        if stored.revision != revision {
            return Err(moved_on());
        }
        let mut flow = read_document(&stored.document)?;
        if let Some(why) = flow.read_only() {
            return Err(Fault::new(Code::Forbidden, why));
        }
        if let Some(why) = server::view(&desk, &stored).await?.read_only {
            return Err(Fault::new(Code::Forbidden, why));
        }
        let mut history = read_history(&stored.history, &flow);
        let (before, came_back) = (flow.clone(), history.undone().len());
        let applied = change(&mut flow, &mut history).map_err(|why| refused(&why))?;
        history.seal(&flow);
        let label = history.done().last().map_or("Edited here", |entry| entry.label.as_str());
        let send = server::edited(&stored, &applied, label)?;
        let head = head(&flow, &self.findings_at(stored.flow.place, &flow).await?);
        let document = text_of(&flow)?;
        let pending = stored.pending.and_then(|pending| {
            // What was accepted and is taken back waits again, so going back carries nothing over.
            let base = if history.undone().len() > came_back { &flow } else { &before };
            rebased(pending, base, &flow)
        });
        let draft = FlowDraft { head, document, history: history_text(&history)?, pending, send };
        let kept = desk.store.edit_flow(id, revision, &draft).await.into_fault()?.ok_or_else(moved_on)?;
        server::wake(&desk);
        edited(kept, &history, &applied)
    }
}

fn edited(kept: StoredFlow, history: &History, applied: &Op) -> Result<FlowEdited, Fault> {
    Ok(FlowEdited {
        flow: kept.flow,
        revision: kept.revision,
        applied: serde_json::to_string(applied).map_err(unwritten)?,
        done: deeds(history.done()),
        undone: deeds(history.undone()),
    })
}
