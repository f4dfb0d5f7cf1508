//! News of conversations that are not on the screen: what is said of them, and when, as the person chose in the settings. The
//! chip in the bar shows at any time how many wait; what is told here is only that something came.

use std::time::Duration;

use contract::{Conversation, ConversationId, Hours, Notify, TurnStage};
use jiff::{SignedDuration, Zoned};
use leptos::prelude::*;

use super::{Overlays, Route, Router, Session, Toasts};
use crate::{clock, say};

/// So long lies between two tellings, where the person wants a few at a time.
const BATCH: SignedDuration = SignedDuration::from_mins(15);
/// How often it is looked whether something is to be told.
const LOOK: Duration = Duration::from_secs(30);

/// What came of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// It waits for a decision.
    Waits,
    /// It has answered.
    Answered,
}

/// What is not told yet, the last of each conversation, oldest first.
#[derive(Debug, Clone, Default)]
struct Pile(Vec<(ConversationId, String, Came)>);

impl Pile {
    /// Takes in that a conversation stands elsewhere now. What waited and was decided elsewhere is no news any more.
    fn take_in(&mut self, before: TurnStage, now: &Conversation, on_show: bool) {
        self.0.retain(|(id, ..)| *id != now.id);
        let came = match (before, now.stage) {
            (TurnStage::Idle | TurnStage::Thinking | TurnStage::Working, TurnStage::Waiting) => Came::Waits,
            (TurnStage::Thinking | TurnStage::Working, TurnStage::Idle) => Came::Answered,
            (_, TurnStage::Idle | TurnStage::Thinking | TurnStage::Working | TurnStage::Waiting) => return,
        };
        if !on_show {
            self.0.push((now.id, now.title.clone(), came));
        }
    }

    /// All of it in a sentence or two, and nothing of it is left.
    fn told(&mut self) -> Option<String> {
        let pile = std::mem::take(&mut self.0);
        let of =
            |wanted: Came| pile.iter().filter(move |(_, _, came)| *came == wanted).map(|(_, title, _)| title.as_str());
        let sentence = |came: Came, one: fn(&str) -> String, many: fn(usize) -> String| {
            let titles: Vec<&str> = of(came).collect();
            match titles.as_slice() {
                [] => None,
                [title] => Some(one(title)),
                titles => Some(many(titles.len())),
            }
        };
        let waits = sentence(Came::Waits, |title| say::state::waits(title), say::state::many_wait);
        let answered = sentence(Came::Answered, |title| say::state::answered(title), say::state::many_answered);
        let told: Vec<String> = [waits, answered].into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join(" "))
    }
}

/// Whether what came is told now. `last` is when something was told, or when the app was opened.
fn is_due(style: Notify, hours: Hours, now: &Zoned, last: &Zoned) -> bool {
    match style {
        Notify::Immediate => true,
        Notify::Batched => now.duration_since(last) >= BATCH,
        // Once work has begun on a day on which nothing was told since it began.
        Notify::Digest => now
            .date()
            .to_datetime(hours.from)
            .to_zoned(now.time_zone().clone())
            .is_ok_and(|begins| *now >= begins && *last < begins),
    }
}

/// What came of conversations that are not on the screen.
#[derive(Clone, Copy)]
pub struct News {
    pile: StoredValue<Pile>,
    last: StoredValue<jiff::Timestamp>,
    session: Session,
    toasts: Toasts,
    router: Router,
    overlays: Overlays,
}

impl News {
    /// Begins to look, and makes it known to the chat. Needs [`Session`], [`Toasts`], [`Router`] and [`Overlays`].
    pub fn provide() {
        let news = Self {
            pile: StoredValue::new(Pile::default()),
            last: StoredValue::new(clock::now()),
            session: Session::expect(),
            toasts: Toasts::expect(),
            router: Router::expect(),
            overlays: Overlays::expect(),
        };
        let looking = set_interval_with_handle(move || news.look(), LOOK);
        on_cleanup(move || {
            if let Ok(looking) = looking {
                looking.clear();
            }
        });
        provide_context(news);
    }

    /// A conversation stands elsewhere now. `is_open`: it is the one that the chat shows, where the chat itself is in view.
    pub fn take_in(self, before: TurnStage, now: &Conversation, is_open: bool) {
        let in_view = self.overlays.chat.get_untracked() || matches!(self.router.route.get_untracked(), Route::Chat(_));
        let on_show = is_open && in_view;
        self.pile.try_update_value(|pile| pile.take_in(before, now, on_show));
        self.look();
    }

    fn look(self) {
        let chosen = self.session.status.try_with_untracked(|status| {
            status.as_ref().map(|status| (status.settings.notify, status.settings.working_hours))
        });
        let (Some(Some((style, hours))), Some(last)) = (chosen, self.last.try_get_value()) else { return };
        let zone = untrack(|| self.session.zone());
        let now = clock::now();
        if !is_due(style, hours, &now.to_zoned(zone.clone()), &last.to_zoned(zone)) {
            return;
        }
        if let Some(words) = self.pile.try_update_value(Pile::told).flatten() {
            self.last.set_value(now);
            self.toasts.note(words);
        }
    }
}

#[cfg(test)]
mod tests;
