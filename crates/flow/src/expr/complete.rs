//! What may be typed next in a text: steps that have run, and what is known of what they brought.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::scan::{accessor, is_letter, word_end};
use super::types::loop_item;
use super::{InScope, Samples, Span, Standing, TypeHint, sample_at, scope};
use crate::{Flow, Key, Syntax};

/// Lists are offered so far; what is behind is typed by hand.
const ITEMS: usize = 20;
/// How much of a value is shown, in letters.
const PREVIEW: usize = 60;

/// What may be typed next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    /// The part of the text that a candidate takes the place of.
    pub replace: Span,
    /// The candidates, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// One thing that may be typed next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// What people read.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// The step that it comes from.
    pub step: String,
    /// What kind of value it is.
    pub hint: TypeHint,
    /// The beginning of the value in the last test.
    pub preview: Option<String>,
}

/// What may be typed at `cursor`, a place in bytes, in a text of the step `from`.
///
/// Nothing for a flow whose version we do not know: its syntax is unknown too.
#[must_use]
pub fn complete(flow: &Flow, from: &str, text: &str, cursor: usize, samples: &Samples) -> Completion {
    let here = Completion { replace: Span { start: cursor, end: cursor }, candidates: Vec::new() };
    let (Some(syntax), Some(before)) = (flow.schema.syntax(), text.get(..cursor)) else { return here };
    let offer = Offer { flow, syntax, samples, scope: scope(flow, from) };
    let open = before.rfind("{{").filter(|at| !before.get(*at..).is_some_and(|since| since.contains("}}")));
    let Some(open) = open else {
        let mut candidates = offer.roots("");
        for candidate in &mut candidates {
            candidate.insert = format!("{{{{{}}}}}", candidate.insert);
        }
        return Completion { candidates, ..here };
    };
    let inner = open + 2;
    let Some(typed) = Typed::find(before.get(inner..).unwrap_or_default()) else {
        return Completion { candidates: offer.roots(""), ..here };
    };
    let replace = Span { start: inner + typed.start, end: cursor };
    let candidates = match typed.name {
        None => offer.roots(&typed.partial),
        Some(name) => offer.below(&name, &typed.path, &typed.partial),
    };
    Completion { replace, candidates }
}

/// What stands directly before the cursor.
#[derive(Debug, PartialEq)]
struct Typed {
    /// The step, if its name is complete.
    name: Option<String>,
    /// The complete keys behind it.
    path: Vec<Key>,
    /// What is typed of the next key, or of the name.
    partial: String,
    /// Where the next key, or the name, begins.
    start: usize,
}

impl Typed {
    fn find(before: &str) -> Option<Self> {
        let bytes = before.as_bytes();
        let begins = |at: usize| {
            let previous = at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
            bytes.get(at).copied().is_some_and(is_letter)
                && !previous.is_some_and(|byte| is_letter(byte) || byte.is_ascii_digit() || byte == b'.')
        };
        (0..before.len()).filter(|at| begins(*at)).find_map(|start| Self::parse(before, start))
    }

    /// A name that begins here, if it and what is behind it reach to the end.
    fn parse(before: &str, start: usize) -> Option<Self> {
        let end = word_end(before, start);
        let name = before.get(start..end)?;
        if end == before.len() {
            return Some(Self { name: None, path: Vec::new(), partial: name.to_owned(), start });
        }
        let (mut path, mut at) = (Vec::new(), end);
        while let Some((key, next)) = accessor(before, at) {
            // A name behind a dot may go on behind the cursor.
            if next == before.len() && !before.ends_with(']') {
                break;
            }
            path.push(key);
            at = next;
        }
        let rest = before.get(at..)?;
        let partial = [".", "['", "[\"", "[", ""].iter().find_map(|opening| rest.strip_prefix(opening))?;
        let is_plain = partial.chars().all(|letter| letter.is_alphanumeric() || "_$ -".contains(letter));
        is_plain.then(|| Self { name: Some(name.to_owned()), path, partial: partial.to_owned(), start: at })
    }
}

struct Offer<'a> {
    flow: &'a Flow,
    syntax: Syntax,
    samples: &'a Samples,
    scope: Vec<InScope>,
}

