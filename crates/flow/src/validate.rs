//! Whether a flow is ready to run: every step complete, every field of the kind that its piece asks for.
//!
//! Each finding names the step and the field and says what to do. It asks nobody: pieces and connections are given.

mod property;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::expr::{Finding, Root, Severity, check_references, expressions};
use crate::piece::{Operation, PieceMetadata};
use crate::{BranchKind, Condition, FieldPath, Flow, Kind, Map, PieceCall, Router, Step, TriggerKind};

use property::Properties;

/// What validation is told of the world.
pub struct Known<'a> {
    /// The piece of a name and version, if it is known.
    pub piece: &'a dyn Fn(&str, &str) -> Option<&'a PieceMetadata>,
    /// The external ids of the connections that there are; `None` if that is unknown.
    pub connections: Option<&'a BTreeSet<String>>,
}

/// What keeps a flow from running, or may, in the order of the page. Steps that are passed over are not looked at.
#[must_use]
pub fn validate(flow: &Flow, known: &Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let trigger = &flow.trigger;
    let mut report = Report { step: &trigger.name, display_name: &trigger.display_name, found: &mut found };
    match &trigger.kind {
        TriggerKind::Empty => report.error(FieldPath::of(&["type"]), "", "nothing starts the flow. Choose a trigger"),
        TriggerKind::Piece(call) => check_call(&mut report, call, known, Side::Trigger),
        TriggerKind::Other(_) => {
            report.warn(FieldPath::of(&["type"]), "", "its kind is unknown here, so it was not checked")
        }
    }
    for visit in flow.steps.walk() {
        let step = visit.step;
        if step.is_skipped() {
            continue;
        }
        let mut report = Report { step: &step.name, display_name: &step.display_name, found: &mut found };
        check_step(&mut report, step, known);
    }
    let skipped: BTreeSet<&str> =
        flow.steps.walk().filter(|visit| visit.step.is_skipped()).map(|visit| visit.step.name.as_str()).collect();
    found.extend(check_references(flow).into_iter().filter(|finding| !skipped.contains(finding.step.as_str())));
    found
}

/// Whether nothing keeps the step of this name from running.
#[must_use]
pub fn is_complete(findings: &[Finding], step: &str) -> bool {
    !findings.iter().any(|finding| finding.step == step && finding.severity == Severity::Error)
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Trigger,
    Action,
}

/// Takes findings about one step.
struct Report<'r> {
    step: &'r str,
    display_name: &'r str,
    found: &'r mut Vec<Finding>,
}

impl Report<'_> {
    fn error(&mut self, field: FieldPath, label: &str, what: &str) {
        self.add(Severity::Error, field, label, what);
    }

    fn warn(&mut self, field: FieldPath, label: &str, what: &str) {
        self.add(Severity::Warning, field, label, what);
    }

    /// `label` is what people call the field; `what` a sentence without its end.
    fn add(&mut self, severity: Severity, field: FieldPath, label: &str, what: &str) {
        let (step, name) = (self.step, self.display_name);
        let message = match label {
            "" => format!("{name} ({step}): {what}."),
            label => format!("{name} ({step}), {label}: {what}."),
        };
        self.found.push(Finding { step: step.to_owned(), field, span: None, severity, message });
    }
}

fn check_step(report: &mut Report<'_>, step: &Step, known: &Known<'_>) {
    if step.display_name.trim().is_empty() {
        report.warn(FieldPath::of(&["displayName"]), "", "it has no name. Give it one");
    }
    match &step.kind {
        Kind::Piece(piece) => check_call(report, &piece.call, known, Side::Action),
        Kind::Code(code) => {
            let field = FieldPath::of(&["settings", "sourceCode", "code"]);
            if code.code.trim().is_empty() {
                report.error(field, "Code", "there is none. Write it");
            } else if !code.code.contains("code") || !code.code.contains("export") {
                report.error(field, "Code", "it has to export `code`: `export const code = async (inputs) => { … }`");
            }
        }
        Kind::Loop(inner) => {
            let field = FieldPath::of(&["settings", "items"]);
            let is_list = serde_json::from_str::<Value>(&inner.items).is_ok_and(|items| items.is_array());
            if inner.items.trim().is_empty() {
                report.error(field, "Items", "there is no list to go over. Choose one from an earlier step");
            } else if !inner.items.contains("{{") && !is_list {
                report.error(field, "Items", "this is no list. Choose one from an earlier step");
            }
        }
        Kind::Router(router) => check_router(report, router),
        Kind::Other(_) => report.warn(FieldPath::of(&["type"]), "", "its kind is unknown here, so it was not checked"),
    }
}

