//! Commands that are typed: `/new`, `/model`, `/export json`. Pure.

use contract::ExportFormat;

use crate::say;

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slash {
    /// A new conversation.
    New,
    /// Another model.
    Model,
    /// Takes back what the assistant did last.
    Undo,
    /// Stops the turn.
    Stop,
    /// Writes the conversation out.
    Export,
    /// Remembers something.
    Remember,
    /// Another title.
    Rename,
    /// Puts the conversation away.
    Archive,
    /// Empties the field.
    ClearDraft,
    /// Tells what can be typed.
    Help,
}

impl Slash {
    /// Every command, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::New,
        Self::Model,
        Self::Undo,
        Self::Stop,
        Self::Remember,
        Self::Rename,
        Self::Export,
        Self::Archive,
        Self::ClearDraft,
        Self::Help,
    ];

    /// What is typed, without the stroke.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Model => "model",
            Self::Undo => "undo",
            Self::Stop => "stop",
            Self::Export => "export",
            Self::Remember => "remember",
            Self::Rename => "rename",
            Self::Archive => "archive",
            Self::ClearDraft => "clear-draft",
            Self::Help => "help",
        }
    }

    /// What it does, in a few words.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::New => say::chat::slash_new(),
            Self::Model => say::chat::slash_model(),
            Self::Undo => say::chat::slash_undo(),
            Self::Stop => say::chat::slash_stop(),
            Self::Export => say::chat::slash_export(),
            Self::Remember => say::chat::slash_remember(),
            Self::Rename => say::chat::slash_rename(),
            Self::Archive => say::chat::slash_archive(),
            Self::ClearDraft => say::chat::slash_clear_draft(),
            Self::Help => say::chat::slash_help(),
        }
    }

    /// It needs words behind it.
    #[must_use]
    pub fn takes_words(self) -> bool {
        match self {
            Self::Model | Self::Remember | Self::Rename => true,
            Self::New | Self::Undo | Self::Stop | Self::Export | Self::Archive | Self::ClearDraft | Self::Help => false,
        }
    }
}

/// The command in a text, with the words behind it. A stroke before anything else is a text like any other: a path, a date.
#[must_use]
pub fn command(text: &str) -> Option<(Slash, &str)> {
    let rest = text.trim().strip_prefix('/')?;
    let (word, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let slash = Slash::ALL.into_iter().find(|slash| slash.word().eq_ignore_ascii_case(word))?;
    let fits = words.trim().is_empty() || slash.takes_words() || slash == Slash::Export;
    fits.then(|| (slash, words.trim()))
}

/// The commands that may be meant while one is typed; none once the word is over.
#[must_use]
pub fn offers(text: &str) -> Vec<Slash> {
    let Some(typed) = text.strip_prefix('/') else { return Vec::new() };
    if typed.contains(char::is_whitespace) {
        return Vec::new();
    }
    let typed = typed.to_lowercase();
    Slash::ALL.into_iter().filter(|slash| slash.word().starts_with(&typed)).collect()
}

/// The form that a word names; Markdown when it names none.
#[must_use]
pub fn format_of(words: &str) -> ExportFormat {
    if words.eq_ignore_ascii_case("json") { ExportFormat::Json } else { ExportFormat::Markdown }
}

#[cfg(test)]
mod tests;
