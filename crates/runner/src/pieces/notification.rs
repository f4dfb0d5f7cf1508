//! Notifications on this machine.

use std::sync::Arc;

use async_trait::async_trait;
use flow::piece::PieceMetadata;
use serde_json::json;

use super::describe::{action, categories, long, named, piece, text};
use crate::{Call, Delivery, Failure, Key, Map, Piece, Reply};

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// In one line.
    pub title: String,
    /// More about it.
    pub body: String,
    /// Where it leads; nowhere if it is empty.
    pub link: String,
}

/// Shows notifications.
#[async_trait]
pub trait Notices: Send + Sync {
    /// Shows one. What was shown under this key is not shown again.
    ///
    /// # Errors
    /// Why it cannot be shown, as a sentence.
    async fn show(&self, note: Note, key: &Key) -> Result<(), String>;
}

pub(super) struct Notification {
    pub(super) notices: Arc<dyn Notices>,
}

#[async_trait]
impl Piece for Notification {
    fn describe(&self) -> PieceMetadata {
        let show = action(
            "show",
            "Show a notification",
            "Shows a notification on this machine.",
            vec![
                text("title", "Title").required(),
                long("body", "Text"),
                text("link", "Opens").says("An address, or an item of Basecamp."),
            ],
        );
        PieceMetadata {
            actions: named(vec![show]),
            categories: categories(&["CORE", "COMMUNICATION"]),
            ..piece("@pmos/piece-notification", "0.1.0", "Notification", "Tells you on this machine")
        }
    }

    fn delivery(&self, _: &str, _: &Map) -> Delivery {
        Delivery::Keyed
    }

    async fn run(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let note = Note { title: call.text("title"), body: call.text("body"), link: call.text("link") };
        self.notices.show(note, call.key).await.map_err(Failure::new)?;
        Ok(Reply::Done(json!({ "shown": true })))
    }
}
