//! Other programs: how they are called, and with which environment.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    step::{OrStop, Outcome, Stop},
    tree,
};

/// A program, started at the root of the project. What `cargo run` told this program about itself is taken out of
/// the environment: build scripts that watch those variables would rebuild on every change between the two.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(tree::root());
    for (key, _) in env::vars_os() {
        let Some(key) = key.to_str() else { continue };
        let ours = key.starts_with("CARGO_PKG_")
            || matches!(
                key,
                "CARGO_MANIFEST_DIR"
                    | "CARGO_MANIFEST_PATH"
                    | "CARGO_BIN_NAME"
                    | "CARGO_CRATE_NAME"
                    | "CARGO_PRIMARY_PACKAGE"
                    | "OUT_DIR"
            );
        if ours {
            command.env_remove(key);
        }
    }
    if let Some(paths) = env::var_os("LD_LIBRARY_PATH") {
        let kept: Vec<PathBuf> = env::split_paths(&paths).filter(|path| !is_cargos(path)).collect();
        match env::join_paths(&kept) {
            Ok(paths) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", paths),
            Ok(_) | Err(_) => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

fn is_cargos(path: &Path) -> bool {
    path.as_os_str().is_empty()
        || path.starts_with(tree::target())
        || path.components().any(|part| part.as_os_str() == "toolchains")
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut cargo = program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    if BUILDS_ONCE.load(Ordering::Relaxed) {
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

/// From here on, cargo keeps nothing that only makes a second build quick: that is 10 GB and more.
pub(crate) fn build_once() {
    BUILDS_ONCE.store(true, Ordering::Relaxed);
}

static BUILDS_ONCE: AtomicBool = AtomicBool::new(false);

/// Runs to the end with the console as it is; `advice` is the sentence that follows a failure.
pub(crate) fn finish(command: &mut Command, advice: &str) -> Outcome {
    let status = command.status().or_stop(format!("{} cannot be started", name(command)))?;
    if status.success() { Ok(()) } else { Err(Stop::new(format!("{} ended with {status}. {advice}", name(command)))) }
}

/// What a program prints, trimmed; nothing when it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program ends well, silently, within `limit`.
pub(crate) fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = quiet.spawn() else {
        return false;
    };
    let began = Instant::now();
    while began.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(_) => break,
        }
    }
    let _ended_meanwhile = child.kill();
    let _no_longer_ours = child.wait();
    false
}

/// Where a program is, when the search path knows it.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

fn name(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args().take(2))
        .map(|word| Path::new(word).file_name().unwrap_or(word).to_string_lossy().into_owned())
        .collect();
    format!("`{}`", words.join(" "))
}
