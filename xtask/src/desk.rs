//! The desk tests: the real app in its real window, driven by the tests in `tests/desk`.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    npm,
    page::{self, Make},
    process::{cargo, finish},
    session::Session,
    step::{OrStop, Outcome, Stop, step},
    system::{self, Purpose},
    tree,
};

/// What `desk.shot` must call a picture for it to be copied to `docs`.
const FOR_README: &str = "readme-";

/// The story that looks at every screen as somebody does who cannot see it.
const ACCESS: &str = "access";

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
    let axe = if filter == ACCESS { step("The judge of access", axe)? } else { None };
    step("Desk", || {
        let session = Session::start()?;
        let mut tests = tests(&session, filter);
        if let Some(axe) = axe {
            tests.env("PMOS_AXE", axe);
        }
        finish(tests.arg("--nocapture"), "A picture of each window that failed is in artefacts/desk.")
    })
}

/// Where axe-core is. Nothing where its package is out of reach: then the screens are judged without it.
fn axe() -> Outcome<Option<PathBuf>> {
    let folder = tree::target().join("xtask/axe");
    tree::write(&folder.join("package.json"), include_bytes!("desk/axe/package.json"))?;
    tree::write(&folder.join("package-lock.json"), include_bytes!("desk/axe/package-lock.json"))?;
    let text = folder.join("node_modules/axe-core/axe.min.js");
    Ok((text.is_file() || npm::install(&folder)?).then_some(text))
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
