//! What an event does to a conversation that is on show. Pure: knows no page, no feed and no clock.

use contract::{CallState, ChatEvent, ConversationView, Item, Line, TurnStage};

/// What an event changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// Nothing: it was known.
    Nothing,
    /// What is being said grew.
    Text,
    /// A line came, and what was being said may be in it.
    Line,
    /// A call stands elsewhere.
    Call,
    /// What a turn used.
    Used,
    /// The conversation's title, model, stage or queue.
    Head,
    /// These belong into the field again.
    GivenBack(Vec<String>),
    /// Something is missing: read anew.
    Gap,
}

/// Applies an event. The same event again changes nothing; one that does not join what is here is a gap and changes nothing.
pub fn apply(view: &mut ConversationView, event: &ChatEvent) -> Applied {
    match event {
        ChatEvent::Text { at, text } => say(&mut view.saying, *at, text),
        ChatEvent::Line { line } => add(view, line),
        ChatEvent::Call { call } => match view.calls.iter_mut().find(|one| one.call.id == call.call.id) {
            Some(known) if progress(known.state) > progress(call.state) || *known == **call => Applied::Nothing,
            Some(known) => {
                known.clone_from(call);
                Applied::Call
            }
            None => {
                view.calls.push((**call).clone());
                Applied::Call
            }
        },
        ChatEvent::Used { used } => match view.turns.iter_mut().find(|one| one.turn == used.turn) {
            Some(known) if known == used || (known.ended_at.is_some() && used.ended_at.is_none()) => Applied::Nothing,
            Some(known) => {
                known.clone_from(used);
                Applied::Used
            }
            None => {
                view.turns.push(used.clone());
                Applied::Used
            }
        },
        ChatEvent::Stage { conversation, queued } => {
            if conversation.id != view.conversation.id || (*conversation == view.conversation && *queued == view.queued)
            {
                return Applied::Nothing;
            }
            // Whoever does nothing says nothing: the line that it ended with is missing.
            if conversation.stage == TurnStage::Idle && !view.saying.is_empty() {
                return Applied::Gap;
            }
            view.conversation = conversation.clone();
            view.queued.clone_from(queued);
            Applied::Head
        }
        ChatEvent::GivenBack { texts } => {
            view.queued.clear();
            Applied::GivenBack(texts.clone())
        }
    }
}

/// How far a call is: it never goes back.
fn progress(state: CallState) -> u8 {
    match state {
        CallState::Asked => 0,
        CallState::Ready => 1,
        CallState::Running => 2,
        CallState::Returned | CallState::Failed | CallState::Denied | CallState::Cancelled => 3,
    }
}

fn say(saying: &mut String, at: u64, text: &str) -> Applied {
    let Ok(at) = usize::try_from(at) else { return Applied::Gap };
    if at == saying.len() {
        if text.is_empty() {
            return Applied::Nothing;
        }
        saying.push_str(text);
        return Applied::Text;
    }
    // Told again.
    let known = saying.get(at..).is_some_and(|rest| rest.starts_with(text));
    if known { Applied::Nothing } else { Applied::Gap }
}

fn add(view: &mut ConversationView, line: &Line) -> Applied {
    let first = view.lines.first().map(|line| line.seq);
    let next = view.lines.last().map_or(1, |line| line.seq.saturating_add(1));
    if line.seq < next {
        let older = first.is_some_and(|first| line.seq < first);
        let known = view.lines.iter().any(|one| one == line);
        // An older page is not on show; a line that is there and says something else is not the record that was read.
        return if older || known { Applied::Nothing } else { Applied::Gap };
    }
    if line.seq > next {
        return Applied::Gap;
    }
    match &line.item {
        Item::Said { .. } | Item::Answered { .. } | Item::Ended { .. } => view.saying.clear(),
        Item::Result { .. } => {}
    }
    view.lines.push(line.clone());
    Applied::Line
}

/// Puts an older page before what is on show.
pub fn prepend(view: &mut ConversationView, older: ConversationView) {
    let first = view.lines.first().map_or(u64::MAX, |line| line.seq);
    let mut lines: Vec<Line> = older.lines.into_iter().filter(|line| line.seq < first).collect();
    lines.append(&mut view.lines);
    view.lines = lines;
    for call in older.calls {
        if view.calls.iter().all(|one| one.call.id != call.call.id) {
            view.calls.push(call);
        }
    }
    for used in older.turns {
        if view.turns.iter().all(|one| one.turn != used.turn) {
            view.turns.push(used);
        }
    }
    view.older = older.older;
}

#[cfg(test)]
mod tests;
