//! When messages may leave: business hours of business days, where the supplier is; and how many.
//!
//! No statute gives a number; eight to seven on Monday to Friday is the profession's custom
//! (`law.md` §2, frequency and hours).

use crate::day::{Day, Moment, Zone};
use crate::holidays;

/// The first hour of the day at which a message may leave, unless the supplier says otherwise.
pub const FIRST_HOUR: u32 = 8;

/// The hour of the day from which none leaves any more.
pub const CLOSING_HOUR: u32 = 19;

/// Hours after the first at which what had to wait leaves.
const MORNING: u32 = 1;

/// Monday to Friday.
pub const WEEKDAYS: u8 = 0b1_1111;

/// The longest that a supplier is closed: a week without one business day, and holidays.
const CLOSED_DAYS_MAX: i64 = 21;

/// The most messages of our own accord that a supplier may let one mailbox have in a day.
pub const DAILY_MAX: u16 = 100;

/// The most days before a promised day on which it may be told again.
pub const NOTICE_DAYS_MAX: u16 = 14;

/// When a supplier writes, and how often to whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rhythm {
    /// Its business days: a bit each, Monday the lowest.
    pub days: u8,
    /// The first hour at which a message may leave.
    pub first_hour: u32,
    /// The hour from which none leaves any more.
    pub closing_hour: u32,
    /// Days between two messages to one account, at least.
    pub gap_days: u16,
    /// Messages that one mailbox gets in a day, at most, of all accounts together.
    pub daily_max: u16,
    /// Days before a promised day on which it is told again; never, when none.
    pub notice_days: u16,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            days: WEEKDAYS,
            first_hour: FIRST_HOUR,
            closing_hour: CLOSING_HOUR,
            gap_days: 7,
            daily_max: 5,
            notice_days: 3,
        }
    }
}

impl Rhythm {
    /// Whether it makes sense: a day and an hour to write in, and a message to send.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.days > 0
            && self.days < 128
            && self.first_hour < self.closing_hour
            && self.closing_hour <= 24
            && self.daily_max > 0
            && self.daily_max <= DAILY_MAX
            && self.notice_days <= NOTICE_DAYS_MAX
    }

    /// Whether messages leave on this day at all.
    #[must_use]
    pub fn is_open_on(&self, zone: Zone, day: Day) -> bool {
        let bit = day.iso_weekday().saturating_sub(1);
        let holiday = holidays::of(zone).is_some_and(|calendar| calendar.has(day));
        self.days >> bit & 1 == 1 && !holiday
    }

    /// Whether messages may leave at this instant.
    #[must_use]
    pub fn is_open(&self, zone: Zone, now: Moment) -> bool {
        let hours = self.first_hour..self.closing_hour;
        hours.contains(&zone.hour(now)) && self.is_open_on(zone, zone.day(now))
    }

    /// This instant, if messages may leave now; else the next business morning.
    #[must_use]
    pub fn next_opening(&self, zone: Zone, now: Moment) -> Moment {
        if self.is_open(zone, now) {
            return now;
        }
        let from = i64::from(zone.hour(now) >= self.first_hour);
        let today = zone.day(now);
        let day = self.open_day(zone, today.plus_days(from));
        let morning = (self.first_hour + MORNING).min(self.closing_hour - 1);
        zone.at_hour(day, morning)
    }

    /// This day if messages leave on it, else the next on which they do.
    #[must_use]
    pub fn open_day(&self, zone: Zone, day: Day) -> Day {
        (0..CLOSED_DAYS_MAX)
            .map(|days| day.plus_days(days))
            .find(|day| self.is_open_on(zone, *day))
            .unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paris(text: &str, hour: u32) -> Moment {
        Zone::PARIS.at_hour(text.parse::<Day>().unwrap(), hour)
    }

    #[test]
    fn business_hours_are_now_and_the_rest_is_the_next_morning() {
        for (day, hour, expected_day, expected_hour) in [
            ("2026-11-20", 8, "2026-11-20", 8),
            ("2026-11-20", 18, "2026-11-20", 18),
            ("2026-11-20", 19, "2026-11-23", 9),
            ("2026-11-21", 10, "2026-11-23", 9),
            ("2026-11-22", 3, "2026-11-23", 9),
            ("2026-11-23", 3, "2026-11-23", 9),
            ("2026-11-23", 23, "2026-11-24", 9),
            // Armistice, Easter, Christmas and New Year.
            ("2026-11-11", 10, "2026-11-12", 9),
            ("2026-11-10", 19, "2026-11-12", 9),
            ("2026-04-03", 20, "2026-04-07", 9),
            ("2026-12-24", 19, "2026-12-28", 9),
            ("2027-01-01", 7, "2027-01-04", 9),
        ] {
            let opening = Rhythm::default().next_opening(Zone::PARIS, paris(day, hour));
            assert_eq!(opening, paris(expected_day, expected_hour), "{day} {hour}");
        }
    }

    #[test]
    fn a_supplier_has_days_and_hours_of_its_own() {
        let rhythm = Rhythm {
            days: 0b11_1100,
            first_hour: 10,
            closing_hour: 11,
            ..Rhythm::default()
        };
        assert!(rhythm.is_sound());
        for (day, hour, expected_day, expected_hour) in [
            ("2026-11-25", 10, "2026-11-25", 10),
            ("2026-11-25", 9, "2026-11-25", 10),
            ("2026-11-28", 11, "2026-12-02", 10),
        ] {
            let opening = rhythm.next_opening(Zone::PARIS, paris(day, hour));
            assert_eq!(opening, paris(expected_day, expected_hour), "{day} {hour}");
        }
    }

    #[test]
    fn a_rhythm_without_a_day_an_hour_or_a_message_is_refused() {
        let usual = Rhythm::default;
        for wrong in [
            Rhythm { days: 0, ..usual() },
            Rhythm {
                days: 128,
                ..usual()
            },
            Rhythm {
                first_hour: 19,
                ..usual()
            },
            Rhythm {
                closing_hour: 25,
                ..usual()
            },
            Rhythm {
                daily_max: 0,
                ..usual()
            },
            Rhythm {
                daily_max: 101,
                ..usual()
            },
            Rhythm {
                notice_days: 15,
                ..usual()
            },
        ] {
            assert!(!wrong.is_sound(), "{wrong:?}");
        }
        assert!(usual().is_sound());
    }

    proptest! {
        /// Whatever the instant, also in the hours that the clock skips or has twice.
        #[test]
        fn the_next_opening_is_open_and_not_before(
            seconds in 1_767_225_600..1_893_456_000_i64,
            days in 1..128_u8,
            hours in (0..24_u32, 1..25_u32),
        ) {
            let (first_hour, closing_hour) = hours;
            let rhythm = Rhythm { days, first_hour, closing_hour, ..Rhythm::default() };
            prop_assume!(rhythm.is_sound());
            let now = Moment::from_seconds(seconds);
            let opening = rhythm.next_opening(Zone::PARIS, now);
            prop_assert!(opening >= now);
            // The one hour of the year that the clock skips may be all that a supplier has.
            let skipped = hours == (2, 3);
            prop_assert!(skipped || rhythm.is_open(Zone::PARIS, opening), "{now} {opening}");
        }
    }
}
