//! Dates as software prints them: day first, or ISO. In another order only when a person said so.

use domain::Day;

/// What stands first in a date. A year of four digits that stands first always is one.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Order {
    /// `31/12/2026`.
    #[default]
    DayFirst,
    /// `12/31/2026`.
    MonthFirst,
    /// `26-12-31`.
    YearFirst,
}

/// Why a text is no day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotADay {
    /// It is no date at all: words, a number, or zeros that stand for "none".
    NoDate,
    /// It looks like a date, and the calendar lacks it.
    Impossible,
}

/// Years a balance can speak of.
const YEARS: std::ops::RangeInclusive<u32> = 1970..=2199;

/// Reads `31/12/2026`, `31-12-26`, `31.12.2026`, `2026-12-31` or `20261231`; a time after it is
/// left out. Two-digit years are of this century up to 79.
pub(crate) fn parse(text: &str) -> Result<Day, NotADay> {
    parse_as(text, Order::DayFirst)
}

/// The same in a known order.
pub(crate) fn parse_as(text: &str, order: Order) -> Result<Day, NotADay> {
    let parts = parts(without_time(text.trim()), order);
    let (year, month, day) = parts.ok_or(NotADay::NoDate)?;
    if day == 0 || month == 0 {
        return Err(NotADay::NoDate);
    }
    let known = YEARS.contains(&year).then_some(year);
    known
        .and_then(|year| i32::try_from(year).ok())
        .and_then(|year| Day::new(year, month, day))
        .ok_or(NotADay::Impossible)
}

fn parts(date: &str, order: Order) -> Option<(u32, u32, u32)> {
    let Some(sign) = ['/', '-', '.']
        .into_iter()
        .find(|sign| date.contains(*sign))
    else {
        let (year, rest) = date.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return (date.len() == 8).then_some((digits(year, 4)?, digits(month, 2)?, digits(day, 2)?));
    };
    let mut parts = date.split(sign);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        return Some((digits(first, 4)?, digits(second, 2)?, digits(third, 2)?));
    }
    let (day, month, year) = match order {
        Order::DayFirst => (first, second, third),
        Order::MonthFirst => (second, first, third),
        Order::YearFirst => (third, second, first),
    };
    Some((this_century(year)?, digits(month, 2)?, digits(day, 2)?))
}

fn this_century(year: &str) -> Option<u32> {
    match (digits(year, 4)?, year.len()) {
        (year, 4) => Some(year),
        (year @ 0..80, 2) => Some(2000 + year),
        (year, 2) => Some(1900 + year),
        _ => None,
    }
}

fn digits(text: &str, most: usize) -> Option<u32> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn without_time(text: &str) -> &str {
    match text.split_once([' ', 'T']) {
        Some((date, time)) if time.starts_with(|c: char| c.is_ascii_digit()) => {
            let clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+');
            if time.contains(':') && time.chars().all(clock) {
                date
            } else {
                text
            }
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_person_may_say_another_order() {
        let read = |text, order| parse_as(text, order).unwrap().to_string();
        assert_eq!(read("12/31/2026", Order::MonthFirst), "2026-12-31");
        assert_eq!(read("26-12-31", Order::YearFirst), "2026-12-31");
        assert_eq!(read("2026-12-31", Order::MonthFirst), "2026-12-31");
        assert_eq!(parse("12/31/2026"), Err(NotADay::Impossible));
    }

    #[test]
    fn readable_dates() {
        for (text, iso) in [
            ("21/11/26", "2026-11-21"),
            ("06/05/2026", "2026-05-06"),
            ("6/5/2026", "2026-05-06"),
            ("06-05-2026", "2026-05-06"),
            ("06.05.26", "2026-05-06"),
            ("2026-05-06", "2026-05-06"),
            ("20260506", "2026-05-06"),
            ("06/05/2026 00:00:00", "2026-05-06"),
            ("2026-05-06T10:00:00.000Z", "2026-05-06"),
            ("29/02/2028", "2028-02-29"),
            ("31/12/99", "1999-12-31"),
        ] {
            assert_eq!(parse(text).unwrap().to_string(), iso, "{text}");
        }
    }

    #[test]
    fn no_date_and_no_such_day_are_told_apart() {
        for text in [
            "",
            "à réception",
            "30 jours FDM",
            "00/00/0000",
            "46327,5",
            "46327",
            "2026-05",
            "1/2",
            "06/05/206",
            "06/05-2026",
            "1/2/3/4",
            "+6/05/2026",
            "06/05/2026 demain",
        ] {
            assert_eq!(parse(text), Err(NotADay::NoDate), "{text}");
        }
        for text in [
            "31/02/26",
            "2026-02-31",
            "15/13/2026",
            "29/02/2026",
            "01/01/0206",
        ] {
            assert_eq!(parse(text), Err(NotADay::Impossible), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}") {
            let _ = parse(&text);
        }

        #[test]
        fn every_day_is_read_in_every_form(days in 0_i64..80_000) {
            let day = Day::new(1970, 1, 1).unwrap().plus_days(days);
            let (y, m, d) = (day.year(), day.month(), day.day());
            for text in [format!("{d:02}/{m:02}/{y}"), format!("{d}.{m}.{y}"), day.to_string()] {
                prop_assert_eq!(parse(&text), Ok(day));
            }
        }
    }
}
