//! `cargo xtask bundle`: the program as people get it, built small, and the packages around it.
//!
//! The .deb is written here with `tar` and `flate2`: three small files in an archive of the oldest kind. Tauri's bundler and
//! cargo-deb as libraries bring hundreds of crates that everybody who builds xtask would compile. What needs another system
//! (an image for macOS, an installer for Windows) is Tauri's bundler's, which reads the same tauri.conf.json.

mod appdir;
mod contents;
mod deb;
mod licences;
mod parts;
mod sbom;
mod trial;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    page::{self, Make},
    process::{answer, cargo, finish, program},
    step::{OrStop, Outcome, Stop, step},
    system::{self, Purpose},
    tree,
};
use contents::Entry;

/// What the profile in Cargo.toml is called, and so its folder.
const PROFILE: &str = "dist";
/// What no profile can say: equal functions become one, and the places that the loader mends are listed in short, which takes
/// glibc 2.36 (Debian 12, Ubuntu 24.04).
const FLAGS: &str = "-Clink-arg=-Wl,--icf=all -Clink-arg=-Wl,-z,pack-relative-relocs";
/// For the linker of the program alone: it leaves out the tables of how to unwind the stack.
const WITHOUT_TABLES: &str = "packaging/no-unwinding.ld";
/// What an installed app may weigh, in bytes.
const LIMIT: u64 = 25_000_000;

/// What was asked for.
#[derive(Default)]
struct Wish {
    /// Packages this program instead of building one.
    binary: Option<PathBuf>,
    /// Also installs the package in a clean Debian, starts it and takes it away.
    check: bool,
    /// Also lays out the folder of an AppImage.
    appdir: bool,
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let wish = wish(arguments)?;
    if !cfg!(target_os = "linux") {
        return Err(Stop::new("The .deb is made on Linux. Here, follow docs/RELEASING.md: `cargo tauri bundle`."));
    }
    let binary = match wish.binary {
        Some(binary) => binary,
        None => build()?,
    };
    let out = tree::target().join("bundle");
    let (papers, listed) = step("Licences and parts", papers)?;
    tree::write(&out.join("sbom.cdx.json"), listed.as_bytes())?;
    tree::write(&out.join("THIRD-PARTY.txt"), papers.as_bytes())?;
    let entries = contents::entries(&binary, &papers, &listed)?;
    let when = epoch()?;
    let package = step("Package", || deb::write(&out, &entries, &binary, when))?;
    println!("    {}", package.display());
    let unpacked = entries.iter().map(Entry::size).sum();
    if wish.appdir {
        step("AppDir", || appdir::write(&out, &entries))?;
    }
    if wish.check {
        step("In a clean Debian", || trial::run(&package))?;
    }
    weigh(&package, unpacked)
}

/// `cargo xtask licences`: the texts and the list of parts alone.
pub(crate) fn licences() -> Outcome {
    let out = tree::target().join("bundle");
    let (papers, listed) = step("Licences and parts", papers)?;
    tree::write(&out.join("THIRD-PARTY.txt"), papers.as_bytes())?;
    tree::write(&out.join("sbom.cdx.json"), listed.as_bytes())?;
    println!("    {}", out.display());
    Ok(())
}

fn wish(arguments: &[String]) -> Outcome<Wish> {
    let mut wish = Wish::default();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--check" => wish.check = true,
            "--appdir" => wish.appdir = true,
            "--binary" => {
                let path = words.next().ok_or_else(|| Stop::new("--binary needs a path after it."))?;
                wish.binary = Some(tree::root().join(path));
            }
            other => {
                return Err(Stop::new(format!(
                    "`cargo xtask bundle` takes --check, --appdir and --binary, not {other}."
                )));
            }
        }
    }
    Ok(wish)
}

fn papers() -> Outcome<(String, String)> {
    let parts = parts::shipped()?;
    licences::judge(&parts)?;
    Ok((licences::texts(&parts)?, sbom::document(&parts, epoch()?)?))
}

/// Page and program as people get them. What explains a crash of this very program lies beside it, in pm-os.debug.
fn build() -> Outcome<PathBuf> {
    system::set_up(Purpose::Build)?;
    page::build(Make::Small)?;
    let folder = tree::target().join(PROFILE);
    step("App, small", || {
        let epoch = epoch()?.to_string();
        finish(
            cargo()
                .args(["rustc", "--profile", PROFILE, "--locked", "--package", "pm-os", "--bin", "pm-os", "--"])
                .arg(format!("-Clink-arg=-Wl,-T,{}", tree::root().join(WITHOUT_TABLES).display()))
                .env("SOURCE_DATE_EPOCH", epoch)
                .env("RUSTFLAGS", flags()),
            "Mend what the compiler says above.",
        )
    })?;
    let (built, stripped) = (folder.join("pm-os"), tree::target().join("bundle/pm-os"));
    step("Symbols apart", || separate(&built, &stripped))?;
    Ok(stripped)
}

/// Paths of this machine are in every panic message otherwise, and no two machines would build the same program.
fn flags() -> String {
    let mut flags = FLAGS.to_owned();
    let cargos =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    for (path, name) in [(Some(tree::root()), "pm-os"), (cargos, "cargo")] {
        if let Some(path) = path {
            flags.push_str(&format!(" --remap-path-prefix={}=/{name}", path.display()));
        }
    }
    flags
}

fn separate(built: &Path, stripped: &Path) -> Outcome {
    let debug = tree::target().join("bundle/pm-os.debug");
    fs::create_dir_all(tree::target().join("bundle")).or_stop("The bundle's folder cannot be made")?;
    let objcopy = |words: &mut Command| finish(words, "Install binutils.");
    objcopy(program("objcopy").arg("--only-keep-debug").arg(built).arg(&debug))?;
    objcopy(program("objcopy").arg("--strip-all").arg(built).arg(stripped))?;
    objcopy(program("objcopy").arg(format!("--add-gnu-debuglink={}", debug.display())).arg(stripped))
}

/// The date that everything in the packages bears, so that the same sources make the same bytes: `SOURCE_DATE_EPOCH`, else
/// the last commit's.
fn epoch() -> Outcome<u64> {
    let told =
        env::var("SOURCE_DATE_EPOCH").ok().or_else(|| answer(program("git").args(["log", "-1", "--format=%ct"])));
    told.and_then(|text| text.trim().parse().ok()).ok_or_else(|| {
        Stop::new("Set SOURCE_DATE_EPOCH to seconds since 1970: there is no commit to take the date from.")
    })
}

fn weigh(package: &Path, unpacked: u64) -> Outcome {
    let packed = fs::metadata(package).or_stop("The package is gone")?.len();
    println!("    {packed} bytes packed, {unpacked} unpacked (at most {LIMIT})");
    if unpacked > LIMIT {
        return Err(Stop::new(format!(
            "The installed app weighs {unpacked} bytes; {LIMIT} are the most. `cargo tree` and `nm --size-sort` tell what grew."
        )));
    }
    Ok(())
}
