//! A text with its references as chips that name the steps as people call them, and whether what they bring fits. Pure.

use flow::expr::{Expression, Reference, Root, Samples, TypeHint, expressions, hint, is_single};
use flow::{Flow, Key, Syntax};

use super::control::{Control, hint_word};
use crate::say;
use crate::studio::edits::said;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// As typed.
    Text(String),
    /// An expression.
    Chip(Chip),
}

/// An expression as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chip {
    /// “Fetch · total”.
    pub(super) label: String,
    /// The expression as it is written, braces included.
    pub(super) source: String,
    /// It is broken, or reaches for a step that is not there.
    pub(super) is_broken: bool,
    /// What kind of value it is.
    pub(super) hint: TypeHint,
}

/// The parts of a text.
pub(super) fn parts(flow: &Flow, samples: &Samples, text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut from = 0;
    for one in expressions(text) {
        if let Some(before) = text.get(from..one.span.start).filter(|before| !before.is_empty()) {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(Part::Chip(chip(flow, samples, text, &one)));
        from = one.span.end;
    }
    if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        parts.push(Part::Text(rest.to_owned()));
    }
    parts
}

/// Whether there is a chip among them.
pub(super) fn has_chips(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part, Part::Chip(_)))
}

fn chip(flow: &Flow, samples: &Samples, text: &str, one: &Expression) -> Chip {
    let syntax = flow.schema.syntax().unwrap_or(Syntax::Wrapped);
    let inner = one.inner.of(text);
    let mut label = String::new();
    let mut from = one.inner.start;
    let mut is_broken = one.fault.is_some();
    for reference in &one.references {
        label.push_str(text.get(from..reference.span.start).unwrap_or_default());
        label.push_str(&words(flow, syntax, reference, &mut is_broken));
        from = reference.span.end;
    }
    label.push_str(text.get(from..one.inner.end).unwrap_or_default());
    let label = label.trim();
    let is_one = matches!(one.references.as_slice(), [only] if only.span.of(text) == inner.trim());
    let hint = match one.references.first() {
        Some(first) if is_one => hint(first, syntax, samples),
        Some(_) | None => TypeHint::Unknown,
    };
    let label = if label.is_empty() { say::form::nothing_yet() } else { label };
    Chip { label: label.to_owned(), source: one.span.of(text).to_owned(), is_broken, hint }
}

fn words(flow: &Flow, syntax: Syntax, reference: &Reference, is_broken: &mut bool) -> String {
    let (name, path) = match &reference.root {
        Root::Step(name) => {
            let is_there = *name == flow.trigger.name || flow.step(name).is_some();
            *is_broken |= !is_there;
            let path = match (syntax, reference.path.split_first()) {
                (Syntax::Wrapped, Some((Key::Name(side), rest))) if side == "output" => rest,
                (Syntax::Wrapped | Syntax::Bare, _) => reference.path.as_slice(),
            };
            (said(flow, name), path)
        }
        Root::Connection(id) => (id.as_str(), reference.path.as_slice()),
        Root::Variable(name) => (name.as_str(), reference.path.as_slice()),
    };
    let mut label = name.to_owned();
    for key in path {
        label.push_str(" · ");
        match key {
            Key::Name(name) => label.push_str(name),
            Key::Index(index) => label.push_str(&(index + 1).to_string()),
        }
    }
    label
}

/// What to say of a reference whose value is not of the kind that the control wants; `None` if it fits or nobody knows.
pub(super) fn misfit(flow: &Flow, samples: &Samples, control: Control, text: &str) -> Option<String> {
    let wanted = control.wants();
    let first = wanted.first()?;
    if !is_single(text) {
        return None;
    }
    let parts = parts(flow, samples, text.trim());
    let [Part::Chip(chip)] = parts.as_slice() else { return None };
    if chip.hint == TypeHint::Unknown || wanted.contains(&chip.hint) {
        return None;
    }
    Some(say::form::Misfit { label: &chip.label, found: hint_word(chip.hint), wanted: hint_word(*first) }.text())
}
