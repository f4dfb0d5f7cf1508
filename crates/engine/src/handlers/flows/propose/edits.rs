//! Edits in few words as operations of the `flow` crate: all of them, or a sentence on the one that cannot be made.
//!
//! Pure. Names of steps are given out here; until an edit is accepted, whoever proposes calls its steps by a word of its own.

use std::collections::HashMap;

use contract::commands::{FlowBranch, FlowCompare, FlowEdit};
use flow::expr::{Finding, Severity, check_references, rename_references};
use flow::{
    Branch, Code, Condition, Flow, Kind, Map, Names, Op, Operator, Place, Refusal, Router, Slot, Step, Trigger,
    TriggerKind, apply, describe, is_name,
};
use serde_json::Value;

use super::stock::{Side, Stock, fill};

/// More edits are not made at once.
const MOST: usize = 200;

/// Makes the edits, and tells each in words of people.
///
/// # Errors
/// A sentence for whoever proposes. The flow is to be thrown away then.
pub(crate) fn edit(flow: &mut Flow, edits: &[FlowEdit], stock: Stock<'_>) -> Result<Vec<String>, String> {
    if edits.is_empty() || edits.len() > MOST {
        return Err(format!("{} edits cannot be made at once; 1 to {MOST} can.", edits.len()));
    }
    let broken: Vec<Finding> = wrong_references(flow).collect();
    let names = Names::of(flow);
    let mut editor = Editor { flow, stock, names, handles: HashMap::new(), told: Vec::new() };
    for (number, edit) in edits.iter().enumerate() {
        editor.make(edit).map_err(|why| {
            let why = why.trim_end_matches('.');
            format!("Edit {} of {}, `{}`: {why}. Nothing was proposed.", number + 1, edits.len(), word(edit))
        })?;
    }
    let told = editor.told;
    // A sentence names steps as they are called: one that was broken before may read otherwise now.
    let was_so = |found: &Finding| {
        broken.iter().any(|one| (&one.step, &one.field, one.span) == (&found.step, &found.field, found.span))
    };
    match wrong_references(flow).find(|found| !was_so(found)) {
        Some(wrong) => Err(format!("{} Nothing was proposed.", wrong.message)),
        None => Ok(told),
    }
}

fn wrong_references(flow: &Flow) -> impl Iterator<Item = Finding> {
    check_references(flow).into_iter().filter(|finding| finding.severity == Severity::Error)
}

/// What the edit is called in its JSON.
fn word(edit: &FlowEdit) -> &'static str {
    match edit {
        FlowEdit::Trigger { .. } => "trigger",
        FlowEdit::Step { .. } => "step",
        FlowEdit::Code { .. } => "code",
        FlowEdit::Loop { .. } => "loop",
        FlowEdit::Router { .. } => "router",
        FlowEdit::Change { .. } => "change",
        FlowEdit::Branch { .. } => "branch",
        FlowEdit::Rename { .. } => "rename",
        FlowEdit::Move { .. } => "move",
        FlowEdit::Remove { .. } => "remove",
        FlowEdit::Skip { .. } => "skip",
        FlowEdit::Connect { .. } => "connect",
    }
}

struct Editor<'e> {
    flow: &'e mut Flow,
    stock: Stock<'e>,
    names: Names,
    /// What the edits call steps, and what these are called.
    handles: HashMap<String, String>,
    told: Vec<String>,
}

type Made = Result<(), String>;

