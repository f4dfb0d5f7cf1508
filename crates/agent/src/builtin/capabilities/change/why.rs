//! The comment that goes with a change: “… and say why in a comment on each, because the client is away”.

use crate::builtin::asked::Asked;
use crate::builtin::followup::{self, Slot};
use crate::builtin::words::{Word, is_any};

/// The words of the change itself, and the comment that is to go with it. The error is the question for its text.
pub(super) fn split<'w>(asked: &Asked<'_>, words: &'w [Word]) -> (&'w [Word], Result<Option<String>, String>) {
    let Some(at) = (1..words.len()).find(|at| begins(words.get(*at..).unwrap_or(&[]))) else {
        return (words, Ok(None));
    };
    let (head, tail) = words.split_at_checked(at).unwrap_or((words, &[]));
    (head, reason(asked, tail).map(Some))
}

/// “and say why”, “and comment “…” on each”, “with a comment”.
fn begins(words: &[Word]) -> bool {
    let at = |at: usize| words.get(at).filter(|word| !word.quoted).map_or("", |word| word.text.as_str());
    let mut next = 1;
    if at(1) == "then" {
        next = 2;
    }
    let speaks = is_any(at(next), "say|tell|explain|comment|note|write|mention")
        || (is_any(at(next), "add|leave|post|put") && (1..4).any(|more| is_any(at(next + more), "comment|note")))
        || (is_any(at(next), "give") && (1..4).any(|more| is_any(at(next + more), "reason|reasons")));
    (at(0) == "and" && speaks) || (at(0) == "with" && is_any(at(1), "a|the") && at(2) == "comment")
}

fn reason(asked: &Asked<'_>, tail: &[Word]) -> Result<String, String> {
    if let Some(given) = asked.answer(Slot::Reason) {
        let words = given.words.list();
        let words = match words.split_first() {
            Some((first, rest)) if first.text == "because" && !rest.is_empty() => rest,
            Some(_) | None => words,
        };
        return Ok(as_comment(&given.words.written_from(words)));
    }
    if let Some(quoted) = tail.iter().find(|word| word.quoted) {
        return Ok(asked.words.written(std::slice::from_ref(quoted)));
    }
    let marker = tail.iter().position(|word| !word.quoted && is_any(&word.text, "because|:|saying|since"));
    let text = marker.and_then(|at| tail.get(at + 1..)).filter(|text| !text.is_empty());
    if let Some(text) = text {
        return Ok(as_comment(&asked.words.written_from(text)));
    }
    let that = tail.iter().position(|word| word.text == "that");
    if let Some(text) = that.and_then(|at| tail.get(at + 1..)).filter(|text| !text.is_empty()) {
        return Ok(as_comment(&asked.words.written_from(text)));
    }
    Err(followup::question(Slot::Reason, "", &[]))
}

/// The words as a sentence of their own.
fn as_comment(text: &str) -> String {
    let text = text.trim().trim_matches(['“', '”', '"']);
    let mut letters = text.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let mut out = first + letters.as_str();
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}
