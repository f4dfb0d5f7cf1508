//! The person's day and the shape of their weeks.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::plus;

/// A day, and on which day weeks begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::builtin) struct Calendar {
    /// Today, where the person is.
    pub(in crate::builtin) today: Date,
    /// 1 is Monday, 7 is Sunday.
    pub(in crate::builtin) week_start: u8,
}

impl Calendar {
    /// The first day of the week that holds this day.
    pub(in crate::builtin) fn week_of(&self, day: Date) -> Date {
        let start = i64::from(self.week_start.clamp(1, 7));
        let back = (i64::from(day.weekday().to_monday_one_offset()) - start).rem_euclid(7);
        plus(day, -back)
    }

    /// A week counted from this one: its first and last day.
    pub(super) fn week(&self, ahead: i64) -> (Date, Date) {
        let first = plus(self.week_of(self.today), ahead * 7);
        (first, plus(first, 6))
    }

    /// This weekday in a week counted from this one.
    pub(super) fn weekday_in(&self, weekday: Weekday, ahead: i64) -> Date {
        let (first, _) = self.week(ahead);
        let into = i64::from(weekday.to_monday_one_offset()) - i64::from(first.weekday().to_monday_one_offset());
        plus(first, into.rem_euclid(7))
    }

    /// The next such weekday, today included.
    pub(super) fn coming(&self, weekday: Weekday) -> Date {
        let ahead = i64::from(weekday.to_monday_one_offset()) - i64::from(self.today.weekday().to_monday_one_offset());
        plus(self.today, ahead.rem_euclid(7))
    }

    /// The last such weekday before today.
    pub(super) fn gone(&self, weekday: Weekday) -> Date {
        plus(self.coming(weekday), -7)
    }

    /// A month counted from this one: its first and last day.
    pub(super) fn month(&self, ahead: i64) -> (Date, Date) {
        let first = self.today.first_of_month().saturating_add(ahead.clamp(-12_000, 12_000).months());
        (first, first.last_of_month())
    }

    /// A quarter counted from this one: its first and last day.
    pub(super) fn quarter(&self, ahead: i64) -> (Date, Date) {
        let into = i64::from((self.today.month() - 1) % 3);
        let (first, _) = self.month(ahead * 3 - into);
        (first, first.saturating_add(2.months()).last_of_month())
    }

    /// A year counted from this one.
    pub(super) fn year(&self, ahead: i64) -> (Date, Date) {
        let day = self.today.saturating_add(ahead.clamp(-1_000, 1_000).years());
        (day.first_of_year(), day.last_of_year())
    }
}
