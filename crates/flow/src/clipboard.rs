//! Steps on their way through the clipboard, within a flow or to another: a text that says what it is.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::expr::{rename_within, rewrite};
use crate::field::{each_step_mut, each_text_within_mut};
use crate::{Flow, Index, Names, Op, Place, Refusal, Trigger, wire};

/// The steps of these names with all that they hold, as a text for the clipboard. Of a step and one inside it, the outer is
/// enough.
///
/// # Errors
/// If a step is not there, or it is the trigger.
pub fn copy(flow: &Flow, names: &[String]) -> Result<String, Refusal> {
    let index = Index::of(flow);
    let mut numbers = BTreeSet::new();
    for name in names {
        if name == Trigger::NAME {
            return Err(Refusal::step(name, "The trigger cannot be copied. Copy the steps behind it.".to_owned()));
        }
        numbers.insert(index.number(name).ok_or_else(|| Refusal::no_step(name))?);
    }
    let mut end = 0;
    let mut actions = Vec::new();
    for entry in numbers.iter().filter_map(|number| Some((*number, index.entry(*number)?))) {
        let (number, entry) = entry;
        if number >= end {
            end = number + entry.span;
            actions.push(wire::write_step(entry.step));
        }
    }
    Ok(wire::write_clip(&actions, flow.schema))
}

/// The operation that puts the steps of a copied text at a place of this flow.
///
/// They get free names, and references among them go to the copies. Where a step reaches for one that was not copied, the
/// reference stays as it is: `check_references` tells whether it leads anywhere here. Expressions are brought into the form
/// of this flow's version. What the last tests brought is left behind.
///
/// # Errors
/// If the text is nothing that was copied, or the place is not there.
pub fn paste(flow: &Flow, text: &str, place: &Place) -> Result<Op, Refusal> {
    let nothing = || Refusal::flow("There are no steps in the clipboard. Copy some on a canvas first.");
    let (chain, schema) = wire::read_clip(text).map_err(|_| nothing())?;
    if chain.is_empty() {
        return Err(nothing());
    }
    Index::of(flow).resolve(place).ok_or_else(|| Refusal::no_place(place))?;
    if let Some(reason) = flow.read_only() {
        return Err(Refusal::flow(reason));
    }
    let mut steps = chain.into_steps();
    let mut names = Names::of(flow);
    let mut known: HashSet<String> = crate::Walk::over(&flow.steps).map(|visit| visit.step.name.clone()).collect();
    known.insert(flow.trigger.name.clone());
    let mut renamed = HashMap::new();
    for step in &mut steps {
        each_step_mut(step, &mut |step| {
            known.insert(step.name.clone());
            renamed.insert(step.name.clone(), names.next_free());
            step.settings.remove("sampleData");
        });
    }
    let into = flow.schema.syntax().filter(|syntax| schema.syntax().is_some_and(|from| from != *syntax));
    for step in &mut steps {
        if let Some(into) = into {
            each_text_within_mut(step, &mut |text| {
                if let Some(rewritten) = rewrite(text, &known, into) {
                    *text = rewritten;
                }
            });
        }
        rename_within(step, &renamed);
    }
    Ok(Op::AddAction { place: place.clone(), steps: steps.into() })
}
