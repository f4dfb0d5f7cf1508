//! What the shell asks of its pages: sent at once, or kept until the page is there to hear it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use contract::Wish;
use tauri::ipc::Channel;

/// More than these do not wait for a page; the oldest go.
const KEPT: usize = 8;

/// The pages' ears, by their windows.
#[derive(Default)]
pub(crate) struct Wishes(Mutex<HashMap<String, Ear>>);

#[derive(Default)]
struct Ear {
    channel: Option<Channel<Wish>>,
    waiting: Vec<Wish>,
}

impl Wishes {
    /// A page listens from here on, in the place of an earlier one of its window.
    pub(crate) fn hear(&self, window: &str, channel: Channel<Wish>) {
        let mut ears = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ear = ears.entry(window.to_owned()).or_default();
        for wish in ear.waiting.drain(..) {
            let _ = channel.send(wish);
        }
        ear.channel = Some(channel);
    }

    /// A window's page begins anew, and does not listen yet.
    pub(crate) fn wait(&self, window: &str) {
        let mut ears = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ear) = ears.get_mut(window) {
            ear.channel = None;
        }
    }

    /// Asks something of a window's page.
    pub(crate) fn ask(&self, window: &str, wish: Wish) {
        let mut ears = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ear = ears.entry(window.to_owned()).or_default();
        let sent = ear.channel.as_ref().is_some_and(|channel| channel.send(wish.clone()).is_ok());
        if !sent {
            ear.waiting.push(wish);
            let over = ear.waiting.len().saturating_sub(KEPT);
            ear.waiting.drain(..over);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;

    fn ear() -> (Channel<Wish>, Arc<Mutex<Vec<String>>>) {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        let channel = Channel::new(move |body| {
            kept.lock().unwrap().push(format!("{body:?}"));
            Ok(())
        });
        (channel, heard)
    }

    #[test]
    fn what_is_asked_before_the_page_is_there_waits_for_it_and_is_heard_once() {
        let wishes = Wishes::default();
        wishes.ask("main", Wish::Approvals);
        let (channel, heard) = ear();
        wishes.hear("main", channel);
        assert_eq!(heard.lock().unwrap().len(), 1);
        wishes.ask("main", Wish::Caret);
        assert_eq!(heard.lock().unwrap().len(), 2);
        let (channel, again) = ear();
        wishes.hear("main", channel);
        assert!(again.lock().unwrap().is_empty());
    }

    #[test]
    fn what_is_asked_while_a_page_begins_anew_waits_for_the_new_one() {
        let wishes = Wishes::default();
        let (old, lost) = ear();
        wishes.hear("quick", old);
        wishes.wait("quick");
        wishes.ask("quick", Wish::Caret);
        let (channel, heard) = ear();
        wishes.hear("quick", channel);
        assert_eq!((lost.lock().unwrap().len(), heard.lock().unwrap().len()), (0, 1));
    }

    #[test]
    fn one_window_never_hears_what_is_asked_of_another() {
        let wishes = Wishes::default();
        wishes.ask("main", Wish::Approvals);
        let (channel, heard) = ear();
        wishes.hear("quick", channel);
        assert!(heard.lock().unwrap().is_empty());
    }

    #[test]
    fn only_so_many_wait() {
        let wishes = Wishes::default();
        (0..KEPT + 3).for_each(|_| wishes.ask("main", Wish::Approvals));
        let (channel, heard) = ear();
        wishes.hear("main", channel);
        assert_eq!(heard.lock().unwrap().len(), KEPT);
    }
}
