#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Conversation, ConversationId, Hours, Notify, TurnStage};
use jiff::Zoned;

use super::{Pile, is_due};

fn at(text: &str) -> Zoned {
    format!("{text}[Europe/Berlin]").parse().unwrap()
}

fn conversation(id: i64, stage: TurnStage) -> Conversation {
    Conversation {
        id: ConversationId(id),
        title: format!("Talk {id}"),
        created_at: jiff::Timestamp::UNIX_EPOCH,
        updated_at: jiff::Timestamp::UNIX_EPOCH,
        archived: false,
        model: None,
        draft: String::new(),
        branched_from: None,
        stage,
    }
}

#[test]
fn news_come_at_once_a_few_at_a_time_or_once_a_day() {
    let (hours, last) = (Hours::default(), at("2026-03-02T08:00"));
    assert!(is_due(Notify::Immediate, hours, &last, &last));
    assert!(!is_due(Notify::Batched, hours, &at("2026-03-02T08:14:59"), &last));
    assert!(is_due(Notify::Batched, hours, &at("2026-03-02T08:15"), &last));
    assert!(!is_due(Notify::Digest, hours, &at("2026-03-02T08:59"), &last), "work has not begun");
    assert!(is_due(Notify::Digest, hours, &at("2026-03-02T09:00"), &last));
    let told = at("2026-03-02T09:00");
    assert!(!is_due(Notify::Digest, hours, &at("2026-03-03T08:59"), &told), "once a day");
    assert!(is_due(Notify::Digest, hours, &at("2026-03-03T09:00"), &told));
}

#[test]
fn only_what_is_not_on_the_screen_and_not_settled_is_told() {
    let mut pile = Pile::default();
    pile.take_in(TurnStage::Thinking, &conversation(1, TurnStage::Waiting), true);
    assert_eq!(pile.told(), None, "it is on the screen");
    pile.take_in(TurnStage::Thinking, &conversation(1, TurnStage::Waiting), false);
    pile.take_in(TurnStage::Waiting, &conversation(1, TurnStage::Working), false);
    assert_eq!(pile.told(), None, "it was decided elsewhere");
    pile.take_in(TurnStage::Idle, &conversation(1, TurnStage::Thinking), false);
    assert_eq!(pile.told(), None, "it has only begun");
}

#[test]
fn several_are_told_together_and_once() {
    let mut pile = Pile::default();
    pile.take_in(TurnStage::Thinking, &conversation(1, TurnStage::Waiting), false);
    assert_eq!(pile.clone().told().unwrap(), "“Talk 1” waits for your decision.");
    pile.take_in(TurnStage::Working, &conversation(2, TurnStage::Waiting), false);
    pile.take_in(TurnStage::Working, &conversation(3, TurnStage::Idle), false);
    assert_eq!(pile.told().unwrap(), "2 conversations wait for your decision. “Talk 3” has an answer.");
    assert_eq!(pile.told(), None);
}
