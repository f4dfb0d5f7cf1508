//! What an item looks like while it carries edits that Basecamp does not have: the server's record, with the fields of
//! each waiting edit over it, in order.

use contract::{Recording, RecordingId};
use sqlx::SqliteConnection;

use crate::change::{Route, read_record, record_text};
use crate::error::Result;
use crate::fields::Field;
use crate::record;
use crate::tx::Tx;

/// An edit that waits.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) before: Option<Recording>,
    pub(crate) after: Option<Recording>,
}

impl Edit {
    /// The fields that the edit is about; all of them when it made the record.
    pub(crate) fn fields(&self) -> Vec<Field> {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => Field::differing(before, after),
            (None, _) | (_, None) => Field::ALL.to_vec(),
        }
    }
}

/// The edits of an item that wait, oldest first.
pub(crate) async fn waiting(db: &mut SqliteConnection, item: RecordingId) -> Result<Vec<Edit>> {
    let rows = sqlx::query(
        "select c.before, c.after from outbox o join change c on c.seq = o.change where o.item = ? order by o.change",
    )
    .bind(item.0)
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Ok(Edit { before: read_record(row, "before")?, after: read_record(row, "after")? })).collect()
}

/// The server's record with the edits over it.
pub(crate) fn overlay(server: &Recording, edits: &[Edit]) -> Recording {
    let mut record = server.clone();
    for edit in edits {
        if let Some(after) = &edit.after {
            for field in edit.fields() {
                field.copy(after, &mut record);
            }
        }
    }
    record
}

/// The server's own record of an item, while that differs from what is shown.
pub(crate) async fn server(db: &mut SqliteConnection, item: RecordingId) -> Result<Option<Recording>> {
    let text: Option<String> =
        sqlx::query_scalar("select record from server where id = ?").bind(item.0).fetch_optional(db).await?;
    Ok(text.as_deref().map(serde_json::from_str).transpose()?)
}

pub(crate) async fn keep_server(db: &mut SqliteConnection, record: &Recording) -> Result<()> {
    sqlx::query(
        "insert into server (id, record) values (?, ?)
         on conflict (id) do update set record = excluded.record where record <> excluded.record",
    )
    .bind(record.id.0)
    .bind(record_text(Some(record))?)
    .execute(db)
    .await?;
    Ok(())
}

/// Shows the server's record with the waiting edits over it. False when that is what is shown already, and nothing was written.
pub(crate) async fn settle(tx: &mut Tx, server: &Recording, raw: Option<&str>) -> Result<bool> {
    let edits = waiting(tx.db(), server.id).await?;
    let shown = overlay(server, &edits);
    let before = record::read(tx.db(), server.id).await?;
    let told = record::raw(tx.db(), server.id).await?;
    let same_raw = raw.is_none() || told.as_deref() == raw;
    let kept = self::server(tx.db(), server.id).await?;
    let same_server = if edits.is_empty() { kept.is_none() } else { kept.as_ref() == Some(server) };
    if before.as_ref() == Some(&shown) && same_raw && same_server {
        return Ok(false);
    }
    if before.as_ref() != Some(&shown) || !same_raw {
        record::write_one(tx.db(), &shown, raw).await?;
        // Logged is what became different to see: that the server learns of an edit is no news, for it was shown.
        tx.note(Route::Sync, server.id, before.as_ref(), Some(&shown)).await?;
    }
    if edits.is_empty() {
        sqlx::query("delete from server where id = ?").bind(server.id.0).execute(tx.db()).await?;
    } else {
        keep_server(tx.db(), server).await?;
    }
    Ok(true)
}
