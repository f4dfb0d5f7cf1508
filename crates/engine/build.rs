//! Writes down the JSON schemas of all commands. The code that tells them is derived for every type of the contract, and would
//! be a megabyte of the app.

use std::path::Path;
use std::{env, fs, io};

use contract::TABLE;
use serde_json::{Map, Value, json};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let mut types = Map::new();
    let mut commands = Map::new();
    for command in TABLE {
        let input = apart((command.input)().into(), &mut types)?;
        let reply = apart((command.reply)().into(), &mut types)?;
        commands.insert(command.name.to_owned(), json!({ "input": input, "reply": reply }));
    }
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo says no OUT_DIR"))?;
    let text = json!({ "types": types, "commands": commands }).to_string();
    fs::write(Path::new(&out).join("schemas.json"), text)
}

/// The schema without the types that it names, which stand once for all.
fn apart(mut schema: Value, types: &mut Map<String, Value>) -> io::Result<Value> {
    let named = schema.as_object_mut().and_then(|schema| schema.remove("$defs"));
    if let Some(Value::Object(named)) = named {
        for (name, is) in named {
            if types.get(&name).is_some_and(|was| *was != is) {
                return Err(io::Error::other(format!(
                    "two types of the contract are called {name}: give one another name"
                )));
            }
            types.insert(name, is);
        }
    }
    Ok(schema)
}
