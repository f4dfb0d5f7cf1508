//! Keys by tauri's plugin, where the system itself calls when they are pressed: macOS and Windows.

use tauri::{AppHandle, Builder, Wry};
use tauri_plugin_global_shortcut::{GlobalShortcutExt, Shortcut, ShortcutState};

/// The plugin holds what is taken.
#[derive(Default)]
pub(crate) struct Taken;

/// What the app needs before it can take keys.
pub(crate) fn prepare(builder: Builder<Wry>) -> Builder<Wry> {
    builder.plugin(tauri_plugin_global_shortcut::Builder::new().build())
}

pub(super) fn let_go(app: &AppHandle) {
    let _ = app.global_shortcut().unregister_all();
}

pub(super) fn take(app: &AppHandle, keys: Shortcut, pressed: fn(&AppHandle)) -> Result<(), String> {
    let hear = move |app: &AppHandle, _: &Shortcut, event: tauri_plugin_global_shortcut::ShortcutEvent| {
        if event.state == ShortcutState::Pressed {
            pressed(app);
        }
    };
    app.global_shortcut().on_shortcut(keys, hear).map_err(|_| super::HELD_ELSEWHERE.to_owned())
}
