//! From a name and a text to a typed handler and back. A command without a handler does not compile.

use std::future::Future;
use std::pin::Pin;

use contract::commands::*;
use contract::{Caller, Code, Command, CommandInfo, Effect, Fault, Preview, TABLE, for_each_command};
use serde_json::{Value, json};
use tracing::Instrument;

use crate::gate::Approval;
use crate::handlers::flows::cards;
use crate::schemas::Schemas;
use crate::trial::Trial;
use crate::{Engine, gate};

/// What a handler works with: the engine, who asks, and whether it is only tried.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) caller: &'a Caller,
    approval: Option<&'a Approval>,
    /// What the call's effect is known by: it is noted under this with what it does, so that it is not done again.
    pub(crate) once: Option<&'a str>,
    /// Nothing is to be kept: what would be done goes in here.
    pub(crate) trial: Option<&'a Trial>,
    /// The command, and its input as it came: they are kept beside what it changes.
    pub(crate) command: &'a str,
    pub(crate) input: &'a str,
}

impl<'a> Ask<'a> {
    /// The same, only tried.
    pub(crate) fn tried<'b>(&self, trial: &'b Trial) -> Ask<'b>
    where
        'a: 'b,
    {
        Ask { trial: Some(trial), ..*self }
    }
}

/// What is known of a call from its input alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inspected {
    pub(crate) command: &'static CommandInfo,
    pub(crate) effect: Effect,
    /// Others hear of it.
    pub(crate) tells: bool,
}

/// Carries one command out.
pub(crate) trait Handle<C: Command> {
    fn handle(&self, command: C) -> impl Future<Output = Result<C::Reply, Fault>> + Send;
}

type Reply<'a> = Pin<Box<dyn Future<Output = Result<String, Fault>> + Send + 'a>>;

fn answer<'a, C: Command>(ask: Ask<'a>, payload: &'a str) -> Reply<'a>
where
    Ask<'a>: Handle<C>,
{
    Box::pin(async move {
        let command: C = parse(payload)?;
        let request = gate::Request { command: line::<C>()?, effect: command.effect(), payload };
        gate::permit(ask.caller, request, ask.approval)?;
        let reply = ask.handle(command).await?;
        serde_json::to_string(&reply).map_err(|why| {
            Fault::new(Code::Internal, format!("The answer of {} could not be written: {why}.", C::NAME))
        })
    })
}

fn parse<C: Command>(payload: &str) -> Result<C, Fault> {
    let text = if payload.trim().is_empty() { "{}" } else { payload };
    let command: C = serde_json::from_str(text).map_err(|why| unreadable(C::NAME, &why))?;
    // serde would take a list for the fields in their order; nobody means that.
    if text.trim_start().starts_with('[') {
        return Err(misread(C::NAME, "it is a list, and an object is wanted"));
    }
    Ok(command)
}

fn line<C: Command>() -> Result<&'static CommandInfo, Fault> {
    contract::find(C::NAME).ok_or_else(|| unknown(C::NAME))
}

fn look<C: Command>(payload: &str) -> Result<Inspected, Fault> {
    let command: C = parse(payload)?;
    Ok(Inspected { command: line::<C>()?, effect: command.effect(), tells: command.tells() })
}

fn unknown(name: &str) -> Fault {
    Fault::new(Code::NotFound, format!("There is no command “{name}”. `pm-os commands` lists them."))
}

fn unreadable(name: &str, why: &serde_json::Error) -> Fault {
    // serde repeats what was typed, which may be a secret: only the names of fields are taken over.
    let words = why.to_string();
    if why.is_syntax() || why.is_eof() {
        return misread(name, &format!("it is not JSON (line {}, column {})", why.line(), why.column()));
    }
    if words.starts_with("missing field") || words.starts_with("unknown field") {
        let field = words.split('`').nth(1).map(str::to_owned);
        return Fault { field, ..misread(name, words.split(" at line").next().unwrap_or_default()) };
    }
    misread(name, &format!("a value is not of the kind that is wanted (column {})", why.column()))
}

fn misread(name: &str, what: &str) -> Fault {
    let message = format!("The input of {name} cannot be read: {what}. `pm-os commands --json` shows its form.");
    Fault::new(Code::Invalid, message)
}

