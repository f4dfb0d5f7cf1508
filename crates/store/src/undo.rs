//! Taking a change set back, and doing it again. Both look first whether the items are still as they were left; both are
//! change sets of their own, so that the same outbox carries them.

use contract::{ChangeSetId, ChangeView, Choice, Conflict, Recording, SetState, Status, Undone};
use sqlx::{Row, SqliteConnection};

use crate::change::{self, Actor, Change, Route, read_state, state_text};
use crate::columns::json_ids;
use crate::error::{Result, StoreError};
use crate::fields::{Field, three_ways};
use crate::names::Names;
use crate::open::Store;
use crate::overlay::Edit;
use crate::projects;
use crate::tx::Tx;

impl Store {
    /// Takes a set back. When someone changed its items since, nothing is done and three versions are shown, unless `choice`
    /// says what to do about those.
    ///
    /// # Errors
    /// [`StoreError::NoSet`]; [`StoreError::NotReversible`] when it was taken back already or is a reversal.
    pub async fn undo(&self, set: ChangeSetId, choice: Option<Choice>, actor: &Actor) -> Result<Undone> {
        self.reverse(set, choice, actor, SetState::Done).await
    }

    /// What undoing a set would do, found out by doing it and taking it back before anything was kept. The set that the
    /// answer names was never kept either.
    ///
    /// # Errors
    /// As for [`Store::undo`].
    pub async fn preview_undo(
        &self,
        set: ChangeSetId,
        choice: Option<Choice>,
        actor: &Actor,
    ) -> Result<(Undone, Vec<ChangeView>)> {
        self.preview_reverse(set, choice, actor, SetState::Done).await
    }

    /// What doing a set again would do, found out likewise.
    ///
    /// # Errors
    /// As for [`Store::redo`].
    pub async fn preview_redo(
        &self,
        set: ChangeSetId,
        choice: Option<Choice>,
        actor: &Actor,
    ) -> Result<(Undone, Vec<ChangeView>)> {
        self.preview_reverse(set, choice, actor, SetState::Undone).await
    }

    async fn preview_reverse(
        &self,
        set: ChangeSetId,
        choice: Option<Choice>,
        actor: &Actor,
        from: SetState,
    ) -> Result<(Undone, Vec<ChangeView>)> {
        let (tx, undone) = self.reversed(set, choice, actor, from).await?;
        match undone {
            Undone::Done { .. } => Ok((undone, tx.preview().await?.0)),
            Undone::Moved { .. } => Ok((undone, Vec::new())),
        }
    }

    /// Does a set again that was taken back.
    ///
    /// # Errors
    /// [`StoreError::NoSet`]; [`StoreError::NotReversible`] when it was not taken back.
    pub async fn redo(&self, set: ChangeSetId, choice: Option<Choice>, actor: &Actor) -> Result<Undone> {
        self.reverse(set, choice, actor, SetState::Undone).await
    }

