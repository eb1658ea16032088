//! The messages debtors receive: one function a kind, each giving subject, text and HTML.
//!
//! Both parts are made from the same [`Letter`](letter::Letter), so they cannot say different
//! things. No message carries an IBAN, an image, a pixel or a script (`law.md` §3, `ux.md` §D).

mod account;
pub mod account_change;
mod code;
mod debit;
mod debit_ended;
mod dispute;
mod formal;
mod html;
mod letter;
mod money_back;
mod own;
mod paper;
mod people;
mod plan;
mod provider_debit;
mod reminder;
mod text;
mod thanks;
mod words;

#[cfg(test)]
mod tests;

use domain::party::{Language, LegalMode};
use domain::{Day, Money};

pub use account::{fresh_link, promise_broken, promise_noted, promise_soon};
pub use code::{HIDDEN, code};
pub use debit::{
    DebitFacts, MandateFacts, RevokedFacts, debit_notice, mandate_revoked, mandate_signed,
};
pub use debit_ended::{EndedFacts, debit_ended};
pub use dispute::{
    DisputeFacts, DisputeOutcome, DisputeSaid, dispute_answer, dispute_delayed, dispute_question,
    dispute_received,
};
pub use formal::{FormalFacts, formal_notice};
pub use money_back::money_back;
pub use own::{About, OwnWords, values};
pub use paper::{Paper, Sum, paper};
pub use people::{contact_changed, forwarded};
pub use plan::{
    PlanFacts, plan_accepted, plan_countered, plan_missed, plan_received, plan_refused,
};
pub use provider_debit::{debit_refused, debit_under_way};
pub use reminder::{notice, reminder_1, reminder_2, reminder_3};
pub use thanks::{ThanksFacts, thanks};

use crate::brand::Brand;

/// Invoices listed in one message; the rest is counted and added up.
pub const INVOICES_SHOWN_MAX: usize = 30;

/// Characters of a subject, at most.
pub const SUBJECT_CHARS_MAX: usize = 60;

/// What every message needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    /// In whose name.
    pub brand: Brand,
    /// In which language.
    pub language: Language,
    /// Decides what a reminder may say (`law.md` §2, white label).
    pub legal_mode: LegalMode,
    /// The debtor company.
    pub debtor: String,
    /// The person addressed, when known.
    pub greeting: Option<String>,
    /// The invoices it is about, in the order they are shown.
    pub invoices: Vec<MailInvoice>,
    /// The sum of all of them, one amount a currency.
    pub totals: Vec<Money>,
    /// What a reminder leaves out of them: disputed, promised or being paid; one amount a currency.
    pub apart: Vec<Money>,
    /// The signed link; empty where none belongs.
    pub link: String,
    /// The supplier's own words in the place of ours.
    pub own: Option<OwnWords>,
    /// Whether staff sends it to itself, to see it.
    pub is_trial: bool,
}

/// One invoice in a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailInvoice {
    /// Its number in the supplier's books.
    pub number: String,
    /// The day it falls or fell due.
    pub due_on: Day,
    /// The part of it the message is about.
    pub amount: Money,
    /// Whether it is overdue; notices and reminders mark it.
    pub late: bool,
}

/// A message, ready to be composed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// Subject, at most 60 characters.
    pub subject: String,
    /// The plain-text part: complete, the link on a line of its own.
    pub text: String,
    /// The HTML part, a whole document of at most 20 KB.
    pub html: String,
}
