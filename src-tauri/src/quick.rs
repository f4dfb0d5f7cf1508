//! The quick chat: a small window over all others, made beforehand and hidden, so that its keys bring it at once.

#[cfg(target_os = "linux")]
use std::cell::Cell;
use std::path::PathBuf;
use std::time::Duration;

use contract::Wish;
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, Manager, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent, Wry};

use crate::choices;
use crate::geometry;
use crate::revive::revive;
use crate::window::{self, Place};
use crate::wishes::Wishes;

pub(crate) const QUICK: &str = "quick";
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const LEAST: (f64, f64) = (420.0, 240.0);
/// So long after the first screen is shown: whoever came for it comes first.
const LATER: Duration = Duration::from_secs(2);

type Builder<'a> = WebviewWindowBuilder<'a, Wry, AppHandle>;

/// Makes the window when the main one has shown its first screen.
pub(crate) fn warm_soon(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(LATER).await;
        let handle = app.clone();
        let _ = app.run_on_main_thread(move || drop(window(&handle)));
    });
}

/// Shows it, with the caret in its field. Asked again while it has the keyboard, it goes.
pub(crate) fn summon(app: &AppHandle) {
    let handle = app.clone();
    let _ = app.run_on_main_thread(move || {
        let Some(window) = window(&handle) else { return };
        if window.is_visible().unwrap_or(false) && window.is_focused().unwrap_or(false) {
            let _ = window.hide();
            return;
        }
        handle.state::<Wishes>().ask(QUICK, Wish::Caret);
        let _ = window.show();
        let _ = window.set_focus();
    });
}

/// The same, for a page.
#[tauri::command]
pub(crate) async fn quick_show(app: AppHandle) -> Result<(), ()> {
    summon(&app);
    Ok(())
}

/// Hides it: the system gives the keyboard back to what had it.
#[tauri::command]
pub(crate) async fn quick_hide(window: WebviewWindow) -> Result<(), ()> {
    window.hide().map_err(|_| ())
}

/// Moves it with the pointer, whose button is down: it has no frame to take it by.
#[tauri::command]
pub(crate) async fn quick_drag(window: WebviewWindow) -> Result<(), ()> {
    window.start_dragging().map_err(|_| ())
}

/// Goes on in the main window.
#[tauri::command]
pub(crate) async fn quick_hand_over(
    app: AppHandle,
    window: WebviewWindow,
    wishes: State<'_, Wishes>,
    wish: Wish,
) -> Result<(), ()> {
    wishes.ask(window::MAIN, wish);
    let _ = window.hide();
    window::show(&app);
    Ok(())
}

/// In the main window's web process: one of its own would be a third of all memory that the app takes at rest.
#[cfg(target_os = "linux")]
fn beside_main<'a>(builder: Builder<'a>, app: &AppHandle) -> Builder<'a> {
    thread_local! {
        static FOUND: Cell<Option<webkit2gtk::WebView>> = const { Cell::new(None) };
    }
    // On the main thread, where windows are made, it is called before `with_webview` returns.
    let main = app.get_webview_window(window::MAIN);
    let asked = main.map(|main| main.with_webview(|view| FOUND.set(Some(view.inner()))));
    match (asked, FOUND.take()) {
        (Some(Ok(())), Some(view)) => builder.with_related_view(view),
        _ => builder,
    }
}

/// WebView2 and WKWebView share processes by themselves.
#[cfg(not(target_os = "linux"))]
fn beside_main<'a>(builder: Builder<'a>, _: &AppHandle) -> Builder<'a> {
    builder
}

/// The window, made where there is none. On the main thread.
fn window(app: &AppHandle) -> Option<WebviewWindow> {
    if let Some(window) = app.get_webview_window(QUICK) {
        return Some(window);
    }
    let builder = WebviewWindowBuilder::new(app, QUICK, WebviewUrl::App(PathBuf::from("index.html#/quick")));
    let built = beside_main(builder, app)
        .title("PM OS: quick chat")
        .inner_size(WIDTH, HEIGHT)
        .min_inner_size(LEAST.0, LEAST.1)
        .center()
        .visible(false)
        .focused(false)
        .decorations(false)
        .always_on_top(true)
        .skip_taskbar(true)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Started {
                window.state::<Wishes>().wait(QUICK);
            }
        })
        .build();
    match built {
        Ok(window) => {
            let data = &app.state::<Place>().data;
            geometry::restore(&window, data);
            geometry::remember(&window, data);
            choices::enlarge(&window);
            revive(&window);
            let hidden = window.clone();
            window.on_window_event(move |event| {
                if let WindowEvent::CloseRequested { api, .. } = event {
                    api.prevent_close();
                    let _ = hidden.hide();
                }
            });
            Some(window)
        }
        Err(why) => {
            tracing::warn!(%why, "the quick chat could not be made");
            None
        }
    }
}
