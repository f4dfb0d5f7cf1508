//! What the assistant can do, in the order in which a request is tried against it; and what is said when nothing fits. Each
//! capability reads a request as its own or leaves it, and is told by its examples.

mod boards;
mod change;
mod changes;
mod create;
mod decisions;
mod focus;
mod ghosts;
mod help;
mod items;
mod lists;
mod load;
mod memory;
mod navigate;
mod post;
mod projects;
mod recipes;
mod retro;
mod search;
mod state;
mod tasks;
mod undo;

pub(super) use help::{greeting, not_understood};

use super::asked::Asked;
use super::automations;
use super::plan::Plan;

/// Something that the assistant can do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capability {
    /// What it is, in a few words.
    pub(super) name: &'static str,
    /// What may be said to get it.
    pub(super) examples: &'static [&'static str],
    /// It can change something; a question never reaches it.
    pub(super) writes: bool,
    /// Reads a request as its own, or leaves it.
    pub(super) read: for<'a> fn(&Asked<'a>) -> Option<Plan<'a>>,
}

/// Every capability. What changes something comes first, as its verbs leave no doubt; a request in the words of a question
/// passes it by.
pub(super) const ALL: &[Capability] = &[
    help::TALK,
    automations::STUDIO,
    automations::FIX,
    automations::WHY,
    automations::ABOUT,
    automations::LIST,
    automations::FLOWS,
    automations::PROPOSE,
    retro::RETRO,
    undo::UNDO,
    undo::REDO,
    recipes::SAVE,
    recipes::RUN,
    memory::REMEMBER,
    projects::CREATE,
    post::COMMENT,
    post::MESSAGE,
    post::ENTRY,
    create::TASK,
    navigate::OPEN,
    change::DUE,
    change::REOPEN,
    change::COMPLETE,
    change::RENAME,
    change::ASSIGN,
    change::TRASH,
    change::RESTORE,
    change::MOVE,
    memory::LIST,
    state::OUTBOX,
    state::SYNC,
    undo::HISTORY,
    recipes::LIST,
    load::LOAD,
    projects::PEOPLE,
    decisions::DECISIONS,
    changes::CHANGES,
    focus::FOCUS,
    ghosts::GHOSTS,
    projects::STATUS,
    projects::LIST,
    boards::BOARD,
    lists::KINDS,
    items::COMMENTS,
    tasks::COUNT,
    tasks::LIST,
    search::SEARCH,
    items::SHOW,
];
