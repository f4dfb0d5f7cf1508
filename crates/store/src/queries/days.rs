//! A day as instants, in the person's zone: the store itself knows no zones.

use contract::ProjectRow;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// So many weeks are counted back.
pub(crate) const WEEKS: usize = 8;

/// What queries about a day need to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// The day.
    pub date: Date,
    /// When the day before it began.
    pub yesterday: Timestamp,
    /// Where the last eight weeks begin, oldest first, and where the last one ends: nine instants.
    pub weeks: Vec<Timestamp>,
}

impl Days {
    /// The day in a zone; weeks begin on `week_start`, 1 for Monday to 7 for Sunday.
    ///
    /// # Errors
    /// When the day lies at the end of the calendar.
    pub fn of(date: Date, zone: &TimeZone, week_start: u8) -> Result<Self, jiff::Error> {
        let start = |day: Date| day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
        let into_week = (i64::from(date.weekday().to_monday_one_offset()) - i64::from(week_start)).rem_euclid(7);
        let this_week = date.checked_sub(into_week.days())?;
        let weeks = (0..=WEEKS)
            .map(|week| start(this_week.checked_add((week as i64 + 1 - WEEKS as i64).weeks())?))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { date, yesterday: start(date.checked_sub(1.day())?)?, weeks })
    }

    /// The last of the days that count as due soon.
    pub(crate) fn soon(&self) -> Date {
        self.date.checked_add(7.days()).unwrap_or(Date::MAX)
    }

    /// Counts an instant into its week.
    pub(crate) fn count_week(&self, at: Timestamp, row: &mut ProjectRow) {
        let week = self.weeks.partition_point(|start| *start <= at);
        if let Some(count) = week.checked_sub(1).and_then(|week| row.done_by_week.get_mut(week)) {
            *count += 1;
        }
    }
}
