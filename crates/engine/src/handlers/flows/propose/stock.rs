//! What edits are made of: pieces by the words that a model has for them, their fields, and the connections that there are.
//!
//! Pure. What is not there is a sentence that names what is.

use contract::Connection;
use flow::piece::{Operation, Ordered, PieceMetadata, Property, PropertyKind};
use flow::{Map, PieceCall};
use serde_json::{Value, json};

/// So many names are told of what there is.
const NAMED: usize = 12;

/// Pieces and connections of a workspace.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stock<'a> {
    /// The pieces, described.
    pub(crate) pieces: &'a [PieceMetadata],
    /// The connections, where the automation runs.
    pub(crate) connections: &'a [Connection],
}

/// What of a piece is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Trigger,
    Action,
}

impl Side {
    fn of(self, piece: &PieceMetadata) -> &Ordered<Operation> {
        match self {
            Self::Trigger => &piece.triggers,
            Self::Action => &piece.actions,
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Action => "action",
        }
    }
}

/// The name of a piece without what all names begin with.
pub(super) fn short(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name).trim_start_matches("piece-")
}

fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

fn named<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let more = names.len().saturating_sub(NAMED);
    let shown = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

impl<'a> Stock<'a> {
    /// The piece that is called so: by its name, its name in short, or as people call it.
    pub(super) fn piece(self, given: &str) -> Result<&'a PieceMetadata, String> {
        let by = |is: &dyn Fn(&PieceMetadata) -> bool| self.pieces.iter().find(|piece| is(piece));
        by(&|piece| piece.name == given.trim())
            .or_else(|| by(&|piece| same(short(&piece.name), short(given.trim()))))
            .or_else(|| by(&|piece| same(&piece.display_name, given)))
            .ok_or_else(|| {
                let known = named(self.pieces.iter().map(|piece| short(&piece.name)));
                format!("there is no piece “{given}”. There are {known}; `piece.find` tells what they do")
            })
    }

    /// What is called so of a piece.
    pub(super) fn operation(self, piece: &'a PieceMetadata, given: &str, side: Side) -> Result<&'a Operation, String> {
        let all = side.of(piece);
        let label = || all.iter().map(|(_, found)| found).find(|found| same(&found.display_name, given));
        all.get(given.trim()).or_else(label).ok_or_else(|| {
            let known = named(all.iter().map(|(name, _)| name.as_str()));
            let (noun, label) = (side.noun(), &piece.display_name);
            match known.as_str() {
                "" => format!("{label} has no {noun}. Choose another piece"),
                known => format!("{label} has no {noun} “{given}”. It has {known}"),
            }
        })
    }

    /// A call of an operation with these fields: what is left out is as the piece says, and of connections the only one.
    pub(super) fn call(self, piece: &PieceMetadata, operation: &Operation, given: &Map) -> Result<PieceCall, String> {
        let mut input = Map::new();
        for (name, property) in operation.props.iter() {
            if let Some(usual) = &property.default_value {
                input.insert(name.clone(), usual.clone());
            }
        }
        let mut call = PieceCall {
            piece: piece.name.clone(),
            version: piece.version.clone(),
            operation: operation.name.clone(),
            input,
            property_settings: Map::new(),
        };
        if operation.require_auth
            && !piece.auth.is_empty()
            && let [one] = self.connections_of(&piece.name).as_slice()
        {
            call.input.insert("auth".to_owned(), reached(one).into());
        }
        fill(&mut call, operation, given)?;
        Ok(call)
    }

    /// What the piece of a call says of it.
    pub(super) fn described(self, call: &PieceCall, side: Side) -> Result<&'a Operation, String> {
        let piece = self.piece(&call.piece)?;
        self.operation(piece, &call.operation, side)
    }

    fn connections_of(self, piece: &str) -> Vec<&'a Connection> {
        let usable = |one: &&Connection| one.piece == piece && one.fault.is_none();
        self.connections.iter().filter(usable).collect()
    }

    /// What a step's `auth` is for the connection of this label.
    pub(super) fn connection(self, piece: &str, label: &str) -> Result<String, String> {
        let of_piece: Vec<&Connection> = self.connections.iter().filter(|one| one.piece == piece).collect();
        let found = of_piece.iter().find(|one| same(&one.label, label) || one.key == label.trim());
        found.map(|one| reached(one)).ok_or_else(|| {
            let known = named(of_piece.iter().map(|one| one.label.as_str()));
            match known.as_str() {
                "" => format!("there is no connection for {}. The person has to connect it first", short(piece)),
                known => format!("there is no connection “{label}” for {}. There are {known}", short(piece)),
            }
        })
    }
}

fn reached(connection: &Connection) -> String {
    format!("{{{{connections['{}']}}}}", connection.key)
}

/// Sets fields of a call: null clears one, and one that the piece does not ask for is refused.
pub(super) fn fill(call: &mut PieceCall, operation: &Operation, given: &Map) -> Result<(), String> {
    for (key, value) in given {
        if key == "auth" {
            return Err("a connection is chosen with the edit `connect`, by its label".to_owned());
        }
        let by_label = || operation.props.iter().find(|(_, property)| same(&property.display_name, key));
        let exact = operation.props.iter().find(|(name, _)| name == key);
        let Some((name, property)) = exact.or_else(by_label) else {
            let known = named(operation.props.iter().map(|(name, _)| name.as_str()));
            return Err(match known.as_str() {
                "" => format!("{} asks for no fields", operation.display_name),
                known => format!("{} has no field “{key}”. It has {known}", operation.display_name),
            });
        };
        if value.is_null() {
            call.input.remove(name);
        } else {
            call.input.insert(name.clone(), chosen(property, value));
        }
    }
    for (name, property) in operation.props.iter() {
        let kind =
            if call.input.get(name).is_some_and(|value| is_typed_over(property, value)) { "DYNAMIC" } else { "MANUAL" };
        match call.property_settings.get_mut(name).and_then(Value::as_object_mut) {
            Some(kept) => drop(kept.insert("type".to_owned(), json!(kind))),
            None => drop(call.property_settings.insert(name.clone(), json!({ "type": kind }))),
        }
    }
    Ok(())
}

/// The value of a choice, where what people read was given for it.
fn chosen(property: &Property, value: &Value) -> Value {
    let choices = property.options.as_ref().map_or(&[][..], |options| options.options.as_slice());
    if choices.iter().any(|choice| choice.value == *value) {
        return value.clone();
    }
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(several) => return several.iter().map(|one| chosen(property, one)).collect(),
        Value::Null | Value::Bool(_) | Value::Object(_) => return value.clone(),
    };
    let spoken = |choice: &Value| choice.as_str().map_or_else(|| choice.to_string(), str::to_owned);
    let found = choices.iter().find(|choice| same(&choice.label, &text) || same(&spoken(&choice.value), &text));
    found.map_or_else(|| value.clone(), |choice| choice.value.clone())
}

/// Whether an expression stands where a person would use a control.
fn is_typed_over(property: &Property, value: &Value) -> bool {
    let is_text = matches!(
        property.kind,
        PropertyKind::ShortText | PropertyKind::LongText | PropertyKind::Json | PropertyKind::Object
    );
    !is_text && value.as_str().is_some_and(|text| text.contains("{{"))
}
