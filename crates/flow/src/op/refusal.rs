//! Why a change was not made.

use serde::{Deserialize, Serialize};

use crate::{Place, Unsound};

/// Why a change was not made: nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The step that it is about.
    pub step: Option<String>,
    /// The field of it.
    pub field: Option<String>,
    /// What is wrong and what to do: a sentence.
    pub message: String,
}

impl Refusal {
    pub(crate) fn of(step: &str, field: &str, message: String) -> Self {
        Self { step: Some(step.to_owned()), field: Some(field.to_owned()), message }
    }

    pub(crate) fn step(step: &str, message: String) -> Self {
        Self { step: Some(step.to_owned()), field: None, message }
    }

    pub(crate) fn flow(message: impl Into<String>) -> Self {
        Self { step: None, field: None, message: message.into() }
    }

    pub(crate) fn no_step(name: &str) -> Self {
        Self::step(
            name,
            format!("There is no step {name} in this flow. It may have been deleted: look at the flow again."),
        )
    }

    pub(crate) fn no_place(place: &Place) -> Self {
        let message = format!("There is no place {place}. Choose one of the `+` of the flow.");
        Self::of(&place.parent, "place", message)
    }
}

impl From<Unsound> for Refusal {
    fn from(unsound: Unsound) -> Self {
        Self { step: unsound.step, field: None, message: unsound.message }
    }
}
