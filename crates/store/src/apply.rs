//! What came from Basecamp goes into the tables. What is there already is not written, what is older than what is here
//! does not overwrite it, and what was edited here and not yet sent stays visible.

use std::collections::{HashMap, HashSet};

use contract::{ChangeSetId, Fetched, Recording, RecordingId, Status};

use crate::change::{self, Route, record_text};
use crate::columns::json_ids;
use crate::error::Result;
use crate::open::Store;
use crate::overlay;
use crate::record::{self, Stored, Writing, normal};
use crate::tx::Tx;

/// So many records go into one transaction: enough to make its price small, few enough that a person's edit does not wait.
const BATCH: usize = 2000;

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    /// Not here before.
    pub inserted: u64,
    /// Here, and different.
    pub updated: u64,
    /// Here, and the same: nothing was written.
    pub unchanged: u64,
    /// Older than what is here: nothing was written.
    pub stale: u64,
}

impl Applied {
    /// True when nothing was written.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.inserted == 0 && self.updated == 0
    }
    pub(crate) fn add(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.stale += other.stale;
    }
}

impl Store {
    /// Applies recordings. One that comes twice counts as its last.
    ///
    /// # Errors
    /// When the file cannot be written. Batches that came before stay; applying all again is harmless.
    pub async fn apply(&self, fetched: Vec<Fetched<Recording>>) -> Result<Applied> {
        let mut applied = Applied::default();
        let mut rest = fetched.into_iter();
        loop {
            let batch: Vec<Fetched<Recording>> = rest.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(applied);
            }
            let mut tx = self.begin_sync().await?;
            applied.add(batch_of(&mut tx, batch).await?);
            tx.commit().await?;
        }
    }
}

async fn batch_of(tx: &mut Tx, batch: Vec<Fetched<Recording>>) -> Result<Applied> {
    let mut latest: HashMap<RecordingId, Fetched<Recording>> = HashMap::with_capacity(batch.len());
    let mut order = Vec::with_capacity(batch.len());
    for fetched in batch {
        let fetched = Fetched { value: normal(fetched.value), raw: fetched.raw };
        let id = fetched.value.id;
        if latest.insert(id, fetched).is_none() {
            order.push(id);
        }
    }
    let there = record::read_many(tx.db(), order.iter().copied()).await?;
    for (id, fetched) in &mut latest {
        // Some listings do not tell places: what is known of it stays.
        if fetched.value.position.is_none() {
            fetched.value.position = there.get(id).and_then(|stored| stored.record.position);
        }
    }
    let edited = edited(tx, &order).await?;

    let mut applied = Applied::default();
    let (mut writing, mut lines) = (Vec::new(), Vec::new());
    for fetched in order.iter().filter_map(|id| latest.get(id)) {
        let new = &fetched.value;
        let here = there.get(&new.id);
        if edited.contains(&new.id.0) {
            apply_to_edited(tx, fetched, &mut applied).await?;
            continue;
        }
        match verdict(here, fetched) {
            Verdict::Unchanged => applied.unchanged += 1,
            Verdict::Stale => applied.stale += 1,
            Verdict::Write => {
                if here.is_some() {
                    applied.updated += 1;
                } else {
                    applied.inserted += 1;
                }
                let before = here.map(|stored| &stored.record);
                let after = if before.is_some() { record_text(Some(new))? } else { None };
                lines.push(change::Line { key: new.id.0, before: record_text(before)?, after });
                writing.push(Writing { record: new, raw: Some(&fetched.raw) });
                tx.touched.item(new.id, new.kind.tag());
            }
        }
    }
    if !writing.is_empty() {
        record::write(tx.db(), &writing).await?;
        let set: ChangeSetId = ChangeSetId(tx.set().await?);
        change::log(tx.db(), set.0, Route::Sync, "recording", &lines).await?;
    }
    Ok(applied)
}

enum Verdict {
    Write,
    Unchanged,
    Stale,
}

fn verdict(here: Option<&Stored>, fetched: &Fetched<Recording>) -> Verdict {
    match here {
        Some(here) if here.record == fetched.value && here.raw.as_deref() == Some(&fetched.raw) => Verdict::Unchanged,
        Some(here) if here.record.updated_at > fetched.value.updated_at && here.record.status != Status::Gone => {
            Verdict::Stale
        }
        Some(_) | None => Verdict::Write,
    }
}

async fn edited(tx: &mut Tx, ids: &[RecordingId]) -> Result<HashSet<i64>> {
    let found: Vec<i64> =
        sqlx::query_scalar("select distinct item from outbox where item in (select value from json_each(?))")
            .bind(json_ids(ids.iter().map(|id| id.0)))
            .fetch_all(tx.db())
            .await?;
    Ok(found.into_iter().collect())
}

/// The item carries edits: they stay over what the server says.
async fn apply_to_edited(tx: &mut Tx, fetched: &Fetched<Recording>, applied: &mut Applied) -> Result<()> {
    let known = overlay::server(tx.db(), fetched.value.id).await?;
    if known.as_ref().is_some_and(|known| known.updated_at > fetched.value.updated_at && known.status != Status::Gone) {
        applied.stale += 1;
    } else if overlay::settle(tx, &fetched.value, Some(&fetched.raw)).await? {
        applied.updated += 1;
    } else {
        applied.unchanged += 1;
    }
    Ok(())
}
