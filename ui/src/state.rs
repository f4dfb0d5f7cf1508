//! What the page knows: a small `Copy` context per concern, provided once by the app and taken by whoever needs it.

mod app;
mod changes;
pub mod chat;
mod command;
mod derived;
mod drawer;
mod names;
mod news;
mod query;
mod route;
mod session;
pub mod setup;
mod sync;
mod theme;
mod toasts;

pub use app::provide_app;
pub use changes::Changes;
pub use chat::ChatState;
pub use command::{Act, HasSet, use_command};
pub use derived::{effect, memo};
pub use drawer::{Drawer, Overlays};
pub use names::Names;
pub use news::News;
pub use query::{Query, use_query};
pub use route::{Route, Router, Tab};
pub use session::Session;
pub use setup::SetupState;
pub use sync::SyncState;
pub use theme::ThemeState;
pub use toasts::{Toast, Toasts, Tone};

#[cfg(test)]
mod tests;
