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
use crate::projects::{self, ProjectChange};
use crate::text;
use crate::tx::Tx;

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
        let ids = json_ids(ids);
        let all = change::of_sets(&mut db, &ids).await?;
        let names = Names::read(&mut db, records(&all)).await?;
        let mut projects_of: HashMap<ChangeSetId, Vec<ProjectChange>> = HashMap::new();
        for change in projects::of_sets(&mut db, &ids).await? {
            projects_of.entry(change.set).or_default().push(change);
        }
        let mut of_set: HashMap<ChangeSetId, Vec<Change>> = HashMap::new();
        for change in all {
            of_set.entry(change.set).or_default().push(change);
        }
        sets.iter()
            .map(|row| {
                let set = ChangeSetId(row.try_get("id")?);
                let projects = projects_of.remove(&set).unwrap_or_default();
                let (changes, reversible) = shown(&of_set.remove(&set).unwrap_or_default(), &projects, &names);
                Ok(HistoryEntry {
                    set,
                    summary: row.try_get("summary")?,
                    who: row.try_get("who")?,
                    door: row.try_get("door")?,
                    at: instant(row, "at")?,
                    state: read_state(row.try_get("state")?),
                    reversible,
                    changes,
                    projects: projects.iter().map(ProjectChange::view).collect(),
                })
            })
            .collect()
    }
}

impl Tx {
    /// What this transaction has changed so far, as the history would show it, and whether it could be taken back; `None`
    /// when nothing changed. Nothing of it is kept and nobody hears of it: the transaction ends as if it had never begun.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn preview(mut self) -> Result<(Vec<ChangeView>, Option<Reversible>)> {
        let set = json_ids(self.set_so_far().map(|set| set.0));
        let changes = change::of_sets(self.db(), &set).await?;
        let projects = projects::of_sets(self.db(), &set).await?;
        let names = Names::read(self.db(), records(&changes)).await?;
        self.roll_back().await?;
        let (shown, reversible) = shown(&changes, &projects, &names);
        let changed = !shown.is_empty() || !projects.is_empty();
        Ok((shown, changed.then_some(reversible)))
    }
}

fn records(changes: &[Change]) -> impl Iterator<Item = &Recording> {
    changes.iter().flat_map(|change| [&change.before, &change.after]).flatten()
}

/// The changes of a set as people see them.
fn shown(changes: &[Change], projects: &[ProjectChange], names: &Names) -> (Vec<ChangeView>, Reversible) {
    let seen = changes.iter().filter(|change| change.route != Route::Derived);
    (seen.filter_map(|change| view(change, names)).collect(), reversible(changes, projects))
}

/// Comments and messages are in people's inboxes once they are sent; trashing them takes back the rest.
fn reversible(changes: &[Change], projects: &[ProjectChange]) -> Reversible {
    let told = |change: &Change| {
        change.before.is_none()
            && change.latest().is_some_and(|record| matches!(record.kind, Kind::Comment | Kind::Message))
    };
    if changes.is_empty() && projects.is_empty() {
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
