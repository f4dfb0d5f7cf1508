//! What commands answer: shapes made for reading, not for keeping.

mod history;
mod items;
mod setup;
mod sync;

pub use history::*;
pub use items::*;
pub use setup::*;
pub use sync::*;
