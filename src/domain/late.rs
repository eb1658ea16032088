//! What late payment costs: interest day by day, and a fixed indemnity for each invoice.
//!
//! Between companies only (directive 2011/7/EU). Every number stands in a table with its source; a
//! half-year whose rate is not known yet costs nothing, for no rate is ever guessed: staff is told,
//! and adds it.

mod added;
#[cfg(test)]
mod tests;

pub use added::{Added, AddedError};

use crate::day::Day;
use crate::id::InvoiceId;
use crate::invoice::Invoice;
use crate::money::{Currency, Money, MoneyError};

text_enum! {
    /// What is charged for late payment, each a line of its own.
    pub enum ChargeKind {
        /// Interest from the day after the due day.
        Interest = "interest",
        /// The fixed indemnity for recovery costs.
        Indemnity = "indemnity",
    }
}

/// A yearly rate in hundredths of a percent: 12.15 % is 1215.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate(pub u16);

/// The highest contractual rate that is taken: 30 %.
pub const RATE_MAX: Rate = Rate(3_000);

/// What a country's law gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country {
    /// ISO 3166 code.
    pub code: &'static str,
    /// On top of the ECB's main refinancing rate of the half-year.
    pub margin: Rate,
    /// The indemnity for each late invoice, in euro cents.
    pub indemnity: i64,
    /// Where it stands.
    pub source: &'static str,
}

/// The countries whose law is known here.
pub const COUNTRIES: &[Country] = &[
    Country {
        code: "FR",
        margin: Rate(1_000),
        indemnity: 4_000,
        source: "Code de commerce, L441-10 II and D441-5",
    },
    Country {
        code: "ES",
        margin: Rate(800),
        indemnity: 4_000,
        source: "Ley 3/2004, art. 7 and 8",
    },
];

/// The ECB's main refinancing rate on the first day of a half-year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Base {
    /// Year.
    pub year: i32,
    /// 1 from January, 2 from July.
    pub half: u8,
    /// The rate.
    pub rate: Rate,
    /// Where it stands.
    pub source: &'static str,
}

const fn base(year: i32, half: u8, rate: u16, source: &'static str) -> Base {
    Base {
        year,
        half,
        rate: Rate(rate),
        source,
    }
}

const ECB: &str = "ECB key interest rates, main refinancing operations";

/// By half-year. The next row is added when the ECB's rate of 1 January or 1 July is known.
pub const BASES: &[Base] = &[
    base(2020, 1, 0, ECB),
    base(2020, 2, 0, ECB),
    base(2021, 1, 0, ECB),
    base(2021, 2, 0, ECB),
    base(2022, 1, 0, ECB),
    base(2022, 2, 0, ECB),
    base(2023, 1, 250, ECB),
    base(2023, 2, 400, ECB),
    base(2024, 1, 450, ECB),
    base(2024, 2, 425, ECB),
    base(2025, 1, 315, ECB),
    base(2025, 2, 215, ECB),
    base(2026, 1, 215, ECB),
    base(2026, 2, 240, "ECB decision of 11 June 2026"),
];

/// What a supplier asks for; nothing unless it says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Terms {
    /// Whether interest is charged.
    pub interest: bool,
    /// Whether the indemnity is.
    pub indemnity: bool,
    /// The rate of the supplier's contracts, in the place of the law's.
    pub contract: Option<Rate>,
    /// Whose law.
    pub country: Option<&'static Country>,
    /// Rates that the supplier added, of half-years that the table does not know.
    pub added: Added,
}

impl Terms {
    /// Whether anything is charged at all.
    #[must_use]
    pub const fn charges(&self) -> bool {
        (self.interest || self.indemnity) && self.country.is_some()
    }

    /// The half-year of a day whose rate is needed and not known.
    #[must_use]
    pub fn unknown_half(&self, day: Day) -> Option<(i32, u8)> {
        let needed = self.interest && self.contract.is_none() && self.country.is_some();
        (needed && rate_on(day, self).is_none()).then(|| half_of(day))
    }

    /// The rates that are known, each half-year's once.
    fn bases(&self) -> impl Iterator<Item = Base> {
        BASES.iter().copied().chain(self.added.iter())
    }
}

/// The half-year of a day: its year, and 1 or 2.
#[must_use]
pub fn half_of(day: Day) -> (i32, u8) {
    (day.year(), if day.month() <= 6 { 1 } else { 2 })
}

/// The law of a country, if it is known here.
#[must_use]
pub fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|one| one.code == code)
}

