#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{Preview, Reason, Reversible};

use super::{cost_words, duration_words, pretty, reason_words, told_words, undo_words};

#[test]
fn durations_are_as_long_as_they_need_to_be() {
    for (milliseconds, expected) in [
        (-5, "0 ms"),
        (2, "2 ms"),
        (999, "999 ms"),
        (1_000, "1.0 s"),
        (1_449, "1.4 s"),
        (59_999, "59.9 s"),
        (60_000, "1 min"),
        (182_000, "3 min 2 s"),
        (3_720_000, "1 h 2 min"),
    ] {
        assert_eq!(duration_words(milliseconds), expected);
    }
}

#[test]
fn what_costs_something_is_never_shown_as_nothing() {
    for (millionths, expected) in [
        (0, "$0"),
        (1, "under $0.0001"),
        (1_234, "$0.0012"),
        (9_999, "$0.0099"),
        (410_000, "$0.41"),
        (12_304_999, "$12.30"),
        (1_234_567_890, "$1,234.57"),
    ] {
        assert_eq!(cost_words(millionths), expected);
    }
    for millionths in 1..20_000 {
        assert!(cost_words(millionths).chars().any(|letter| ('1'..='9').contains(&letter)), "{millionths}");
    }
}

#[test]
fn every_end_says_what_happened_and_what_to_do() {
    for reason in [
        Reason::Stopped,
        Reason::Steps(40),
        Reason::Tokens(100_000),
        Reason::Money(500_000),
        Reason::Time(300),
        Reason::Repeats("todo.show".into()),
        Reason::Broke("The server does not answer. Try again.".into()),
    ] {
        let words = reason_words(&reason);
        assert!(words.ends_with('.') && words.matches('.').count() >= 2, "{words}");
    }
    assert!(reason_words(&Reason::Money(500_000)).contains("$0.50"));
}

#[test]
fn who_is_told_is_said_by_name() {
    let names =
        |count: usize| ["Ada", "Ben", "Cleo", "Dan"][..count].iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(told_words(&names(0), false), "");
    assert_eq!(told_words(&names(1), false), "Ada is told.");
    assert_eq!(told_words(&names(2), true), "Ada, Ben and the subscribers of the item are told.");
    assert_eq!(told_words(&["You".into()], false), "You are told.");
    assert_eq!(told_words(&names(3), false), "Ada, Ben and Cleo are told.");
    assert_eq!(told_words(&names(3), true), "Ada, Ben, Cleo and the subscribers of the item are told.");
    assert_eq!(told_words(&names(4), false), "Ada, Ben and 2 more are told.");
    assert_eq!(told_words(&names(0), true), "The subscribers of the item are told.");
}

#[test]
fn the_worst_of_several_counts() {
    let preview = |reversible| Preview { reversible, ..Preview::default() };
    let (good, told, gone) = (
        preview(Some(Reversible::Undoable)),
        preview(Some(Reversible::Compensable)),
        preview(Some(Reversible::Irreversible)),
    );
    assert_eq!(undo_words(&[&good]), "It can be undone.");
    assert!(undo_words(&[&good, &told]).contains("told"));
    assert!(undo_words(&[&good, &gone, &told]).contains("cannot"));
    assert_eq!(undo_words(&[&preview(None)]), "");
}

#[test]
fn json_gets_lines_and_anything_else_stays() {
    assert_eq!(pretty(r#"{"a":1}"#), "{\n  \"a\": 1\n}");
    assert_eq!(pretty("half a {"), "half a {");
}
