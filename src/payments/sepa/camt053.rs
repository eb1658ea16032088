//! Bank statements, camt.053.001.02 to .08, read entry by entry (`sepa.md` §8).
//!
//! Only booked entries come out, with amounts the bank wrote: one that cannot be read refuses the
//! file. The reader decides nothing: whose invoice an entry pays is found elsewhere.

mod entry;
mod error;
mod fields;
mod pull;
mod reader;
mod statement;
mod transaction;

use domain::{Currency, Day, Money};

pub use error::CamtError;
pub use reader::{Statements, read};

/// What a statement file holds, in its order: each statement is opened, its entries follow, and it
/// is closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A statement begins.
    Opened(Statement),
    /// A booked entry of it.
    Entry(Entry),
    /// It is over.
    Closed(Summary),
}

/// One statement of one account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The bank's id of it; unique in the file together with the account.
    pub id: String,
    /// The account's IBAN, or the bank's own number for it when there is no IBAN.
    pub account: String,
    /// The account's currency, when the statement says.
    pub currency: Option<Currency>,
}

/// A statement's end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// The statement's id.
    pub statement: String,
    /// The balance it starts from (`OPBD`, else `PRCD`), negative when overdrawn.
    pub opening: Option<Money>,
    /// The balance it ends with (`CLBD`).
    pub closing: Option<Money>,
    /// Whether opening balance and booked entries make the closing balance. False too when one of
    /// the balances is missing: a reason to look, none to refuse.
    pub balanced: bool,
    /// How many booked entries it had.
    pub entries: u32,
}

/// One booked line of a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The statement's id.
    pub statement: String,
    /// Its place among all the statement's entries, booked or not, from 1: with account and
    /// statement it says which entry this is, also when the file comes again.
    pub ordinal: u32,
    /// The day it was booked.
    pub booked_on: Day,
    /// What was booked, never negative.
    pub amount: Money,
    /// Whether the account received it.
    pub credit: bool,
    /// The bank's reference (`AcctSvcrRef`).
    pub bank_ref: Option<String>,
    /// What it consists of; at least one. Their amounts may differ from the entry's in sum, by fees
    /// and rates.
    pub transactions: Vec<Transaction>,
}

/// One payment within an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transaction {
    /// Its amount, never negative. Of an entry with one payment it is what was booked.
    pub amount: Money,
    /// Whether the account received it: in a mixed batch not always like the entry.
    pub credit: bool,
    /// What was ordered, where that differs from the amount: a returned debit is booked together
    /// with its fee, so this is what its collection was for.
    pub instructed: Option<Money>,
    /// `EndToEndId`, unless `NOTPROVIDED`.
    pub end_to_end_id: Option<String>,
    /// `PmtInfId` of the file that ordered it, from the row or its batch.
    pub payment_info_id: Option<String>,
    /// The mandate (RUM).
    pub mandate: Option<String>,
    /// Structured references (`Strd/CdtrRefInf/Ref`), RF or national; a payer may give several.
    pub creditor_references: Vec<String>,
    /// The free text: all `Ustrd` joined and the numbers of documents named, else the bank's own
    /// words about the booking.
    pub text: String,
    /// Who is on the other side.
    pub counterparty_name: Option<String>,
    /// Its account.
    pub counterparty_iban: Option<String>,
    /// Whether it is a debit or transfer that came back.
    pub returned: bool,
    /// Why, as a code (`AC04`), when the bank says.
    pub return_reason: Option<String>,
}
