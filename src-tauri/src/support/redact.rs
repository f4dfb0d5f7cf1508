//! Takes out of a text what is nobody else's business: by its looks, since a log is anything. It rather takes too much.

use std::path::PathBuf;

const REMOVED: &str = "<removed>";
/// Letters and digits without a break: from here on it is a key and no word.
const RUN: usize = 16;
/// The same with dashes, dots and the like in it.
const PIECE: usize = 32;

/// What is taken out besides what every text loses.
pub(crate) struct Redaction {
    home: Option<String>,
}

impl Redaction {
    pub(crate) fn new(home: Option<PathBuf>) -> Self {
        // A home of one character, as of a system's own account, would be found everywhere.
        Self { home: home.map(|home| home.display().to_string()).filter(|home| home.len() > 1) }
    }

    pub(crate) fn of(&self, text: &str) -> String {
        let text = match &self.home {
            Some(home) => text.replace(home, "~"),
            None => text.to_owned(),
        };
        let mut out = String::with_capacity(text.len());
        let mut piece = String::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if is_part(letter) {
                piece.push(letter);
                continue;
            }
            out.push_str(&judged(&piece));
            piece.clear();
            out.push(letter);
            let until: Option<fn(char) -> bool> = match letter {
                // Texts of people stand in these.
                '“' => Some(|letter| letter == '”' || letter == '\n'),
                // The question of a link.
                '?' if letters.peek().is_some_and(|next| is_part(*next)) => Some(char::is_whitespace),
                _ => None,
            };
            if let Some(until) = until {
                out.push_str(REMOVED);
                while letters.next_if(|letter| !until(*letter)).is_some() {}
            }
        }
        out.push_str(&judged(&piece));
        out
    }
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || "-_.+~@%".contains(letter)
}

fn judged(piece: &str) -> String {
    if piece.split_once('@').is_some_and(|(before, after)| !before.is_empty() && !after.is_empty()) {
        return "<address>".to_owned();
    }
    let mixed = |text: &str| text.chars().any(char::is_alphabetic) && text.chars().any(char::is_numeric);
    let is_key = |text: &str, least: usize| text.chars().count() >= least && mixed(text);
    let runs = piece.split(|letter: char| !letter.is_alphanumeric());
    if is_key(piece, PIECE) || runs.into_iter().any(|run| is_key(run, RUN)) {
        return REMOVED.to_owned();
    }
    piece.to_owned()
}
