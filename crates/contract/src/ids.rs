//! Identifiers. Basecamp's are 64-bit and exceed 2^53, so they travel as strings and never become JavaScript numbers.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transparent))]
        pub struct $name(#[cfg_attr(feature = "schema", schemars(with = "String"))] pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.trim().parse().map(Self)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Digits).map(Self)
            }
        }
    )*};
}

id! {
    /// A project; Basecamp calls it a bucket.
    ProjectId;
    /// A person in a Basecamp account.
    PersonId;
    /// Anything that lives in a project. Negative while it exists here only and Basecamp has not named it yet.
    RecordingId;
    /// An entry of Basecamp's activity.
    ActivityId;
    /// A workspace of this installation.
    WorkspaceId;
    /// A sign-in of this installation: a token or an OAuth grant.
    SignInId;
    /// Changes that were made together, and are undone together.
    ChangeSetId;
    /// One change of one record.
    ChangeId;
    /// A conversation with the assistant.
    ConversationId;
    /// A turn of a conversation: what the person said, and all that is done to answer it. Stopping a turn begins the next number.
    TurnId;
    /// A call in a conversation. Numbered here and never again given: models repeat the names that they give to calls.
    CallId;
    /// An approval that is remembered.
    GrantId;
    /// Something to remember.
    MemoryId;
    /// A model that can be spoken with; 0 is the built-in assistant.
    ModelId;
    /// What was done before, kept under a name.
    RecipeId;
    /// An automation.
    FlowId;
    /// A run of an automation.
    RunId;
    /// Whose account the steps of automations act with.
    ConnectionId;
    /// A table that automations write into.
    TableId;
    /// A column of such a table.
    ColumnId;
    /// A row of such a table.
    RowId;
}

impl ModelId {
    /// The built-in assistant, which needs no key and no network.
    pub const BUILT_IN: Self = Self(0);
}

impl RecordingId {
    /// True until Basecamp has answered the create and given the record its own id.
    #[must_use]
    pub fn is_local(self) -> bool {
        self.0 < 0
    }
}

struct Digits;

impl de::Visitor<'_> for Digits {
    type Value = i64;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 64-bit id, as a number or as a string of digits")
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(value), &self))
    }
    fn visit_str<E: de::Error>(self, value: &str) -> Result<i64, E> {
        value.trim().parse().map_err(|_| E::invalid_value(de::Unexpected::Str(value), &self))
    }
}
