//! What a piece is to the interpreter, and which there are.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use flow::piece::{Operation, Options, Ordered, PieceMetadata, Property, PropertyKind};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::event::{Delivery, Response, Wait};
use crate::{Failure, Hidden, Key, Map, RunId, value};

/// Something that flows can use: actions, and the description that forms are drawn from.
#[async_trait]
pub trait Piece: Send + Sync {
    /// What it can do and asks for, as Activepieces describes pieces.
    fn describe(&self) -> PieceMetadata;

    /// What may be done if nothing more is heard of an action.
    fn delivery(&self, action: &str, input: &Map) -> Delivery;

    /// Does an action.
    ///
    /// # Errors
    /// Why it failed; marked as in doubt if the effect may have happened.
    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure>;

    /// What can be chosen for a property, or which fields a dynamic one has. Nothing unless the piece says otherwise.
    ///
    /// # Errors
    /// Why that cannot be told, as a sentence.
    async fn options(&self, ask: &Ask<'_>) -> Result<Choices, Failure> {
        let _ = ask;
        Ok(Choices::Dropdown(Options::default()))
    }
}

/// A request to do an action.
pub struct Call<'c> {
    /// Which.
    pub action: &'c str,
    /// What it is given: expressions have become values.
    pub input: &'c Map,
    /// What its effect is known by.
    pub key: &'c Key,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// The run.
    pub run: &'c RunId,
    /// The step.
    pub step: &'c str,
    /// The instant that it is.
    pub now: Timestamp,
    hidden: Mutex<Hidden>,
}

/// What an action brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// This; the flow goes on.
    Done(Value),
    /// This, and an answer to who started the run; the flow goes on.
    Respond(Value, Response),
    /// This, and an answer to who started the run; the run ends well.
    Stop(Value, Response),
    /// This so far; the flow goes on when something outside has happened.
    Wait(Value, Wait),
    /// This so far, and an answer to who started the run; the flow goes on when something outside has happened.
    RespondAndWait(Value, Response, Wait),
}

/// A question for what can be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The action or trigger.
    pub operation: &'a str,
    /// The property.
    pub property: &'a str,
    /// What the form holds.
    pub input: &'a Map,
    /// What was typed to search.
    pub search: Option<&'a str>,
}

/// What can be chosen, in the form in which Activepieces answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Choices {
    /// Values for a dropdown.
    Dropdown(Options),
    /// Fields for a dynamic property.
    Dynamic(Ordered<Property>),
}

impl Serialize for Choices {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Dropdown(options) => json!({ "type": "DROPDOWN", "options": options }).serialize(serializer),
            Self::Dynamic(fields) => json!({ "type": "DYNAMIC", "options": fields }).serialize(serializer),
        }
    }
}

impl<'c> Call<'c> {
    /// A call of an action.
    #[must_use]
    pub fn new(action: &'c str, input: &'c Map, key: &'c Key, run: &'c RunId, step: &'c str, now: Timestamp) -> Self {
        Self { action, input, key, attempt: 1, run, step, now, hidden: Mutex::default() }
    }

    /// Has a text taken out of all that is kept of the step: a header made of a password, say.
    pub fn hide(&self, text: &str) {
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).hide_text(text);
    }

    /// The same call as a further attempt, from 1.
    #[must_use]
    pub fn attempt(mut self, attempt: u32) -> Self {
        self.attempt = attempt;
        self
    }

    pub(crate) fn with_hidden(mut self, hidden: Hidden) -> Self {
        self.hidden = Mutex::new(hidden);
        self
    }

    pub(crate) fn hidden(&self) -> Hidden {
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was given for a property; `None` for nothing.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<&Value> {
        self.input.get(name).filter(|value| !is_nothing(value))
    }

    /// A member of what was given for a property: of an object, a connection or dynamic fields.
    #[must_use]
    pub fn within(&self, name: &str, member: &str) -> Option<&Value> {
        self.given(name)?.get(member).filter(|value| !is_nothing(value))
    }

    /// What was given as a text; empty for nothing.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.given(name).map(value::render).unwrap_or_default()
    }

    /// What was given as a number.
    ///
    /// # Errors
    /// If it is something else.
    pub fn number(&self, name: &str) -> Result<Option<f64>, Failure> {
        let number = |given| value::amount(given).ok_or_else(|| not_a(name, "number", given));
        self.given(name).map(number).transpose()
    }

    /// What was given as yes or no; no for nothing.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.given(name).is_some_and(|given| given.as_str().map_or(value::is_true(given), |text| text == "true"))
    }

    /// What was given as a list: a list, the JSON of one, or a single value.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<Value> {
        let Some(given) = self.given(name) else { return Vec::new() };
        let read = given.as_str().and_then(|text| serde_json::from_str::<Vec<Value>>(text).ok());
        read.or_else(|| given.as_array().cloned()).unwrap_or_else(|| vec![given.clone()])
    }

    /// What was given as names and values: an object or the JSON of one.
    ///
    /// # Errors
    /// If it is something else.
    pub fn object(&self, name: &str) -> Result<Map, Failure> {
        let Some(given) = self.given(name) else { return Ok(Map::new()) };
        let read = given.as_str().and_then(|text| serde_json::from_str::<Map>(text).ok());
        read.or_else(|| given.as_object().cloned()).ok_or_else(|| not_a(name, "set of names and values", given))
    }

    /// What was given as JSON: a text is read.
    ///
    /// # Errors
    /// If the text is no JSON.
    pub fn json(&self, name: &str) -> Result<Value, Failure> {
        match self.given(name) {
            None => Ok(Value::Null),
            Some(Value::String(text)) => serde_json::from_str(text).map_err(|error| {
                Failure::new(format!(
                    "{name} is no JSON (line {}, column {}). Correct it.",
                    error.line(),
                    error.column()
                ))
            }),
            Some(given) => Ok(given.clone()),
        }
    }
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

