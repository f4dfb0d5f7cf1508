//! Which of several names a phrase means: exact before whole words, whole words before beginnings, beginnings before small
//! typing errors. It knows no meaning beyond letters.

use super::words::name_words;

/// Which are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant<T> {
    /// Nothing is called so.
    Nothing,
    /// Exactly this.
    One(T),
    /// Several fit equally well.
    Several(Vec<T>),
}

impl<T> Meant<T> {
    /// The one that is meant, when it is one.
    pub(super) fn one(self) -> Option<T> {
        match self {
            Self::One(one) => Some(one),
            Self::Nothing | Self::Several(_) => None,
        }
    }
    /// True when nothing is called so.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
    /// Makes it from what fits equally well.
    pub(super) fn of(mut found: Vec<T>) -> Self {
        match found.len() {
            0 => Self::Nothing,
            1 => found.pop().map_or(Self::Nothing, Self::One),
            _ => Self::Several(found),
        }
    }
}

/// How well a phrase fits a name; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Word for word.
    Exact,
    /// Every word stands in the name.
    Whole,
    /// Every word stands in it, or a name's word begins so.
    Beginning,
    /// Every word stands in it when small typing errors are overlooked.
    Nearly,
}

/// How well the words of a phrase fit a name.
pub(super) fn fit(phrase: &[String], name: &str) -> Option<Fit> {
    if phrase.is_empty() {
        return None;
    }
    let of = name_words(name);
    if of == phrase {
        return Some(Fit::Exact);
    }
    // “Website relaunch” is all of what follows the client's name.
    if name.contains(':') && name.split(':').any(|part| name_words(part) == phrase) {
        return Some(Fit::Whole);
    }
    let all = |matches: fn(&str, &str) -> bool| phrase.iter().all(|word| of.iter().any(|own| matches(word, own)));
    if all(|word, own| word == own) {
        Some(Fit::Whole)
    } else if all(|word, own| word == own || (word.len() >= 3 && own.starts_with(word))) {
        Some(Fit::Beginning)
    } else if all(|word, own| word == own || is_near(word, own)) {
        Some(Fit::Nearly)
    } else {
        None
    }
}

/// Those of the candidates that fit best.
pub(super) fn best<'c, T>(
    phrase: &[String],
    candidates: impl Iterator<Item = &'c T>,
    name: impl Fn(&'c T) -> &'c str,
) -> (Option<Fit>, Vec<&'c T>) {
    let mut found: (Option<Fit>, Vec<&T>) = (None, Vec::new());
    for candidate in candidates {
        let Some(fit) = fit(phrase, name(candidate)) else { continue };
        match found.0 {
            Some(best) if fit > best => {}
            Some(best) if fit == best => found.1.push(candidate),
            Some(_) | None => found = (Some(fit), vec![candidate]),
        }
    }
    found
}

/// One letter wrong in a word of at least four, two in one of at least eight.
pub(super) fn is_near(word: &str, own: &str) -> bool {
    let allowed = match word.chars().count() {
        0..4 => return false,
        4..8 => 1,
        _ => 2,
    };
    distance(word, own) <= allowed
}

/// Letters to add, drop, change or swap with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 || a.len() > 64 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut this = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let at = |list: &[usize], column: usize| list.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&last, column) + usize::from(letter != other))
                .min(at(&last, column + 1) + 1)
                .min(at(&this, column) + 1);
            let swapped = row > 0 && column > 0 && a.get(row - 1) == Some(other) && b.get(column - 1) == Some(letter);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            this.push(least);
        }
        before = std::mem::replace(&mut last, this);
    }
    last.last().copied().unwrap_or(usize::MAX)
}
