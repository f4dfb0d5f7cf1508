//! Into the trash and out of it.

use contract::commands::{RestoreItem, TrashItem};
use contract::{Fault, Recording, RecordingId, Status, Written};

use super::{Draft, noun, quote};
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

impl Draft<'_> {
    /// What an item holds goes with it, and comes back with it. Basecamp does the same by itself, so only the item is sent.
    async fn carry(&mut self, root: RecordingId, from: Status, to: Status) -> Result<(), Fault> {
        let mut open = vec![root];
        while let Some(parent) = open.pop() {
            let mut children = self.tx.children(parent).await.into_fault()?;
            children.retain(|child| child.status == from);
            for child in &mut children {
                child.status = to;
                open.push(child.id);
            }
            self.tx.put_derived(children).await.into_fault()?;
        }
        Ok(())
    }
}

fn can_go(item: &Recording) -> Result<(), Fault> {
    let is_tool = item.kind.is_container()
        && !matches!(item.kind, contract::Kind::TodoList | contract::Kind::TodoGroup | contract::Kind::Vault);
    if is_tool {
        return Err(Fault::invalid(
            "id",
            format!("A {} is part of its project. Remove it in Basecamp.", noun(item.kind)),
        ));
    }
    Ok(())
}

impl Handle<TrashItem> for Ask<'_> {
    async fn handle(&self, TrashItem { id }: TrashItem) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut item = draft.item(id, &[]).await?;
        can_go(&item)?;
        let summary = format!("Put {} into the trash", quote(&item));
        let from = item.status;
        item.status = Status::Trashed;
        draft.carry(item.id, from, Status::Trashed).await?;
        draft.send(summary, item, &[]).await
    }
}

impl Handle<RestoreItem> for Ask<'_> {
    async fn handle(&self, RestoreItem { id }: RestoreItem) -> Result<Written, Fault> {
        let mut draft = self.draft().await?;
        let mut item = draft.item(id, &[]).await?;
        let summary = format!("Restored {}", quote(&item));
        let from = item.status;
        item.status = Status::Active;
        draft.carry(item.id, from, Status::Active).await?;
        draft.send(summary, item, &[]).await
    }
}