/// The yearly rate of a day, if it is known: that of the contracts, else the law's.
#[must_use]
pub fn rate_on(day: Day, terms: &Terms) -> Option<Rate> {
    let country = terms.country?;
    let of_day = |base: &Base| days_within(base, day.plus_days(-1), day) == 1;
    let base = terms.bases().find(of_day).map(|base| base.rate.0);
    let law = base.map(|rate| Rate(rate.saturating_add(country.margin.0)));
    terms.contract.or(law)
}

/// What is charged for one invoice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Charges {
    /// Interest until the day asked for, that day included.
    pub interest: Money,
    /// The indemnity.
    pub indemnity: Money,
}

impl Charges {
    /// Of one kind.
    #[must_use]
    pub const fn of(&self, kind: ChargeKind) -> Money {
        match kind {
            ChargeKind::Interest => self.interest,
            ChargeKind::Indemnity => self.indemnity,
        }
    }
}

/// A part of a payment that concerns an invoice's lateness.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Charge {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// What of it.
    pub kind: ChargeKind,
    /// How much; positive.
    pub amount: Money,
}

/// What a late invoice has cost until a day, paid or not: interest on what is open and not disputed
/// until that day, and on what was paid here late until it was paid. Nothing for an invoice that is
/// not late, a credit note or a receipt. The indemnity is in euros, so invoices in other currencies
/// have none.
pub fn charges(
    item: &Invoice,
    paid: &[(Day, Money)],
    terms: &Terms,
    today: Day,
) -> Result<Charges, MoneyError> {
    let mut found = Charges {
        interest: Money::zero(item.currency()),
        indemnity: Money::zero(item.currency()),
    };
    let claimed = item.open.checked_sub(item.disputed)?.at_least_zero();
    let late =
        |(on, amount): &&(Day, Money)| item.due_on < *on && *on <= today && amount.is_positive();
    let was_late = claimed.is_positive() || paid.iter().any(|part| late(&part));
    let owed = item.is_late(today) && was_late;
    let Some(country) = terms.country.filter(|_| owed) else {
        return Ok(found);
    };
    if terms.interest {
        let mut parts = vec![(today, claimed)];
        parts.extend(paid.iter().filter(late));
        found.interest = interest(&parts, item.due_on, country, terms)?;
    }
    if terms.indemnity && item.currency() == Currency::EUR {
        found.indemnity = Money::eur(country.indemnity);
    }
    Ok(found)
}

/// Simple interest on amounts from the day after the due day until each one's own day, rounded to
/// the minor unit once, at the end.
fn interest(
    parts: &[(Day, Money)],
    due_on: Day,
    country: &Country,
    terms: &Terms,
) -> Result<Money, MoneyError> {
    let currency = parts
        .first()
        .map_or(Currency::EUR, |(_, amount)| amount.currency());
    let mut sum: i128 = 0;
    for (until, amount) in parts {
        Money::zero(currency).checked_add(*amount)?;
        let weight = weight(due_on, *until, country, terms);
        let part = i128::from(amount.minor()).checked_mul(i128::from(weight));
        sum = part
            .and_then(|part| sum.checked_add(part))
            .ok_or(MoneyError::TooLarge)?;
    }
    let minor = (sum + YEAR / 2).div_euclid(YEAR);
    let minor = i64::try_from(minor).map_err(|_| MoneyError::TooLarge)?;
    Ok(Money::new(minor, currency))
}

/// Days of a year times hundredths of percents of a whole.
const YEAR: i128 = 365 * 10_000;

/// The days after one until another, each times its rate.
fn weight(due_on: Day, until: Day, country: &Country, terms: &Terms) -> i64 {
    if let Some(rate) = terms.contract {
        return due_on.days_until(until).max(0) * i64::from(rate.0);
    }
    terms
        .bases()
        .map(|base| {
            let rate = i64::from(base.rate.0) + i64::from(country.margin.0);
            days_within(&base, due_on, until) * rate
        })
        .sum()
}

/// The days of a half-year after one day until another.
fn days_within(base: &Base, after: Day, until: Day) -> i64 {
    let first = if base.half == 1 {
        (1, 6, 30)
    } else {
        (7, 12, 31)
    };
    let begins = Day::new(base.year, first.0, 1);
    let ends = Day::new(base.year, first.1, first.2);
    let (Some(begins), Some(ends)) = (begins, ends) else {
        return 0;
    };
    let from = begins.plus_days(-1).max(after);
    from.days_until(ends.min(until)).max(0)
}
