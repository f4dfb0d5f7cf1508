//! Sentences with gaps: `rename|retitle {item} to {title}`. A gap holds at least one word; what fits is tried from the
//! shortest gaps on. It knows no meaning.

use super::words::{Word, is_any};

/// So many steps one sentence may take; what needs more is nothing that a person typed as a request.
const MOST_STEPS: usize = 20_000;
/// So many ways to fit are looked at.
const MOST_FITS: usize = 24;

/// What filled the gaps, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Gaps<'w>(Vec<(&'static str, &'w [Word])>);

impl<'w> Gaps<'w> {
    /// The words in a gap; none when the sentence has no such gap.
    pub(super) fn get(&self, name: &str) -> &'w [Word] {
        self.0.iter().find(|(gap, _)| *gap == name).map_or(&[], |(_, words)| words)
    }
    /// True when the sentence has this gap.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(gap, _)| *gap == name)
    }
}

#[derive(Debug, Clone, Copy)]
enum Part {
    /// One of these words.
    Word(&'static str),
    /// One of these words, or nothing.
    Maybe(&'static str),
    /// One word or more.
    Gap(&'static str),
}

fn parts(pattern: &'static str) -> Vec<Part> {
    pattern
        .split_whitespace()
        .map(|part| {
            let within = |open: char, close: char| part.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
            if let Some(name) = within('{', '}') {
                Part::Gap(name)
            } else if let Some(words) = within('[', ']') {
                Part::Maybe(words)
            } else {
                Part::Word(part)
            }
        })
        .collect()
}

/// Every way in which the words fill the first of these sentences that they fit, then the second, and so on.
pub(super) fn fits<'w>(words: &'w [Word], patterns: &[&'static str]) -> Vec<Gaps<'w>> {
    let mut found = Vec::new();
    for pattern in patterns {
        let parts = parts(pattern);
        let mut search = Search { steps: 0, found: &mut found, gaps: Vec::new() };
        search.go(&parts, words);
    }
    found
}

struct Search<'w, 'f> {
    steps: usize,
    found: &'f mut Vec<Gaps<'w>>,
    gaps: Vec<(&'static str, &'w [Word])>,
}

impl<'w> Search<'w, '_> {
    fn go(&mut self, parts: &[Part], words: &'w [Word]) {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.found.len() >= MOST_FITS {
            return;
        }
        let Some((part, rest)) = parts.split_first() else {
            if words.is_empty() {
                self.found.push(Gaps(self.gaps.clone()));
            }
            return;
        };
        match part {
            Part::Word(any) => {
                if let Some(after) = taken(words, any) {
                    self.go(rest, after);
                }
            }
            Part::Maybe(any) => {
                if let Some(after) = taken(words, any) {
                    self.go(rest, after);
                }
                self.go(rest, words);
            }
            Part::Gap(name) => {
                for len in 1..=words.len() {
                    let Some((inside, after)) = words.split_at_checked(len) else { return };
                    self.gaps.push((name, inside));
                    self.go(rest, after);
                    self.gaps.pop();
                    if self.steps > MOST_STEPS {
                        return;
                    }
                }
            }
        }
    }
}

fn taken<'w>(words: &'w [Word], any: &str) -> Option<&'w [Word]> {
    let (first, rest) = words.split_first()?;
    (!first.quoted && is_any(&first.text, any)).then_some(rest)
}
