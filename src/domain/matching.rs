//! Whose money it is: in which order a bank's movement is compared with what is known, and how a
//! sum is shared out (`sepa.md` §8).
//!
//! What a payer names with check digits or as a number of our own is certain; who pays from where,
//! or an amount that happens to fit, is a suggestion that a person confirms.

mod numbers;
#[cfg(test)]
mod tests;

use crate::allocate::allocate;
use crate::id::{DebtorId, InvoiceId};
use crate::invoice::{Invoice, ItemKind, Share};
use crate::money::{Money, MoneyError};
use crate::rf::{self, RfReference};

pub use numbers::{compact, numbers_in};

text_enum! {
    /// By what a movement found its account.
    pub enum Clue {
        /// The file of direct debits it pays as a whole.
        Batch = "batch",
        /// The id of one of our debits.
        Collection = "collection",
        /// Mandate and amount.
        Mandate = "mandate",
        /// A reference with check digits.
        Reference = "reference",
        /// The number of an invoice in the payer's words.
        Number = "number",
        /// The payer's account or name.
        Payer = "payer",
        /// A person said so.
        Staff = "staff",
    }
}

text_enum! {
    /// How an amount compares with the invoices it is meant for.
    pub enum Fit {
        /// One invoice, to the cent.
        Exact = "exact",
        /// Several invoices, to the cent.
        Grouped = "grouped",
        /// Less than they leave open.
        Part = "part",
        /// More than they leave open.
        Over = "over",
        /// No invoice was named: the account, oldest first.
        Account = "account",
    }
}

/// What a movement says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// The file it pays, when it is not divided.
    pub batch: Option<String>,
    /// The id of the order.
    pub end_to_end: Option<String>,
    /// The mandate.
    pub mandate: Option<String>,
    /// Structured references.
    pub references: Vec<String>,
    /// The payer's words.
    pub text: String,
}

/// One thing to look for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// The direct debits of a file, by its `PmtInfId`.
    Batch(String),
    /// The debit of this id.
    Collection(String),
    /// The debit under this mandate that has the amount.
    Mandate(String),
    /// The transfer or account of this reference.
    Reference(RfReference),
    /// The invoices of these numbers, compact.
    Numbers(Vec<String>),
    /// Whoever paid from there, or is called so.
    Payer,
}

/// What to look for, in this order, until something certain is found.
#[must_use]
pub fn lookups(said: &Said) -> Vec<Lookup> {
    let mut all = Vec::new();
    all.extend(said.batch.clone().map(Lookup::Batch));
    all.extend(said.end_to_end.clone().map(Lookup::Collection));
    all.extend(said.mandate.clone().map(Lookup::Mandate));
    let mut references: Vec<RfReference> = Vec::new();
    let structured = said.references.iter().filter_map(|text| text.parse().ok());
    // A payer may have put the reference where only its own id belongs.
    let own = said.end_to_end.iter().filter_map(|text| text.parse().ok());
    for reference in structured.chain(own).chain(rf::find_in(&said.text)) {
        if !references.contains(&reference) {
            references.push(reference);
        }
    }
    all.extend(references.into_iter().map(Lookup::Reference));
    let mut words = said.references.join(" ");
    words.push(' ');
    words.push_str(&said.text);
    if let Some(id) = &said.end_to_end {
        words.push(' ');
        words.push_str(id);
    }
    let numbers = numbers_in(&words);
    if !numbers.is_empty() {
        all.push(Lookup::Numbers(numbers));
    }
    all.push(Lookup::Payer);
    all
}

/// What the invoices that a payer named come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Named {
    /// None is open.
    Nothing,
    /// They are of one account, and that is no accident.
    Certain(DebtorId, Vec<InvoiceId>),
    /// They may be of these accounts.
    Perhaps(Vec<Suggestion>),
}

/// An account whose money it may be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// Whose.
    pub debtor: DebtorId,
    /// What for; none for the account as a whole.
    pub invoices: Vec<InvoiceId>,
    /// Why it is suggested.
    pub clue: Clue,
}

/// Characters of a number from which on it is named by no accident.
const TELLING: usize = 6;

/// Judges the open invoices whose numbers stand in a payer's words. `amount` is what came.
///
/// Certain is what is of one account and either has a number long enough to be meant, or comes to
/// the amount. All else is suggested.
pub fn named(amount: Money, found: &[Invoice]) -> Result<Named, MoneyError> {
    let mut debtors: Vec<DebtorId> = found.iter().map(|invoice| invoice.debtor).collect();
    debtors.sort_unstable();
    debtors.dedup();
    let Some((first, others)) = debtors.split_first() else {
        return Ok(Named::Nothing);
    };
    let of = |debtor: &DebtorId| -> Vec<&Invoice> {
        found.iter().filter(|one| one.debtor == *debtor).collect()
    };
    let ids = |all: &[&Invoice]| all.iter().map(|invoice| invoice.id).collect::<Vec<_>>();
    if others.is_empty() {
        let all = of(first);
        let telling = all.iter().any(|one| compact(&one.number).len() >= TELLING);
        if telling || sum(amount, &all)? == amount {
            return Ok(Named::Certain(*first, ids(&all)));
        }
    }
    // Numbers of several accounts: the one that comes to the amount, if only one does, is meant.
    let mut fitting = Vec::new();
    for debtor in &debtors {
        if sum(amount, &of(debtor))? == amount {
            fitting.push(*debtor);
        }
    }
    if let [only] = fitting.as_slice() {
        return Ok(Named::Certain(*only, ids(&of(only))));
    }
    let suggestions = debtors.iter().map(|debtor| Suggestion {
        debtor: *debtor,
        invoices: ids(&of(debtor)),
        clue: Clue::Number,
    });
    Ok(Named::Perhaps(suggestions.collect()))
}

