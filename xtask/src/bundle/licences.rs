//! The licences of what is shipped: whether we may, judged by the list in deny.toml, and the texts that go with the program.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;

use super::parts::Part;
use crate::{
    step::{OrStop, Outcome, Stop},
    tree,
};

/// How the files with a licence begin, in capitals.
const NAMES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
/// The fonts of the page, which no package brings.
const FONT: &str = "ui/assets/inter-LICENSE.txt";

#[derive(Deserialize)]
struct Deny {
    licenses: Allowed,
}
#[derive(Deserialize)]
struct Allowed {
    allow: BTreeSet<String>,
}

/// Stops at parts whose licence is not on the list of deny.toml.
pub(super) fn judge(parts: &[Part]) -> Outcome {
    let text = fs::read_to_string(tree::root().join("deny.toml")).or_stop("deny.toml cannot be read")?;
    let deny: Deny = toml::from_str(&text).or_stop("deny.toml cannot be understood")?;
    let offences: Vec<String> = parts
        .iter()
        .filter(|part| !allowed(&part.licence, &deny.licenses.allow))
        .map(|part| format!("{}: {}", part.label(), if part.licence.is_empty() { "none named" } else { &part.licence }))
        .collect();
    if offences.is_empty() {
        return Ok(());
    }
    Err(Stop::new(format!(
        "These parts have licences that deny.toml does not allow: replace them, or decide and add them there.\n{}",
        offences.join("\n")
    )))
}

/// Whether an expression of SPDX is met by what is allowed: `AND` binds more than `OR`; a slash is an old `OR`.
pub(super) fn allowed(expression: &str, list: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    any(&mut words, list) == Some(true) && words.is_empty()
}

/// Nothing where the expression is broken. The words are in reverse: the next one is the last.
fn any(words: &mut Vec<&str>, list: &BTreeSet<String>) -> Option<bool> {
    let mut met = all(words, list)?;
    while words.last() == Some(&"OR") {
        words.pop();
        met |= all(words, list)?;
    }
    Some(met)
}

fn all(words: &mut Vec<&str>, list: &BTreeSet<String>) -> Option<bool> {
    let mut met = one(words, list)?;
    while words.last() == Some(&"AND") {
        words.pop();
        met &= one(words, list)?;
    }
    Some(met)
}

fn one(words: &mut Vec<&str>, list: &BTreeSet<String>) -> Option<bool> {
    match words.pop()? {
        "(" => {
            let met = any(words, list)?;
            (words.pop()? == ")").then_some(met)
        }
        ")" | "AND" | "OR" | "WITH" => None,
        name if words.last() == Some(&"WITH") => {
            words.pop();
            Some(list.contains(&format!("{name} WITH {}", words.pop()?)))
        }
        name => Some(list.contains(name)),
    }
}

/// Every text once, with the parts that it belongs to.
pub(super) fn texts(parts: &[Part]) -> Outcome<String> {
    let mut by_text: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut without = BTreeSet::new();
    for part in parts {
        let found = found(&part.folder)?;
        if found.is_empty() {
            without.insert(format!("{} ({})", part.label(), part.licence));
        }
        for text in found {
            by_text.entry(text).or_default().insert(format!("{} ({})", part.label(), part.licence));
        }
    }
    let font = fs::read_to_string(tree::root().join(FONT)).or_stop(format!("{FONT} cannot be read"))?;
    by_text.entry(font.trim().to_owned()).or_default().insert("the typeface Inter (OFL-1.1)".to_owned());
    let mut sections: Vec<(BTreeSet<String>, String)> = by_text.into_iter().map(|(text, of)| (of, text)).collect();
    sections.sort();
    let line = "-".repeat(80);
    let mut whole =
        "PM OS contains the work of others. Each text below is followed by nothing but the next one; before it\n\
         stand the parts that it belongs to, with what they say of their licence.\n"
            .to_owned();
    for (of, text) in sections {
        whole.push_str(&format!("\n{line}\n{}\n{line}\n\n{text}\n", of.into_iter().collect::<Vec<_>>().join("\n")));
    }
    if !without.is_empty() {
        let list = without.into_iter().collect::<Vec<_>>().join("\n");
        whole.push_str(&format!(
            "\n{line}\nThese parts name their licence and bring no text of it.\n{line}\n\n{list}\n"
        ));
    }
    Ok(whole)
}

fn found(folder: &Path) -> Outcome<BTreeSet<String>> {
    let listing = fs::read_dir(folder).or_stop(format!("{} cannot be listed", folder.display()))?;
    let mut texts = BTreeSet::new();
    for entry in listing {
        let path = entry.or_stop(format!("{} cannot be listed", folder.display()))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
        if !path.is_file() || !NAMES.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        if let Ok(text) = fs::read_to_string(&path) {
            texts.insert(text.replace("\r\n", "\n").trim().to_owned());
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests;
