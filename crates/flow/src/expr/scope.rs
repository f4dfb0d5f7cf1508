//! Which steps an expression may reach for from where it stands, and which it does.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Reference, Root, Span, expressions};
use crate::field::{each_text, each_text_of_trigger};
use crate::{FieldPath, Flow, Index, Key, Slot, Step, Syntax, Trigger};

/// How one step stands to another that reaches for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has run.
    Before,
    /// It is the loop that the other is in: there is an item and its number.
    LoopAround,
    /// It is the router that the other is in.
    RouterAround,
    /// It went well, and the other follows that.
    Succeeded,
    /// It failed, and the other follows that: there is an error.
    Failed,
    /// It is in a branch or loop that need not have run.
    MayNotHaveRun,
    /// It is the other.
    Itself,
    /// It runs later.
    After,
    /// There is none.
    Missing,
}

impl Standing {
    /// Whether its result is there for certain.
    #[must_use]
    pub fn is_reachable(self) -> bool {
        match self {
            Self::Before | Self::LoopAround | Self::RouterAround | Self::Succeeded | Self::Failed => true,
            Self::MayNotHaveRun | Self::Itself | Self::After | Self::Missing => false,
        }
    }
}

/// A step that may be reached for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InScope {
    /// What expressions call it by.
    pub name: String,
    /// What people call it.
    pub display_name: String,
    /// How it stands.
    pub standing: Standing,
    /// Whether it is passed over, so that it brings nothing.
    pub is_skipped: bool,
}

/// How `target` stands to the step `from`.
#[must_use]
pub fn standing(index: &Index<'_>, from: &str, target: &str) -> Standing {
    if target == from {
        return Standing::Itself;
    }
    if target == index.trigger() {
        return Standing::Before;
    }
    let Some(target) = index.number(target) else { return Standing::Missing };
    let Some(from) = index.number(from) else { return Standing::After };
    if index.holds(target, from) {
        let through = index.holders(from).find(|(holder, _)| *holder == target);
        return match through.map(|(_, slot)| slot) {
            Some(Slot::Body) => Standing::LoopAround,
            Some(Slot::OnSuccess) => Standing::Succeeded,
            Some(Slot::OnFailure) => Standing::Failed,
            Some(Slot::Branch(_)) | None => Standing::RouterAround,
        };
    }
    if target > from {
        return Standing::After;
    }
    let shares_chain = match index.entry(target).and_then(|entry| entry.inside) {
        None => true,
        inside @ Some(_) => {
            index.entry(from).is_some_and(|entry| entry.inside == inside)
                || index
                    .holders(from)
                    .any(|(holder, _)| index.entry(holder).is_some_and(|entry| entry.inside == inside))
        }
    };
    if shares_chain { Standing::Before } else { Standing::MayNotHaveRun }
}

/// What the step of this name may reach for, from the trigger to the nearest. Nothing for the trigger itself.
#[must_use]
pub fn scope(flow: &Flow, from: &str) -> Vec<InScope> {
    let index = Index::of(flow);
    let Some(number) = index.number(from) else { return Vec::new() };
    let trigger = InScope {
        name: flow.trigger.name.clone(),
        display_name: flow.trigger.display_name.clone(),
        standing: Standing::Before,
        is_skipped: false,
    };
    let before = index.entries().iter().take(number).filter_map(|entry| {
        let step = entry.step;
        let standing = standing(&index, from, &step.name);
        standing.is_reachable().then(|| InScope {
            name: step.name.clone(),
            display_name: step.display_name.clone(),
            standing,
            is_skipped: step.is_skipped(),
        })
    });
    std::iter::once(trigger).chain(before).collect()
}

/// The steps that a step reaches for in its own fields; not in those of the steps that it holds.
#[must_use]
pub fn dependencies(step: &Step) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    each_text(step, &mut |_, text| {
        let references = expressions(text).into_iter().flat_map(|expression| expression.references);
        names.extend(references.filter_map(|reference| match reference.root {
            Root::Step(name) => Some(name),
            Root::Connection(_) | Root::Variable(_) => None,
        }));
    });
    names
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It may be meant.
    Warning,
    /// It cannot work.
    Error,
}

