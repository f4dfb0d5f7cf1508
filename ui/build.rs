//! Makes a function of each message of `locales/en`, for `src/say.rs`, and sees that every other language says the same
//! messages with the same arguments.

#![allow(clippy::print_stdout, reason = "it is how a build script speaks with cargo")]

#[path = "build/messages.rs"]
mod messages;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use messages::{Language, compare, functions};

/// The language that is complete before all others.
const FIRST: &str = "en";
/// Those that must follow it.
const OTHERS: [&str; 1] = ["de"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=locales");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut offences = Vec::new();
    let mut first = read(FIRST, &mut offences)?;
    fs::write(out.join(format!("{FIRST}.ftl")), &first.text)?;
    for name in OTHERS {
        let other = read(name, &mut offences)?;
        fs::write(out.join(format!("{name}.ftl")), &other.text)?;
        compare(&mut first, &other, name, &mut offences);
    }
    if !offences.is_empty() {
        return Err(io::Error::other(format!("\n  {}\n", offences.join("\n  "))));
    }
    fs::write(out.join("say.rs"), functions(&first))
}

/// Every file of a language.
fn read(name: &str, offences: &mut Vec<String>) -> io::Result<Language> {
    let folder = Path::new("locales").join(name);
    let mut files =
        fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "ftl"));
    files.sort();
    let mut language = Language::default();
    for file in files {
        let area = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        language.read(&format!("locales/{name}/{area}.ftl"), area, &fs::read_to_string(&file)?, offences);
    }
    offences.extend(language.missing_terms().map(|what| format!("locales/{name}: {what}")));
    Ok(language)
}
