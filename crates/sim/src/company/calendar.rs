//! Days and hours at which people work.

use jiff::civil::{Date, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::dice::Dice;

/// The anchor of a company's history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    pub(crate) now: Timestamp,
    pub(crate) today: Date,
}

impl Calendar {
    pub(crate) fn new(now: Timestamp) -> Self {
        // Basecamp tells milliseconds; nothing finer may hide in the world.
        let now = Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        let today = now.to_zoned(TimeZone::UTC).date();
        Self { now, today }
    }

    pub(crate) fn day(&self, from_today: i64) -> Date {
        self.today.saturating_add(from_today.days())
    }

    /// A working moment on this day, never later than now.
    pub(crate) fn moment_on(&self, day: Date, dice: &mut Dice) -> Timestamp {
        let day = weekday_before(day);
        let hour = i8::try_from(dice.between(8, 17)).unwrap_or(9);
        let minute = i8::try_from(dice.between(0, 59)).unwrap_or(0);
        let second = i8::try_from(dice.between(0, 59)).unwrap_or(0);
        let milli = i32::try_from(dice.between(0, 999)).unwrap_or(0) * 1_000_000;
        let at = day
            .to_datetime(time(hour, minute, second, milli))
            .to_zoned(TimeZone::UTC)
            .map_or(self.now, |zoned| zoned.timestamp());
        let last = self.not_late(at);
        if last == at {
            return at;
        }
        // What would lie ahead of now is spread over the hours before, not heaped on one moment.
        let back = SignedDuration::from_secs(dice.between(0, 50_000));
        last.saturating_sub(back).unwrap_or(last)
    }

    /// The first thing on this day, before anybody works.
    pub(crate) fn opening(&self, day: Date) -> Timestamp {
        let at = weekday_before(day)
            .to_datetime(time(7, 30, 0, 0))
            .to_zoned(TimeZone::UTC)
            .map_or(self.now, |zoned| zoned.timestamp());
        self.not_late(at)
    }

    /// A working moment on a random day between two, counted from today (negative is past).
    pub(crate) fn between(&self, low: i64, high: i64, dice: &mut Dice) -> Timestamp {
        let from_today = dice.between(low, high.min(0));
        self.moment_on(self.day(from_today), dice)
    }

    /// A working moment some hours or days after another, never later than now.
    pub(crate) fn after(&self, at: Timestamp, low: i64, high: i64, dice: &mut Dice) -> Timestamp {
        let hours = dice.between(low, high);
        let later = at.saturating_add(SignedDuration::from_hours(hours));
        let worked = self.moment_on(day_of(later.unwrap_or(self.now)), dice);
        if worked > at {
            return worked;
        }
        let soon = SignedDuration::from_secs(dice.between(240, 2_400));
        self.not_late(at.saturating_add(soon).unwrap_or(at)).max(at)
    }

    fn not_late(&self, at: Timestamp) -> Timestamp {
        let last = self.now.saturating_sub(SignedDuration::from_mins(3));
        at.min(last.unwrap_or(self.now))
    }
}

/// The day itself, or the Friday before a weekend.
pub(crate) fn weekday_before(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day.saturating_sub(1.day()),
        Weekday::Sunday => day.saturating_sub(2.days()),
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => day,
    }
}

/// The day of a moment, in UTC.
pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
