//! The input of a call as a form: a field for each value in it, however deep, and JSON again. Pure.

use serde_json::{Map, Value};

use crate::say;

/// Fields that hold ids of people.
const OF_PEOPLE: [&str; 3] = ["assignees", "notify", "people"];
/// What lies deeper is typed as JSON.
const DEEPEST: usize = 6;

/// What is typed into a field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Words, in a line.
    Line,
    /// Words, in several lines.
    Lines,
    /// A day.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// People: a JSON list of their ids.
    People,
    /// JSON: empty lists, and lists of what has no fields.
    Json,
    /// Nothing: it is the head of the fields that follow it and lie deeper. It can be taken out as a whole.
    Group,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// Where it stands in the input: a JSON pointer.
    pub pointer: String,
    /// Its name in the input.
    pub name: String,
    /// Its place in a list, from 1.
    pub number: Option<usize>,
    /// How deep it lies, from 0.
    pub depth: usize,
    /// What is typed in.
    pub shape: Shape,
    /// What stands in it.
    pub text: String,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its fields: what it is called first, what lies deeper last; the head of a group before what is in it.
    pub fields: Vec<FormField>,
    /// The input as it was.
    whole: Value,
}

/// Why a form is no input: which field, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field's pointer.
    pub field: String,
    /// A sentence.
    pub sentence: String,
}

impl Form {
    /// The form of an input.
    #[must_use]
    pub fn of(input: &str) -> Self {
        let whole: Value = serde_json::from_str(input).unwrap_or_default();
        let mut fields = Vec::new();
        match &whole {
            Value::Object(each) => {
                for (name, value) in by_sense(each) {
                    spread(&mut fields, Spot::top(name), value);
                }
            }
            // No object: its one field is all of it.
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                let spot = Spot { pointer: String::new(), name: say::chat::whole_input(), number: None, depth: 0 };
                fields.push(spot.field(Shape::Json, input.to_owned()));
            }
        }
        Self { fields, whole }
    }

    /// The input that the form says.
    ///
    /// # Errors
    /// The first field that says nothing of its shape.
    pub fn input(&self) -> Result<String, Wrong> {
        let mut whole = self.whole.clone();
        for field in self.fields.iter().filter(|field| field.shape != Shape::Group) {
            let value = value(field)?;
            if let Some(place) = whole.pointer_mut(&field.pointer) {
                *place = value;
            }
        }
        Ok(whole.to_string())
    }

    /// The form without a group.
    ///
    /// # Errors
    /// The first field that says nothing of its shape: what was typed would be lost.
    pub fn without(&self, group: &str) -> Result<Self, Wrong> {
        let mut whole: Value = serde_json::from_str(&self.input()?).unwrap_or_default();
        if let Some((parent, last)) = group.rsplit_once('/') {
            match whole.pointer_mut(parent) {
                Some(Value::Array(list)) => {
                    if let Some(place) = last.parse().ok().filter(|place: &usize| *place < list.len()) {
                        list.remove(place);
                    }
                }
                Some(Value::Object(fields)) => drop(fields.remove(&last.replace("~1", "/").replace("~0", "~"))),
                Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
            }
        }
        Ok(Self::of(&whole.to_string()))
    }
}

/// Where a value stands.
struct Spot<'a> {
    pointer: String,
    name: &'a str,
    number: Option<usize>,
    depth: usize,
}

impl<'a> Spot<'a> {
    fn top(name: &'a str) -> Self {
        Self { pointer: format!("/{}", escaped(name)), name, number: None, depth: 0 }
    }

    fn below(&self, name: &'a str) -> Self {
        let pointer = format!("{}/{}", self.pointer, escaped(name));
        Self { pointer, name, number: None, depth: self.depth + 1 }
    }

    /// One of a list, at a place from 0.
    fn at(&self, place: usize) -> Self {
        let pointer = format!("{}/{place}", self.pointer);
        Self { pointer, name: self.name, number: Some(place + 1), depth: self.depth }
    }

    fn field(&self, shape: Shape, text: String) -> FormField {
        FormField {
            pointer: self.pointer.clone(),
            name: self.name.to_owned(),
            number: self.number,
            depth: self.depth,
            shape,
            text,
        }
    }
}

/// What it is called comes first, what lies deeper last.
fn by_sense(fields: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(name, value)| {
        let is_deep = value.as_array().map_or(value.is_object(), |list| list.iter().any(Value::is_object));
        (is_deep, !matches!(name.as_str(), "name" | "title"))
    });
    fields
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn spread<'a>(fields: &mut Vec<FormField>, spot: Spot<'a>, value: &'a Value) {
    match value {
        Value::Object(each) if !each.is_empty() && spot.depth < DEEPEST => {
            fields.push(spot.field(Shape::Group, String::new()));
            for (name, value) in by_sense(each) {
                spread(fields, spot.below(name), value);
            }
        }
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_object) && spot.depth < DEEPEST => {
            for (place, value) in list.iter().enumerate() {
                spread(fields, spot.at(place), value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            let (shape, text) = simple(spot.name, value);
            fields.push(spot.field(shape, text));
        }
    }
}

fn simple(name: &str, value: &Value) -> (Shape, String) {
    match value {
        Value::String(text) if is_date(text) => (Shape::Date, text.clone()),
        Value::String(text) if text.contains('\n') || text.len() > 60 => (Shape::Lines, text.clone()),
        Value::String(text) => (Shape::Line, text.clone()),
        Value::Number(number) => (Shape::Number, number.to_string()),
        Value::Bool(is_true) => (Shape::Bool, is_true.to_string()),
        Value::Array(list) if OF_PEOPLE.contains(&name) && list.iter().all(Value::is_string) => {
            (Shape::People, value.to_string())
        }
        Value::Null | Value::Array(_) | Value::Object(_) => (Shape::Json, value.to_string()),
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

fn value(field: &FormField) -> Result<Value, Wrong> {
    let wrong = |sentence: String| Wrong { field: field.pointer.clone(), sentence };
    match field.shape {
        Shape::Line | Shape::Lines => Ok(Value::String(field.text.clone())),
        Shape::Date if is_date(&field.text) => Ok(Value::String(field.text.clone())),
        Shape::Date => Err(wrong(say::chat::choose_day().into())),
        Shape::Bool => Ok(Value::Bool(field.text == "true")),
        Shape::Number => match serde_json::from_str(field.text.trim()) {
            Ok(Value::Number(number)) => Ok(Value::Number(number)),
            Ok(_) | Err(_) => Err(wrong(say::chat::write_number().into())),
        },
        Shape::People | Shape::Json => {
            serde_json::from_str(&field.text).map_err(|why| wrong(say::chat::no_json(why.to_string())))
        }
        // Its fields say what is in it.
        Shape::Group => Ok(Value::Null),
    }
}

#[cfg(test)]
mod tests;
