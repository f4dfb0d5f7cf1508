//! The record of a conversation as what is drawn one below the other. Pure: it needs lines and calls, and no model.

use contract::{ConversationView, Item, Line, Outcome, TurnId, TurnStage};

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// What the person said: the line's number.
    Said(u64),
    /// A text of the assistant: the turn, and its how-manieth reply. While it is being said and when it stands in the
    /// record it is the same entry.
    Answer(TurnId, usize),
    /// The calls of that reply.
    Calls(TurnId, usize),
    /// Why a turn ended without an answer: the line's number.
    Ended(u64),
    /// What the turn used.
    Foot(TurnId),
}

/// What is drawn, from top to bottom.
#[must_use]
pub fn entries(view: &ConversationView) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut turn = None;
    let mut step = 0;
    for line in &view.lines {
        if turn != Some(line.turn) {
            out.extend(turn.and_then(|turn| foot(view, turn)));
            turn = Some(line.turn);
            step = 0;
        }
        match &line.item {
            Item::Said { .. } => out.push(Entry::Said(line.seq)),
            Item::Answered { text, calls, .. } => {
                if !text.trim().is_empty() {
                    out.push(Entry::Answer(line.turn, step));
                }
                if !calls.is_empty() {
                    out.push(Entry::Calls(line.turn, step));
                }
                step += 1;
            }
            Item::Result { .. } => {}
            Item::Ended { .. } => out.push(Entry::Ended(line.seq)),
        }
    }
    if let Some(turn) = turn {
        if !view.saying.is_empty() {
            out.push(Entry::Answer(turn, step));
        } else if view.conversation.stage == TurnStage::Idle {
            out.extend(foot(view, turn));
        }
    }
    out
}

fn foot(view: &ConversationView, turn: TurnId) -> Option<Entry> {
    view.turns.iter().any(|used| used.turn == turn).then_some(Entry::Foot(turn))
}

/// The how-manieth reply of a turn, once it stands in the record.
#[must_use]
pub fn reply(view: &ConversationView, turn: TurnId, step: usize) -> Option<&Line> {
    view.lines.iter().filter(|line| line.turn == turn && matches!(line.item, Item::Answered { .. })).nth(step)
}

/// How a call ended, as the record alone tells.
#[must_use]
pub fn outcome(view: &ConversationView, call: contract::CallId) -> Option<&Outcome> {
    view.lines.iter().rev().find_map(|line| match &line.item {
        Item::Result { call: ended, outcome } if *ended == call => Some(outcome),
        Item::Said { .. } | Item::Answered { .. } | Item::Result { .. } | Item::Ended { .. } => None,
    })
}

#[cfg(test)]
mod tests;
