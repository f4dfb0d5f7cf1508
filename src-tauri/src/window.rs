//! The app on the desktop: the engine, the windows, the tray, and what the system hands over. It stays until it is quit, and
//! closes everything behind it.

use std::path::PathBuf;
use std::process::ExitCode;

use contract::{Caller, Door, Fault};
use engine::Options;
use serde_json::json;
use tauri::{App, AppHandle, Context, Manager, RunEvent, WindowEvent, Wry};

use crate::bridge;
use crate::choices::{self, ShortcutFault};
use crate::cli::{HIDDEN, QUICK, SAFE};
use crate::link::{self, Link};
use crate::notices::{self, Notices};
use crate::opening::{self, Held};
use crate::revive::revive;
use crate::started::{self, Started};
use crate::tray_host::{self, TrayHost};
use crate::wishes::Wishes;
use crate::{geometry, headless, keys, log, place, quick, record, signals, single, tray};

pub(crate) const MAIN: &str = "main";

/// Where this start keeps its data.
pub(crate) struct Place {
    pub(crate) data: PathBuf,
    /// The folder was named: the system knows nothing of this start.
    pub(crate) alone: bool,
}

/// This start is one where nothing happens by itself.
pub(crate) struct Safe(pub(crate) bool);

/// Whether it is.
pub(crate) fn is_safe(app: &AppHandle) -> bool {
    app.try_state::<Safe>().is_some_and(|safe| safe.0)
}

#[allow(clippy::disallowed_methods, reason = "tauri's macro ends the program when its own configuration is broken")]
pub(crate) fn context() -> Context<Wry> {
    tauri::generate_context!()
}

/// Opens the window and stays until it is quit. When the data cannot be opened, the window opens all the same and says why.
pub(crate) fn open(named: Option<PathBuf>) -> ExitCode {
    calm_graphics();
    #[cfg(target_os = "linux")]
    let anew = single::take_anew();
    let started = Started::now();
    let alone = place::is_named(named.as_ref());
    let data = match place::data_dir(named) {
        Ok(data) => data,
        Err(fault) => return headless::fail(&fault),
    };
    log("warn,engine=info,pm_os=info", Some(&data));
    record::note_breakdowns(data.clone());
    let mut builder = tauri::Builder::default();
    if !alone {
        builder = builder.plugin(single::plugin());
    }
    let built = keys::prepare(builder)
        .plugin(tauri_plugin_store::Builder::default().build())
        .plugin(tauri_plugin_autostart::Builder::new().arg(HIDDEN).build())
        .plugin(tauri_plugin_deep_link::init())
        .manage(started)
        .manage(Place { data, alone })
        .manage(Wishes::default())
        .manage(single::Late::default())
        .manage(TrayHost::default())
        .manage(keys::Taken::default())
        .manage(ShortcutFault::default())
        .manage(Notices::default())
        .invoke_handler(tauri::generate_handler![
            bridge::rpc,
            bridge::attach,
            bridge::hear,
            bridge::open_outside,
            choices::desktop_show,
            choices::desktop_change,
            record::desktop_log,
            started::page_shown,
            quick::quick_show,
            quick::quick_hide,
            quick::quick_drag,
            quick::quick_hand_over,
        ])
        .setup(|app| {
            set_up(app);
            Ok(())
        })
        .build(context());
    match built {
        Ok(app) => {
            app.run(|app, event| match event {
                // Nothing keeps the app from ending once it was asked to.
                RunEvent::ExitRequested { .. } => app.state::<single::Late>().begin(),
                RunEvent::Exit => {
                    app.state::<single::Late>().begin();
                    if let Ok(engine) = app.state::<Held>().engine() {
                        tauri::async_runtime::block_on(engine.close());
                    }
                    single::hand_on(app);
                }
                #[cfg(target_os = "macos")]
                RunEvent::Opened { urls } => urls.iter().for_each(|url| follow(app, url.as_str())),
                #[cfg(target_os = "macos")]
                RunEvent::Reopen { .. } => show(app),
                _ => {}
            });
            ExitCode::SUCCESS
        }
        #[cfg(target_os = "linux")]
        Err(why) if !anew && single::is_first_gone(&why) => {
            tracing::info!(%why, "the app that ran has just ended: this start begins anew");
            fail(&single::begin_anew())
        }
        Err(why) => fail(&why),
    }
}

fn fail(why: &dyn std::fmt::Display) -> ExitCode {
    headless::fail(&Fault::new(
        contract::Code::Internal,
        format!("The window could not be opened: {why}. `pm-os serve` shows the same in a browser."),
    ))
}

