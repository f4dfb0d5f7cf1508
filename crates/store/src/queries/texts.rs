//! Items with all of their text, for whoever reads what was written. What the words mean is not known here.

use std::collections::HashMap;

use contract::{Kind, PersonId, ProjectId, RecordingId, Row};
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use super::rows::{row, row_columns};
use crate::columns::{json_ids, json_words, micros};
use crate::error::Result;
use crate::open::Store;
use crate::text;

/// An item with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemText {
    /// The item.
    pub row: Row,
    /// Its own title; empty for a comment, an answer or a line of chat.
    pub title: String,
    /// Its text without markup, on one line.
    pub body: String,
    /// Who ticked it off.
    pub completer: Option<PersonId>,
    html: String,
}

impl ItemText {
    /// Its text without markup, a paragraph, list item or table row to a line; `> ` stands before what is
    /// marked as quoted.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        text::lines(&self.html)
    }
}

/// Which texts.
#[derive(Debug, Clone, Copy)]
pub struct TextsWith<'a> {
    /// With at least one of these phrases in the title or the text; letters, digits and spaces only.
    pub phrases: &'a [&'a str],
    /// Of these kinds.
    pub kinds: &'a [Kind],
    /// In this project; in every project that is in use when `None`.
    pub project: Option<ProjectId>,
    /// Made at this instant or later.
    pub from: Option<Timestamp>,
    /// Made before this instant.
    pub before: Option<Timestamp>,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// Which items in use have such words, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn texts_with(&self, wanted: TextsWith<'_>) -> Result<Vec<RecordingId>> {
        let mut sql = QueryBuilder::<Sqlite>::new(
            // Crossed, so that SQLite starts with the words.
            "select r.id from item_words cross join recording r on r.id = item_words.rowid where item_words match ",
        );
        let phrases = wanted.phrases.iter().map(|phrase| format!("\"{}\"", phrase.replace('"', "")));
        sql.push_bind(phrases.collect::<Vec<_>>().join(" OR "));
        sql.push(" and r.status = 'active' and r.kind in (select value from json_each(");
        sql.push_bind(json_words(wanted.kinds.iter().map(|kind| kind.wire()))?).push("))");
        if let Some(project) = wanted.project {
            sql.push(" and r.project = ").push_bind(project.0);
        } else {
            sql.push(" and not exists (select 1 from project p where p.id = r.project and p.status <> 'active')");
        }
        if let Some(from) = wanted.from {
            sql.push(" and r.created_at >= ").push_bind(micros(from));
        }
        if let Some(before) = wanted.before {
            sql.push(" and r.created_at < ").push_bind(micros(before));
        }
        sql.push(" order by r.created_at desc, r.id desc limit ").push_bind(wanted.limit);
        let rows = sql.build().fetch_all(&self.inner.readers).await?;
        rows.iter().map(|row| Ok(RecordingId(row.try_get("id")?))).collect()
    }

    /// Items with their texts by the ids that were asked for, of any status but gone. A local id that has become Basecamp's
    /// is followed; what there is not is left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn texts(&self, ids: &[RecordingId]) -> Result<HashMap<RecordingId, ItemText>> {
        let mut real = HashMap::with_capacity(ids.len());
        for id in ids {
            real.insert(*id, self.resolve_id(*id).await?);
        }
        let rows = sqlx::query(concat!(
            "select ",
            row_columns!(),
            ", r.completer, w.body, w.html from recording r join words w on w.id = r.id
             where r.id in (select value from json_each(?)) and r.status <> 'gone'"
        ))
        .bind(json_ids(real.values().map(|id| id.0)))
        .fetch_all(&self.inner.readers)
        .await?;
        let mut texts = HashMap::with_capacity(rows.len());
        for line in &rows {
            let row = row(line)?;
            let text = ItemText {
                title: line.try_get("title")?,
                body: line.try_get("body")?,
                completer: line.try_get::<Option<i64>, _>("completer")?.map(PersonId),
                html: line.try_get("html")?,
                row,
            };
            texts.insert(text.row.id, text);
        }
        Ok(real.into_iter().filter_map(|(asked, id)| Some((asked, texts.get(&id)?.clone()))).collect())
    }
}
