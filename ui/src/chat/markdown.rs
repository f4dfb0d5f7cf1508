//! The assistant's Markdown, shown safely: no raw HTML, no images from elsewhere, and links that say where they lead.

pub mod clean;
pub mod parse;
pub mod split;
pub mod target;
mod view;

pub use clean::shown;
pub use view::{BlockView, Markdown, OpenOutside};

#[cfg(test)]
mod tests;
