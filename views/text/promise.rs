//! Wording of the promise.

use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};

texts! {
    TITLE = "Dire quand je paierai", "Say when I will pay";
    DAY = "Je paierai le", "I will pay on";
    CHECK_TITLE = "Vérifiez votre engagement", "Check your promise";
    NOTE = "Les relances de ces factures sont suspendues jusqu’à cette date. Si le \
            paiement arrive plus tard, elles reprendront.",
        "Reminders for these invoices are paused until that day. If the payment comes later, they \
         will begin again.";
    NOTE_DEBIT = "Ce montant sera prélevé ce jour-là. Jusque-là, aucune relance.",
        "This amount will be debited on that day. Until then, no reminder.";
    BY = "Moyen", "How";
    BY_TRANSFER = "Nous vous donnons la référence à indiquer.",
        "We give you the reference to put on it.";
    OTHERWISE = "Autrement", "Another way";
    PAGE = "Votre engagement de paiement", "Your promise of payment";
    CALENDAR = "Ajouter à mon agenda", "Add to my calendar";
    CHANGE = "Changer la date ou le montant", "Change the day or amount";
    WITHDRAW = "Annuler cet engagement", "Cancel this promise";
    WITHDRAW_TITLE = "Annuler cet engagement\u{a0}?", "Cancel this promise?";
    WITHDRAW_MORE = "Les relances de ces factures reprendront. Un prélèvement prévu sera annulé.",
        "Reminders for these invoices will begin again. A planned debit will be called off.";
    TOO_LATE = "Ce prélèvement est déjà remis à la banque\u{a0}: il ne peut plus être annulé ici.",
        "The bank has this debit already: it cannot be called off here any more.";
    KEPT = "Paiement reçu dans les temps. Merci.", "Payment received in time. Thank you.";
    KEPT_LATE = "Paiement reçu, après le jour promis. Merci.",
        "Payment received, after the promised day. Thank you.";
    PARTLY = "Une partie seulement est arrivée dans les temps.",
        "Only a part came in time.";
    BROKEN = "Ce paiement ne nous est pas parvenu dans les temps.",
        "This payment did not reach us in time.";
    REPLACED = "Remplacé par un autre engagement.", "Replaced by another promise.";
    WITHDRAWN = "Vous avez annulé cet engagement. Les relances reprennent.",
        "You cancelled this promise. Reminders begin again.";
    SEE = "Voir l’engagement", "See the promise";
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

/// « Payer 7 160,00 € à Boréal ».
pub fn calendar_title(language: Language, amount: Money, supplier: &str) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Payer {amount} à {supplier}"),
        Language::En => format!("Pay {supplier} {amount}"),
    }
}
