//! What the expressions in an input stand for.
//!
//! An expression that is nothing but a way to a value (`step_1['output']['total']`) is followed here; any other is
//! JavaScript and is evaluated in the [`sandbox`](crate::sandbox). As on a server: a field that is one expression keeps the
//! type of its value, within a text the value is written out, and what leads nowhere is an empty text. The last is told
//! as a warning of the step.

mod scope;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use flow::expr::{Expression, Root, expressions};
use serde_json::Value;

use crate::secrets::{REDACTED, Secrets};
use crate::{Failure, Hidden, sandbox, value};

pub(crate) use scope::follow;
pub use scope::{Scope, Seen};

/// An input whose expressions have become values.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// What the step works with. It may hold secrets.
    pub input: Value,
    /// What is kept of it: connections and variables are marks.
    pub shown: Value,
    /// Expressions that lead nowhere: a sentence each.
    pub warnings: Vec<String>,
    /// The secrets in it.
    pub hidden: Hidden,
}

/// What an input reaches for: each step by name, and whether it wants all iterations of a loop and not only its item.
#[must_use]
pub fn wants(input: &Value, scope_syntax: flow::Syntax) -> BTreeMap<String, bool> {
    let mut wanted = BTreeMap::new();
    each_text(input, &mut String::new(), &mut |_, text| {
        for reference in expressions(text).into_iter().flat_map(|expression| expression.references) {
            let Root::Step(name) = &reference.root else { continue };
            let path = match scope_syntax {
                flow::Syntax::Bare => reference.path.as_slice(),
                flow::Syntax::Wrapped => reference.path.get(1..).unwrap_or_default(),
            };
            let is_item = path.first().is_some_and(|key| *key == "item".into() || *key == "index".into());
            *wanted.entry(name.clone()).or_insert(false) |= !is_item;
        }
    });
    wanted
}

/// Puts values in place of expressions.
///
/// # Errors
/// If a connection is not there or cannot be read: the step cannot run without it.
pub async fn resolve(
    input: &Value,
    scope: &Scope,
    secrets: &dyn Secrets,
    limits: sandbox::Limits,
) -> Result<Resolved, Failure> {
    let mut inners = BTreeSet::new();
    each_text(input, &mut String::new(), &mut |_, text| {
        inners.extend(expressions(text).iter().map(|expression| expression.inner.of(text).trim().to_owned()));
    });
    let mut known = HashMap::new();
    let mut hidden = Hidden::default();
    for inner in inners {
        let found = find(&inner, scope, secrets, limits, &mut hidden).await?;
        known.insert(inner, found);
    }
    let mut resolved = Resolved { hidden, ..Resolved::default() };
    each_text(input, &mut String::new(), &mut |field, text| {
        for expression in expressions(text) {
            let inner = expression.inner.of(text).trim();
            if matches!(known.get(inner), Some(Found::Nothing)) && is_closed(&expression, text) {
                let whole = expression.span.of(text);
                resolved.warnings.push(format!("{field}: {whole} led nowhere, so it is empty."));
            }
        }
    });
    resolved.input = replace(input, &known, false);
    resolved.shown = replace(input, &known, true);
    Ok(resolved)
}

/// What an expression stands for.
enum Found {
    Value(Value),
    Nothing,
    /// A connection or a variable: it is not kept.
    Closed(Value),
}

impl Found {
    fn value(&self, is_shown: bool) -> Value {
        match self {
            Self::Value(value) => value.clone(),
            Self::Nothing => Value::from(""),
            Self::Closed(_) if is_shown => Value::from(REDACTED),
            Self::Closed(value) => value.clone(),
        }
    }
}

