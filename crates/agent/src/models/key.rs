//! A vendor's key: where it lies while it is used, and how it is kept out of what is told.
//!
//! It knows no vendor and no storage.

use std::fmt;

use zeroize::Zeroizing;

/// A key. It is wiped from memory when dropped, and never shown.
#[derive(Clone)]
pub struct Key(Zeroizing<String>);

impl Key {
    /// Takes a key as a person pasted it; `None` when there is nothing in it.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The most of a server's own words that a person is shown, in characters.
const LONGEST: usize = 200;

/// A server's own words, fit to be shown: one short line, with the key and whatever looks like one removed. `None` when
/// nothing is left, or when it is a page or data and not words.
pub(super) fn fit_to_show(text: &str, key: Option<&Key>) -> Option<String> {
    let text = text.trim();
    if text.starts_with(['<', '{', '[']) {
        return None;
    }
    let text = match key {
        Some(key) => text.replace(key.expose(), "…"),
        None => text.to_owned(),
    };
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(if is_like_a_key(word) { "…" } else { word });
    }
    if line.chars().count() > LONGEST {
        line = line.chars().take(LONGEST - 1).collect();
        line.push('…');
    }
    line.chars().any(char::is_alphanumeric).then_some(line)
}

/// Vendors' keys begin in a few known ways, are shown with stars in the middle, or are one long run of letters and digits.
fn is_like_a_key(word: &str) -> bool {
    const BEGIN: [&str; 8] = ["sk-", "sk_", "pk-", "gsk_", "xai-", "AIza", "AQ.", "hf_"];
    let begins = |part: &str| BEGIN.iter().any(|begin| part.starts_with(begin)) && part.len() > 6;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '*');
    if word.contains("***") || word.split(|c| !is_part(c)).any(begins) {
        return true;
    }
    word.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| {
        run.len() >= 20 && run.contains(|c: char| c.is_ascii_digit()) && run.contains(|c: char| c.is_ascii_alphabetic())
    })
}
