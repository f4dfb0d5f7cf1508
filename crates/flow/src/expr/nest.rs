//! Takes what a step brings one level further in or out, and every reference to it with it.

use super::scope::called;
use super::{Finding, Reference, Severity, expressions};
use crate::field::{each_step_mut, each_text, each_text_mut};
use crate::{Flow, Index, Key, Syntax};

/// What is done with what a step brings.
#[derive(Clone, Copy)]
enum Turn<'m> {
    /// It becomes this member of what the step brings.
    Into(&'m str),
    /// This member becomes all that the step brings.
    OutOf(&'m str),
}

/// Has every reference to what `step` brings reach into a member of it: what it brought is a part of what it brings then.
/// Returns the references that have no form for that; they are left as they are.
pub fn nest(flow: &mut Flow, step: &str, member: &str) -> Vec<Finding> {
    turn(flow, step, Turn::Into(member))
}

/// Takes [`nest`] back. Returns the references that reach beside the member; they are left as they are.
pub fn unnest(flow: &mut Flow, step: &str, member: &str) -> Vec<Finding> {
    turn(flow, step, Turn::OutOf(member))
}

fn turn(flow: &mut Flow, step: &str, turn: Turn<'_>) -> Vec<Finding> {
    // Expressions of a form that nobody knows are left alone: such a flow is only read here.
    let Some(syntax) = flow.schema.syntax() else { return Vec::new() };
    let left = without_form(flow, step, syntax, turn);
    for found in flow.steps.iter_mut() {
        each_step_mut(found, &mut |found| {
            each_text_mut(found, &mut |text| {
                if let Some(turned) = rewrite(text, step, syntax, turn) {
                    *text = turned;
                }
            });
        });
    }
    left
}

/// What of the text gives way to what, in bytes; `None` when the reference has no such form.
fn place(reference: &Reference, syntax: Syntax, turn: Turn<'_>) -> Option<(usize, usize, String)> {
    let (at, next) = match (syntax, reference.path.first()) {
        (Syntax::Bare, _) => (reference.name.end, 0),
        (Syntax::Wrapped, Some(Key::Name(side))) if side == "output" => (*reference.ends.first()?, 1),
        (Syntax::Wrapped, _) => return None,
    };
    match (turn, reference.path.get(next)) {
        (Turn::Into(member), _) => Some((at, at, format!("['{member}']"))),
        (Turn::OutOf(member), Some(Key::Name(name))) if name == member => {
            Some((at, *reference.ends.get(next)?, String::new()))
        }
        (Turn::OutOf(_), _) => None,
    }
}

fn rewrite(text: &str, step: &str, syntax: Syntax, turn: Turn<'_>) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for reference in expressions(text).iter().flat_map(|expression| &expression.references) {
        if reference.step() != Some(step) {
            continue;
        }
        let Some((start, end, member)) = place(reference, syntax, turn) else { continue };
        out.push_str(text.get(from..start)?);
        out.push_str(&member);
        from = end;
    }
    if from == 0 {
        return None;
    }
    out.push_str(text.get(from..)?);
    Some(out)
}

fn without_form(flow: &Flow, step: &str, syntax: Syntax, turn: Turn<'_>) -> Vec<Finding> {
    let index = Index::of(flow);
    let mut left = Vec::new();
    for visit in flow.steps.walk() {
        each_text(visit.step, &mut |field, text| {
            for reference in expressions(text).iter().flat_map(|expression| &expression.references) {
                if reference.step() != Some(step) || place(reference, syntax, turn).is_some() {
                    continue;
                }
                let message = format!(
                    "{}, {field}: {} reads something else there. Point it to what {} brings.",
                    called(flow, &index, &visit.step.name),
                    reference.span.of(text),
                    called(flow, &index, step)
                );
                let (name, field) = (visit.step.name.clone(), field.clone());
                left.push(Finding {
                    step: name,
                    field,
                    span: Some(reference.span),
                    severity: Severity::Warning,
                    message,
                });
            }
        });
    }
    left
}