fn not_a(name: &str, what: &str, given: &Value) -> Failure {
    let kind = match given {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Failure::new(format!("{name} has to be a {what} and is {kind}. Open the step and give another value."))
}

/// The pieces that there are.
#[derive(Clone, Default)]
pub struct Catalog {
    pieces: Vec<(PieceMetadata, Arc<dyn Piece>)>,
}

impl Catalog {
    /// These pieces. Of two with one name, the later counts.
    #[must_use]
    pub fn new(pieces: impl IntoIterator<Item = Arc<dyn Piece>>) -> Self {
        let mut catalog = Self::default();
        for piece in pieces {
            let described = piece.describe();
            catalog.pieces.retain(|(known, _)| known.name != described.name);
            catalog.pieces.push((described, piece));
        }
        catalog
    }

    /// What each piece says of itself.
    pub fn described(&self) -> impl Iterator<Item = &PieceMetadata> {
        self.pieces.iter().map(|(described, _)| described)
    }

    /// What the piece of this name says of itself.
    #[must_use]
    pub fn metadata(&self, name: &str) -> Option<&PieceMetadata> {
        self.described().find(|described| described.name == name)
    }

    /// The piece and the action, if both are there.
    pub(crate) fn action(&self, piece: &str, action: &str) -> Result<(&Operation, &Arc<dyn Piece>), Failure> {
        let found = self.pieces.iter().find(|(described, _)| described.name == piece);
        let (described, found) = found.ok_or_else(|| {
            Failure::new(format!(
                "The piece {piece} does not run in this app. Run the flow on an Activepieces server, or replace the step."
            ))
            .named("PieceNotFound")
        })?;
        let operation = described.actions.get(action).ok_or_else(|| {
            Failure::new(format!(
                "{} has no action {action} in this app. Open the step and choose another.",
                described.display_name
            ))
            .named("ActionNotFound")
        })?;
        Ok((operation, found))
    }

    /// What can be chosen for a property, as Activepieces answers. A piece that cannot tell gives a dropdown in which
    /// nothing can be chosen, with the reason in it.
    pub async fn options(&self, piece: &str, ask: &Ask<'_>) -> Choices {
        let Some((described, piece)) = self.pieces.iter().find(|(described, _)| described.name == piece) else {
            return nothing_to_choose(format!("The piece {piece} does not run in this app."));
        };
        let operations = [&described.actions, &described.triggers];
        let property = operations.iter().find_map(|found| found.get(ask.operation)?.props.get(ask.property));
        let Some(property) = property else {
            return nothing_to_choose(format!("{} has no field {}.", ask.operation, ask.property));
        };
        if let Some(options) = &property.options {
            return Choices::Dropdown(options.clone());
        }
        match piece.options(ask).await {
            Ok(choices) => choices,
            Err(_) if property.kind == PropertyKind::Dynamic => Choices::Dynamic(Ordered::default()),
            Err(failure) => nothing_to_choose(failure.message),
        }
    }
}

/// A dropdown in which nothing can be chosen as yet.
#[must_use]
pub fn nothing_to_choose(why: impl Into<String>) -> Choices {
    Choices::Dropdown(Options { options: Vec::new(), disabled: true, placeholder: Some(why.into()) })
}

/// What an action asks for and was not given.
pub(crate) fn missing(operation: &Operation, input: &Map) -> Option<Failure> {
    let is_missing = |(name, property): &&(String, Property)| {
        let needs = property.required
            && property.default_value.is_none()
            && !matches!(property.kind, PropertyKind::Markdown | PropertyKind::Dynamic);
        needs && input.get(name).is_none_or(is_nothing)
    };
    let (_, property) = operation.props.iter().find(is_missing)?;
    Some(Failure::new(format!("{} is empty. Open the step and give a value.", property.display_name)))
}
