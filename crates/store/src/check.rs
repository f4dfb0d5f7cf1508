//! A look at the whole file: is it sound, and does everything in it fit together? It mends nothing.

use crate::error::Result;
use crate::open::Store;

/// What must never be found, each as a count and in words.
const NEVER: &[(&str, &str)] = &[
    ("select count(*) from pragma_foreign_key_check", "references to rows that are not there"),
    (
        "select count(*) from recording r where r.assignees <>
            (select json_group_array(person) from (select person from assignment a where a.recording = r.id order by person))",
        "items whose people are told in two ways",
    ),
    (
        "select count(*) from recording r where not exists
            (select 1 from words w where w.id = r.id and w.title = r.title)",
        "items that search does not know",
    ),
    (
        "select count(*) from outbox o where not exists (select 1 from recording r where r.id = o.item)",
        "edits of items that are not there",
    ),
    (
        "select count(*) from outbox o join change c on c.seq = o.change where c.key <> o.item or c.route <> 'remote'",
        "edits that are not the changes they stand for",
    ),
    (
        "select count(*) from server s where not exists (select 1 from outbox o where o.item = s.id)",
        "server records kept for no edit",
    ),
    (
        "select count(*) from local_id l where exists (select 1 from recording r where l.local in (r.id, r.parent))
            or exists (select 1 from outbox o where o.item = l.local)",
        "items that still carry the id they had before Basecamp named them",
    ),
    (
        "select count(*) from (select 1 from agent_item group by conversation having count(*) <> max(seq))",
        "conversations of which a line is missing",
    ),
];

const INDEXES: [&str; 3] = [
    "insert into item_words (item_words, rank) values ('integrity-check', 1)",
    "insert into name_words (name_words, rank) values ('integrity-check', 1)",
    "insert into agent_words (agent_words, rank) values ('integrity-check', 1)",
];

impl Store {
    /// Reads the whole file and tells in words what is wrong in it; empty when it is sound. Slow: meant for tests and for
    /// finding out, not for every start.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub async fn check(&self) -> Result<Vec<String>> {
        let mut db = self.inner.writer.acquire().await?;
        let said: Vec<String> = sqlx::query_scalar("pragma integrity_check").fetch_all(&mut *db).await?;
        let mut found: Vec<String> = said.into_iter().filter(|line| line != "ok").collect();
        for sql in INDEXES {
            if let Err(error) = sqlx::query(sql).execute(&mut *db).await {
                found.push(format!("a search index does not agree with its table: {error}"));
            }
        }
        for (sql, what) in NEVER {
            let count: i64 = sqlx::query_scalar(*sql).fetch_one(&mut *db).await?;
            if count > 0 {
                found.push(format!("{count} {what}"));
            }
        }
        Ok(found)
    }
}
