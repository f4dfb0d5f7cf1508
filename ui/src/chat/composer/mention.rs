//! Names that are typed behind an `@`. Pure: positions are in bytes of the text.

use contract::{PersonId, ProjectId, RecordingId, Seen};

/// A name that is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Where its `@` stands.
    pub at: usize,
    /// What was typed behind it.
    pub words: String,
}

/// Something that can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A project.
    Project(ProjectId, String),
    /// A person.
    Person(PersonId, String),
    /// An item, and its project's name.
    Item(RecordingId, String, String),
}

impl Named {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Project(_, name) | Self::Person(_, name) | Self::Item(_, name, _) => name,
        }
    }
    /// As what the assistant sees.
    #[must_use]
    pub fn seen(&self) -> Seen {
        match self {
            Self::Project(id, name) => Seen::Project { id: *id, name: name.clone() },
            Self::Person(id, name) => Seen::Person { id: *id, name: name.clone() },
            Self::Item(id, title, _) => Seen::Item { id: *id, title: title.clone() },
        }
    }
}

/// Names are no longer than this, in characters.
const LONGEST: usize = 40;

/// The name that ends at the caret. An `@` within a word, as in an address, begins none.
#[must_use]
pub fn draft(text: &str, caret: usize) -> Option<Draft> {
    let before = text.get(..caret)?;
    // Far enough back for any name: a long text is not searched.
    let from = before.char_indices().rev().take(LONGEST + 2).last().map_or(0, |(at, _)| at);
    let near = before.get(from..)?;
    let at = from + near.rfind('@')?;
    let begins =
        before.get(..at)?.chars().next_back().is_none_or(|letter| letter.is_whitespace() || "([{“\"".contains(letter));
    let words = before.get(at + 1..)?;
    let fits = begins && !words.contains('\n') && !words.starts_with(char::is_whitespace) && !words.contains("  ");
    fits.then(|| Draft { at, words: words.to_owned() })
}

/// The text with the name in the place of what was typed, and where the caret goes.
#[must_use]
pub fn take(text: &str, caret: usize, draft: &Draft, name: &str) -> (String, usize) {
    let (before, after) = (text.get(..draft.at).unwrap_or_default(), text.get(caret..).unwrap_or_default());
    let gap =
        if after.starts_with(|letter: char| letter.is_whitespace() || ".,;:!?)".contains(letter)) { "" } else { " " };
    (format!("{before}{name}{gap}{after}"), before.len() + name.len() + gap.len())
}

/// A place in UTF-16 units, as fields count, in bytes.
#[must_use]
pub fn bytes_of(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (at, letter) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += letter.len_utf16();
    }
    text.len()
}

/// A place in bytes, in UTF-16 units.
#[must_use]
pub fn units_of(text: &str, bytes: usize) -> usize {
    text.get(..bytes).unwrap_or(text).encode_utf16().count()
}

#[cfg(test)]
mod tests;
