//! The keys that bring the quick chat from anywhere: how a person writes them, and asking the system for them.

#[cfg(target_os = "linux")]
#[path = "keys/display.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "keys/plugin.rs"]
mod system;

use tauri::AppHandle;
use tauri_plugin_global_shortcut::{Modifiers, Shortcut};

use crate::quick;

pub(crate) use system::{Taken, prepare};

/// Nobody presses more keys than these at once, in letters of their names.
const LONGEST: usize = 60;
pub(crate) const HELD_ELSEWHERE: &str = "Another program has these keys, or the system keeps them. Choose others.";

/// What a person wrote, as keys.
///
/// # Errors
/// In words: it cannot be read, or the keys would be missed elsewhere.
pub(crate) fn readable(keys: &str) -> Result<Shortcut, String> {
    let wrong =
        || "Write the keys like Ctrl+Shift+Space: one or more of Ctrl, Alt, Shift and Super, and one key.".to_owned();
    let shortcut: Shortcut = keys.get(..LONGEST.min(keys.len())).unwrap_or_default().parse().map_err(|_| wrong())?;
    // A bare key would be taken from every other program.
    let is_bare = shortcut.mods.is_empty() || shortcut.mods == Modifiers::SHIFT;
    if keys.len() > LONGEST || is_bare { Err(wrong()) } else { Ok(shortcut) }
}

/// Takes these keys, and lets go of those before; with an empty text there are none.
///
/// # Errors
/// Why the keys do nothing, in words.
pub(crate) fn take(app: &AppHandle, keys: &str) -> Result<(), String> {
    system::let_go(app);
    if keys.is_empty() {
        return Ok(());
    }
    let wanted = readable(keys)?;
    if let Some(why) = nobody_hears() {
        return Err(why.into());
    }
    system::take(app, wanted, quick::summon)
}

/// Why no program hears of keys that are pressed elsewhere.
fn nobody_hears() -> Option<&'static str> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match (cfg!(target_os = "linux"), set("WAYLAND_DISPLAY"), set("DISPLAY")) {
        (true, true, _) => Some(
            "Wayland lets no program take keys by itself. In your system's settings for the keyboard, let keys of your choice run: pm-os --quick",
        ),
        (true, false, false) => Some("This session has no display that tells of keys."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_people_write_them() {
        for keys in ["CmdOrCtrl+Shift+Space", "Ctrl+Shift+Space", "Alt+K", "Super+J", "Ctrl+Alt+P"] {
            assert!(readable(keys).is_ok(), "{keys}");
        }
    }

    #[test]
    fn keys_that_would_be_missed_elsewhere_are_not_taken() {
        let long = "Ctrl+".repeat(50);
        for keys in ["K", "Shift+K", "Ctrl", "Ctrl+", "no keys", "Ctrl+K+L", "é", long.as_str()] {
            assert!(readable(keys).is_err(), "{keys}");
        }
    }
}
