//! When messages may leave: business hours of business days, where the supplier is.
//!
//! No statute gives a number; eight to seven on Monday to Friday is the profession's custom
//! (`law.md` §2, frequency and hours).

use crate::day::{Moment, Zone};

/// The first hour of the day at which a message may leave.
pub const FIRST_HOUR: u32 = 8;

/// The hour of the day from which none leaves any more.
pub const CLOSING_HOUR: u32 = 19;

/// The hour at which what had to wait leaves.
const MORNING: u32 = 9;

/// This instant, if messages may leave now; else the next business morning.
#[must_use]
pub fn next_opening(zone: Zone, now: Moment) -> Moment {
    let today = zone.day(now);
    let hour = zone.hour(now);
    if !today.is_weekend() && (FIRST_HOUR..CLOSING_HOUR).contains(&hour) {
        return now;
    }
    let from = if hour < FIRST_HOUR { 0 } else { 1 };
    let next = (from..7)
        .map(|days| today.plus_days(days))
        .find(|day| !day.is_weekend());
    zone.at_hour(next.unwrap_or(today), MORNING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;

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
        ] {
            let opening = next_opening(Zone::PARIS, paris(day, hour));
            assert_eq!(opening, paris(expected_day, expected_hour), "{day} {hour}");
        }
    }
}
