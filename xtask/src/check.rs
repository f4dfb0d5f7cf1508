//! `cargo xtask check`: what one wants to know between two edits. And the lints, which `test` shares.

use crate::{
    process::{cargo, finish},
    step::{Outcome, step},
    system::{self, Purpose},
    tree,
};

/// Crates that think and do no IO, as far as they exist; their tests take no time.
const PURE: [&str; 4] = ["contract", "agent", "flow", "insight"];

pub(crate) fn run() -> Outcome {
    system::set_up(Purpose::Build)?;
    step("Format", format)?;
    step("Lints", lint)?;
    step("Tests of the pure crates", test_pure)?;
    step("Laws", || {
        finish(
            cargo().args(["test", "--quiet", "--workspace", "--test", "all", "--", "laws::"]),
            "Each broken law says above what to do.",
        )
    })
}

pub(crate) fn format() -> Outcome {
    finish(
        cargo().args(["fmt", "--all", "--", "--check", "-l"]),
        "These files are not formatted: run `cargo fmt --all`.",
    )
}

/// Everything with its tests, in one call: whatever cargo does for the whole workspace shares its dependencies. The page
/// type-checks on the host, which is far quicker than building it for the web.
pub(crate) fn lint() -> Outcome {
    finish(
        cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        "Mend what clippy says above.",
    )
}

fn test_pure() -> Outcome {
    let mut tests = cargo();
    tests.args(["test", "--quiet"]);
    for name in PURE {
        if tree::root().join("crates").join(name).is_dir() {
            tests.args(["--package", name]);
        }
    }
    finish(&mut tests, "The failed tests are above.")
}
