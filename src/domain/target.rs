//! The bank days of TARGET, on which SEPA money moves (`sepa.md` §6). No national holidays.

use crate::day::Day;

/// No closed stretch is longer than this; the longest, at Easter or Christmas, has four days.
const CLOSED_DAYS_MAX: i64 = 7;

/// Whether TARGET is open: not on Saturdays, Sundays, 1 January, Good Friday, Easter Monday,
/// 1 May, 25 and 26 December.
#[must_use]
pub fn is_bank_day(day: Day) -> bool {
    let fixed = matches!((day.month(), day.day()), (1 | 5, 1) | (12, 25 | 26));
    let easter = |offset| easter_sunday(day.year()).is_some_and(|e| e.plus_days(offset) == day);
    !(day.is_weekend() || fixed || easter(-2) || easter(1))
}

/// The day itself when TARGET is open on it, else the first day after it that is.
#[must_use]
pub fn bank_day_from(day: Day) -> Day {
    (0..=CLOSED_DAYS_MAX)
        .map(|days| day.plus_days(days))
        .find(|candidate| is_bank_day(*candidate))
        .unwrap_or(day)
}

/// The first bank day after this day, whether or not TARGET is open on it.
#[must_use]
pub fn next_bank_day(day: Day) -> Day {
    bank_day_from(day.plus_days(1))
}

/// The earliest day to ask a direct debit for, when its file is handed in on `today`.
///
/// The bank takes the file today, when TARGET is open and its cut-off has not passed, else on the
/// next bank day; it wants it `lead` bank days before the debit (1 by the schemes' rule, 2 unless
/// the supplier's bank says otherwise).
#[must_use]
pub fn earliest_collection(today: Day, before_cut_off: bool, lead: u8) -> Day {
    let taken = if before_cut_off {
        bank_day_from(today)
    } else {
        next_bank_day(today)
    };
    (0..lead).fold(taken, |day, _| next_bank_day(day))
}

/// Easter Sunday in the Gregorian calendar, by the method of Meeus, Jones and Butcher.
pub(crate) fn easter_sunday(year: i32) -> Option<Day> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let leap_shift = century / 4;
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leap_shift - moon_shift + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    // Days from 22 March, the earliest Easter.
    let after = epact + weekday - 7 * late;
    Day::new(year, 3, 22).map(|earliest| earliest.plus_days(i64::from(after)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn easter_of_known_years() {
        for expected in [
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2285-03-22",
        ] {
            let expected = day(expected);
            assert_eq!(easter_sunday(expected.year()), Some(expected));
        }
    }

    #[test]
    fn target_is_closed_on_its_holidays_and_at_weekends_only() {
        for closed in [
            "2026-01-01",
            "2026-05-01",
            "2026-12-25",
            "2028-12-26",
            "2027-03-26",
            "2027-03-29",
            "2028-04-14",
            "2028-04-17",
            "2029-03-30",
            "2029-04-02",
            "2026-11-21",
            "2026-11-22",
        ] {
            assert!(!is_bank_day(day(closed)), "{closed}");
        }
        for open in [
            "2026-12-24",
            "2026-12-31",
            "2026-07-14",
            "2026-11-11",
            "2027-03-25",
        ] {
            assert!(is_bank_day(day(open)), "{open}");
        }
    }

    #[test]
    fn days_move_forward_to_a_bank_day() {
        assert_eq!(bank_day_from(day("2026-12-24")), day("2026-12-24"));
        assert_eq!(next_bank_day(day("2026-12-24")), day("2026-12-28"));
        assert_eq!(bank_day_from(day("2027-03-26")), day("2027-03-30"));
        assert_eq!(next_bank_day(day("2027-03-25")), day("2027-03-30"));
    }

    #[test]
    fn the_earliest_collection_counts_bank_days_from_the_cut_off() {
        for (today, before, lead, expected) in [
            ("2026-12-24", true, 1, "2026-12-28"),
            ("2026-12-24", false, 1, "2026-12-29"),
            ("2026-11-20", false, 1, "2026-11-24"),
            ("2026-11-20", true, 1, "2026-11-23"),
            ("2026-11-21", true, 1, "2026-11-24"),
            ("2026-11-21", false, 1, "2026-11-24"),
            ("2027-03-24", true, 2, "2027-03-30"),
            ("2027-03-24", true, 0, "2027-03-24"),
        ] {
            let found = earliest_collection(day(today), before, lead);
            assert_eq!(found, day(expected), "{today} {before} {lead}");
        }
    }

    proptest! {
        #[test]
        fn the_next_bank_day_is_open_and_nothing_between_is(ahead in 0..200_000_i64) {
            let start = day("1990-01-01").plus_days(ahead);
            let next = next_bank_day(start);
            prop_assert!(is_bank_day(next) && next > start);
            let between = (1..start.days_until(next)).map(|days| start.plus_days(days));
            prop_assert_eq!(between.filter(|d| is_bank_day(*d)).count(), 0);
        }

        #[test]
        fn easter_is_a_sunday_from_22_march_to_25_april(year in 1583..9999_i32) {
            let easter = easter_sunday(year).unwrap();
            prop_assert_eq!(easter.iso_weekday(), 7);
            let first = Day::new(year, 3, 22).unwrap();
            prop_assert!((0..=34).contains(&first.days_until(easter)));
        }
    }
}
