//! Carries out what is typed behind a stroke.

use contract::commands::{Remember, Undo};
use contract::{TurnStage, Undone};
use leptos::prelude::*;

use super::slash::{Slash, format_of};
use crate::chat::deeds::Deeds;
use crate::chat::head::{ModelList, label_of};
use crate::say;
use crate::state::{Act, ChatState, Route, Router, Toasts, effect, use_command};

/// Carries commands out.
#[derive(Clone, Copy)]
pub(super) struct Commands {
    chat: ChatState,
    deeds: Deeds,
    models: ModelList,
    toasts: Toasts,
    router: Router,
    undo: Act<Undo>,
    remember: Act<Remember>,
}

impl Commands {
    /// Those of the conversation on show. Listens to what the palette asks for.
    pub(super) fn here() -> Self {
        let commands = Self {
            chat: ChatState::expect(),
            deeds: Deeds::expect(),
            models: ModelList::expect(),
            toasts: Toasts::expect(),
            router: Router::expect(),
            undo: use_command(),
            remember: use_command(),
        };
        let chat = commands.chat;
        effect(move || {
            let Some(word) = chat.asked.get() else { return };
            chat.asked.set(None);
            let Some(slash) = Slash::ALL.into_iter().find(|slash| slash.word() == word) else { return };
            if !slash.takes_words() {
                commands.run(slash, "");
            } else if chat.field.text.with_untracked(|text| text.trim().is_empty()) {
                chat.field.set(format!("/{word} "));
            }
            chat.field.focus();
        });
        commands
    }

    /// Carries one out. False when something is missing: then the field stays, and says what.
    pub(super) fn run(self, slash: Slash, words: &str) -> bool {
        let open = self.chat.open.get_untracked();
        let missing = |sentence: &str| {
            self.chat.field.wrong.set(sentence.to_owned());
            false
        };
        match slash {
            Slash::New => Deeds::begin(self.chat),
            Slash::Model => return self.model(words),
            Slash::Undo => self.take_back(),
            Slash::Stop => {
                if untrack(|| self.chat.stage()) == TurnStage::Idle {
                    self.toasts.note(say::chat::nothing_runs());
                } else {
                    self.chat.stop_turn();
                }
            }
            Slash::Export => match open {
                Some(id) => self.deeds.export(id, format_of(words)),
                None => return missing(say::chat::nothing_to_export()),
            },
            Slash::Remember if words.is_empty() => {
                return missing(say::chat::remember_what());
            }
            Slash::Remember => {
                let (toasts, field) = (self.toasts, self.chat.field);
                let text = words.to_owned();
                self.remember.run_then(Remember { text }, move |_| {
                    toasts.note(say::chat::remembered());
                    field.wrong.set(String::new());
                });
            }
            Slash::Rename => match open {
                Some(id) if !words.is_empty() => self.deeds.rename(id, words.to_owned()),
                Some(_) => return missing(say::chat::rename_to_what()),
                None => return missing(say::chat::no_title_yet()),
            },
            Slash::Archive => match open {
                Some(id) => self.deeds.archive(id, true),
                None => return missing(say::chat::nothing_to_archive()),
            },
            Slash::ClearDraft => {}
            Slash::Help => self.chat.say(say::chat::try_abilities().into(), Vec::new()),
        }
        true
    }

    fn model(self, words: &str) -> bool {
        let (found, all) = self.models.0.value.with_untracked(|models| {
            let models = models.iter().flat_map(|models| &models.models);
            let named: Vec<_> = models.map(|model| (model.id, label_of(model))).collect();
            let wanted = words.to_lowercase();
            let exact = named.iter().find(|(_, label)| label.to_lowercase() == wanted);
            let near = named.iter().find(|(_, label)| !wanted.is_empty() && label.to_lowercase().contains(&wanted));
            let all = named.iter().map(|(_, label)| label.as_str()).collect::<Vec<_>>().join(", ");
            (exact.or(near).cloned(), all)
        });
        match found {
            Some((id, label)) => {
                self.deeds.choose_model(id, label);
                true
            }
            None => {
                self.chat.field.wrong.set(say::chat::which_of_models(all));
                false
            }
        }
    }

    /// Takes back the last thing that the assistant changed in this conversation.
    fn take_back(self) {
        let set = self.chat.peek(|view| {
            let changed = view.calls.iter().filter(|call| !call.sets.is_empty());
            changed.max_by_key(|call| (call.ended_at, call.call.id)).and_then(|call| call.sets.last().copied())
        });
        let Some(set) = set.flatten() else {
            self.toasts.note(say::chat::nothing_changed());
            return;
        };
        let (toasts, router) = (self.toasts, self.router);
        self.undo.run_then(Undo { set: Some(set), choice: None }, move |answer| match answer {
            Undone::Done { summary, .. } => toasts.note(summary),
            Undone::Moved { .. } => {
                toasts.note(say::parts::changed_since());
                router.go(Route::History);
            }
        });
    }
}