macro_rules! router {
    ($($command:ident)*) => {
        fn route<'a>(ask: Ask<'a>, name: &str, payload: &'a str) -> Option<Reply<'a>> {
            match name {
                $(<$command as Command>::NAME => Some(answer::<$command>(ask, payload)),)*
                _ => None,
            }
        }

        /// Reads a call's input, and tells what it would touch.
        ///
        /// # Errors
        /// `NotFound` when there is no such command, `Invalid` when the input cannot be read.
        pub(crate) fn inspect(name: &str, payload: &str) -> Result<Inspected, Fault> {
            match name {
                $(<$command as Command>::NAME => look::<$command>(payload),)*
                _ => Err(unknown(name)),
            }
        }
    };
}
for_each_command!(router);

pub(crate) async fn call(engine: &Engine, caller: &Caller, name: &str, payload: &str) -> Result<String, Fault> {
    carry_out(Ask { engine, caller, approval: None, once: None, trial: None, command: name, input: payload }).await
}

/// Carries a call of the assistant out that was approved.
pub(crate) async fn call_approved(
    engine: &Engine,
    caller: &Caller,
    approval: &Approval,
    name: &str,
    payload: &str,
) -> Result<String, Fault> {
    let approval = Some(approval);
    carry_out(Ask { engine, caller, approval, once: None, trial: None, command: name, input: payload }).await
}

/// Carries a call of an automation out that was approved, and notes it under its key with what it does.
pub(crate) async fn call_once(
    engine: &Engine,
    caller: &Caller,
    approval: &Approval,
    name: &str,
    payload: &str,
    key: &str,
) -> Result<String, Fault> {
    let approval = Some(approval);
    carry_out(Ask { engine, caller, approval, once: Some(key), trial: None, command: name, input: payload }).await
}

/// Carries one step of a call out. What was approved of the call covers its steps, because they follow from it; each passes
/// the gate by itself all the same.
pub(crate) async fn call_step(ask: &Ask<'_>, name: &str, payload: &str) -> Result<String, Fault> {
    let approval = ask.approval.map(|_| Approval::of(name, payload));
    // The key is the whole call's.
    carry_out(Ask { approval: approval.as_ref(), once: None, command: name, input: payload, ..*ask }).await
}

/// Tells what a call that changes something would do, by doing it and taking it back before anything was kept. The gate
/// decides as if it had been approved: what would be refused for good is refused here too.
///
/// # Errors
/// As the call itself would fail.
pub(crate) async fn try_out(engine: &Engine, caller: &Caller, name: &str, payload: &str) -> Result<Preview, Fault> {
    let inspected = inspect(name, payload)?;
    if !inspected.command.tool || inspected.effect == Effect::Read {
        return Err(Fault::invalid("tool", format!("{name} cannot be tried out.")));
    }
    let (trial, approval) = (Trial::default(), Approval::of(name, payload));
    let (approval, trial_of) = (Some(&approval), Some(&trial));
    let ask = Ask { engine, caller, approval, once: None, trial: trial_of, command: name, input: payload };
    let request = gate::Request { command: inspected.command, effect: inspected.effect, payload };
    gate::permit(caller, request, approval)?;
    if let Some(foretold) = cards::foretell(&ask).await {
        return foretold;
    }
    let outcome = carry_out(ask).await;
    trial.preview(outcome.map(drop)).await
}

async fn carry_out(ask: Ask<'_>) -> Result<String, Fault> {
    let Some(reply) = route(ask, ask.command, ask.input) else { return Err(unknown(ask.command)) };
    let (call, door) = (ask.engine.next_call(), ask.caller.door);
    let span = tracing::info_span!("call", command = ask.command, call, ?door, tried = ask.trial.is_some());
    async {
        let outcome = reply.await;
        if let (Err(fault), None) = (&outcome, ask.trial) {
            tracing::info!(code = ?fault.code, "refused");
        }
        outcome
    }
    .instrument(span)
    .await
}

/// The table as JSON: name, summary, effect, whether a tool, tags, and the schemas of input and reply.
#[must_use]
pub fn describe_commands() -> Value {
    let schemas = Schemas::read();
    let lines = TABLE.iter().map(|command| {
        let [input, reply] = schemas.whole(command);
        json!({
            "name": command.name,
            "summary": command.summary,
            "effect": command.effect,
            "tool": command.tool,
            "tells": command.tells,
            "in_workspace": command.in_workspace,
            "provides": command.provides,
            "invalidates": command.invalidates,
            "input": input,
            "reply": reply,
        })
    });
    lines.collect()
}
