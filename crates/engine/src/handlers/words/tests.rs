#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

#[test]
fn names_are_seen_whole() {
    for good in ["Spring", " Spring ", "Ça et là", "日本", "می‌خواهم", "👩‍💻 work", "a".repeat(10).as_str()]
    {
        assert_eq!(name("name", "A name", good, 10).as_deref(), Ok(good.trim()));
    }
    for bad in
        ["", "  ", "a\nb", "a\u{7}", "\u{202e}abc", "a\u{200b}b", "\u{feff}", "a\u{e0061}", "a".repeat(11).as_str()]
    {
        let fault = name("name", "A name", bad, 10).unwrap_err();
        assert_eq!(fault.field.as_deref(), Some("name"), "{bad:?}");
    }
}

#[test]
fn words_of_others_are_repeated_on_one_line_and_cut() {
    assert_eq!(plain("a\nb\t\u{202e}c\u{1b}", 10), "a b c");
    assert_eq!(plain(&"x".repeat(1_000_000), 5), "xxxxx…");
    assert_eq!(plain("xxxxx", 5), "xxxxx");
}
