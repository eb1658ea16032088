//! What a statement file holds, whatever its format.

use domain::{Currency, Day, Money};

/// What a file holds, in its order: each statement is opened, its entries follow, and it is closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// A statement begins.
    Opened(Statement),
    /// A booked entry of it.
    Entry(Entry),
    /// It is over.
    Closed(Summary),
}

/// What a bank's message says of an account. The same money may be told by each kind once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// The account's statement: all that was booked (camt.053, CFONB120, MT940, CSV).
    Statement,
    /// A report during the day (camt.052).
    Report,
    /// A notice of single entries (camt.054).
    Notice,
}

impl Kind {
    /// All three.
    const ALL: [Self; 3] = [Self::Statement, Self::Report, Self::Notice];

    /// The kinds that may tell the same money again, as stored.
    #[must_use]
    pub fn others(self) -> Vec<&'static str> {
        let others = Self::ALL.into_iter().filter(|one| *one != self);
        others.map(Self::as_str).collect()
    }

    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Report => "report",
            Self::Notice => "notice",
        }
    }
}

/// One statement of one account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Whether it is a statement, a report or a notice.
    pub kind: Kind,
    /// The bank's id of it; unique in the file together with the account.
    pub id: String,
    /// The account's IBAN, or the bank's own number for it when there is no IBAN.
    pub account: String,
    /// The account's currency, when the statement says.
    pub currency: Option<Currency>,
}

/// Whether the sums that a statement names are those of its entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sums {
    /// They are.
    Agree,
    /// It names none, or not both balances: nothing can be said.
    Unknown,
    /// They are not: the entries come to this, the balances or totals to that.
    Differ {
        /// What the statement says.
        stated: Money,
        /// What its entries make.
        found: Money,
    },
    /// Another number of entries than the statement says.
    Count {
        /// What the statement says.
        stated: u32,
        /// How many there are.
        found: u32,
    },
}

/// A statement's end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// The statement's id.
    pub statement: String,
    /// The balance it starts from, negative when overdrawn.
    pub opening: Option<Money>,
    /// The balance it ends with.
    pub closing: Option<Money>,
    /// Whether opening balance and booked entries make the closing balance.
    pub sums: Sums,
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
    /// The bank's reference.
    pub bank_ref: Option<String>,
    /// Whether it is a batch of several payments that are not all listed.
    pub undivided: bool,
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
    /// What the bank took for it, when it says.
    pub charges: Option<Money>,
    /// The bank's reference of this payment alone.
    pub bank_ref: Option<String>,
    /// The payer's or our own id, unless it is the bank's word for "none".
    pub end_to_end_id: Option<String>,
    /// `PmtInfId` of the file that ordered it, from the row or its batch.
    pub payment_info_id: Option<String>,
    /// The mandate (RUM).
    pub mandate: Option<String>,
    /// Structured references, RF or national; a payer may give several.
    pub creditor_references: Vec<String>,
    /// The free text: all pieces joined and the numbers of documents named, else the bank's own
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
    /// Whether it is what the bank takes for its services.
    pub fee: bool,
}

impl Transaction {
    /// A payment of which only this much is known.
    #[must_use]
    pub const fn plain(amount: Money, credit: bool) -> Self {
        Self {
            amount,
            credit,
            instructed: None,
            charges: None,
            bank_ref: None,
            end_to_end_id: None,
            payment_info_id: None,
            mandate: None,
            creditor_references: Vec::new(),
            text: String::new(),
            counterparty_name: None,
            counterparty_iban: None,
            returned: false,
            return_reason: None,
            fee: false,
        }
    }

    /// What the bank kept of it: what it says, else what was booked beyond what was ordered.
    #[must_use]
    pub fn kept_by_bank(&self) -> Option<Money> {
        let beyond = || self.amount.checked_sub(self.instructed?).ok();
        let kept = self.charges.or_else(beyond)?;
        Some(kept).filter(|kept| self.returned && kept.is_positive())
    }
}
