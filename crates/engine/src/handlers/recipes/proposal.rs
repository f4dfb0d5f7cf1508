//! A recipe out of what was done: its steps, what each takes from the ones before, and what may differ from run to run.

use std::collections::HashMap;

use contract::{ChangeSetId, Code, Fault, Kind, Named, RecipeStep, RecordingId, SetState, Variable, VariableKind};
use jiff::civil::Date;
use serde_json::{Value, json};
use store::{Operation, Store};

use super::super::plan;
use super::super::words::repeated;
use super::leaves::{Leaf, leaves};
use super::named;
use crate::fault::IntoFault;
use crate::router::Ask;

/// What a recipe is made of.
pub(super) struct Proposal {
    pub(super) steps: Vec<RecipeStep>,
    pub(super) variables: Vec<Variable>,
}

/// A value in a step that may become a variable.
struct Place {
    step: usize,
    at: String,
    kind: VariableKind,
    /// As it stands in the input; an item by the id that it has by now.
    value: String,
    /// As it is kept: a day counted from the day of the run.
    kept: String,
}

/// What is known while the steps are read, oldest first.
struct Reading<'a> {
    store: &'a Store,
    /// What an earlier step made, and how a later one names it.
    items: HashMap<RecordingId, Value>,
    projects: HashMap<String, Value>,
    /// Ids that items had, and those that they have by now. Whatever is sent meanwhile, one item has one id in one recipe.
    now: HashMap<RecordingId, RecordingId>,
    places: Vec<Place>,
}

impl Proposal {
    /// Makes it of these sets. With `wanted`, only those values become variables; otherwise every person, project, item and
    /// day does.
    pub(super) async fn of(ask: &Ask<'_>, sets: &[ChangeSetId], wanted: Option<&[Named]>) -> Result<Self, Fault> {
        if sets.is_empty() {
            return Err(Fault::invalid("sets", "Choose at least one thing that was done."));
        }
        let store = &ask.desk().await?.store;
        let operations = store.operations(sets).await.into_fault()?;
        let (items, projects, now) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut reading = Reading { store, items, projects, now, places: Vec::new() };
        let mut inputs = Vec::new();
        for (step, operation) in operations.iter().enumerate() {
            inputs.push(reading.read(step, operation, ask.day_of(operation.at).await?).await?);
        }
        let places = reading.places;
        let variables = match wanted {
            Some(wanted) => chosen(wanted, &places)?,
            None => proposed(&places, store).await?,
        };
        let is_at = |variable: &Variable, place: &Place| variable.kind == place.kind && variable.value == place.value;
        for place in &places {
            let variable = variables.iter().find(|variable| is_at(variable, place));
            if let (Some(variable), Some(input)) = (variable, inputs.get_mut(place.step)) {
                put(input, &place.at, json!({ "$variable": variable.name }));
            }
        }
        let steps = operations.into_iter().zip(inputs).map(|(operation, input)| RecipeStep {
            command: operation.call.map(|(command, _)| command).unwrap_or_default(),
            title: operation.summary,
            input: input.to_string(),
        });
        let kept = |variable: Variable| match places.iter().find(|place| is_at(&variable, place)) {
            Some(place) => Variable { value: place.kept.clone(), ..variable },
            None => variable,
        };
        Ok(Self { steps: steps.collect(), variables: variables.into_iter().map(kept).collect() })
    }
}

impl Reading<'_> {
    /// The input of a step, with what earlier ones made in it; what else may differ is noted.
    async fn read(&mut self, step: usize, operation: &Operation, done_on: Date) -> Result<Value, Fault> {
        let (command, text) = called(operation)?;
        let unreadable = || unusable(operation, "it cannot be read");
        let mut input: Value = serde_json::from_str(text).map_err(|_| unreadable())?;
        for Leaf { at, kind, value } in leaves(command, &input) {
            let mut place = Place { step, at, kind, kept: value.clone(), value };
            let known = match kind {
                VariableKind::Item => {
                    let id = place.value.parse().map_err(|_| unreadable())?;
                    let by_now = self.by_now(id).await?;
                    place.value = by_now.to_string();
                    place.kept.clone_from(&place.value);
                    put(&mut input, &place.at, json!(place.value));
                    self.items.get(&by_now).or_else(|| self.items.get(&id)).cloned()
                }
                VariableKind::Project => self.projects.get(&place.value).cloned(),
                VariableKind::Day => {
                    place.kept = relative(&place.value, done_on);
                    None
                }
                VariableKind::Person | VariableKind::Text => None,
            };
            match known {
                Some(known) => put(&mut input, &place.at, known),
                None => self.places.push(place),
            }
        }
        self.note(step, operation).await?;
        Ok(input)
    }

    async fn by_now(&mut self, id: RecordingId) -> Result<RecordingId, Fault> {
        if let Some(known) = self.now.get(&id) {
            return Ok(*known);
        }
        let by_now = self.store.resolve_id(id).await.into_fault()?;
        self.now.insert(id, by_now);
        Ok(by_now)
    }

    /// What the step made is at hand for the later ones.
    async fn note(&mut self, step: usize, operation: &Operation) -> Result<(), Fault> {
        if let Some(item) = operation.items.first() {
            self.items.insert(*item, json!({ "$made": step }));
        }
        let Some(id) = operation.project else { return Ok(()) };
        self.projects.insert(id.to_string(), json!({ "$made": step }));
        for tool in self.store.project(id).await.into_fault()?.into_iter().flat_map(|project| project.dock) {
            self.items.insert(tool.id, json!({ "$made": step, "tool": tool.name }));
        }
        Ok(())
    }
}

