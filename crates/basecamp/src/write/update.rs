//! Changing a recording: a look at how it is, a check of each touched field, then only the requests that are still needed.

use basecamp_sdk::routes;
use contract::{Fetched, Kind, Recording, RecordingId, Status};
use serde_json::json;

use super::touched::Touched;
use super::{Edit, Outcome, again, body, sent};
use crate::{Api, Trouble};

pub(super) async fn update(api: &Api, before: &Recording, edit: &Edit) -> Result<Outcome, Trouble> {
    let fresh = look(api, before).await?;
    apply(api, fresh, before, &edit.after, edit).await
}

/// Brings the record that Basecamp has from `fresh` to what the step from `before` to `after` asks for.
pub(super) async fn apply(
    api: &Api,
    fresh: Fetched<Recording>,
    before: &Recording,
    after: &Recording,
    edit: &Edit,
) -> Result<Outcome, Trouble> {
    let mine = Touched::between(before, after);
    let theirs = &fresh.value;
    if theirs.updated_at > edit.base_updated_at || theirs.status != before.status {
        let changed = Touched::between(before, theirs);
        let apart = Touched::between(theirs, after);
        if mine.and(changed).and(apart).matters() {
            return Ok(Outcome::Conflict { theirs: Box::new(fresh) });
        }
    }
    let needed = mine.and(Touched::between(theirs, after));
    if needed == Touched::default() {
        return Ok(sent(fresh));
    }
    let id = theirs.id;
    if needed.status && after.status == Status::Active {
        api.write(api.route(&routes::UNARCHIVE_RECORDING, &[&id])).await?;
    }
    if needed.content() {
        let Some(put) = body::put(api, &fresh, after, needed, !edit.notify.is_empty())? else {
            return Ok(Outcome::Refused("This kind of item is changed in Basecamp itself.".to_owned()));
        };
        api.write(put).await?;
    }
    if (needed.parent || needed.position)
        && let Some(refused) = shift(api, theirs, after).await?
    {
        return Ok(refused);
    }
    if needed.completed
        && let Some(refused) = tick(api, theirs, after, needed.parent).await?
    {
        return Ok(refused);
    }
    if needed.status {
        match after.status {
            Status::Active => {}
            Status::Archived => drop(api.write(api.route(&routes::ARCHIVE_RECORDING, &[&id])).await?),
            Status::Trashed => drop(discard(api, theirs).await?),
            Status::Drafted | Status::Gone => {
                return Ok(Outcome::Refused("Basecamp cannot be asked for this.".to_owned()));
            }
        }
    }
    match look(api, theirs).await {
        // Basecamp may show nothing more of what was just thrown away.
        Err(trouble) if trouble.hides() && needed.status => {
            let mut last = fresh;
            last.value.status = after.status;
            Ok(sent(last))
        }
        record => Ok(sent(record?)),
    }
}

async fn look(api: &Api, record: &Recording) -> Result<Fetched<Recording>, Trouble> {
    if record.kind == Kind::ChatLine {
        return api.line(record.parent.ok_or(Trouble::Missing)?, record.id).await;
    }
    api.fetch(record.kind, record.id).await
}

async fn discard(api: &Api, record: &Recording) -> Result<(), Trouble> {
    let operation = if record.kind == Kind::ChatLine {
        let chat = record.parent.ok_or(Trouble::Missing)?;
        api.route(&routes::DELETE_CAMPFIRE_LINE, &[&chat, &record.id])
    } else if record.kind == Kind::TimeEntry {
        api.route(&routes::DESTROY_TIMESHEET_ENTRY, &[&record.id])
    } else {
        api.route(&routes::TRASH_RECORDING, &[&record.id])
    };
    api.write(operation).await.map(|_| ())
}

