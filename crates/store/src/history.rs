//! What was done here: who, what, when, through which door, and whether it can be taken back.

use std::collections::HashMap;

use contract::{ChangeSetId, ChangeView, HistoryEntry, Kind, Recording, RecordingId, Reversible};
use sqlx::Row;

use crate::change::{self, Change, Route, read_state};
use crate::columns::{instant, json_ids};
use crate::error::Result;
use crate::fields;
use crate::names::Names;
use crate::open::Store;
use crate::text;

impl Store {
    /// The items of a set whose changes went to Basecamp.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn sent_items(&self, set: ChangeSetId) -> Result<Vec<RecordingId>> {
        let items: Vec<i64> = sqlx::query_scalar(
            "select distinct key from change where set_id = ? and route = 'remote' and kind = 'recording'",
        )
        .bind(set.0)
        .fetch_all(&self.inner.readers)
        .await?;
        Ok(items.into_iter().map(RecordingId).collect())
    }

    /// The history, newest first: everything but what came from Basecamp. `before` leaves out that set and later ones.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn history(&self, before: Option<ChangeSetId>, limit: u32) -> Result<Vec<HistoryEntry>> {
        let mut db = self.inner.readers.acquire().await?;
        let sets = sqlx::query(
            "select id, at, who, door, summary, state from change_set
             where who <> 'sync' and id < ? order by id desc limit ?",
        )
        .bind(before.map_or(i64::MAX, |set| set.0))
        .bind(limit)
        .fetch_all(&mut *db)
        .await?;
        let ids = sets.iter().map(|row| row.try_get::<i64, _>("id")).collect::<Result<Vec<_>, _>>()?;
        let all = change::of_sets(&mut db, &json_ids(ids)).await?;
        let records: Vec<&Recording> =
            all.iter().flat_map(|change| [&change.before, &change.after]).flatten().collect();
        let names = Names::read(&mut db, records).await?;
        let mut of_set: HashMap<ChangeSetId, Vec<Change>> = HashMap::new();
        for change in all {
            of_set.entry(change.set).or_default().push(change);
        }
        sets.iter()
            .map(|row| {
                let set = ChangeSetId(row.try_get("id")?);
                let changes = of_set.remove(&set).unwrap_or_default();
                Ok(HistoryEntry {
                    set,
                    summary: row.try_get("summary")?,
                    who: row.try_get("who")?,
                    door: row.try_get("door")?,
                    at: instant(row, "at")?,
                    state: read_state(row.try_get("state")?),
                    reversible: reversible(&changes),
                    changes: changes
                        .iter()
                        .filter(|c| c.route != Route::Derived)
                        .filter_map(|c| view(c, &names))
                        .collect(),
                })
            })
            .collect()
    }
}

/// Comments and messages are in people's inboxes once they are sent; trashing them takes back the rest.
fn reversible(changes: &[Change]) -> Reversible {
    let told = |change: &Change| {
        change.before.is_none()
            && change.latest().is_some_and(|record| matches!(record.kind, Kind::Comment | Kind::Message))
    };
    if changes.is_empty() {
        Reversible::Irreversible
    } else if changes.iter().any(told) {
        Reversible::Compensable
    } else {
        Reversible::Undoable
    }
}

fn view(change: &Change, names: &Names) -> Option<ChangeView> {
    let record = change.latest()?;
    let title =
        if record.title.is_empty() { text::excerpt(&text::plain(&record.body), 80) } else { record.title.clone() };
    Some(ChangeView {
        id: change.id,
        item: change.item,
        kind: record.kind,
        title,
        created: change.before.is_none(),
        fields: fields::changes(change.before.as_ref(), change.after.as_ref(), names),
    })
}
