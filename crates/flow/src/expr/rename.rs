//! Gives steps other names, and every reference to them with it.

use std::collections::HashMap;

use super::{Root, expressions};
use crate::field::{each_step_mut, each_text_within_mut};
use crate::{Flow, Index, Names, Op, Refusal, Step, is_name};

/// The text with each reference to a step of `names` pointing to its other name; `None` if there is none.
#[must_use]
pub fn rename_references(text: &str, names: &HashMap<String, String>) -> Option<String> {
    if !text.contains("{{") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for reference in expressions(text).iter().flat_map(|expression| &expression.references) {
        let Root::Step(name) = &reference.root else { continue };
        let Some(other) = names.get(name) else { continue };
        out.push_str(text.get(from..reference.name.start).unwrap_or_default());
        out.push_str(other);
        from = reference.name.end;
    }
    if from == 0 {
        return None;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Some(out)
}

/// The operation that gives a step another name, and every reference to it with it.
///
/// A server knows steps by name and cannot rename one, so it is an import of the whole.
///
/// # Errors
/// If there is no such step, or the other name is taken or not allowed.
pub fn rename_step(flow: &Flow, from: &str, to: &str) -> Result<Op, Refusal> {
    let index = Index::of(flow);
    if index.number(from).is_none() {
        return Err(Refusal::no_step(from));
    }
    if !is_name(to) {
        return Err(Refusal::of(from, "name", format!("{from} cannot be called {to:?}: use letters, digits and `_`.")));
    }
    if from != to && !Names::of(flow).is_free(to) {
        return Err(Refusal::of(from, "name", format!("{from} cannot be called {to}: another step is.")));
    }
    let mut document = flow.document();
    let names = HashMap::from([(from.to_owned(), to.to_owned())]);
    for step in document.steps.iter_mut() {
        rename_within(step, &names);
    }
    Ok(Op::ImportFlow { document: Box::new(document) })
}

/// Gives the steps in here other names, and the references in here with them.
pub(crate) fn rename_within(step: &mut Step, names: &HashMap<String, String>) {
    each_step_mut(step, &mut |step| {
        if let Some(name) = names.get(&step.name) {
            step.name.clone_from(name);
        }
    });
    each_text_within_mut(step, &mut |text| {
        if let Some(renamed) = rename_references(text, names) {
            *text = renamed;
        }
    });
}

/// Gives a copied step and all in it free names; the references in it go to the copies.
pub(crate) fn rename_copy(step: &mut Step, names: &mut Names) {
    let mut renamed = HashMap::new();
    each_step_mut(step, &mut |step| {
        renamed.insert(step.name.clone(), names.next_free());
    });
    rename_within(step, &renamed);
}