    /// The last set that can be taken back.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn last_undoable(&self) -> Result<Option<ChangeSetId>> {
        let set: Option<i64> = sqlx::query_scalar(
            "select s.id from change_set s where s.who <> 'sync' and s.state = 'done'
             and exists (select 1 from change c where c.set_id = s.id) order by s.id desc limit 1",
        )
        .fetch_optional(&self.inner.readers)
        .await?;
        Ok(set.map(ChangeSetId))
    }

    /// The set that was taken back last and not done again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn last_redoable(&self) -> Result<Option<ChangeSetId>> {
        let set: Option<i64> = sqlx::query_scalar(
            "select s.id from change_set r join change_set s on s.id = r.reverses
             where r.who <> 'sync' and s.state = 'undone' order by r.id desc limit 1",
        )
        .fetch_optional(&self.inner.readers)
        .await?;
        Ok(set.map(ChangeSetId))
    }

    async fn reverse(&self, set: ChangeSetId, choice: Option<Choice>, actor: &Actor, from: SetState) -> Result<Undone> {
        let (tx, undone) = self.reversed(set, choice, actor, from).await?;
        match undone {
            Undone::Done { .. } => tx.commit().await.map(drop)?,
            Undone::Moved { .. } => tx.roll_back().await?,
        }
        Ok(undone)
    }

    /// The reversal of a set, still to be committed; after a conflict it must not be.
    async fn reversed(
        &self,
        set: ChangeSetId,
        choice: Option<Choice>,
        actor: &Actor,
        from: SetState,
    ) -> Result<(Tx, Undone)> {
        let mut tx = self.begin_as(actor, String::new(), SetState::Reversal, Some(set)).await?;
        let (said, to) = turning(tx.db(), set, from).await?;
        tx.summarise(said.clone());

        // Undone and done again several times, it is the last of these sets that says what is there.
        let last: i64 = sqlx::query_scalar("select max(id) from change_set where id = ?1 or reverses = ?1")
            .bind(set.0)
            .fetch_one(tx.db())
            .await?;
        if !projects::of_sets(tx.db(), &json_ids([last])).await?.is_empty() {
            return Err(StoreError::NotReversible(
                "A project is put away and brought back in Basecamp, not here alone.",
            ));
        }
        let mut moved = Vec::new();
        for change in change::of_sets(tx.db(), &json_ids([last])).await?.into_iter().rev() {
            if let Some(conflict) = take_back(&mut tx, &change, choice).await? {
                moved.push(conflict);
            }
        }
        if !moved.is_empty() {
            moved.reverse();
            return Ok((tx, Undone::Moved { conflicts: moved }));
        }
        let reversal = ChangeSetId(tx.set().await?);
        sqlx::query("update change_set set state = ? where id = ?")
            .bind(state_text(to))
            .bind(set.0)
            .execute(tx.db())
            .await?;
        Ok((tx, Undone::Done { set: reversal, summary: said }))
    }
}

/// What the history says of turning a set that is in `from`, and the state that it has afterwards.
pub(crate) async fn turning(db: &mut SqliteConnection, set: ChangeSetId, from: SetState) -> Result<(String, SetState)> {
    let row = sqlx::query("select state, summary from change_set where id = ? and who <> 'sync'")
        .bind(set.0)
        .fetch_optional(db)
        .await?
        .ok_or(StoreError::NoSet(set))?;
    refuse(read_state(row.try_get("state")?), from)?;
    let done: &str = row.try_get("summary")?;
    Ok(match from {
        SetState::Done | SetState::Reversal => (format!("Undid: {done}"), SetState::Undone),
        SetState::Undone => (format!("Did again: {done}"), SetState::Done),
    })
}

fn refuse(state: SetState, from: SetState) -> Result<()> {
    match (from, state) {
        (SetState::Done, SetState::Done) | (SetState::Undone, SetState::Undone) => Ok(()),
        (SetState::Done, SetState::Undone) => {
            Err(StoreError::NotReversible("That was undone already. Redo it instead."))
        }
        (SetState::Undone, SetState::Done) => {
            Err(StoreError::NotReversible("That was not undone, so there is nothing to do again."))
        }
        (_, SetState::Reversal) | (SetState::Reversal, _) => {
            Err(StoreError::NotReversible("That is itself an undo or a redo. Redo or undo the entry that it is about."))
        }
    }
}

