#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::{bytes_of, draft, take, units_of};

#[test]
fn a_name_begins_at_an_at_sign_that_begins_a_word() {
    for (text, words) in
        [("@", Some("")), ("move @Ad", Some("Ad")), ("(@Website re", Some("Website re")), ("a\n@b", Some("b"))]
    {
        assert_eq!(draft(text, text.len()).map(|draft| draft.words).as_deref(), words, "{text}");
    }
    for text in ["", "mail a@b.example", "@ then", "@a\nb", "@a  b", &format!("@{}", "x".repeat(60))] {
        assert_eq!(draft(text, text.len()), None, "{text}");
    }
}

#[test]
fn the_name_stands_where_it_was_typed_and_the_caret_behind_it() {
    let text = "Größe: @we, please";
    let caret = text.find(',').unwrap();
    let found = draft(text, caret).unwrap();
    let (named, caret) = take(text, caret, &found, "Website");
    assert_eq!(named, "Größe: Website, please");
    assert_eq!(&named[..caret], "Größe: Website");
    let found = draft("@we", 3).unwrap();
    assert_eq!(take("@we", 3, &found, "Website"), ("Website ".into(), 8));
}

#[test]
fn places_are_counted_as_the_field_counts_and_never_cut_a_letter() {
    let text = "aé👩日b";
    for units in 0..10 {
        let bytes = bytes_of(text, units);
        assert!(text.is_char_boundary(bytes));
    }
    for (bytes, _) in text.char_indices() {
        assert_eq!(bytes_of(text, units_of(text, bytes)), bytes);
    }
    let long = "x".repeat(1_000_000) + " @ad";
    assert_eq!(draft(&long, long.len()).unwrap().words, "ad");
}
