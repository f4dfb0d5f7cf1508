//! The shape of files, and those that must not change.

use std::fs;

use sha2::{Digest, Sha256};

use super::{
    keep,
    read::{root, sources},
};

const LONGEST: usize = 500;

#[test]
fn files_hold_one_idea_each() {
    let offences = sources()
        .iter()
        .filter(|source| source.is("rs") || source.is("css"))
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect();
    keep("Divide these by idea: a file has at most 500 lines.", offences);
}

#[test]
fn modules_are_called_by_their_names() {
    let offences =
        sources().iter().filter(|source| source.path.ends_with("/mod.rs")).map(|source| source.path.clone()).collect();
    keep("Rename `foo/mod.rs` to `foo.rs`.", offences);
}

#[test]
fn every_module_says_what_it_is() {
    let offences = sources()
        .iter()
        .filter(|source| source.is("rs") && (!source.is_test() || source.path.starts_with("tests/")))
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path.clone())
        .collect();
    keep("Begin these with `//!`: what it is, and what it does not know.", offences);
}

/// Once a migration has shipped, databases remember having run it: a changed one would never run there.
#[test]
fn migrations_are_frozen() {
    let folder = root().join("migrations");
    let frozen = fs::read_to_string(folder.join("frozen.txt")).unwrap_or_default();
    let kept: Vec<(&str, &str)> = frozen.lines().filter_map(|line| line.split_once("  ")).collect();
    let mut offences = Vec::new();
    let mut there = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("migrations/") && source.is("sql")) {
        let name = source.path.trim_start_matches("migrations/");
        there.push(name);
        let hash: String = Sha256::digest(&source.text).iter().map(|byte| format!("{byte:02x}")).collect();
        match kept.iter().find(|(_, file)| *file == name) {
            None => offences.push(format!("{name} is new: add the line `{hash}  {name}`")),
            Some((kept, _)) if *kept != hash => {
                offences.push(format!("{name} was changed: put it back, and write a further migration"));
            }
            Some(_) => {}
        }
    }
    offences.extend(
        kept.iter().filter(|(_, name)| !there.contains(name)).map(|(_, name)| format!("{name} is gone: put it back")),
    );
    keep(
        "migrations/frozen.txt holds what `cd migrations && sha256sum */*.sql *.sql` prints for shipped migrations.",
        offences,
    );
}

#[test]
fn no_file_names_a_place_outside_the_project() {
    // Put together here, so that this file does not name them either.
    let places = [
        ["../", "shared"].concat(),
        ["/", "root/"].concat(),
        ["/", "work/"].concat(),
        ["/", "home/"].concat(),
        ["/", "Users/"].concat(),
        ["crates", ".io"].concat(),
        ["npm", "js."].concat(),
        ["py", "pi.org"].concat(),
    ];
    let offences = sources()
        .iter()
        // Cargo writes the lockfile, and its sources with it.
        .filter(|source| source.path != "Cargo.lock")
        .flat_map(|source| {
            let named = source.text.lines().enumerate();
            let named = named.filter(|(_, line)| places.iter().any(|place| line.contains(place)));
            named.map(|(number, line)| format!("{}:{}: {}", source.path, number + 1, line.trim())).collect::<Vec<_>>()
        })
        .collect();
    keep("The project stands by itself: name no folder of a machine and no package registry.", offences);
}

#[test]
fn the_pipeline_runs_what_people_run() {
    let script = fs::read_to_string(root().join(".ci/run")).unwrap();
    let commands: Vec<&str> =
        script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(
        commands,
        ["set -euo pipefail", "cd \"$(dirname \"$0\")/..\"", "cargo xtask test"],
        "`.ci/run` calls exactly `cargo xtask test`: put further steps into xtask"
    );
}
