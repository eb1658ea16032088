//! Refused rows in plain English, for the command line: where, what, why and what to do.

use std::fmt;

use domain::import::{RowError, RowReason};

/// A refused row as one sentence of text.
pub struct Explained<'a>(pub &'a RowError);

impl fmt::Display for Explained<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.0;
        write!(f, "line {}", error.line)?;
        if let Some(column) = &error.column {
            write!(f, ", column '{column}'")?;
        }
        if !error.value.is_empty() {
            write!(f, ", value {:?}", error.value)?;
        }
        let (why, what_to_do) = reason(error.reason);
        write!(f, ": {why}; {what_to_do}")
    }
}

/// Why, and what to do.
const fn reason(reason: RowReason) -> (&'static str, &'static str) {
    use RowReason as R;
    match reason {
        R::TooFewColumns => (
            "fewer fields than column titles",
            "complete the line or export the file again",
        ),
        R::TooManyColumns => (
            "more fields than column titles",
            "put a text that holds the separator in quotes, or take the separator out",
        ),
        R::BadBytes => (
            "bytes that are no text in the file's encoding",
            "write the text again and save the file as UTF-8",
        ),
        R::CustomerMissing => (
            "no customer",
            "give the customer's code, SIREN or name on the line, or above it in a print-out",
        ),
        R::NumberMissing => ("no document number", "give the number of the document"),
        R::AmountMissing => (
            "no amount",
            "give the open amount, 0,00 when nothing is open",
        ),
        R::AmountUnreadable => (
            "no amount that can be read in one way only",
            "write it with its decimals, as 1234,56",
        ),
        R::DebitAndCredit => (
            "both debit and credit are filled",
            "keep the one that is open and empty the other",
        ),
        R::DueDateImpossible => ("the calendar has no such day", "correct the due date"),
        R::DueDateText => ("the due date is no date", "write it as 31/12/2026"),
        R::DueDateMissing => ("no due date", "give the due date, as 31/12/2026"),
        R::IssueDateUnreadable => (
            "the issue date is no date",
            "write it as 31/12/2026 or leave it empty",
        ),
        R::CurrencyUnknown => (
            "the currency is not known",
            "write its ISO 4217 code, as EUR, or leave it empty for euros",
        ),
        R::CurrencyDiffers => (
            "an earlier file had this item in another currency",
            "cancel the earlier item in the books under its own number, and give this one another",
        ),
        R::DuplicateLine => (
            "the same customer, kind, number and due date stand earlier in the file",
            "take one of the two lines out",
        ),
        R::KindUnknown => (
            "not clearly an invoice, a credit note or a receipt",
            "write FA, AV or RG, and put a credit note or receipt on the credit side",
        ),
        R::TooLong => ("the text is too long", "shorten it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_names_line_column_value_reason_and_remedy() {
        let error = RowError {
            line: 54,
            column: Some("Crédit".to_owned()),
            value: "#REF!".to_owned(),
            reason: RowReason::AmountUnreadable,
        };
        assert_eq!(
            Explained(&error).to_string(),
            "line 54, column 'Crédit', value \"#REF!\": no amount that can be read in one way \
             only; write it with its decimals, as 1234,56"
        );
    }
}
