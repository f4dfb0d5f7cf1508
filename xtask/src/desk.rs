//! The desk tests: the real app in its real window, driven by the tests in `tests/desk`.

use std::{fs, process::Command};

use crate::{
    page::{self, Make},
    process::{cargo, finish},
    session::Session,
    step::{OrStop, Outcome, Stop, step},
    system::{self, Purpose},
    tree,
};

/// What `desk.shot` must call a picture for it to be copied to `docs`.
const FOR_README: &str = "readme-";

/// Only WebKitGTK has a driver for the web view of an app.
pub(crate) const fn is_possible() -> bool {
    cfg!(target_os = "linux")
}

/// Runs the desk tests whose name holds `filter`.
pub(crate) fn run(filter: &str) -> Outcome {
    if !is_possible() {
        return Err(Stop::new("The desk tests drive WebKitGTK: they run on Linux only."));
    }
    system::set_up(Purpose::Test)?;
    page::build(Make::Small)?;
    step("Desk", || {
        let session = Session::start()?;
        finish(tests(&session, filter).arg("--nocapture"), "A picture of each window that failed is in artefacts/desk.")
    })
}

/// The command that runs them; `session` must outlive it.
pub(crate) fn tests(session: &Session, filter: &str) -> Command {
    let mut command = cargo();
    command.args(["test", "--workspace", "--test", "all", "--", "--ignored", "--test-threads=1"]);
    command.arg(format!("desk::{filter}"));
    session.holds(&mut command).env("PMOS_DESK", "1");
    command
}

/// Takes the README's pictures.
pub(crate) fn shots() -> Outcome {
    run("")?;
    let docs = tree::root().join("docs");
    step("Pictures for the README", || {
        for picture in tree::files(&tree::artefacts().join("desk"))? {
            let Some(name) = picture.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let Some(short) = name.strip_prefix(FOR_README) else {
                continue;
            };
            let bytes = fs::read(&picture).or_stop(format!("{name} cannot be read"))?;
            tree::write(&docs.join(short), &bytes)?;
            println!("    docs/{short}");
        }
        Ok(())
    })
}
