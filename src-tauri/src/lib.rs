//! The desktop shell: one window around the page. The only code that names `tauri`; it decides nothing.

use std::process::ExitCode;

/// Opens the window and stays until it is closed.
#[must_use]
pub fn run() -> ExitCode {
    match tauri::Builder::default().run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}
