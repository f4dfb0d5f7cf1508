#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::Kind;
use jiff::civil::{date, time};
use jiff::tz::TimeZone;

use super::*;
use crate::project::fixture::row;

fn local(at: Timestamp) -> (Date, Time) {
    let zoned = at.to_zoned(TimeZone::UTC);
    (zoned.date(), zoned.time())
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn entry(id: i64, span: Span) -> Row {
    Row { span: Some(span), ..row(id, Kind::ScheduleEntry) }
}

#[test]
fn an_agenda_has_all_day_entries_first_and_long_ones_on_each_day() {
    let rows = [
        entry(1, Span::Hours { from: instant("2026-11-21T14:00:00Z"), to: instant("2026-11-21T15:30:00Z") }),
        entry(2, Span::Days { from: date(2026, 11, 20), to: date(2026, 11, 22) }),
        entry(3, Span::Hours { from: instant("2026-11-21T09:00:00Z"), to: instant("2026-11-21T09:15:00Z") }),
    ];
    let days = agenda(&rows, local);
    assert_eq!(
        days.iter().map(|(day, _)| *day).collect::<Vec<_>>(),
        [date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)]
    );
    let middle: Vec<i64> = days[1].1.iter().map(|slot| slot.row.id.0).collect();
    assert_eq!(middle, [2, 3, 1]);
    assert_eq!(days[1].1[0].part, Some((2, 3)));
    assert_eq!(days[1].1[1].from, Some(time(9, 0, 0, 0)));
}

#[test]
fn an_entry_over_midnight_starts_on_one_day_and_ends_on_the_next() {
    let days = agenda(
        &[entry(1, Span::Hours { from: instant("2026-11-21T23:00:00Z"), to: instant("2026-11-22T01:00:00Z") })],
        local,
    );
    assert_eq!((days[0].1[0].from, days[0].1[0].to), (Some(time(23, 0, 0, 0)), None));
    assert_eq!((days[1].1[0].from, days[1].1[0].to), (None, Some(time(1, 0, 0, 0))));
}

#[test]
fn bad_spans_neither_vanish_nor_run_away() {
    let backwards = entry(1, Span::Days { from: date(2026, 5, 2), to: date(2026, 5, 1) });
    assert_eq!(agenda(&[backwards], local).len(), 1);
    let ages = entry(1, Span::Days { from: date(2020, 1, 1), to: date(2026, 1, 1) });
    assert_eq!(agenda(&[ages], local).len(), 2, "first and last day only");
    assert!(agenda(&[row(1, Kind::ScheduleEntry)], local).is_empty());
}

#[test]
fn a_chat_reads_oldest_first_and_names_a_speaker_once_a_turn() {
    let line = |id, who, at| Row { creator: Some(PersonId(who)), created_at: instant(at), ..row(id, Kind::ChatLine) };
    let days = conversation(
        vec![
            line(4, 2, "2026-11-21T08:00:00Z"),
            line(1, 1, "2026-11-20T10:00:00Z"),
            line(2, 1, "2026-11-20T10:03:00Z"),
            line(3, 1, "2026-11-20T10:30:00Z"),
        ],
        |at| local(at).0,
    );
    assert_eq!(days.len(), 2);
    let first: Vec<usize> = days[0].1.iter().map(|turn| turn.lines.len()).collect();
    assert_eq!(first, [2, 1], "after a pause the name comes again");
    assert_eq!(days[1].1[0].speaker, Some(PersonId(2)));
}

#[test]
fn hours_are_read_in_every_common_form() {
    for (text, expected) in [
        ("1.5", Some(90)),
        ("1,5 h", Some(90)),
        ("1:30", Some(90)),
        ("1h 30m", Some(90)),
        ("90 min", Some(90)),
        ("0.25 hours", Some(15)),
        ("", None),
        ("soon", None),
        ("1:75", None),
        ("99999999", None),
    ] {
        assert_eq!(minutes(text), expected, "{text:?}");
    }
    assert_eq!(hours_text(135), "2 h 15");
    assert_eq!(hours_text(45), "45 min");
    assert_eq!(hours_text(120), "2 h");
    assert_eq!(hours_text(65), "1 h 05");
}
