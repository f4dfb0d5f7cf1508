//! What a person wrote as words: folded for comparing, with the place where each stands, so that what is carried over (a
//! title, a comment) is taken as it was written. It knows no grammar.

use crate::english::NUMBERS;
use std::ops::Range;

/// A word, a quoted phrase, or a colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without accents, quotes, closing punctuation and possessive ending.
    pub(super) text: String,
    /// Where it stands, in bytes; without quotes and closing punctuation.
    pub(super) at: Range<usize>,
    /// It was in quotation marks; it may hold spaces.
    pub(super) quoted: bool,
    /// It ended in ’s.
    pub(super) owns: bool,
    /// It begins with a capital letter.
    pub(super) capital: bool,
    /// A comma or semicolon follows.
    pub(super) comma: bool,
}

/// What was written, with its words.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    raw: String,
    list: Vec<Word>,
    asks: bool,
}

impl Words {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Self {
        let raw: String = text.chars().filter(|letter| !is_invisible(*letter)).collect();
        let asks = raw.trim_end().ends_with('?');
        let mut list = Vec::new();
        let mut rest = 0;
        while let Some((at, letter)) = raw.get(rest..).and_then(|tail| {
            tail.char_indices().find(|(_, letter)| !letter.is_whitespace()).map(|(at, letter)| (rest + at, letter))
        }) {
            if let Some(closing) = closing(letter)
                && let Some(end) = end_of_quote(&raw, at + letter.len_utf8(), closing)
            {
                let inside = at + letter.len_utf8()..end;
                let after = end + closing.len_utf8();
                push(&mut list, &raw, inside, true);
                rest = after + trailing(&raw, after, &mut list);
                continue;
            }
            let end = raw
                .get(at..)
                .and_then(|tail| tail.char_indices().find(|(_, letter)| letter.is_whitespace()))
                .map_or(raw.len(), |(len, _)| at + len);
            plain(&raw, at..end, &mut list);
            rest = end;
        }
        join(&mut list);
        Self { raw, list, asks }
    }

    /// The words, in order.
    pub(super) fn list(&self) -> &[Word] {
        &self.list
    }

    /// True when it ends in a question mark.
    pub(super) fn asks(&self) -> bool {
        self.asks
    }

    /// What was written from the first of these words to the last, as it was written.
    pub(super) fn written(&self, words: &[Word]) -> String {
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => {
                self.raw.get(first.at.start..last.at.end).unwrap_or("").trim().trim_matches(['“', '”', '"']).to_owned()
            }
            _ => String::new(),
        }
    }

    /// All that was written from this word on, closing punctuation included.
    pub(super) fn written_from(&self, words: &[Word]) -> String {
        let Some(first) = words.first() else { return String::new() };
        let text = self.raw.get(first.at.start..).unwrap_or("").trim();
        if words.len() == 1 && first.quoted { self.written(words) } else { text.to_owned() }
    }
}

/// Marks that change the direction of writing or show nothing: they carry no meaning here, and could hide some.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
        || (letter.is_control() && !letter.is_whitespace())
}

fn closing(letter: char) -> Option<char> {
    match letter {
        '"' => Some('"'),
        '“' | '„' => Some('”'),
        '«' => Some('»'),
        '‘' | '\'' => Some(if letter == '‘' { '’' } else { '\'' }),
        _ => None,
    }
}

/// Where the quotation ends: at a closing mark with no letter behind it, so that an apostrophe does not end it.
fn end_of_quote(raw: &str, from: usize, closing: char) -> Option<usize> {
    let tail = raw.get(from..)?;
    tail.match_indices(closing)
        .map(|(at, _)| from + at)
        .find(|at| {
            let next = raw.get(at + closing.len_utf8()..).and_then(|tail| tail.chars().next());
            *at > from && !next.is_some_and(char::is_alphanumeric)
        })
        .filter(|end| raw.get(from..*end).is_some_and(|inside| !inside.trim().is_empty()))
}

/// Reads what stands directly behind a quotation, and tells how long it is.
fn trailing(raw: &str, from: usize, list: &mut Vec<Word>) -> usize {
    let tail = raw.get(from..).unwrap_or("");
    let marks: String =
        tail.chars().take_while(|letter| !letter.is_whitespace() && !letter.is_alphanumeric()).collect();
    punctuation(&marks, from, list);
    marks.len()
}

