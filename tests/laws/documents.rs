//! What the documents promise.

use std::fs;

use super::{
    keep,
    read::{members, root},
};

#[test]
fn the_architecture_is_short_and_names_every_crate() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is missing");
    let lines = text.lines().count();
    assert!(lines <= 200, "ARCHITECTURE.md has {lines} lines: 200 are the most that anybody reads");
    let offences = members()
        .into_iter()
        .filter(|member| !member.folder.is_empty())
        .filter(|member| {
            !text.contains(&format!("`{}`", member.folder)) && !text.contains(&format!("`{}`", member.name))
        })
        .map(|member| member.folder)
        .collect();
    keep("ARCHITECTURE.md does not name these crates.", offences);
}

#[test]
fn the_two_licences_are_there() {
    let offences = ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"]
        .into_iter()
        .filter(|name| !root().join(name).is_file())
        .map(str::to_owned)
        .collect();
    keep("Put the licence texts back.", offences);
}