/// Another parent, or another place under the same one.
async fn shift(api: &Api, theirs: &Recording, after: &Recording) -> Result<Option<Outcome>, Trouble> {
    let parent = after.parent.or(theirs.parent);
    let place = after.position.unwrap_or(1).max(1);
    let mut operation = match theirs.kind {
        Kind::Todo => {
            let mut operation = api.route(&routes::REPOSITION_TODO, &[&theirs.id]);
            let mut members = json!({ "position": place });
            if after.parent != theirs.parent
                && let (Some(members), Some(parent)) = (members.as_object_mut(), parent)
            {
                members.insert("parent_id".to_owned(), json!(parent.0));
            }
            operation.json(&members)?;
            api.write(operation).await?;
            return Ok(None);
        }
        Kind::Card => {
            let Some(column) = parent else {
                return Ok(Some(Outcome::Missing));
            };
            return move_card(api, theirs.id, column, after.position).await.map(|()| None);
        }
        Kind::TodoList => api.route(&routes::REPOSITION_TODOLIST, &[&theirs.id]),
        Kind::TodoGroup => api.route(&routes::REPOSITION_TODOLIST_GROUP, &[&theirs.id]),
        Kind::Step => {
            let Some(card) = parent else {
                return Ok(Some(Outcome::Missing));
            };
            let mut operation = api.route(&routes::REPOSITION_CARD_STEP, &[&card]);
            operation.json(&json!({ "source_id": theirs.id.0, "position": place }))?;
            again(api, operation).await?;
            return Ok(None);
        }
        Kind::TodoSet
        | Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHoldColumn
        | Kind::MessageBoard
        | Kind::Message
        | Kind::Comment
        | Kind::Vault
        | Kind::Document
        | Kind::Upload
        | Kind::Schedule
        | Kind::ScheduleEntry
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Answer
        | Kind::Campfire
        | Kind::ChatLine
        | Kind::TimeEntry => {
            return Ok(Some(Outcome::Refused("This kind of item is moved in Basecamp itself.".to_owned())));
        }
    };
    if after.parent != theirs.parent {
        return Ok(Some(Outcome::Refused("A list stays in its project's to-dos.".to_owned())));
    }
    operation.json(&json!({ "position": place }))?;
    api.write(operation).await?;
    Ok(None)
}

/// The same move twice leaves the card where it is, so a lost answer may be asked for again.
async fn move_card(api: &Api, card: RecordingId, column: RecordingId, place: Option<i64>) -> Result<(), Trouble> {
    let mut operation = api.route(&routes::MOVE_CARD, &[&card]);
    operation.json(&json!({ "column_id": column.0, "position": place }))?;
    again(api, operation).await
}

/// Done, or not done after all.
async fn tick(api: &Api, theirs: &Recording, after: &Recording, moved: bool) -> Result<Option<Outcome>, Trouble> {
    let id = theirs.id;
    if theirs.kind == Kind::Todo {
        if after.completed {
            again(api, api.route(&routes::COMPLETE_TODO, &[&id])).await?;
        } else {
            api.write(api.route(&routes::UNCOMPLETE_TODO, &[&id])).await?;
        }
        return Ok(None);
    }
    if theirs.kind == Kind::Step {
        let mut operation = api.route(&routes::SET_CARD_STEP_COMPLETION, &[&id]);
        operation.json(&json!({ "completion": if after.completed { "on" } else { "" } }))?;
        api.write(operation).await?;
        return Ok(None);
    }
    if theirs.kind != Kind::Card {
        return Ok(Some(Outcome::Refused("This kind of item cannot be ticked off.".to_owned())));
    }
    if moved {
        // A card is done by lying in the Done column; where it went decides.
        return Ok(None);
    }
    let Some(column) = home(api, theirs, after.completed).await? else {
        return Ok(Some(Outcome::Refused("This card table has no column for that.".to_owned())));
    };
    move_card(api, id, column, None).await.map(|()| None)
}

/// The column that makes a card done, or not done.
async fn home(api: &Api, card: &Recording, done: bool) -> Result<Option<RecordingId>, Trouble> {
    let mut above = card.parent.ok_or(Trouble::Missing)?;
    // An on-hold section lies in a column, and that in the table.
    for _ in 0..2 {
        let column = api.fetch(Kind::Column, above).await?;
        above = column.value.parent.ok_or(Trouble::Missing)?;
        if column.value.kind != Kind::OnHoldColumn {
            break;
        }
    }
    let mut columns: Vec<_> = api.card_table(above).await?.records.into_iter().map(|column| column.value).collect();
    columns.sort_by_key(|column| column.position);
    let first = |kind: Kind| columns.iter().find(|column| column.kind == kind).map(|column| column.id);
    Ok(if done { first(Kind::DoneColumn) } else { first(Kind::Column).or_else(|| first(Kind::TriageColumn)) })
}
