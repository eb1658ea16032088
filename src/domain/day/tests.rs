//! Days, instants and zones, the changes of the clock included.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// An instant written in UTC.
fn utc(text: &str) -> Moment {
    let read = DateTime::parse_from_rfc3339(text).unwrap();
    Moment::from_micros(read.timestamp_micros())
}

#[test]
fn days_are_read_in_one_form_only() {
    for good in ["2026-11-30", "2028-02-29", "0001-01-01"] {
        assert_eq!(day(good).to_string(), good);
    }
    for bad in [
        "",
        "2026-02-29",
        "2026-13-01",
        "2026-1-1",
        "26-11-30",
        "30/11/2026",
        "20261130",
        "2026-11-30 ",
        "2026-11-30T00:00",
        "+026-11-30",
        "-026-11-30",
        "2026- 1- 3",
        "2026/11/30",
        "２０２６-11",
    ] {
        let refused = bad.parse::<Day>();
        assert_eq!(refused, Err(DayError::NotADay(bad.to_owned())), "{bad}");
    }
}

#[test]
fn days_are_counted_across_months_and_leap_days() {
    assert_eq!(day("2028-02-28").plus_days(2), day("2028-03-01"));
    assert_eq!(day("2026-01-01").plus_days(-1), day("2025-12-31"));
    assert_eq!(day("2026-10-25").days_until(day("2026-10-26")), 1);
    assert_eq!(day("2026-11-22").iso_weekday(), 7);
    assert!(day("2026-11-21").is_weekend() && !day("2026-11-23").is_weekend());
    let end = Day::from_date(NaiveDate::MAX);
    assert_eq!(end.plus_days(1), end);
    assert_eq!(end.plus_days(i64::MIN).plus_days(i64::MAX), end);
}

#[test]
fn moments_are_written_without_fractions() {
    let moment = Moment::from_micros(1_790_000_000_999_999);
    assert_eq!(moment.to_string(), "2026-09-21T14:13:20Z");
    assert_eq!(
        Moment::from_seconds(moment.seconds()).to_string(),
        moment.to_string()
    );
    assert_eq!(Moment::from_micros(-1).seconds(), -1);
    assert_eq!(
        moment.plus_minutes(2).plus_days(-1).micros(),
        moment.micros() - 86_280_000_000
    );
}

#[test]
fn the_zone_decides_what_day_it_is() {
    let late_evening = utc("2026-11-30T23:30:00Z");
    assert_eq!(Zone::PARIS.day(late_evening), day("2026-12-01"));
    assert_eq!(Zone::PARIS.hour_minute(late_evening), (0, 30));
    let montreal: Zone = "America/Montreal".parse().unwrap();
    assert_eq!(montreal.day(late_evening), day("2026-11-30"));
    assert_eq!(montreal.name(), "America/Montreal");
    let refused = "Paris".parse::<Zone>();
    assert_eq!(refused, Err(DayError::NotAZone("Paris".to_owned())));
}

#[test]
fn hours_in_paris_when_the_clock_goes_back_and_forth() {
    for (on, hour, expected) in [
        ("2026-10-25", 1, "2026-10-24T23:00:00Z"),
        // 02:00 comes twice: the first one counts.
        ("2026-10-25", 2, "2026-10-25T00:00:00Z"),
        ("2026-10-25", 3, "2026-10-25T02:00:00Z"),
        ("2026-10-25", 9, "2026-10-25T08:00:00Z"),
        ("2027-03-28", 1, "2027-03-28T00:00:00Z"),
        // 02:00 does not exist: 03:00 follows 01:59.
        ("2027-03-28", 2, "2027-03-28T01:00:00Z"),
        ("2027-03-28", 3, "2027-03-28T01:00:00Z"),
        ("2027-03-28", 9, "2027-03-28T07:00:00Z"),
        ("2026-11-30", 23, "2026-11-30T22:00:00Z"),
        ("2026-11-30", 24, "2026-11-30T22:00:00Z"),
    ] {
        let found = Zone::PARIS.at_hour(day(on), hour);
        assert_eq!(found.to_string(), expected, "{on} {hour}");
    }
    assert_eq!(Zone::PARIS.hour(utc("2026-10-25T00:30:00Z")), 2);
    assert_eq!(Zone::PARIS.hour(utc("2026-10-25T01:30:00Z")), 2);
}

#[test]
fn a_day_that_a_zone_skips_starts_with_the_next_one() {
    let apia: Zone = "Pacific/Apia".parse().unwrap();
    let skipped = apia.at_hour(day("2011-12-30"), 9);
    assert_eq!(skipped, apia.at_hour(day("2011-12-31"), 0));
    assert_eq!(skipped.to_string(), "2011-12-30T10:00:00Z");
}

proptest! {
    #[test]
    fn every_hour_falls_on_its_day_in_paris(ahead in 0..4_000_i64, hour in 0..24_u32) {
        let on = day("2024-01-01").plus_days(ahead);
        let moment = Zone::PARIS.at_hour(on, hour);
        prop_assert_eq!(Zone::PARIS.day(moment), on);
        let found = Zone::PARIS.hour_minute(moment);
        prop_assert!(found == (hour, 0) || (hour, found) == (2, (3, 0)));
    }

    #[test]
    fn days_are_read_as_written(ahead in -700_000..2_000_000_i64, days in -9_999..9_999_i64) {
        let start = day("2000-01-01").plus_days(ahead);
        prop_assert_eq!(start.to_string().parse(), Ok(start));
        prop_assert_eq!(start.days_until(start.plus_days(days)), days);
    }

    #[test]
    fn any_text_is_a_day_or_refused(text in "[0-9+ -]{10}|.{0,12}") {
        if let Ok(day) = text.parse::<Day>() {
            prop_assert_eq!(day.to_string(), text);
        }
    }
}
