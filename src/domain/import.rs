//! What a balance file says: one row an open item, and why a row was refused.

use crate::day::Day;
use crate::invoice::ItemKind;
use crate::money::Money;
use crate::postal::PostalAddress;

/// One good row of a balance file, parsed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BalanceRow {
    /// Physical line in the file, from 1.
    pub line: u64,
    /// Customer account code; when the file has none, a code made from the company number or name.
    pub debtor_code: String,
    /// Customer name.
    pub debtor_name: String,
    /// First usable e-mail address, when the file has one.
    pub email: Option<String>,
    /// Telephone as written, when the file has one.
    pub phone: Option<String>,
    /// Where letters go, when the file says enough for one to arrive.
    pub postal: Option<Box<PostalAddress>>,
    /// Invoice, credit note or receipt.
    pub kind: ItemKind,
    /// Document number.
    pub number: String,
    /// Order reference, when the file has one.
    pub order_ref: Option<String>,
    /// Day of issue; the due day when the file has none.
    pub issued_on: Day,
    /// Due day.
    pub due_on: Day,
    /// Amount of the document, at least the open amount; a magnitude.
    pub total: Money,
    /// Open amount: a magnitude; zero when the document is listed as paid.
    pub open: Money,
}

text_enum! {
    /// Why a row was refused: a stable code, for reports and tests.
    pub enum RowReason {
        /// The line has fewer fields than the header.
        TooFewColumns = "too_few_columns",
        /// The line has more fields than the header.
        TooManyColumns = "too_many_columns",
        /// Bytes that are no text in the file's encoding.
        BadBytes = "bad_bytes",
        /// No customer code or name.
        CustomerMissing = "customer_missing",
        /// No document number.
        NumberMissing = "number_missing",
        /// No amount.
        AmountMissing = "amount_missing",
        /// An amount that is no number.
        AmountUnreadable = "amount_unreadable",
        /// Both debit and credit are filled.
        DebitAndCredit = "debit_and_credit",
        /// A due date that the calendar lacks.
        DueDateImpossible = "due_date_impossible",
        /// A due date that is no date.
        DueDateText = "due_date_text",
        /// No due date.
        DueDateMissing = "due_date_missing",
        /// An issue date that is no date.
        IssueDateUnreadable = "issue_date_unreadable",
        /// A currency code that is not known.
        CurrencyUnknown = "currency_unknown",
        /// The item is known in another currency.
        CurrencyDiffers = "currency_differs",
        /// The same item stands earlier in the file.
        DuplicateLine = "duplicate_line",
        /// A kind of document that is neither invoice, credit note nor receipt.
        KindUnknown = "kind_unknown",
        /// A text longer than the limit.
        TooLong = "too_long",
    }
}

/// A refused row: where, what and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowError {
    /// Physical line in the file, from 1.
    pub line: u64,
    /// The column's title as the file has it, when one column is to blame.
    pub column: Option<String>,
    /// The value found there, shortened.
    pub value: String,
    /// Why.
    pub reason: RowReason,
}
