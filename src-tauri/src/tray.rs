//! The tray icon with its menu. On Linux it tells of no click, so everything is in the menu and on the quick chat's keys.

use std::sync::{Mutex, PoisonError};

use contract::Wish;
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Theme, Wry, include_image};

use crate::quick;
use crate::window::{self, MAIN};
use crate::wishes::Wishes;

const QUICK: &str = "quick";
const TODAY: &str = "today";
const APPROVALS: &str = "approvals";
const SYNC: &str = "sync";
const PAUSE: &str = "pause";
const OPEN: &str = "open";
const QUIT: &str = "quit";

const ON_LIGHT: Image<'_> = include_image!("icons/tray-light@2x.png");
const ON_LIGHT_DOT: Image<'_> = include_image!("icons/tray-light-dot@2x.png");
const ON_DARK: Image<'_> = include_image!("icons/tray-dark@2x.png");
const ON_DARK_DOT: Image<'_> = include_image!("icons/tray-dark-dot@2x.png");

/// What the icon and its menu tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// So many conversations wait for a decision.
    pub(crate) waiting: usize,
    /// Automations begin nothing.
    pub(crate) paused: bool,
}

/// The icon, with the lines of its menu that change.
pub(crate) struct Tray {
    icon: TrayIcon,
    approvals: MenuItem<Wry>,
    pause: MenuItem<Wry>,
    told: Mutex<Told>,
}

/// Puts the icon up.
///
/// # Errors
/// When this system shows no such icons.
pub(crate) fn build(app: &AppHandle) -> tauri::Result<Tray> {
    let item = |id: &str, words: &str| MenuItem::with_id(app, id, words, true, None::<&str>);
    let approvals = MenuItem::with_id(app, APPROVALS, approvals_words(0), false, None::<&str>)?;
    let pause = item(PAUSE, pause_words(false))?;
    let line = || PredefinedMenuItem::separator(app);
    let (quick, today, sync) = (item(QUICK, "Quick chat")?, item(TODAY, "Today")?, item(SYNC, "Sync now")?);
    let (open, quit) = (item(OPEN, "Open PM OS")?, item(QUIT, "Quit PM OS")?);
    let lines: [&dyn IsMenuItem<Wry>; 10] =
        [&quick, &today, &approvals, &line()?, &sync, &pause, &line()?, &open, &line()?, &quit];
    let menu = Menu::with_items(app, &lines)?;
    let icon = TrayIconBuilder::with_id("pm-os")
        .icon(picture(is_dark(app), false))
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip("PM OS")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. } = event {
                quick::summon(icon.app_handle());
            }
        })
        .build(app)?;
    Ok(Tray { icon, approvals, pause, told: Mutex::new(Told::default()) })
}

impl Tray {
    /// Tells how things stand; what is told already is not told again.
    pub(crate) fn tell(&self, app: &AppHandle, told: Told) {
        let mut last = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if *last == told {
            return;
        }
        *last = told;
        let _ = self.approvals.set_text(approvals_words(told.waiting));
        let _ = self.approvals.set_enabled(told.waiting > 0);
        let _ = self.pause.set_text(pause_words(told.paused));
        let _ = self
            .icon
            .set_icon_with_as_template(Some(picture(is_dark(app), told.waiting > 0)), cfg!(target_os = "macos"));
        let _ = self.icon.set_tooltip(Some(format!("PM OS: {}", approvals_words(told.waiting).to_lowercase())));
    }

    fn paused(&self) -> bool {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).paused
    }
}

fn chosen(app: &AppHandle, id: &str) {
    let ask = |wish: Wish| {
        app.state::<Wishes>().ask(MAIN, wish);
        window::show(app);
    };
    match id {
        QUICK => quick::summon(app),
        TODAY => ask(Wish::Go("/today".into())),
        APPROVALS => ask(Wish::Approvals),
        SYNC => window::command(app, "sync.run", "{}".into()),
        PAUSE => {
            let paused = app.try_state::<Tray>().is_some_and(|tray| tray.paused());
            window::command(app, "automation.pause", format!("{{\"paused\":{}}}", !paused));
        }
        OPEN => window::show(app),
        QUIT => app.exit(0),
        _ => {}
    }
}

fn approvals_words(waiting: usize) -> String {
    match waiting {
        0 => "Nothing waits for you".into(),
        1 => "1 approval waits".into(),
        many => format!("{many} approvals wait"),
    }
}

fn pause_words(paused: bool) -> &'static str {
    if paused { "Let automations go on" } else { "Pause automations" }
}

/// The panel is dark: as the system's theme says, and always where the desktop's own panel is.
fn is_dark(app: &AppHandle) -> bool {
    let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
    let dark_panel = desktop.split(':').any(|name| ["GNOME", "Unity"].contains(&name));
    dark_panel || app.get_webview_window(MAIN).and_then(|window| window.theme().ok()) == Some(Theme::Dark)
}

fn picture(dark: bool, dot: bool) -> Image<'static> {
    match (dark, dot) {
        (false, false) => ON_LIGHT,
        (false, true) => ON_LIGHT_DOT,
        (true, false) => ON_DARK,
        (true, true) => ON_DARK_DOT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_counts_as_people_do() {
        assert_eq!(approvals_words(0), "Nothing waits for you");
        assert_eq!(approvals_words(1), "1 approval waits");
        assert_eq!(approvals_words(12), "12 approvals wait");
    }

    #[test]
    fn each_picture_is_another() {
        let pictures =
            [(false, false), (false, true), (true, false), (true, true)].map(|(dark, dot)| picture(dark, dot));
        for (at, one) in pictures.iter().enumerate() {
            assert_eq!((one.width(), one.height()), (64, 64));
            assert!(pictures.iter().skip(at + 1).all(|other| other.rgba() != one.rgba()));
        }
    }
}
