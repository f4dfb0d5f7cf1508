//! The step or trigger whose form is open: what stands at a place in it, and the edit that puts something else there. Pure.

use flow::{BranchKind, Condition, FieldPath, Flow, Key, Kind, Map, Op, PieceCall, Step, Trigger};
use serde_json::{Value, json};

use crate::say;
use crate::studio::edits::Edit;

/// What a form is about; without what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Subject {
    /// What starts the flow.
    Trigger(Box<Trigger>),
    /// A step.
    Step(Box<Step>),
}

/// A place in the settings that a form shows.
enum Spot<'p> {
    /// All that the step is given.
    Whole,
    Input(&'p str, &'p [Key]),
    Items,
    Code,
    Packages,
    Side {
        branch: usize,
        group: usize,
        place: usize,
        is_second: bool,
    },
}

impl<'p> Spot<'p> {
    fn of(at: &'p FieldPath) -> Option<Self> {
        let [Key::Name(settings), Key::Name(section), rest @ ..] = at.0.as_slice() else { return None };
        if settings != "settings" {
            return None;
        }
        match (section.as_str(), rest) {
            ("input", []) => Some(Self::Whole),
            ("input", [Key::Name(name), rest @ ..]) => Some(Self::Input(name, rest)),
            ("items", []) => Some(Self::Items),
            ("sourceCode", [Key::Name(part)]) if part == "code" => Some(Self::Code),
            ("sourceCode", [Key::Name(part)]) if part == "packageJson" => Some(Self::Packages),
            (
                "branches",
                [Key::Index(branch), Key::Name(word), Key::Index(group), Key::Index(place), Key::Name(side)],
            ) if word == "conditions" => {
                let is_second = side == "secondValue";
                Some(Self::Side { branch: *branch, group: *group, place: *place, is_second })
            }
            _ => None,
        }
    }
}

impl Subject {
    /// What has this name in the flow.
    pub(super) fn of(flow: &Flow, name: &str) -> Option<Self> {
        if name == flow.trigger.name {
            return Some(Self::Trigger(Box::new(flow.trigger.clone())));
        }
        flow.step(name).map(|step| Self::Step(Box::new(step.shell())))
    }

    /// What people call it.
    pub(super) fn title(&self) -> &str {
        match self {
            Self::Trigger(trigger) => &trigger.display_name,
            Self::Step(step) => &step.display_name,
        }
    }

    /// Calls it something else.
    pub(super) fn set_title(&mut self, title: String) {
        match self {
            Self::Trigger(trigger) => trigger.display_name = title,
            Self::Step(step) => step.display_name = title,
        }
    }

    /// What it calls, if it is a piece's.
    pub(super) fn call(&self) -> Option<&PieceCall> {
        match self {
            Self::Trigger(trigger) => trigger.call(),
            Self::Step(step) => step.call(),
        }
    }

    /// What it calls, to be changed.
    pub(super) fn call_mut(&mut self) -> Option<&mut PieceCall> {
        match self {
            Self::Trigger(trigger) => match &mut trigger.kind {
                flow::TriggerKind::Piece(call) => Some(call),
                flow::TriggerKind::Empty | flow::TriggerKind::Other(_) => None,
            },
            Self::Step(step) => match &mut step.kind {
                Kind::Piece(piece) => Some(&mut piece.call),
                Kind::Code(_) | Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => None,
            },
        }
    }

    /// What it is given by name.
    pub(super) fn input(&self) -> Option<&Map> {
        match self {
            Self::Trigger(trigger) => trigger.call().map(|call| &call.input),
            Self::Step(step) => step.input(),
        }
    }

    fn input_mut(&mut self) -> Option<&mut Map> {
        match self {
            Self::Trigger(_) => self.call_mut().map(|call| &mut call.input),
            Self::Step(step) => step.input_mut(),
        }
    }

    /// What stands at a place.
    pub(super) fn read(&self, at: &FieldPath) -> Option<Value> {
        match Spot::of(at)? {
            Spot::Whole => self.input().cloned().map(Value::Object),
            Spot::Input(name, rest) => flow::expr::sample_at(self.input()?.get(name)?, rest).cloned(),
            Spot::Items => match &self.kind()? {
                Kind::Loop(inner) => Some(inner.items.as_str().into()),
                Kind::Code(_) | Kind::Piece(_) | Kind::Router(_) | Kind::Other(_) => None,
            },
            Spot::Code => self.code().map(|code| code.code.as_str().into()),
            Spot::Packages => self.code().map(|code| code.package_json.as_str().into()),
            Spot::Side { branch, group, place, is_second } => {
                let condition = self.groups(branch)?.get(group)?.get(place)?;
                if is_second {
                    condition.second.as_deref().map(Value::from)
                } else {
                    Some(condition.first.as_str().into())
                }
            }
        }
    }

