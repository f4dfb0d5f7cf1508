//! What an assistant does with automations: it finds pieces, reads flows and runs in few words, and proposes edits that wait
//! for a person's yes. It never edits.

mod edits;
mod outline;
mod search;
mod stock;
mod story;
#[cfg(test)]
mod tests;

use std::pin::pin;
use std::time::Duration;

use contract::commands::{
    FindPieces, FlowEdit, FlowOutline, FlowProposed, FoundPiece, ListPieces, OutlineFlow, OutlineRun, ProposeFlow,
    RunOutline, ShowPiece, ShowRun,
};
use contract::{Connection, Fault, FlowPlace, PendingFlow, Preview, Reversible, RunStatus};
use flow::piece::PieceMetadata;
use flow::{Flow, History};
use futures::StreamExt as _;
use store::{FlowDraft, NewFlow, StoredFlow};
use tokio::time::{Instant, timeout_at};

use super::super::words::{name, plain};
use super::NAME;
use super::drafts::{head, history_text, moved_on, read_document, text_of};
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

use outline::outline;
use stock::{Stock, short};

use edits::edit;

/// Longer labels of what waits are cut, in characters.
const LABEL: usize = 120;
/// So long a run under way is waited for, before it is told how far it came.
const PATIENCE: Duration = Duration::from_secs(20);

impl Handle<ProposeFlow> for Ask<'_> {
    async fn handle(&self, input: ProposeFlow) -> Result<FlowProposed, Fault> {
        let label = name("label", "What the edits are for", &input.label, NAME)?;
        match input.id {
            Some(id) => {
                let stored = self.desk().await?.store.flow(id).await.into_fault()?;
                self.propose(stored, label, &input.edits).await
            }
            None => {
                self.propose_new(name("name", "The name of an automation", &input.name, NAME)?, label, &input).await
            }
        }
    }
}

impl Handle<OutlineFlow> for Ask<'_> {
    async fn handle(&self, OutlineFlow { id }: OutlineFlow) -> Result<FlowOutline, Fault> {
        let stored = self.desk().await?.store.flow(id).await.into_fault()?;
        let draft = read_document(&stored.document)?;
        let wanted = match &stored.pending {
            Some(pending) => read_document(&pending.document)?,
            None => draft.clone(),
        };
        let findings = self.findings(&wanted).await?;
        Ok(outline(&draft, &wanted, stored.revision, stored.pending.is_some(), &findings))
    }
}

impl Handle<FindPieces> for Ask<'_> {
    async fn handle(&self, FindPieces { words }: FindPieces) -> Result<Vec<FoundPiece>, Fault> {
        Ok(search::find(&self.pieces(&[]).await?, &words))
    }
}

impl Handle<OutlineRun> for Ask<'_> {
    async fn handle(&self, OutlineRun { id }: OutlineRun) -> Result<RunOutline, Fault> {
        // Heard from before the first look, so that an end in between is not missed.
        let heard = self.engine.0.feed.newest();
        let mut news = pin!(self.engine.attach(Some(heard), self.caller.workspace));
        let until = Instant::now() + PATIENCE;
        loop {
            let view = Handle::<ShowRun>::handle(self, ShowRun { id }).await?;
            let rests = view.run.status.is_ended() || view.run.status == RunStatus::Paused;
            if rests || !matches!(timeout_at(until, news.next()).await, Ok(Some(_))) {
                let flow = read_document(&view.document).ok();
                return Ok(story::story(view, flow.as_ref()));
            }
        }
    }
}

