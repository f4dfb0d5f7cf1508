//! Which texts may contradict each other. Two do when they speak of the same thing and differ: “The designer is Ana” and “The
//! designer is Ben”, “Never meet on Fridays” and “Meet on Fridays”. Words decide, not meaning: it points at what a person
//! should look at, and misses what is said in other words.

use std::collections::{BTreeSet, HashMap};

/// What a text speaks of, and what it says of it.
#[derive(Debug, PartialEq, Eq)]
struct Claim {
    /// The significant words, apart from the following.
    about: BTreeSet<String>,
    /// Numbers, days and months, and names after “is”, “are” and “=”.
    values: BTreeSet<String>,
    /// It says that something is not so.
    denies: bool,
}

/// For each text the places of those that it may contradict, in order.
pub(super) fn conflicts(texts: &[&str]) -> Vec<Vec<usize>> {
    let claims: Vec<Claim> = texts.iter().map(|text| Claim::of(text)).collect();
    // Compared with each other is only what speaks of the same.
    let mut of: HashMap<&BTreeSet<String>, Vec<(usize, &Claim)>> = HashMap::new();
    for (place, claim) in claims.iter().enumerate() {
        of.entry(&claim.about).or_default().push((place, claim));
    }
    let others = |claim: &Claim| of.get(&claim.about).map(Vec::as_slice).unwrap_or_default();
    claims
        .iter()
        .map(|claim| {
            let against = others(claim).iter().filter(|(_, other)| claim.contradicts(other));
            against.map(|(place, _)| *place).collect()
        })
        .collect()
}

impl Claim {
    fn of(text: &str) -> Self {
        let mut claim = Self { about: BTreeSet::new(), values: BTreeSet::new(), denies: false };
        // What stands after “=” is a value whatever it is; after “is” and “are” only names are.
        let (mut first, mut after_verb, mut after_sign) = (true, false, false);
        for word in words(text) {
            let low = word.to_lowercase().replace('’', "'");
            let name = !first && word.starts_with(char::is_uppercase);
            if low == "=" {
                after_sign = true;
            } else if matches!(low.as_str(), "is" | "are") {
                after_verb = true;
            } else if NEGATIONS.contains(&low.as_str()) || low.ends_with("n't") {
                claim.denies = true;
            } else if after_sign || (after_verb && name) || is_measure(&low, name) {
                claim.values.insert(low);
            } else if !FILLING.contains(&low.as_str()) {
                claim.about.insert(low);
            }
            first = false;
        }
        claim
    }

    /// Values that differ contradict each other where both are asserted; of what is not so, much can be said. A denial
    /// contradicts only what asserts the same.
    fn contradicts(&self, other: &Self) -> bool {
        if self.about != other.about || self.about.is_empty() {
            return false;
        }
        let same = self.values == other.values;
        match (self.denies, other.denies) {
            (false, false) => !same && !self.values.is_empty() && !other.values.is_empty(),
            (true, false) | (false, true) => same,
            (true, true) => false,
        }
    }
}

/// Letters, digits and apostrophes are words; so is “=”.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('=')
        .flat_map(|part| part.strip_suffix('=').map_or([part, ""], |before| [before, "="]))
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '=')))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
}

/// “may” is a month only when it is written as one.
fn is_measure(low: &str, name: bool) -> bool {
    let day = low.strip_suffix('s').unwrap_or(low);
    low.contains(|c: char| c.is_ascii_digit())
        || NUMBERS.contains(&low)
        || DAYS.contains(&low)
        || DAYS.contains(&day)
        || MONTHS.contains(&low)
        || (low == "may" && name)
}

const NEGATIONS: &[&str] = &["not", "no", "never", "without", "cannot", "neither", "nor", "none"];

const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "noon",
    "midnight",
];

const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "weekday",
    "weekend",
    "today",
    "tomorrow",
    "yesterday",
];

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// Words that say nothing of what a text is about.
const FILLING: &[&str] = &[
    "a", "an", "the", "this", "that", "these", "those", "and", "or", "but", "of", "in", "on", "at", "to", "from", "by",
    "for", "with", "as", "until", "till", "before", "after", "about", "be", "was", "were", "been", "has", "have",
    "had", "do", "does", "did", "will", "would", "should", "shall", "can", "could", "may", "might", "must", "i", "me",
    "my", "we", "us", "our", "you", "your", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their",
    "there", "always", "usually", "please", "am", "pm", "o'clock",
];

#[cfg(test)]
mod tests;
