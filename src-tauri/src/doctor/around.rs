//! What the app finds around it: its own page, the clock, certificates, the port of sign-ins, the web view, the display and the tray.

use std::net::Ipv4Addr;

use jiff::{SignedDuration, Timestamp};

use super::Finding;
use crate::{tray_host, window};

/// Before this the clock cannot be right: the app was not yet written. In seconds since 1970.
const BEGINNING: i64 = 1_767_225_600;
/// As the engine starts it.
const SIGN_IN_PORT: u16 = 8977;

pub(super) fn page() -> Finding {
    let context = window::context();
    let parts = ["index.html", "page.js", "page_bg.wasm", "page.css", "en.ftl", "de.ftl"];
    let missing: Vec<&str> = parts.into_iter().filter(|part| context.assets().get(&(*part).into()).is_none()).collect();
    if missing.is_empty() {
        Finding::well("Page", "built in")
    } else {
        Finding::badly("Page", format!("The program was built without {}. Install it again.", missing.join(", ")))
    }
}

/// `newest` is when something was last written into the data folder.
pub(super) fn clock(now: Timestamp, newest: Option<Timestamp>) -> Finding {
    const ABOUT: &str = "Clock";
    if now.as_second() < BEGINNING {
        return Finding::badly(
            ABOUT,
            format!("It is not {now}. Set the system's clock: sign-ins and due dates need it."),
        );
    }
    match newest {
        Some(newest) if newest > now + SignedDuration::from_hours(1) => Finding::badly(
            ABOUT,
            format!("Files were last written at {newest}, but the clock says {now}. Set the system's clock."),
        ),
        _ => Finding::well(ABOUT, now.strftime("%F %T UTC").to_string()),
    }
}

/// Without certificates not even the sample opens: what speaks with its stand-in is made as for any server.
pub(super) fn connections() -> Finding {
    match engine::can_connect() {
        Ok(()) => Finding::well("Connections", "certificates are there"),
        Err(_) => Finding::badly(
            "Connections",
            "None can be set up, and not even the sample opens. Most likely certificates of authorities are missing: on most \
             of Linux, install the package ca-certificates.",
        ),
    }
}

pub(super) async fn sign_in_port() -> Finding {
    const ABOUT: &str = "Sign-in port";
    match tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, SIGN_IN_PORT)).await {
        Ok(_) => Finding::well(ABOUT, format!("{SIGN_IN_PORT} is free")),
        Err(_) => Finding::note(
            ABOUT,
            format!(
                "Port {SIGN_IN_PORT} is taken, by PM OS itself or by another program. While it is, a sign-in through the \
                 browser cannot come back; a token can be pasted instead."
            ),
        ),
    }
}

/// What only a desktop has.
pub(super) fn windows() -> Vec<Finding> {
    let mut findings = vec![match tauri::webview_version() {
        Ok(version) => Finding::well("Web view", version),
        Err(why) => {
            Finding::badly("Web view", format!("{why}. Install your system's web view; `pm-os serve` needs none."))
        }
    }];
    #[cfg(target_os = "linux")]
    {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        findings.push(match (set("WAYLAND_DISPLAY"), set("DISPLAY")) {
            (true, _) => Finding::well("Display", "Wayland"),
            (false, true) => Finding::well("Display", "X11"),
            (false, false) => Finding::note(
                "Display",
                "There is none here: no window can open. `pm-os serve` shows the same in a browser.",
            ),
        });
        findings.push(if std::path::Path::new("/dev/dri").exists() {
            Finding::well("Graphics", "a driver is there")
        } else {
            Finding::note("Graphics", "No driver: windows are drawn by the processor, more slowly.")
        });
    }
    findings
}

#[cfg(target_os = "linux")]
pub(super) async fn tray() -> Option<Finding> {
    const ABOUT: &str = "Tray";
    Some(if !tray_host::can_show() {
        Finding::note(
            ABOUT,
            "libayatana-appindicator3 is not installed: there is no tray icon. Closing the window quits.",
        )
    } else if tray_host::is_shown().await {
        Finding::well(ABOUT, "the desktop shows icons")
    } else {
        Finding::note(
            ABOUT,
            "This desktop shows no tray icons (GNOME needs the extension AppIndicator). Closing the window quits.",
        )
    })
}

#[cfg(not(target_os = "linux"))]
pub(super) async fn tray() -> Option<Finding> {
    tray_host::can_show().then(|| Finding::well("Tray", "the system has one"))
}
