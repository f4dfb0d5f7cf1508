//! What the page says, in the language of the person. Each message of `locales/en` is here as a function in the module of its
//! file: `say::today::title()`, `say::frame::need_you(3)`, and with several arguments `say::frame::Late { late, open }.text()`.
//! `build.rs` makes them, and fails where another language says less, more, or asks for something else.
//!
//! The language is fixed for the life of the page, so words are plain text and no signals.

#[cfg(test)]
mod hard_coded;
mod load;
#[cfg(test)]
#[path = "../build/messages.rs"]
mod messages;
mod pseudo;
#[cfg(test)]
mod tests;
mod tongue;
mod words;

use std::cell::Cell;

pub use load::{is_another, load, start_anew};
pub use tongue::Tongue;

use self::words::{Value, Words};

include!(concat!(env!("OUT_DIR"), "/say.rs"));

thread_local! {
    static SPOKEN: Cell<Option<&'static Words>> = const { Cell::new(None) };
}

/// From here on, the page speaks this language; `text` is all of its messages (all of English for the pseudo-locale).
pub fn speak(tongue: Tongue, text: &str) {
    // Kept as long as the page, so that most of what it says is handed out as it stands.
    SPOKEN.set(Some(Box::leak(Box::new(Words::of(tongue, text)))));
}

/// What is spoken. Tests on the host speak English; a page without words says the ids of its messages.
fn spoken() -> Option<&'static Words> {
    #[cfg(not(target_arch = "wasm32"))]
    if SPOKEN.get().is_none() {
        speak(Tongue::English, include_str!(concat!(env!("OUT_DIR"), "/en.ftl")));
    }
    SPOKEN.get()
}

/// The language that is spoken.
#[must_use]
pub fn tongue() -> Tongue {
    spoken().map_or(Tongue::English, |words| words.tongue)
}

fn plain(id: &'static str) -> &'static str {
    spoken().map_or(id, |words| words.plain(id))
}

fn tell(id: &str, arguments: &[(&'static str, Value<'_>)]) -> String {
    spoken().map_or_else(|| id.to_owned(), |words| words.tell(id, arguments))
}

/// What stands before and after the one argument of a message, for a message with something drawn in its middle.
pub(crate) fn around(message: impl FnOnce(&'static str) -> String) -> (String, String) {
    const MIDDLE: &str = "\u{1}";
    let whole = message(MIDDLE);
    whole.split_once(MIDDLE).map_or_else(|| (whole.clone(), String::new()), |(a, b)| (a.to_owned(), b.to_owned()))
}

/// A message without arguments that is said later: a constant holds this, and no words.
pub(crate) type Phrase = fn() -> &'static str;

/// A number with a mark between its thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grouped(pub(crate) u64);

impl Said for Grouped {
    #[allow(clippy::cast_precision_loss, reason = "nobody reads the sixteenth digit")]
    fn said(&self) -> Value<'_> {
        Value::Grouped(self.0 as f64)
    }
}

impl Count for Grouped {}

/// What can stand in a message.
pub(crate) trait Said {
    /// As the message takes it.
    fn said(&self) -> Value<'_>;
}

/// A number that a plural can depend on.
pub(crate) trait Count: Said {
    /// As the message takes it.
    fn count(&self) -> Value<'_> {
        self.said()
    }
}

impl<T: Said + ?Sized> Said for &T {
    fn said(&self) -> Value<'_> {
        (**self).said()
    }
}

impl<T: Count + ?Sized> Count for &T {}

impl Said for str {
    fn said(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Said for String {
    fn said(&self) -> Value<'_> {
        Value::Text(self)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Said for $number {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "nobody reads the sixteenth digit")]
            fn said(&self) -> Value<'_> {
                Value::Number(*self as f64)
            }
        }
        impl Count for $number {}
    )*};
}

numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 f64);
