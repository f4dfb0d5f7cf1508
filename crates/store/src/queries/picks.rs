//! Items to choose from: few, by name, for somebody who types a word or two of it.

use contract::{Kind, ProjectId, Row};
use sqlx::{QueryBuilder, Sqlite};

use super::rows::{row, row_columns};
use crate::columns::json_words;
use crate::error::Result;
use crate::open::Store;
use crate::search::words_query;

/// What there is to choose from.
#[derive(Debug, Clone, Copy)]
pub struct Picks<'a> {
    /// Of these kinds.
    pub kinds: &'a [Kind],
    /// In this project.
    pub project: Option<ProjectId>,
    /// With these words in the title; the last one may be unfinished.
    pub words: Option<&'a str>,
    /// Open ones only.
    pub open: bool,
    /// Archived and trashed ones too, after the others.
    pub put_away: bool,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// Items to choose from, last changed first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn picks(&self, wanted: Picks<'_>) -> Result<Vec<Row>> {
        let mut sql = QueryBuilder::<Sqlite>::new(concat!("select ", row_columns!(), " from recording r where "));
        sql.push(if wanted.put_away { "r.status in ('active', 'archived', 'trashed')" } else { "r.status = 'active'" });
        sql.push(" and not exists (select 1 from project p where p.id = r.project and p.status <> 'active')");
        sql.push(" and r.kind in (select value from json_each(")
            .push_bind(json_words(wanted.kinds.iter().map(|kind| kind.wire()))?)
            .push("))");
        if wanted.open {
            sql.push(" and r.completed = 0");
        }
        if let Some(project) = wanted.project {
            sql.push(" and r.project = ").push_bind(project.0);
        }
        if let Some(words) = wanted.words.and_then(words_query) {
            sql.push(" and r.id in (select rowid from item_words where item_words match ")
                .push_bind(format!("title : ({words})"))
                .push(")");
        }
        sql.push(" order by r.status <> 'active', r.updated_at desc, r.id desc limit ").push_bind(wanted.limit);
        let rows = sql.build().fetch_all(&self.inner.readers).await?;
        rows.iter().map(row).collect()
    }
}
