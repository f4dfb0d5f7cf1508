//! What is kept for the assistant: conversations with their records and calls, approvals that are remembered, rules, and
//! memories. None of it is a change of a record, so none of it is in the history or undone; windows hear of it as of any
//! commit. It knows no rules of its own: what a turn does next, and what may run, is decided elsewhere.

mod branch;
mod calls;
mod conflicts;
mod conversations;
mod days;
mod grants;
mod memories;
mod record;

use contract::{ConversationId, Door, Who};
use sqlx::SqliteConnection;

use crate::change::Actor;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::tx::Tx;

pub(crate) use memories::folded;

pub use calls::{CallDecided, CallRow};
pub use record::Step;

impl Store {
    /// Begins to write what is no change of a record: no set is made, and the tags touched are told once it is committed.
    pub(crate) async fn begin_apart(&self) -> Result<Tx> {
        self.begin(&Actor { who: Who::Person, door: Door::Background }, String::new()).await
    }
}

/// # Errors
/// [`StoreError::NoConversation`].
async fn must_exist(db: &mut SqliteConnection, id: ConversationId) -> Result<()> {
    let found: Option<i64> =
        sqlx::query_scalar("select 1 from conversation where id = ?").bind(id.0).fetch_optional(db).await?;
    found.map(drop).ok_or(StoreError::NoConversation(id))
}
