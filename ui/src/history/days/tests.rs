#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::{ChangeId, ChangeSetId, ChangeView, FieldChange, Kind, RecordingId, Reversible, SetState};
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::super::wording::{apart, clip, door_text, field_label, value_text};
use super::*;

fn entry(set: i64, at: &str, who: &str, summary: &str, after: &str) -> HistoryEntry {
    HistoryEntry {
        set: ChangeSetId(set),
        summary: summary.into(),
        who: who.into(),
        door: "window".into(),
        at: at.parse().unwrap(),
        state: SetState::Done,
        reversible: Reversible::Undoable,
        changes: vec![ChangeView {
            id: ChangeId(set),
            item: RecordingId(set),
            kind: Kind::Todo,
            title: "Book the studio".into(),
            created: false,
            fields: vec![FieldChange { field: "due_on".into(), before: String::new(), after: after.into() }],
        }],
        projects: Vec::new(),
    }
}

fn utc(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn history() -> Vec<HistoryEntry> {
    vec![
        entry(1, "2026-11-20T23:59:59Z", "person", "Moved a due day", "2026-12-01"),
        entry(3, "2026-11-21T10:00:00Z", "agent:7", "Assigned André", "André"),
        entry(2, "2026-11-21T00:00:00Z", "client:Backup tool", "Posted", ""),
    ]
}

#[test]
fn days_and_entries_come_newest_first_and_midnight_starts_a_day() {
    let days = days(&history(), &Sieve::default(), utc);
    let shape: Vec<(Date, Vec<i64>)> =
        days.iter().map(|(day, list)| (*day, list.iter().map(|entry| entry.set.0).collect())).collect();
    assert_eq!(shape, [(date(2026, 11, 21), vec![3, 2]), (date(2026, 11, 20), vec![1])]);
}

#[test]
fn words_are_found_in_titles_values_and_names_whatever_their_case_or_accents() {
    let count = |words: &str, doer| {
        days(&history(), &Sieve { words: words.into(), doer }, utc).iter().map(|(_, list)| list.len()).sum::<usize>()
    };
    assert_eq!(count("andre", None), 1);
    assert_eq!(count("STUDIO 2026-12", None), 1, "all words must be there");
    assert_eq!(count("backup", None), 1);
    assert_eq!(count("studio zebra", None), 0);
    assert_eq!(count("", Some(Doer::Agent)), 1);
    assert_eq!(count("", Some(Doer::Automation)), 0);
    assert_eq!(count("   ", None), 3);
}

#[test]
fn fields_and_values_read_as_words() {
    assert_eq!(field_label("due_on"), "Due");
    assert_eq!(field_label("time_zone"), "Time zone");
    assert_eq!(field_label(""), "");
    assert_eq!(value_text("assignees", ""), "nobody");
    assert_eq!(value_text("due_on", " "), "nothing");
    assert_eq!(value_text("completed", "true"), "done");
    assert_eq!(door_text("window"), "");
    assert_eq!(door_text("pigeon"), "through pigeon");
    assert_eq!(who_text("client: "), "Another program");
    assert_eq!(who_text(""), "Basecamp");
}

#[test]
fn a_move_within_a_project_names_only_the_lists() {
    let texts = |before: &str, after: &str| apart("parent", before, after);
    assert_eq!(texts("Site › Triage", "Site › Doing"), ("Triage".into(), "Doing".into()));
    assert_eq!(texts("Site › Triage", "Shop › Triage"), ("Site › Triage".into(), "Shop › Triage".into()));
    assert_eq!(texts("", "Site › Build › Later").1, "Build › Later");
    assert_eq!(apart("title", "a › b", "a › c"), ("a › b".into(), "a › c".into()), "other fields are left alone");
}

#[test]
fn long_values_are_cut_at_a_word_and_never_inside_a_character() {
    assert_eq!(clip("one two three", 9), "one two…");
    assert_eq!(clip("ééééé", 3), "ééé…");
    assert_eq!(clip("short", 9), "short");
}
