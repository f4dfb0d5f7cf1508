//! Recordings stored through [`Store::apply`], against bare SQLite: the same library, schema and settings, the same rows in
//! the same tables through rusqlite, one prepared statement for each table, all in one transaction. And against SQLite by itself, copying
//! those rows from file to file with no program in between: nothing that uses SQLite can be faster.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    reason = "a bench speaks on the console and may fail aloud; it shares its company with other benches"
)]

mod company;
#[path = "../../../benches/figure.rs"]
mod figure;

use std::path::Path;
use std::time::Instant;

use contract::{Fetched, Recording};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, TransactionBehavior, params_from_iter};
use store::Store;
use tempfile::TempDir;

use figure::{median, tell};

const RECORDINGS: usize = 30_000;
const PAIRS: usize = 5;
/// Every step of the format.
const SCHEMA: &str = concat!(
    include_str!("../../../migrations/workspace/0001_first.sql"),
    include_str!("../../../migrations/workspace/0002_tally.sql"),
    include_str!("../../../migrations/workspace/0003_assistant.sql"),
    include_str!("../../../migrations/workspace/0004_recipes.sql")
);

/// The same without reading and writing a row here.
const COPY: &str = "
    begin immediate;
    insert into recording select * from old.recording;
    insert into words select * from old.words;
    insert into raw select * from old.raw;
    insert into assignment select * from old.assignment;
    insert into change_set select * from old.change_set;
    insert into change select * from old.change;
    commit;";

/// What is read from each table and how it is written; the schema's triggers fill the search index.
const TABLES: [(&str, &str); 6] = [
    (
        "select id, kind, project, parent, status, title, excerpt, blocked, position, completed, completed_at, completer,
            starts_on, due_on, span_from, span_to, assignees, creator, created_at, updated_at, comments, app_url
         from recording order by id",
        "insert into recording (id, kind, project, parent, status, title, excerpt, blocked, position, completed,
            completed_at, completer, starts_on, due_on, span_from, span_to, assignees, creator, created_at, updated_at,
            comments, app_url) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    (
        "select id, title, body, html from words order by id",
        "insert into words (id, title, body, html) values (?, ?, ?, ?)",
    ),
    ("select id, text from raw order by id", "insert into raw (id, text) values (?, ?)"),
    (
        "select recording, person from assignment order by recording",
        "insert into assignment (recording, person) values (?, ?)",
    ),
    (
        "select id, at, who, door, summary, state, reverses from change_set order by id",
        "insert into change_set (id, at, who, door, summary, state, reverses) values (?, ?, ?, ?, ?, ?, ?)",
    ),
    (
        "select seq, set_id, route, kind, key, before, after, landed from change order by seq",
        "insert into change (seq, set_id, route, kind, key, before, after, landed) values (?, ?, ?, ?, ?, ?, ?, ?)",
    ),
];

/// The rows of each table, in the order of [`TABLES`].
type Rows = Vec<Vec<Vec<Value>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let recordings = company::recordings(&company::build(RECORDINGS));
    let count = recordings.len() as f64;
    // The warm-up of one side leaves the rows for the other.
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("first.db");
    through_store(&file, recordings.clone()).await;
    let rows = read(&file);
    bare(&folder.path().join("second.db"), &rows);
    copied(&folder.path().join("third.db"), &file);

    let (mut ours, mut theirs, mut ratios, mut of_copy) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PAIRS {
        let folder = TempDir::new().unwrap();
        let our_seconds = through_store(&folder.path().join("store.db"), recordings.clone()).await;
        let their_seconds = bare(&folder.path().join("bare.db"), &rows);
        let copy_seconds = copied(&folder.path().join("copy.db"), &file);
        ours.push(count / our_seconds);
        theirs.push(count / their_seconds);
        ratios.push(their_seconds / our_seconds);
        of_copy.push(copy_seconds / our_seconds);
    }
    let ratio = median(&ratios);
    let of_copy = median(&of_copy);
    tell(
        &format!("{count} recordings stored, against bare SQLite with the same schema and rows"),
        "half as fast, or better",
        &format!("{ratio:.2} times as fast: {:.0} recordings a second, bare {:.0}", median(&ours), median(&theirs)),
        Some(ratio >= 0.5),
    );
    tell(
        "The same, against SQLite copying these rows from another file by itself",
        "",
        &format!("{of_copy:.2} times as fast"),
        None,
    );
}

/// Seconds that the store takes, opening and closing left out.
async fn through_store(file: &Path, recordings: Vec<Fetched<Recording>>) -> f64 {
    let store = Store::open(file, company::clock()).await.unwrap();
    let count = recordings.len() as u64;
    let begun = Instant::now();
    let applied = store.apply(recordings).await.unwrap();
    let took = begun.elapsed().as_secs_f64();
    assert_eq!(applied.inserted, count);
    store.close().await;
    took
}

/// Seconds that SQLite takes for the same rows.
fn bare(file: &Path, rows: &Rows) -> f64 {
    let mut db = open(file);
    db.execute_batch(SCHEMA).unwrap();
    let begun = Instant::now();
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    for ((_, insert), rows) in TABLES.iter().zip(rows) {
        let mut insert = transaction.prepare(insert).unwrap();
        for row in rows {
            insert.execute(params_from_iter(row)).unwrap();
        }
    }
    transaction.commit().unwrap();
    begun.elapsed().as_secs_f64()
}

/// Seconds that SQLite takes to copy the rows of another file.
fn copied(file: &Path, from: &Path) -> f64 {
    let db = open(file);
    db.execute_batch(SCHEMA).unwrap();
    db.execute("attach ? as old", [from.to_str()]).unwrap();
    let begun = Instant::now();
    db.execute_batch(COPY).unwrap();
    begun.elapsed().as_secs_f64()
}

fn read(file: &Path) -> Rows {
    let db = open(file);
    let table = |(select, _): (&str, &str)| {
        let mut select = db.prepare(select).unwrap();
        let columns = select.column_count();
        let row = |row: &Row<'_>| (0..columns).map(|at| row.get(at)).collect();
        select.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
    };
    TABLES.into_iter().map(table).collect()
}

/// As the store opens its writer.
fn open(file: &Path) -> Connection {
    let db = Connection::open(file).unwrap();
    for (name, value) in
        [("journal_mode", "wal"), ("synchronous", "full"), ("foreign_keys", "on"), ("temp_store", "memory")]
    {
        db.pragma_update(None, name, value).unwrap();
    }
    db.pragma_update(None, "cache_size", -16_000).unwrap();
    db
}
