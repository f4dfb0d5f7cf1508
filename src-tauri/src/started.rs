//! How long a start took, for the log: until the window showed what the person came for. Then there is time for the rest.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use tauri::{AppHandle, State, WebviewWindow};

use crate::{quick, window};

/// When this start began, and whether its first screen has been shown.
pub(crate) struct Started {
    at: Instant,
    shown: AtomicBool,
}

impl Started {
    /// It begins now.
    pub(crate) fn now() -> Self {
        Self { at: Instant::now(), shown: AtomicBool::new(false) }
    }
}

/// The page has drawn its first screen. A page that is loaded anew says so again, and is not heard.
#[tauri::command]
pub(crate) async fn page_shown(app: AppHandle, window: WebviewWindow, started: State<'_, Started>) -> Result<(), ()> {
    if window.label() == window::MAIN && !started.shown.swap(true, Ordering::Relaxed) {
        tracing::info!(ms = started.at.elapsed().as_millis(), "the first screen is shown");
        if !window::is_safe(&app) {
            quick::warm_soon(app);
        }
    }
    Ok(())
}
