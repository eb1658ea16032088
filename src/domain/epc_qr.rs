//! The text inside a transfer's QR code (EPC069-12, `sepa.md` §9). Drawing it is not done here.

use crate::money::{Currency, Money};
use crate::party::BankAccount;
use crate::rf::RfReference;

/// The longest account-holder name, in characters.
const NAME_MAX: usize = 70;

/// The largest text a code of version 13, level M, holds as the guideline counts it.
const BYTES_MAX: usize = 331;

/// 0.01 to 999,999,999.99 EUR, in cents.
const AMOUNTS: std::ops::RangeInclusive<i64> = 1..=99_999_999_999;

/// Why a transfer has no QR code. The page then shows account, name and reference alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EpcError {
    /// The code is for euro transfers.
    #[error("a transfer QR code is for EUR, not {0}")]
    NotEuro(Currency),
    /// Nothing, less than nothing, or a billion.
    #[error("a transfer QR code carries 0.01 to 999999999.99 EUR, not {0}")]
    Amount(Money),
    /// The holder's name is the payee's check: it is neither left out nor cut.
    #[error("the account holder's name needs 1 to 70 characters on one line, not {0}")]
    Name(usize),
    /// SEPA transfers do not reach the account.
    #[error("an account in {0} is outside SEPA")]
    OutsideSepa(String),
    /// Outside the EEA the BIC is wanted.
    #[error("an account in {0} needs its BIC in a transfer QR code")]
    BicMissing(String),
    /// More bytes than the guideline allows.
    #[error("the transfer QR code has {0} bytes, more than 331")]
    TooLong(usize),
}

/// The text to draw: lines joined by LF, empty ones at the end left out, amounts with a dot.
///
/// Version 002, UTF-8, level M. The reference excludes a free text.
pub fn payload(
    account: &BankAccount,
    amount: Money,
    reference: &RfReference,
) -> Result<String, EpcError> {
    check_amount(amount)?;
    check_account(account)?;
    let bic = account.bic.as_ref().map_or("", |bic| bic.as_str());
    let euros = format!("EUR{}", amount.to_decimal());
    let purpose = "";
    let lines = [
        "BCD",
        "002",
        "1",
        "SCT",
        bic,
        account.holder.trim(),
        account.iban.as_str(),
        &euros,
        purpose,
        reference.as_str(),
    ];
    let text = lines.join("\n");
    if text.len() > BYTES_MAX {
        return Err(EpcError::TooLong(text.len()));
    }
    Ok(text)
}

fn check_amount(amount: Money) -> Result<(), EpcError> {
    if amount.currency() != Currency::EUR {
        Err(EpcError::NotEuro(amount.currency()))
    } else if !AMOUNTS.contains(&amount.minor()) {
        Err(EpcError::Amount(amount))
    } else {
        Ok(())
    }
}

fn check_account(account: &BankAccount) -> Result<(), EpcError> {
    let holder = account.holder.trim();
    let length = holder.chars().count();
    if !(1..=NAME_MAX).contains(&length) || holder.contains(char::is_control) {
        return Err(EpcError::Name(length));
    }
    let country = || account.iban.country().to_owned();
    if !account.iban.is_sepa() {
        return Err(EpcError::OutsideSepa(country()));
    }
    if account.iban.needs_bic() && account.bic.is_none() {
        return Err(EpcError::BicMissing(country()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(iban: &str, bic: Option<&str>, holder: &str) -> BankAccount {
        BankAccount {
            holder: holder.to_owned(),
            iban: iban.parse().unwrap(),
            bic: bic.map(|bic| bic.parse().unwrap()),
            creditor_id: None,
            debits: crate::batch::DebitProfile::default(),
        }
    }

    fn try_payload(account: &BankAccount, amount: Money) -> Result<String, EpcError> {
        payload(account, amount, &RfReference::new("539007547034").unwrap())
    }

    const FRENCH: &str = "FR1420041010050500013M02606";

    #[test]
    fn the_lines_stand_in_the_order_of_the_guideline() {
        let text = try_payload(&account(FRENCH, None, "Boréal SAS"), Money::eur(123_050));
        let expected = "BCD\n002\n1\nSCT\n\nBoréal SAS\nFR1420041010050500013M02606\n\
                        EUR1230.50\n\nRF18539007547034";
        assert_eq!(text.as_deref(), Ok(expected));
    }

    #[test]
    fn outside_the_eea_the_bic_is_wanted() {
        let swiss = "CH9300762011623852957";
        let without = try_payload(&account(swiss, None, "Boréal"), Money::eur(1));
        assert_eq!(without, Err(EpcError::BicMissing("CH".to_owned())));
        let with = try_payload(
            &account(swiss, Some("UBSWCHZH80A"), "Boréal"),
            Money::eur(1),
        );
        assert!(
            with.unwrap()
                .starts_with("BCD\n002\n1\nSCT\nUBSWCHZH80A\nBoréal\n")
        );
        let tunis = account("TN5910006035183598478831", None, "Boréal");
        let refused = try_payload(&tunis, Money::eur(1));
        assert_eq!(refused, Err(EpcError::OutsideSepa("TN".to_owned())));
    }

    #[test]
    fn amounts_have_limits() {
        let amounts = [(0, false), (-1, false), (1, true), (99_999_999_999, true)];
        for (cents, good) in amounts.into_iter().chain([(100_000_000_000, false)]) {
            let text = try_payload(&account(FRENCH, None, "Boréal"), Money::eur(cents));
            assert_eq!(text.is_ok(), good, "{cents}");
        }
        let dollars = Money::new(100, "USD".parse().unwrap());
        let refused = try_payload(&account(FRENCH, None, "Boréal"), dollars);
        assert_eq!(refused, Err(EpcError::NotEuro(dollars.currency())));
    }

    #[test]
    fn the_name_is_neither_left_out_nor_cut() {
        let names = [("", 0), ("  ", 0), ("a\nb", 3)];
        for (name, length) in names {
            let text = try_payload(&account(FRENCH, None, name), Money::eur(100));
            assert_eq!(text, Err(EpcError::Name(length)), "{name}");
        }
        let text = try_payload(&account(FRENCH, None, &"é".repeat(70)), Money::eur(100));
        assert!(text.is_ok());
        let text = try_payload(&account(FRENCH, None, &"é".repeat(71)), Money::eur(100));
        assert_eq!(text, Err(EpcError::Name(71)));
        let text = try_payload(&account(FRENCH, None, &"𝒳".repeat(70)), Money::eur(100));
        assert_eq!(text, Err(EpcError::TooLong(349)));
    }
}
