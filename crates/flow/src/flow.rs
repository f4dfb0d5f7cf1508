//! A flow: what starts it, its steps, its notes, and what a server says around them.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{Chain, Map, Note, Record, SchemaVersion, State, Trigger, wire};

/// One version of an automation, and the record that it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// What people call it.
    pub display_name: String,
    /// What starts it.
    pub trigger: Trigger,
    /// What it does.
    pub steps: Chain,
    /// The sticky notes, from back to front.
    pub notes: Vec<Note>,
    /// The version of the format.
    pub schema: SchemaVersion,
    /// Whether this version may be changed; `None` if nobody said.
    pub state: Option<State>,
    /// Where it is filed, whose it is, whether it runs.
    pub record: Record,
    /// What else this version says: its id, dates, who changed it.
    pub extra: Map,
}

/// What a person edits of a flow: all that an import replaces, and all that two versions are compared by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What people call it.
    pub display_name: String,
    /// What starts it.
    pub trigger: Trigger,
    /// What it does.
    pub steps: Chain,
    /// The sticky notes, from back to front.
    pub notes: Vec<Note>,
    /// The version of the format.
    pub schema: SchemaVersion,
}

impl Flow {
    /// An automation with nothing in it, in the latest format that we know.
    #[must_use]
    pub fn new(display_name: impl Into<String>) -> Self {
        Self {
            display_name: display_name.into(),
            trigger: Trigger::empty(),
            steps: Chain::new(),
            notes: Vec::new(),
            schema: SchemaVersion::LATEST,
            state: Some(State::Draft),
            record: Record::default(),
            extra: Map::new(),
        }
    }

    /// A copy of what a person edits.
    #[must_use]
    pub fn document(&self) -> Document {
        Document {
            display_name: self.display_name.clone(),
            trigger: self.trigger.clone(),
            steps: self.steps.clone(),
            notes: self.notes.clone(),
            schema: self.schema,
        }
    }

    /// Puts `document` in place of what a person edits, and returns what was there.
    pub fn replace_document(&mut self, document: Document) -> Document {
        let Document { display_name, trigger, steps, notes, schema } = document;
        Document {
            display_name: std::mem::replace(&mut self.display_name, display_name),
            trigger: std::mem::replace(&mut self.trigger, trigger),
            steps: std::mem::replace(&mut self.steps, steps),
            notes: std::mem::replace(&mut self.notes, notes),
            schema: std::mem::replace(&mut self.schema, schema),
        }
    }

    /// Why this flow must not be changed here, if so: a sentence with the next step.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        self.schema.read_only()
    }

    /// Whether there are notes of a shape that we cannot read; they are kept as they are.
    pub(crate) fn has_unread_notes(&self) -> bool {
        match self.extra.get("notes") {
            None | Some(Value::Null) => false,
            Some(Value::Array(notes)) => !notes.is_empty(),
            Some(_) => true,
        }
    }

    /// The id of this version, if a server gave one.
    #[must_use]
    pub fn version_id(&self) -> Option<&str> {
        self.extra.get("id")?.as_str()
    }

    /// The id of the flow, if a server gave one.
    #[must_use]
    pub fn flow_id(&self) -> Option<&str> {
        self.record.extra.get("id").or_else(|| self.extra.get("flowId"))?.as_str()
    }
}

impl From<Document> for Flow {
    fn from(document: Document) -> Self {
        let mut flow = Self::new("");
        flow.replace_document(document);
        flow
    }
}

/// The stored form: flat, so that no reader's limit on depth is met.
#[derive(Serialize, Deserialize)]
struct Stored {
    version: Map,
    trigger: Trigger,
    steps: Chain,
    record: Map,
}

impl Serialize for Flow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let stored = Stored {
            version: wire::version_map(self),
            trigger: self.trigger.clone(),
            steps: self.steps.clone(),
            record: self.record.to_map(),
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Flow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = Stored::deserialize(deserializer)?;
        if stored.trigger.name.is_empty() {
            return Err(D::Error::custom("the trigger has no name"));
        }
        Ok(wire::flow_from(stored.version, stored.trigger, stored.steps, Record::from_map(stored.record)))
    }
}
