//! What is said of connections, and which icon and colour they have. Pure.

use contract::{Integration, IntegrationKind, NextAct, Owner, Standing};

use crate::parts::{Glyph, Tone};
use crate::say::{self, Grouped};

/// What makes a row another one: it is drawn anew when any of it changes.
pub(super) fn identity(one: &Integration) -> impl std::hash::Hash + Eq + use<> {
    (one.key.clone(), one.label.clone(), one.detail.clone(), one.words.clone(), one.last_use)
}

/// “2 need you, 6 work”.
pub(super) fn summary(all: &[Integration]) -> String {
    let bad = all.iter().filter(|one| matches!(one.standing, Standing::Failing | Standing::Locked)).count();
    let good = all.iter().filter(|one| matches!(one.standing, Standing::Works | Standing::Untried)).count();
    match bad {
        0 => say::integrations::in_order(Grouped(good as u64)),
        _ => say::integrations::NeedYou { bad, good }.text(),
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
        Standing::Works => say::integrations::works(),
        Standing::Untried => say::integrations::not_tried(),
        Standing::Locked => say::integrations::locked(),
        Standing::Failing => say::integrations::needs_you(),
        Standing::Absent => say::integrations::not_connected(),
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
        Owner::Person => say::integrations::yours(),
        Owner::Workspace => say::integrations::workspaces(),
        Owner::App => say::integrations::apps(),
    }
}

/// The words on the button that helps; none where nothing has to be done.
pub(super) fn help(next: NextAct) -> Option<&'static str> {
    match next {
        NextAct::None => None,
        NextAct::Connect => Some(say::integrations::connect()),
        NextAct::Reconnect => Some(say::integrations::reconnect()),
        NextAct::Unlock => Some(say::integrations::unlock()),
        NextAct::ChoosePlace => Some(say::integrations::decide()),
        NextAct::Retry => Some(say::integrations::again()),
    }
}

#[cfg(test)]
mod tests;