/// The command and the input behind a set, when it can be done again.
fn called(operation: &Operation) -> Result<(&'static contract::CommandInfo, &str), Fault> {
    match operation.state {
        SetState::Done => {}
        SetState::Undone => return Err(unusable(operation, "it was undone")),
        SetState::Reversal => return Err(unusable(operation, "it takes back or does again what was done before")),
    }
    let Some((command, input)) = &operation.call else {
        return Err(unusable(operation, "it was done before this app kept how things are done"));
    };
    match contract::find(command) {
        Some(line) if plan::may_be_step(line) => Ok((line, input)),
        Some(_) | None => Err(unusable(operation, "it can only be done by itself")),
    }
}

fn unusable(operation: &Operation, why: &str) -> Fault {
    let message = format!("“{}” cannot be part of a recipe: {why}. Leave it out.", operation.summary);
    Fault { field: Some("sets".into()), ..Fault::new(Code::Invalid, message) }
}

fn put(input: &mut Value, at: &str, value: Value) {
    if let Some(place) = input.pointer_mut(at) {
        *place = value;
    }
}

/// A day as days from another.
fn relative(day: &str, from: Date) -> String {
    day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| format!("{:+}", (day - from).get_days()))
}

/// Every distinct person, project, item and day, called by what it is. Each carries the value that stands in the steps.
async fn proposed(places: &[Place], store: &Store) -> Result<Vec<Variable>, Fault> {
    let mut variables: Vec<Variable> = Vec::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for place in places.iter().filter(|place| place.kind != VariableKind::Text) {
        if variables.iter().any(|variable| variable.kind == place.kind && variable.value == place.value) {
            continue;
        }
        let noun = match place.kind {
            VariableKind::Person => "person",
            VariableKind::Project => "project",
            VariableKind::Day => "day",
            VariableKind::Text => "text",
            VariableKind::Item => {
                let id = place.value.parse().unwrap_or_default();
                store.row(id).await.into_fault()?.map_or("item", |row| noun(row.kind))
            }
        };
        let count = counts.entry(noun).or_default();
        *count += 1;
        let name = if *count == 1 { noun.to_owned() } else { format!("{noun} {count}") };
        variables.push(Variable { name, kind: place.kind, value: place.value.clone() });
    }
    Ok(variables)
}

/// The values that somebody named.
fn chosen(wanted: &[Named], places: &[Place]) -> Result<Vec<Variable>, Fault> {
    let mut variables: Vec<Variable> = Vec::new();
    for Named { value, name } in wanted {
        let name = named("variables", "A variable", name)?;
        let value = value.trim();
        let alike = || places.iter().filter(|place| place.value == value || place.kept == value);
        // Digits may be words as well: an id is the likelier one.
        let place = alike().find(|place| place.kind != VariableKind::Text).or_else(|| alike().next());
        let Some(place) = place else {
            let message = format!("“{}” does not stand in what was chosen. Take a value that does.", repeated(value));
            return Err(Fault::invalid("variables", message));
        };
        if variables.iter().any(|there| there.name == name) {
            let message = format!("Two variables are called “{name}”. Give each its own name.");
            return Err(Fault::invalid("variables", message));
        }
        if variables.iter().any(|there| there.kind == place.kind && there.value == place.value) {
            let message = format!("“{}” is named twice. Name it once.", repeated(value));
            return Err(Fault::invalid("variables", message));
        }
        variables.push(Variable { name, kind: place.kind, value: place.value.clone() });
    }
    Ok(variables)
}

/// What a person calls it, in a word or two.
fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::TodoList => "list",
        Kind::TodoGroup => "group",
        Kind::TodoSet
        | Kind::Todo
        | Kind::CardTable
        | Kind::TriageColumn
        | Kind::NotNowColumn
        | Kind::Column
        | Kind::DoneColumn
        | Kind::OnHoldColumn
        | Kind::Card
        | Kind::Step
        | Kind::MessageBoard
        | Kind::Message
        | Kind::Comment
        | Kind::Vault
        | Kind::Document
        | Kind::Upload
        | Kind::Schedule
        | Kind::ScheduleEntry
        | Kind::Questionnaire
        | Kind::Question
        | Kind::Answer
        | Kind::Campfire
        | Kind::ChatLine
        | Kind::TimeEntry => super::super::write::noun(kind),
    }
}
