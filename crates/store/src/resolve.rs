//! What a person decides about an edit that is stuck: give it up, or put it over what is there.

use contract::{ChangeId, Choice, RecordingId, Tag};
use sqlx::Row;

use crate::change::{self, Actor, Route, read_record};
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::outbox::{begin_giving_up, rebase, waiting_item};
use crate::overlay::{self, Edit};
use crate::tx::Tx;

impl Store {
    /// Gives an edit up: the item goes back to what Basecamp has, and vanishes when it was made by this edit.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait, [`StoreError::InFlight`] when its answer is not known yet.
    pub async fn discard(&self, change: ChangeId, actor: &Actor) -> Result<()> {
        let mut tx = begin_giving_up(self, change, actor).await?;
        let item = waiting_item(&mut tx, change).await?;
        let row =
            sqlx::query("select state, unsure from outbox where change = ?").bind(change.0).fetch_one(tx.db()).await?;
        if row.try_get::<&str, _>("state")? == "sending" || row.try_get::<bool, _>("unsure")? {
            return Err(StoreError::InFlight(change));
        }
        let given_up = change::one(tx.db(), change).await?;
        if given_up.before.is_none() && item.is_local() {
            tx.annihilate(item).await?;
        } else {
            sqlx::query("delete from outbox where change = ?").bind(change.0).execute(tx.db()).await?;
            show_again(&mut tx, item).await?;
        }
        turn(&mut tx).await?;
        tx.touched.tag(Tag::Outbox);
        tx.commit().await?;
        Ok(())
    }

    /// Decides an edit that clashed with someone else's: theirs gives it up, mine sends it over theirs.
    ///
    /// # Errors
    /// [`StoreError::NoChange`] when it does not wait.
    pub async fn resolve(&self, change: ChangeId, choice: Choice, actor: &Actor) -> Result<()> {
        match choice {
            Choice::KeepTheirs => self.discard(change, actor).await,
            Choice::TakeMine => {
                let mut tx = self.begin_sync().await?;
                let item = waiting_item(&mut tx, change).await?;
                let row =
                    sqlx::query("select theirs from outbox where change = ?").bind(change.0).fetch_one(tx.db()).await?;
                if let Some(theirs) = read_record(&row, "theirs")? {
                    let edit = change::one(tx.db(), change).await?;
                    let fields = Edit { before: edit.before, after: edit.after }.fields();
                    // Seen and decided: their change of these fields is no longer a surprise.
                    rebase(&mut tx, item, &fields, &theirs).await?;
                    tx.touched.item(item, theirs.kind.tag());
                }
                let done = sqlx::query(
                    "update outbox set state = 'queued', unsure = 0, problem = null, theirs = null where change = ? and state = 'conflict'",
                )
                .bind(change.0)
                .execute(tx.db())
                .await?;
                if done.rows_affected() == 0 {
                    return Err(StoreError::NoChange(change));
                }
                tx.touched.tag(Tag::Outbox);
                tx.commit().await?;
                Ok(())
            }
        }
    }
}

/// Shows the server's record with the edits that are left; for one made here, the create stands for the server's.
async fn show_again(tx: &mut Tx, item: RecordingId) -> Result<()> {
    let edits = overlay::waiting(tx.db(), item).await?;
    let server = overlay::server(tx.db(), item).await?;
    let Some(server) = server.or_else(|| edits.first().and_then(|edit| edit.after.clone())) else { return Ok(()) };
    let shown = overlay::overlay(&server, &edits);
    if edits.is_empty() {
        sqlx::query("delete from server where id = ?").bind(item.0).execute(tx.db()).await?;
    }
    // Logged as an edit of ours, so that doing it again sends it again.
    tx.save(Route::Remote, &shown).await?;
    Ok(())
}

/// The set whose only edit was given up is taken back, or done again when it was its reversal that was given up.
async fn turn(tx: &mut Tx) -> Result<()> {
    let Some(original) = tx.reverses else { return Ok(()) };
    tx.set().await?;
    sqlx::query("update change_set set state = case state when 'done' then 'undone' else 'done' end where id = ?")
        .bind(original.0)
        .execute(tx.db())
        .await?;
    Ok(())
}
