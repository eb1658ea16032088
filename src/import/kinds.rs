//! Invoice, credit note or receipt: from a word, a journal or the sign of the amount.

use domain::Money;
use domain::invoice::ItemKind;

use crate::tables::fold;

const INVOICE: &[&str] = &[
    "f", "fa", "fac", "fact", "fc", "ft", "fv", "facture", "factures", "inv", "invoice", "vente",
];
const CREDIT_NOTE: &[&str] = &["av", "avo", "avoir", "avoirs", "nc", "cn", "credit"];
const RECEIPT: &[&str] = &[
    "rg",
    "rgl",
    "regl",
    "rglt",
    "reglement",
    "reglements",
    "paiement",
    "paiements",
    "encaissement",
    "encaissements",
    "virement",
    "vir",
    "cheque",
    "chq",
    "prelevement",
    "prlv",
    "payment",
    "receipt",
];
const SALES: &[&str] = &["ve", "vt", "fa", "fc", "sal"];
const BANK: &[&str] = &[
    "bq", "bk", "bnq", "banq", "bank", "cai", "cash", "enc", "reg", "rg",
];

/// What the file says of the kind of a document.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// Nothing: the sign tells.
    #[default]
    Nothing,
    /// A word that names the kind; the amount beside it may be unsigned.
    Word(ItemKind),
    /// A journal, whose amounts are always signed.
    Journal(ItemKind),
    /// A word that names no kind known here.
    Unknown,
}

/// Reads the cell of a kind column.
pub(super) fn from_word(cell: &str) -> Said {
    let folded = fold(cell);
    let mut words = folded.split(' ');
    let first = words.clone().next().unwrap_or_default();
    if first.is_empty() {
        Said::Nothing
    } else if words.any(|word| CREDIT_NOTE.contains(&word)) {
        Said::Word(ItemKind::CreditNote)
    } else if INVOICE.contains(&first) {
        Said::Word(ItemKind::Invoice)
    } else if RECEIPT.contains(&first) {
        Said::Word(ItemKind::Receipt)
    } else {
        Said::Unknown
    }
}

/// Reads the cell of a journal column. Journals are named freely: one not known tells nothing.
pub(super) fn from_journal(cell: &str) -> Said {
    let folded = fold(cell);
    let starts = |names: &[&str]| names.iter().any(|name| folded.starts_with(name));
    if starts(SALES) {
        Said::Journal(ItemKind::Invoice)
    } else if starts(BANK) || folded == "ca" {
        Said::Journal(ItemKind::Receipt)
    } else {
        Said::Nothing
    }
}

/// The kind, from what the file says and the signed open amount; `sided` says that the amount
/// stood in a debit or credit column.
///
/// A negative invoice is a credit note. `None` when a credit note or receipt stands on the side
/// that the customer owes: a reversal, which the supplier must say himself.
pub(super) fn decide(said: Said, open: Money, sided: bool) -> Option<ItemKind> {
    match said {
        Said::Unknown => None,
        Said::Nothing | Said::Word(ItemKind::Invoice) | Said::Journal(ItemKind::Invoice) => {
            let owed = !open.is_negative();
            Some(if owed {
                ItemKind::Invoice
            } else {
                ItemKind::CreditNote
            })
        }
        Said::Word(kind) => (!sided || !open.is_positive()).then_some(kind),
        Said::Journal(kind) => (!open.is_positive()).then_some(kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ItemKind::{CreditNote, Invoice, Receipt};

    #[test]
    fn words() {
        for (cell, said) in [
            ("FA", Said::Word(Invoice)),
            ("Facture d'acompte", Said::Word(Invoice)),
            ("Facture d'avoir", Said::Word(CreditNote)),
            ("AVOIR", Said::Word(CreditNote)),
            ("Credit note", Said::Word(CreditNote)),
            ("RG", Said::Word(Receipt)),
            ("Paiement non rapproché", Said::Word(Receipt)),
            ("Règlement", Said::Word(Receipt)),
            ("", Said::Nothing),
            ("Devis", Said::Unknown),
        ] {
            assert_eq!(from_word(cell), said, "{cell}");
        }
    }

    #[test]
    fn journals() {
        for (cell, said) in [
            ("VE", Said::Journal(Invoice)),
            ("VT1", Said::Journal(Invoice)),
            ("BQ2", Said::Journal(Receipt)),
            ("CA", Said::Journal(Receipt)),
            ("OD", Said::Nothing),
            ("", Said::Nothing),
        ] {
            assert_eq!(from_journal(cell), said, "{cell}");
        }
    }

    #[test]
    fn the_sign_corrects_the_word() {
        let (owed, owing) = (Money::eur(100), Money::eur(-100));
        for (said, open, sided, kind) in [
            (Said::Nothing, owed, true, Some(Invoice)),
            (Said::Nothing, owing, false, Some(CreditNote)),
            (Said::Journal(Invoice), owing, true, Some(CreditNote)),
            (Said::Journal(Receipt), owing, true, Some(Receipt)),
            (Said::Journal(Receipt), owed, true, None),
            (Said::Word(Invoice), owing, false, Some(CreditNote)),
            (Said::Word(CreditNote), owed, false, Some(CreditNote)),
            (Said::Word(CreditNote), owed, true, None),
            (Said::Word(Receipt), Money::eur(0), true, Some(Receipt)),
            (Said::Unknown, owed, false, None),
        ] {
            assert_eq!(decide(said, open, sided), kind, "{said:?} {open} {sided}");
        }
    }
}
