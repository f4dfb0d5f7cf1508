//! `cargo xtask test`: everything that must hold, and one line that says whether it does.

use std::{
    fs,
    process::{Command, ExitCode},
};

use crate::{
    check, desk,
    page::{self, Make},
    process::{self, answer, cargo, finish, program},
    session::Session,
    step::{OrStop, Outcome, Stop, step},
    system::{self, Purpose},
    tally::Tally,
    tree, wasm,
};

pub(crate) fn run() -> ExitCode {
    let mut tally = Tally::default();
    if let Err(stop) = everything(&mut tally) {
        println!("\n{stop}");
        tally.failed += 1;
    }
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Goes on after a failure wherever the rest still means something.
fn everything(tally: &mut Tally) -> Outcome {
    system::set_up(Purpose::Test)?;
    // A clone that nobody works in, as a pipeline's.
    if !tree::is_worked_in() {
        process::build_once();
    }
    clear_artefacts()?;
    tally.step("Format", check::format);
    page::build(Make::Small)?;
    tally.step("Lints", check::lint);
    match page_tests_in_wasm() {
        Ok(mut command) => tally.tests("Tests of the page in wasm", &mut command),
        Err(stop) => tally.step("Tests of the page in wasm", || Err(stop)),
    }
    if !desk::is_possible() {
        tally.tests("Tests and laws", cargo().args(["test", "--workspace", "--no-fail-fast"]));
        println!("==> Desk tests: not run. They drive WebKitGTK, which is on Linux only.");
        return Ok(());
    }
    let session = step("Session: display, bus, keyring", Session::start)?;
    tally.tests("Tests and laws", session.holds(cargo().args(["test", "--workspace", "--no-fail-fast"])));
    tally.tests("Desk", &mut desk::tests(&session, ""));
    Ok(())
}

fn clear_artefacts() -> Outcome {
    let folder = tree::artefacts();
    if folder.exists() {
        fs::remove_dir_all(&folder).or_stop(format!("{} cannot be emptied", folder.display()))?;
    }
    Ok(())
}

/// The page's own tests under Node, through the runner that belongs to the lockfile's wasm-bindgen.
fn page_tests_in_wasm() -> Outcome<Command> {
    let toolchain = wasm::set_up()?;
    let runner = step("Runner of wasm tests", runner)?;
    let mut command = toolchain.cargo("test", Make::Quick);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    // What the wasm asks for in place of its later part; see `unsplit.cjs`.
    let modules = tree::target().join("xtask/modules");
    tree::write(&modules.join("__wasm_split_placeholder__.js"), include_bytes!("unsplit.cjs"))?;
    command.env("NODE_PATH", modules);
    if node_is_old() {
        let help = tree::target().join("xtask/old_node.cjs");
        tree::write(&help, include_bytes!("old_node.cjs"))?;
        command.env("NODE_OPTIONS", format!("--require \"{}\"", help.display()));
    }
    command.arg("--no-fail-fast");
    Ok(command)
}

/// Debian 12's Node is 18, which trips over what a newer compiler makes; see `old_node.cjs`.
fn node_is_old() -> bool {
    let version = answer(program("node").arg("--version")).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    major.is_some_and(|major| major < 20)
}

fn runner() -> Outcome<std::path::PathBuf> {
    let version = locked("wasm-bindgen")?;
    let tools = tree::target().join("tools");
    let runner = tools.join("bin").join(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX));
    let there = answer(program(&runner).arg("--version"));
    if there.is_some_and(|line| line.split_whitespace().any(|word| word == version)) {
        return Ok(runner);
    }
    // Without --locked: with it, the tool's own lockfile does not resolve.
    finish(
        cargo()
            .args(["install", "--quiet", "--force", "wasm-bindgen-cli", "--version", &version, "--root"])
            .arg(&tools)
            .arg("--target-dir")
            .arg(tools.join("build")),
        "Is there a network? The tool is fetched once.",
    )?;
    Ok(runner)
}

/// The version of a package in Cargo.lock.
fn locked(package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(tree::root().join("Cargo.lock")).or_stop("Cargo.lock cannot be read")?;
    let name = format!("name = \"{package}\"");
    lock.lines()
        .skip_while(|line| **line != name)
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| Stop::new(format!("Cargo.lock does not name {package}. Run `cargo update -p ui`.")))
}
