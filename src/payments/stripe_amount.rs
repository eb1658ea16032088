//! Amounts as Stripe counts them.
//!
//! Stripe takes integers in its own smallest unit (docs.stripe.com/currencies). For nearly every
//! currency that is the ISO 4217 minor unit; the exceptions are here. Where the unit is not
//! certain the currency is refused: a factor of ten would be somebody's money.

use domain::{Currency, Money};

use super::card::CardError;

/// Currencies whose unit at Stripe is not the ISO 4217 one: the ariary has no decimals there, the
/// Ugandan shilling is listed twice. Nobody invoices in them from Europe, so they are refused.
const REFUSED: &[&str] = &["MGA", "UGX"];

/// How many of Stripe's units one of our minor units is, if cards may be charged in the currency.
fn units_per_minor(currency: Currency) -> Result<i64, CardError> {
    let refused = currency.exponent() > 2 || REFUSED.contains(&currency.code());
    if refused {
        return Err(CardError::Refused(format!(
            "cards cannot be charged in {currency}: offer a transfer"
        )));
    }
    // The króna lost its decimals, but Stripe still counts it in hundredths.
    Ok(if currency.code() == "ISK" { 100 } else { 1 })
}

/// The amount in Stripe's unit; refuses nothing, less than nothing and uncertain currencies.
pub(super) fn to_stripe(amount: Money) -> Result<i64, CardError> {
    let factor = units_per_minor(amount.currency())?;
    if !amount.is_positive() {
        return Err(CardError::Refused(format!(
            "{amount} cannot be charged: it must be more than nothing"
        )));
    }
    let too_large = || CardError::Refused(format!("{amount} is too large for a card"));
    amount.minor().checked_mul(factor).ok_or_else(too_large)
}

/// The amount behind Stripe's number and lower-case currency code.
pub(super) fn from_stripe(units: i64, code: &str) -> Result<Money, CardError> {
    let currency: Currency = code
        .to_ascii_uppercase()
        .parse()
        .map_err(|error| CardError::Refused(format!("Stripe reports an amount, but {error}")))?;
    let factor = units_per_minor(currency)?;
    if units % factor != 0 {
        return Err(CardError::Refused(format!(
            "Stripe reports {units} units, which is no whole amount of {currency}"
        )));
    }
    Ok(Money::new(units / factor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn amounts_go_there_and_come_back() {
        for (minor, code, units) in [
            (1230, "EUR", 1230),
            (1, "USD", 1),
            (500, "JPY", 500),
            (500, "ISK", 50_000),
            (1000, "HUF", 1000),
        ] {
            let amount = money(minor, code);
            assert_eq!(to_stripe(amount), Ok(units), "{amount}");
            assert_eq!(from_stripe(units, &code.to_lowercase()), Ok(amount));
        }
    }

    #[test]
    fn what_cannot_be_charged_is_refused_with_a_reason() {
        for (minor, code, reason) in [
            (1000, "TND", "cannot be charged in TND"),
            (1000, "MGA", "cannot be charged in MGA"),
            (1000, "UGX", "cannot be charged in UGX"),
            (0, "EUR", "more than nothing"),
            (-1, "EUR", "more than nothing"),
            (i64::MAX, "ISK", "too large"),
        ] {
            let error = to_stripe(money(minor, code)).unwrap_err();
            assert!(matches!(&error, CardError::Refused(text) if text.contains(reason)));
        }
    }

    #[test]
    fn what_is_no_amount_of_ours_is_refused() {
        for (units, code) in [(50, "isk"), (10, "xxx"), (1000, "kwd"), (10, "")] {
            assert!(from_stripe(units, code).is_err(), "{units} {code}");
        }
    }
}
