//! What a text says in numbers, days and times of day, so that two texts can be compared by it. English words; what the
//! numbers are of is not known here.
//!
//! | In the text | Read as |
//! |---|---|
//! | `12`, `1,200`, `3.50`, `−5`, `40%`, `40 percent`, `5k`, `1.5 million`, `twelve`, `two hundred and five`, `a dozen`, `half`, `twice` | an amount |
//! | `one` | an amount, but for “no one”, “the one”, “one of” and the like |
//! | `3rd`, `third` | an ordinal |
//! | `10:30`, `5pm`, `5:30 p.m.` | a time of day |
//! | `2026-05-05`, `5 May`, `May 5th, 2026`, `Tuesday, 5 May`, `5–7 May` | a day, or two |
//! | `May 2026`, `in June` | a month |
//! | `on Tuesday` | a day of the week |
//! | `today`, `tomorrow`, `yesterday` | a day, where it is known from when they are told |
//! | `Q3`, `v2.1`, `5/11/26`, `2.1.3`, `½` and whatever else has a digit | itself, letter for letter |

mod amounts;
mod days;

use jiff::civil::Date;

/// What a text claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Claim {
    /// A number in millionths, and whether it is of a hundred.
    Amount { millionths: i128, percent: bool },
    /// The n-th.
    Ordinal(i128),
    /// Hour and minute.
    Time(i8, i8),
    /// A day.
    Day(Day),
    /// A month, of a year where one is told.
    Month { year: Option<i16>, month: i8 },
    /// A day of the week, 1 for Monday.
    Weekday(i8),
    /// Anything else with a digit in it.
    Literal(String),
}

/// A day as it is told: without a year it is of any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: i8,
    /// 1 for Monday.
    pub(super) weekday: Option<i8>,
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        let weekday = Some(date.weekday().to_monday_one_offset());
        Self { year: Some(date.year()), month: date.month(), day: date.day(), weekday }
    }
}

/// A claim and the words that make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) claim: Claim,
    /// The first of its words, and the one behind the last.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A word: letters and digits, or a number with what stands within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) low: String,
    /// What stands before it, back to the word before.
    pub(super) gap: String,
    /// A percent sign stands right behind it.
    percent: bool,
    /// A sign stands right before it.
    negative: bool,
}

impl Word {
    fn new(text: String, gap: String) -> Self {
        let negative = gap.ends_with(['-', '−'])
            && text.starts_with(|c: char| c.is_ascii_digit())
            && gap.chars().rev().nth(1).is_none_or(|before| before.is_whitespace() || before == '(');
        Self { low: text.to_lowercase(), text, gap, percent: false, negative }
    }

    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// A full stop or the like stands before it: it may be a capital for that alone.
    pub(super) fn begins_sentence(&self) -> bool {
        self.gap.contains(['.', '!', '?', ':', '…', '\n'])
    }
}

/// The words of a text. Letters that nobody sees are left out.
pub(super) fn words(text: &str) -> Vec<Word> {
    let letters: Vec<char> = text.chars().filter(|letter| !is_unseen(*letter)).collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let (mut words, mut word, mut gap): (Vec<Word>, String, String) = (Vec::new(), String::new(), String::new());
    for (at, letter) in letters.iter().enumerate() {
        let within = matches!(letter, '.' | ',' | ':' | '/' | '-')
            && at > 0
            && digit(at - 1)
            && digit(at + 1)
            && !word.is_empty();
        if letter.is_alphanumeric() || within {
            word.push(*letter);
            continue;
        }
        if !word.is_empty() {
            words.push(Word::new(std::mem::take(&mut word), std::mem::take(&mut gap)));
        }
        if let (Some(last), '%', true) = (words.last_mut(), letter, gap.trim().is_empty()) {
            last.percent = true;
        }
        gap.push(*letter);
    }
    if !word.is_empty() {
        words.push(Word::new(word, gap));
    }
    words
}

/// Marks of format, direction and width.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// What the words claim, but for those that are taken, in their order. `today` is the day that “tomorrow” is told from.
pub(super) fn claims(words: &[Word], taken: &[bool], today: Option<Date>) -> Vec<Said> {
    let free = |from: usize, to: usize| taken.get(from..to).is_none_or(|taken| !taken.contains(&true));
    let (mut said, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let found = days::at(words, at, today).or_else(|| amounts::at(words, at));
        match found.filter(|(to, _)| free(at, *to)) {
            Some((to, claims)) => {
                said.extend(claims.into_iter().map(|claim| Said { claim, from: at, to }));
                at = to;
            }
            None => at += 1,
        }
    }
    said
}

/// The word at a place; nothing beyond the last.
fn low(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.low.as_str())
}

#[cfg(test)]
mod tests;