fn set_up(app: &App) {
    let handle = app.handle().clone();
    let place = app.state::<Place>();
    let Place { data, alone } = &*place;
    // What was asked for in the window holds for one start, whatever words the program was started with.
    let safe = choices::take_safe(&handle).unwrap_or_else(|| std::env::args().any(|word| word == SAFE));
    app.manage(Safe(safe));
    let options = Options::new(data.clone());
    let options = if safe { options.held() } else { options };
    opening::open(&handle, options);
    signals::heed(handle.clone());
    let hidden = std::env::args().any(|word| word == HIDDEN);
    if let Some(window) = app.get_webview_window(MAIN) {
        geometry::restore(&window, data);
        geometry::remember(&window, data);
        choices::enlarge(&window);
        revive(&window);
        let closing = handle.clone();
        window.on_window_event(move |event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                api.prevent_close();
                close(&closing);
            }
        });
        if !hidden {
            let _ = window.show();
        }
    }
    let has_icon = tray_host::can_show()
        && tray::build(&handle)
            .map(|tray| app.manage(tray))
            .inspect_err(|why| tracing::warn!(%why, "there is no tray icon"))
            .is_ok();
    let told = handle.clone();
    tauri::async_runtime::spawn(tray_host::follow(move |there| {
        let there = there && has_icon;
        told.state::<TrayHost>().set(there);
        // Nothing else leads to a hidden window.
        if !there {
            let shown = told.clone();
            let _ = told.run_on_main_thread(move || {
                if shown.get_webview_window(MAIN).is_some_and(|window| !window.is_visible().unwrap_or(true)) {
                    show(&shown);
                }
            });
        }
    }));
    let asks = handle.clone();
    tauri::async_runtime::spawn_blocking(move || choices::take_shortcut(&asks));
    if !alone {
        register_links(&handle);
    }
    std::env::args().skip(1).for_each(|word| follow(&handle, &word));
}

/// A package registers our links. What runs without one does it for itself.
fn register_links(app: &AppHandle) {
    #[cfg(any(target_os = "linux", target_os = "windows"))]
    if cfg!(debug_assertions) || std::env::var_os("APPIMAGE").is_some() {
        use tauri_plugin_deep_link::DeepLinkExt;
        let app = app.clone();
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(why) = app.deep_link().register_all() {
                tracing::info!(%why, "links of PM OS do not lead here");
            }
        });
    }
    #[cfg(not(any(target_os = "linux", target_os = "windows")))]
    let _ = app;
}

/// The window's cross: the app stays where the person wants it and something leads back to it, and is quit elsewhere.
fn close(app: &AppHandle) {
    let works = app.state::<Held>().engine().is_ok();
    if !works || !choices::keeps_running(app) {
        app.exit(0);
        return;
    }
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.hide();
    }
    if choices::explain_once(app) {
        notices::say(
            app,
            "PM OS is still running",
            "It syncs and runs your automations. Open or quit it at its icon in the tray. Settings change this.",
        );
    }
}

/// Brings the main window to the front.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Carries a command out for the person, in the workspace that was opened last; what goes wrong is said.
pub(crate) fn command(app: &AppHandle, name: &'static str, payload: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Ok(engine) = app.state::<Held>().opened().await else { return show(&app) };
        let done = match engine.last_opened().await {
            Ok(workspace) => engine.call(&Caller::person(Door::Window, Some(workspace)), name, &payload).await,
            Err(fault) => Err(fault),
        };
        if let Err(fault) = done {
            notices::say(&app, "That did not work", &fault.message);
        }
    });
}

/// What a second start was asked for.
pub(crate) fn hear(app: &AppHandle, words: &[String]) {
    if !words.iter().any(|word| word == QUICK) {
        show(app);
    }
    words.iter().for_each(|word| follow(app, word));
}

/// A word that somebody handed over: a link of ours, or a wish for the quick chat.
fn follow(app: &AppHandle, word: &str) {
    if word == QUICK {
        return quick::summon(app);
    }
    match link::parse(word) {
        Some(Link::Wish(wish)) => {
            app.state::<Wishes>().ask(MAIN, wish);
            show(app);
        }
        // The attempt itself judges whether it is its own.
        Some(Link::Answer(address)) => {
            show(app);
            let (app, payload) = (app.clone(), json!({ "url": address.into_inner() }).to_string());
            tauri::async_runtime::spawn(async move {
                let Ok(engine) = app.state::<Held>().opened().await else { return };
                let caller = Caller::person(Door::Window, None);
                if let Err(fault) = engine.call(&caller, "signin.answer", &payload).await {
                    notices::say(&app, "The sign-in did not come about", &fault.message);
                }
            });
        }
        None if link::is_ours(word) => tracing::warn!("a link that is none of ours was not followed"),
        None => {}
    }
}

/// Where graphics are drawn by software, WebKit's shared buffers make the window stay empty. Called first of all: the environment
/// must not change any more once there is a second thread, or once WebKit has read it.
fn calm_graphics() {
    #[cfg(target_os = "linux")]
    if std::env::var_os(CALM).is_none() && !std::path::Path::new("/dev/dri").exists() {
        use webkit2gtk::glib;
        if let Err(why) = glib::setenv(CALM, "1", false) {
            tracing::warn!(%why, "{CALM} could not be set");
        }
    }
}

/// WebKit's own switch.
#[cfg(target_os = "linux")]
const CALM: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
