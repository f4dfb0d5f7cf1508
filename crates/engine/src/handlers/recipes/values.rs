//! The steps of a recipe with the values of one run in them.

use contract::{Fault, Given, PersonId, ProjectId, Recipe, RecordingId, Status, Variable, VariableKind};
use jiff::Span;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::super::plan::Step;
use super::super::words::repeated;
use crate::fault::IntoFault;
use crate::router::Ask;

/// Puts the values into the steps. Each variable has exactly one, of its kind.
pub(super) async fn filled(ask: &Ask<'_>, recipe: &Recipe, values: &[Given]) -> Result<Vec<Step>, Fault> {
    if let Some(stranger) = values.iter().find(|given| recipe.variables.iter().all(|one| one.name != given.name)) {
        let names: Vec<String> = recipe.variables.iter().map(|variable| format!("“{}”", variable.name)).collect();
        let known = if names.is_empty() { "It has none.".into() } else { format!("It has {}.", names.join(", ")) };
        return refuse(format!("“{}” has no variable “{}”. {known}", recipe.name, repeated(&stranger.name)));
    }
    let mut ready = Map::new();
    for variable in &recipe.variables {
        let mut given = values.iter().filter(|given| given.name == variable.name);
        match (given.next(), given.next()) {
            (Some(given), None) => {
                ready.insert(variable.name.clone(), value(ask, variable, given.value.trim()).await?);
            }
            (None, _) => {
                let message = format!(
                    "“{}” has no value. Give it one; when the recipe was kept it was {}.",
                    variable.name, variable.value
                );
                return refuse(message);
            }
            (Some(_), Some(_)) => return refuse(format!("“{}” has two values. Give it one.", variable.name)),
        }
    }
    let steps = recipe.steps.iter().enumerate().map(|(at, step)| {
        let input: Option<Value> = serde_json::from_str(&step.input).ok();
        let input = input.and_then(|input| put(&input, &ready));
        let input = input.ok_or_else(|| {
            let message = format!("Step {} of “{}” cannot be read. Make the recipe anew.", at + 1, recipe.name);
            Fault::invalid("id", message)
        })?;
        Ok(Step { command: step.command.clone(), input })
    });
    steps.collect()
}

fn refuse<T>(message: String) -> Result<T, Fault> {
    Err(Fault::invalid("values", message))
}

/// The input with values for its variables; `None` when it names one that there is not.
fn put(input: &Value, values: &Map<String, Value>) -> Option<Value> {
    match input {
        Value::Object(fields) => match fields.get("$variable") {
            Some(name) => values.get(name.as_str()?).cloned(),
            None => {
                let each = fields.iter().map(|(name, value)| Some((name.clone(), put(value, values)?)));
                each.collect::<Option<Map<_, _>>>().map(Value::Object)
            }
        },
        Value::Array(each) => each.iter().map(|value| put(value, values)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(input.clone()),
    }
}

/// The value as it stands in an input, when it is of the variable's kind.
async fn value(ask: &Ask<'_>, variable: &Variable, text: &str) -> Result<Value, Fault> {
    let desk = ask.desk().await?;
    let wrong = |what: &str| refuse(format!("“{}” is {what}, and “{}” is none here.", variable.name, repeated(text)));
    let there = match variable.kind {
        VariableKind::Text => return Ok(json!(text)),
        VariableKind::Day => {
            let today = ask.day_of(ask.engine.now()).await?;
            return match day(text, today) {
                Some(day) => Ok(json!(day)),
                None => wrong("a day, such as 2026-11-24, or +3 for three days from today"),
            };
        }
        VariableKind::Person => match text.parse::<PersonId>() {
            Ok(id) => desk.store.people().await.into_fault()?.iter().any(|person| person.id == id),
            Err(_) => false,
        },
        VariableKind::Project => match text.parse::<ProjectId>() {
            Ok(id) => {
                let project = desk.store.project(id).await.into_fault()?;
                project.is_some_and(|project| project.status != Status::Gone)
            }
            Err(_) => false,
        },
        VariableKind::Item => match text.parse::<RecordingId>() {
            Ok(id) => desk.store.row(id).await.into_fault()?.is_some_and(|row| row.status != Status::Gone),
            Err(_) => false,
        },
    };
    match variable.kind {
        _ if there => Ok(json!(text)),
        VariableKind::Person => wrong("a person's id"),
        VariableKind::Project => wrong("a project's id"),
        VariableKind::Item | VariableKind::Text | VariableKind::Day => wrong("an item's id"),
    }
}

/// A day as it is written, or counted from today.
fn day(text: &str, today: Date) -> Option<Date> {
    if text.starts_with(['+', '-']) {
        let days = Span::new().try_days(text.parse::<i32>().ok()?).ok()?;
        return today.checked_add(days).ok();
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_date_or_counted_from_today() {
        let today: Date = "2026-11-21".parse().unwrap_or_default();
        let told = |text: &str| day(text, today).map(|day| day.to_string());
        for (text, wanted) in [
            ("2026-12-01", Some("2026-12-01")),
            ("+3", Some("2026-11-24")),
            ("+0", Some("2026-11-21")),
            ("-22", Some("2026-10-30")),
            ("3", None),
            ("Friday", None),
            ("", None),
            ("+", None),
            ("+3.5", None),
            ("+99999999999", None),
            ("+2000000000", None),
            ("2026-02-30", None),
        ] {
            assert_eq!(told(text).as_deref(), wanted, "{text}");
        }
    }
}
