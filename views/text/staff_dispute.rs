//! Wording of the supplier's side of a dispute.

use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};

texts! {
    ANSWER = "Réponse au client", "Answer to the customer";
    ANSWER_HINT = "Le client reçoit ce texte par e-mail. Accepter sans avoir laisse le montant \
                   hors des relances jusqu’à l’avoir\u{a0}; refuser le remet dans les relances.",
        "The customer gets this text by e-mail. Accepting without a credit note keeps the amount \
         out of reminders until there is one; rejecting puts it back.";
    ASK = "Demander une précision", "Ask for more";
    TELL = "Envoyer sans décider", "Send without deciding";
    ACCEPT = "Accepter", "Accept";
    SETTLE = "Régler par avoir", "Settle by credit note";
    REJECT = "Refuser", "Reject";
    CREDIT = "Numéro de l’avoir", "Credit note number";
    CREDIT_HINT = "S’il existe déjà\u{a0}: la facture baisse aussitôt, et l’import de l’avoir ne \
                   le comptera pas deux fois.",
        "If there is one already: the invoice falls at once, and the import of the credit note \
         will not count it twice.";
    CREDIT_AMOUNT = "Montant de l’avoir", "Amount of the credit note";
    CREDIT_AMOUNT_HINT = "Vide\u{a0}: tout le montant en litige.",
        "Empty: all of what is disputed.";
    NOTES = "Avoirs reçus à l’import qui peuvent répondre à ce litige",
        "Credit notes imported that may answer this dispute";
    TO_MATCH = "Avoirs à rapprocher d’un litige", "Credit notes to match with a dispute";
    DISPUTE = "Litige", "Dispute";
    SINCE = "Depuis", "Since";
    OWNER = "Suivi par (nom ou service, dit au client)",
        "Dealt with by (name or department, told to the customer)";
    ASSIGN = "Enregistrer", "Save";
    UNTIL = "Nouvelle date de réponse", "New day of the answer";
    WHY_LATE = "Pourquoi ce délai", "Why it takes longer";
    EXTEND = "Prolonger", "Extend";
    EXTEND_MORE = "Répondre plus tard", "Answer later";
    OWNER_SHORT = "Suivi par", "Dealt with by";
    UNOWNED = "à attribuer", "to be assigned";
    UNOWNED_YET = "Personne n’en est chargé", "Nobody is assigned";
    TAKE = "Je m’en occupe", "I deal with it";
    DISPUTES = "Litiges", "Disputes";
    ANSWER_THIS = "Répondre, décider, confier", "Answer, decide, assign";
    CLOSED = "Litiges répondus", "Disputes answered";
    BACK = "Retour au client", "Back to the customer";
}

/// « Litige sur FA-117 : Articles manquants, 500,00 € ».
pub(crate) fn title(language: Language, number: &str, reason: &str, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Litige sur {number}\u{a0}: {reason}, {amount}"),
        Language::En => format!("Dispute about {number}: {reason}, {amount}"),
    }
}

/// « réponse avant le 26/11/2026 ».
pub(crate) fn by(language: Language, answer_by: Day) -> String {
    let date = day(language, answer_by);
    match language {
        Language::Fr => format!("réponse avant le {date}"),
        Language::En => format!("answer by {date}"),
    }
}

/// « avoir AV-12, 500,00 € ».
pub(crate) fn credited(language: Language, number: &str, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("avoir {number}, {amount}"),
        Language::En => format!("credit note {number}, {amount}"),
    }
}

/// « Régler par l’avoir AV-12 ».
pub(crate) fn settle_by(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Régler par l’avoir {number}"),
        Language::En => format!("Settle by credit note {number}"),
    }
}
