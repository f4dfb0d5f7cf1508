//! A workspace written out: one file of JSON, a table of CSV for each table, and an SQLite file.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use futures::TryStreamExt;
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{Connection, Row, SqliteConnection, TypeInfo, ValueRef};

use super::{FORMAT, columns, quoted, tables};
use crate::error::{Result, StoreError};
use crate::migrate;
use crate::open::Store;

/// The name of the JSON file.
pub(super) const EVERYTHING: &str = "everything.json";
/// The name of the SQLite file.
pub(super) const WORKSPACE: &str = "workspace.db";
/// The folder of the tables of CSV.
const TABLES: &str = "tables";

/// What was written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenOut {
    /// The files, by their paths within the folder.
    pub files: Vec<String>,
    /// How many rows they hold, each counted once.
    pub records: u64,
}

/// Writes a workspace out into a folder, as it is at this moment. Secrets are in no table, so none are in it.
///
/// # Errors
/// When there is no room, or the folder cannot be written to.
pub async fn write_out(store: &Store, folder: &Path) -> Result<WrittenOut> {
    std::fs::create_dir_all(folder.join(TABLES))?;
    // Everything else is read from the copy: all of it is of one moment, and nobody waits meanwhile.
    let copy = folder.join(WORKSPACE);
    store.copy_to(&copy).await?;
    let options = SqliteConnectOptions::new().filename(&copy).read_only(true).immutable(true);
    let mut db = SqliteConnection::connect_with(&options).await?;
    let written = write_tables(&mut db, folder).await;
    db.close().await?;
    let (files, records) = written?;
    Ok(WrittenOut { files: [vec![EVERYTHING.to_owned(), WORKSPACE.to_owned()], files].concat(), records })
}

async fn write_tables(db: &mut SqliteConnection, folder: &Path) -> Result<(Vec<String>, u64)> {
    let (mut files, mut records) = (Vec::new(), 0);
    let mut json = BufWriter::new(File::create(folder.join(EVERYTHING))?);
    let version = migrate::version(db).await?;
    write!(json, "{{\"format\":\"{FORMAT}\",\"version\":{version},\"tables\":{{")?;
    for (at, table) in tables(db).await?.into_iter().enumerate() {
        let names = columns(db, &table).await?;
        let file = format!("{TABLES}/{table}.csv");
        let mut csv = BufWriter::new(File::create(folder.join(&file))?);
        let titles: Vec<Value> = names.iter().map(|name| Value::from(name.as_str())).collect();
        csv_line(&mut csv, &titles)?;
        let comma = if at == 0 { "" } else { "," };
        write!(json, "{comma}\n{}:{{\"columns\":{},\"rows\":[", Value::from(table.as_str()), Value::from(titles))?;
        let text = format!("select * from {}", quoted(&table));
        let mut rows = sqlx::query(sqlx::AssertSqlSafe(text)).fetch(&mut *db);
        let mut first = true;
        while let Some(row) = rows.try_next().await? {
            let values = (0..names.len()).map(|at| value(&row, at)).collect::<Result<Vec<Value>>>()?;
            csv_line(&mut csv, &values)?;
            let comma = if first { "" } else { "," };
            write!(json, "{comma}\n{}", Value::from(values))?;
            first = false;
            records += 1;
        }
        write!(json, "]}}")?;
        csv.flush()?;
        files.push(file);
    }
    writeln!(json, "\n}}}}")?;
    json.flush()?;
    Ok((files, records))
}

/// A value as JSON has it. Bytes become an object, so that they are told from text.
fn value(row: &SqliteRow, at: usize) -> Result<Value> {
    let raw = row.try_get_raw(at)?;
    if raw.is_null() {
        return Ok(Value::Null);
    }
    Ok(match raw.type_info().name() {
        "INTEGER" => Value::from(row.try_get_unchecked::<i64, _>(at)?),
        // Written as its bits are: text of a number with a point does not always come back as the same one.
        "REAL" => serde_json::json!({ "real": row.try_get_unchecked::<f64, _>(at)?.to_bits().to_string() }),
        "TEXT" => Value::from(row.try_get_unchecked::<String, _>(at)?),
        "BLOB" => {
            let bytes: Vec<u8> = row.try_get_unchecked(at)?;
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            serde_json::json!({ "bytes": hex })
        }
        other => return Err(StoreError::Unreadable(format!("a value of the kind {other} is unknown"))),
    })
}

fn csv_line(out: &mut impl Write, values: &[Value]) -> std::io::Result<()> {
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        match value {
            Value::Null => {}
            Value::String(text) => csv_text(out, text)?,
            Value::Bool(_) | Value::Number(_) => write!(out, "{value}")?,
            Value::Array(_) | Value::Object(_) => csv_text(out, &readable(value))?,
        }
    }
    out.write_all(b"\r\n")
}

/// What a person can read of a number with a point, or of bytes.
fn readable(value: &Value) -> String {
    let bits = value.get("real").and_then(Value::as_str).and_then(|bits| bits.parse().ok());
    bits.map_or_else(|| value.to_string(), |bits| f64::from_bits(bits).to_string())
}

fn csv_text(out: &mut impl Write, text: &str) -> std::io::Result<()> {
    if text.contains(['"', ',', '\n', '\r']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}
