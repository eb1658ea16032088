//! A bank's answers to our files: pain.002.001.03 and .10 (`sepa.md` §7).
//!
//! Reasons stand at the group, at a block or at a transaction, and all three are read. Nothing
//! here decides what follows.

mod read;

use crate::payments::sepa::xml::Checked;

/// What an answer says, in the order of the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// The answer's own `MsgId`.
    pub message_id: String,
    /// The `MsgId` of the file that is answered.
    pub original: String,
    /// Which kind of message that was, as the bank writes it: `pain.008.001.08`.
    pub original_kind: String,
    /// What is said of the file as a whole.
    pub group: Said,
    /// What is said of its blocks.
    pub blocks: Vec<BlockReport>,
}

/// What is said of one block (`PmtInf`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BlockReport {
    /// Its `PmtInfId`.
    pub id: String,
    /// Of the block as a whole.
    pub said: Said,
    /// Of its transactions, as far as they are named.
    pub transactions: Vec<TransactionReport>,
}

/// What is said of one transaction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TransactionReport {
    /// `OrgnlEndToEndId`, which banks may leave out.
    pub end_to_end_id: Option<String>,
    /// The reference of its mandate.
    pub mandate: Option<String>,
    /// Its amount, as written.
    pub amount: Option<String>,
    /// Status and reasons.
    pub said: Said,
}

/// A status and its reasons.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// The status code; `.03` has a closed list, `.10` an external one.
    pub status: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// One reason.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reason {
    /// ISO's code, or the bank's own; empty when there are words only.
    pub code: String,
    /// The bank's words.
    pub text: String,
}

/// What a status means for us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Refused.
    Rejected,
    /// Taken; there is no money yet.
    Accepted,
    /// Neither: pending, in part, or a check of names, which is no acceptance.
    Open,
}

impl Said {
    /// What the status means for us.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.status.as_deref() {
            Some("RJCT") => Verdict::Rejected,
            Some("ACTC" | "ACCP" | "ACSP" | "ACSC" | "ACCC" | "ACWC") => Verdict::Accepted,
            _ => Verdict::Open,
        }
    }

    /// The first reason that has a code, with all the words; codes of the file's block or group
    /// stand in for a transaction that has none.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        let with_code = self.reasons.iter().find(|one| !one.code.is_empty());
        let first = with_code.or_else(|| self.reasons.first())?;
        let texts = self.reasons.iter().map(|one| one.text.as_str());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        Some(Reason {
            code: first.code.clone(),
            text: texts.join(" "),
        })
    }
}

/// Why an answer cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pain002Error {
    /// Another message, or a version that is not known.
    #[error(
        "the file is '{0}', and not an answer to direct debits as pain.002.001.03 or .10: show it \
         to whoever looks after the bank connection"
    )]
    Version(String),
    /// No file is named that it answers.
    #[error("the answer names no file that it is about (OrgnlMsgId)")]
    NoOriginal,
    /// More transactions than one of our files holds.
    #[error("the answer names more than {0} transactions")]
    TooMany(usize),
    /// Not readable, though it was checked.
    #[error("{0}")]
    Xml(String),
}

/// Reads an answer.
pub fn read(checked: &Checked<'_>) -> Result<Report, Pain002Error> {
    read::report(checked.as_str())
}
