//! How many texts leave, and for how much: a fuse against what nobody meant.

use super::Price;

text_enum! {
    /// Which cap was reached.
    pub enum Cap {
        /// Texts of one day.
        Day = "day",
        /// Money of one month.
        Month = "month",
    }
}

text_enum! {
    /// What became of a text that a provider was given.
    pub enum Fate {
        /// Nothing was told yet.
        UnderWay = "under_way",
        /// It arrived.
        Delivered = "delivered",
        /// It did not.
        Failed = "failed",
    }
}

/// What a supplier lets leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Caps {
    /// Texts a day.
    pub texts_a_day: u32,
    /// Money a month, in one currency.
    pub spend_a_month: Option<Price>,
}

impl Default for Caps {
    /// Enough for a firm's reminders of a day; a fault costs no more than a dinner.
    fn default() -> Self {
        Self {
            texts_a_day: 200,
            spend_a_month: Some(Price::new(100_000_000, crate::Currency::EUR)),
        }
    }
}

/// What has left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spent {
    /// Texts of this day.
    pub today: u32,
    /// Millionths of the cap's currency, of this month.
    pub month: i64,
}

impl Caps {
    /// The cap that one more text at this price would break. A price in another currency, or one
    /// that is not known, is counted by the texts of a day alone.
    #[must_use]
    pub fn reached(&self, spent: Spent, next: Option<Price>) -> Option<Cap> {
        let month = self.spend_a_month.is_some_and(|most| {
            let next = next.filter(|next| next.currency() == most.currency());
            let next = next.map_or(0, Price::micros);
            spent.month.saturating_add(next) > most.micros()
        });
        if month {
            return Some(Cap::Month);
        }
        (spent.today >= self.texts_a_day).then_some(Cap::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn one_more_than_the_cap_waits() {
        let price = |micros| Some(Price::new(micros, Currency::EUR));
        let dollars = Some(Price::new(9_000_000, "USD".parse().unwrap()));
        let caps = Caps {
            texts_a_day: 3,
            spend_a_month: price(1_000_000),
        };
        for (today, month, next, expected) in [
            (0, 0, price(60_000), None),
            (2, 940_000, price(60_000), None),
            (2, 940_001, price(60_000), Some(Cap::Month)),
            (3, 0, price(60_000), Some(Cap::Day)),
            (3, 1_000_000, price(1), Some(Cap::Month)),
            (0, 999_999, None, None),
            (0, 999_999, dollars, None),
            (3, 0, None, Some(Cap::Day)),
        ] {
            let spent = Spent { today, month };
            assert_eq!(
                caps.reached(spent, next),
                expected,
                "{today} {month} {next:?}"
            );
        }
        let open = Caps {
            texts_a_day: 1,
            spend_a_month: None,
        };
        let spent = Spent {
            today: 0,
            month: i64::MAX,
        };
        assert_eq!(open.reached(spent, price(i64::MAX)), None);
    }
}
