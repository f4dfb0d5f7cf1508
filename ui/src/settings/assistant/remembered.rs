//! What is remembered, as it is shown and written out. Pure: it knows no page and no clock.

use contract::{Memory, MemoryId, Origin};
use jiff::tz::TimeZone;

use crate::say;

/// A memory is at most so many characters; the app refuses more.
const LONGEST: usize = 500;
/// From so many characters on it is said how many are left.
const NEAR: usize = 400;

/// Those that wait to be kept, and those that are kept. The order stays.
pub(super) fn divided(memories: &[Memory]) -> (Vec<MemoryId>, Vec<MemoryId>) {
    let ids = |pending: bool| memories.iter().filter(move |one| one.pending == pending).map(|one| one.id).collect();
    (ids(true), ids(false))
}

/// What may contradict a memory, in its own words.
pub(super) fn conflicts(memory: &Memory, all: &[Memory]) -> Vec<String> {
    let known = |id: &MemoryId| all.iter().find(|other| other.id == *id).map(|other| one_line(&other.text));
    memory.conflicts.iter().filter_map(known).collect()
}

/// Who wrote it.
pub(super) fn author(origin: &Origin) -> &'static str {
    match origin {
        Origin::Person => say::settings::you_wrote(),
        Origin::Assistant { .. } => say::settings::assistant_wrote(),
    }
}

/// What is wrong with a text before it is sent; empty when nothing is.
pub(super) fn too_long(text: &str) -> String {
    let over = text.trim().chars().count().saturating_sub(LONGEST);
    match over {
        0 => String::new(),
        over => say::settings::too_long(over),
    }
}

/// How many characters are left, once that is worth knowing.
pub(super) fn room(text: &str) -> String {
    let count = text.trim().chars().count();
    match LONGEST.checked_sub(count) {
        Some(left) if count >= NEAR => say::settings::left(left),
        Some(_) | None => String::new(),
    }
}

/// True when there is something to send.
pub(super) fn can_be_sent(text: &str) -> bool {
    !text.trim().is_empty() && too_long(text).is_empty()
}

/// Everything as a Markdown document.
pub(super) fn markdown(memories: &[Memory], zone: &TimeZone) -> String {
    let line = |memory: &Memory| {
        let day = memory.made_at.to_zoned(zone.clone()).date();
        let by = match memory.origin {
            Origin::Person => say::settings::by_you(),
            Origin::Assistant { .. } => say::settings::the_assistant(),
        };
        format!(
            "- {}\n",
            say::settings::MemoryLine { text: escaped(&one_line(&memory.text)), by, day: day.to_string() }.text()
        )
    };
    let list = |pending: bool| memories.iter().filter(|one| one.pending == pending).map(line).collect::<String>();
    let (waiting, kept) = (list(true), list(false));
    let mut text = format!("# {}\n", say::settings::what_remembers());
    for (head, list) in [("\n".to_owned(), kept), (format!("\n## {}\n\n", say::settings::not_kept()), waiting)] {
        if !list.is_empty() {
            text.push_str(&head);
            text.push_str(&list);
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plain text as Markdown that reads the same.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.chars().enumerate() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>')
            || (at == 0 && matches!(letter, '#' | '+' | '-'))
        {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests;
