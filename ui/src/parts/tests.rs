#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::day::{Nearness, due_label, long_date, short_date};
use super::moment::{ago, moment_label, remaining};
use super::number::{counted, grouped};
use super::virtual_list::{Step, step_of, window_of};
use super::{initials, rich_text::host_of, sparkline::bars};

#[test]
fn a_due_day_is_said_as_people_say_it() {
    let today = date(2026, 11, 21);
    for (due, words, nearness) in [
        (date(2026, 11, 18), "3 days late", Nearness::Late),
        (date(2026, 11, 20), "1 day late", Nearness::Late),
        (date(2026, 11, 21), "today", Nearness::Soon),
        (date(2026, 11, 22), "tomorrow", Nearness::Later),
        (date(2026, 11, 24), "Tue", Nearness::Later),
        (date(2026, 11, 27), "Fri", Nearness::Later),
        (date(2026, 11, 28), "28 Nov", Nearness::Later),
        (date(2027, 1, 4), "4 Jan 2027", Nearness::Later),
        (date(2026, 2, 1), "since 1 Feb", Nearness::Late),
        (date(2025, 12, 31), "since 31 Dec 2025", Nearness::Late),
    ] {
        assert_eq!(due_label(due, today), (words.to_owned(), nearness), "{due}");
    }
    assert_eq!(long_date(today), "Saturday 21 November");
    assert_eq!(short_date(date(2024, 2, 29), today), "29 Feb 2024");
}

#[test]
fn an_instant_is_told_in_the_persons_zone() {
    let zone = TimeZone::fixed(jiff::tz::offset(2));
    let at: Timestamp = "2026-11-20T23:30:00Z".parse().unwrap();
    assert_eq!(moment_label(at, &zone, date(2026, 11, 21)), "01:30");
    assert_eq!(moment_label(at, &zone, date(2026, 11, 22)), "yesterday 01:30");
    assert_eq!(moment_label(at, &zone, date(2026, 12, 1)), "21 Nov");
}

#[test]
fn time_that_passed_is_told_roughly() {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    for (at, words) in [
        ("2026-11-21T11:59:31Z", "just now"),
        ("2026-11-21T12:05:00Z", "just now"),
        ("2026-11-21T11:55:00Z", "5 min ago"),
        ("2026-11-21T09:00:00Z", "3 h ago"),
        ("2026-11-20T11:00:00Z", "1 day ago"),
        ("2026-07-21T11:00:00Z", "4 months ago"),
        ("2023-07-21T11:00:00Z", "3 years ago"),
    ] {
        assert_eq!(ago(at.parse().unwrap(), now), words, "{at}");
    }
    assert_eq!(remaining(3), "a few seconds left");
    assert_eq!(remaining(41), "about 50 s left");
    assert_eq!(remaining(130), "about 3 min left");
}

#[test]
fn initials_come_from_any_name() {
    for (name, expected) in [
        ("Ada Lovelace", "AL"),
        ("Juan de la Cruz", "JC"),
        ("Björk", "BJ"),
        ("x", "X"),
        ("  ", "?"),
        ("élan vital", "ÉV"),
    ] {
        assert_eq!(initials(name), expected, "{name}");
    }
}

#[test]
fn only_rows_in_view_exist_and_every_row_can_be_in_view() {
    for count in [0, 1, 30, 5_000] {
        for top in (0..count * 34 + 1_000).step_by(97) {
            let rows = window_of(top, 900, 34, count);
            assert!(rows.end <= count && rows.start <= rows.end);
            assert!(rows.len() <= 52, "{} rows exist", rows.len());
            for row in 0..count.min(5_000) {
                let (first, last) = (row * 34, row * 34 + 34);
                if last > top && first < top + 900 {
                    assert!(rows.contains(&row), "row {row} is in view at {top} and does not exist");
                }
            }
        }
    }
}

#[test]
fn keys_never_lead_out_of_the_list() {
    let keys = ["ArrowDown", "ArrowUp", "j", "k", "PageDown", "PageUp", "Home", "End"];
    for key in keys {
        assert_eq!(step_of(key, 0, 0, 10), None, "{key} in an empty list");
        for now in 0..5 {
            match step_of(key, now, 5, 3) {
                Some(Step::To(to)) => assert!(to < 5, "{key} from {now} leads to {to}"),
                other => panic!("{key} gave {other:?}"),
            }
        }
    }
    assert_eq!(step_of("Enter", 2, 5, 3), Some(Step::Open));
    assert_eq!(step_of("x", 2, 5, 3), Some(Step::Act));
    assert_eq!(step_of("q", 2, 5, 3), None);
}

#[test]
fn a_plot_stays_in_its_frame() {
    for values in [vec![], vec![0, 0, 0], vec![1, 2, 3, 4, 5, 6, 7, 8], vec![u32::MAX, 0]] {
        for bar in bars(&values) {
            assert!(bar.height >= 1.0 && bar.y >= 0.0 && bar.y + bar.height <= 18.01, "{bar:?}");
            assert!(bar.x >= 0.0 && bar.x + bar.width <= 64.0 && bar.width > 0.0, "{bar:?}");
        }
    }
}

#[test]
fn the_host_of_a_link_is_where_it_leads_and_not_what_it_pretends() {
    assert_eq!(host_of("https://example.com/a?b"), Some("example.com"));
    assert_eq!(host_of("https://bank.example@evil.example/"), Some("evil.example"));
    assert_eq!(host_of("javascript:alert(1)"), None);
    assert_eq!(host_of("https://"), None);
}

#[test]
fn large_numbers_are_grouped() {
    for (number, words) in
        [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (123_456, "123,456"), (1_234_567, "1,234,567")]
    {
        assert_eq!(grouped(number), words);
    }
    assert_eq!(counted(1, "project"), "1 project");
    assert_eq!(counted(0, "project"), "0 projects");
}
