//! What was done here, and taking it back. Before anything is taken back, the items are looked at as Basecamp has them now.

use contract::commands::{ListHistory, Redo, Undo};
use contract::{ChangeSetId, ChangeView, Code, Fault, HistoryEntry, Preview, Reversible, Undone};

use crate::desk::Desk;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

const LIMIT: u32 = 500;

impl Handle<ListHistory> for Ask<'_> {
    async fn handle(&self, input: ListHistory) -> Result<Vec<HistoryEntry>, Fault> {
        let limit = super::read::limit(input.limit, 50, LIMIT)?;
        let desk = self.desk().await?;
        desk.store.history(input.before, limit).await.into_fault()
    }
}

impl Handle<Undo> for Ask<'_> {
    async fn handle(&self, input: Undo) -> Result<Undone, Fault> {
        let desk = self.desk().await?;
        let set = match input.set {
            Some(set) => set,
            None => desk.store.last_undoable().await.into_fault()?.ok_or_else(nothing)?,
        };
        if let Some(undone) = desk.undo_project(set, input.choice, self).await? {
            return Ok(undone);
        }
        if let Some(trial) = self.trial {
            let (undone, changes) = desk.store.preview_undo(set, input.choice, &self.actor()).await.into_fault()?;
            return Err(trial.over(taken_back("Take back", undone, changes)));
        }
        desk.look_again(set).await?;
        let undone = desk.store.undo(set, input.choice, &self.actor()).await.into_fault()?;
        desk.wake_sender();
        Ok(undone)
    }
}

impl Handle<Redo> for Ask<'_> {
    async fn handle(&self, input: Redo) -> Result<Undone, Fault> {
        let desk = self.desk().await?;
        let set = match input.set {
            Some(set) => set,
            None => desk.store.last_redoable().await.into_fault()?.ok_or_else(nothing)?,
        };
        if let Some(redone) = desk.redo_project(set, input.choice, self).await? {
            return Ok(redone);
        }
        if let Some(trial) = self.trial {
            let (undone, changes) = desk.store.preview_redo(set, input.choice, &self.actor()).await.into_fault()?;
            return Err(trial.over(taken_back("Do again", undone, changes)));
        }
        desk.look_again(set).await?;
        let undone = desk.store.redo(set, input.choice, &self.actor()).await.into_fault()?;
        desk.wake_sender();
        Ok(undone)
    }
}

/// What taking back, or doing again, would do.
fn taken_back(what: &str, undone: Undone, changes: Vec<ChangeView>) -> Preview {
    match undone {
        Undone::Done { summary, .. } => Preview {
            summary: format!("{what}: {}", summary.split_once(": ").map_or(summary.as_str(), |(_, done)| done)),
            changes,
            reversible: Some(Reversible::Undoable),
            ..Preview::default()
        },
        Undone::Moved { conflicts } => {
            let titles: Vec<String> = conflicts.iter().map(|conflict| format!("“{}”", conflict.title)).collect();
            let why = format!(
                "Someone changed {} since. Say whose version counts: `choice` is keep-theirs or take-mine.",
                titles.join(", ")
            );
            Preview { summary: what.into(), refusal: Some(why), ..Preview::default() }
        }
    }
}

impl Desk {
    /// Someone else may have changed the items, and no pass has told yet.
    async fn look_again(&self, set: ChangeSetId) -> Result<(), Fault> {
        for item in self.store.sent_items(set).await.into_fault()? {
            self.refresh(item).await?;
        }
        Ok(())
    }
}

fn nothing() -> Fault {
    Fault::new(Code::NotFound, "There is nothing left to take back or do again.")
}
