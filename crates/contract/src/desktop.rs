//! What the desktop's shell and its pages say to one another. A browser has no such shell, so none of this is a command.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::RecordingId;

/// What the shell asks of a page, or the quick chat of the main window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// Go to an address within the page, such as `/automations/12`. One that is none is not followed.
    Go(String),
    /// Show an item.
    Item(RecordingId),
    /// Put a text into the field of the chat, after what stands there. It is never said by itself.
    Write(String),
    /// Show what waits for a decision.
    Approvals,
    /// Put the caret into the field of the quick chat.
    Caret,
}

/// How large everything can be, in hundredths of its usual size.
pub const ZOOMS: [u16; 7] = [80, 90, 100, 125, 150, 175, 200];

/// How the app stands on this desktop.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DesktopStatus {
    /// Something on this desktop shows tray icons, ours among them.
    pub tray: bool,
    /// Closing the window leaves the app running, where there is a tray.
    pub keep_running: bool,
    /// The keys that open the quick chat from anywhere, such as `CmdOrCtrl+Shift+Space`; empty for none.
    pub shortcut: String,
    /// Why these keys do nothing, and what to do; empty when they work.
    pub shortcut_fault: String,
    /// The app starts with the system.
    pub autostart: bool,
    /// This start can be made to start with the system: it is an installed app, on its usual data.
    pub can_autostart: bool,
    /// How large everything in the windows is, in hundredths of its usual size.
    pub zoom: u16,
    /// The app was started so that nothing happens by itself: no fetching, no automations.
    pub safe: bool,
    /// How the app broke down, until somebody has looked at it.
    pub crash: Option<Crash>,
}

/// How the app broke down. Kept on this machine, and sent to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crash {
    /// When.
    pub at: Timestamp,
    /// What it was about, without names, texts and keys.
    pub text: String,
    /// The file with all of it.
    pub file: String,
}

/// What to change about the app on this desktop; what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeDesktop {
    /// See [`DesktopStatus::keep_running`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_running: Option<bool>,
    /// See [`DesktopStatus::shortcut`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortcut: Option<String>,
    /// See [`DesktopStatus::autostart`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autostart: Option<bool>,
    /// See [`DesktopStatus::zoom`]: one of [`ZOOMS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zoom: Option<u16>,
    /// The breakdown was looked at, and is not told again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub crash_seen: bool,
    /// Start the app anew: so that nothing happens by itself, or as usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart_safe: Option<bool>,
}
