#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{
    Call, CallId, CallState, CallView, ChatEvent, Conversation, ConversationId, ConversationView, Effect, Item, Line,
    Outcome, TurnId, TurnStage, TurnUse,
};

use super::{Applied, apply, prepend};

/// Seeded numbers: the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).unwrap()
    }
}

fn conversation() -> Conversation {
    Conversation {
        id: ConversationId(7),
        title: "Launch".into(),
        created_at: "2026-11-21T09:00:00Z".parse().unwrap(),
        updated_at: "2026-11-21T09:00:00Z".parse().unwrap(),
        archived: false,
        model: None,
        draft: String::new(),
        branched_from: None,
        stage: TurnStage::Idle,
    }
}

fn empty() -> ConversationView {
    ConversationView {
        conversation: conversation(),
        lines: Vec::new(),
        calls: Vec::new(),
        turns: Vec::new(),
        older: false,
        saying: String::new(),
        queued: Vec::new(),
        heard: 0,
    }
}

fn line(seq: u64, turn: i64, item: Item) -> ChatEvent {
    ChatEvent::Line { line: Line { seq, turn: TurnId(turn), at: "2026-11-21T09:00:00Z".parse().unwrap(), item } }
}

fn call(id: i64, turn: i64, state: CallState) -> CallView {
    CallView {
        call: Call { id: CallId(id), tool: "todo.move".into(), input: "{}".into() },
        turn: TurnId(turn),
        title: "Move it".into(),
        effect: Effect::Remote,
        state,
        fingerprint: format!("f{id}"),
        preview: None,
        output: String::new(),
        output_length: 0,
        sets: Vec::new(),
        made_at: "2026-11-21T09:00:00Z".parse().unwrap(),
        decided_at: None,
        started_at: None,
        ended_at: None,
    }
}

/// What an engine tells of a conversation with so many turns: text in pieces, a call, a result, an answer, an end.
fn story(dice: &mut Dice, turns: i64) -> Vec<ChatEvent> {
    let mut events = Vec::new();
    let mut seq = 0;
    let mut next = || {
        seq += 1;
        seq
    };
    for turn in 1..=turns {
        events.push(line(next(), turn, Item::Said { text: format!("Question {turn}"), seeing: Vec::new() }));
        events.push(ChatEvent::Stage {
            conversation: Conversation { stage: TurnStage::Thinking, ..conversation() },
            queued: vec![format!("next {turn}")],
        });
        for reply in 0..2 {
            let whole = format!("Reply {reply} of {turn}: größer, 日本語, and so on");
            let mut at = 0;
            while at < whole.len() {
                let mut end = (at + 1 + dice.below(9)).min(whole.len());
                while !whole.is_char_boundary(end) {
                    end += 1;
                }
                events.push(ChatEvent::Text { at: at as u64, text: whole[at..end].into() });
                at = end;
            }
            let calls = if reply == 0 {
                vec![Call { id: CallId(turn), tool: "todo.move".into(), input: "{}".into() }]
            } else {
                Vec::new()
            };
            events.push(line(next(), turn, Item::Answered { text: whole, calls, cut_short: false, sealed: None }));
            if reply == 0 {
                for state in [CallState::Asked, CallState::Ready, CallState::Running, CallState::Returned] {
                    events.push(ChatEvent::Call { call: Box::new(call(turn, turn, state)) });
                }
                let outcome = Outcome::Returned("Moved".into());
                events.push(line(next(), turn, Item::Result { call: CallId(turn), outcome }));
            }
        }
        events.push(ChatEvent::Used {
            used: TurnUse {
                turn: TurnId(turn),
                model: "built-in".into(),
                steps: 2,
                tokens_in: 10,
                tokens_out: 4,
                cost: None,
                memories: Vec::new(),
                started_at: "2026-11-21T09:00:00Z".parse().unwrap(),
                ended_at: Some("2026-11-21T09:00:02Z".parse().unwrap()),
            },
        });
        events.push(ChatEvent::Stage { conversation: conversation(), queued: Vec::new() });
    }
    events
}

fn told(events: &[ChatEvent]) -> ConversationView {
    let mut view = empty();
    for event in events {
        assert_ne!(apply(&mut view, event), Applied::Gap, "{event:?}");
    }
    view
}

fn is_sound(view: &ConversationView) {
    for pair in view.lines.windows(2) {
        assert_eq!(pair[0].seq + 1, pair[1].seq, "a line is missing or stands twice");
    }
    for (at, call) in view.calls.iter().enumerate() {
        assert!(view.calls[..at].iter().all(|one| one.call.id != call.call.id), "a call stands twice");
    }
}

