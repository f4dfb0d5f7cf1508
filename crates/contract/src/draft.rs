//! What was decided in Basecamp, and texts that say nothing but what their sources say.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{PersonId, Row};

/// A sentence in which something was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decided {
    /// The sentence as it was written, white space squeezed; at most 400 characters.
    pub quote: String,
    /// Where it stands.
    pub item: Row,
    /// Who wrote the item.
    pub author: Option<PersonId>,
    /// When the item was made.
    pub at: Timestamp,
}

/// A text whose sentences were checked against their sources.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Draft {
    /// What the text is called. It is not checked: a title claims nothing.
    pub title: String,
    /// The sentences that hold, in the order given.
    pub sentences: Vec<Proven>,
    /// The sentences that were left out, in the order given.
    pub dropped: Vec<Dropped>,
}

/// A sentence whose numbers, days and names stand in its sources.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proven {
    /// The sentence.
    pub text: String,
    /// Those of its sources that there are, in the order given, each once.
    pub sources: Vec<Row>,
}

/// A sentence that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dropped {
    /// The sentence.
    pub text: String,
    /// Why: the number, the day, the name or the source at fault.
    pub why: String,
}
