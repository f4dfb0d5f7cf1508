//! The window: opened where it was, handed the engine, closed with everything behind it.

use std::path::PathBuf;
use std::process::ExitCode;

use contract::{Caller, Door, Fault};
use engine::{Engine, Options};
use serde_json::json;
use tauri::{
    AppHandle, Context, Manager, PhysicalPosition, PhysicalSize, RunEvent, Runtime, WebviewWindow, WindowEvent, Wry,
};
use tauri_plugin_store::StoreExt;

use crate::bridge::{self, Held};
use crate::{headless, log, place};

const MAIN: &str = "main";
const WINDOW_FILE: &str = "window.json";
/// A window smaller than this was not sized by a person.
const LEAST: u32 = 400;

#[allow(clippy::disallowed_methods, reason = "tauri's macro ends the program when its own configuration is broken")]
pub(crate) fn context() -> Context<Wry> {
    tauri::generate_context!()
}

/// Opens the window and stays until it is closed. When the data cannot be opened, the window opens all the same and says why.
pub(crate) fn open(named: Option<PathBuf>) -> ExitCode {
    log("warn,engine=info");
    calm_graphics();
    let alone = place::is_named(named.as_ref());
    let data = match place::data_dir(named) {
        Ok(data) => data,
        Err(fault) => return headless::fail(&fault),
    };
    let mut builder = tauri::Builder::default();
    if !alone {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, words, _| {
            show(app);
            words.iter().for_each(|word| follow(app, word));
        }));
    }
    let window_file = data.join(WINDOW_FILE);
    let built = builder
        .plugin(tauri_plugin_store::Builder::default().build())
        .invoke_handler(tauri::generate_handler![bridge::rpc, bridge::attach, bridge::open_outside])
        .setup(move |app| {
            let opened = tauri::async_runtime::block_on(Engine::open(Options::new(data)));
            if let Err(fault) = &opened {
                tracing::error!(message = fault.message, "the data could not be opened");
            }
            app.manage(Held(opened));
            if let Some(window) = app.get_webview_window(MAIN) {
                restore(&window, &window_file);
                remember(&window, window_file.clone());
            }
            std::env::args().skip(1).for_each(|word| follow(app.handle(), &word));
            Ok(())
        })
        .build(context());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event
                    && let Ok(engine) = app.state::<Held>().engine()
                {
                    tauri::async_runtime::block_on(engine.close());
                }
            });
            ExitCode::SUCCESS
        }
        Err(why) => headless::fail(&Fault::new(
            contract::Code::Internal,
            format!("The window could not be opened: {why}. `pm-os serve` shows the same in a browser."),
        )),
    }
}

/// Where graphics are drawn by software, WebKit's shared buffers make the window stay empty.
fn calm_graphics() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() && !std::path::Path::new("/dev/dri").exists() {
        relaunch_with("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
}

/// Changing the environment of a running program is unsafe, so the program is started anew with it.
#[cfg(target_os = "linux")]
fn relaunch_with(name: &str, value: &str) {
    use std::os::unix::process::CommandExt;
    if let Ok(program) = std::env::current_exe() {
        let why = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(name, value).exec();
        tracing::warn!(%why, "started without {name}");
    }
}

fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// A link of our own scheme. Only the answer of a sign-in is known; the attempt itself judges whether it is its own.
fn follow<R: Runtime>(app: &AppHandle<R>, word: &str) {
    if !word.starts_with("pmos://oauth/callback") {
        return;
    }
    let Ok(engine) = app.state::<Held>().engine() else { return };
    let payload = json!({ "url": word }).to_string();
    tauri::async_runtime::spawn(async move {
        let caller = Caller::person(Door::Window, None);
        if let Err(fault) = engine.call(&caller, "signin.answer", &payload).await {
            tracing::warn!(message = fault.message, "a sign-in link was not accepted");
        }
    });
}

fn restore<R: Runtime>(window: &WebviewWindow<R>, file: &PathBuf) {
    let Ok(kept) = window.store(file) else { return };
    let number = |key: &str| kept.get(key).and_then(|value| value.as_i64()).and_then(|value| i32::try_from(value).ok());
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
            let inside = |value: i32, from: i32, length: u32| {
                value >= from && i64::from(value) < i64::from(from) + i64::from(length)
            };
            inside(x, at.x, size.width) && inside(y, at.y, size.height)
        });
        if on_screen {
            let _ = window.set_position(PhysicalPosition::new(x, y));
        }
    }
    if kept.get("maximised").and_then(|value| value.as_bool()) == Some(true) {
        let _ = window.maximize();
    }
}

fn remember<R: Runtime>(window: &WebviewWindow<R>, file: PathBuf) {
    let kept = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { .. } = event {
            let Ok(store) = kept.store(&file) else { return };
            let maximised = kept.is_maximized().unwrap_or(false);
            store.set("maximised", maximised);
            if !maximised && let (Ok(size), Ok(at)) = (kept.inner_size(), kept.outer_position()) {
                store.set("width", size.width);
                store.set("height", size.height);
                store.set("x", at.x);
                store.set("y", at.y);
            }
            if let Err(why) = store.save() {
                tracing::warn!(%why, "the window's place could not be kept");
            }
        }
    });
}
