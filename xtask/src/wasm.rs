//! The toolchain that builds the page: the person's own Rust with the wasm target, or Debian's packaged one.

use std::{path::Path, process::Command, time::Duration};

use crate::{
    page::Make,
    process::{self, answer, cargo, program, succeeds_within},
    step::{Outcome, Stop, step},
    system::{self, DEBIAN_RUST},
    tree,
};

const TARGET: &str = "wasm32-unknown-unknown";
/// How long rustup may take to fetch the target's 20 MB.
const PATIENCE: Duration = Duration::from_secs(180);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The Rust that builds everything else has the target's standard library.
    Own,
    /// Debian's Rust builds the standard library from its packaged source.
    Debian,
}

impl Toolchain {
    /// Names the toolchain and its version, for stamps.
    pub(crate) fn name(self) -> String {
        let version = match self {
            Self::Own => answer(program("rustc").arg("--version")),
            Self::Debian => answer(program("/usr/bin/rustc").arg("--version")),
        };
        version.unwrap_or_default()
    }

    /// What the compiler is told beyond cargo's profile.
    pub(crate) fn flags(self, make: Make) -> &'static str {
        match (self, make) {
            // Each component's view behind one boxed type: far quicker to compile, and smaller.
            // The relocations tell which parts of it belong together.
            (Self::Own, Make::Small | Make::Quick) | (Self::Debian, Make::Quick) => {
                "--cfg=erase_components -Clink-args=--emit-relocs"
            }
            // Nobody hears a panic in the page: without its words the page is a twentieth smaller. Needs std's source.
            (Self::Debian, Make::Small) => {
                "--cfg=erase_components -Clink-args=--emit-relocs -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none"
            }
        }
    }

    /// A cargo that builds for wasm with the profile of `make`, in a target folder of its own.
    pub(crate) fn cargo(self, verb: &str, make: Make) -> Command {
        let mut command = match self {
            Self::Own => cargo(),
            Self::Debian => program("/usr/bin/cargo"),
        };
        command.arg(verb);
        if self == Self::Debian {
            for stray in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTDOC", "RUSTC_WRAPPER"] {
                command.env_remove(stray);
            }
            // Building std needs unstable flags; RUSTC_BOOTSTRAP admits them on a stable compiler.
            command.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1");
            command.arg("-Zbuild-std=std,panic_abort");
        }
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", self.flags(make));
        command
            .args(["--package", "ui", "--profile", make.profile(), "--target", TARGET, "--target-dir"])
            .arg(folder());
        command
    }

    /// Where `cargo` leaves what it built for `make`.
    pub(crate) fn product(make: Make) -> std::path::PathBuf {
        folder().join(TARGET).join(make.profile()).join("ui.wasm")
    }
}

fn folder() -> std::path::PathBuf {
    tree::target().join("page")
}

/// Finds a toolchain that builds for wasm, and installs one when there is none.
pub(crate) fn set_up() -> Outcome<Toolchain> {
    step("Wasm target", || {
        if own_has_target() {
            return Ok(Toolchain::Own);
        }
        if debian_is_complete() {
            return Ok(Toolchain::Debian);
        }
        if process::find("rustup").is_some() {
            println!("    asking rustup for {TARGET}");
            let fetched = succeeds_within(program("rustup").args(["target", "add", TARGET]), PATIENCE);
            if fetched && own_has_target() {
                return Ok(Toolchain::Own);
            }
        }
        if process::find("dpkg-query").is_some() {
            println!("    rustup cannot fetch it: using Debian's toolchain");
            system::install(&DEBIAN_RUST)?;
            if debian_is_complete() {
                return Ok(Toolchain::Debian);
            }
        }
        Err(Stop::new(format!(
            "Rust cannot build for the web here. Add the target, then run this again:\n\n    rustup target add {TARGET}"
        )))
    })
}

fn own_has_target() -> bool {
    answer(program("rustc").args(["--print", "sysroot"]))
        .is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn debian_is_complete() -> bool {
    let source = answer(program("/usr/bin/rustc").args(["--print", "sysroot"]))
        .map(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust/library/std"));
    source.is_some_and(|std| std.is_dir())
        && Path::new("/usr/bin/cargo").is_file()
        && process::find("rust-lld").is_some()
}
