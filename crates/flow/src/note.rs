//! A sticky note beside the steps: the only thing of a flow that has a place on the canvas.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::Map;
use crate::json::{put_any_text, put_text, sorted, take_any_text, take_text};

/// A sticky note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// Made by who wrote the note; unique in a flow.
    pub id: String,
    /// Markdown.
    pub content: String,
    /// `orange`, `red`, `green`, `blue`, `purple` or `yellow`; empty if none is said.
    pub color: String,
    /// Its top left corner.
    pub position: Position,
    /// How large it is.
    pub size: Size,
    /// What else it says.
    pub extra: Map,
}

/// A place on the canvas, in its units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// An extent on the canvas, in its units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// To the right.
    pub width: f64,
    /// Downwards.
    pub height: f64,
}

impl Note {
    pub(crate) fn from_map(mut map: Map) -> Self {
        let (x, y) = take_pair(&mut map, "position", ["x", "y"]);
        let (width, height) = take_pair(&mut map, "size", ["width", "height"]);
        Self {
            id: take_any_text(&mut map, "id"),
            content: take_any_text(&mut map, "content"),
            color: take_text(&mut map, "color"),
            position: Position { x, y },
            size: Size { width, height },
            extra: map,
        }
    }

    pub(crate) fn to_map(&self) -> Map {
        let mut map = self.extra.clone();
        put_any_text(&mut map, "id", &self.id);
        put_any_text(&mut map, "content", &self.content);
        put_text(&mut map, "color", &self.color);
        put_pair(&mut map, "position", ["x", "y"], (self.position.x, self.position.y));
        put_pair(&mut map, "size", ["width", "height"], (self.size.width, self.size.height));
        sorted(map)
    }
}

/// Two numbers of an object that has nothing else; an object of another shape stays.
fn take_pair(map: &mut Map, key: &str, [first, second]: [&str; 2]) -> (f64, f64) {
    let pair = map.get(key).and_then(Value::as_object).filter(|pair| pair.len() == 2);
    let pair = pair.and_then(|pair| Some((pair.get(first)?.as_f64()?, pair.get(second)?.as_f64()?)));
    if pair.is_some() {
        map.remove(key);
    }
    pair.unwrap_or_default()
}

fn put_pair(map: &mut Map, key: &str, [first, second]: [&str; 2], pair: (f64, f64)) {
    if pair == (0.0, 0.0) && map.contains_key(key) {
        return;
    }
    let pair = [(first.to_owned(), number(pair.0)), (second.to_owned(), number(pair.1))];
    map.insert(key.to_owned(), Value::Object(pair.into_iter().collect()));
}

/// Whole numbers are written without a fraction, as a browser writes them.
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole, and small enough to be exact")]
    let whole = value as i64;
    if value.fract() == 0.0 && value.abs() < EXACT { Value::from(whole) } else { Value::from(value) }
}

impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_map().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Note {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let note = Self::from_map(Map::deserialize(deserializer)?);
        if note.id.is_empty() { Err(D::Error::custom("a note has no id")) } else { Ok(note) }
    }
}
