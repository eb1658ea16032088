//! Debits asked back from the bank: camt.055.001.05 before their day, pain.007.001.09 after it, the
//! versions that the German banks' agreement names; other banks publish none.
//!
//! Both name the file and blocks they are about, and each debit by its end-to-end id, with its own
//! reason: banks refuse a request without one. Debits are gone through one at a time.

mod write;

use std::borrow::Borrow;
use std::io;

use domain::batch::FileVersion;
use domain::party::BankAccount;
use domain::recall::{RecallKind, RecallReason};
use domain::{Moment, MoneyError};

use super::charset::{self, CharsetError};
use super::pain008::{Debits, DirectDebit, Terms, Totals};

/// A request about debits of one file.
#[derive(Clone, Debug)]
pub struct Recall<D = Vec<DirectDebit>> {
    /// Its own id: at most 35 characters, never used again. The answer gives it back as the case.
    pub message_id: String,
    /// When it was made, written without fractions of a second.
    pub created_at: Moment,
    /// Whether they are to be cancelled or given back.
    pub kind: RecallKind,
    /// Why.
    pub reason: RecallReason,
    /// The account they are collected on.
    pub creditor: BankAccount,
    /// `MsgId` of the file they were in.
    pub original: String,
    /// Its version.
    pub version: FileVersion,
    /// The blocks of that file with debits that are meant, and only those debits.
    pub blocks: Vec<Part<D>>,
}

/// A block of the original file.
#[derive(Clone, Debug)]
pub struct Part<D = Vec<DirectDebit>> {
    /// Its `PmtInfId`.
    pub id: String,
    /// What its debits share.
    pub terms: Terms,
    /// As they were sent.
    pub debits: D,
}

/// Why a request was not written.
#[derive(Debug, thiserror::Error)]
pub enum RecallError {
    /// Nothing to ask for.
    #[error("the request names no debit")]
    Nothing,
    /// A text or id that has no place in a SEPA file.
    #[error("{0} '{1}': {2}")]
    Text(&'static str, String, CharsetError),
    /// The sum is out of range.
    #[error(transparent)]
    Sum(#[from] MoneyError),
    /// The output failed: throw it away.
    #[error("the request could not be written: {0}")]
    Output(#[from] io::Error),
}

/// Checks a request, then writes it; gives how many debits it names, and their sum.
pub fn write<D: Debits>(recall: &Recall<D>, out: impl io::Write) -> Result<Totals, RecallError> {
    let totals = check(recall)?;
    write::write(recall, totals, out)?;
    Ok(totals)
}

/// What was in a file was checked when it was written; a later change of a mandate is not believed.
fn check<D: Debits>(recall: &Recall<D>) -> Result<Totals, RecallError> {
    let id = |field, value: &str| match charset::identifier(value) {
        Ok(_) => Ok(()),
        Err(why) => Err(RecallError::Text(field, value.to_owned(), why)),
    };
    id("message id", &recall.message_id)?;
    id("original file", &recall.original)?;
    name("account holder", &recall.creditor.holder)?;
    let mut totals = Totals::NOTHING;
    for part in &recall.blocks {
        id("block", &part.id)?;
        for debit in part.debits.each() {
            let debit: &DirectDebit = debit.borrow();
            id("end-to-end id", &debit.end_to_end_id)?;
            id("mandate", debit.mandate.as_str())?;
            name("debtor name", &debit.debtor_name)?;
            totals = totals.plus_one(debit.amount)?;
        }
    }
    if totals.count == 0 {
        return Err(RecallError::Nothing);
    }
    Ok(totals)
}

fn name(field: &'static str, value: &str) -> Result<(), RecallError> {
    match charset::name(value) {
        Ok(_) => Ok(()),
        Err(why) => Err(RecallError::Text(field, value.to_owned(), why)),
    }
}
