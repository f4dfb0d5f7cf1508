//! `cargo xtask run`: from a fresh clone to an open window.

use std::{env, process::Command};

use crate::{
    page::{self, Make},
    process::{cargo, finish, program},
    step::{Outcome, step},
    system::{self, Purpose},
    tree,
};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    system::set_up(Purpose::Build)?;
    page::build(Make::Small)?;
    step("App", || {
        finish(cargo().args(["build", "--workspace", "--bin", "pm-os"]), "Mend what the compiler says above.")
    })?;
    let mut app = program(tree::target().join("debug").join(format!("pm-os{}", env::consts::EXE_SUFFIX)));
    // A word first is a command of the app's own, and needs no window.
    let wants_window = arguments.first().is_none_or(|first| first.starts_with('-'));
    if wants_window && !has_display() {
        println!("==> No display here: serving the page on this machine instead");
        app.arg("serve");
    } else if wants_window {
        println!("==> Opening the window");
    }
    app.args(arguments);
    if env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // Without a graphics driver WebKitGTK's faster path shows an empty window.
        app.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    become_program(&mut app)
}

fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The app takes this program's place, so that signals and the exit status are its own.
#[cfg(unix)]
fn become_program(app: &mut Command) -> Outcome {
    use std::os::unix::process::CommandExt;

    use crate::step::Stop;

    Err(Stop::new(format!("The app cannot be started: {}", app.exec())))
}

#[cfg(not(unix))]
fn become_program(app: &mut Command) -> Outcome {
    finish(app, "The lines above say why.")
}
