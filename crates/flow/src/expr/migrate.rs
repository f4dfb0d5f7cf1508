//! Rewrites the expressions of a flow from one version of the format to another.

use std::collections::HashSet;

use super::scope::called;
use super::{Finding, Severity, expressions};
use crate::field::{each_step_mut, each_text, each_text_mut};
use crate::{Flow, Index, Key, Op, Refusal, SchemaVersion, Syntax};

/// A flow in another version of the format.
#[derive(Clone, Debug, PartialEq)]
pub struct Migrated {
    /// What to apply.
    pub op: Op,
    /// Expressions that the other version has no form for, left as they are.
    pub left: Vec<Finding>,
}

/// The operation that brings a flow to another version of the format, with every reference in the form of that version.
///
/// # Errors
/// If either version is unknown here.
pub fn migrate(flow: &Flow, to: SchemaVersion) -> Result<Migrated, Refusal> {
    let known = |schema: SchemaVersion| match (schema.syntax(), schema.read_only()) {
        (Some(syntax), _) => Ok(syntax),
        (None, reason) => Err(Refusal::flow(reason.unwrap_or_default())),
    };
    let (from, into) = (known(flow.schema)?, known(to)?);
    let mut document = flow.document();
    document.schema = to;
    let mut left = Vec::new();
    if from != into {
        let mut names: HashSet<String> = flow.steps.walk().map(|visit| visit.step.name.clone()).collect();
        names.insert(flow.trigger.name.clone());
        if into == Syntax::Bare {
            left = without_counterpart(flow, &names);
        }
        for step in document.steps.iter_mut() {
            each_step_mut(step, &mut |step| {
                each_text_mut(step, &mut |text| {
                    if let Some(rewritten) = rewrite(text, &names, into) {
                        *text = rewritten;
                    }
                });
            });
        }
    }
    Ok(Migrated { op: Op::ImportFlow { document: Box::new(document) }, left })
}

/// The text with each reference to a step in the other form; `None` if there is none.
pub(crate) fn rewrite(text: &str, names: &HashSet<String>, into: Syntax) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for reference in expressions(text).iter().flat_map(|expression| &expression.references) {
        if !reference.step().is_some_and(|name| names.contains(name)) {
            continue;
        }
        let (behind, insert) = match (into, reference.path.first(), reference.ends.first()) {
            (Syntax::Wrapped, _, _) => (reference.name.end, "['output']"),
            (Syntax::Bare, Some(Key::Name(side)), Some(end)) if side == "output" => (*end, ""),
            (Syntax::Bare, _, _) => continue,
        };
        out.push_str(text.get(from..reference.name.end)?);
        out.push_str(insert);
        from = behind;
    }
    if from == 0 {
        return None;
    }
    out.push_str(text.get(from..)?);
    Some(out)
}

fn without_counterpart(flow: &Flow, names: &HashSet<String>) -> Vec<Finding> {
    let index = Index::of(flow);
    let mut left = Vec::new();
    for visit in flow.steps.walk() {
        each_text(visit.step, &mut |field, text| {
            for reference in expressions(text).iter().flat_map(|expression| &expression.references) {
                let is_output = matches!(reference.path.first(), Some(Key::Name(side)) if side == "output");
                if is_output || !reference.step().is_some_and(|name| names.contains(name)) {
                    continue;
                }
                let message = format!(
                    "{}, {field}: {} has no form in the older version. Use what the step brings in its place.",
                    called(flow, &index, &visit.step.name),
                    reference.span.of(text)
                );
                let (step, field) = (visit.step.name.clone(), field.clone());
                left.push(Finding { step, field, span: Some(reference.span), severity: Severity::Warning, message });
            }
        });
    }
    left
}
