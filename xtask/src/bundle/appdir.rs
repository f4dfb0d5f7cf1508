//! The folder that an AppImage is made of. The web view is the system's: an AppImage that brings its own weighs 200 MB.

use std::{fs, path::Path};

use super::contents::Entry;
use crate::{
    process::{self, finish, program},
    step::{OrStop, Outcome},
    tree,
};

const START: &str = "#!/bin/sh\n\
    # Starts the program beside this file, wherever the image is mounted.\n\
    exec \"$(dirname \"$(readlink -f \"$0\")\")/usr/bin/pm-os\" \"$@\"\n";

pub(super) fn write(out: &Path, entries: &[Entry]) -> Outcome {
    let folder = out.join("PM_OS.AppDir");
    if folder.exists() {
        fs::remove_dir_all(&folder).or_stop(format!("{} cannot be emptied", folder.display()))?;
    }
    for entry in entries {
        place(&folder.join(&entry.path), &entry.bytes, entry.executable)?;
    }
    place(&folder.join("AppRun"), START.as_bytes(), true)?;
    for (name, from) in [("pm-os.desktop", "packaging/pm-os.desktop"), ("pm-os.png", "icons/128x128@2x.png")] {
        let bytes = fs::read(tree::root().join(from)).or_stop(format!("{from} cannot be read"))?;
        place(&folder.join(name), &bytes, false)?;
    }
    if process::find("appimagetool").is_none() {
        println!("    {}: appimagetool makes the image of it, and is not installed", folder.display());
        return Ok(());
    }
    let image = out.join("PM_OS.AppImage");
    finish(program("appimagetool").arg("--no-appstream").arg(&folder).arg(&image), "The lines above say why.")
}

fn place(path: &Path, bytes: &[u8], executable: bool) -> Outcome {
    tree::write(path, bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = if executable { 0o755 } else { 0o644 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).or_stop("A file's mode cannot be set")?;
    }
    #[cfg(not(unix))]
    let _ = executable;
    Ok(())
}
