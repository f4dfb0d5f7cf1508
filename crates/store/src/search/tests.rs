#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;

#[test]
fn a_snippet_shows_the_first_match_with_its_neighbours() {
    let words = Words::of("münch stud").unwrap();
    assert_eq!(
        snippet("We meet in Munch. Then, at the studio: lights.", &words).unwrap(),
        "We meet in [Munch]. Then, at the [studio]: lights."
    );
    assert_eq!(snippet("nothing here", &words), None);
    let long = format!("{} studio {}", "before ".repeat(30), "after ".repeat(30));
    let shown = snippet(&long, &words).unwrap();
    assert!(shown.starts_with("…before") && shown.contains("[studio]") && shown.ends_with('…'), "{shown}");
}

#[test]
fn what_is_typed_never_becomes_syntax() {
    for text in ["\"", "a OR b", "NEAR(a b)", "title:x", "x*y", "-x", "'; drop table recording; --", "(((", "a\"b"] {
        let query = words_query(text);
        assert!(query.is_none_or(|query| query.split(' ').all(|word| word.starts_with('"'))), "{text}");
    }
    assert_eq!(words_query("  …  "), None);
    assert_eq!(words_query("Book the stu").unwrap(), "\"book\" \"the\" \"stu\"*");
    assert_eq!(words_query("Book the ").unwrap(), "\"book\" \"the\"");
    assert_eq!(words_query("a").unwrap(), "\"a\"");
}
