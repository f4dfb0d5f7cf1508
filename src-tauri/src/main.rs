//! The program `pm-os`.

// On Windows a release build must not open a console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    pm_os::start()
}
