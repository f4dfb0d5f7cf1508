//! The forms that cross the door, as text. Pure.

use contract::{Code, Fault};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::say;

/// Reads the desktop's answer: the reply's JSON text, or the fault.
///
/// # Errors
/// The fault inside, or [`Code::Internal`] when the envelope cannot be read.
pub fn read_envelope(text: &str) -> Result<String, Fault> {
    match serde_json::from_str::<Result<Box<RawValue>, Fault>>(text) {
        Ok(answer) => answer.map(|reply| reply.get().to_owned()),
        Err(why) => Err(unreadable(&why)),
    }
}

/// Reads a reply.
///
/// # Errors
/// [`Code::Internal`] when it is not what the command promises.
pub fn read_reply<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|why| unreadable(&why))
}

/// Reads the fault of a refused HTTP request; anything else becomes a sentence with the status.
#[must_use]
pub fn read_fault(status: u16, text: &str) -> Fault {
    serde_json::from_str(text).unwrap_or_else(|_| {
        let code = if status == 401 || status == 403 { Code::Forbidden } else { Code::Internal };
        Fault::new(code, say::state::refused(status))
    })
}

/// The token in an address's fragment, such as `#token=…`.
#[must_use]
pub fn token_of_fragment(fragment: &str) -> Option<&str> {
    fragment
        .trim_start_matches('#')
        .split('&')
        .find_map(|part| part.strip_prefix("token="))
        .filter(|token| !token.is_empty())
}

fn unreadable(why: &serde_json::Error) -> Fault {
    Fault::new(Code::Internal, say::state::unreadable(why.to_string()))
}

#[cfg(test)]
mod tests;
