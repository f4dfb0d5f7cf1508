//! Where things are: the root of the project and the folders that the build writes.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::step::{OrStop, Outcome};

/// The root of the project: of the one that `cargo` was asked in, though another clone with the same target folder built this.
pub(crate) fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = Path::new(&here);
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's target folder, wherever the person keeps it.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Somebody has built the app here before, and will again: cargo keeps what makes that quick.
pub(crate) fn is_worked_in() -> bool {
    let kept = fs::read_dir(target().join("debug/incremental")).into_iter().flatten().filter_map(Result::ok);
    kept.into_iter().any(|kept| kept.file_name().to_string_lossy().starts_with("engine-"))
}

/// Screenshots and logs of the last test run; never committed.
pub(crate) fn artefacts() -> PathBuf {
    root().join("artefacts")
}

/// Every file below `folder`, sorted, so that two walks of the same tree agree. A missing folder is an empty one.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries {
            let path = entry.or_stop(format!("{} cannot be listed", folder.display()))?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a file with its folders, and leaves it untouched when it already says the same: its date decides
/// what cargo builds again.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Outcome {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).or_stop(format!("{} cannot be made", folder.display()))?;
    }
    fs::write(path, bytes).or_stop(format!("{} cannot be written", path.display()))
}
