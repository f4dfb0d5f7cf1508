//! Typed fields out of a JSON object and back into it, without losing what has another shape.
//!
//! The rule for every field: a value of the shape we know is taken out; anything else (null, another type, an empty
//! value of an optional field) stays in the object under its own key. On the way back the typed value wins when it says
//! something. So what was read and not touched is written as it was, null and absence told apart.

use serde_json::Value;

use crate::Map;

/// Takes a text that is not empty.
pub(crate) fn take_text(map: &mut Map, key: &str) -> String {
    match map.get(key) {
        Some(Value::String(text)) if !text.is_empty() => take_any_text(map, key),
        _ => String::new(),
    }
}

/// Writes a text that is not empty.
pub(crate) fn put_text(map: &mut Map, key: &str, text: &str) {
    if !text.is_empty() {
        map.insert(key.to_owned(), Value::from(text));
    }
}

/// Takes a text, empty or not: for keys that are always written.
pub(crate) fn take_any_text(map: &mut Map, key: &str) -> String {
    match map.remove(key) {
        Some(Value::String(text)) => text,
        Some(other) => {
            map.insert(key.to_owned(), other);
            String::new()
        }
        None => String::new(),
    }
}

/// Writes a text, empty or not, unless something of another shape was kept in its place.
pub(crate) fn put_any_text(map: &mut Map, key: &str, text: &str) {
    if !text.is_empty() || !map.contains_key(key) {
        map.insert(key.to_owned(), Value::from(text));
    }
}

/// Takes an object that is not empty.
pub(crate) fn take_map(map: &mut Map, key: &str) -> Map {
    match map.get(key) {
        Some(Value::Object(inner)) if !inner.is_empty() => take_any_map(map, key),
        _ => Map::new(),
    }
}

/// Writes an object that is not empty.
pub(crate) fn put_map(map: &mut Map, key: &str, inner: Map) {
    if !inner.is_empty() {
        map.insert(key.to_owned(), Value::Object(inner));
    }
}

/// Takes an object, empty or not: for keys that are always written.
pub(crate) fn take_any_map(map: &mut Map, key: &str) -> Map {
    match map.remove(key) {
        Some(Value::Object(inner)) => inner,
        Some(other) => {
            map.insert(key.to_owned(), other);
            Map::new()
        }
        None => Map::new(),
    }
}

/// Writes an object, empty or not, unless something of another shape was kept in its place.
pub(crate) fn put_any_map(map: &mut Map, key: &str, inner: Map) {
    if !inner.is_empty() || !map.contains_key(key) {
        map.insert(key.to_owned(), Value::Object(inner));
    }
}

/// Takes true or false.
pub(crate) fn take_flag(map: &mut Map, key: &str) -> Option<bool> {
    let flag = map.get(key)?.as_bool()?;
    map.remove(key);
    Some(flag)
}

/// Writes true or false.
pub(crate) fn put_flag(map: &mut Map, key: &str, flag: Option<bool>) {
    if let Some(flag) = flag {
        map.insert(key.to_owned(), Value::Bool(flag));
    }
}

/// Takes a text for which `read` knows a meaning.
pub(crate) fn take_word<T>(map: &mut Map, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let word = read(map.get(key)?.as_str()?)?;
    map.remove(key);
    Some(word)
}

/// Writes a value when there is one.
pub(crate) fn put_some(map: &mut Map, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        map.insert(key.to_owned(), value.into());
    }
}

/// Takes a text that is there, empty or not.
pub(crate) fn take_some_text(map: &mut Map, key: &str) -> Option<String> {
    match map.get(key) {
        Some(Value::String(_)) => Some(take_any_text(map, key)),
        _ => None,
    }
}

/// The members by name, where the order says nothing and hangs on what was done to the object before.
pub(crate) fn sorted(mut map: Map) -> Map {
    map.sort_keys();
    map
}

/// The members, if it is an object.
pub(crate) fn object(value: Value) -> Option<Map> {
    let Value::Object(map) = value else { return None };
    Some(map)
}

/// The items, if it is a list.
pub(crate) fn list(value: Value) -> Option<Vec<Value>> {
    let Value::Array(items) = value else { return None };
    Some(items)
}
