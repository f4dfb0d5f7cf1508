//! Sync and the outbox: how they stand, and steering them.

use contract::commands::{
    CancelSync, DiscardOutbox, ListOutbox, PauseSync, ResolveConflict, ResumeSync, RetryOutbox, RunSync, SetOffline,
    ShowSync,
};
use contract::{Code, Fault, Freshness, OutboxEntry, OutboxState, SyncReport, SyncStatus};
use store::{Actor, StoreError};

use crate::desk::Thorough;
use crate::fault::IntoFault;
use crate::router::{Ask, Handle};

impl Handle<ShowSync> for Ask<'_> {
    async fn handle(&self, _: ShowSync) -> Result<SyncReport, Fault> {
        let desk = self.desk().await?;
        let status = desk.state.status();
        let counts = desk.store.counts().await.into_fault()?;
        let as_of = status.fresh_as_of;
        let freshness = counts.into_iter().map(|(tag, count)| Freshness { tag, as_of, count }).collect();
        Ok(SyncReport { status, freshness })
    }
}

impl Handle<RunSync> for Ask<'_> {
    async fn handle(&self, RunSync { full }: RunSync) -> Result<SyncStatus, Fault> {
        let desk = self.desk().await?;
        desk.fetcher.run(if full { Thorough::Everything } else { Thorough::Changed }).await?;
        desk.wake_sender();
        Ok(desk.state.status())
    }
}

impl Handle<PauseSync> for Ask<'_> {
    async fn handle(&self, _: PauseSync) -> Result<SyncStatus, Fault> {
        let desk = self.desk().await?;
        desk.fetcher.pause();
        desk.state.set_paused(&desk.store, true).await
    }
}

impl Handle<ResumeSync> for Ask<'_> {
    async fn handle(&self, _: ResumeSync) -> Result<SyncStatus, Fault> {
        let desk = self.desk().await?;
        let status = desk.state.set_paused(&desk.store, false).await?;
        desk.fetcher.resume();
        desk.fetcher.start_pass().await?;
        desk.wake_sender();
        Ok(status)
    }
}

impl Handle<CancelSync> for Ask<'_> {
    async fn handle(&self, _: CancelSync) -> Result<SyncStatus, Fault> {
        let desk = self.desk().await?;
        desk.fetcher.cancel();
        Ok(desk.state.status())
    }
}

impl Handle<SetOffline> for Ask<'_> {
    async fn handle(&self, SetOffline { offline }: SetOffline) -> Result<SyncStatus, Fault> {
        let desk = self.desk().await?;
        let status = desk.state.set_offline(&desk.store, offline).await?;
        if offline {
            desk.fetcher.cancel();
        } else {
            desk.wake_sender();
            crate::automation::server::wake(&desk);
            desk.fetcher.start_pass().await?;
        }
        Ok(status)
    }
}

impl Handle<ListOutbox> for Ask<'_> {
    async fn handle(&self, _: ListOutbox) -> Result<Vec<OutboxEntry>, Fault> {
        self.desk().await?.store.outbox().await.into_fault()
    }
}

impl Handle<RetryOutbox> for Ask<'_> {
    async fn handle(&self, RetryOutbox { change }: RetryOutbox) -> Result<(), Fault> {
        let desk = self.desk().await?;
        let waiting = desk.store.outbox().await.into_fault()?;
        let entry = waiting.iter().find(|entry| entry.change == change);
        match entry.map(|entry| entry.state) {
            None => return Err(StoreError::NoChange(change).into_fault()),
            Some(OutboxState::Failed) => desk.store.requeue(change).await.into_fault()?,
            Some(OutboxState::Conflict) => {
                return Err(Fault::new(Code::Conflict, "Someone else changed this too. Choose a version first."));
            }
            // It goes by itself. What may have arrived already must be looked for first, so it is not put back.
            Some(OutboxState::Queued | OutboxState::Sending) => {}
        }
        desk.wake_sender();
        Ok(())
    }
}

impl Handle<DiscardOutbox> for Ask<'_> {
    async fn handle(&self, DiscardOutbox { change }: DiscardOutbox) -> Result<(), Fault> {
        let desk = self.desk().await?;
        desk.store.discard(change, &self.actor()).await.into_fault()?;
        desk.wake_sender();
        Ok(())
    }
}

impl Handle<ResolveConflict> for Ask<'_> {
    async fn handle(&self, ResolveConflict { change, choice }: ResolveConflict) -> Result<(), Fault> {
        let desk = self.desk().await?;
        desk.store.resolve(change, choice, &self.actor()).await.into_fault()?;
        desk.wake_sender();
        Ok(())
    }
}

impl Ask<'_> {
    pub(super) fn actor(&self) -> Actor {
        Actor { who: self.caller.who.clone(), door: self.caller.door }
    }
}
