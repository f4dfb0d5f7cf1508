//! A page whose process has ended is loaded anew: the app behind it goes on, and what was being written is kept. Knows of
//! WebKitGTK only; the web views of the other systems do it by themselves, or end with the app.

use tauri::WebviewWindow;

/// Loads the page of this window anew whenever its process ends, unless it did so a moment ago: it would only go on ending.
#[cfg(target_os = "linux")]
pub(crate) fn revive(window: &WebviewWindow) {
    use std::cell::Cell;

    use jiff::{SignedDuration, Timestamp};
    use webkit2gtk::WebViewExt;

    const MOMENT: SignedDuration = SignedDuration::from_secs(10);

    let asked = window.with_webview(|view| {
        let last = Cell::new(None::<Timestamp>);
        view.inner().connect_web_process_terminated(move |view, why| {
            let now = crate::clock::now();
            let again = last.replace(Some(now)).is_some_and(|last| now.duration_since(last) < MOMENT);
            tracing::warn!(?why, again, "the process of a page has ended");
            if !again {
                view.reload();
            }
        });
    });
    if let Err(why) = asked {
        tracing::warn!(%why, "a page that ends would not be loaded anew");
    }
}

/// Nothing to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn revive(_: &WebviewWindow) {}
