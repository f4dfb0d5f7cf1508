//! What commands answer: shapes made for reading, not for keeping.

mod data;
mod history;
mod integration;
mod items;
mod setup;
mod sync;
mod wishes;

pub use data::*;
pub use history::*;
pub use integration::*;
pub use items::*;
pub use setup::*;
pub use sync::*;
pub use wishes::*;
