//! What must hold of every flow, whatever was done to it.

use std::collections::HashSet;

use crate::{Chain, Flow, Index, Kind, Map, Note, Step, Trigger, is_name};

/// What does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unsound {
    /// The step, if it is one's.
    pub step: Option<String>,
    /// What is wrong: a sentence.
    pub message: String,
}

impl Unsound {
    fn of(step: &str, message: String) -> Self {
        Self { step: Some(step.to_owned()), message }
    }
}

/// Checks that names are allowed and unique, that each router has its fallback last and only once, that notes have an id
/// each, and that nothing is left over that would be written as a step.
///
/// # Errors
/// The first thing that does not hold.
pub fn check_sound(flow: &Flow) -> Result<(), Unsound> {
    check_document(&flow.trigger, &flow.steps, &flow.notes)?;
    if flow.has_unread_notes() {
        return Err(Unsound { step: None, message: "The notes have a shape that is unknown here.".to_owned() });
    }
    Ok(())
}

pub(crate) fn check_document(trigger: &Trigger, steps: &Chain, notes: &[Note]) -> Result<(), Unsound> {
    if trigger.name != Trigger::NAME {
        let message = format!("The trigger is called {:?}; it has to be called `trigger`.", trigger.name);
        return Err(Unsound::of(&trigger.name, message));
    }
    no_leftover(&trigger.name, &trigger.extra, &["nextAction"])?;
    let mut names = HashSet::from([trigger.name.as_str()]);
    for visit in steps.walk() {
        let step = visit.step;
        if !is_name(&step.name) {
            let message =
                format!("A step cannot be called {:?}: use letters, digits and `_`, and no digit first.", step.name);
            return Err(Unsound::of(&step.name, message));
        }
        if !names.insert(&step.name) {
            return Err(Unsound::of(&step.name, format!("Two steps are called {}.", step.name)));
        }
        check_step(step)?;
    }
    let mut ids = HashSet::new();
    match notes.iter().find(|note| note.id.is_empty() || !ids.insert(note.id.as_str())) {
        Some(note) => {
            Err(Unsound { step: None, message: format!("Two notes have the id {:?}, or it is none.", note.id) })
        }
        None => Ok(()),
    }
}

pub(crate) fn check_step(step: &Step) -> Result<(), Unsound> {
    no_leftover(&step.name, &step.extra, &["nextAction", "firstLoopAction"])?;
    let Kind::Router(router) = &step.kind else { return Ok(()) };
    let last = router.branches.len().saturating_sub(1);
    for (number, branch) in router.branches.iter().enumerate() {
        if branch.is_fallback() && number != last {
            let message =
                format!("Branch {} of {} is the fallback, and the fallback has to be the last.", number + 1, step.name);
            return Err(Unsound::of(&step.name, message));
        }
    }
    Ok(())
}

/// A key of the wire that holds steps may be kept only when it is null: anything else would be written beside our own.
fn no_leftover(step: &str, extra: &Map, keys: &[&str]) -> Result<(), Unsound> {
    match keys.iter().find(|key| extra.get(**key).is_some_and(|value| !value.is_null())) {
        Some(key) => Err(Unsound::of(step, format!("{step} has a {key} that is no step."))),
        None => Ok(()),
    }
}

impl Index<'_> {
    /// Whether every step has a name of its own.
    #[must_use]
    pub fn is_unambiguous(&self) -> bool {
        self.names() == self.entries().len() && self.number(self.trigger()).is_none()
    }
}
