//! The input of a call as a form: a field for each of its fields, and JSON again. Pure.

use serde_json::{Map, Value};

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
    /// JSON: lists, and what has fields of its own.
    Json,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// Its name in the input.
    pub name: String,
    /// What is typed in.
    pub shape: Shape,
    /// What stands in it.
    pub text: String,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its fields, in the order of their names.
    pub fields: Vec<FormField>,
    /// The input is no object: its one field is all of it.
    bare: bool,
}

/// Why a form is no input: which field, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field's name.
    pub field: String,
    /// A sentence.
    pub sentence: String,
}

impl Form {
    /// The form of an input.
    #[must_use]
    pub fn of(input: &str) -> Self {
        match serde_json::from_str(input) {
            Ok(Value::Object(fields)) => {
                Self { fields: fields.into_iter().map(|(name, value)| field(name, &value)).collect(), bare: false }
            }
            Ok(_) | Err(_) => {
                let whole = FormField { name: "Input".into(), shape: Shape::Json, text: input.to_owned() };
                Self { fields: vec![whole], bare: true }
            }
        }
    }

    /// The input that the form says.
    ///
    /// # Errors
    /// The first field that says nothing of its shape.
    pub fn input(&self) -> Result<String, Wrong> {
        let mut object = Map::new();
        for field in &self.fields {
            let value = value(field)?;
            if self.bare {
                return Ok(value.to_string());
            }
            object.insert(field.name.clone(), value);
        }
        Ok(Value::Object(object).to_string())
    }
}

fn field(name: String, value: &Value) -> FormField {
    let (shape, text) = match value {
        Value::String(text) if is_date(text) => (Shape::Date, text.clone()),
        Value::String(text) if text.contains('\n') || text.len() > 60 => (Shape::Lines, text.clone()),
        Value::String(text) => (Shape::Line, text.clone()),
        Value::Number(number) => (Shape::Number, number.to_string()),
        Value::Bool(is_true) => (Shape::Bool, is_true.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => (Shape::Json, value.to_string()),
    };
    FormField { name, shape, text }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

fn value(field: &FormField) -> Result<Value, Wrong> {
    let wrong = |sentence: String| Wrong { field: field.name.clone(), sentence };
    match field.shape {
        Shape::Line | Shape::Lines => Ok(Value::String(field.text.clone())),
        Shape::Date if is_date(&field.text) => Ok(Value::String(field.text.clone())),
        Shape::Date => Err(wrong("Choose a day.".into())),
        Shape::Bool => Ok(Value::Bool(field.text == "true")),
        Shape::Number => match serde_json::from_str(field.text.trim()) {
            Ok(Value::Number(number)) => Ok(Value::Number(number)),
            Ok(_) | Err(_) => Err(wrong("Write a number.".into())),
        },
        Shape::Json => serde_json::from_str(&field.text)
            .map_err(|why| wrong(format!("This is not JSON: {why}. Mend it, or take it back with Cancel."))),
    }
}

#[cfg(test)]
mod tests;
