//! Amounts, ordinals and times of day.

use super::{Claim, Word, low};
use agent::english::NUMBERS;

const MILLION: i128 = 1_000_000;

/// The claim that begins with the word at `at`, and the word behind it.
pub(super) fn at(words: &[Word], at: usize) -> Option<(usize, Vec<Claim>)> {
    let word = words.get(at)?;
    if !word.text.contains(char::is_numeric) {
        return spelled(words, at);
    }
    let literal = || Some((at + 1, vec![Claim::Literal(word.low.clone())]));
    if let Some(time) = time(words, at) {
        return Some(time);
    }
    if word.low.contains('-') && word.low.bytes().all(|byte| byte.is_ascii_digit() || b"-.,".contains(&byte)) {
        let parts: Option<Vec<i128>> = word.low.split('-').map(amount).collect();
        let percent = word.percent;
        return parts.map(|parts| {
            (at + 1, parts.into_iter().map(|millionths| Claim::Amount { millionths, percent }).collect())
        });
    }
    let digits = word.low.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let Some(millionths) = amount(digits) else { return literal() };
    let millionths = if word.negative { -millionths } else { millionths };
    let times = match word.low.get(digits.len()..).unwrap_or_default() {
        "st" | "nd" | "rd" | "th" if millionths % MILLION == 0 => {
            return Some((at + 1, vec![Claim::Ordinal(millionths / MILLION)]));
        }
        "k" => 1_000,
        "bn" => 1_000_000_000,
        _ => 1,
    };
    let (to, times) = match scale(low(words, at + 1)) {
        Some(scale) if word.low == digits && goes_on(words, at + 1) => (at + 2, scale),
        _ => (at + 1, times),
    };
    let Some(millionths) = millionths.checked_mul(times) else { return literal() };
    Some(percent(words, to, millionths))
}

/// With “%” or “percent” behind it, a part of a hundred.
fn percent(words: &[Word], to: usize, millionths: i128) -> (usize, Vec<Claim>) {
    let sign = to.checked_sub(1).and_then(|last| words.get(last)).is_some_and(|word| word.percent);
    let (to, percent) = match low(words, to) {
        "percent" => (to + 1, true),
        "per" if low(words, to + 1) == "cent" => (to + 2, true),
        _ => (to, sign),
    };
    (to, vec![Claim::Amount { millionths, percent }])
}

/// Digits as millionths: `1,200`, `3.5`. `None` for what is no number, or finer or greater than anybody counts.
fn amount(digits: &str) -> Option<i128> {
    let thousands =
        digits.contains(',') && digits.split(['.']).next()?.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if thousands { digits.replace(',', "") } else { digits.replace(',', ".") };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 24 || part.len() > 6 || !all_digits(whole) || !all_digits(part) {
        return None;
    }
    let part: i128 = format!("{part:0<6}").parse().ok()?;
    whole.parse::<i128>().ok()?.checked_mul(MILLION)?.checked_add(part)
}

/// `10:30`, `5pm`, `5:30 pm`.
fn time(words: &[Word], at: usize) -> Option<(usize, Vec<Claim>)> {
    let word = words.get(at)?;
    let digits = word.low.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (half, to) = match word.low.get(digits.len()..)? {
        "" => match (low(words, at + 1), low(words, at + 2)) {
            (half @ ("am" | "pm"), _) => (Some(half == "pm"), at + 2),
            (half @ ("a" | "p"), "m") if words.get(at + 2)?.gap == "." => (Some(half == "p"), at + 3),
            _ => (None, at + 1),
        },
        "am" => (Some(false), at + 1),
        "pm" => (Some(true), at + 1),
        _ => return None,
    };
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) => {
            (hour, minute.get(..2).filter(|short| *short == minute || minute.get(2..3) == Some(":"))?)
        }
        None if half.is_some() => (digits, "0"),
        None => return None,
    };
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
    };
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then(|| (to, vec![Claim::Time(hour, minute)]))
}

fn small(word: &str) -> Option<i128> {
    // Twenty and more are tens.
    (0..20).zip(NUMBERS).find(|(_, one)| *one == word).map(|(number, _)| number)
}

fn tens(word: &str) -> Option<i128> {
    const WORDS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    (2..).zip(WORDS).find(|(_, one)| *one == word).map(|(number, _)| number * 10)
}

fn scale(word: &str) -> Option<i128> {
    match word {
        "dozen" | "dozens" => Some(12),
        "hundred" | "hundreds" => Some(100),
        "thousand" | "thousands" => Some(1_000),
        "million" | "millions" => Some(1_000_000),
        "billion" | "billions" => Some(1_000_000_000),
        _ => None,
    }
}

/// Numbers in words.
fn spelled(words: &[Word], at: usize) -> Option<(usize, Vec<Claim>)> {
    const ORDINALS: [&str; 11] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
    let word = low(words, at);
    match word {
        "half" => return Some((at + 1, vec![Claim::Amount { millionths: MILLION / 2, percent: false }])),
        "twice" => return Some((at + 1, vec![Claim::Amount { millionths: 2 * MILLION, percent: false }])),
        "one" if is_pronoun(words, at) => return None,
        _ => {}
    }
    let before = at.checked_sub(1).map_or("", |before| low(words, before));
    if let Some((number, _)) = (2..).zip(ORDINALS).find(|(_, ordinal)| *ordinal == word)
        && !(number == 2 && matches!(before, "a" | "per" | "any"))
    {
        return Some((at + 1, vec![Claim::Ordinal(number)]));
    }
    let (mut total, mut part, mut to) = (0_i128, None::<i128>, at);
    loop {
        let (word, next) = (low(words, to), low(words, to + 1));
        if to > at && !goes_on(words, to) {
            break;
        }
        if let Some(ten) = tens(word).filter(|_| part.is_none_or(|part| part % 100 == 0)) {
            part = Some(part.unwrap_or(0) + ten);
        } else if let Some(one) = small(word)
            .filter(|one| part.is_none_or(|part| part % 100 == 0 || (part % 10 == 0 && part % 100 > 10 && *one < 10)))
        {
            part = Some(part.unwrap_or(0) + one);
        } else if let Some(scale) = scale(word) {
            let count = part.take().unwrap_or(1);
            if scale > 100 {
                total = total.checked_add(count.checked_mul(scale)?)?;
            } else {
                part = Some(count.checked_mul(scale)?);
            }
        } else if word == "and"
            && to > at
            && scale(low(words, to - 1)).is_some()
            && (small(next).is_some() || tens(next).is_some())
        {
            to += 1;
            continue;
        } else {
            break;
        }
        to += 1;
    }
    (to > at).then(|| percent(words, to, (total + part.unwrap_or(0)).saturating_mul(MILLION)))
}

/// True when nothing but a space or a hyphen parts a word from the one before.
fn goes_on(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| matches!(word.gap.trim(), "" | "-"))
}

/// “no one”, “the one that”, “one of them”, “one another”.
fn is_pronoun(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| low(words, before));
    matches!(
        before,
        "no" | "any"
            | "every"
            | "some"
            | "this"
            | "that"
            | "the"
            | "each"
            | "which"
            | "another"
            | "other"
            | "by"
            | "new"
            | "old"
    ) || matches!(low(words, at + 1), "of" | "another" | "by" | "or" | "should" | "can" | "must")
}
