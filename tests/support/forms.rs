//! Inputs of commands, made from their schemas: every command of the table is met, also one that nobody thought of here.

use contract::{CommandInfo, TABLE};
use serde_json::{Map, Value, json};

/// A command and the form of its input.
pub(crate) struct Form {
    pub(crate) command: &'static CommandInfo,
    schema: Value,
}

/// A single value in an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its field.
    pub(crate) field: String,
    /// Its field with those that it lies in, in between dots.
    pub(crate) path: String,
    pub(crate) wants: Wants,
    /// The input may leave it out.
    pub(crate) spare: bool,
}

/// What a place takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wants {
    /// An id, by the name of its type.
    Id(String),
    Text,
    Secret,
    Day,
    Instant,
    Number,
    Flag,
    /// One of these words.
    Word(Vec<Value>),
}

impl Wants {
    /// Something that it takes, whatever it means.
    fn any(&self) -> Value {
        match self {
            Self::Id(_) => json!("1"),
            Self::Text => json!("Words"),
            Self::Secret => json!("a secret of a test"),
            Self::Day => json!("2026-12-01"),
            Self::Instant => json!("2026-12-01T09:00:00Z"),
            Self::Number => json!(1),
            Self::Flag => json!(true),
            Self::Word(words) => words[0].clone(),
        }
    }
}

/// The forms of all commands, in the order of the table.
pub(crate) fn forms() -> Vec<Form> {
    let lines = engine::describe_commands();
    TABLE
        .iter()
        .map(|command| {
            let line = lines.as_array().unwrap().iter().find(|line| line["name"] == command.name).unwrap();
            Form { command, schema: line["input"].clone() }
        })
        .collect()
}

impl Form {
    /// An input: what must be there, or `whole` with all that may. `choose` says what stands in a place; where it does not,
    /// something does that fits.
    pub(crate) fn filled(&self, whole: bool, choose: &mut dyn FnMut(&Place) -> Option<Value>) -> Value {
        self.fill(&self.schema, "", "", false, whole, choose)
    }

    /// Every place of a whole input.
    pub(crate) fn places(&self) -> Vec<Place> {
        let mut places = Vec::new();
        self.filled(true, &mut |place| {
            places.push(place.clone());
            None
        });
        places
    }

    fn fill(
        &self,
        schema: &Value,
        field: &str,
        path: &str,
        spare: bool,
        whole: bool,
        choose: &mut dyn FnMut(&Place) -> Option<Value>,
    ) -> Value {
        let mut leaf = |wants: Wants| {
            let place = Place { field: field.into(), path: path.into(), wants, spare };
            choose(&place).unwrap_or_else(|| place.wants.any())
        };
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return match name {
                "SecretText" => leaf(Wants::Secret),
                id if id.ends_with("Id") => leaf(Wants::Id(id.into())),
                other => self.fill(&self.schema["$defs"][other], field, path, spare, whole, choose),
            };
        }
        if let Some(fixed) = schema.get("const") {
            return fixed.clone();
        }
        if let Some(words) = schema["enum"].as_array() {
            return leaf(Wants::Word(words.clone()));
        }
        for either in ["oneOf", "anyOf"] {
            let Some(all) = schema[either].as_array() else { continue };
            let mut all: Vec<&Value> = all.iter().filter(|one| one["type"] != "null").collect();
            if all.iter().all(|one| one.get("const").is_some()) {
                return leaf(Wants::Word(all.iter().map(|one| one["const"].clone()).collect()));
            }
            let one = if whole { all.pop().unwrap() } else { all[0] };
            return self.fill(one, field, path, spare, whole, choose);
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
        match (kind, schema["format"].as_str()) {
            ("string", Some("date")) => leaf(Wants::Day),
            ("string", Some("date-time")) => leaf(Wants::Instant),
            ("string", _) => leaf(Wants::Text),
            ("integer" | "number", _) => leaf(Wants::Number),
            ("boolean", _) => leaf(Wants::Flag),
            ("array", _) => json!([self.fill(&schema["items"], field, path, spare, whole, choose)]),
            _ => {
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                let mut filled = Map::new();
                for (name, of) in schema["properties"].as_object().into_iter().flatten() {
                    let may_lack = !required.iter().any(|one| one == name);
                    if may_lack && !whole {
                        continue;
                    }
                    let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    filled.insert(name.clone(), self.fill(of, name, &below, spare || may_lack, whole, choose));
                }
                Value::Object(filled)
            }
        }
    }
}
