//! Civil days and instants are different things: a due date has no hour, an event has a zone.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Timelike, Weekday};
use chrono_tz::Tz;

/// Why a day, instant or zone could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not a calendar day in the form YYYY-MM-DD.
    #[error("'{0}' is no day: write it as 2026-11-30")]
    NotADay(String),
    /// Not a zone of the IANA database.
    #[error("'{0}' is no time zone: write it as Europe/Paris")]
    NotAZone(String),
}

/// A calendar day, without hour or zone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(NaiveDate);

impl Day {
    /// The day with this year, month (1–12) and day of the month, if the calendar has it.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// From the calendar library's type, for the storage.
    #[must_use]
    pub const fn from_date(date: NaiveDate) -> Self {
        Self(date)
    }

    /// The calendar library's type, for the storage.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// Year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// This many days later (earlier when negative); stays put at the end of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let count = Days::new(days.unsigned_abs());
        let moved = if days < 0 {
            self.0.checked_sub_days(count)
        } else {
            self.0.checked_add_days(count)
        };
        moved.map_or(self, Self)
    }

    /// Days from here to `later`; negative when `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.0.signed_duration_since(self.0).num_days()
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        self.0.with_day(1).map_or(self, Self)
    }

    /// Saturday or Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// Monday is 1, Sunday is 7 (ISO 8601).
    #[must_use]
    pub fn iso_weekday(self) -> u32 {
        self.0.weekday().number_from_monday()
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let refused = || DayError::NotADay(text.chars().take(40).collect());
        // The library would also take signs and spaces where digits belong.
        let shape = |(place, byte): (usize, u8)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        if text.len() != 10 || !text.bytes().enumerate().all(shape) {
            return Err(refused());
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Self)
            .map_err(|_| refused())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An instant: microseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment(i64);

impl Moment {
    /// From microseconds since the epoch.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From whole seconds since the epoch, as Stripe and JWT write them.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// This many minutes later.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// This many times 24 hours later.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }

    fn utc(self) -> DateTime<chrono::Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl fmt::Display for Moment {
    /// `2026-11-21T18:47:45Z`: ISO 8601 without fractions, as ISO 20022 files want it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.utc().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A supplier's time zone, which decides what day it is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Zone(Tz);

impl Zone {
    /// France.
    pub const PARIS: Zone = Zone(Tz::Europe__Paris);

    /// The civil day at this instant.
    #[must_use]
    pub fn day(self, moment: Moment) -> Day {
        Day(moment.utc().with_timezone(&self.0).date_naive())
    }

    /// The hour of the day, 0 to 23, at this instant.
    #[must_use]
    pub fn hour(self, moment: Moment) -> u32 {
        moment.utc().with_timezone(&self.0).hour()
    }

    /// Hours and minutes at this instant.
    #[must_use]
    pub fn hour_minute(self, moment: Moment) -> (u32, u32) {
        let local = moment.utc().with_timezone(&self.0);
        (local.hour(), local.minute())
    }

    /// The instant at which this day has this hour, 0 to 23 (later ones count as 23); the first
    /// one when the clock goes back, the next hour there is when the clock skips it.
    #[must_use]
    pub fn at_hour(self, day: Day, hour: u32) -> Moment {
        let this_day = (hour.min(23)..=23).map(|hour| (day, hour));
        let next_day = (0..=23).map(|hour| (day.plus_days(1), hour));
        this_day
            .chain(next_day)
            .find_map(|(day, hour)| {
                let naive = day.0.and_hms_opt(hour, 0, 0)?;
                self.0.from_local_datetime(&naive).earliest()
            })
            .map_or(Moment(0), |local| Moment(local.timestamp_micros()))
    }

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl FromStr for Zone {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        text.parse()
            .map(Self)
            .map_err(|_| DayError::NotAZone(text.chars().take(40).collect()))
    }
}
