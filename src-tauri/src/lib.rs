//! The program: a window around the page, or the same commands without one. The only code that names `tauri`; it decides
//! nothing.

mod bridge;
mod choices;
pub mod cli;
mod clock;
mod doctor;
mod environment;
mod geometry;
pub mod headless;
mod hearing;
#[cfg(test)]
mod installers;
mod keys;
pub mod link;
mod notices;
mod opening;
pub mod place;
mod quick;
mod record;
mod revive;
mod signals;
mod single;
mod started;
mod support;
mod tray;
mod tray_host;
mod window;
mod wishes;

use std::borrow::Cow;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

use cli::{Asked, Mode, USAGE};
use contract::{Code, Fault};
use server::Page;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Does what the command line asks for.
#[must_use]
pub fn start() -> ExitCode {
    let asked = match cli::parse(std::env::args_os().skip(1)) {
        Ok(asked) => asked,
        Err(why) => {
            headless::fail(&Fault::new(Code::Invalid, format!("{why}\n\n{USAGE}")));
            return ExitCode::from(headless::USAGE_STATUS);
        }
    };
    let Asked { mode, data } = asked;
    match mode {
        Mode::Help => headless::say(USAGE.trim_end()),
        Mode::Version => headless::say(concat!("pm-os ", env!("CARGO_PKG_VERSION"))),
        Mode::Commands { json } => headless::commands(json),
        Mode::Call { name, input, workspace, wait } => match place::data_dir(data) {
            Ok(data) => headless::call(data, &name, input, workspace, wait),
            Err(fault) => headless::fail(&fault),
        },
        Mode::Serve { port } => match place::data_dir(data) {
            Ok(data) => headless::serve(data, port, page()),
            Err(fault) => headless::fail(&fault),
        },
        Mode::Doctor { json } => match place::data_dir(data) {
            Ok(data) => doctor::run(data, json),
            Err(fault) => headless::fail(&fault),
        },
        Mode::Support { into } => match place::data_dir(data) {
            Ok(data) => support::run(data, &into),
            Err(fault) => headless::fail(&fault),
        },
        Mode::Window => window::open(data),
    }
}

/// The page as it was built into the program.
fn page() -> Page {
    let context = window::context();
    Page::new(move |path| context.assets().get(&path.into()).map(|bytes| Cow::Owned(bytes.into_owned())))
}

/// Where the log goes: standard error, and a file of each day where there is a folder for it; as much as `RUST_LOG` asks for.
fn log(usual: &str, folder: Option<&Path>) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    // It writes down what models and their servers say, which may be anything.
    let filter = match "genai=off".parse() {
        Ok(silent) => filter.add_directive(silent),
        Err(_) => filter,
    };
    let layer = fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr);
    let days = folder.and_then(record::days).map(|days| fmt::layer().with_ansi(false).with_writer(days));
    let _ = tracing_subscriber::registry().with(filter).with(layer).with(days).try_init();
}
