//! Where the caret is and what is written there. JavaScript counts in units of UTF-16, Rust in bytes. Pure.

use flow::expr::{Span, expressions};

/// The place in bytes of a place in units of UTF-16; the end for one behind it.
pub(super) fn to_bytes(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += letter.len_utf16();
    }
    text.len()
}

/// The place in units of UTF-16 of a place in bytes.
pub(super) fn to_units(text: &str, bytes: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < bytes).map(|(_, letter)| letter.len_utf16()).sum()
}

/// Whether the caret is between the braces of an expression.
pub(super) fn is_inside(text: &str, caret: usize) -> bool {
    expressions(text).iter().any(|one| one.inner.start <= caret && caret <= one.inner.end)
}

/// Writes a reference in place of what is chosen, with braces where there are none. What was typed of a name in the braces
/// gives way. Gives the text and where the caret is then.
pub(super) fn insert(text: &str, chosen: Span, reference: &str) -> (String, usize) {
    let start = chosen.start.min(text.len());
    let at = Span { start, end: chosen.end.clamp(start, text.len()) };
    if !is_inside(text, at.start) {
        return write(text, at, &["{{", reference, "}}"].concat());
    }
    let before = text.get(..at.start).unwrap_or_default();
    let kept = before.trim_end_matches(|letter: char| letter.is_alphanumeric() || "_$.'\"[]".contains(letter));
    write(text, Span { start: kept.len(), ..at }, reference)
}

/// Writes something in place of a part of the text.
pub(super) fn write(text: &str, at: Span, what: &str) -> (String, usize) {
    let before = text.get(..at.start).unwrap_or_default();
    let behind = text.get(at.end..).unwrap_or_default();
    ([before, what, behind].concat(), before.len() + what.len())
}

/// The text with `}}` behind the caret, if `{{` was typed just now and nothing closes it.
pub(super) fn closed(text: &str, caret: usize) -> Option<String> {
    let (before, behind) = (text.get(..caret)?, text.get(caret..)?);
    let is_open = before.ends_with("{{") && !before.ends_with("{{{");
    let next = [behind.find("{{"), behind.find("}}")];
    let is_closed = matches!(next, [open, Some(close)] if open.is_none_or(|open| close < open));
    (is_open && !is_closed).then(|| [before, "}}", behind].concat())
}
