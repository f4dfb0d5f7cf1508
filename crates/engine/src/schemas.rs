//! The JSON schemas of the commands, as `build.rs` wrote them down. They are read when somebody asks, and not kept.

use std::collections::HashMap;

use contract::CommandInfo;
use serde::Deserialize;
use serde_json::{Map, Value};

const WRITTEN: &str = include_str!(concat!(env!("OUT_DIR"), "/schemas.json"));
/// Where a schema has the types that it names, and how it names one.
const TYPES: &str = "$defs";
const NAMES: &str = "$ref";

/// All of them.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Schemas {
    /// What they name, each once.
    pub(crate) types: Map<String, Value>,
    commands: HashMap<String, Shapes>,
}

/// What goes into a command and what comes out of it. Types stand there by name only.
#[derive(Debug, Default, Deserialize)]
struct Shapes {
    input: Value,
    reply: Value,
}

impl Schemas {
    /// Reads them.
    pub(crate) fn read() -> Self {
        // The build wrote it, and a test reads it.
        serde_json::from_str(WRITTEN).unwrap_or_default()
    }

    /// What goes into a command.
    pub(crate) fn input(&self, command: &CommandInfo) -> &Value {
        self.commands.get(command.name).map_or(&Value::Null, |shapes| &shapes.input)
    }

    /// What goes into a command and what comes out of it, each with the types that it names.
    pub(crate) fn whole(&self, command: &CommandInfo) -> [Value; 2] {
        let none = Shapes::default();
        let shapes = self.commands.get(command.name).unwrap_or(&none);
        [&shapes.input, &shapes.reply].map(|schema| {
            let mut types = Map::new();
            self.gather(schema, &mut types);
            let mut schema = schema.clone();
            if let Some(schema) = schema.as_object_mut().filter(|_| !types.is_empty()) {
                schema.insert(TYPES.to_owned(), types.into());
            }
            schema
        })
    }

    /// Adds the types that a schema names, and those that these name.
    fn gather(&self, schema: &Value, types: &mut Map<String, Value>) {
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            if let Some((name, is)) = named(schema).and_then(|name| self.types.get_key_value(name))
                && types.insert(name.clone(), is.clone()).is_none()
            {
                open.push(is);
            }
            match schema {
                Value::Array(items) => open.extend(items),
                Value::Object(fields) => open.extend(fields.values()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }
}

/// The name of the type that stands here by its name.
pub(crate) fn named(schema: &Value) -> Option<&str> {
    schema.get(NAMES)?.as_str()?.rsplit('/').next()
}

#[cfg(test)]
mod tests {
    use contract::TABLE;

    use super::*;

    #[test]
    fn every_command_has_both_and_they_name_only_what_they_bring() {
        let schemas = Schemas::read();
        for command in TABLE {
            for schema in schemas.whole(command) {
                assert!(schema.get("$schema").is_some(), "{} has no schema", command.name);
                let mut open = vec![&schema];
                while let Some(inner) = open.pop() {
                    if let Some(name) = named(inner) {
                        assert!(schema[TYPES].get(name).is_some(), "{} names {name}", command.name);
                    }
                    match inner {
                        Value::Array(items) => open.extend(items),
                        Value::Object(fields) => open.extend(fields.values()),
                        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
                    }
                }
            }
        }
    }
}
