#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use contract::ApprovalDay;
use jiff::civil::date;

use super::{bar, total};

fn day(allowed: u32, denied: u32, unasked: u32) -> ApprovalDay {
    ApprovalDay { date: date(2026, 11, 21), allowed, denied, unasked }
}

#[test]
fn a_bar_is_as_long_as_its_day_and_its_parts_touch() {
    let days = [day(3, 1, 0), day(0, 0, 8), day(0, 0, 0), day(u32::MAX, u32::MAX, 1)];
    for most in [8, 20, u32::MAX] {
        for day in days.iter().filter(|day| total(day) <= most && total(day) < u32::MAX) {
            let parts = bar(day, most);
            let mut end = 0.0;
            for (from, long) in parts {
                assert!((from - end).abs() < 1e-9 && long >= 0.0, "{parts:?}");
                end = from + long;
            }
            assert!(end <= 100.0 + 1e-9, "{day:?} of {most}");
            assert!((end - f64::from(total(day)) * 100.0 / f64::from(most)).abs() < 1e-6);
        }
    }
    assert_eq!(bar(&day(0, 0, 0), 0), [(0.0, 0.0); 3]);
    assert_eq!(total(&day(u32::MAX, u32::MAX, 1)), u32::MAX, "it does not wrap");
}
