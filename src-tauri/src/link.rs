//! Links of our own scheme, `pmos://`, which anything on this machine can hand over: a page in a browser, a mail, a script.
//! Read strictly; what is not exactly one of the known forms is none. Whether a sign-in's answer belongs to an attempt of this
//! app is judged by the attempt.

use contract::{FlowId, RecordingId, SecretText, Wish};
use url::Url;

/// Longer ones are not read, in bytes.
const LONGEST: usize = 8_192;
/// The most that a link may put into the composer, in characters.
const LONGEST_TEXT: usize = 4_000;
const START: &str = "pmos://";
/// What an answer of a sign-in may carry.
const ANSWER: [&str; 6] = ["code", "state", "error", "error_description", "scope", "iss"];

/// What a link asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Link {
    /// The answer of a sign-in: the whole address. It carries a code.
    Answer(SecretText),
    /// Something that the page does.
    Wish(Wish),
}

/// True for a word that wants to be one of our links, well formed or not.
#[must_use]
pub fn is_ours(word: &str) -> bool {
    word.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START))
}

/// Reads a link; `None` for whatever is not exactly one of ours. What stands in it is repeated nowhere.
#[must_use]
pub fn parse(word: &str) -> Option<Link> {
    if word.len() > LONGEST || !word.starts_with(START) || word.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return None;
    }
    let url = Url::parse(word).ok()?;
    let bare = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    if url.scheme() != "pmos" || !bare || url.fragment().is_some() {
        return None;
    }
    let host = url.host_str()?;
    // As it was written: reading an address resolves `..` and changes letters.
    let place = word.get(START.len()..)?.split('?').next()?;
    match (host, place.split_once('/')) {
        ("oauth", Some(("oauth", "callback"))) => answer(&url).then(|| Link::Answer(SecretText::new(word))),
        ("item", Some(("item", id))) => {
            let id = number(id).filter(|_| url.query().is_none())?;
            Some(Link::Wish(Wish::Item(RecordingId(id))))
        }
        ("flow", Some(("flow", id))) => {
            let id = number(id).filter(|_| url.query().is_none())?;
            Some(Link::Wish(Wish::Go(format!("/automations/{}", FlowId(id)))))
        }
        ("chat", None | Some(("chat", ""))) => text(&url).map(|text| Link::Wish(Wish::Write(text))),
        _ => None,
    }
}

/// A number as an id is written, and no other writing of it.
fn number(text: &str) -> Option<i64> {
    let id: i64 = text.parse().ok()?;
    (id > 0 && id.to_string() == text).then_some(id)
}

/// Each thing at most once, a state, and either a code or an error.
fn answer(url: &Url) -> bool {
    let pairs: Vec<_> = url.query_pairs().collect();
    let count = |name: &str| pairs.iter().filter(|(key, _)| key == name).count();
    let known = pairs.iter().all(|(key, value)| ANSWER.contains(&&**key) && !value.chars().any(char::is_control));
    let filled = |name: &str| pairs.iter().any(|(key, value)| key == name && !value.trim().is_empty());
    let once = ANSWER.iter().all(|name| count(name) <= 1);
    known && once && filled("state") && (filled("code") != filled("error"))
}

/// What goes into the composer: words and line breaks, nothing that hides or turns what follows.
fn text(url: &Url) -> Option<String> {
    let mut pairs = url.query_pairs();
    let (key, text) = pairs.next()?;
    let text = text.replace("\r\n", "\n");
    let fits = key == "text" && pairs.next().is_none() && text.chars().count() <= LONGEST_TEXT;
    let plain =
        !text.chars().any(|c| (c.is_control() && c != '\n') || is_hidden(c) || c == char::REPLACEMENT_CHARACTER);
    (fits && plain && !text.trim().is_empty()).then_some(text)
}

/// Marks that change the direction of what follows, and letters without width or picture.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests;
