//! What screens read. Everything is read at once and as it was committed last; nothing here writes.

mod boards;
mod counts;
mod days;
mod detail;
mod facts;
mod items;
mod overview;
mod picks;
mod rows;
mod tasks;
mod texts;
mod today;
mod todos;

pub use days::Days;
pub use detail::RawDetail;
pub use picks::Picks;
pub(crate) use rows::{row, row_columns, rows};
pub use texts::{ItemText, TextsWith};
