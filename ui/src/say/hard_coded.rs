//! A law: in the folders that speak through the messages, nothing that a person reads stands in the source.
//!
//! What is read is guessed from the text: see [`is_said`]. What is guessed wrongly is listed, with the reason.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is converted: `NAME.rs` and the folder `NAME` of `ui/src`. It only grows.
const CONVERTED: [&str; 20] = [
    "apart",
    "automations",
    "bridge",
    "chat",
    "drawer",
    "frame",
    "history",
    "integrations",
    "palette",
    "parts",
    "project",
    "projects",
    "quick",
    "runs",
    "settings",
    "state",
    "studio",
    "syncpanel",
    "today",
    "welcome",
];

/// Attributes that a person reads or hears; of the others it is known that they hold words of the machine.
const READ: [&str; 17] = [
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "action",
    "alt",
    "caption",
    "empty",
    "hint",
    "label",
    "more",
    "none",
    "placeholder",
    "text",
    "title",
    "what",
    "words",
];

/// Keys, as the browser tells them and as bindings are written.
const KEYS: [&str; 27] = [
    "Alt",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Backspace",
    "CmdOrCtrl",
    "ContextMenu",
    "Control+K",
    "Ctrl",
    "Delete",
    "End",
    "Enter",
    "Esc",
    "Escape",
    "Home",
    "Insert",
    "Meta+K",
    "Mod",
    "PageDown",
    "PageUp",
    "Shift",
    "Space",
    "Tab",
    "F2",
    "F8",
    "F10",
];

/// Words of the machine that look like a person's.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("names of vendors", &["Anthropic", "Gemini", "Ollama", "OpenAI", "OpenRouter"]),
    ("what the browser calls its own", &["BODY", "Channel", "FileReader", "Intl", "Mac"]),
    ("kinds and marks of Basecamp's own", &["Kanban::Card", "Re: ", "Todo"]),
    ("what pieces and the engine say, to be compared", &["Authentication", "Connection", "It works"]),
    ("what a reader of JSON is told", &["an object or an array"]),
    ("classes that only a script gives", &["wire back", "wire failure"]),
    ("what a new step of code does", &["export const code = async (inputs) => {\\n  return true;\\n};\\n"]),
    ("a font", &["px Inter, system-ui, sans-serif"]),
];

#[test]
fn nothing_that_is_read_stands_in_the_source() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let styles = styles();
    let is_class = |text: &str| text.split(' ').all(|word| word == "{}" || styles.contains(&format!(".{word}")));
    let mut offences = Vec::new();
    for name in CONVERTED {
        let mut files = Vec::new();
        walk(&root.join(name), &mut files);
        files.push(root.join(format!("{name}.rs")));
        for file in files.iter().filter(|file| !is_test(file)) {
            let text = fs::read_to_string(file).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let told = file.strip_prefix(&root).unwrap().display();
            for (at, literal) in literals(text) {
                let is_allowed = is_class(literal) || ALLOWED.iter().any(|(_, words)| words.contains(&literal));
                if is_said(&text[..at], literal) && !is_allowed {
                    offences.push(format!("{told}:{}: {literal:?}", text[..at].matches('\n').count() + 1));
                }
            }
        }
    }
    assert!(
        offences.is_empty(),
        "\nPut these into locales/*/AREA.ftl and say them by `say::AREA::…`; what nobody reads belongs to ALLOWED.\n  {}\n",
        offences.join("\n  ")
    );
}

/// All of the style sheets: words that are all classes there are no sentence.
fn styles() -> String {
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("styles"), &mut files);
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn is_test(file: &Path) -> bool {
    file.components().any(|part| ["tests", "tests.rs", "fixture.rs"].iter().any(|name| part.as_os_str() == *name))
}

/// A guess. `before` is the source up to the literal: an attribute decides by its name, a place between tags is always read,
/// and elsewhere a capital letter or several words tell.
fn is_said(before: &str, literal: &str) -> bool {
    let before = before.trim_end();
    let text = without_arguments(literal);
    // Addresses and selectors.
    let is_code = literal.starts_with(['.', '#']) || (literal.contains("://") && !literal.contains(' '));
    // A binding: keys, and the letter with them.
    let is_keys = text.split_whitespace().all(|word| KEYS.contains(&word) || word.chars().count() == 1);
    if is_code || is_keys || !text.contains(char::is_alphabetic) || MACHINE.iter().any(|call| before.ends_with(call)) {
        return false;
    }
    match attribute(before) {
        Some(name) => READ.contains(&name),
        None if before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->") => true,
        None => is_sentence(&text),
    }
}

/// What is given to these is never read.
const MACHINE: [&str; 10] = [
    "query_selector(",
    "query_selector_all(",
    "closest(",
    "matches(",
    "reason =",
    "must_use =",
    "concat!(",
    "get_element_by_id(",
    "match_media(",
    "create_element(",
];

/// The name of the attribute whose value begins here.
fn attribute(before: &str) -> Option<&str> {
    let before = before.strip_suffix('=')?;
    let name = before.rsplit(|letter: char| !(letter.is_alphanumeric() || "-_:".contains(letter))).next()?;
    let name = name.rsplit(':').next()?;
    (!name.is_empty()).then_some(name)
}

fn is_sentence(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    let capital = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|second| second.is_lowercase() || second == ' ');
    let words = text
        .split_whitespace()
        .filter(|word| word.chars().all(|letter| letter.is_alphabetic() || ",.…’'".contains(letter)));
    capital || words.count() > 1
}

/// The text without what `format!` puts into it.
fn without_arguments(literal: &str) -> String {
    let mut depth = 0_usize;
    literal
        .chars()
        .filter(|letter| {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// What stands in quotes, and where; comments and single letters are passed over.
fn literals(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let letter = rest.chars().next().unwrap();
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(after) = rest.strip_prefix("r#\"") {
            let length = after.find("\"#").unwrap_or(after.len());
            found.push((at, &after[..length]));
            length + 5
        } else if letter == '"' {
            let length = quoted(rest, '"');
            found.push((at, &rest[1..length - 1]));
            length
        } else if letter == '\'' && (rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'')) {
            quoted(rest, '\'')
        } else {
            letter.len_utf8()
        };
    }
    found
}

/// The length of a quoted run, backslashes heeded.
fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, letter)| {
        let ends = !escaped && *letter == mark;
        escaped = !escaped && *letter == '\\';
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + mark.len_utf8())
}

#[test]
fn what_is_read_is_told_from_what_is_not() {
    let said = |text: &str| {
        let found = literals(text).into_iter().filter(|(at, literal)| is_said(&text[..*at], literal));
        found.map(|(_, literal)| literal.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(said(r#"view! { <b class="one two">"done"</b> } // "Not this""#), ["done"]);
    assert_eq!(said(r#"<Button label="go" id="Main part" kind='"'>{format!("{name} of {}", "x")}"#), ["go"]);
    assert_eq!(said(r#"match it { A => "calm", B => "Nothing yet", C => "by hand" }"#), ["Nothing yet", "by hand"]);
    assert_eq!(said(r#"let css = "a:hover"; format!("{late} of {open} are late"); key == "\"Quoted\" word""#).len(), 1);
}
