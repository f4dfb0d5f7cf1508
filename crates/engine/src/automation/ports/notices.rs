//! Notifications: told to every window of the workspace, once for each key.

use async_trait::async_trait;
use contract::FeedBody;
use runner::Key;
use runner::pieces::{Note, Notices};
use url::Url;

use super::Around;
use crate::handlers::words::{plain, repeated};

/// Longer ones are cut, in characters.
const TITLE: usize = 200;
const BODY: usize = 1_000;

#[async_trait]
impl Notices for Around {
    async fn show(&self, note: Note, key: &Key) -> Result<(), String> {
        let link = link(&note.link)?;
        let (engine, desk) = self.desk().await?;
        if desk.store.done(key.as_str()).await.map_err(|why| why.to_string())?.is_some() {
            return Ok(());
        }
        let (title, body) = (plain(note.title.trim(), TITLE), plain(note.body.trim(), BODY));
        // Told before it is noted: a crash in between takes the windows with it, and it is told again.
        engine.0.feed.publish(Some(self.workspace), FeedBody::Notification { title, body, link });
        desk.store.note_done(key.as_str(), "null").await.map_err(|why| why.to_string())
    }
}

/// Where it leads: an address that a browser may open, or an item's number.
fn link(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let is_item = text.parse::<contract::RecordingId>().is_ok();
    let is_address = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    match is_item || is_address {
        true => Ok(Some(text.to_owned())),
        false => Err(format!("“{}” is neither an address nor an item. Correct the step.", repeated(text))),
    }
}
