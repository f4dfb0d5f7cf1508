//! Making a recording, once.

use contract::{Fetched, Kind, Recording};

use super::{Edit, Outcome, body, find, sent, update};
use crate::{Api, Trouble, wire};

pub(super) async fn create(api: &Api, edit: &Edit) -> Result<Outcome, Trouble> {
    let new = &edit.after;
    let Some(parent) = new.parent else {
        return Ok(Outcome::Refused("This has no place in a project yet. Choose where it goes.".to_owned()));
    };
    if parent.is_local() {
        return Ok(Outcome::Trouble(Trouble::Unreachable("what holds it has not been sent yet".to_owned())));
    }
    if edit.unsure
        && let Some(found) = find::lost(api, edit, parent).await?
    {
        return complete(api, edit, found).await;
    }
    let Some(operation) = body::post(api, new, parent, edit.parent_kind, &edit.notify)? else {
        return Ok(Outcome::Refused("This kind of item is made in Basecamp itself.".to_owned()));
    };
    let answer = match api.write(operation).await {
        Ok(answer) => answer,
        // It answered, so it may have been made.
        Err(Trouble::Malformed { .. }) => return Ok(Outcome::Unsure),
        Err(trouble) => return Err(trouble),
    };
    let made = answer.and_then(|raw| wire::recording(raw.get(), Some(new.kind), Some(new.project)).ok());
    match made {
        Some(mut made) => {
            made.value.parent.get_or_insert(parent);
            complete(api, edit, made).await
        }
        None => Ok(Outcome::Unsure),
    }
}

/// What the request that makes it cannot carry: a card's assignees, and that it is done or put away already.
async fn complete(api: &Api, edit: &Edit, made: Fetched<Recording>) -> Result<Outcome, Trouble> {
    let mut wanted = made.value.clone();
    if matches!(made.value.kind, Kind::Card | Kind::Todo | Kind::Step) {
        wanted.assignees.clone_from(&edit.after.assignees);
    }
    if matches!(made.value.kind, Kind::Todo | Kind::Step) {
        wanted.completed = edit.after.completed;
    }
    if edit.after.status != contract::Status::Active {
        wanted.status = edit.after.status;
    }
    if wanted == made.value {
        return Ok(sent(made));
    }
    match update::apply(api, made.clone(), &made.value, &wanted, edit).await {
        Ok(Outcome::Sent(record)) => Ok(Outcome::Sent(record)),
        // It is made, and Basecamp would not have the rest: what there is, is how it is.
        Ok(Outcome::Refused(reason)) => {
            tracing::debug!(reason, "made, but not as asked");
            Ok(sent(made))
        }
        // It is made; the next try finds it and goes on from there.
        Ok(Outcome::Conflict { .. } | Outcome::Unsure | Outcome::Missing | Outcome::Trouble(_)) | Err(_) => {
            Ok(Outcome::Unsure)
        }
    }
}
