//! Trying out what changes something: it is done in a transaction that is never committed, and told.
//!
//! Several steps share one transaction, so that each finds what the ones before would have made. It knows no command.

use std::sync::{Mutex, MutexGuard, PoisonError};

use contract::{Code, Fault, Kind, PersonId, Preview};
use store::Tx;

use crate::fault::IntoFault;

/// Where handlers put what they would do, instead of doing it.
#[derive(Debug, Default)]
pub(crate) struct Trial(Mutex<Tried>);

#[derive(Debug, Default)]
struct Tried {
    /// What a handler told that needs no transaction.
    over: Option<Preview>,
    /// What was written so far. A handler takes it out, and puts it back when it is done.
    tx: Option<Tx>,
    /// What stands above the steps.
    heading: Option<String>,
    /// What each write says of itself, in order.
    steps: Vec<String>,
    notified: Vec<PersonId>,
}

/// What the history says of a thing done, and how it is said of the same thing while it is still to come.
const VERBS: [(&str, &str); 14] = [
    ("Added", "Add"),
    ("Changed", "Change"),
    ("Commented", "Comment"),
    ("Completed", "Complete"),
    ("Created", "Create"),
    ("Edited", "Edit"),
    ("Gave", "Give"),
    ("Kept", "Keep"),
    ("Moved", "Move"),
    ("Opened", "Open"),
    ("Posted", "Post"),
    ("Ran", "Run"),
    ("Renamed", "Rename"),
    ("Restored", "Restore"),
];

/// The words of the history, for what is not done yet: its first word is the verb.
fn to_come(done: &str) -> String {
    let (verb, rest) = done.split_once(' ').unwrap_or((done, ""));
    match VERBS.iter().find(|(past, _)| *past == verb) {
        Some((_, verb)) if rest.is_empty() => (*verb).to_owned(),
        Some((_, verb)) => format!("{verb} {rest}"),
        None => done.to_owned(),
    }
}

impl Trial {
    fn lock(&self) -> MutexGuard<'_, Tried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends a handler that is only tried and writes nothing into the transaction. Nobody sees the fault: whoever tries takes
    /// the preview.
    pub(crate) fn over(&self, preview: Preview) -> Fault {
        self.lock().over = Some(preview);
        Fault::new(Code::Cancelled, "This was only tried; nothing was done.")
    }

    /// What was written by the steps before, to go on with.
    pub(crate) fn take(&self) -> Option<Tx> {
        self.lock().tx.take()
    }

    /// A step was tried: what it wrote, in a few words, and who would be told.
    pub(crate) fn done(&self, tx: Tx, summary: String, told: impl IntoIterator<Item = PersonId>) {
        let mut tried = self.lock();
        tried.tx = Some(tx);
        tried.steps.push(summary);
        tried.notified.extend(told);
    }

    /// A step that writes nothing here, in a few words, and who would be told.
    pub(crate) fn also(&self, summary: String, told: impl IntoIterator<Item = PersonId>) {
        let mut tried = self.lock();
        tried.steps.push(summary);
        tried.notified.extend(told);
    }

    /// What all of it is, in a few words.
    pub(crate) fn called(&self, heading: String) {
        self.lock().heading = Some(heading);
    }

    /// The steps so far, in their words.
    pub(crate) fn steps(&self) -> Vec<String> {
        self.lock().steps.clone()
    }

    /// What was tried, told, and taken back.
    ///
    /// # Errors
    /// What the handler said, unless it only said that it was tried.
    pub(crate) async fn preview(self, outcome: Result<(), Fault>) -> Result<Preview, Fault> {
        let Tried { over, tx, heading, steps, mut notified } =
            self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(preview) = over {
            return Ok(Preview { summary: to_come(&preview.summary), ..preview });
        }
        outcome?;
        let (changes, reversible) = match tx {
            Some(tx) => tx.preview().await.into_fault()?,
            None => return Err(Fault::new(Code::Internal, "This cannot be tried out.")),
        };
        let subscribers = changes.iter().any(|change| change.kind == Kind::Comment && change.created);
        notified.sort_unstable();
        notified.dedup();
        let summary = heading.or_else(|| steps.first().cloned()).unwrap_or_default();
        let steps = if steps.len() > 1 { steps.iter().map(|step| to_come(step)).collect() } else { Vec::new() };
        Ok(Preview { summary: to_come(&summary), steps, changes, notified, subscribers, reversible, refusal: None })
    }

    /// Takes everything back at once.
    ///
    /// # Errors
    /// When the file cannot be used any more.
    pub(crate) async fn forget(self) -> Result<(), Fault> {
        let tried = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        match tried.tx {
            Some(tx) => tx.roll_back().await.into_fault(),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::to_come;

    #[test]
    fn what_is_only_tried_is_said_as_something_to_come() {
        for (done, to_come_is) in [
            ("Created the project “Fair”", "Create the project “Fair”"),
            ("Opened again “Moved house”", "Open again “Moved house”"),
            ("Put “Fair” into the trash", "Put “Fair” into the trash"),
            ("Moved", "Move"),
            ("", ""),
        ] {
            assert_eq!(to_come(done), to_come_is);
        }
    }
}
