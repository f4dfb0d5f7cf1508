//! Packages of JavaScript that are only measured or judged with, fetched by npm into a folder of the target.

use std::path::Path;

use crate::{
    process::{self, finish, program},
    step::Outcome,
    system,
};

/// Installs what the lock file in `folder` says. `false` where npm or its packages are out of reach.
///
/// # Errors
/// Nothing stops here: whoever asks goes on without.
pub(crate) fn install(folder: &Path) -> Outcome<bool> {
    if process::find("npm").is_none() {
        let is_there = process::find("dpkg-query").is_some() && system::install(&["npm"]).is_ok();
        if !is_there {
            println!("    npm is not installed");
            return Ok(false);
        }
    }
    // Scripts of packages are not run: none of these needs its own.
    let mut packages = program("npm");
    packages.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    match finish(&mut packages, "Are its packages in reach?") {
        Ok(()) => Ok(true),
        Err(stop) => {
            println!("    {stop}");
            Ok(false)
        }
    }
}