/// Takes one change back. A conflict comes back when someone changed the item since and no choice was made.
async fn take_back(tx: &mut Tx, change: &Change, choice: Option<Choice>) -> Result<Option<Conflict>> {
    let present = tx.get(change.item).await?;
    match (&change.before, &change.after, present) {
        // It was taken away here: it is made again, unless it is there.
        (Some(before), None, None) => {
            if before.status != Status::Trashed {
                tx.put_remote(before.clone(), &[]).await?;
            }
            Ok(None)
        }
        (Some(before), Some(after), Some(present)) if change.route == Route::Derived => {
            let fields = Field::differing(before, after);
            if fields.iter().all(|field| field.same(after, &present)) {
                tx.put_derived(vec![with_fields(&present, before, &fields)]).await?;
            }
            Ok(None)
        }
        (Some(before), Some(_), Some(present)) => {
            let fields = Edit { before: change.before.clone(), after: change.after.clone() }.fields();
            if let Some(answer) = unless_moved(tx, change, &fields, &present, before, choice).await? {
                return Ok(answer);
            }
            put_back(tx, change.route, with_fields(&present, before, &fields)).await?;
            Ok(None)
        }
        // It was made here: it goes into the trash, or vanishes when Basecamp never heard of it.
        (None, Some(_), Some(present)) => {
            let trashed = Recording { status: Status::Trashed, ..present.clone() };
            if !tx.never_sent(present.id).await?
                && let Some(answer) = unless_moved(tx, change, &[Field::Status], &present, &trashed, choice).await?
            {
                return Ok(answer);
            }
            put_back(tx, change.route, trashed).await?;
            Ok(None)
        }
        // What is not there any more needs no taking back.
        (_, Some(_), None) | (Some(_), None, Some(_)) | (None, None, _) => Ok(None),
    }
}

async fn put_back(tx: &mut Tx, route: Route, record: Recording) -> Result<()> {
    match route {
        Route::Remote | Route::Sync => tx.put_remote(record, &[]).await.map(drop),
        Route::Local => tx.put(record).await.map(drop),
        Route::Derived => tx.put_derived(vec![record]).await,
    }
}

fn with_fields(present: &Recording, from: &Recording, fields: &[Field]) -> Recording {
    let mut record = present.clone();
    for field in fields {
        field.copy(from, &mut record);
    }
    record
}

/// `None`: go on. `Some(None)`: leave the item. `Some(Some(_))`: ask.
async fn unless_moved(
    tx: &mut Tx,
    change: &Change,
    touched: &[Field],
    present: &Recording,
    wanted: &Recording,
    choice: Option<Choice>,
) -> Result<Option<Option<Conflict>>> {
    let moved = moved(tx, change, touched, present).await?;
    if moved.is_empty() {
        return Ok(None);
    }
    match choice {
        Some(Choice::TakeMine) => Ok(None),
        Some(Choice::KeepTheirs) => Ok(Some(None)),
        None => {
            let left = change.after.as_ref();
            let names = Names::read(tx.db(), [present, wanted].into_iter().chain(left)).await?;
            // What we want is only said of the fields that would be put back; the others stay as they are.
            let mine = with_fields(present, wanted, touched);
            let mut fields = touched.to_vec();
            fields.extend(moved.iter().filter(|field| !touched.contains(field)));
            Ok(Some(Some(Conflict {
                item: present.id,
                kind: present.kind,
                title: present.title.clone(),
                fields: three_ways(&fields, left, Some(&mine), Some(present), &names),
            })))
        }
    }
}

/// The fields in which the item is not as the change left it. The server's own form of what was sent is no difference, and
/// neither is what a later edit made here did to other fields: that stays.
async fn moved(tx: &mut Tx, change: &Change, touched: &[Field], present: &Recording) -> Result<Vec<Field>> {
    let left =
        |of: &Change, field: Field| [&of.after, &of.landed].into_iter().flatten().any(|was| field.same(was, present));
    let mut moved: Vec<Field> = Field::ALL
        .iter()
        .copied()
        .filter(|field| *field != Field::Position || touched.contains(field))
        .filter(|field| !left(change, *field))
        .collect();
    if moved.iter().any(|field| !touched.contains(field)) {
        let later = change::ours_since(tx.db(), change.item, change.id).await?;
        moved.retain(|field| touched.contains(field) || !later.iter().any(|ours| left(ours, *field)));
    }
    Ok(moved)
}
