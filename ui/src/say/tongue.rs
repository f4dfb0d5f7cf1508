//! The languages that the page speaks, and which of them is meant.

use contract::Language;

/// A language that the page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English, which is complete before all others.
    English,
    /// German.
    German,
    /// English, changed so that one sees what is not said through the messages.
    Pseudo,
}

impl Tongue {
    /// The one that a person wishes, on a system that speaks `system`, a tag such as `de-AT`.
    #[must_use]
    pub fn of(wish: Language, system: &str) -> Self {
        match wish {
            Language::System => Self::of_tag(system),
            Language::English => Self::English,
            Language::German => Self::German,
            Language::Pseudo => Self::Pseudo,
        }
    }
    /// The one that a tag names; English for all that is not spoken here.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        let is = |known: &str| tag.eq_ignore_ascii_case(known);
        if is(Self::Pseudo.tag()) {
            Self::Pseudo
        } else if tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case("de")) {
            Self::German
        } else {
            Self::English
        }
    }
    /// Its tag, for the document.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Pseudo => "en-x-pseudo",
        }
    }
    /// What stands between the thousands.
    #[must_use]
    pub fn thousands(self) -> char {
        match self {
            Self::English | Self::Pseudo => ',',
            Self::German => '.',
        }
    }
    /// What stands before the tenths.
    #[must_use]
    pub fn decimal(self) -> char {
        match self {
            Self::English | Self::Pseudo => '.',
            Self::German => ',',
        }
    }
    /// Whose plurals it has.
    pub(super) fn plurals(self) -> &'static str {
        match self {
            Self::English | Self::Pseudo => "en",
            Self::German => "de",
        }
    }
}
