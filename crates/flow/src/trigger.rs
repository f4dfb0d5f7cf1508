//! What starts a flow.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json::{put_any_text, put_flag, put_text, sorted, take_any_text, take_flag, take_text};
use crate::shell::{put_call, put_settings, take_call, take_settings};
use crate::{Map, PieceCall};

/// What starts a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// What expressions call it by: `trigger`.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// Whether its settings are complete, as last told by who edited it.
    pub valid: Option<bool>,
    /// What it waits for.
    pub kind: TriggerKind,
    /// What else its settings say.
    pub settings: Map,
    /// What else it says.
    pub extra: Map,
}

/// What a flow waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum TriggerKind {
    /// Nothing was chosen yet.
    Empty,
    /// A trigger of a piece.
    Piece(PieceCall),
    /// Something that this version does not know: kept as it is.
    Other(String),
}

impl Trigger {
    /// The name that triggers have.
    pub const NAME: &'static str = "trigger";

    /// A trigger that waits for nothing yet.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            name: Self::NAME.to_owned(),
            display_name: "Select Trigger".to_owned(),
            valid: Some(false),
            kind: TriggerKind::Empty,
            settings: Map::new(),
            extra: Map::new(),
        }
    }

    /// A trigger of a piece.
    #[must_use]
    pub fn piece(display_name: impl Into<String>, call: PieceCall) -> Self {
        Self { display_name: display_name.into(), valid: Some(true), kind: TriggerKind::Piece(call), ..Self::empty() }
    }

    /// What a piece trigger calls.
    #[must_use]
    pub fn call(&self) -> Option<&PieceCall> {
        match &self.kind {
            TriggerKind::Piece(call) => Some(call),
            TriggerKind::Empty | TriggerKind::Other(_) => None,
        }
    }

    /// Where a server keeps what the last test brought.
    #[must_use]
    pub fn sample_data(&self) -> Option<&Value> {
        self.settings.get("sampleData")
    }

    pub(crate) fn from_map(mut map: Map) -> Self {
        let name = take_any_text(&mut map, "name");
        let display_name = take_any_text(&mut map, "displayName");
        let valid = take_flag(&mut map, "valid");
        let word = take_text(&mut map, "type");
        let (kind, settings) = match word.as_str() {
            "EMPTY" => (TriggerKind::Empty, take_settings(&mut map)),
            "PIECE_TRIGGER" => {
                let mut settings = take_settings(&mut map);
                (TriggerKind::Piece(take_call(&mut settings, "triggerName")), settings)
            }
            _ => (TriggerKind::Other(word), Map::new()),
        };
        Self { name, display_name, valid, kind, settings, extra: map }
    }

    pub(crate) fn to_map(&self) -> Map {
        let mut map = self.extra.clone();
        put_any_text(&mut map, "name", &self.name);
        put_any_text(&mut map, "displayName", &self.display_name);
        put_flag(&mut map, "valid", self.valid);
        let mut settings = self.settings.clone();
        match &self.kind {
            TriggerKind::Empty => {
                put_text(&mut map, "type", "EMPTY");
                put_settings(&mut map, settings);
            }
            TriggerKind::Piece(call) => {
                put_text(&mut map, "type", "PIECE_TRIGGER");
                put_call(&mut settings, "triggerName", call);
                put_settings(&mut map, settings);
            }
            TriggerKind::Other(word) => put_text(&mut map, "type", word),
        }
        sorted(map)
    }
}

impl Serialize for Trigger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_map().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from_map)
    }
}
