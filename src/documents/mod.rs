//! Documents for the debtor's files: facts in, bytes out.
//!
//! Nothing here reads a table, a clock or a setting; the same facts give the same bytes. A PDF is
//! tagged and meets PDF/UA-1, its fonts are inside it, and it names the supplier only.

mod csv;
mod draw;
mod font;
mod letter;
mod mandate;
mod receipt;
mod sample;
mod sheet;
mod statement;
mod table;
#[cfg(test)]
mod tests;
pub mod zip;

use domain::account::Totals;
use domain::bank::{CreditorId, Iban, MandateRef};
use domain::invoice::{Invoice, ItemKind};
use domain::late::ChargeKind;
use domain::mandate::{Scheme, Usage};
use domain::party::{BankAccount, Language};
use domain::payment::Method;
use domain::rf::RfReference;
use domain::{Day, Money};
use views::brand::Brand;

pub use csv::{statement_csv, table};
pub use letter::{Letter, Line, letter, letters};
pub use mandate::mandate;
pub use receipt::receipt;
pub use sample::sample;
pub use statement::statement;

/// Why a document could not be made: a fault in the program or its fonts, never in the facts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document could not be made: {0}")]
pub struct DocumentError(pub(crate) String);

/// What every document begins with.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// In whose name.
    pub brand: Brand,
    /// In which language.
    pub language: Language,
    /// For which company.
    pub debtor: String,
    /// Its account code in the supplier's books.
    pub code: String,
    /// The day it is made for.
    pub on: Day,
}

/// Where an account is paid by transfer.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// The supplier's account.
    pub account: BankAccount,
    /// The reference of the whole account.
    pub reference: RfReference,
}

/// A statement of account.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Whose, and for whom.
    pub head: Letterhead,
    /// The day of the supplier's data, when any came in.
    pub as_of: Option<Day>,
    /// Open items, credits among them, oldest due day first.
    pub items: Vec<Invoice>,
    /// Whether there are more than these.
    pub is_cut: bool,
    /// The sums of all open items, one per currency.
    pub sums: Vec<Totals>,
    /// How to pay by transfer, when the supplier takes any.
    pub transfer: Option<Transfer>,
}

/// A receipt of one payment.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Whose, and for whom.
    pub head: Letterhead,
    /// The payment's own reference.
    pub reference: String,
    /// How the money came.
    pub method: Method,
    /// How much.
    pub amount: Money,
    /// How much of it went back since, when any did.
    pub gone: Option<Money>,
    /// The day it counts from.
    pub received_on: Day,
    /// Where it went: invoices, what their lateness cost, credit notes deducted (below zero), money
    /// that nothing took; they add up to the amount.
    pub lines: Vec<ReceiptLine>,
}

/// What a line of a receipt is of; items by their number.
#[derive(Clone, Debug)]
pub enum Paid {
    /// An invoice, or a credit note deducted.
    Item(ItemKind, String),
    /// What an invoice's lateness cost.
    Late(ChargeKind, String),
    /// The account: no invoice took it.
    Account,
}

/// One line of a receipt.
#[derive(Clone, Debug)]
pub struct ReceiptLine {
    /// What the amount is of.
    pub what: Paid,
    /// How much.
    pub amount: Money,
}

/// A signed mandate.
#[derive(Clone, Debug)]
pub struct SignedMandate {
    /// Whose, and for whom.
    pub head: Letterhead,
    /// The creditor identifier (ICS).
    pub creditor_id: CreditorId,
    /// The unique mandate reference (RUM).
    pub reference: MandateRef,
    /// Core or B2B.
    pub scheme: Scheme,
    /// One-off or recurring.
    pub usage: Usage,
    /// The account holder.
    pub holder: String,
    /// The account; only its last four characters are written.
    pub iban: Iban,
    /// Who signed.
    pub signatory: String,
    /// Where.
    pub place: String,
    /// The sentences that were signed.
    pub wording: Vec<String>,
    /// When, in the reader's words and by the supplier's clock.
    pub signed_at: String,
    /// SHA-256 of those sentences.
    pub wording_sha256: String,
    /// The link that was signed through.
    pub link: String,
    /// The address it was signed from.
    pub address: String,
}
