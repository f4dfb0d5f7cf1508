//! The conversations that are not open: where they stand, and which of them wait.

use contract::{ChatEvent, ConversationId, Tag, TurnStage};
use leptos::prelude::*;

use super::ChatState;

impl ChatState {
    /// Conversations that wait for a person, in the order of the list. Tracks.
    #[must_use]
    pub fn waiting(self) -> Vec<ConversationId> {
        self.list.value.with(|list| {
            let all = list.iter().flatten().filter(|one| one.stage == TurnStage::Waiting);
            all.map(|one| one.id).collect()
        })
    }

    /// A conversation in the list stands elsewhere now; one that is not in it makes the list be read.
    pub(super) fn list_hears(self, event: &ChatEvent) {
        let ChatEvent::Stage { conversation, .. } = event else { return };
        let known = self.list.value.with_untracked(|list| {
            let known = list.iter().flatten().find(|one| one.id == conversation.id);
            known.map(|one| (one == conversation, one.stage))
        });
        let before = known.map_or(TurnStage::Idle, |(_, stage)| stage);
        if let Some(news) = self.news {
            news.take_in(before, conversation, self.open.get_untracked() == Some(conversation.id));
        }
        match known.map(|(same, _)| same) {
            Some(true) => {}
            Some(false) if !conversation.archived => self.list.value.update(|list| {
                if let Some(one) = list.iter_mut().flatten().find(|one| one.id == conversation.id) {
                    one.clone_from(conversation);
                }
            }),
            Some(false) | None => self.changes.touch(&[Tag::Conversations]),
        }
    }
}
