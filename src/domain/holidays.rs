//! Public holidays, on which nothing is written: by country, each with where it stands.
//!
//! Nationwide ones only. The country is told by the supplier's time zone.

use crate::day::{Day, Zone};
use crate::target::easter_sunday;

/// A country's holidays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Calendar {
    /// ISO 3166 code.
    pub country: &'static str,
    /// Its zones.
    pub zones: &'static [&'static str],
    /// Month and day.
    pub fixed: &'static [(u32, u32)],
    /// Days from Easter Sunday.
    pub easter: &'static [i64],
    /// Where they stand.
    pub source: &'static str,
}

const GOOD_FRIDAY: i64 = -2;
const EASTER_MONDAY: i64 = 1;
const ASCENSION: i64 = 39;
const WHIT_MONDAY: i64 = 50;
const CORPUS_CHRISTI: i64 = 60;

/// The countries whose holidays are known here.
pub const CALENDARS: &[Calendar] = &[
    Calendar {
        country: "FR",
        zones: &["Europe/Paris"],
        fixed: &[
            (1, 1),
            (5, 1),
            (5, 8),
            (7, 14),
            (8, 15),
            (11, 1),
            (11, 11),
            (12, 25),
        ],
        easter: &[EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        source: "Code du travail, L3133-1",
    },
    Calendar {
        country: "BE",
        zones: &["Europe/Brussels"],
        fixed: &[
            (1, 1),
            (5, 1),
            (7, 21),
            (8, 15),
            (11, 1),
            (11, 11),
            (12, 25),
        ],
        easter: &[EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        source: "Arrêté royal du 18 avril 1974, article 1",
    },
    Calendar {
        country: "LU",
        zones: &["Europe/Luxembourg"],
        fixed: &[
            (1, 1),
            (5, 1),
            (5, 9),
            (6, 23),
            (8, 15),
            (11, 1),
            (12, 25),
            (12, 26),
        ],
        easter: &[EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        source: "Code du travail, L. 232-2",
    },
    Calendar {
        country: "DE",
        zones: &["Europe/Berlin"],
        fixed: &[(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)],
        easter: &[GOOD_FRIDAY, EASTER_MONDAY, ASCENSION, WHIT_MONDAY],
        source: "Feiertagsgesetze der Länder, in all of them",
    },
    Calendar {
        country: "ES",
        zones: &["Europe/Madrid"],
        fixed: &[
            (1, 1),
            (1, 6),
            (5, 1),
            (8, 15),
            (10, 12),
            (11, 1),
            (12, 6),
            (12, 8),
            (12, 25),
        ],
        easter: &[GOOD_FRIDAY],
        source: "Real Decreto 2001/1983, artículo 45",
    },
    Calendar {
        country: "IT",
        zones: &["Europe/Rome"],
        fixed: &[
            (1, 1),
            (1, 6),
            (4, 25),
            (5, 1),
            (6, 2),
            (8, 15),
            (11, 1),
            (12, 8),
            (12, 25),
            (12, 26),
        ],
        easter: &[EASTER_MONDAY],
        source: "Legge 260/1949",
    },
    Calendar {
        country: "AT",
        zones: &["Europe/Vienna"],
        fixed: &[
            (1, 1),
            (1, 6),
            (5, 1),
            (8, 15),
            (10, 26),
            (11, 1),
            (12, 8),
            (12, 25),
            (12, 26),
        ],
        easter: &[EASTER_MONDAY, ASCENSION, WHIT_MONDAY, CORPUS_CHRISTI],
        source: "Arbeitsruhegesetz, § 7",
    },
];

/// The calendar of a zone, where one is known.
#[must_use]
pub fn of(zone: Zone) -> Option<&'static Calendar> {
    let holds = |one: &&Calendar| one.zones.contains(&zone.name());
    CALENDARS.iter().find(holds)
}

impl Calendar {
    /// Whether this day is a holiday.
    #[must_use]
    pub fn has(&self, day: Day) -> bool {
        if self.fixed.contains(&(day.month(), day.day())) {
            return true;
        }
        let easter = easter_sunday(day.year());
        easter.is_some_and(|easter| self.easter.contains(&easter.days_until(day)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(country: &str, year: i32) -> Vec<String> {
        let calendar = CALENDARS.iter().find(|one| one.country == country).unwrap();
        let first = Day::new(year, 1, 1).unwrap();
        let days = (0..366).map(|n| first.plus_days(n));
        let found = days.filter(|day| day.year() == year && calendar.has(*day));
        found.map(|day| day.to_string()).collect()
    }

    #[test]
    fn france_has_eleven_in_2026_and_2027() {
        assert_eq!(
            all("FR", 2026),
            [
                "2026-01-01",
                "2026-04-06",
                "2026-05-01",
                "2026-05-08",
                "2026-05-14",
                "2026-05-25",
                "2026-07-14",
                "2026-08-15",
                "2026-11-01",
                "2026-11-11",
                "2026-12-25"
            ]
        );
        let moved = ["2027-03-29", "2027-05-06", "2027-05-17"];
        let found = all("FR", 2027);
        assert!(moved.iter().all(|day| found.contains(&(*day).to_owned())));
    }

    #[test]
    fn each_country_has_its_count() {
        for (country, count) in [
            ("BE", 10),
            ("LU", 11),
            ("DE", 9),
            ("ES", 10),
            ("IT", 11),
            ("AT", 13),
        ] {
            assert_eq!(all(country, 2026).len(), count, "{country}");
        }
        assert!(all("DE", 2026).contains(&"2026-04-03".to_owned()));
        assert!(all("AT", 2026).contains(&"2026-06-04".to_owned()));
    }

    #[test]
    fn a_zone_names_its_country() {
        let country = |zone: &str| of(zone.parse().unwrap()).map(|one| one.country);
        assert_eq!(country("Europe/Paris"), Some("FR"));
        assert_eq!(country("Europe/Brussels"), Some("BE"));
        assert_eq!(country("America/New_York"), None);
        for one in CALENDARS {
            for zone in one.zones {
                assert!(zone.parse::<Zone>().is_ok(), "{zone}");
            }
        }
    }
}
