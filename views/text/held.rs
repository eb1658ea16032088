//! Wording of payments under way that hold amounts: the way back to each, and the way out.

use domain::party::Language;
use domain::{Day, Moment, Money, Zone};

use crate::format::{day, moment, money};

texts! {
    TITLE = "Un paiement est déjà en cours", "A payment is already under way";
    TITLE_MORE = "Il porte sur ce que vous avez choisi\u{a0}: rien de plus n’a été débité.",
        "It is for what you chose: nothing more was taken.";
    NOT_TAKEN = "Si vous avez quitté la page avant de payer, rien n’a été débité.",
        "If you left the page before paying, nothing was taken.";
    FREE_SOON = "Le montant sera libéré dans quelques minutes.",
        "The amount will be free again in a few minutes.";
    RESUME = "Reprendre le paiement", "Resume the payment";
    ABANDON = "Abandonner ce paiement", "Give up this payment";
    SEE = "Voir où il en est", "See how it stands";
    SEE_DEBIT = "Voir ce prélèvement", "See this direct debit";
    SEE_OR_CANCEL = "Voir ou annuler ce prélèvement", "See or cancel this direct debit";
    CANCEL_DEBIT = "Annuler ce prélèvement", "Cancel this direct debit";
    CANCEL_HINT = "Vous pouvez l’annuler tant qu’il n’est pas transmis à la banque.",
        "You can cancel it until it is sent to the bank.";
    AT_BANK = "Il est transmis à la banque, ou il fait partie de votre échéancier\u{a0}: il ne \
               peut plus être annulé ici. Une question\u{a0}? Nos coordonnées sont ci-dessous.",
        "It has been sent to the bank, or is part of your payment plan: it can no longer be \
         cancelled here. A question? How to reach us is below.";
}

/// « Paiement par carte en cours : 4 660,00 € ».
pub(crate) fn card(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Paiement par carte en cours\u{a0}: {amount}"),
        Language::En => format!("Card payment under way: {amount}"),
    }
}

/// « Prélèvement en cours : 4 660,00 € ».
pub(crate) fn provider_debit(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Prélèvement en cours\u{a0}: {amount}"),
        Language::En => format!("Direct debit under way: {amount}"),
    }
}

/// « Prélèvement prévu le 30/11/2026 : 4 660,00 € ».
pub(crate) fn debit(language: Language, amount: Money, on: Day) -> String {
    let (amount, on) = (money(language, amount), day(language, on));
    match language {
        Language::Fr => format!("Prélèvement prévu le {on}\u{a0}: {amount}"),
        Language::En => format!("Direct debit planned for {on}: {amount}"),
    }
}

/// « Le montant reste réservé jusqu’au 22/11/2026 à 9 h 05. »
pub(crate) fn until(language: Language, zone: Zone, at: Moment) -> String {
    let at = moment(language, zone, at);
    match language {
        Language::Fr => format!("Le montant reste réservé à ce paiement jusqu’au {at}."),
        Language::En => format!("The amount stays held for this payment until {at}."),
    }
}
