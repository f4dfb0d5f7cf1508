//! Ids and moments as the server writes them.

use jiff::Timestamp;

use crate::dice::Dice;

const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The length of every id.
const LENGTH: usize = 21;

/// A fresh id.
pub(crate) fn fresh(dice: &mut Dice) -> String {
    (0..LENGTH).filter_map(|_| dice.pick(LETTERS).copied().map(char::from)).collect()
}

/// Whether a text has the form of an id.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A moment, with milliseconds and a Z.
pub(crate) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