/// What these invoices leave open in the amount's currency.
fn sum(amount: Money, all: &[&Invoice]) -> Result<Money, MoneyError> {
    let same = all.iter().filter(|one| one.currency() == amount.currency());
    Money::sum(amount.currency(), same.map(|one| one.open))
}

/// Invoices of an account that come to the amount: one of them, the oldest together, or all.
#[must_use]
pub fn fitting(amount: Money, open: &[Invoice]) -> Vec<InvoiceId> {
    let payable = |one: &&Invoice| {
        one.kind == ItemKind::Invoice
            && one.currency() == amount.currency()
            && one.open.is_positive()
    };
    let mut all: Vec<&Invoice> = open.iter().filter(payable).collect();
    all.sort_by_key(|one| (one.due_on, &one.number, one.id));
    if let Some(one) = all.iter().find(|one| one.open == amount) {
        return vec![one.id];
    }
    let mut so_far = Money::zero(amount.currency());
    let mut oldest = Vec::new();
    for one in all {
        let Ok(next) = so_far.checked_add(one.open) else {
            break;
        };
        oldest.push(one.id);
        so_far = next;
        if so_far == amount {
            return oldest;
        }
    }
    Vec::new()
}

/// How a sum is shared out over an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sharing {
    /// What each invoice gets; positive, one share an invoice.
    pub shares: Vec<Share>,
    /// What no invoice takes: the debtor's credit.
    pub rest: Money,
    /// How the amount compares with what it was meant for.
    pub fit: Fit,
}

/// Shares a sum out: first over the invoices that the payer stated, in the order they are due, then
/// over the others, oldest first.
pub fn share_out(
    amount: Money,
    stated: &[InvoiceId],
    open: &[Invoice],
) -> Result<Sharing, MoneyError> {
    let mut meant: Vec<&Invoice> = open
        .iter()
        .filter(|one| stated.contains(&one.id) && one.currency() == amount.currency())
        .collect();
    meant.sort_by_key(|one| (one.due_on, &one.number, one.id));
    let wanted: Vec<Share> = meant
        .iter()
        .map(|one| Share {
            invoice: one.id,
            amount: one.open,
        })
        .collect();
    let all = sum(amount, &meant)?;
    let fit = match meant.len() {
        0 => Fit::Account,
        1 if all == amount => Fit::Exact,
        _ if all == amount => Fit::Grouped,
        _ if all.checked_sub(amount)?.is_positive() => Fit::Part,
        _ => Fit::Over,
    };
    let first = allocate(amount, &wanted, open)?;
    // Nothing stated: the first pass went over all of them already.
    if wanted.is_empty() || !first.unapplied.is_positive() {
        return Ok(Sharing {
            shares: first.shares,
            rest: first.unapplied,
            fit,
        });
    }
    let others: Vec<Invoice> = open
        .iter()
        .filter(|one| !stated.contains(&one.id))
        .cloned()
        .collect();
    let second = allocate(first.unapplied, &[], &others)?;
    Ok(Sharing {
        shares: [first.shares, second.shares].concat(),
        rest: second.unapplied,
        fit,
    })
}

/// A name without what banks and people write differently: legal forms, accents, spaces.
#[must_use]
pub fn name_key(name: &str) -> String {
    const FORMS: [&str; 24] = [
        "SA", "SAS", "SASU", "SARL", "EURL", "SCI", "SNC", "SCOP", "GMBH", "AG", "KG", "UG", "BV",
        "NV", "SPRL", "SRL", "SPA", "SL", "LTD", "PLC", "ET", "AND", "UND", "CIE",
    ];
    let mut words: Vec<String> = vec![String::new()];
    for letter in name.chars().flat_map(char::to_uppercase) {
        match plain(letter) {
            Some(letter) => {
                if let Some(word) = words.last_mut() {
                    word.push(letter);
                }
            }
            // Dots stand within legal forms: S.A.R.L.
            None if letter == '.' || letter == '\'' => {}
            None => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty() && !FORMS.contains(&word.as_str()));
    words.concat()
}

fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => 'A',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'Î' | 'Ï' | 'Í' | 'Ì' => 'I',
        'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' | 'Ø' => 'O',
        'Ù' | 'Û' | 'Ü' | 'Ú' => 'U',
        'Ç' => 'C',
        'Ñ' => 'N',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => return None,
    })
}
