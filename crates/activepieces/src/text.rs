//! A server's own words, made fit to be shown.

/// The most that is shown, in characters.
const LONGEST: usize = 240;

/// One short line, with whatever looks like a token removed; `None` when nothing is left, or when it is data and not words.
pub(crate) fn shown(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with(['<', '{', '[']) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().map(|word| if is_like_a_token(word) { "…" } else { word }).collect();
    let mut line = words.join(" ");
    if line.chars().count() > LONGEST {
        line = line.chars().take(LONGEST - 1).collect();
        line.push('…');
    }
    line.chars().any(char::is_alphanumeric).then(|| line.trim_end_matches('.').to_owned())
}

/// A JWT, a key, or one very long run of letters and digits. Ids of the server have 21 and are no secret.
pub(crate) fn is_like_a_token(word: &str) -> bool {
    let begins = ["eyJ", "sk-", "sk_", "Bearer"];
    let run = |part: &str| part.len() > 24 && part.contains(|c: char| c.is_ascii_digit());
    begins.iter().any(|begin| word.contains(begin)) && word.len() > 8
        || word.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').any(run)
}
