//! Wording of credit notes that settled invoices without money, for the staff.

use domain::party::Language;
use domain::{Day, Money};

use crate::format;

texts! {
    TITLE = "Déductions d’avoirs", "Credit notes deducted";
    NOTES = "Avoirs", "Credit notes";
    UNDO = "Annuler cette déduction", "Undo this deduction";
    UNDO_MORE = "Les factures seront de nouveau dues, et les avoirs de nouveau disponibles.",
        "The invoices will be due again, and the credit notes can be used again.";
    REASON = "Pourquoi\u{a0}?", "Why?";
    REASON_HINT = "Gardé au journal\u{a0}; le client ne le lit pas.",
        "Kept in the trail; the customer does not read it.";
    UNDONE = "Cette déduction a été annulée", "This deduction was undone";
}

/// « 150,00 € réglés par avoirs le 20/11/2026 ».
pub(crate) fn settled(language: Language, amount: Money, on: Day) -> String {
    let (amount, on) = (format::money(language, amount), format::day(language, on));
    match language {
        Language::Fr => format!("{amount} réglés par avoirs le {on}"),
        Language::En => format!("{amount} settled by credit notes on {on}"),
    }
}
