#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

#[test]
fn distances_count_single_slips() {
    for (a, b, expected) in [
        ("marta", "marta", Some(0)),
        ("marta", "mrata", Some(1)),
        ("marta", "mart", Some(1)),
        ("marta", "martha", Some(1)),
        ("marta", "berta", Some(2)),
        ("marta", "bernd", None),
        ("", "ab", Some(2)),
        ("abc", "", None),
        ("ab", "ba", Some(1)),
    ] {
        assert_eq!(distance(a, b, 2), expected, "{a} {b}");
        assert_eq!(distance(b, a, 2), expected, "{b} {a}");
    }
}

#[test]
fn marks_and_capitals_do_not_count() {
    assert_eq!(fold("ŠÉRGIO"), "sergio");
    assert_eq!(fold("e\u{301}"), "e");
}
