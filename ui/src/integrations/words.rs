//! What is said of connections, and which icon and colour they have. Pure.

use contract::{Integration, IntegrationKind, NextAct, Owner, Standing};

use crate::parts::number::counted;
use crate::parts::{Glyph, Tone};

/// What makes a row another one: it is drawn anew when any of it changes.
pub(super) fn identity(one: &Integration) -> impl std::hash::Hash + Eq + use<> {
    (one.key.clone(), one.label.clone(), one.detail.clone(), one.words.clone(), one.last_use)
}

/// “2 need you, 6 work”.
pub(super) fn summary(all: &[Integration]) -> String {
    let bad = all.iter().filter(|one| matches!(one.standing, Standing::Failing | Standing::Locked)).count();
    let good = all.iter().filter(|one| matches!(one.standing, Standing::Works | Standing::Untried)).count();
    match bad {
        0 => format!("{} in order", counted(good as u64, "connection")),
        1 => format!("1 needs you, {good} in order"),
        _ => format!("{bad} need you, {good} in order"),
    }
}

/// The colour of a standing.
pub(super) fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Works => Tone::Good,
        Standing::Untried => Tone::Accent,
        Standing::Locked => Tone::Warn,
        Standing::Failing => Tone::Bad,
        Standing::Absent => Tone::Plain,
    }
}

/// The word of a standing.
pub(super) fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Works => "Works",
        Standing::Untried => "Not tried",
        Standing::Locked => "Locked",
        Standing::Failing => "Needs you",
        Standing::Absent => "Not connected",
    }
}

/// The icon of a kind.
pub(super) fn glyph(kind: IntegrationKind) -> Glyph {
    match kind {
        IntegrationKind::Basecamp => Glyph::Layers,
        IntegrationKind::Automations => Glyph::Zap,
        IntegrationKind::Model => Glyph::Sparkles,
        IntegrationKind::Slack => Glyph::Hash,
        IntegrationKind::Mail => Glyph::Send,
        IntegrationKind::Account => Glyph::Plug,
        IntegrationKind::Secrets => Glyph::KeyRound,
    }
}

/// Whose it is.
pub(super) fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Person => "Yours",
        Owner::Workspace => "The workspace's",
        Owner::App => "Part of the app",
    }
}

/// The words on the button that helps; none where nothing has to be done.
pub(super) fn help(next: NextAct) -> Option<&'static str> {
    match next {
        NextAct::None => None,
        NextAct::Connect => Some("Connect"),
        NextAct::Reconnect => Some("Reconnect"),
        NextAct::Unlock => Some("Unlock"),
        NextAct::ChoosePlace => Some("Decide"),
        NextAct::Retry => Some("Try again"),
    }
}

#[cfg(test)]
mod tests;
