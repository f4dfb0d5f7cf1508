//! What was done here, and taking it back. Before anything is taken back, the items are looked at as Basecamp has them now.

use contract::commands::{ListHistory, Redo, Undo};
use contract::{ChangeSetId, Code, Fault, HistoryEntry, Undone};

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
        desk.look_again(set).await?;
        let undone = desk.store.redo(set, input.choice, &self.actor()).await.into_fault()?;
        desk.wake_sender();
        Ok(undone)
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