async fn find(
    inner: &str,
    scope: &Scope,
    secrets: &dyn Secrets,
    limits: sandbox::Limits,
    hidden: &mut Hidden,
) -> Result<Found, Failure> {
    let text = format!("{{{{{inner}}}}}");
    let parsed = expressions(&text);
    let Some(Expression { references, fault: None, .. }) = parsed.first() else { return Ok(Found::Nothing) };
    let whole = references.iter().find(|reference| reference.span.of(&text) == inner);
    match whole.map(|reference| (&reference.root, reference.path.as_slice())) {
        Some((Root::Connection(id), path)) => {
            let secret = secrets.connection(id).await.map_err(Failure::new)?.ok_or_else(|| {
                Failure::new(format!(
                    "The connection {id} is not there any more. Open the step and choose another, or connect again."
                ))
                .named("ConnectionNotFound")
            })?;
            hidden.hide(&secret);
            Ok(follow(secret.reveal(), path).map_or(Found::Nothing, Found::Closed))
        }
        Some((Root::Variable(name), path)) => {
            let value = secrets.variable(name).await;
            Ok(value.as_ref().and_then(|value| follow(value, path)).map_or(Found::Nothing, Found::Closed))
        }
        Some((Root::Step(name), path)) => Ok(something(scope.reach(name, path))),
        None => {
            let names = references.iter().filter_map(|reference| reference.step());
            let words = scope.words(names);
            // As on a server, an expression that throws is empty.
            Ok(something(sandbox::evaluate(inner.to_owned(), words, limits).await.ok().flatten()))
        }
    }
}

fn something(value: Option<Value>) -> Found {
    match value {
        None | Some(Value::Null) => Found::Nothing,
        Some(value) => Found::Value(value),
    }
}

/// What never closes is no expression, and stays as it is.
fn is_closed(expression: &Expression, text: &str) -> bool {
    expression.fault.is_none() || expression.span.of(text).ends_with("}}")
}

fn replace(input: &Value, known: &HashMap<String, Found>, is_shown: bool) -> Value {
    match input {
        Value::String(text) => replace_text(text, known, is_shown),
        Value::Array(items) => items.iter().map(|item| replace(item, known, is_shown)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), replace(member, known, is_shown))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => input.clone(),
    }
}

fn replace_text(text: &str, known: &HashMap<String, Found>, is_shown: bool) -> Value {
    let found = expressions(text);
    let value = |expression: &Expression| {
        let found = known.get(expression.inner.of(text).trim());
        found.map_or(Value::from(""), |found| found.value(is_shown))
    };
    let parts: Vec<(flow::expr::Span, Value)> = found
        .iter()
        .filter(|expression| is_closed(expression, text))
        .map(|expression| (expression.span, value(expression)))
        .collect();
    if let [(span, value)] = parts.as_slice()
        && span.of(text) == text.trim()
    {
        return value.clone();
    }
    let flattens =
        |span: &flow::expr::Span| span.of(text).trim_start_matches(['{', ' ']).starts_with("flattenNestedKeys");
    if !parts.iter().any(|(span, _)| flattens(span)) {
        return Value::from(written(text, &parts));
    }
    // A list in a text gives a list of texts, one for each item.
    let length = parts.iter().filter_map(|(_, value)| value.as_array()).map(Vec::len).max().unwrap_or(0);
    let nth = |n: usize| {
        let nth = |value: &Value| match value.as_array() {
            Some(items) => items.get(n).cloned().unwrap_or_else(|| Value::from("")),
            None => value.clone(),
        };
        parts.iter().map(|(span, value)| (*span, nth(value))).collect::<Vec<_>>()
    };
    (0..length).map(|n| Value::from(written(text, &nth(n)))).collect()
}

fn written(text: &str, parts: &[(flow::expr::Span, Value)]) -> String {
    let mut out = String::new();
    let mut from = 0;
    for (span, part) in parts {
        out.push_str(text.get(from..span.start).unwrap_or_default());
        out.push_str(&value::render(part));
        from = span.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Every text of a value, with the way to it.
fn each_text<'v>(value: &'v Value, field: &mut String, each: &mut dyn FnMut(&str, &'v str)) {
    let length = field.len();
    match value {
        Value::String(text) => each(field, text),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                field.push_str(&format!("[{n}]"));
                each_text(item, field, each);
                field.truncate(length);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                if length > 0 {
                    field.push('.');
                }
                field.push_str(name);
                each_text(member, field, each);
                field.truncate(length);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
