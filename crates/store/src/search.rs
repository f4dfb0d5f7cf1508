//! Searching everything by words: titles count for more than texts, the last word may be unfinished, and a word that
//! stands nowhere is taken for the nearest one that does.

use std::collections::{HashMap, HashSet};

use contract::commands::Search;
use contract::{Found, Hit, PersonId, ProjectId};
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::columns::{json_ids, json_words};
use crate::error::Result;
use crate::open::Store;
use crate::queries::{row, row_columns};
use crate::spelling::{self, fold};

/// So many matches are looked at, the latest first; more than anyone reads, few enough to rank within milliseconds.
const CANDIDATES: u32 = 1000;
/// A word in more items than this does not tell them apart, and weighing it would cost more than the whole search.
const FREQUENT: u32 = 5000;
/// Above any score of BM25.
const TITLED: f64 = 1000.0;
/// So many people and projects stand above the items.
const NAMES: u32 = 5;
/// An unfinished word of one letter would match nearly everything.
const SHORTEST_START: usize = 2;

/// The words of what was typed, folded as the index folds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    words: Vec<String>,
    /// The last word is unfinished.
    open: bool,
}

impl Words {
    pub(crate) fn of(text: &str) -> Option<Self> {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).take(16).collect();
        let open = text.ends_with(char::is_alphanumeric)
            && words.last().is_some_and(|word| word.chars().count() >= SHORTEST_START);
        (!words.is_empty()).then_some(Self { words, open })
    }

    /// Each word as FTS5 wants it. Words hold letters and digits only, so that nothing in them is syntax.
    pub(crate) fn terms(&self) -> Vec<String> {
        let last = self.words.len() - 1;
        let quoted = self.words.iter().enumerate().map(|(at, word)| {
            let star = if self.open && at == last { "*" } else { "" };
            format!("\"{word}\"{star}")
        });
        quoted.collect()
    }

    fn query(&self) -> String {
        self.terms().join(" ")
    }

    /// True when each of the words stands in few enough items.
    async fn are_rare(&self, db: &mut SqliteConnection) -> Result<bool> {
        for (at, word) in self.words.iter().enumerate() {
            let star = if self.open && at + 1 == self.words.len() { "*" } else { "" };
            let many: u32 =
                sqlx::query_scalar("select count(*) from (select 1 from item_words where item_words match ? limit ?)")
                    .bind(format!("\"{word}\"{star}"))
                    .bind(FREQUENT)
                    .fetch_one(&mut *db)
                    .await?;
            if many == FREQUENT {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn matches(&self, word: &str) -> bool {
        let word = fold(word);
        self.words.contains(&word)
            || (self.open && self.words.last().is_some_and(|start| word.starts_with(start.as_str())))
    }
}

/// What was typed as an FTS5 query; `None` when there is no word in it.
pub(crate) fn words_query(text: &str) -> Option<String> {
    Words::of(text).map(|words| words.query())
}

impl Store {
    /// Searches. Nothing found, the words are corrected and searched again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn search(&self, search: &Search) -> Result<Found> {
        let nothing = Found { hits: Vec::new(), total: 0, corrected: String::new() };
        let Some(words) = Words::of(&search.query) else { return Ok(nothing) };
        let mut db = self.inner.readers.acquire().await?;
        let found = find(&mut db, search, &words).await?;
        if found.total > 0 {
            return Ok(found);
        }
        let Some(better) = spelling::correct(&mut db, &words.words).await? else { return Ok(nothing) };
        let corrected = better.join(" ");
        let found = find(&mut db, search, &Words { words: better, open: words.open }).await?;
        Ok(if found.total > 0 { Found { corrected, ..found } } else { nothing })
    }
}

async fn find(db: &mut SqliteConnection, search: &Search, words: &Words) -> Result<Found> {
    let query = words.query();
    let limit = search.limit.unwrap_or(30).clamp(1, 200) as usize;
    let mut hits = if search.project.is_none() && search.person.is_none() && search.kinds.is_empty() {
        names(db, &query, search.put_away).await?
    } else {
        Vec::new()
    };
    let weighed = words.are_rare(db).await?;
    let mut ranked = candidates(db, search, &query, weighed).await?;
    if ranked.len() as u32 == CANDIDATES {
        // More than are looked at: what has the words in its title must be among them, however old it is, and first.
        let titled = candidates(db, search, &format!("title : ({query})"), false).await?;
        let first: HashSet<i64> = titled.iter().map(|(id, _)| *id).collect();
        ranked.retain(|(id, _)| !first.contains(id));
        ranked.extend(titled.into_iter().map(|(id, score)| (id, score - TITLED)));
    }
    let total = (ranked.len() as u32).min(CANDIDATES) + hits.len() as u32;
    ranked.sort_by(|(a, score), (b, other)| score.total_cmp(other).then(b.cmp(a)));
    ranked.truncate(limit.saturating_sub(hits.len()));
    hits.extend(items(db, &ranked, words).await?);
    hits.truncate(limit);
    Ok(Found { hits, total, corrected: String::new() })
}

/// The latest matches with their scores; lower is better. Not weighed, they are all alike.
async fn candidates(db: &mut SqliteConnection, search: &Search, query: &str, weighed: bool) -> Result<Vec<(i64, f64)>> {
    let mut sql = QueryBuilder::<Sqlite>::new("select r.id, ");
    sql.push(if weighed { "bm25(item_words, 8.0, 1.0)" } else { "0.0" });
    // Crossed, so that SQLite starts with the words: by a filter's index it would look at every item of a kind or project.
    sql.push(" as score from item_words cross join recording r on r.id = item_words.rowid where item_words match ");
    sql.push_bind(query.to_owned());
    sql.push(if search.put_away {
        " and r.status in ('active', 'drafted', 'archived', 'trashed')"
    } else {
        " and r.status in ('active', 'drafted')
          and not exists (select 1 from project p where p.id = r.project and p.status <> 'active')"
    });
    if let Some(project) = search.project {
        sql.push(" and r.project = ").push_bind(project.0);
    }
    if let Some(person) = search.person {
        sql.push(" and (r.creator = ").push_bind(person.0);
        sql.push(" or exists (select 1 from assignment a where a.recording = r.id and a.person = ")
            .push_bind(person.0)
            .push("))");
    }
    if !search.kinds.is_empty() {
        let kinds = json_words(search.kinds.iter().map(|kind| kind.wire()))?;
        sql.push(" and r.kind in (select value from json_each(").push_bind(kinds).push("))");
    }
    sql.push(" order by item_words.rowid desc limit ").push_bind(CANDIDATES);
    let rows = sql.build().fetch_all(db).await?;
    rows.iter().map(|row| Ok((row.try_get("id")?, row.try_get("score")?))).collect()
}

async fn items(db: &mut SqliteConnection, ranked: &[(i64, f64)], words: &Words) -> Result<Vec<Hit>> {
    let rows = sqlx::query(concat!(
        "select ",
        row_columns!(),
        ", w.body from recording r join words w on w.id = r.id where r.id in (select value from json_each(?))"
    ))
    .bind(json_ids(ranked.iter().map(|(id, _)| *id)))
    .fetch_all(db)
    .await?;
    let mut found = HashMap::with_capacity(rows.len());
    for line in &rows {
        let item = row(line)?;
        let snippet = snippet(line.try_get("body")?, words)
            .or_else(|| snippet(&item.title, words))
            .unwrap_or_else(|| item.excerpt.clone());
        found.insert(item.id.0, Hit::Item { row: Box::new(item), snippet });
    }
    Ok(ranked.iter().filter_map(|(id, _)| found.remove(id)).collect())
}

async fn names(db: &mut SqliteConnection, query: &str, put_away: bool) -> Result<Vec<Hit>> {
    let rows = sqlx::query(
        "select n.type, n.ref, n.name from name_words join name n on n.id = name_words.rowid
         where name_words match ?1 and (n.type = 'person' or exists (select 1 from project p where p.id = n.ref
            and (p.status = 'active' or (?2 and p.status <> 'gone'))))
         order by bm25(name_words), n.name limit ?3",
    )
    .bind(query.to_owned())
    .bind(put_away)
    .bind(NAMES)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let (id, name) = (row.try_get("ref")?, row.try_get("name")?);
            Ok(match row.try_get::<&str, _>("type")? {
                "person" => Hit::Person { id: PersonId(id), name },
                _ => Hit::Project { id: ProjectId(id), name },
            })
        })
        .collect()
}

/// The words around the first match, with every match in brackets; `None` when there is none.
fn snippet(text: &str, words: &Words) -> Option<String> {
    const BEFORE: usize = 6;
    const AROUND: usize = 20;
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                spans.push((from, at));
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    let word = |span: &(usize, usize)| text.get(span.0..span.1).unwrap_or_default();
    let first = spans.iter().position(|span| words.matches(word(span)))?;
    let from = first.saturating_sub(BEFORE);
    let shown = spans.get(from..(from + AROUND).min(spans.len()))?;
    let mut out = String::from(if from > 0 { "…" } else { "" });
    let mut at = if from > 0 { shown.first()?.0 } else { 0 };
    for span in shown {
        out.push_str(text.get(at..span.0).unwrap_or_default());
        if words.matches(word(span)) {
            out.push('[');
            out.push_str(word(span));
            out.push(']');
        } else {
            out.push_str(word(span));
        }
        at = span.1;
    }
    if from + AROUND < spans.len() {
        out.push('…');
    } else {
        out.push_str(text.get(at..).unwrap_or_default());
    }
    Some(out)
}

#[cfg(test)]
mod tests;
