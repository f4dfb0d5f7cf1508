//! Carrying several steps out as one call: each through the router, as its caller would have done it, and what an earlier one
//! made is at hand for the later ones.
//!
//! All of it is tried first, so that what can be known to be wrong is refused before anything is done. What is refused all
//! the same ends it there: what was done stays, stands in the history, and is told. It knows no recipe and no project.

use contract::commands::{CreateProject, RunRecipe};
use contract::{Carried, ChangeSetId, Code, Command, CommandInfo, Effect, Fault, Rule, Who};
use serde_json::{Map, Value};
use store::Store;

use super::flows::cards::is_about_flows;
use super::write;
use crate::fault::IntoFault;
use crate::router::{self, Ask};
use crate::trial::Trial;

/// More steps are not carried out as one.
const MOST: usize = 200;
/// What itself stands for other steps, or takes some back.
const NEVER: [&str; 3] = ["history.undo", "history.redo", "recipe.run"];

/// One step: a command and its input. In the input `{"$made": n}` stands for what step n made, and
/// `{"$made": n, "tool": "kanban_board"}` for that tool of the project that it made.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) command: String,
    pub(super) input: Value,
}

impl Step {
    pub(super) fn of<C: Command>(input: Value) -> Self {
        Self { command: C::NAME.to_owned(), input }
    }
}

/// What each step says of itself.
pub(super) type Words = Vec<Vec<String>>;

/// True for what may be a step: what changes Basecamp and is a tool. What automations do is no change of a transaction.
pub(super) fn may_be_step(command: &CommandInfo) -> bool {
    command.tool && command.effect == Effect::Remote && !NEVER.contains(&command.name) && !is_about_flows(command)
}

