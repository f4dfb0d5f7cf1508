//! An item with everything around it.

use contract::{CommentView, ItemDetail, Kind, PersonId, RecordingId, Row, Status};
use sqlx::{Row as _, SqliteConnection};

use super::facts::facts;
use super::rows::{pending, row, row_columns};
use crate::activity::activity;
use crate::columns::instant;
use crate::error::Result;
use crate::open::Store;
use crate::record;

/// Deeper than anything in Basecamp; a loop in broken data ends here.
const DEEPEST: usize = 24;

/// An item as it is kept. Rich text is not sanitised here: the texts for the page are left empty, to be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDetail {
    /// The item, with `body_html` empty everywhere.
    pub detail: ItemDetail,
    /// The comments' rich text, in the order of the comments.
    pub comment_bodies: Vec<String>,
}

impl Store {
    /// An item with its text, steps, comments, path and activity. A local id that has become Basecamp's is followed. `None`
    /// when there is none, or it is gone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn item(&self, id: RecordingId) -> Result<Option<RawDetail>> {
        let id = self.resolve_id(id).await?;
        let mut db = self.inner.readers.acquire().await?;
        let Some(item) = record::read(&mut db, id).await?.filter(|item| item.status != Status::Gone) else {
            return Ok(None);
        };
        let raw = record::raw(&mut db, id).await?;
        let waits = sqlx::query(
            "select max(case state when 'conflict' then 3 when 'failed' then 2 else 1 end) as pending, max(problem) as problem
             from outbox where item = ?",
        )
        .bind(id.0)
        .fetch_one(&mut *db)
        .await?;
        let steps = list(
            &mut db,
            concat!(
                "select ",
                row_columns!(),
                " from recording r where r.parent = ? and r.kind = 'Kanban::Step' and r.status = 'active'
                 order by r.position is null, r.position, r.id"
            ),
            id,
        )
        .await?;
        let children = list(
            &mut db,
            concat!(
                "select ",
                row_columns!(),
                " from recording r where r.parent = ? and r.kind not in ('Kanban::Step', 'Comment') and r.status = 'active'
                 order by r.position is null, r.position, r.created_at desc, r.id limit 1000"
            ),
            id,
        )
        .await?;
        let happened =
            sqlx::query("select * from activity where recording = ? order by created_at desc, id desc limit 50")
                .bind(id.0)
                .fetch_all(&mut *db)
                .await?;
        let path = path(&mut db, item.parent).await?;
        let (comments, comment_bodies) = comments(&mut db, id).await?;
        let facts = facts(item.kind, raw.as_deref());
        Ok(Some(RawDetail {
            detail: ItemDetail {
                pending: pending(waits.try_get("pending")?),
                problem: waits.try_get("problem")?,
                body_html: String::new(),
                path,
                steps,
                comments,
                children: if item.kind == Kind::Comment { Vec::new() } else { children },
                activity: happened.iter().map(activity).collect::<Result<_>>()?,
                facts,
                item,
            },
            comment_bodies,
        }))
    }
}

async fn list(db: &mut SqliteConnection, sql: &'static str, id: RecordingId) -> Result<Vec<Row>> {
    let rows = sqlx::query(sql).bind(id.0).fetch_all(db).await?;
    rows.iter().map(row).collect()
}

async fn path(db: &mut SqliteConnection, mut above: Option<RecordingId>) -> Result<Vec<Row>> {
    let mut path = Vec::new();
    while let Some(id) = above.filter(|_| path.len() < DEEPEST) {
        let sql = concat!("select ", row_columns!(), " from recording r where r.id = ?");
        let Some(holder) = list(db, sql, id).await?.pop() else { break };
        above = holder.parent;
        path.push(holder);
    }
    path.reverse();
    Ok(path)
}

async fn comments(db: &mut SqliteConnection, id: RecordingId) -> Result<(Vec<CommentView>, Vec<String>)> {
    let rows = sqlx::query(
        "select r.id, r.creator, r.created_at, w.html,
                (select max(case o.state when 'conflict' then 3 when 'failed' then 2 else 1 end) from outbox o where o.item = r.id)
                    as pending
         from recording r join words w on w.id = r.id
         where r.parent = ? and r.kind = 'Comment' and r.status = 'active' order by r.created_at, r.id < 0, abs(r.id)",
    )
    .bind(id.0)
    .fetch_all(db)
    .await?;
    let mut views = Vec::with_capacity(rows.len());
    let mut bodies = Vec::with_capacity(rows.len());
    for row in &rows {
        views.push(CommentView {
            id: RecordingId(row.try_get("id")?),
            creator: row.try_get::<Option<i64>, _>("creator")?.map(PersonId),
            created_at: instant(row, "created_at")?,
            body_html: String::new(),
            pending: pending(row.try_get("pending")?),
        });
        bodies.push(row.try_get("html")?);
    }
    Ok((views, bodies))
}