/// Something wrong with a field of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The step, or the trigger, by name.
    pub step: String,
    /// The field; the step as a whole if it is empty.
    pub field: FieldPath,
    /// Where in the text of the field.
    pub span: Option<Span>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and what to do: a sentence.
    pub message: String,
}

/// What is wrong with the expressions of a flow, in the order of the page.
#[must_use]
pub fn check_references(flow: &Flow) -> Vec<Finding> {
    let index = Index::of(flow);
    let syntax = flow.schema.syntax();
    let mut findings = Vec::new();
    let trigger = flow.trigger.name.as_str();
    each_text_of_trigger(&flow.trigger, &mut |field, text| {
        check_text((flow, &index), syntax, trigger, field, text, &mut findings);
    });
    for entry in index.entries() {
        each_text(entry.step, &mut |field, text| {
            check_text((flow, &index), syntax, &entry.step.name, field, text, &mut findings);
        });
    }
    findings
}

/// What people call a step, or the trigger, with the name that its results are found under.
pub(super) fn called(flow: &Flow, index: &Index<'_>, name: &str) -> String {
    let display_name = match flow.trigger.name == name {
        true => Some(&flow.trigger.display_name),
        false => index.step(name).map(|step| &step.display_name),
    };
    display_name.map_or_else(|| name.to_owned(), |display_name| format!("{display_name} ({name})"))
}

fn check_text(
    (flow, index): (&Flow, &Index<'_>),
    syntax: Option<Syntax>,
    step: &str,
    field: &FieldPath,
    text: &str,
    findings: &mut Vec<Finding>,
) {
    if !text.contains("{{") {
        return;
    }
    let mut add = |span: Span, severity: Severity, message: String| {
        findings.push(Finding { step: step.to_owned(), field: field.clone(), span: Some(span), severity, message });
    };
    for expression in expressions(text) {
        if let Some(fault) = expression.fault {
            add(expression.span, Severity::Error, format!("{}, {field}: {fault}", called(flow, index, step)));
            continue;
        }
        for reference in &expression.references {
            let Some(name) = reference.step() else { continue };
            let standing = match step == Trigger::NAME && name == step {
                true => Standing::Itself,
                false => standing(index, step, name),
            };
            let problem = match standing {
                Standing::Missing => {
                    Some((Severity::Error, format!("there is no step {name}. Choose one that is there")))
                }
                Standing::Itself => {
                    Some((Severity::Error, "a step cannot use its own result. Choose an earlier one".to_owned()))
                }
                Standing::After => Some((
                    Severity::Error,
                    format!(
                        "{} runs later. Move it before this step, or choose an earlier one",
                        called(flow, index, name)
                    ),
                )),
                Standing::MayNotHaveRun => Some((
                    Severity::Warning,
                    format!(
                        "{} is in a branch or loop that need not have run, and is empty then",
                        called(flow, index, name)
                    ),
                )),
                Standing::Before
                | Standing::LoopAround
                | Standing::RouterAround
                | Standing::Succeeded
                | Standing::Failed => match syntax {
                    Some(Syntax::Wrapped) => unwrapped(reference, text).map(|message| (Severity::Error, message)),
                    Some(Syntax::Bare) | None => None,
                },
            };
            if let Some((severity, message)) = problem {
                add(reference.span, severity, format!("{}, {field}: {message}.", called(flow, index, step)));
            }
        }
    }
}

/// From version 22 on, what a step brought is under `output`; without it, the value is silently empty.
fn unwrapped(reference: &Reference, text: &str) -> Option<String> {
    match reference.path.first()? {
        Key::Name(side) if side == "output" || side == "error" => None,
        Key::Name(_) | Key::Index(_) => {
            let name = reference.name.of(text);
            let rest = Span { start: reference.name.end, end: reference.span.end };
            Some(format!("{} is always empty. Write {name}['output']{}", reference.span.of(text), rest.of(text)))
        }
    }
}