impl Editor<'_> {
    fn make(&mut self, edit: &FlowEdit) -> Made {
        match edit {
            FlowEdit::Trigger { piece, trigger, input } => self.trigger(piece, trigger, input),
            FlowEdit::Step { piece, action, input, label, handle, at } => {
                let stock = self.stock;
                let piece = stock.piece(piece)?;
                let operation = stock.operation(piece, action, Side::Action)?;
                let call = stock.call(piece, operation, &self.resolved(input))?;
                let label = if label.trim().is_empty() { &operation.display_name } else { label };
                self.add(handle, at, |name| Step::piece(name, label.trim(), call))
            }
            FlowEdit::Code { source, input, label, handle, at } => {
                let input = self.resolved(input);
                let label = or(label, "Code");
                self.add(handle, at, |name| {
                    let mut step = Step::code(name, label, source);
                    if let Some(kept) = step.input_mut() {
                        *kept = input;
                    }
                    step
                })
            }
            FlowEdit::Loop { items, label, handle, at } => {
                let items = self.text(items);
                self.add(handle, at, |name| Step::loop_on(name, or(label, "For each"), items))
            }
            FlowEdit::Router { branches, label, handle, at } => {
                if branches.is_empty() {
                    return Err("a router has one branch at least".to_owned());
                }
                let branches: Vec<Branch> = branches.iter().map(|branch| self.branch(branch)).collect();
                self.add(handle, at, |name| {
                    let mut step = Step::router(name, or(label, "Router"), &[]);
                    if let Kind::Router(router) = &mut step.kind {
                        router.branches.splice(0..0, branches);
                    }
                    step
                })
            }
            FlowEdit::Change { step, input, source, items, retry, goes_on } => {
                let name = self.step(step)?;
                let input = self.resolved(input);
                if name == self.flow.trigger.name {
                    return self.change_trigger(&input);
                }
                let items = items.as_ref().map(|items| self.text(items));
                let stock = self.stock;
                self.update(&name, |step| {
                    change(step, stock, &input)?;
                    set_source(step, source.as_deref())?;
                    set_items(step, items)?;
                    set_errors(step, *retry, *goes_on)
                })
            }
            FlowEdit::Branch { step, branch } => self.change_branch(step, branch),
            FlowEdit::Rename { step, label } => self.rename(step, label.trim()),
            FlowEdit::Move { step, at } => {
                let (name, to) = (self.step(step)?, self.place(at)?);
                self.apply(Op::MoveAction { name, to })
            }
            FlowEdit::Remove { step } => match step.split_once('/') {
                None => {
                    let name = self.step(step)?;
                    if name == self.flow.trigger.name {
                        return Err("the trigger cannot be removed. Choose another with `trigger`".to_owned());
                    }
                    self.apply(Op::delete(name))
                }
                Some((step, branch)) => {
                    let name = self.step(step)?;
                    let index = branch_of(self.router(&name)?, branch)?;
                    self.apply(Op::DeleteBranch { step: name, index })
                }
            },
            FlowEdit::Skip { step, skip } => {
                let names = vec![self.step(step)?];
                self.apply(Op::SetSkipAction { names, skip: Some(*skip) })
            }
            FlowEdit::Connect { step, connection } => {
                let name = self.step(step)?;
                let piece = match name == self.flow.trigger.name {
                    true => self.flow.trigger.call(),
                    false => self.flow.step(&name).and_then(Step::call),
                };
                let piece = piece.map(|call| call.piece.clone()).ok_or("it acts with no account")?;
                let auth = self.stock.connection(&piece, connection)?;
                if name == self.flow.trigger.name {
                    let mut trigger = self.flow.trigger.clone();
                    if let TriggerKind::Piece(call) = &mut trigger.kind {
                        call.input.insert("auth".to_owned(), auth.into());
                    }
                    return self.apply(Op::UpdateTrigger { trigger: Box::new(trigger) });
                }
                self.update(&name, |step| {
                    let input = step.input_mut().ok_or("it acts with no account")?;
                    input.insert("auth".to_owned(), auth.into());
                    Ok(())
                })
            }
        }
    }

    fn apply(&mut self, op: Op) -> Made {
        let told = describe(self.flow, &op);
        apply(self.flow, op).map_err(|refusal: Refusal| refusal.message)?;
        self.told.push(told);
        Ok(())
    }

    fn trigger(&mut self, piece: &str, trigger: &str, input: &Map) -> Made {
        let stock = self.stock;
        let piece = stock.piece(piece)?;
        let operation = stock.operation(piece, trigger, Side::Trigger)?;
        let call = stock.call(piece, operation, input)?;
        let trigger = Trigger { name: self.flow.trigger.name.clone(), ..Trigger::piece(&operation.display_name, call) };
        self.apply(Op::UpdateTrigger { trigger: Box::new(trigger) })
    }

    fn change_trigger(&mut self, input: &Map) -> Made {
        let mut trigger = self.flow.trigger.clone();
        let TriggerKind::Piece(call) = &mut trigger.kind else {
            return Err("nothing starts it yet. Choose a trigger with `trigger`".to_owned());
        };
        let operation = self.stock.described(call, Side::Trigger)?;
        fill(call, operation, input)?;
        self.apply(Op::UpdateTrigger { trigger: Box::new(trigger) })
    }

    fn add(&mut self, handle: &str, at: &str, step: impl FnOnce(String) -> Step) -> Made {
        let place = self.place(at)?;
        let name = self.names.next_free();
        let handle = handle.trim();
        if !handle.is_empty() {
            let is_taken = self.handles.contains_key(handle) || !self.names.is_free(handle);
            if is_taken || !is_name(handle) {
                return Err(format!("“{handle}” is taken, or no word. Call the step something else in `as`"));
            }
            self.handles.insert(handle.to_owned(), name.clone());
        }
        self.apply(Op::add(place, step(name)))
    }

    /// Changes the settings of a step; what it holds stays.
    fn update(&mut self, name: &str, change: impl FnOnce(&mut Step) -> Made) -> Made {
        let mut step = self.flow.step(name).map(Step::shell).ok_or("it has no settings")?;
        change(&mut step)?;
        self.apply(Op::update(step))
    }

    fn rename(&mut self, step: &str, label: &str) -> Made {
        if label.is_empty() {
            return Err("the name is empty".to_owned());
        }
        if step.trim().is_empty() {
            return self.apply(Op::ChangeName { display_name: label.to_owned() });
        }
        let name = self.step(step)?;
        if name == self.flow.trigger.name {
            let trigger = Trigger { display_name: label.to_owned(), ..self.flow.trigger.clone() };
            return self.apply(Op::UpdateTrigger { trigger: Box::new(trigger) });
        }
        self.update(&name, |step| {
            label.clone_into(&mut step.display_name);
            Ok(())
        })
    }

    fn change_branch(&mut self, step: &str, branch: &FlowBranch) -> Made {
        let name = self.step(step)?;
        let wanted = self.branch(branch);
        let router = self.router(&name)?;
        let known = router.branches.iter().position(|one| !one.is_fallback() && one.name == wanted.name);
        let end = router.branches.iter().position(Branch::is_fallback).unwrap_or(router.branches.len());
        let Some(index) = known else {
            return self.apply(Op::AddBranch { step: name, index: end, branch: Box::new(wanted) });
        };
        self.update(&name, |step| {
            if let Kind::Router(router) = &mut step.kind
                && let Some(branch) = router.branches.get_mut(index)
            {
                branch.kind = wanted.kind;
            }
            Ok(())
        })
    }

    fn router(&self, name: &str) -> Result<&Router, String> {
        match self.flow.step(name).map(|step| &step.kind) {
            Some(Kind::Router(router)) => Ok(router),
            Some(Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_)) | None => {
                Err(format!("{name} is no router, so it has no branches"))
            }
        }
    }

    /// The step of this name, of this word of an earlier edit, or that people call so.
    fn step(&self, given: &str) -> Result<String, String> {
        let given = given.trim();
        if let Some(name) = self.handles.get(given) {
            return Ok(name.clone());
        }
        let (trigger, mut steps) = (&self.flow.trigger, self.flow.steps.walk().map(|visit| visit.step));
        if given == trigger.name || steps.any(|step| step.name == given) {
            return Ok(given.to_owned());
        }
        let steps = || self.flow.steps.walk().map(|visit| visit.step);
        let called: Vec<&Step> = steps().filter(|step| step.display_name.eq_ignore_ascii_case(given)).collect();
        match called.as_slice() {
            [one] => Ok(one.name.clone()),
            [] if given.eq_ignore_ascii_case(&trigger.display_name) => Ok(trigger.name.clone()),
            [] => {
                let known: Vec<String> =
                    steps().take(20).map(|step| format!("{} ({})", step.name, step.display_name)).collect();
                Err(format!("there is no step “{given}”. There are trigger, {}", known.join(", ")))
            }
            [..] => Err(format!("several steps are called “{given}”. Use the name of one, such as step_1")),
        }
    }

    /// The place that is told so.
    fn place(&self, at: &str) -> Result<Place, String> {
        let at = at.trim();
        if at.is_empty() {
            let last = self.flow.steps.last().map_or(self.flow.trigger.name.as_str(), |step| step.name.as_str());
            return Ok(Place::after(last));
        }
        let Some((step, within)) = at.split_once('/') else { return Ok(Place::after(self.step(at)?)) };
        let name = self.step(step)?;
        let found = self.flow.step(&name).ok_or("nothing stands in the trigger")?;
        let slot = match (&found.kind, within.trim()) {
            (Kind::Loop(_), _) => Slot::Body,
            (Kind::Router(router), branch) => Slot::Branch(branch_of(router, branch)?),
            (Kind::Piece(_) | Kind::Code(_), "failed") => Slot::OnFailure,
            (Kind::Piece(_) | Kind::Code(_), "succeeded") => Slot::OnSuccess,
            (Kind::Piece(_) | Kind::Code(_) | Kind::Other(_), _) => {
                return Err(format!("nothing stands in “{at}”. Of a step there are /failed and /succeeded"));
            }
        };
        Ok(Place::inside(name, slot))
    }

    fn branch(&self, branch: &FlowBranch) -> Branch {
        let each = branch.when.iter().map(|condition| {
            let (first, second) = (self.text(&condition.value), self.text(&condition.than));
            Condition::new(first, operator(condition.is), second)
        });
        let groups = match branch.any {
            true => each.map(|condition| vec![condition]).collect(),
            false => vec![each.collect()],
        };
        Branch::when(branch.name.trim(), groups)
    }

    /// The text with the words for steps replaced by what they are called.
    fn text(&self, text: &str) -> String {
        rename_references(text, &self.handles).unwrap_or_else(|| text.to_owned())
    }

    fn resolved(&self, input: &Map) -> Map {
        input.iter().map(|(name, value)| (name.clone(), self.value(value))).collect()
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Value::Object(members) => self.resolved(members).into(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

fn or<'a>(label: &'a str, usual: &'a str) -> &'a str {
    if label.trim().is_empty() { usual } else { label.trim() }
}

fn branch_of(router: &Router, given: &str) -> Result<usize, String> {
    let given = given.trim();
    let by_name = router.branches.iter().position(|branch| branch.name.eq_ignore_ascii_case(given));
    by_name.ok_or_else(|| {
        let known: Vec<&str> = router.branches.iter().map(|branch| branch.name.as_str()).collect();
        format!("there is no branch “{given}”. There are {}", known.join(", "))
    })
}

fn change(step: &mut Step, stock: Stock<'_>, input: &Map) -> Made {
    if input.is_empty() {
        return Ok(());
    }
    match &mut step.kind {
        Kind::Piece(piece) => {
            let operation = stock.described(&piece.call, Side::Action)?;
            fill(&mut piece.call, operation, input)
        }
        Kind::Code(Code { input: kept, .. }) => {
            for (name, value) in input {
                match value {
                    Value::Null => drop(kept.remove(name)),
                    Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                        kept.insert(name.clone(), value.clone());
                    }
                }
            }
            Ok(())
        }
        Kind::Loop(_) => Err("a loop has no fields but `items`".to_owned()),
        Kind::Router(_) | Kind::Other(_) => Err("it has no fields. Branches are changed with `branch`".to_owned()),
    }
}

fn set_source(step: &mut Step, source: Option<&str>) -> Made {
    match (&mut step.kind, source) {
        (_, None) => Ok(()),
        (Kind::Code(code), Some(source)) => {
            source.clone_into(&mut code.code);
            Ok(())
        }
        (Kind::Piece(_) | Kind::Loop(_) | Kind::Router(_) | Kind::Other(_), Some(_)) => {
            Err("it runs no code".to_owned())
        }
    }
}

fn set_items(step: &mut Step, items: Option<String>) -> Made {
    match (&mut step.kind, items) {
        (_, None) => Ok(()),
        (Kind::Loop(inner), Some(items)) => {
            inner.items = items;
            Ok(())
        }
        (Kind::Piece(_) | Kind::Code(_) | Kind::Router(_) | Kind::Other(_), Some(_)) => Err("it is no loop".to_owned()),
    }
}

fn set_errors(step: &mut Step, retry: Option<bool>, goes_on: Option<bool>) -> Made {
    if retry.is_none() && goes_on.is_none() {
        return Ok(());
    }
    let errors = match &mut step.kind {
        Kind::Piece(piece) => &mut piece.errors,
        Kind::Code(code) => &mut code.errors,
        Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => return Err("it cannot fail by itself".to_owned()),
    };
    errors.retry_on_failure = retry.or(errors.retry_on_failure);
    errors.continue_on_failure = goes_on.or(errors.continue_on_failure);
    Ok(())
}

fn operator(compare: FlowCompare) -> Operator {
    match compare {
        FlowCompare::Contains => Operator::TextContains,
        FlowCompare::ContainsNot => Operator::TextDoesNotContain,
        FlowCompare::Same => Operator::TextExactlyMatches,
        FlowCompare::Different => Operator::TextDoesNotExactlyMatch,
        FlowCompare::Begins => Operator::TextStartsWith,
        FlowCompare::BeginsNot => Operator::TextDoesNotStartWith,
        FlowCompare::Ends => Operator::TextEndsWith,
        FlowCompare::EndsNot => Operator::TextDoesNotEndWith,
        FlowCompare::Has => Operator::ListContains,
        FlowCompare::HasNot => Operator::ListDoesNotContain,
        FlowCompare::Greater => Operator::NumberIsGreaterThan,
        FlowCompare::Less => Operator::NumberIsLessThan,
        FlowCompare::Equal => Operator::NumberIsEqualTo,
        FlowCompare::Before => Operator::DateIsBefore,
        FlowCompare::On => Operator::DateIsEqual,
        FlowCompare::After => Operator::DateIsAfter,
        FlowCompare::Given => Operator::Exists,
        FlowCompare::Missing => Operator::DoesNotExist,
        FlowCompare::True => Operator::BooleanIsTrue,
        FlowCompare::False => Operator::BooleanIsFalse,
        FlowCompare::Empty => Operator::ListIsEmpty,
        FlowCompare::NotEmpty => Operator::ListIsNotEmpty,
    }
}
