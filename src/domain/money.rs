//! Money: an integer number of minor units and a currency. Arithmetic is checked, never rounded.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// Currencies without a minor unit (ISO 4217).
const NO_DIGITS: &[[u8; 3]] = &[
    *b"CLP", *b"DJF", *b"GNF", *b"ISK", *b"JPY", *b"KMF", *b"KRW", *b"PYG", *b"RWF", *b"UGX",
    *b"VND", *b"VUV", *b"XAF", *b"XOF", *b"XPF",
];

/// Currencies whose minor unit is a thousandth (ISO 4217).
const THREE_DIGITS: &[[u8; 3]] = &[
    *b"BHD", *b"IQD", *b"JOD", *b"KWD", *b"LYD", *b"OMR", *b"TND",
];

/// Currencies with two minor digits that invoices of European suppliers are written in.
const TWO_DIGITS: &[[u8; 3]] = &[
    *b"AED", *b"ALL", *b"AMD", *b"ARS", *b"AUD", *b"AZN", *b"BAM", *b"BDT", *b"BGN", *b"BOB",
    *b"BRL", *b"BWP", *b"BYN", *b"CAD", *b"CHF", *b"CNY", *b"COP", *b"CRC", *b"CZK", *b"DKK",
    *b"DOP", *b"DZD", *b"EGP", *b"ETB", *b"EUR", *b"GBP", *b"GEL", *b"GHS", *b"GTQ", *b"HKD",
    *b"HNL", *b"HUF", *b"IDR", *b"ILS", *b"INR", *b"JMD", *b"KES", *b"KZT", *b"LBP", *b"LKR",
    *b"MAD", *b"MDL", *b"MGA", *b"MKD", *b"MRU", *b"MUR", *b"MXN", *b"MYR", *b"MZN", *b"NAD",
    *b"NGN", *b"NOK", *b"NZD", *b"PEN", *b"PHP", *b"PKR", *b"PLN", *b"QAR", *b"RON", *b"RSD",
    *b"RUB", *b"SAR", *b"SEK", *b"SGD", *b"THB", *b"TRY", *b"TTD", *b"TWD", *b"TZS", *b"UAH",
    *b"USD", *b"UYU", *b"UZS", *b"ZAR", *b"ZMW",
];

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");

    /// The three capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Digits after the decimal sign: 2 for EUR, 0 for JPY, 3 for TND.
    #[must_use]
    pub fn exponent(&self) -> u32 {
        if *self == Self::EUR {
            2
        } else if NO_DIGITS.contains(&self.0) {
            0
        } else if THREE_DIGITS.contains(&self.0) {
            3
        } else {
            2
        }
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let code: [u8; 3] = text
            .as_bytes()
            .try_into()
            .map_err(|_| MoneyError::UnknownCurrency(text.chars().take(10).collect()))?;
        let mut listed = [TWO_DIGITS, NO_DIGITS, THREE_DIGITS].into_iter();
        if listed.any(|codes| codes.contains(&code)) {
            Ok(Self(code))
        } else {
            Err(MoneyError::UnknownCurrency(text.to_owned()))
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why an amount could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two amounts of different currencies met in one sum.
    #[error("cannot mix {0} and {1} in one sum")]
    Mixed(Currency, Currency),
    /// The sum leaves the range of 64 bits.
    #[error("the amount is too large")]
    TooLarge,
    /// More decimals than the currency has.
    #[error("{0} has more than {1} decimals")]
    TooFine(String, u32),
    /// Not an ISO 4217 code known here.
    #[error("'{0}' is no known currency: use the ISO 4217 code, for example EUR")]
    UnknownCurrency(String),
}

/// An amount in minor units (cents for EUR) of one currency. May be negative.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount from its minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in this currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Euro cents.
    #[must_use]
    pub const fn eur(cents: i64) -> Self {
        Self {
            minor: cents,
            currency: Currency::EUR,
        }
    }

    /// From a decimal number of major units; refuses finer amounts than the currency has.
    pub fn from_decimal(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let digits = currency.exponent();
        let scaled = amount
            .checked_mul(Decimal::from(10_i64.pow(digits)))
            .ok_or(MoneyError::TooLarge)?
            .normalize();
        if scaled.scale() > 0 {
            return Err(MoneyError::TooFine(amount.to_string(), digits));
        }
        let minor = i64::try_from(scaled.mantissa()).map_err(|_| MoneyError::TooLarge)?;
        Ok(Self { minor, currency })
    }

    /// Minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Major units with the currency's decimals: `12.30`.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.minor), self.currency.exponent())
    }

    /// Whether the amount is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether the amount is more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Whether the amount is less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Mixed(self.currency, other.currency))
        }
    }

    /// Sum; refuses two currencies and overflow.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let minor = self
            .minor
            .checked_add(other.minor)
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// Difference; refuses two currencies and overflow.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let minor = self
            .minor
            .checked_sub(other.minor)
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// The opposite amount.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::TooLarge)?;
        Ok(Self { minor, ..self })
    }

    /// Without its sign.
    pub fn checked_abs(self) -> Result<Self, MoneyError> {
        if self.is_negative() {
            self.checked_neg()
        } else {
            Ok(self)
        }
    }

    /// The smaller of two amounts of one currency.
    pub fn least(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        Ok(if other.minor < self.minor {
            other
        } else {
            self
        })
    }

    /// Never below nothing.
    #[must_use]
    pub fn at_least_zero(self) -> Self {
        if self.is_negative() {
            Self::zero(self.currency)
        } else {
            self
        }
    }

    /// Adds up amounts of one currency, starting from nothing.
    pub fn sum<I: IntoIterator<Item = Self>>(
        currency: Currency,
        all: I,
    ) -> Result<Self, MoneyError> {
        all.into_iter()
            .try_fold(Self::zero(currency), Self::checked_add)
    }

    /// Splits into `parts` amounts that differ by at most one minor unit; the first get the rest.
    pub fn split_even(self, parts: u32) -> Vec<Self> {
        let count = i64::from(parts);
        let Some(each) = self.minor.checked_div(count) else {
            return Vec::new();
        };
        let rest = self.minor % count;
        let sign = rest.signum();
        (0..count)
            .map(|place| {
                let extra = if place < rest.abs() { sign } else { 0 };
                Self {
                    minor: each + extra,
                    ..self
                }
            })
            .collect()
    }
}

impl fmt::Display for Money {
    /// `1234.50 EUR`: for logs, files and errors; pages format amounts themselves.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
