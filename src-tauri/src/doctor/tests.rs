#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use jiff::Timestamp;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn the_clock_is_judged_by_what_was_written_under_it() {
    let now = at("2027-03-01T12:00:00Z");
    assert_eq!(around::clock(now, None).stands, Stands::Well);
    assert_eq!(around::clock(now, Some(at("2027-03-01T12:30:00Z"))).stands, Stands::Well);
    assert_eq!(around::clock(now, Some(at("2027-03-02T12:00:00Z"))).stands, Stands::Badly);
    assert_eq!(around::clock(at("1970-01-01T00:00:10Z"), None).stands, Stands::Badly);
}

#[test]
fn little_room_is_told_before_it_is_too_little() {
    let judged = |bytes| kept::disk(bytes).stands;
    assert_eq!([judged(0), judged(49_999_999), judged(50_000_000)], [Stands::Badly, Stands::Badly, Stands::Note]);
    assert_eq!([judged(499_999_999), judged(500_000_000)], [Stands::Note, Stands::Well]);
}

#[test]
fn a_folder_that_is_not_there_is_no_fault_and_stays_so() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("not-there");
    assert_eq!(kept::folder(&data).into_iter().map(|it| it.stands).collect::<Vec<_>>(), [Stands::Note]);
    assert!(!data.exists());
    std::fs::write(&data, "a file where a folder should be").unwrap();
    assert_eq!(kept::folder(&data)[0].stands, Stands::Badly);
}

#[test]
fn what_needs_something_is_counted_at_the_end() {
    let told = told(&[Finding::well("A", "a"), Finding::note("B", "b"), Finding::badly("C", "c")]);
    assert!(told.contains("BADLY  C") && told.ends_with("what to show to somebody."), "{told}");
    assert!(super::told(&[Finding::well("A", "a")]).ends_with("Everything is well."));
}
