//! Which findings stand beside which field, in words that need not say step and field again. Pure.

use flow::expr::{Finding, Severity};
use flow::{FieldPath, Key};

/// What stands beside a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Beside {
    /// It keeps the step from running.
    pub(super) is_error: bool,
    /// A sentence.
    pub(super) words: String,
}

/// What is wrong at a field. A field that holds others shows only what is about itself.
pub(super) fn at_field(findings: &[Finding], step: &str, at: &FieldPath, holds_others: bool) -> Vec<Beside> {
    let is_here = |field: &FieldPath| match holds_others {
        true => field == at,
        false => field.0.starts_with(&at.0),
    };
    findings.iter().filter(|finding| finding.step == step && is_here(&finding.field)).map(beside).collect()
}

/// What is wrong with the step as a whole: what no field of the form shows.
pub(super) fn at_top(findings: &[Finding], step: &str) -> Vec<Beside> {
    let is_top = |field: &FieldPath| match field.0.as_slice() {
        [] => true,
        [Key::Name(first)] => first == "type" || first == "displayName",
        [Key::Name(first), Key::Name(second), ..] if first == "settings" => {
            matches!(second.as_str(), "pieceName" | "actionName" | "triggerName")
        }
        _ => false,
    };
    findings.iter().filter(|finding| finding.step == step && is_top(&finding.field)).map(beside).collect()
}

fn beside(finding: &Finding) -> Beside {
    Beside { is_error: finding.severity == Severity::Error, words: brief(&finding.step, &finding.message) }
}

/// The sentence without the step and the field at its beginning.
pub(super) fn brief(step: &str, message: &str) -> String {
    let named = ["(", step, "), "].concat();
    let whole = ["(", step, "): "].concat();
    let behind = if let Some((_, rest)) = message.split_once(&whole) {
        Some(rest)
    } else {
        message.split_once(&named).and_then(|(_, rest)| rest.split_once(": ")).map(|(_, rest)| rest)
    };
    let rest = behind.unwrap_or(message);
    let mut letters = rest.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
