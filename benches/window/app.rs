//! The app as a person starts it: no driver. Its log tells when its first screen is shown.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::{LOOK, PATIENCE, guarded, tree};

/// What the log says then.
const SHOWN: &str = "the first screen is shown";

/// The app in its window.
pub(crate) struct App {
    process: Child,
    /// Milliseconds from the start of its process until its first screen was shown.
    pub(crate) ms: f64,
}

impl App {
    /// Starts it, and waits until its first screen is shown.
    pub(crate) async fn start(data: &Path) -> Self {
        let before = told(data);
        let begun = Instant::now();
        let mut command = guarded(Path::new(env!("CARGO_BIN_EXE_pm-os")));
        // What it logs is decided here, not by who runs the bench.
        command.env("PMOS_DATA_DIR", data).env_remove("RUST_LOG");
        let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut app = Self { process, ms: 0.0 };
        while told(data) == before {
            assert!(begun.elapsed() < PATIENCE, "the app's log does not tell of its first screen");
            tokio::time::sleep(LOOK).await;
        }
        app.ms = begun.elapsed().as_secs_f64() * 1000.0;
        app
    }

    /// It, and all that it started.
    pub(crate) fn processes(&self) -> Vec<u32> {
        tree::of(self.process.id())
    }

    /// Ends it as the system does, so that it closes its data in order, and returns when nothing of it is left.
    pub(crate) async fn end(mut self) {
        let all = self.processes();
        let _gone_already = Command::new("kill").arg(self.process.id().to_string()).status();
        let begun = Instant::now();
        while self.process.try_wait().unwrap().is_none() || all.iter().any(|id| tree::lives(*id)) {
            assert!(begun.elapsed() < PATIENCE, "the app does not end");
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // One that has ended in order is no longer ours to end.
        if self.process.try_wait().ok().flatten().is_some() {
            return;
        }
        for id in self.processes() {
            let _gone_already = Command::new("kill").args(["-KILL", &id.to_string()]).stderr(Stdio::null()).status();
        }
        let _no_longer_ours = self.process.wait();
    }
}

/// How often a first screen was told of in this folder.
fn told(data: &Path) -> usize {
    let logs = std::fs::read_dir(data.join("logs")).into_iter().flatten().flatten();
    let texts = logs.map(|file: std::fs::DirEntry| -> PathBuf { file.path() }).map(std::fs::read_to_string);
    texts.flatten().map(|text| text.matches(SHOWN).count()).sum()
}
