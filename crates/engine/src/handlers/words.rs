//! Names and short sentences that people give: what they may hold, and how words of others are repeated.

#[cfg(test)]
mod tests;

use contract::Fault;

/// True of what cannot be seen and changes how the rest is read: controls, marks that turn words around, and letters without
/// width. What joins letters in scripts and signs that need it is none of them.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{200b}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// A name or a sentence as it is kept: 1 to `most` characters on one line, every one of which can be seen. `what` begins the
/// sentence that says so.
///
/// # Errors
/// `Invalid` for `field`.
pub(crate) fn name<'a>(field: &str, what: &str, text: &'a str, most: usize) -> Result<&'a str, Fault> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most {
        return Err(Fault::invalid(field, format!("{what} has 1 to {most} characters.")));
    }
    if text.chars().any(is_unseen) {
        let message = format!("{what} stands on one line and has no characters that cannot be seen. Type it anew.");
        return Err(Fault::invalid(field, message));
    }
    Ok(text)
}

/// Words of others for the middle of a sentence: on one line, at most so many characters, and nothing that cannot be seen.
pub(crate) fn plain(text: &str, most: usize) -> String {
    let shown = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    let mut shown = shown.filter(|letter| !is_unseen(*letter));
    let mut plain: String = shown.by_ref().take(most).collect();
    if shown.next().is_some() {
        plain.push('…');
    }
    plain
}

/// What somebody typed, for the message that says what is wrong with it.
pub(crate) fn repeated(text: &str) -> String {
    plain(text, 60)
}
