//! The pseudo-locale: English that is still read, with accents, 40 % longer and in brackets. Text without accents does not
//! come from the messages; text without its last bracket is cut.

use std::borrow::Cow;

/// So many letters of five are said twice.
const MORE: usize = 2;

/// A piece of a message. Spaces at its ends stay there, since an argument may follow.
pub(super) fn changed(text: &str) -> Cow<'_, str> {
    let mut made = String::with_capacity(text.len() * 2);
    let mut owed = 0;
    for letter in text.trim_end().chars() {
        let accented = accented(letter);
        made.push(accented);
        if letter.is_alphabetic() {
            owed += MORE;
        }
        while owed >= 5 && "aeiouAEIOU".contains(letter) {
            made.extend(accented.to_lowercase());
            owed -= 5;
        }
    }
    // What had no vowel to be said on.
    made.extend(std::iter::repeat_n('·', (owed + MORE) / 5));
    made.push_str(&text[text.trim_end().len()..]);
    Cow::Owned(made)
}

/// A whole message.
pub(super) fn bracketed(text: &str) -> String {
    format!("[{text}]")
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "aceghiklnorstuwyzACEGHIKLNORSTUWYZ";
    const ACCENTED: &str = "àçéğĥîķļñôŕšţûŵýžÀÇÉĞĤÎĶĻÑÔŔŠŢÛŴÝŽ";
    PLAIN.chars().zip(ACCENTED.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, accented)| accented)
}