impl Offer<'_> {
    /// The steps in scope, the nearest first, each with what is most often wanted of it.
    fn roots(&self, partial: &str) -> Vec<Candidate> {
        let wanted = partial.to_lowercase();
        let is_wanted = |step: &&InScope| {
            !step.is_skipped
                && (step.name.to_lowercase().contains(&wanted) || step.display_name.to_lowercase().contains(&wanted))
        };
        let mut candidates = Vec::new();
        for step in self.scope.iter().rev().filter(is_wanted) {
            for (what, path) in self.first(step) {
                let label =
                    if what.is_empty() { step.display_name.clone() } else { format!("{}: {what}", step.display_name) };
                let value = self.value(&step.name, &path);
                let written: String = path.iter().map(written).collect();
                candidates.push(candidate(label, format!("{}{written}", step.name), &step.name, value));
            }
        }
        candidates
    }

    /// What is most often wanted of a step.
    fn first(&self, step: &InScope) -> Vec<(&'static str, Vec<Key>)> {
        let output = |keys: &[&str]| {
            let wrapped = (self.syntax == Syntax::Wrapped).then_some("output");
            wrapped.into_iter().chain(keys.iter().copied()).map(Key::from).collect::<Vec<Key>>()
        };
        match (step.standing, self.syntax) {
            (Standing::LoopAround, _) => vec![("item", output(&["item"])), ("index", output(&["index"]))],
            (Standing::Failed, Syntax::Wrapped) => {
                vec![("error message", vec![Key::from("error"), Key::from("message")])]
            }
            _ => vec![("", output(&[]))],
        }
    }

    /// What is known behind a way.
    fn below(&self, name: &str, path: &[Key], partial: &str) -> Vec<Candidate> {
        let Some(step) = self.scope.iter().find(|step| step.name == name) else { return Vec::new() };
        let wanted = partial.to_lowercase();
        let offer = |key: Key| {
            let mut path = path.to_vec();
            path.push(key.clone());
            let label = match &key {
                Key::Index(index) => index.to_string(),
                Key::Name(name) => name.clone(),
            };
            candidate(label, written(&key), name, self.value(name, &path))
        };
        let mut keys: Vec<Key> = match self.value(name, path) {
            Some(Value::Object(map)) => map.keys().map(|key| Key::from(key.as_str())).collect(),
            Some(Value::Array(list)) => (0..list.len().min(ITEMS)).map(Key::from).collect(),
            _ => Vec::new(),
        };
        let is_output = match self.syntax {
            Syntax::Bare => path.is_empty(),
            Syntax::Wrapped => path == [Key::from("output")].as_slice(),
        };
        if self.syntax == Syntax::Wrapped && path.is_empty() {
            keys = vec![Key::from("output"), Key::from("error")];
        }
        if is_output && step.standing == Standing::LoopAround {
            keys.retain(|key| *key != Key::from("item") && *key != Key::from("index"));
            keys.splice(0..0, [Key::from("item"), Key::from("index")]);
        }
        if self.syntax == Syntax::Wrapped && path == [Key::from("error")].as_slice() {
            keys = vec![Key::from("message")];
        }
        keys.retain(|key| match key {
            Key::Index(index) => index.to_string().starts_with(&wanted),
            Key::Name(name) => name.to_lowercase().starts_with(&wanted),
        });
        keys.into_iter().map(offer).collect()
    }

    /// The value of the last test at the end of a way.
    fn value(&self, name: &str, path: &[Key]) -> Option<&Value> {
        let path = match self.syntax {
            Syntax::Bare => path,
            Syntax::Wrapped => path.strip_prefix(&[Key::from("output")])?,
        };
        match path.split_first() {
            Some((Key::Name(key), rest)) if key == "item" => {
                let item = loop_item(self.flow, name, self.syntax, self.samples);
                item.or_else(|| self.samples.get(name)?.get("item")).and_then(|item| sample_at(item, rest))
            }
            _ => self.samples.get(name).and_then(|sample| sample_at(sample, path)),
        }
    }
}

fn candidate(label: String, insert: String, step: &str, value: Option<&Value>) -> Candidate {
    Candidate {
        label,
        insert,
        step: step.to_owned(),
        hint: value.map_or(TypeHint::Unknown, TypeHint::of),
        preview: value.map(preview),
    }
}

/// A key as it stands in an expression.
fn written(key: &Key) -> String {
    match key {
        Key::Index(index) => format!("[{index}]"),
        Key::Name(name) => format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'")),
    }
}

fn preview(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.chars().take(PREVIEW + 1).collect(),
        Value::Array(list) => format!("{} items", list.len()),
        Value::Object(map) => format!("{} fields", map.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    };
    if text.chars().count() <= PREVIEW { text } else { text.chars().take(PREVIEW).chain(['…']).collect() }
}
