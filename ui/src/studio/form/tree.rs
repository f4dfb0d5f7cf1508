//! What earlier steps brought, as a tree that can be searched. Pure.

use std::collections::HashSet;

use flow::expr::{InScope, Samples, Standing, TypeHint, expressions, is_single, sample_at, scope};
use flow::{Flow, Key, Kind, Syntax};
use serde_json::Value;

use crate::palette::rank::fold;
use crate::say;

/// So many items of a list are shown.
const ITEMS: usize = 50;
/// So many rows are drawn.
const MOST: usize = 400;
/// So many values are looked at in one search.
const LOOKED_AT: usize = 20_000;
/// What lies deeper is not shown.
const DEEPEST: usize = 40;
/// How much of a value is shown, in letters.
const PREVIEW: usize = 80;

/// A row of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// What it is known by: the way to it, as an expression writes it. Empty for what cannot be inserted.
    pub(super) way: String,
    /// How deep it lies, from 0.
    pub(super) level: usize,
    /// A step's name, a field's, or the number of an item from 1.
    pub(super) label: String,
    /// What kind of value it is.
    pub(super) hint: TypeHint,
    /// The value, or how many are in it.
    pub(super) preview: String,
    /// There is something below it.
    pub(super) has_more: bool,
    /// What is below it is shown.
    pub(super) is_open: bool,
}

/// Gathers rows.
struct Walk<'a> {
    open: &'a HashSet<String>,
    words: String,
    looked_at: usize,
    rows: Vec<Row>,
}

impl Walk<'_> {
    fn is_wanted(&self, label: &str, preview: &str) -> bool {
        fold(label).contains(&self.words) || fold(preview).contains(&self.words)
    }

    /// The row of a value and what is shown below it. False if nothing of it is wanted.
    fn add(&mut self, level: usize, label: &str, way: String, value: Option<&Value>, more: &[Branch<'_>]) -> bool {
        self.looked_at += 1;
        if self.rows.len() >= MOST || self.looked_at > LOOKED_AT || level > DEEPEST {
            return false;
        }
        let is_search = !self.words.is_empty();
        let at = self.rows.len();
        let has_more = !more.is_empty()
            || value.is_some_and(|value| match value {
                Value::Array(list) => !list.is_empty(),
                Value::Object(map) => !map.is_empty(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
            });
        let is_open = has_more && (is_search || self.open.contains(&way));
        let preview = value.map(preview).unwrap_or_default();
        let mut is_wanted = is_search && self.is_wanted(label, if has_more { "" } else { &preview });
        let hint = value.map_or(TypeHint::Unknown, TypeHint::of);
        let row = Row { way: way.clone(), level, label: label.to_owned(), hint, preview, has_more, is_open };
        self.rows.push(row);
        if is_open {
            for branch in more {
                is_wanted |= self.add(level + 1, branch.label, branch.way.clone(), branch.value, &[]);
            }
            is_wanted |= self.below(level + 1, &way, value);
        }
        if is_search {
            if !is_wanted {
                self.rows.truncate(at);
            } else if let Some(more) = self.rows.len().checked_sub(at + 1)
                && let Some(row) = self.rows.get_mut(at)
            {
                row.is_open = more > 0;
            }
        }
        is_wanted
    }

    fn below(&mut self, level: usize, way: &str, value: Option<&Value>) -> bool {
        let mut is_wanted = false;
        match value {
            Some(Value::Object(map)) => {
                for (name, value) in map {
                    let way = [way, &written(&Key::from(name.as_str()))].concat();
                    is_wanted |= self.add(level, name, way, Some(value), &[]);
                }
            }
            Some(Value::Array(list)) => {
                for (index, value) in list.iter().take(ITEMS).enumerate() {
                    let way = [way, &written(&Key::from(index))].concat();
                    is_wanted |= self.add(level, &(index + 1).to_string(), way, Some(value), &[]);
                }
                if list.len() > ITEMS && self.words.is_empty() {
                    let label = say::form::and_more(list.len() - ITEMS);
                    self.add(level, &label, String::new(), None, &[]);
                }
            }
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => {}
        }
        is_wanted
    }
}

/// Something of a step that is no part of what it brought.
struct Branch<'v> {
    label: &'static str,
    way: String,
    value: Option<&'v Value>,
}