    /// The same with another value at a place, or with none; `None` if there is no such place.
    pub(super) fn with(&self, at: &FieldPath, value: Option<Value>) -> Option<Self> {
        let mut changed = self.clone();
        match Spot::of(at)? {
            Spot::Whole => {
                let map = match value {
                    Some(Value::Object(map)) => map,
                    None => Map::new(),
                    Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                        return None;
                    }
                };
                *changed.input_mut()? = map;
            }
            Spot::Input(name, rest) => {
                let mut keys = vec![Key::from(name)];
                keys.extend_from_slice(rest);
                let input = changed.input_mut()?;
                let mut whole = Value::Object(std::mem::take(input));
                put(&mut whole, &keys, value);
                if let Value::Object(map) = whole {
                    *input = map;
                }
            }
            Spot::Items => {
                let Kind::Loop(inner) = changed.kind_mut()? else { return None };
                inner.items = text(value);
            }
            Spot::Code => {
                let Kind::Code(code) = changed.kind_mut()? else { return None };
                code.code = text(value);
            }
            Spot::Packages => {
                let Kind::Code(code) = changed.kind_mut()? else { return None };
                code.package_json = text(value);
            }
            Spot::Side { branch, group, place, is_second } => {
                let condition = changed.groups_mut(branch)?.get_mut(group)?.get_mut(place)?;
                if is_second {
                    condition.second = Some(text(value));
                } else {
                    condition.first = text(value);
                }
            }
        }
        Some(changed)
    }

    /// What the step does.
    pub(super) fn kind(&self) -> Option<&Kind> {
        match self {
            Self::Trigger(_) => None,
            Self::Step(step) => Some(&step.kind),
        }
    }

    /// What the step does, to be changed.
    pub(super) fn kind_mut(&mut self) -> Option<&mut Kind> {
        match self {
            Self::Trigger(_) => None,
            Self::Step(step) => Some(&mut step.kind),
        }
    }

    fn code(&self) -> Option<&flow::Code> {
        match self.kind()? {
            Kind::Code(code) => Some(code),
            Kind::Piece(_) | Kind::Loop(_) | Kind::Router(_) | Kind::Other(_) => None,
        }
    }

    /// The branches of a router.
    pub(super) fn branches(&self) -> &[flow::Branch] {
        match self.kind() {
            Some(Kind::Router(router)) => &router.branches,
            Some(Kind::Code(_) | Kind::Piece(_) | Kind::Loop(_) | Kind::Other(_)) | None => &[],
        }
    }

    /// The groups of conditions of a branch.
    pub(super) fn groups(&self, branch: usize) -> Option<&Vec<Vec<Condition>>> {
        match &self.branches().get(branch)?.kind {
            BranchKind::Condition(groups) => Some(groups),
            BranchKind::Fallback | BranchKind::Other(_) => None,
        }
    }

    /// The groups of conditions of a branch, to be changed.
    pub(super) fn groups_mut(&mut self, branch: usize) -> Option<&mut Vec<Vec<Condition>>> {
        let Kind::Router(router) = self.kind_mut()? else { return None };
        match &mut router.branches.get_mut(branch)?.kind {
            BranchKind::Condition(groups) => Some(groups),
            BranchKind::Fallback | BranchKind::Other(_) => None,
        }
    }

    /// Says of a property that an expression is typed for it, or that its control is used.
    pub(super) fn set_dynamic(&mut self, property: &str, is_dynamic: bool) {
        let word = if is_dynamic { "DYNAMIC" } else { "MANUAL" };
        self.keep(property, "type", json!(word));
    }

    /// Keeps which fields a dynamic property has, so that they can be checked where nobody can be asked.
    pub(super) fn keep_schema(&mut self, property: &str, schema: Value) {
        self.keep(property, "schema", schema);
    }

    fn keep(&mut self, property: &str, key: &str, value: Value) {
        let Some(call) = self.call_mut() else { return };
        let settings = call.property_settings.entry(property).or_insert_with(|| json!({ "type": "MANUAL" }));
        if let Some(settings) = settings.as_object_mut() {
            settings.insert(key.to_owned(), value);
        }
    }

    /// The fields of a dynamic property that were kept.
    pub(super) fn schema(&self, property: &str) -> Option<&Value> {
        self.call()?.property_settings.get(property)?.get("schema").filter(|schema| schema.is_object())
    }

    /// The edit that makes it what it is here; `field` is set, in words of people.
    pub(super) fn edit(self, field: &str) -> Edit {
        self.edit_said(|step| say::form::SetField { field, step }.text())
    }

    /// The same, told by `said` of its title.
    pub(super) fn edit_said(self, said: impl FnOnce(&str) -> String) -> Edit {
        let label = said(self.title());
        let op = match self {
            Self::Trigger(trigger) => Op::UpdateTrigger { trigger },
            Self::Step(step) => Op::UpdateAction { step },
        };
        (label, vec![op])
    }
}

fn text(value: Option<Value>) -> String {
    value.map(|value| super::control::as_text(&value)).unwrap_or_default()
}

/// Puts a value at the end of a way, making what is missing on it.
fn put(value: &mut Value, way: &[Key], new: Option<Value>) {
    let Some((key, rest)) = way.split_first() else {
        *value = new.unwrap_or_default();
        return;
    };
    match key {
        Key::Name(name) => {
            if !value.is_object() {
                *value = json!({});
            }
            let Some(map) = value.as_object_mut() else { return };
            match (rest.is_empty(), new) {
                (true, None) => map.retain(|key, _| key != name),
                (_, new) => put(map.entry(name.as_str()).or_insert(Value::Null), rest, new),
            }
        }
        Key::Index(index) => {
            if !value.is_array() {
                *value = json!([]);
            }
            let Some(list) = value.as_array_mut() else { return };
            match (rest.is_empty(), new) {
                (true, None) if *index < list.len() => drop(list.remove(*index)),
                (true, None) => {}
                (_, new) => {
                    if *index == list.len() {
                        list.push(Value::Null);
                    }
                    if let Some(item) = list.get_mut(*index) {
                        put(item, rest, new);
                    }
                }
            }
        }
    }
}
