//! Wording of the promise.

use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};

texts! {
    TITLE = "Dire quand je paierai", "Say when I will pay";
    DAY = "Je paierai le", "I will pay on";
    CHECK_TITLE = "Vérifiez votre engagement", "Check your promise";
    NOTE = "Les relances de ces factures sont suspendues jusqu’à cette date. Un paiement reçu \
            après elle est un engagement non tenu.",
        "Reminders for these invoices are paused until that day. A payment received after it \
         breaks the promise.";
    SEND = "Confirmer cette date", "Confirm this date";
    NOTED = "Votre date de paiement est notée", "Your payment date is noted";
    REMEMBER = "Il vous reste à payer\u{a0}: dire une date ne déclenche aucun paiement.",
        "You still have to pay: naming a day starts no payment.";
}

/// « Entre le 22/11/2026 et le 21/12/2026 ».
pub(crate) fn limits(language: Language, first: Day, last: Day) -> String {
    let (first, last) = (day(language, first), day(language, last));
    match language {
        Language::Fr => format!("Entre le {first} et le {last}."),
        Language::En => format!("Between {first} and {last}."),
    }
}

/// « Nous notons votre paiement de 7 160,00 € pour le 30/11/2026. »
pub(crate) fn noted(language: Language, amount: Money, due_on: Day) -> String {
    let (amount, date) = (money(language, amount), day(language, due_on));
    match language {
        Language::Fr => format!("Nous notons votre paiement de {amount} pour le {date}."),
        Language::En => format!("We note your payment of {amount} for {date}."),
    }
}
