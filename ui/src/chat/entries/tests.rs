#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{
    Call, CallId, Conversation, ConversationId, ConversationView, Item, Line, Outcome, Reason, TurnId, TurnStage,
    TurnUse,
};

use super::{Entry, entries, outcome, reply};

fn view(items: Vec<(i64, Item)>) -> ConversationView {
    let at = "2026-11-21T09:00:00Z".parse().unwrap();
    let lines = items.into_iter().enumerate().map(|(seq, (turn, item))| Line {
        seq: seq as u64 + 1,
        turn: TurnId(turn),
        at,
        item,
    });
    ConversationView {
        conversation: Conversation {
            id: ConversationId(1),
            title: String::new(),
            created_at: at,
            updated_at: at,
            archived: false,
            model: None,
            draft: String::new(),
            branched_from: None,
            stage: TurnStage::Idle,
        },
        lines: lines.collect(),
        calls: Vec::new(),
        turns: [1, 2]
            .map(|turn| TurnUse {
                turn: TurnId(turn),
                model: String::new(),
                steps: 1,
                tokens_in: 0,
                tokens_out: 0,
                cost: None,
                memories: Vec::new(),
                started_at: at,
                ended_at: Some(at),
            })
            .into(),
        older: false,
        saying: String::new(),
        queued: Vec::new(),
        heard: 0,
    }
}

fn said() -> Item {
    Item::Said { text: "Move it".into(), seeing: Vec::new() }
}

fn answered(text: &str, calls: &[i64]) -> Item {
    let calls = calls.iter().map(|id| Call { id: CallId(*id), tool: "todo.move".into(), input: "{}".into() }).collect();
    Item::Answered { text: text.into(), calls, cut_short: false, sealed: None }
}

fn result(call: i64) -> Item {
    Item::Result { call: CallId(call), outcome: Outcome::Returned("Done".into()) }
}

#[test]
fn a_reply_is_the_same_entry_while_it_is_said_and_when_it_stands_there() {
    let mut now = view(vec![(1, said()), (1, answered("First I look", &[4])), (1, result(4))]);
    now.conversation.stage = TurnStage::Thinking;
    now.saying = "It is mo".into();
    let (turn, before) = (TurnId(1), entries(&now));
    assert_eq!(before, [Entry::Said(1), Entry::Answer(turn, 0), Entry::Calls(turn, 0), Entry::Answer(turn, 1)]);
    assert!(reply(&now, turn, 1).is_none());

    let mut then =
        view(vec![(1, said()), (1, answered("First I look", &[4])), (1, result(4)), (1, answered("It is moved", &[]))]);
    then.conversation.stage = TurnStage::Thinking;
    assert_eq!(entries(&then), before);
    assert_eq!(reply(&then, turn, 1).unwrap().seq, 4);
    then.conversation.stage = TurnStage::Idle;
    assert_eq!(entries(&then).last(), Some(&Entry::Foot(turn)));
}

#[test]
fn an_old_run_is_drawn_from_its_lines_alone() {
    let whole = view(vec![
        (1, said()),
        (1, answered("", &[4, 5])),
        (1, result(4)),
        (1, Item::Ended { reason: Reason::Stopped }),
        (2, said()),
        (2, answered("Yes", &[])),
    ]);
    let (one, two) = (TurnId(1), TurnId(2));
    assert_eq!(
        entries(&whole),
        [
            Entry::Said(1),
            Entry::Calls(one, 0),
            Entry::Ended(4),
            Entry::Foot(one),
            Entry::Said(5),
            Entry::Answer(two, 0),
            Entry::Foot(two)
        ]
    );
    assert_eq!(outcome(&whole, CallId(4)), Some(&Outcome::Returned("Done".into())));
    assert_eq!(outcome(&whole, CallId(5)), None);
}