/// What the steps before `from` brought, the nearest first; with words, only what has them. Nothing for a flow whose version
/// is not known: its expressions are not either.
pub(super) fn rows(flow: &Flow, from: &str, samples: &Samples, open: &HashSet<String>, words: &str) -> Vec<Row> {
    let Some(syntax) = flow.schema.syntax() else { return Vec::new() };
    let mut walk = Walk { open, words: fold(words.trim()), looked_at: 0, rows: Vec::new() };
    for step in scope(flow, from).iter().rev().filter(|step| !step.is_skipped) {
        let sample = samples.get(&step.name);
        let output = match syntax {
            Syntax::Wrapped => [&step.name, "['output']"].concat(),
            Syntax::Bare => step.name.clone(),
        };
        let label = if step.display_name.is_empty() { &step.name } else { &step.display_name };
        let more = more(flow, step, syntax, &output, samples);
        // A loop's item and number are what is wanted of it; the rest of its sample is not there while it runs.
        let sample = if step.standing == Standing::LoopAround { None } else { sample };
        walk.add(0, label, output, sample, &more);
    }
    walk.rows
}

fn more<'v>(flow: &Flow, step: &InScope, syntax: Syntax, output: &str, samples: &'v Samples) -> Vec<Branch<'v>> {
    let below = |key: &str| [output, &written(&Key::from(key))].concat();
    match (step.standing, syntax) {
        (Standing::LoopAround, _) => {
            let index = samples.get(&step.name).and_then(|sample| sample.get("index"));
            let item = item(flow, &step.name, syntax, samples);
            vec![
                Branch { label: "item", way: below("item"), value: item },
                Branch { label: "index", way: below("index"), value: index },
            ]
        }
        (Standing::Failed, Syntax::Wrapped) => {
            let way = [&step.name, "['error']['message']"].concat();
            vec![Branch { label: say::form::error_message(), way, value: None }]
        }
        (
            Standing::Failed
            | Standing::Before
            | Standing::RouterAround
            | Standing::Succeeded
            | Standing::MayNotHaveRun
            | Standing::Itself
            | Standing::After
            | Standing::Missing,
            _,
        ) => Vec::new(),
    }
}

/// What a loop gives to its steps: from its own sample, or else the first item of the list that it goes over.
fn item<'v>(flow: &Flow, name: &str, syntax: Syntax, samples: &'v Samples) -> Option<&'v Value> {
    if let Some(item) = samples.get(name).and_then(|sample| sample.get("item")) {
        return Some(item);
    }
    let Kind::Loop(inner) = &flow.step(name)?.kind else { return None };
    if !is_single(&inner.items) {
        return None;
    }
    let expressions = expressions(&inner.items);
    let expression = expressions.first()?;
    let [reference] = expression.references.as_slice() else { return None };
    if reference.span.of(&inner.items) != expression.inner.of(&inner.items).trim() {
        return None;
    }
    let path = match syntax {
        Syntax::Bare => reference.path.as_slice(),
        Syntax::Wrapped => reference.path.strip_prefix(&[Key::from("output")])?,
    };
    sample_at(samples.get(reference.step()?)?, path)?.get(0)
}

/// A key as it stands in an expression.
fn written(key: &Key) -> String {
    match key {
        Key::Index(index) => ["[", &index.to_string(), "]"].concat(),
        Key::Name(name) => ["['", &name.replace('\\', "\\\\").replace('\'', "\\'"), "']"].concat(),
    }
}

fn preview(value: &Value) -> String {
    match value {
        Value::Array(list) => say::form::items(list.len()),
        Value::Object(map) => say::form::fields(map.len()),
        Value::String(text) => cut(text),
        Value::Null => say::form::is_nothing().to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn cut(text: &str) -> String {
    let mut letters = text.chars();
    let mut cut: String = letters.by_ref().take(PREVIEW).collect();
    if letters.next().is_some() {
        cut.push('…');
    }
    cut
}
