//! The version of the flow format, and what follows from it.

use serde::{Deserialize, Serialize};

/// The version of the format that a flow is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchemaVersion(Option<u32>);

/// How expressions reach what a step brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Syntax {
    /// `step_1['total']`: up to version 21.
    Bare,
    /// `step_1['output']['total']` and `step_1['error']['message']`: from version 22.
    Wrapped,
}

impl SchemaVersion {
    /// The last version that we know.
    pub const LATEST: Self = Self(Some(22));
    /// A flow that does not say its version.
    pub const UNSAID: Self = Self(None);

    /// The version of this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(Some(number))
    }

    /// Its number, if one is said.
    #[must_use]
    pub const fn number(self) -> Option<u32> {
        self.0
    }

    /// How expressions are written in it; `None` if we cannot know.
    #[must_use]
    pub fn syntax(self) -> Option<Syntax> {
        match self.0 {
            Some(number) if number <= 21 => Some(Syntax::Bare),
            Some(_) if self <= Self::LATEST => Some(Syntax::Wrapped),
            _ => None,
        }
    }

    /// Why a flow of this version must not be changed here, if so.
    #[must_use]
    pub fn read_only(self) -> Option<String> {
        let latest = Self::LATEST.0.unwrap_or_default();
        match self.0 {
            None => Some(
                "This flow does not say which version of the format it is written in, so it can be read and not changed. \
                 Open it once in Activepieces and save it there."
                    .to_owned(),
            ),
            Some(number) if number > latest => Some(format!(
                "This flow is written in version {number} of the format, and this app knows up to {latest}, so it can be \
                 read and not changed. Update the app to change it here."
            )),
            Some(_) => None,
        }
    }

    /// Only what is written exactly as we would write it.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let number = word.parse::<u32>().ok()?;
        (number.to_string() == word).then_some(Self(Some(number)))
    }
}
