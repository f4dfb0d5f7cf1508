//! Repair at launch: what a crash left in flight is set so that nothing is lost and nothing is sent twice.

use sqlx::{SqliteConnection, SqlitePool};

use crate::error::Result;

/// Mends what the last run left behind and tells it in sentences.
pub(crate) async fn mend(writer: &SqlitePool) -> Result<Vec<String>> {
    let mut tx = writer.begin_with("begin immediate").await?;
    let mut told = Vec::new();
    // The answer may have been lost after Basecamp acted on it, so it is looked for before it is sent again.
    let sending = sqlx::query("update outbox set state = 'queued', unsure = 1 where state = 'sending'")
        .execute(&mut *tx)
        .await?
        .rows_affected();
    if sending > 0 {
        told.push(format!(
            "{} on the way to Basecamp when the app ended. Basecamp is asked whether it arrived before anything is sent again.",
            if sending == 1 { "An edit was".to_owned() } else { format!("{sending} edits were") }
        ));
    }
    let stages = sqlx::query("delete from mark where key like 'running.%'").execute(&mut *tx).await?.rows_affected();
    if stages > 0 {
        told.push("Fetching was interrupted and goes on where it stopped.".into());
    }
    sqlx::query("delete from mark where key = 'closed'").execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(told)
}

/// Notes that the file was closed properly.
pub(crate) async fn closed(writer: &SqlitePool) -> Result<()> {
    sqlx::query("insert into mark (key, value) values ('closed', 'yes') on conflict do nothing")
        .execute(writer)
        .await?;
    Ok(())
}

/// True when the last user of the file closed it properly.
pub(crate) async fn was_closed(db: &mut SqliteConnection) -> Result<bool> {
    let table: Option<i64> =
        sqlx::query_scalar("select 1 from sqlite_schema where name = 'mark'").fetch_optional(&mut *db).await?;
    if table.is_none() {
        return Ok(false);
    }
    let mark: Option<String> =
        sqlx::query_scalar("select value from mark where key = 'closed'").fetch_optional(db).await?;
    Ok(mark.is_some())
}
