//! What lies over the screen: the item drawer, the palette, the cheat sheet, the chat.

use contract::RecordingId;
use leptos::prelude::*;

use super::{ChatState, Route, Router};

/// The item drawer.
#[derive(Clone, Copy)]
pub struct Drawer {
    /// The item on show.
    pub item: RwSignal<Option<RecordingId>>,
    /// The items of the list that it was opened from, in order, so that one can go on to the next.
    pub list: RwSignal<Vec<RecordingId>>,
    /// The title of the item that was shown last, once it is known.
    pub title: RwSignal<Option<(RecordingId, String)>>,
}

impl Drawer {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let drawer = Self { item: RwSignal::new(None), list: RwSignal::new(Vec::new()), title: RwSignal::new(None) };
        provide_context(drawer);
        drawer
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// Shows an item.
    pub fn open(self, item: RecordingId) {
        self.open_in(item, Vec::new());
    }
    /// Shows an item of a list: Up and Down go on to its neighbours.
    pub fn open_in(self, item: RecordingId, list: Vec<RecordingId>) {
        self.list.set(list);
        self.item.set(Some(item));
    }
    /// Shows none.
    pub fn close(self) {
        self.item.set(None);
    }
}

/// What else can be opened from anywhere.
#[derive(Clone, Copy)]
pub struct Overlays {
    /// Search and palette, Ctrl or Cmd and K.
    pub palette: RwSignal<bool>,
    /// The sheet of keys, `?`.
    pub keys: RwSignal<bool>,
    /// The chat's place on the right, Ctrl or Cmd and J.
    pub chat: RwSignal<bool>,
}

impl Overlays {
    /// Makes it known to everything below.
    pub fn provide() -> Self {
        let overlays =
            Self { palette: RwSignal::new(false), keys: RwSignal::new(false), chat: RwSignal::new(has_room()) };
        // Where there is no room beside the screen, the chat's place waits until it is asked for.
        let resized = window_event_listener(leptos::ev::resize, move |_| {
            if !has_room() && overlays.chat.get_untracked() {
                overlays.chat.set(false);
            }
        });
        on_cleanup(move || resized.remove());
        provide_context(overlays);
        overlays
    }
    /// Takes it from the context.
    #[track_caller]
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }
    /// The chat stands beside the screen: it is open, and not itself the screen. Tracks.
    #[must_use]
    pub fn chat_beside(self, router: Router) -> bool {
        self.chat.get() && !matches!(router.route.get(), Route::Chat(_))
    }
    /// Shows a conversation that waits for a decision: the open one first, if it waits itself.
    pub fn show_waiting(self, chat: ChatState, router: Router) {
        let waiting = untrack(|| chat.waiting());
        let open = chat.open.get_untracked();
        let next = waiting.iter().copied().find(|id| Some(*id) == open).or(waiting.first().copied());
        if next.is_some() {
            chat.show(next);
        }
        if !matches!(router.route.get_untracked(), Route::Chat(_)) {
            self.chat.set(true);
        }
        chat.card_wanted.set(true);
    }
    /// Shows the chat and puts the keyboard into its field.
    pub fn show_chat(self, chat: ChatState) {
        self.chat.set(true);
        chat.field.focus();
    }
}

/// The window is wide enough for a screen and the chat's place beside it; 1180 is where frame.css lays it over the screen.
fn has_room() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_none_or(|width| width > 1_180.0)
}