fn check_router(report: &mut Report<'_>, router: &Router) {
    let branches = FieldPath::of(&["settings", "branches"]);
    if router.branches.iter().all(|branch| branch.is_fallback()) {
        report.warn(branches.clone(), "Branches", "there is only the fallback. Add a branch with conditions");
    }
    if router.execution.is_none() {
        let field = FieldPath::of(&["settings", "executionType"]);
        report.error(field, "Execution", "it does not say how many branches are taken. Choose the first match or all");
    }
    for (number, branch) in router.branches.iter().enumerate() {
        let label =
            format!("Branch {}", if branch.name.is_empty() { (number + 1).to_string() } else { branch.name.clone() });
        let field = branches.join(number).join("conditions");
        let groups = match &branch.kind {
            BranchKind::Condition(groups) => groups,
            BranchKind::Fallback => continue,
            BranchKind::Other(_) => {
                report.warn(branches.join(number), &label, "its kind is unknown here, so it was not checked");
                continue;
            }
        };
        if groups.iter().all(Vec::is_empty) {
            report.error(field, &label, "it has no condition, so it is never taken. Add one, or delete the branch");
            continue;
        }
        for (group, conditions) in groups.iter().enumerate() {
            for (place, condition) in conditions.iter().enumerate() {
                check_condition(report, &field.join(group).join(place), &label, condition);
            }
        }
    }
}

fn check_condition(report: &mut Report<'_>, field: &FieldPath, label: &str, condition: &Condition) {
    let Some(operator) = condition.operator else {
        return report.error(field.join("operator"), label, "a condition does not say how to compare. Choose how");
    };
    if condition.first.trim().is_empty() {
        report.error(field.join("firstValue"), label, "a condition has no left side. Choose a value");
    }
    if operator.takes_second() && condition.second.as_deref().unwrap_or_default().trim().is_empty() {
        report.error(
            field.join("secondValue"),
            label,
            "a condition has nothing to compare with. Fill in the right side",
        );
    }
}

fn check_call(report: &mut Report<'_>, call: &PieceCall, known: &Known<'_>, side: Side) {
    let settings = FieldPath::of(&["settings"]);
    let version = call.version.trim_start_matches(['~', '^']);
    let Some(piece) = (known.piece)(&call.piece, version) else {
        let what = format!(
            "the piece {} {version} is not known here. Fetch the pieces again, or choose another",
            if call.piece.is_empty() { "without a name" } else { &call.piece }
        );
        return report.error(settings.join("pieceName"), "", &what);
    };
    let (operations, key, noun) = match side {
        Side::Trigger => (&piece.triggers, "triggerName", "trigger"),
        Side::Action => (&piece.actions, "actionName", "action"),
    };
    if call.operation.is_empty() {
        return report.error(
            settings.join(key),
            "",
            &format!("no {noun} of {} is chosen. Choose one", piece.display_name),
        );
    }
    let Some(operation) = operations.get(&call.operation) else {
        let what = format!("{} {} has no {noun} {}. Choose another", piece.display_name, piece.version, call.operation);
        return report.error(settings.join(key), "", &what);
    };
    check_connection(report, call, piece, operation, known);
    let properties = Properties { dynamic: &call.property_settings };
    properties.check(report, &operation.props, &call.input, &settings.join("input"));
}

fn check_connection(
    report: &mut Report<'_>,
    call: &PieceCall,
    piece: &PieceMetadata,
    operation: &Operation,
    known: &Known<'_>,
) {
    let field = FieldPath::of(&["settings", "input", "auth"]);
    let auth = call.input.get("auth").and_then(Value::as_str).unwrap_or_default();
    let is_required = operation.require_auth && piece.auth.iter().any(|way| way.required);
    if auth.trim().is_empty() {
        if is_required {
            report.error(
                field,
                "Connection",
                &format!("none is chosen. Connect {} or choose a connection", piece.display_name),
            );
        }
        return;
    }
    let references = expressions(auth).into_iter().flat_map(|expression| expression.references);
    let named = references.filter_map(|reference| match reference.root {
        Root::Connection(id) => Some(id),
        Root::Step(_) | Root::Variable(_) => None,
    });
    for id in named {
        if known.connections.is_some_and(|connections| !connections.contains(&id)) {
            let what = format!("the connection {id} is not there any more. Choose another, or connect again");
            report.error(field.clone(), "Connection", &what);
        }
    }
}

/// The schema of a dynamic property that an editor kept beside the input.
fn kept_schema<'s>(dynamic: &'s Map, name: &str) -> Option<&'s Map> {
    dynamic.get(name)?.get("schema")?.as_object().filter(|schema| !schema.is_empty())
}