fn punctuation(marks: &str, at: usize, list: &mut Vec<Word>) {
    if marks.contains([',', ';'])
        && let Some(last) = list.last_mut()
    {
        last.comma = true;
    }
    if marks.contains(':') {
        let text = ":".to_owned();
        list.push(Word { text, at: at..at, quoted: false, owns: false, capital: false, comma: false });
    }
}

/// Takes a word without the marks around it.
fn plain(raw: &str, at: Range<usize>, list: &mut Vec<Word>) {
    let text = raw.get(at.clone()).unwrap_or("");
    let start = at.start + text.len() - text.trim_start_matches(['(', '[', '"', '“', '”', '\'', '‘']).len();
    let text = raw.get(start..at.end).unwrap_or("");
    let kept = text.trim_end_matches([',', ';', ':', '.', '!', '?', ')', ']', '"', '”', '“', '\'', '’', '…']);
    let end = start + kept.len();
    if !kept.is_empty() {
        push(list, raw, start..end, false);
    }
    punctuation(raw.get(end..at.end).unwrap_or(""), end, list);
}

fn push(list: &mut Vec<Word>, raw: &str, at: Range<usize>, quoted: bool) {
    let written = raw.get(at.clone()).unwrap_or("");
    let mut text = fold(written);
    let owns = !quoted && (text.ends_with("'s") || text.ends_with("s'"));
    if owns && text.ends_with("'s") {
        text.truncate(text.len() - 2);
    } else if owns {
        text.truncate(text.len() - 1);
    }
    let capital = written.chars().next().is_some_and(char::is_uppercase);
    list.push(Word { text, at, quoted, owns, capital, comma: false });
}

/// “to do” and “to dos” are one word where they are a thing; “todo” is written “to-do”.
fn join(list: &mut Vec<Word>) {
    for word in list.iter_mut().filter(|word| !word.quoted) {
        let usual = match word.text.as_str() {
            "todo" => "to-do",
            "todos" | "todo's" | "to-do's" => "to-dos",
            "ok" => "okay",
            "whats" => "what",
            "whos" => "who",
            "hows" => "how",
            "wheres" => "where",
            "whens" => "when",
            _ => continue,
        };
        word.text = usual.to_owned();
    }
    let mut at = 0;
    while at + 1 < list.len() {
        let thing = match (list.get(at), list.get(at + 1)) {
            (Some(to), Some(next)) if to.text == "to" && !next.quoted => match next.text.as_str() {
                "dos" | "do's" => Some("to-dos"),
                "do" => at
                    .checked_sub(1)
                    .and_then(|before| list.get(before))
                    .filter(|before| ["a", "the", "this", "that", "new", "one"].contains(&before.text.as_str()))
                    .map(|_| "to-do"),
                _ => None,
            },
            _ => None,
        };
        if let Some(thing) = thing {
            let next = list.remove(at + 1);
            if let Some(word) = list.get_mut(at) {
                word.text = thing.to_owned();
                word.at.end = next.at.end;
                word.comma = next.comma;
            }
        }
        at += 1;
    }
}

/// Lower case without accents, so that “Tomas” finds “Tomás”.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(plain_letter).collect()
}

/// The letter without its accent; `None` for an accent that stands by itself.
fn plain_letter(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '’' | '‘' | 'ʼ' => '\'',
        '\u{300}'..='\u{36f}' => return None,
        other => other,
    })
}

/// The words of a name, folded; marks between them are dropped.
pub(super) fn name_words(name: &str) -> Vec<String> {
    fold(name)
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '-')
        .map(|word| word.trim_matches(['\'', '-']))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// True when the word is one of these, given as `a|b|c`.
pub(super) fn is_any(word: &str, of: &str) -> bool {
    of.split('|').any(|one| one == word)
}

/// A small number, in digits or as a word.
pub(super) fn number(word: &str) -> Option<i64> {
    if let Some(at) = NUMBERS.iter().position(|name| *name == word) {
        return i64::try_from(at).ok();
    }
    match word {
        "a" | "an" | "single" => Some(1),
        "couple" | "both" | "pair" => Some(2),
        "dozen" => Some(12),
        digits if digits.len() <= 4 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok()
        }
        _ => None,
    }
}

/// “first” is 1, “2nd” is 2, “last” is -1.
pub(super) fn ordinal(word: &str) -> Option<i64> {
    const NAMES: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    if let Some(at) = NAMES.iter().position(|name| *name == word) {
        return i64::try_from(at + 1).ok();
    }
    if word == "last" {
        return Some(-1);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    (digits.len() <= 3).then(|| digits.parse().ok()).flatten()
}
