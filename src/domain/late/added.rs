//! Rates of half-years that came after the program: the supplier adds them when the ECB has said
//! them, and a later program that knows them goes by its own table.

use std::fmt;
use std::str::FromStr;

use super::{BASES, Base, RATE_MAX, Rate};

/// Half-years that can be added.
const ADDED_MAX: usize = 8;

/// Where such a rate is from.
const SOURCE: &str = "added by the supplier";

/// Rates that were added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Added([Option<Base>; ADDED_MAX]);

/// A rate that cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddedError {
    /// The program knows it.
    #[error("the rate of {0}-{1} is known: {2}.{3:02} %")]
    Known(i32, u8, u16, u16),
    /// No half-year, or no rate.
    #[error("'{0}' is no half-year and rate: write it as 2027-1=215, in hundredths of a percent")]
    Unreadable(String),
    /// Too many.
    #[error("{ADDED_MAX} half-years are added already: take a newer release, which knows them")]
    Full,
}

impl Added {
    /// With one more, or with another rate of one that was added.
    pub fn with(mut self, (year, half): (i32, u8), rate: Rate) -> Result<Self, AddedError> {
        if let Some(known) = known(year, half) {
            let (whole, rest) = (known.rate.0 / 100, known.rate.0 % 100);
            return Err(AddedError::Known(year, half, whole, rest));
        }
        let first = BASES.first().map_or(i32::MAX, |base| base.year);
        if year < first || year > 2_100 || !(1..=2).contains(&half) || rate.0 > RATE_MAX.0 {
            return Err(AddedError::Unreadable(format!("{year}-{half}={}", rate.0)));
        }
        let own = |base: &Option<Base>| base.is_some_and(|at| (at.year, at.half) == (year, half));
        let place = self.0.iter().position(own);
        let place = place.or_else(|| self.0.iter().position(Option::is_none));
        let place = place.and_then(|place| self.0.get_mut(place));
        *place.ok_or(AddedError::Full)? = Some(Base {
            year,
            half,
            rate,
            source: SOURCE,
        });
        Ok(self)
    }

    /// Those that the program does not know itself.
    pub(super) fn iter(self) -> impl Iterator<Item = Base> {
        let added = self.0.into_iter().flatten();
        added.filter(|base| known(base.year, base.half).is_none())
    }
}

fn known(year: i32, half: u8) -> Option<&'static Base> {
    BASES
        .iter()
        .find(|base| (base.year, base.half) == (year, half))
}

impl fmt::Display for Added {
    /// `2027-1=215 2027-2=200`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (base, place) in self.0.iter().flatten().zip(0_u8..) {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{}-{}={}", base.year, base.half, base.rate.0)?;
        }
        Ok(())
    }
}

impl FromStr for Added {
    type Err = AddedError;

    /// What [`fmt::Display`] wrote; a half-year that the program has come to know is left out.
    fn from_str(text: &str) -> Result<Self, AddedError> {
        let mut found = Self::default();
        for part in text.split_whitespace() {
            let (half, rate) = parse(part).ok_or_else(|| unreadable(part))?;
            if known(half.0, half.1).is_none() {
                found = found.with(half, rate)?;
            }
        }
        Ok(found)
    }
}

fn unreadable(part: &str) -> AddedError {
    AddedError::Unreadable(part.chars().take(20).collect())
}

fn parse(part: &str) -> Option<((i32, u8), Rate)> {
    let (half, rate) = part.split_once('=')?;
    let (year, half) = half.split_once('-')?;
    Some((
        (year.parse().ok()?, half.parse().ok()?),
        Rate(rate.parse().ok()?),
    ))
}
