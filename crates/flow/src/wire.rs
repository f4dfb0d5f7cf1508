//! The form in which Activepieces keeps a flow: each step holds the next, so that a flow of a thousand steps is a thousand
//! levels deep. Read and written with a stack of our own, at any depth.
//!
//! Lossless: what was read and not changed is written as the same JSON value, keys that we do not know included, null and
//! absence told apart. It knows nothing of HTTP.
//!
//! A reply that holds flows among other things (a page of them, a run with its version) is taken apart with `RawValue` for
//! each flow: serde_json passes over those without a limit on depth, and [`read`] reads them.

mod operations;
mod read;
mod requests;
mod write;

use std::fmt;

use serde_json::Value;

use crate::json::{list, object, put_any_text, put_some, sorted, take_any_text, take_word};
use crate::shell;
use crate::{Chain, Document, Flow, Map, Note, Record, SchemaVersion, State, Step, Trigger};

pub use operations::read_op;
pub use read::DATA_LEVELS;
pub use requests::requests;

/// What a clipboard says that it carries.
const CLIP: &str = "COPY_ACTIONS";

/// Why a text is not a flow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct WireFault {
    /// Where in the text, in bytes.
    pub at: usize,
    /// What is wrong and what to do: a sentence.
    pub message: String,
}

impl fmt::Display for WireFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Reads a flow with its record, a version alone, or the body of an import: whichever it is.
///
/// A flow of a later schema is read too; [`Flow::read_only`] then tells why it must not be changed.
///
/// # Errors
/// If the text is not JSON, has no trigger, or nests plain data deeper than [`DATA_LEVELS`].
pub fn read(text: &str) -> Result<Flow, WireFault> {
    let found = read::flow(text)?;
    let none = || WireFault { at: 0, message: "This is no flow: it has no trigger. Export the flow anew.".to_owned() };
    let trigger = Trigger::from_map(found.trigger.ok_or_else(none)?);
    // The reader tells only of places that it has seen; `build` can find no other.
    let steps = shell::build(found.steps).ok_or_else(none)?;
    Ok(match found.version {
        Some(version) => flow_from(version, trigger, steps, Record::from_map(found.root)),
        None => flow_from(found.root, trigger, steps, Record::default()),
    })
}

/// Reads one step with all that it holds; those behind it follow in the chain.
///
/// # Errors
/// If the text is not JSON, not an object, or nests plain data deeper than [`DATA_LEVELS`].
pub fn read_steps(text: &str) -> Result<Chain, WireFault> {
    let found = read::steps(text)?;
    shell::build(found).ok_or_else(|| WireFault { at: 0, message: "This is no step.".to_owned() })
}

/// Writes the version alone.
#[must_use]
pub fn write_version(flow: &Flow) -> String {
    write::version(&version_map(flow), &flow.trigger, &flow.steps, None)
}

/// Writes the version within its record, as a server answers.
#[must_use]
pub fn write_flow(flow: &Flow) -> String {
    write::version(&version_map(flow), &flow.trigger, &flow.steps, Some(&flow.record.to_map()))
}

/// Writes what an import takes.
#[must_use]
pub fn write_document(document: &Document) -> String {
    let mut map = Map::new();
    put_any_text(&mut map, "displayName", &document.display_name);
    // Without it a server would take the flow for an old one and rewrite every expression in it.
    put_some(&mut map, "schemaVersion", document.schema.number().map(|number| number.to_string()));
    map.insert("notes".to_owned(), notes_to_value(&document.notes));
    write::version(&map, &document.trigger, &document.steps, None)
}

/// Writes one step with all that it holds.
#[must_use]
pub fn write_step(step: &Step) -> String {
    write::steps(std::slice::from_ref(step))
}

/// Writes what a clipboard carries.
pub(crate) fn write_clip(actions: &[String], schema: SchemaVersion) -> String {
    let schema = schema.number().map(|number| number.to_string());
    format!("{{\"type\":\"{CLIP}\",\"schemaVersion\":{},\"actions\":[{}]}}", Value::from(schema), actions.join(","))
}

/// Reads what a clipboard carries, and the version of the format that it was copied in: the latest if nothing is said.
pub(crate) fn read_clip(text: &str) -> Result<(Chain, SchemaVersion), WireFault> {
    let mut found = read::clip(text)?;
    let fault = || WireFault { at: 0, message: "These are no steps.".to_owned() };
    if found.root.get("type").and_then(Value::as_str) != Some(CLIP) {
        return Err(fault());
    }
    let schema = take_word(&mut found.root, "schemaVersion", SchemaVersion::from_word).unwrap_or(SchemaVersion::LATEST);
    Ok((shell::build(found.steps).ok_or_else(fault)?, schema))
}

/// What a version says beside its trigger and steps.
pub(crate) fn version_map(flow: &Flow) -> Map {
    let mut map = flow.extra.clone();
    put_any_text(&mut map, "displayName", &flow.display_name);
    put_some(&mut map, "schemaVersion", flow.schema.number().map(|number| number.to_string()));
    put_some(&mut map, "state", flow.state.map(State::word));
    if !flow.notes.is_empty() {
        map.insert("notes".to_owned(), notes_to_value(&flow.notes));
    }
    sorted(map)
}

pub(crate) fn flow_from(mut version: Map, trigger: Trigger, steps: Chain, record: Record) -> Flow {
    Flow {
        display_name: take_any_text(&mut version, "displayName"),
        trigger,
        steps,
        notes: take_notes(&mut version),
        schema: take_word(&mut version, "schemaVersion", SchemaVersion::from_word).unwrap_or(SchemaVersion::UNSAID),
        state: take_word(&mut version, "state", State::from_word),
        record,
        extra: version,
    }
}

/// The notes, if all of them have a shape we know; otherwise they are left where they are.
fn take_notes(version: &mut Map) -> Vec<Note> {
    let is_note = |note: &Value| note.get("id").and_then(Value::as_str).is_some_and(|id| !id.is_empty());
    match version.get("notes") {
        Some(Value::Array(notes)) if !notes.is_empty() && notes.iter().all(is_note) => {}
        _ => return Vec::new(),
    }
    let notes = version.remove("notes").and_then(list).unwrap_or_default();
    notes.into_iter().filter_map(object).map(Note::from_map).collect()
}

fn notes_to_value(notes: &[Note]) -> Value {
    Value::Array(notes.iter().map(|note| Value::Object(note.to_map())).collect())
}
