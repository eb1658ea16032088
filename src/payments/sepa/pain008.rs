//! Direct debit files for the supplier's bank: pain.008.001.08 or .02 under the EPC rules
//! (`sepa.md` §2).
//!
//! A file is checked whole before its first byte is written, and the same input gives the same
//! bytes. Debits are gone through one at a time: memory does not grow with their number. Nothing
//! here chooses dates, mandates or references.

mod address;
mod check;
mod error;
mod group;
mod transaction;
mod write;

use std::borrow::Borrow;

use domain::bank::{Bic, CreditorId, Iban, MandateRef};
use domain::batch::FileVersion;
use domain::mandate::{Scheme, Usage};
use domain::party::BankAccount;
use domain::{Day, Moment, Money};

pub use address::Address;
pub use check::{Totals, check};
pub use error::{PROBLEMS_MAX, Problem, WriteError};
pub use group::blocks;
pub use write::{bytes, write};

pub(super) use transaction::wrong_bic;

/// One file, one message.
#[derive(Clone, Debug)]
pub struct File<D = Vec<DirectDebit>> {
    /// `MsgId`: at most 35 characters, never used again towards this bank.
    pub message_id: String,
    /// `CreDtTm`, written without fractions of a second.
    pub created_at: Moment,
    /// Who hands the file in (`InitgPty`).
    pub creditor_name: String,
    /// The creditor's address, where its bank wants it.
    pub creditor_address: Option<Address>,
    /// What the bank asks for.
    pub rules: Rules,
    /// In the order they are written.
    pub blocks: Vec<Block<D>>,
}

/// What a bank asks of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rules {
    /// The version it takes.
    pub version: FileVersion,
    /// Whether each debit names the debtor's bank.
    pub bics: bool,
}

/// What the debits of one block share. No two blocks of a file share all of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    /// The account credited and the creditor identifier collected under.
    pub creditor: BankAccount,
    /// Core or B2B.
    pub scheme: Scheme,
    /// Written as `RCUR` or `OOFF`.
    pub sequence: Usage,
    /// The day the debtors are debited: a TARGET day after today.
    pub collect_on: Day,
}

/// One `PmtInf`: one line on the creditor's statement.
#[derive(Clone, Debug)]
pub struct Block<D = Vec<DirectDebit>> {
    /// `PmtInfId`: at most 35 characters, unique in the file; the statement gives it back.
    pub id: String,
    /// What its debits share.
    pub terms: Terms,
    /// Its debits, by rising `end_to_end_id`.
    pub debits: D,
}

/// One debit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DirectDebit {
    /// `EndToEndId`: at most 35 characters; statement and return give it back.
    pub end_to_end_id: String,
    /// 0.01 to 999,999,999.99 EUR.
    pub amount: Money,
    /// The mandate (RUM).
    pub mandate: MandateRef,
    /// When it was signed: not after today.
    pub signed_on: Day,
    /// The debtor's name; cut at 70 characters.
    pub debtor_name: String,
    /// The account debited; outside the European Economic Area with an address.
    pub debtor_iban: Iban,
    /// Its BIC, when known.
    pub debtor_bic: Option<Bic>,
    /// A creditor reference (`RF…`), written structured, or else a text of at most 140 characters.
    pub remittance: String,
    /// What most debits do without.
    pub rest: Rest,
}

/// What few debits need.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rest {
    /// The debtor's address; never written in version .02, which has no structured one.
    pub address: Option<Address>,
    /// For whom the debtor pays, when it is another.
    pub ultimate_debtor: Option<String>,
    /// A purpose of ISO's external list.
    pub purpose: Option<String>,
    /// What changed in the mandate since the last debit that was paid.
    pub amendment: Option<Amendment>,
}

/// What the mandate was before, told with the next debit and again if that one is refused.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Amendment {
    /// The former reference.
    pub mandate: Option<MandateRef>,
    /// The former creditor identifier.
    pub creditor_id: Option<CreditorId>,
    /// The creditor's former name.
    pub creditor_name: Option<String>,
    /// The account debited before.
    pub account: Option<FormerAccount>,
}

/// The debtor's account before it changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FormerAccount {
    /// At the same bank.
    Known(Iban),
    /// Anywhere: "same mandate, new debtor account" (SMNDA).
    Unnamed,
}

/// Debits that can be gone through twice: once to be checked and added up, once to be written.
///
/// A `Vec` is one; so is a function that starts a new iterator each time, for debits that should
/// not all be in memory.
pub trait Debits {
    /// From the first debit, in the same order each time.
    fn each(&self) -> impl Iterator<Item = impl Borrow<DirectDebit>>;
}

impl Debits for Vec<DirectDebit> {
    fn each(&self) -> impl Iterator<Item = impl Borrow<DirectDebit>> {
        self.iter()
    }
}

impl<F, I> Debits for F
where
    F: Fn() -> I,
    I: Iterator<Item = DirectDebit>,
{
    fn each(&self) -> impl Iterator<Item = impl Borrow<DirectDebit>> {
        self()
    }
}
