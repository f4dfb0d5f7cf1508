//! A system that shuts down, or a person at a terminal, asks the program to end: it does so in order, as if it had been quit.

use tauri::AppHandle;

/// Quits the app once it is asked to end.
#[cfg(unix)]
pub(crate) fn heed(app: AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    tauri::async_runtime::spawn(async move {
        let heard = async || {
            let mut ends = signal(SignalKind::terminate())?;
            let mut interrupts = signal(SignalKind::interrupt())?;
            tokio::select! {
                _ = ends.recv() => {}
                _ = interrupts.recv() => {}
            }
            std::io::Result::Ok(())
        };
        match heard().await {
            Ok(()) => app.exit(0),
            Err(why) => tracing::warn!(%why, "the system's wish to end will not be heard"),
        }
    });
}

/// Windows tells a window, which the library hears.
#[cfg(not(unix))]
pub(crate) fn heed(_: AppHandle) {}
