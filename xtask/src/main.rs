//! The build of PM OS as one program: sets the machine up, builds the page and the app, starts and tests them.
//!
//! Each command is a list of named steps. It knows how things are built and nothing of what they do.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks on the console")]

mod app;
mod bench;
mod bundle;
mod check;
mod desk;
mod icons;
mod npm;
mod page;
mod process;
mod session;
mod stamp;
mod step;
mod system;
mod tally;
mod test;
mod tree;
mod wasm;

use std::{env, process::ExitCode};

use step::Stop;

const USAGE: &str = "\
cargo xtask COMMAND

  run [ARGUMENTS]  set up the machine, build the page and the app, and start it; arguments go to the app
  test             everything: format, lints, all tests, the page in wasm, the laws, the real window
  check            the fast inner loop: format, lints, pure crates' tests, the laws
  ui [--dev]       build the page into ui/dist
  desk [FILTER]    the tests that drive the real window; pictures land in artefacts/desk; with `access`
                   axe judges every screen too
  shots            the same, then copy the pictures called readme-* to docs
  bench [NAME]     measure in release and write BENCHMARKS.md; or print one of sync, rows, search,
                   agent, flows, canvas, window, size
  bundle [OPTIONS] build small and package: a .deb with its licences and its list of parts; --check installs it
                   in a clean Debian, --appdir lays out an AppImage, --binary FILE takes that program
  licences         write the licences and the list of parts alone
  icons            redraw icons/ from icons/icon.svg";

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let outcome = match command.as_deref() {
        Some("run") => app::run(&rest),
        Some("test") => return test::run(),
        Some("check") => check::run(),
        Some("ui") => page::command(&rest),
        Some("desk") => desk::run(rest.first().map_or("", String::as_str)),
        Some("shots") => desk::shots(),
        Some("bench") => bench::run(&rest),
        Some("bundle") => bundle::run(&rest),
        Some("licences") => bundle::licences(),
        Some("icons") => icons::draw(),
        Some("help" | "--help" | "-h") | None => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(Stop::new(format!("There is no command `{other}`.\n\n{USAGE}"))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("\n{stop}");
            ExitCode::FAILURE
        }
    }
}
