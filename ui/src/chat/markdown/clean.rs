//! Characters that cannot be seen, or that turn the direction of what follows. What a text hides is told, never obeyed.

use std::borrow::Cow;

use crate::say;

/// What is done with a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    /// It has no width: it goes.
    Drop,
    /// It hides or turns something: a mark stands in its place.
    Tell,
    /// It joins letters of some scripts, and emoji; elsewhere it goes.
    Join,
}

fn fate(letter: char) -> Fate {
    match letter {
        '\n' | '\t' => Fate::Keep,
        '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => Fate::Join,
        '\r'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180e}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0d}'
        | '\u{feff}'
        | '\u{ffa0}' => Fate::Drop,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => Fate::Tell,
        _ => Fate::Keep,
    }
}

/// The text as it may be shown: what has no width is gone, and what hides or turns something is marked as hidden.
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| fate(letter) == Fate::Keep) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut hidden = 0_usize;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let fate = fate(letter);
        if fate == Fate::Tell {
            hidden += 1;
            continue;
        }
        tell(&mut out, &mut hidden);
        if fate == Fate::Keep || (fate == Fate::Join && joins(&out, letter, letters.peek())) {
            out.push(letter);
        }
    }
    tell(&mut out, &mut hidden);
    Cow::Owned(out)
}

/// Between letters or emoji it does its work; among plain Latin it only hides.
fn joins(out: &str, letter: char, next: Option<&char>) -> bool {
    let selects = matches!(letter, '\u{fe0e}' | '\u{fe0f}');
    let before = out.chars().next_back();
    before.is_some_and(|before| !before.is_ascii() || (selects && before.is_ascii_digit()))
        && (selects || next.is_some_and(|next| !next.is_ascii()))
}

fn tell(out: &mut String, hidden: &mut usize) {
    if *hidden > 0 {
        out.push_str(&say::chat::hidden(*hidden));
        *hidden = 0;
    }
}
