//! The same program without a window: `commands`, `call` and `serve`.

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use contract::{Caller, Code, Door, Fault, TABLE, WorkspaceId};
use engine::Engine;
use server::{Page, Server};
use tokio_util::sync::CancellationToken;

use crate::cli::Input;
use crate::{environment, log};

/// The exit status of wrong usage.
pub const USAGE_STATUS: u8 = 2;

/// Prints the table of commands.
pub fn commands(json: bool) -> ExitCode {
    let text = if json {
        format!("{:#}", engine::describe_commands())
    } else {
        let line = |command: &contract::CommandInfo| {
            format!("{:<18} {:<12} {}", command.name, format!("{:?}", command.effect).to_lowercase(), command.summary)
        };
        TABLE.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    say(&text)
}

/// Carries one command out; prints the reply, or the fault on standard error.
pub fn call(data: PathBuf, name: &str, input: Input, workspace: Option<WorkspaceId>, wait: bool) -> ExitCode {
    // What went wrong is told by the fault alone.
    log("error", None);
    let input = match input {
        Input::Text(text) => text,
        Input::Stdin => {
            let mut text = String::new();
            if let Err(why) = std::io::stdin().read_to_string(&mut text) {
                return fail(&Fault::invalid("input", format!("Standard input cannot be read: {why}.")));
            }
            text
        }
    };
    let outcome = runtime().and_then(|runtime| {
        runtime.block_on(async {
            let engine = Engine::open(environment::options(data)?.without_schedule()).await?;
            let reply = one_call(&engine, name, &input, workspace, wait).await;
            engine.close().await;
            reply
        })
    });
    match outcome {
        Ok(reply) => say(&reply),
        Err(fault) => fail(&fault),
    }
}

async fn one_call(
    engine: &Engine,
    name: &str,
    input: &str,
    workspace: Option<WorkspaceId>,
    wait: bool,
) -> Result<String, Fault> {
    let needs_workspace = contract::find(name).is_some_and(|command| command.in_workspace);
    let workspace = match workspace {
        None if needs_workspace => Some(engine.last_opened().await?),
        given => given,
    };
    let reply = engine.call(&Caller::person(Door::CommandLine, workspace), name, input).await?;
    if wait {
        engine.settle().await;
    }
    Ok(reply)
}

/// Serves until Ctrl-C.
pub fn serve(data: PathBuf, port: u16, page: Page) -> ExitCode {
    log("warn,engine=info", None);
    let outcome = runtime().and_then(|runtime| {
        runtime.block_on(async {
            let engine = Engine::open(environment::options(data)?).await?;
            let until = CancellationToken::new();
            let server = Server::start(engine.clone(), page, port, until.clone())
                .await
                .map_err(|why| Fault::new(Code::Busy, why.to_string()))?;
            let hooks = tokio::spawn(server::serve_hooks(engine.clone()));
            // Heard from before anybody is told: a Ctrl-C in the very next moment ends it in order too.
            let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
            let already = futures::poll!(interrupted.as_mut()).is_ready();
            say(&format!("PM OS is at {}\nPress Ctrl-C to end it.", server.page_url()));
            if !already {
                let _ = interrupted.await;
            }
            until.cancel();
            server.ended().await;
            engine.close().await;
            let _ = hooks.await;
            Ok(())
        })
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => fail(&fault),
    }
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|why| Fault::new(Code::Internal, format!("The system gave no threads: {why}.")))
}

/// Prints to standard output.
pub fn say(text: &str) -> ExitCode {
    // A closed pipe is the reader's choice, not a failure of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
    ExitCode::SUCCESS
}

/// For people in words, for programs as JSON.
pub fn fail(fault: &Fault) -> ExitCode {
    let mut err = std::io::stderr();
    let _ = if err.is_terminal() {
        writeln!(err, "pm-os: {}", fault.message)
    } else {
        writeln!(err, "{}", serde_json::to_string(fault).unwrap_or_else(|_| fault.message.clone()))
    };
    ExitCode::from(fault.code.exit_status())
}
