//! What the machine itself must have: system packages. Installs them where it may, else says exactly how.

use std::process::Command;

use crate::{
    process::{self, answer, finish, program},
    step::{Outcome, Stop, step},
};

/// What the machine is being set up for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building the page and the app.
    Build,
    /// Also driving the real window, with a display, a session bus and a keyring of its own.
    Test,
}

const BUILD: [&str; 8] = [
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libdbus-1-dev",
    "binaryen",
];
const TEST: [&str; 7] =
    ["xvfb", "xauth", "webkit2gtk-driver", "dbus", "gnome-keyring", "libsecret-tools", "at-spi2-core"];

/// Debian's own Rust with a wasm linker, for machines where rustup cannot fetch the target.
pub(crate) const DEBIAN_RUST: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];

/// Sees that the system packages are there.
pub(crate) fn set_up(purpose: Purpose) -> Outcome {
    step("System packages", || {
        if process::find("dpkg-query").is_some() {
            let mut wanted = BUILD.to_vec();
            if purpose == Purpose::Test {
                wanted.extend(TEST);
                // Any Node will do, not only Debian's.
                if process::find("node").is_none() {
                    wanted.push("nodejs");
                }
            }
            install(&wanted)
        } else if cfg!(target_os = "linux") {
            other_linux()
        } else {
            elsewhere(purpose)
        }
    })
}

/// Installs those of `wanted` that are missing: as root, or with a sudo that asks nothing.
pub(crate) fn install(wanted: &[&str]) -> Outcome {
    let missing = missing(wanted);
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("sudo apt-get update && sudo apt-get install -y {}", missing.join(" "));
    let is_root = answer(program("id").arg("-u")).as_deref() == Some("0");
    if !is_root && answer(program("sudo").args(["-n", "true"])).is_none() {
        return Err(Stop::new(format!(
            "These system packages are missing: {}.\nInstall them, then run this again:\n\n    {by_hand}",
            missing.join(" ")
        )));
    }
    println!("    installing {}", missing.join(" "));
    let apt = || -> Command {
        let mut command = if is_root { program("env") } else { program("sudo") };
        if !is_root {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]);
        command
    };
    let advice = format!("Try by hand:\n\n    {by_hand}");
    finish(apt().arg("update"), &advice)?;
    finish(apt().args(["install", "-y", "--no-install-recommends"]).args(&missing), &advice)
}

fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    // dpkg-query fails as a whole when one name is unknown to it, and prints the others all the same.
    let listed = program("dpkg-query")
        .args(["-W", "-f=${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let installed: Vec<&str> = listed.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    wanted.iter().copied().filter(|name| !installed.contains(name)).collect()
}

fn other_linux() -> Outcome {
    let libraries = ["webkit2gtk-4.1", "ayatana-appindicator3-0.1", "librsvg-2.0", "dbus-1"];
    let missing: Vec<&str> = libraries
        .into_iter()
        .filter(|library| answer(program("pkg-config").args(["--exists", library])).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Stop::new(format!(
        "pkg-config does not find: {}.\nInstall the development files of WebKitGTK 4.1, Ayatana AppIndicator, librsvg, \
         xdo and D-Bus with your system's package tool, then run this again. On Fedora:\n\n    \
         sudo dnf install gcc pkgconf webkit2gtk4.1-devel libayatana-appindicator-gtk3-devel librsvg2-devel libxdo-devel dbus-devel\n\nOn Arch:\n\n    \
         sudo pacman -S --needed base-devel webkit2gtk-4.1 libayatana-appindicator librsvg xdotool dbus",
        missing.join(", ")
    )))
}

/// macOS and Windows bring the web view; the compiler that built this program brings the linker.
fn elsewhere(purpose: Purpose) -> Outcome {
    if purpose == Purpose::Test && process::find("node").is_none() {
        let how =
            if cfg!(target_os = "macos") { "brew install node binaryen" } else { "winget install OpenJS.NodeJS.LTS" };
        return Err(Stop::new(format!("The page's tests need Node.js. Install it, then run this again:\n\n    {how}")));
    }
    Ok(())
}
