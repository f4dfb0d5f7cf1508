//! Where a window was and how large, kept as it changes and given back at the next start.

use std::path::Path;

use tauri::{PhysicalPosition, PhysicalSize, Runtime, WebviewWindow, WindowEvent};
use tauri_plugin_store::StoreExt;

const FILE: &str = "window.json";
/// A window narrower or lower than this was not sized by a person.
const LEAST: u32 = 300;

/// Puts the window where it was. Where that monitor is gone, the system decides.
pub(crate) fn restore<R: Runtime>(window: &WebviewWindow<R>, data: &Path) {
    let Ok(kept) = window.store(data.join(FILE)) else { return };
    let value = |key: &str| kept.get(name(window.label(), key));
    let number = |key: &str| value(key).and_then(|value| value.as_i64()).and_then(|value| i32::try_from(value).ok());
    if let (Some(width), Some(height)) = (number("width"), number("height"))
        && let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height))
        && width >= LEAST
        && height >= LEAST
    {
        let _ = window.set_size(PhysicalSize::new(width, height));
    }
    if let (Some(x), Some(y)) = (number("x"), number("y")) {
        let on_screen = window.available_monitors().unwrap_or_default().iter().any(|monitor| {
            let (at, size) = (monitor.position(), monitor.size());
            is_within(x, at.x, size.width) && is_within(y, at.y, size.height)
        });
        if on_screen {
            let _ = window.set_position(PhysicalPosition::new(x, y));
        }
    }
    if value("maximised").and_then(|value| value.as_bool()) == Some(true) {
        let _ = window.maximize();
    }
}

/// Keeps where the window is, whenever that changes: the file is written a moment after it has come to rest, so that not
/// even a crash loses it.
pub(crate) fn remember<R: Runtime>(window: &WebviewWindow<R>, data: &Path) {
    let (kept, file) = (window.clone(), data.join(FILE));
    window.on_window_event(move |event| {
        let moved =
            matches!(event, WindowEvent::Resized(_) | WindowEvent::Moved(_) | WindowEvent::CloseRequested { .. });
        // A window that is not on show is nowhere.
        if !moved || !kept.is_visible().unwrap_or(false) || kept.is_minimized().unwrap_or(false) {
            return;
        }
        let Ok(store) = kept.store(&file) else { return };
        let maximised = kept.is_maximized().unwrap_or(false);
        let mut values = vec![("maximised", serde_json::Value::from(maximised))];
        if !maximised && let (Ok(size), Ok(at)) = (kept.inner_size(), kept.outer_position()) {
            values.extend([
                ("width", size.width.into()),
                ("height", size.height.into()),
                ("x", at.x.into()),
                ("y", at.y.into()),
            ]);
        }
        for (key, value) in values {
            let key = name(kept.label(), key);
            if store.get(&key).as_ref() != Some(&value) {
                store.set(key, value);
            }
        }
    });
}

/// The main window's names are plain; another's begin with what it is called.
fn name(window: &str, key: &str) -> String {
    if window == super::window::MAIN { key.to_owned() } else { format!("{window}-{key}") }
}

fn is_within(value: i32, from: i32, length: u32) -> bool {
    value >= from && i64::from(value) < i64::from(from) + i64::from(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_do_not_share_their_places() {
        assert_eq!(name("main", "x"), "x");
        assert_eq!(name("quick", "x"), "quick-x");
    }

    #[test]
    fn a_place_is_on_a_monitor_or_not() {
        assert!(is_within(-1920, -1920, 1920) && !is_within(0, -1920, 1920) && !is_within(i32::MAX, 0, 1));
    }
}
