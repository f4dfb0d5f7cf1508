//! The history sifted: by words and doer, then by day. Knows no page and no clock.

use contract::HistoryEntry;
use jiff::Timestamp;
use jiff::civil::Date;

use super::wording::{Doer, who_text};
use crate::palette::rank::fold;
use crate::project::gather::by_day;

/// What the history is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sieve {
    /// Every word must appear in the summary, a title, a value or the doer's name.
    pub(crate) words: String,
    /// Only by this doer.
    pub(crate) doer: Option<Doer>,
}

impl Sieve {
    /// True when nothing is left out.
    pub(crate) fn is_open(&self) -> bool {
        self.words.trim().is_empty() && self.doer.is_none()
    }
    fn lets_through(&self, entry: &HistoryEntry) -> bool {
        if self.doer.is_some_and(|doer| doer != Doer::of(&entry.who)) {
            return false;
        }
        let words = fold(&self.words);
        let hay = haystack(entry);
        words.split_whitespace().all(|word| hay.contains(word))
    }
}

fn haystack(entry: &HistoryEntry) -> String {
    let mut text = format!("{} {}", entry.summary, who_text(&entry.who));
    for change in &entry.changes {
        text.push(' ');
        text.push_str(&change.title);
        for field in &change.fields {
            for part in [&field.before, &field.after] {
                text.push(' ');
                text.push_str(part);
            }
        }
    }
    fold(&text)
}

/// The entries that the sieve lets through, by day, newest first.
pub(crate) fn days(
    entries: &[HistoryEntry],
    sieve: &Sieve,
    day: impl Fn(Timestamp) -> Date,
) -> Vec<(Date, Vec<HistoryEntry>)> {
    let mut kept: Vec<HistoryEntry> = entries.iter().filter(|entry| sieve.lets_through(entry)).cloned().collect();
    kept.sort_by_key(|entry| std::cmp::Reverse((entry.at, entry.set)));
    by_day(kept, |entry| day(entry.at))
}

#[cfg(test)]
mod tests;
