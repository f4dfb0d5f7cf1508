//! What the person chose about the app on this desktop: whether it stays, its keys, and its start. Kept beside the data in a
//! file of the shell; whether it starts with the system is the system's own to tell.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use contract::{ChangeDesktop, DesktopStatus, ZOOMS};
use serde_json::Value;
use tauri::{AppHandle, Manager, State, WebviewWindow};
use tauri_plugin_autostart::ManagerExt;
use tauri_plugin_store::StoreExt;

use crate::tray_host::TrayHost;
use crate::window::Place;
use crate::{keys, record, window};

const FILE: &str = "desktop.json";
const KEEP: &str = "keep_running";
const SHORTCUT: &str = "shortcut";
const EXPLAINED: &str = "explained";
const ZOOM: &str = "zoom";
const SAFE: &str = "start_safe";
const USUAL: &str = "CmdOrCtrl+Shift+Space";
/// Keys that somebody has are asked for again after so long, the first so many times.
const AGAIN: Duration = Duration::from_millis(200);
const SOON: usize = 25;
/// And from then on after so long.
const LATER: Duration = Duration::from_secs(5);

/// Why the keys do nothing; empty when they work. Locked while they are asked for.
#[derive(Default)]
pub(crate) struct ShortcutFault(Mutex<String>);

/// Closing the window leaves the app running, where a tray leads back to it.
pub(crate) fn keeps_running(app: &AppHandle) -> bool {
    app.state::<TrayHost>().is_there() && read(app, KEEP).and_then(|value| value.as_bool()).unwrap_or(true)
}

/// True the first time it is asked.
pub(crate) fn explain_once(app: &AppHandle) -> bool {
    let first = read(app, EXPLAINED).is_none();
    write(app, EXPLAINED, true.into());
    first
}

/// How this start was asked for in the window before. Told once.
pub(crate) fn take_safe(app: &AppHandle) -> Option<bool> {
    let asked = read(app, SAFE)?.as_bool();
    write(app, SAFE, Value::Null);
    asked
}

/// Asks the system for the quick chat's keys. Where somebody has them, it goes on asking: an app that is just ending lets go of
/// them soon, another program some day.
pub(crate) fn take_shortcut(app: &AppHandle) {
    if try_shortcut(app) {
        return;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        for tries in 1.. {
            tokio::time::sleep(if tries < SOON { AGAIN } else { LATER }).await;
            let asks = app.clone();
            let done = tauri::async_runtime::spawn_blocking(move || {
                // Others may have been chosen meanwhile.
                shortcut_fault(&asks) != keys::HELD_ELSEWHERE || try_shortcut(&asks)
            });
            if done.await.unwrap_or(true) {
                return;
            }
        }
    });
}

/// False where somebody has the keys.
fn try_shortcut(app: &AppHandle) -> bool {
    let held = app.state::<ShortcutFault>();
    let mut held = held.0.lock().unwrap_or_else(PoisonError::into_inner);
    let fault = keys::take(app, &shortcut(app)).err().unwrap_or_default();
    if fault != *held {
        tracing::info!(fault, "the quick chat's keys");
    }
    *held = fault;
    *held != keys::HELD_ELSEWHERE
}

fn shortcut_fault(app: &AppHandle) -> String {
    app.state::<ShortcutFault>().0.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// How the app stands on this desktop.
#[tauri::command]
pub(crate) async fn desktop_show(app: AppHandle) -> Result<DesktopStatus, ()> {
    Ok(status(&app))
}

/// Changes how it stands; answers why not, where it cannot.
#[tauri::command]
pub(crate) async fn desktop_change(
    app: AppHandle,
    place: State<'_, Place>,
    change: ChangeDesktop,
) -> Result<DesktopStatus, String> {
    if let Some(keep) = change.keep_running {
        write(&app, KEEP, keep.into());
    }
    if let Some(wanted) = change.shortcut {
        let wanted = wanted.trim();
        if !wanted.is_empty() {
            keys::readable(wanted)?;
        }
        write(&app, SHORTCUT, wanted.into());
        take_shortcut(&app);
    }
    if let Some(zoom) = change.zoom {
        if !ZOOMS.contains(&zoom) {
            return Err("Choose one of the sizes of the list.".into());
        }
        write(&app, ZOOM, zoom.into());
        app.webview_windows().values().for_each(enlarge);
    }
    if let Some(start) = change.autostart {
        if place.alone {
            return Err("This start has a data folder of its own, which the system would not know of.".into());
        }
        let start_up = app.autolaunch();
        let done = if start { start_up.enable() } else { start_up.disable() };
        done.map_err(|why| format!("The system did not take it: {why}."))?;
    }
    if change.crash_seen {
        record::look_away(&place.data)
            .map_err(|why| format!("The report stays new, since it cannot be renamed: {why}."))?;
    }
    if let Some(safe) = change.restart_safe {
        write(&app, SAFE, safe.into());
        app.request_restart();
    }
    Ok(status(&app))
}

fn status(app: &AppHandle) -> DesktopStatus {
    let Place { data, alone } = &*app.state::<Place>();
    let alone = *alone;
    DesktopStatus {
        tray: app.state::<TrayHost>().is_there(),
        keep_running: read(app, KEEP).and_then(|value| value.as_bool()).unwrap_or(true),
        shortcut: shortcut(app),
        shortcut_fault: shortcut_fault(app),
        autostart: !alone && app.autolaunch().is_enabled().unwrap_or(false),
        can_autostart: !alone,
        zoom: zoom(app),
        safe: window::is_safe(app),
        crash: record::breakdown(data),
    }
}

fn zoom(app: &AppHandle) -> u16 {
    let kept = read(app, ZOOM).and_then(|zoom| u16::try_from(zoom.as_u64()?).ok());
    kept.filter(|zoom| ZOOMS.contains(zoom)).unwrap_or(100)
}

/// Shows a window's page as large as the person chose.
pub(crate) fn enlarge(window: &WebviewWindow) {
    if let Err(why) = window.set_zoom(f64::from(zoom(window.app_handle())) / 100.0) {
        tracing::warn!(%why, "a window could not be enlarged");
    }
}

fn shortcut(app: &AppHandle) -> String {
    read(app, SHORTCUT).and_then(|keys| keys.as_str().map(str::to_owned)).unwrap_or_else(|| USUAL.into())
}

fn read(app: &AppHandle, key: &str) -> Option<Value> {
    app.store(app.state::<Place>().data.join(FILE)).ok()?.get(key)
}

fn write(app: &AppHandle, key: &str, value: Value) {
    let written = app.store(app.state::<Place>().data.join(FILE)).and_then(|store| {
        store.set(key, value);
        store.save()
    });
    if let Err(why) = written {
        tracing::warn!(%why, "a choice about the desktop could not be kept");
    }
}
