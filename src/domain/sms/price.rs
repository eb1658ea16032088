//! What a text costs: finer than a currency's cents.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::Currency;

/// Parts of a unit that a price is counted in.
const PARTS: u32 = 6;

/// A price in millionths of a currency's unit: a segment costs some thousandths of a euro.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Price {
    micros: i64,
    currency: Currency,
}

/// A text that is no price.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("'{0}' is no price: write it as 0.065 EUR")]
pub struct PriceError(String);

impl Price {
    /// From millionths.
    #[must_use]
    pub const fn new(micros: i64, currency: Currency) -> Self {
        Self { micros, currency }
    }

    /// From a decimal number of units; none when it is finer or larger than is counted, or less
    /// than nothing.
    #[must_use]
    pub fn of(amount: Decimal, currency: Currency) -> Option<Self> {
        let scaled = amount.checked_mul(Decimal::from(10_i64.pow(PARTS)))?;
        let scaled = scaled.normalize();
        let whole = scaled.scale() == 0 && !scaled.is_sign_negative();
        let micros = i64::try_from(scaled.mantissa()).ok()?;
        whole.then_some(Self { micros, currency })
    }

    /// From a number and a currency as somebody else wrote them.
    #[must_use]
    pub fn told(amount: &str, currency: &str) -> Option<Self> {
        let amount: Decimal = amount.trim().parse().ok()?;
        Self::of(amount.abs(), currency.trim().to_uppercase().parse().ok()?)
    }

    /// Millionths of a unit.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.micros
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// So many times this price.
    #[must_use]
    pub fn times(self, count: u16) -> Self {
        Self {
            micros: self.micros.saturating_mul(i64::from(count)),
            currency: self.currency,
        }
    }

    /// The number of units, with as many decimals as it takes and two at least.
    #[must_use]
    pub fn amount(self) -> Decimal {
        let exact = Decimal::from_i128_with_scale(i128::from(self.micros), PARTS).normalize();
        let mut shown = exact;
        if exact.scale() < 2 {
            shown.rescale(2);
        }
        shown
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

impl FromStr for Price {
    type Err = PriceError;

    fn from_str(text: &str) -> Result<Self, PriceError> {
        let refused = || PriceError(text.chars().take(30).collect());
        let (amount, currency) = text.trim().split_once(' ').ok_or_else(refused)?;
        let amount: Decimal = amount.replace(',', ".").parse().map_err(|_| refused())?;
        let currency = currency.trim().parse().map_err(|_| refused())?;
        Self::of(amount, currency).ok_or_else(refused)
    }
}
