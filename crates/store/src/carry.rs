//! A workspace's file as a whole: copied, written out for people and other programs, and read in again exactly as it was.
//!
//! It knows the tables by asking the file for them, so that a table of tomorrow is carried like those of today. What is kept
//! twice, such as the words that search reads, is not written out: it is made again from the rest.

mod copies;
mod read_in;
mod write_out;

pub use copies::{Copy, CopyReason, copies_of};
pub use read_in::{doubt_outgoing, read_in};
use write_out::{EVERYTHING, WORKSPACE};
pub use write_out::{WrittenOut, write_out};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::error::{Result, StoreError};

/// The first word of what is written out, so that nothing else is taken for it.
const FORMAT: &str = "pm-os-workspace";

/// A workspace as it is written out.
#[derive(Serialize, Deserialize)]
struct Everything {
    format: String,
    /// The version of the tables.
    version: i64,
    /// By name.
    tables: BTreeMap<String, Table>,
}

/// A table as it is written out.
#[derive(Serialize, Deserialize)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// The tables whose rows are nowhere else, by name. The counters of ids are among them: an id is never given again.
async fn tables(db: &mut SqliteConnection) -> Result<Vec<String>> {
    let found: Vec<String> = sqlx::query_scalar(
        "select name from pragma_table_list where schema = 'main' and type = 'table'
         and name not in ('sqlite_schema', '_sqlx_migrations') order by name",
    )
    .fetch_all(&mut *db)
    .await?;
    Ok(found.into_iter().filter(|name| name == "sqlite_sequence" || !name.starts_with("sqlite_")).collect())
}

async fn columns(db: &mut SqliteConnection, table: &str) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("select name from pragma_table_info(?) order by cid")
        .bind(table.to_owned())
        .fetch_all(db)
        .await?)
}

/// A name as SQL wants it. Names come from the file's own schema.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn foreign(why: impl Into<String>) -> StoreError {
    StoreError::Foreign(why.into())
}
