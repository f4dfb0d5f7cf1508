//! The browser's clock. Nothing else in the page asks for the time.

use jiff::Timestamp;

/// This instant.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}
