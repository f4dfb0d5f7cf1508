//! What the app keeps: the data folder, its room, the workspaces' files, and the place of secrets.

use std::path::{Path, PathBuf};

use contract::{Caller, Code, Door, VaultPlace, VaultStatus};
use engine::Engine;
use jiff::Timestamp;

use super::Finding;
use crate::environment;

/// With less, a fetch or a backup may not fit.
const LITTLE: u64 = 500_000_000;
/// With less, nothing can be written safely.
const TOO_LITTLE: u64 = 50_000_000;

const FOLDER: &str = "Data folder";
const WORKSPACES: &str = "Workspaces";

/// The folder and its disk, without opening anything in it.
pub(super) fn folder(data: &Path) -> Vec<Finding> {
    if !data.exists() {
        return vec![Finding::note(FOLDER, format!("{} is made at the first start.", data.display()))];
    }
    let place = match tempfile::tempfile_in(data) {
        Ok(_) => Finding::well(FOLDER, data.display().to_string()),
        Err(why) => Finding::badly(
            FOLDER,
            format!(
                "Nothing can be written into {}: {why}. Give yourself the right to, or free the disk.",
                data.display()
            ),
        ),
    };
    let mut findings = vec![place];
    findings.extend(room(data).map(disk));
    findings
}

pub(super) fn disk(bytes: u64) -> Finding {
    const ABOUT: &str = "Disk";
    let free = format!("{} MB free", bytes / 1_000_000);
    match bytes {
        0..TOO_LITTLE => Finding::badly(ABOUT, format!("{free}: too little to write safely. Make room.")),
        TOO_LITTLE..LITTLE => Finding::note(ABOUT, format!("{free}: a backup may not fit. Make room soon.")),
        LITTLE.. => Finding::well(ABOUT, free),
    }
}

#[cfg(unix)]
fn room(data: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(data).ok()?;
    Some(told.f_bavail.saturating_mul(told.f_frsize))
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<u64> {
    None
}

/// When something was last written directly in the folder.
pub(super) fn newest(data: &Path) -> Option<Timestamp> {
    let entries = std::fs::read_dir(data).ok()?;
    let dates = entries.filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok());
    dates.max().and_then(|date| Timestamp::try_from(date).ok())
}

/// What only an engine can tell. It is not started where there is nothing yet.
pub(super) async fn inside(data: PathBuf) -> Vec<Finding> {
    if !data.exists() {
        return Vec::new();
    }
    let options = match environment::options(data) {
        Ok(options) => options.without_schedule(),
        Err(fault) => return vec![Finding::badly("Environment", fault.message)],
    };
    let engine = match Engine::open(options).await {
        Ok(engine) => engine,
        Err(fault) if fault.code == Code::Busy => {
            return vec![Finding::note(
                WORKSPACES,
                format!("Not looked into: {} Quit it, and run this again to have the files read.", fault.message),
            )];
        }
        Err(fault) => return vec![Finding::badly(WORKSPACES, fault.message)],
    };
    let mut findings = workspaces(&engine).await;
    findings.push(secrets(&engine).await);
    engine.close().await;
    findings
}

async fn workspaces(engine: &Engine) -> Vec<Finding> {
    let examined = match engine.examine().await {
        Ok(examined) => examined,
        Err(fault) => return vec![Finding::badly(WORKSPACES, fault.message)],
    };
    if examined.is_empty() {
        return vec![Finding::note(WORKSPACES, "There is none yet. Open the sample, or connect Basecamp.")];
    }
    let told = examined.into_iter().map(|one| match one.found {
        Ok(wrong) if wrong.is_empty() => Finding::well(WORKSPACES, format!("{}: its file is sound", one.workspace)),
        Ok(wrong) => Finding::badly(
            WORKSPACES,
            format!(
                "{}: {}. Restore a copy in Settings, Data, or fetch everything again.",
                one.workspace,
                wrong.join("; ")
            ),
        ),
        Err(fault) => Finding::badly(WORKSPACES, format!("{}: {}", one.workspace, fault.message)),
    });
    told.collect()
}

async fn secrets(engine: &Engine) -> Finding {
    const ABOUT: &str = "Secrets";
    let caller = Caller::person(Door::CommandLine, None);
    let status = match engine.call(&caller, "vault.status", "{}").await {
        Ok(reply) => serde_json::from_str::<VaultStatus>(&reply).map_err(|why| why.to_string()),
        Err(fault) => Err(fault.message),
    };
    match status {
        Err(why) => Finding::badly(ABOUT, why),
        Ok(status) if status.ready => Finding::well(
            ABOUT,
            match status.place {
                VaultPlace::Keyring => "in the system's keyring",
                VaultPlace::File => "in a sealed file, open",
                VaultPlace::Undecided | VaultPlace::Opening => "open",
            },
        ),
        Ok(status) if status.locked || status.place == VaultPlace::Undecided => Finding::note(ABOUT, status.why),
        Ok(status) => Finding::badly(ABOUT, status.why),
    }
}
