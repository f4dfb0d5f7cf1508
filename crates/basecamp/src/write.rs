//! Edits on their way to Basecamp. Which requests an edit needs follows from what was and what shall be; a field that the
//! edit did not touch keeps what it has there. It knows no queue: whoever holds one calls [`send`] for each edit in turn.

mod body;
mod create;
mod find;
mod project;
mod touched;
mod update;

use contract::{Fetched, Kind, PersonId, Recording, RecordingId};
use jiff::Timestamp;

use crate::{Api, Trouble};

pub use project::{NewProject, let_in, make_project, project, project_tools, set_project_status};

/// One edit of one recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// How it was here before the edit; `None` makes it.
    pub before: Option<Recording>,
    /// How it shall be. For one that is made, its id is local and is not sent.
    pub after: Recording,
    /// What holds it, where that is known. Making a to-do under a to-do set makes a loose one.
    pub parent_kind: Option<Kind>,
    /// What Basecamp had said of its last change when the edit was made. As long as Basecamp says the same, there is no
    /// conflict.
    pub base_updated_at: Timestamp,
    /// When the edit was made here.
    pub made_at: Timestamp,
    /// Who is signed in; a lost create is looked for among what they made.
    pub me: Option<PersonId>,
    /// Who is told; nobody when empty. Basecamp tells a to-do's or card's assignees only all together.
    pub notify: Vec<PersonId>,
    /// The answer to an earlier try was lost: look for what it may have made.
    pub unsure: bool,
    /// Recordings that earlier creates were answered with; none of them is the lost one.
    pub adopted: Vec<RecordingId>,
}

/// What an edit came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Basecamp has it; this is how it is there.
    Sent(Box<Fetched<Recording>>),
    /// Someone else changed a field that this edit changes too. Nothing was written.
    Conflict {
        /// How it is there.
        theirs: Box<Fetched<Recording>>,
    },
    /// It may or may not have happened. Send the same edit again with `unsure` set.
    Unsure,
    /// Basecamp said no, or this cannot be done there; sending it again changes nothing.
    Refused(String),
    /// Basecamp does not show the recording, or what shall hold it.
    Missing,
    /// It did not get through, and it did not happen.
    Trouble(Trouble),
}

impl From<Trouble> for Outcome {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Lost => Self::Unsure,
            Trouble::Missing => Self::Missing,
            Trouble::Refused { message, .. } => Self::Refused(message),
            Trouble::Forbidden(_) => Self::Refused(trouble.to_string()),
            Trouble::Unreachable(_)
            | Trouble::SignIn
            | Trouble::Revoked
            | Trouble::AccountInactive
            | Trouble::NotBasecamp(_)
            | Trouble::Malformed { .. }
            | Trouble::Cancelled => Self::Trouble(trouble),
        }
    }
}

/// Sends an edit, with the handle's priority and cancellation. Never sends a create twice on its own: what may have
/// happened is [`Outcome::Unsure`].
pub async fn send(api: &Api, edit: &Edit) -> Outcome {
    let done = match &edit.before {
        None => create::create(api, edit).await,
        Some(before) => update::update(api, before, edit).await,
    };
    done.unwrap_or_else(Outcome::from)
}

fn sent(record: Fetched<Recording>) -> Outcome {
    Outcome::Sent(Box::new(record))
}

/// Sends what may be sent again without harm although the method says otherwise.
async fn again(api: &Api, operation: basecamp_sdk::Operation) -> Result<(), Trouble> {
    for _ in 0..3 {
        match api.write(operation.clone()).await {
            Err(Trouble::Lost) if !api.cancel().is_cancelled() => {}
            done => return done.map(|_| ()),
        }
    }
    Err(Trouble::Unreachable("the answer was lost again and again".to_owned()))
}

#[cfg(test)]
mod tests;
