//! Numbers as people read them.

use crate::say;

/// “12,345”.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let lead = digits.len() % 3;
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at != 0 && at % 3 == lead {
            text.push(say::tongue().thousands());
        }
        text.push(digit);
    }
    text
}

/// “1 project”, “3 projects”: English, for folders that do not speak through `say` yet.
#[must_use]
pub fn counted(number: u64, one: &str) -> String {
    format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" })
}
