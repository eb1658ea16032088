//! How a bank's table is read: which column holds what, in which forms, and whose account it tells.

use std::fmt;
use std::str::FromStr;

use super::field::Columns;
use crate::tables::{Decimal, MappingError, Order};

/// How days and amounts are written in a table.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Forms {
    /// What stands first in a date.
    pub days: Order,
    /// The decimal sign.
    pub decimal: Decimal,
    /// Whether the amount is what the account paid: a minus then means money received.
    pub reversed: bool,
}

/// Each form with its stable name.
const ORDERS: [(Order, &str); 3] = [
    (Order::DayFirst, "day_first"),
    (Order::MonthFirst, "month_first"),
    (Order::YearFirst, "year_first"),
];
const DECIMALS: [(Decimal, &str); 2] = [(Decimal::Comma, "comma"), (Decimal::Point, "point")];
const SIDES: [(bool, &str); 2] = [(false, "received"), (true, "paid")];

fn name_of<T: PartialEq>(all: &[(T, &'static str)], wanted: &T) -> &'static str {
    let found = all.iter().find(|(one, _)| one == wanted);
    found.map_or("", |(_, name)| name)
}

fn by_name<T: Copy>(all: &[(T, &'static str)], wanted: &str) -> Option<T> {
    let found = all.iter().find(|(_, name)| *name == wanted);
    found.map(|(one, _)| *one)
}

impl Forms {
    /// Their stable names: order of dates, decimal sign, what a plain amount is.
    #[must_use]
    pub fn names(self) -> [&'static str; 3] {
        [
            name_of(&ORDERS, &self.days),
            name_of(&DECIMALS, &self.decimal),
            name_of(&SIDES, &self.reversed),
        ]
    }

    /// The forms of these names, if all are known.
    #[must_use]
    pub fn named([days, decimal, side]: [&str; 3]) -> Option<Self> {
        Some(Self {
            days: by_name(&ORDERS, days)?,
            decimal: by_name(&DECIMALS, decimal)?,
            reversed: by_name(&SIDES, side)?,
        })
    }
}

/// How a table is read. As text: the forms, the account, then one line a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Which column holds what.
    pub columns: Columns,
    /// How days and amounts are written.
    pub forms: Forms,
    /// The account, where no column tells it.
    pub account: String,
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [days, decimal, side] = self.forms.names();
        writeln!(f, "{days}\t{decimal}\t{side}")?;
        writeln!(f, "{}", self.account)?;
        self.columns.fmt(f)
    }
}

impl FromStr for Profile {
    type Err = MappingError;

    fn from_str(text: &str) -> Result<Self, MappingError> {
        let bad = |line: usize, text: &str| MappingError::BadProfile {
            line,
            text: text.chars().take(80).collect(),
        };
        let mut lines = text.splitn(3, '\n');
        let first = lines.next().unwrap_or_default();
        let mut names = first.split('\t');
        let mut name = || names.next().unwrap_or_default();
        let forms = Forms::named([name(), name(), name()]).ok_or_else(|| bad(1, first))?;
        let account = lines.next().ok_or_else(|| bad(2, ""))?.to_owned();
        let columns = lines.next().unwrap_or_default().parse()?;
        Ok(Self {
            columns,
            forms,
            account,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_survives_its_text() {
        let titles = ["Date", "Libellé", "Montant"].map(str::to_owned);
        for days in [Order::DayFirst, Order::MonthFirst, Order::YearFirst] {
            for (decimal, reversed) in [(Decimal::Comma, false), (Decimal::Point, true)] {
                let profile = Profile {
                    columns: Columns::guess(&titles),
                    forms: Forms {
                        days,
                        decimal,
                        reversed,
                    },
                    account: "FR7630006000011234567890189".into(),
                };
                assert_eq!(profile.to_string().parse(), Ok(profile));
            }
        }
        for text in [
            "",
            "day_first\tcomma\nX",
            "day_first\tcomma\tpaid\n\nday\t0\tD",
        ] {
            assert!(text.parse::<Profile>().is_err(), "{text}");
        }
    }
}
