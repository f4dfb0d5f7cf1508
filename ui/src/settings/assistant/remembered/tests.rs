#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{ConversationId, Memory, MemoryId, Origin};
use jiff::tz::TimeZone;

use super::{author, can_be_sent, conflicts, divided, markdown, room, too_long};

fn memory(id: i64, text: &str, pending: bool) -> Memory {
    let at = "2026-11-20T23:30:00Z".parse().unwrap();
    let origin = if pending { Origin::Assistant { conversation: ConversationId(3) } } else { Origin::Person };
    Memory {
        id: MemoryId(id),
        text: text.into(),
        origin,
        pending,
        made_at: at,
        changed_at: at,
        used_at: None,
        conflicts: Vec::new(),
    }
}

#[test]
fn what_waits_stands_apart_and_nothing_is_lost() {
    let all = [memory(1, "a", false), memory(2, "b", true), memory(3, "c", false), memory(4, "d", true)];
    assert_eq!(divided(&all), (vec![MemoryId(2), MemoryId(4)], vec![MemoryId(1), MemoryId(3)]));
    assert_eq!(divided(&[]), (Vec::new(), Vec::new()));
    assert_ne!(author(&all[0].origin), author(&all[1].origin));
}

#[test]
fn a_conflict_is_told_in_its_own_words_and_one_that_is_gone_is_not() {
    let ours = Memory { conflicts: vec![MemoryId(2), MemoryId(9)], ..memory(1, "Reports go out on Friday.", true) };
    let all = [ours.clone(), memory(2, "Reports go out\n on Thursday.", false)];
    assert_eq!(conflicts(&ours, &all), ["Reports go out on Thursday."]);
    assert!(conflicts(&all[1], &all).is_empty());
}

#[test]
fn what_the_app_would_refuse_is_said_before() {
    assert!(!can_be_sent("") && !can_be_sent(" \n ") && can_be_sent("a"));
    let letters = |count: usize| "ä".repeat(count);
    assert!(can_be_sent(&letters(500)) && too_long(&letters(500)).is_empty());
    assert!(can_be_sent(&format!("  {}  ", letters(500))), "blanks at the ends do not count");
    assert_eq!(too_long(&letters(501)), "It is 1 character too long.");
    assert!(too_long(&letters(600)).contains("100 characters") && !can_be_sent(&letters(600)));
    assert_eq!(room(&letters(10)), "");
    assert_eq!(room(&letters(450)), "50 characters left.");
    assert_eq!(room(&letters(501)), "", "what is wrong is said instead");
}

#[test]
fn everything_is_written_out_and_reads_as_it_was_written() {
    let zone = TimeZone::fixed(jiff::tz::offset(2));
    let all = [memory(1, "# no *heading*\nat_all", false), memory(2, "Ask <b>first</b>", true)];
    assert_eq!(
        markdown(&all, &zone),
        "# What the assistant remembers\n\n- \\# no \\*heading\\* at\\_all (you, 2026-11-21)\n\n## Not kept yet\n\n\
         - Ask \\<b\\>first\\</b\\> (the assistant, 2026-11-21)\n"
    );
    assert_eq!(markdown(&[], &zone), "# What the assistant remembers\n");
    assert!(!markdown(&all[..1], &zone).contains("Not kept yet"));
}