#[test]
fn what_is_told_in_order_is_the_record() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let events = story(&mut dice, 5);
    let view = told(&events);
    is_sound(&view);
    assert_eq!(view.lines.len(), 20);
    assert!(view.saying.is_empty(), "what stands in a line is no longer being said");
    assert!(view.calls.iter().all(|call| call.state == CallState::Returned));
    assert!(view.queued.is_empty());
}

#[test]
fn the_same_event_again_changes_nothing() {
    let mut dice = Dice(7);
    for round in 0..40_u64 {
        let events = story(&mut Dice(round + 1), 3);
        let mut view = empty();
        for event in &events {
            apply(&mut view, event);
            let before = view.clone();
            let again = apply(&mut view, event);
            assert!(matches!(again, Applied::Nothing), "{again:?} of {event:?}");
            assert_eq!(view, before);
            // And an earlier line, long after.
            if let ChatEvent::Line { .. } = event {
                let old = &events[dice.below(events.len())];
                if let (ChatEvent::Line { line }, Some(last)) = (old, view.lines.last())
                    && line.seq <= last.seq
                {
                    assert_eq!(apply(&mut view, old), Applied::Nothing);
                    assert_eq!(view, before);
                }
            }
        }
        assert_eq!(view, told(&events));
    }
}

#[test]
fn a_lost_event_is_a_gap_or_harmless_and_never_a_wrong_record() {
    let (mut gaps, mut dice) = (0, Dice(11));
    for round in 1..=300_u64 {
        let events = story(&mut Dice(round), 3);
        let truth = told(&events);
        let lost = dice.below(events.len());
        let mut view = empty();
        let mut missed = false;
        for (at, event) in events.iter().enumerate() {
            if at == lost {
                continue;
            }
            let before = view.clone();
            if apply(&mut view, event) == Applied::Gap {
                assert_eq!(view, before, "a gap changed something");
                missed = true;
                break;
            }
            is_sound(&view);
        }
        gaps += usize::from(missed);
        if !missed {
            assert_eq!(view.lines, truth.lines, "a record without a line was taken for whole; lost {:?}", events[lost]);
        }
    }
    assert!(gaps > 100, "only {gaps} gaps were seen");
}

#[test]
fn events_in_any_order_leave_a_sound_record() {
    for round in 1..=200_u64 {
        let mut dice = Dice(round);
        let mut events = story(&mut dice, 3);
        for at in (1..events.len()).rev() {
            events.swap(at, dice.below(at + 1));
        }
        let mut view = empty();
        for event in &events {
            let before = view.clone();
            let applied = apply(&mut view, event);
            is_sound(&view);
            if matches!(applied, Applied::Gap | Applied::Nothing) {
                assert_eq!(view, before, "{applied:?} changed something");
            }
        }
        assert!(view.calls.iter().all(|call| call.state == CallState::Returned), "a call went back");
    }
}

#[test]
fn text_that_does_not_join_is_a_gap() {
    let mut view = empty();
    let text = |at: u64, text: &str| ChatEvent::Text { at, text: text.into() };
    assert_eq!(apply(&mut view, &text(0, "größe")), Applied::Text);
    assert_eq!(apply(&mut view, &text(3, "ö")), Applied::Gap, "within a letter");
    assert_eq!(apply(&mut view, &text(2, "ö")), Applied::Nothing, "told before");
    assert_eq!(apply(&mut view, &text(2, "x")), Applied::Gap, "another text");
    assert_eq!(apply(&mut view, &text(9, "r")), Applied::Gap);
    assert_eq!(apply(&mut view, &text(7, "r")), Applied::Text);
    assert_eq!(view.saying, "größer");
}

#[test]
fn an_older_page_stands_before_and_nothing_twice() {
    let events = story(&mut Dice(3), 4);
    let whole = told(&events);
    let mut view = whole.clone();
    view.lines.drain(..9);
    view.calls.retain(|call| call.turn.0 > 2);
    view.turns.retain(|used| used.turn.0 > 2);
    view.older = true;
    prepend(&mut view, whole.clone());
    assert_eq!(view.lines, whole.lines);
    assert_eq!((view.calls.len(), view.turns.len(), view.older), (whole.calls.len(), whole.turns.len(), false));
    is_sound(&view);
}

#[test]
fn what_is_given_back_is_told_and_the_queue_is_empty() {
    let mut view = empty();
    view.queued = vec!["and then?".into()];
    let event = ChatEvent::GivenBack { texts: vec!["and then?".into()] };
    assert_eq!(apply(&mut view, &event), Applied::GivenBack(vec!["and then?".into()]));
    assert!(view.queued.is_empty());
}
