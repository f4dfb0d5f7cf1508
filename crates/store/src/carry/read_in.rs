//! What was written out, read into a file of its own. Nothing that is there is changed.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde_json::Value;
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions};
use sqlx::{Arguments, Connection, SqliteConnection};

use super::{EVERYTHING, Everything, FORMAT, Table, WORKSPACE, columns, foreign, quoted, tables};
use crate::error::{Result, StoreError};
use crate::migrate;
use crate::open::is_whole;

/// They write rows that are written out too, and would be there twice.
const DOUBLING: [&str; 2] = ["project_named", "person_named"];

/// Makes the file `into`, which must not be there, of what was written out: its folder, its JSON, or its SQLite file. A file
/// of an older version comes out as that version, and is brought up to date when it is opened.
///
/// # Errors
/// [`StoreError::Newer`] for what a newer version wrote, [`StoreError::Damaged`] for an SQLite file that is not whole,
/// [`StoreError::Foreign`] for what is something else. `into` is not there then.
pub async fn read_in(from: &Path, into: &Path) -> Result<()> {
    let from = if from.is_dir() { from.join(EVERYTHING) } else { from.to_owned() };
    let from = if from.exists() || !from.ends_with(EVERYTHING) { from } else { from.with_file_name(WORKSPACE) };
    if !from.exists() {
        return Err(foreign("there is no export at this place"));
    }
    if let Some(folder) = into.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let made = match from.extension().and_then(|ending| ending.to_str()) {
        Some("json") => fill(&from, into).await,
        Some("db") => take(&from, into).await,
        _ => return Err(foreign("it is neither a folder of an export, nor its JSON or SQLite file")),
    };
    if made.is_err() {
        let _ = std::fs::remove_file(into);
    }
    made
}

/// What waits to be sent in a file of an earlier moment may have been sent since: it is looked for in Basecamp before it is sent.
///
/// # Errors
/// When the file cannot be written.
pub async fn doubt_outgoing(path: &Path) -> Result<()> {
    let mut db = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await?;
    let doubted = sqlx::query("update outbox set unsure = 1").execute(&mut db).await;
    db.close().await?;
    doubted?;
    Ok(())
}

/// An SQLite file: copied as it is.
async fn take(from: &Path, into: &Path) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(from).read_only(true);
    let mut db = SqliteConnection::connect_with(&options).await?;
    let taken = async {
        if !is_whole(&mut db).await? {
            return Err(StoreError::Damaged { copy: None });
        }
        let found = migrate::version(&mut db).await?;
        let known = migrate::newest_workspace();
        if found == 0 || !tables(&mut db).await?.iter().any(|table| table == "recording") {
            return Err(foreign("it is a database, but not of a workspace"));
        }
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        sqlx::query("vacuum into ?").bind(into.to_string_lossy().into_owned()).execute(&mut db).await?;
        Ok(())
    };
    let taken = taken.await;
    db.close().await?;
    taken
}

/// JSON: the tables of its version are made, and filled.
async fn fill(from: &Path, into: &Path) -> Result<()> {
    let everything: Everything = serde_json::from_reader(BufReader::new(File::open(from)?))
        .map_err(|why| foreign(format!("its JSON does not hold together at line {}", why.line())))?;
    if everything.format != FORMAT {
        return Err(foreign("it was not written by PM OS"));
    }
    let known = migrate::newest_workspace();
    if everything.version > known {
        return Err(StoreError::Newer { found: everything.version, known });
    }
    let options = SqliteConnectOptions::new().filename(into).create_if_missing(true).foreign_keys(false);
    let mut db = SqliteConnection::connect_with(&options).await?;
    let filled = pour(&mut db, everything).await;
    db.close().await?;
    filled
}

async fn pour(db: &mut SqliteConnection, everything: Everything) -> Result<()> {
    migrate::workspace_of(everything.version).run_direct(None, &mut *db, false).await?;
    let known = tables(db).await?;
    if let Some(strange) = everything.tables.keys().find(|name| !known.contains(name)) {
        return Err(foreign(format!("it has a table “{strange}”, which no workspace has")));
    }
    let mut tx = db.begin().await?;
    let mut again = Vec::new();
    for name in DOUBLING {
        let text: Option<String> =
            sqlx::query_scalar("select sql from sqlite_schema where type = 'trigger' and name = ?")
                .bind(name)
                .fetch_optional(&mut *tx)
                .await?;
        if let Some(text) = text {
            sqlx::query(sqlx::AssertSqlSafe(format!("drop trigger {name}"))).execute(&mut *tx).await?;
            again.push(text);
        }
    }
    // The counters last: filling a table moves its own.
    let (counters, rest): (Vec<_>, Vec<_>) =
        everything.tables.into_iter().partition(|(name, _)| name == "sqlite_sequence");
    for (name, table) in rest.into_iter().chain(counters) {
        insert(&mut tx, &name, table).await?;
    }
    for text in again {
        sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut *tx).await?;
    }
    let loose: Option<String> =
        sqlx::query_scalar("select \"table\" from pragma_foreign_key_check limit 1").fetch_optional(&mut *tx).await?;
    if let Some(table) = loose {
        return Err(foreign(format!("a row of its table “{table}” belongs to one that is not in it")));
    }
    tx.commit().await?;
    Ok(())
}

async fn insert(db: &mut SqliteConnection, name: &str, table: Table) -> Result<()> {
    let known = columns(db, name).await?;
    if table.columns != known {
        return Err(foreign(format!("its table “{name}” has other columns than a workspace of its version")));
    }
    let target = quoted(name);
    sqlx::query(sqlx::AssertSqlSafe(format!("delete from {target}"))).execute(&mut *db).await?;
    let places = vec!["?"; known.len()].join(", ");
    let text = format!("insert into {target} values ({places})");
    for row in table.rows {
        if row.len() != known.len() {
            return Err(foreign(format!("a row of its table “{name}” has a value too many or too few")));
        }
        let mut arguments = SqliteArguments::default();
        for value in &row {
            bind(&mut arguments, value).ok_or_else(|| foreign(format!("a value of its table “{name}” is none")))?;
        }
        sqlx::query_with(sqlx::AssertSqlSafe(text.clone()), arguments).execute(&mut *db).await?;
    }
    Ok(())
}

fn bind(arguments: &mut SqliteArguments, value: &Value) -> Option<()> {
    match value {
        Value::Null => arguments.add(None::<i64>).ok(),
        Value::Number(number) => arguments.add(number.as_i64()?).ok(),
        Value::String(text) => arguments.add(text.clone()).ok(),
        Value::Object(object) => match (object.get("real"), object.get("bytes")) {
            (Some(bits), None) => arguments.add(f64::from_bits(bits.as_str()?.parse().ok()?)).ok(),
            (None, Some(hex)) => arguments.add(bytes(hex.as_str()?)?).ok(),
            (Some(_), Some(_)) | (None, None) => None,
        },
        Value::Bool(_) | Value::Array(_) => None,
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    digits.len().is_multiple_of(2).then(|| pairs.collect::<Option<Vec<u8>>>()).flatten()
}