/// Refuses what may not be carried out as steps: too many, or none, unknown ones, and what the person's rules keep from the
/// assistant even by itself.
pub(super) async fn permit(ask: &Ask<'_>, steps: &[Step]) -> Result<(), Fault> {
    if steps.is_empty() || steps.len() > MOST {
        let message = format!("{} steps cannot be done in one go; 1 to {MOST} can.", steps.len());
        return Err(Fault::new(Code::Invalid, message));
    }
    let agent = matches!(ask.caller.who, Who::Agent { .. });
    let rules = if agent { ask.desk().await?.store.tool_rules().await.into_fault()? } else { Vec::new() };
    for (at, step) in steps.iter().enumerate() {
        let Step { command, .. } = step;
        let refuse = |code, what: &str| Err(Fault::new(code, format!("Step {} is “{command}”, {what}", at + 1)));
        match contract::find(command) {
            None => return refuse(Code::Invalid, "which is not there any more. Make the recipe anew."),
            Some(line) if !may_be_step(line) => {
                return refuse(Code::Invalid, "which cannot be done as a step. Do it by itself.");
            }
            Some(_) if rules.iter().any(|(tool, rule)| tool == command && *rule == Rule::Forbid) => {
                return refuse(Code::Forbidden, "which the person's settings forbid the assistant. Nothing was done.");
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The commands that a call stands for beside its own: what a person wants of them holds for the call too.
pub(crate) async fn behind(store: &Store, command: &str, input: &str) -> Result<Vec<String>, Fault> {
    let commands = if command == RunRecipe::NAME {
        let Ok(run) = serde_json::from_str::<RunRecipe>(input) else { return Ok(Vec::new()) };
        let recipes = store.recipes().await.into_fault()?;
        let steps = recipes.into_iter().filter(|recipe| recipe.id == run.id).flat_map(|recipe| recipe.steps);
        steps.map(|step| step.command).collect()
    } else if command == CreateProject::NAME {
        let Ok(create) = serde_json::from_str::<CreateProject>(input) else { return Ok(Vec::new()) };
        write::project_steps(&create).into_iter().map(|step| step.command).collect()
    } else {
        Vec::new()
    };
    Ok(commands)
}

/// Tries the steps, one after another, and tells what each says of itself. `made` are the replies of what comes before them.
///
/// # Errors
/// What the first that is refused says.
pub(super) async fn rehearse(
    ask: &Ask<'_>,
    trial: &Trial,
    mut made: Vec<Value>,
    steps: &[Step],
) -> Result<Words, Fault> {
    let (ask, many) = (ask.tried(trial), steps.len() > 1);
    let mut words = Words::new();
    for (at, step) in steps.iter().enumerate() {
        let before = trial.steps().len();
        let reply = run(&ask, step, &made).await.map_err(|fault| {
            let message = if many { format!("Step {}: {}", at + 1, fault.message) } else { fault.message.clone() };
            Fault { message, ..fault }
        })?;
        words.push(trial.steps().split_off(before));
        made.push(reply);
    }
    Ok(words)
}

/// Carries the steps out, one after another, until one is refused. `words` are those of the rehearsal.
///
/// # Errors
/// When nothing was done: what the first step says.
pub(super) async fn perform(
    ask: &Ask<'_>,
    mut made: Vec<Value>,
    steps: &[Step],
    words: Words,
) -> Result<Carried, Fault> {
    let mut carried = Carried::default();
    let mut words = words.into_iter();
    for (step, said) in steps.iter().zip(words.by_ref()) {
        match run(ask, step, &made).await {
            Ok(reply) => {
                carried.sets.extend(sets(&reply));
                match inner(&reply).filter(|inner| inner.why.is_some()) {
                    None => carried.done.extend(said),
                    Some(stopped) => {
                        carried.done.extend(said.into_iter().next());
                        carried.done.extend(stopped.done);
                        carried.undone.extend(stopped.undone);
                        carried.why = stopped.why;
                        break;
                    }
                }
                made.push(reply);
            }
            Err(fault) if carried.done.is_empty() => return Err(fault),
            Err(fault) => {
                carried.undone.extend(said);
                carried.why = Some(fault.message);
                break;
            }
        }
    }
    carried.undone.extend(words.flatten());
    Ok(carried)
}

async fn run(ask: &Ask<'_>, step: &Step, made: &[Value]) -> Result<Value, Fault> {
    let input = filled(&step.input, made)?.to_string();
    let reply = router::call_step(ask, &step.command, &input).await?;
    serde_json::from_str(&reply).map_err(|why| broken(&format!("an answer cannot be read: {why}")))
}

/// The input with what earlier steps made in it.
fn filled(input: &Value, made: &[Value]) -> Result<Value, Fault> {
    match input {
        Value::Object(fields) => match fields.get("$made") {
            Some(number) => {
                let place = number.as_u64().and_then(|number| usize::try_from(number).ok());
                let reply = place.and_then(|place| made.get(place));
                id(reply.ok_or_else(|| broken("a step needs what none before it made"))?, fields)
            }
            None => {
                let each = fields.iter().map(|(name, value)| Ok((name.clone(), filled(value, made)?)));
                each.collect::<Result<Map<_, _>, Fault>>().map(Value::Object)
            }
        },
        Value::Array(each) => each.iter().map(|value| filled(value, made)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(input.clone()),
    }
}

/// The id of what a reply says was made, or of a tool of it.
fn id(reply: &Value, wanted: &Map<String, Value>) -> Result<Value, Fault> {
    let made = reply.get("project").filter(|project| project.is_object()).or_else(|| reply.get("item"));
    let made = made.ok_or_else(|| broken("a step needs what an earlier one does not make"))?;
    let of = match wanted.get("tool").and_then(Value::as_str) {
        None => made,
        Some(name) => {
            let mut dock = made.get("dock").and_then(Value::as_array).into_iter().flatten();
            let is_it = |tool: &&Value| {
                tool.get("name").is_some_and(|called| called == name) && tool.get("enabled") == Some(&Value::Bool(true))
            };
            dock.find(is_it).ok_or_else(|| {
                let project = made.get("name").and_then(Value::as_str).unwrap_or_default();
                let message = format!("“{project}” has no {}. Switch it on in Basecamp first.", tool(name));
                Fault::new(Code::Invalid, message)
            })?
        }
    };
    of.get("id").cloned().ok_or_else(|| broken("an answer names nothing"))
}

/// What a person calls a tool of the dock.
fn tool(name: &str) -> &str {
    match name {
        "kanban_board" => "card table",
        "todoset" => "to-do set",
        "message_board" => "message board",
        "schedule" => "schedule",
        other => other,
    }
}

fn broken(why: &str) -> Fault {
    Fault::new(Code::Internal, format!("The steps do not fit together: {why}."))
}

fn inner(reply: &Value) -> Option<Carried> {
    serde_json::from_value(reply.get("carried")?.clone()).ok()
}

/// The change sets that a reply names, in the order in which they were made.
pub(crate) fn sets(reply: &Value) -> Vec<ChangeSetId> {
    let one = |value: &Value| value.as_str().and_then(|id| id.parse().ok());
    let many = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let mut sets: Vec<ChangeSetId> = reply.get("set").and_then(one).into_iter().collect();
    sets.extend(many(reply.get("sets")).iter().filter_map(one));
    sets.extend(many(reply.get("carried").and_then(|carried| carried.get("sets"))).iter().filter_map(one));
    sets
}

#[cfg(test)]
mod tests;