impl Ask<'_> {
    /// Adds to what waits for a yes. What was proposed before stays part of it.
    async fn propose(&self, stored: StoredFlow, label: &str, edits: &[FlowEdit]) -> Result<FlowProposed, Fault> {
        let draft = read_document(&stored.document)?;
        if let Some(why) = draft.read_only() {
            return Err(Fault::new(contract::Code::Forbidden, why));
        }
        let mut wanted = match &stored.pending {
            Some(pending) => read_document(&pending.document)?,
            None => draft.clone(),
        };
        let told = self.edited(&mut wanted, edits, stored.flow.place).await?;
        if let Some(trial) = self.trial {
            return Err(trial.over(card(&stored.flow.name, told)));
        }
        let id = stored.flow.id;
        let differs = !flow::diff::diff(&draft.document(), &wanted.document()).is_empty();
        let pending = PendingFlow {
            label: joined(stored.pending.as_ref().map(|pending| pending.label.as_str()), label),
            by: self.by(),
            document: text_of(&wanted)?,
            at: self.engine.now(),
            note: String::new(),
        };
        let kept = FlowDraft {
            head: head(&draft, &self.findings(&draft).await?),
            document: stored.document,
            history: stored.history,
            pending: differs.then_some(pending),
            send: None,
        };
        let kept = self.desk().await?.store.edit_flow(id, stored.revision, &kept).await.into_fault()?;
        let kept = kept.ok_or_else(moved_on)?;
        let findings = self.findings(&wanted).await?;
        Ok(FlowProposed { id, created: false, outline: outline(&draft, &wanted, kept.revision, differs, &findings) })
    }

    /// Makes an automation with nothing in it but what waits. Nothing is made when the edits are refused.
    async fn propose_new(&self, called: &str, label: &str, input: &ProposeFlow) -> Result<FlowProposed, Fault> {
        let draft = Flow::new(called);
        let told = self.edited(&mut draft.clone(), &input.edits, FlowPlace::Here).await?;
        if let Some(trial) = self.trial {
            return Err(trial.over(card(called, told)));
        }
        let new = NewFlow {
            head: head(&draft, &self.findings(&draft).await?),
            folder: String::new(),
            place: FlowPlace::Here,
            owner: self.owner().await,
            document: text_of(&draft)?,
            history: history_text(&History::new())?,
            remote: None,
        };
        let stored = self.desk().await?.store.add_flow(&new).await.into_fault()?;
        let proposed = self.propose(stored, label, &input.edits).await?;
        Ok(FlowProposed { created: true, ..proposed })
    }

    /// Makes the edits, and tells each in words of people.
    async fn edited(&self, flow: &mut Flow, edits: &[FlowEdit], place: FlowPlace) -> Result<Vec<String>, Fault> {
        let named: Vec<&str> = edits.iter().filter_map(piece_of).collect();
        let (pieces, connections) = (self.pieces(&named).await?, self.connections_at(place).await?);
        let stock = Stock { pieces: &pieces, connections: &connections };
        edit(flow, edits, stock).map_err(|why| Fault::invalid("edits", why))
    }

    /// The pieces that are described here, and those of a server that are named.
    async fn pieces(&self, named: &[&str]) -> Result<Vec<PieceMetadata>, Fault> {
        let mut pieces = Vec::new();
        for piece in Handle::<ListPieces>::handle(self, ListPieces {}).await? {
            let is_named = || named.iter().any(|named| *named == piece.name || *named == short(&piece.name));
            let text = match piece.metadata.as_str() {
                "" if is_named() => {
                    let show = ShowPiece { name: piece.name.clone(), version: None };
                    Handle::<ShowPiece>::handle(self, show).await?.metadata
                }
                "" => continue,
                text => text.to_owned(),
            };
            pieces.extend(serde_json::from_str::<PieceMetadata>(&text).ok());
        }
        Ok(pieces)
    }

    async fn connections_at(&self, place: FlowPlace) -> Result<Vec<Connection>, Fault> {
        let all = self.desk().await?.store.connections().await.into_fault()?;
        Ok(all.into_iter().filter(|connection| connection.place == place).collect())
    }
}

/// The piece that an edit names.
fn piece_of(edit: &FlowEdit) -> Option<&str> {
    match edit {
        FlowEdit::Trigger { piece, .. } | FlowEdit::Step { piece, .. } => Some(piece.trim()),
        FlowEdit::Code { .. }
        | FlowEdit::Loop { .. }
        | FlowEdit::Router { .. }
        | FlowEdit::Change { .. }
        | FlowEdit::Branch { .. }
        | FlowEdit::Rename { .. }
        | FlowEdit::Move { .. }
        | FlowEdit::Remove { .. }
        | FlowEdit::Skip { .. }
        | FlowEdit::Connect { .. } => None,
    }
}

/// What waits is about what it was about, and about this.
fn joined(before: Option<&str>, label: &str) -> String {
    match before {
        Some(before) if before != label => plain(&format!("{before}; {label}"), LABEL),
        Some(_) | None => plain(label, LABEL),
    }
}

/// What a card shows of a proposal.
fn card(called: &str, told: Vec<String>) -> Preview {
    Preview {
        summary: format!("Propose changes of the automation “{}”", plain(called, NAME)),
        steps: told,
        reversible: Some(Reversible::Undoable),
        ..Preview::default()
    }
}
