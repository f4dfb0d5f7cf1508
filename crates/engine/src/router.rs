//! From a name and a text to a typed handler and back. A command without a handler does not compile.

use std::future::Future;
use std::pin::Pin;

use contract::commands::*;
use contract::{Caller, Code, Command, Fault, TABLE, for_each_command};
use serde_json::{Value, json};
use tracing::Instrument;

use crate::{Engine, gate};

/// What a handler works with: the engine, and who asks.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) engine: &'a Engine,
    pub(crate) caller: &'a Caller,
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
        let text = if payload.trim().is_empty() { "{}" } else { payload };
        let command: C = serde_json::from_str(text).map_err(|why| unreadable(C::NAME, &why))?;
        // serde would take a list for the fields in their order; nobody means that.
        if text.trim_start().starts_with('[') {
            return Err(misread(C::NAME, "it is a list, and an object is wanted"));
        }
        gate::permit(ask.caller, command.effect())?;
        let reply = ask.handle(command).await?;
        serde_json::to_string(&reply).map_err(|why| {
            Fault::new(Code::Internal, format!("The answer of {} could not be written: {why}.", C::NAME))
        })
    })
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
    };
}
for_each_command!(router);

pub(crate) async fn call(engine: &Engine, caller: &Caller, name: &str, payload: &str) -> Result<String, Fault> {
    let Some(reply) = route(Ask { engine, caller }, name, payload) else {
        let message = format!("There is no command “{name}”. `pm-os commands` lists them.");
        return Err(Fault::new(Code::NotFound, message));
    };
    let span = tracing::info_span!("call", command = name, call = engine.next_call(), door = ?caller.door);
    async {
        let outcome = reply.await;
        if let Err(fault) = &outcome {
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
    let lines = TABLE.iter().map(|command| {
        json!({
            "name": command.name,
            "summary": command.summary,
            "effect": command.effect,
            "tool": command.tool,
            "in_workspace": command.in_workspace,
            "provides": command.provides,
            "invalidates": command.invalidates,
            "input": (command.input)(),
            "reply": (command.reply)(),
        })
    });
    lines.collect()
}
