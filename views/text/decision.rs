//! Wording of a decision about a dispute: before it counts, and after.

use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};

texts! {
    ACCEPT_TITLE = "Accepter ce litige\u{a0}?", "Accept this dispute?";
    SETTLE_TITLE = "Régler ce litige par un avoir\u{a0}?", "Settle this dispute by credit note?";
    GRANTED = "Montant accordé", "Amount granted";
    NOTE = "Avoir", "Credit note";
    NOTE_LATER = "à émettre", "to be issued";
    WORDS = "Réponse au client", "Answer to the customer";
    NO_WORDS = "sans texte de votre part", "no words of yours";
    FILES = "Fichiers joints", "Files enclosed";
    EFFECT = "Ce que cela fait", "What this does";
    CONFIRM_ACCEPT = "Oui, accepter", "Yes, accept";
    CONFIRM_SETTLE = "Oui, régler par avoir", "Yes, settle by credit note";
    LEAVE = "Laisser le litige ouvert", "Leave the dispute open";
    TOLD = "Le client en est prévenu par e-mail.", "The customer is told by e-mail.";
    NOT_TOLD = "Aucun contact du client n’a d’adresse e-mail\u{a0}: personne n’est prévenu.",
        "No contact of the customer has a mailbox: nobody is told.";
    TO_ISSUE = "Avoirs à émettre", "Credit notes to issue";
    ACCEPTED_SINCE = "Accepté", "Accepted";
    AWAITS_NOTE = "L’avoir reste à émettre\u{a0}: il figure dans la liste du jour jusqu’à son \
                   import.",
        "The credit note is still to be issued: it stays in today’s list until it is imported.";
    REMINDED = "Le montant peut de nouveau être relancé.", "The amount may be reminded of again.";
    MEANWHILE = "Ce litige a été traité entre-temps\u{a0}: rien n’a été enregistré.",
        "This dispute was dealt with meanwhile: nothing was recorded.";
}

/// What accepting does for now.
pub(crate) fn grants(language: Language, number: &str, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!(
            "Vous accordez {amount} sur la facture {number}. Ce montant n’est plus relancé et \
             figure dans «\u{a0}Avoirs à émettre\u{a0}» jusqu’à l’avoir."
        ),
        Language::En => format!(
            "You grant {amount} of invoice {number}. It is no longer reminded of, and stands in \
             “Credit notes to issue” until there is one."
        ),
    }
}

/// What a credit note does at once.
pub(crate) fn lowers(language: Language, number: &str, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("La facture {number} baisse aussitôt de {amount}."),
        Language::En => format!("Invoice {number} falls by {amount} at once."),
    }
}

/// What is left of the dispute after a credit note of less.
pub(crate) fn rest(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => {
            format!("Le reste du litige, {amount}, est de nouveau dû et peut être relancé.")
        }
        Language::En => {
            format!("The rest of the dispute, {amount}, is due again and may be reminded of.")
        }
    }
}

/// To which mailbox the answer goes.
pub(crate) fn told_at(language: Language, mailbox: &str) -> String {
    match language {
        Language::Fr => format!("Le client en est prévenu par e-mail, à {mailbox}."),
        Language::En => format!("The customer is told by e-mail, at {mailbox}."),
    }
}

/// « Litige accepté : 500,00 € de la facture FA-117 ».
pub(crate) fn accepted(language: Language, number: &str, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Litige accepté\u{a0}: {amount} de la facture {number}"),
        Language::En => format!("Dispute accepted: {amount} of invoice {number}"),
    }
}

/// « Litige réglé par l’avoir AV-12 : 500,00 € de la facture FA-117 ».
pub(crate) fn credited(language: Language, (note, amount): (&str, Money), number: &str) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => {
            format!("Litige réglé par l’avoir {note}\u{a0}: {amount} de la facture {number}")
        }
        Language::En => {
            format!("Dispute settled by credit note {note}: {amount} of invoice {number}")
        }
    }
}

/// « Litige refusé : 500,00 € de la facture FA-117 ».
pub(crate) fn rejected(language: Language, number: &str, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Litige refusé\u{a0}: {amount} de la facture {number}"),
        Language::En => format!("Dispute rejected: {amount} of invoice {number}"),
    }
}

/// « Précision demandée sur la facture FA-117 ».
pub(crate) fn asked(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Précision demandée sur la facture {number}"),
        Language::En => format!("More asked about invoice {number}"),
    }
}

/// « Message envoyé sur la facture FA-117 ».
pub(crate) fn said(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Message enregistré sur la facture {number}"),
        Language::En => format!("Message about invoice {number} recorded"),
    }
}

/// « Réponse sur la facture FA-117 remise au 04/12/2026 ».
pub(crate) fn extended(language: Language, number: &str, until: Day) -> String {
    let date = day(language, until);
    match language {
        Language::Fr => format!("Réponse sur la facture {number} remise au {date}"),
        Language::En => format!("Answer about invoice {number} put off until {date}"),
    }
}

/// « Litige sur la facture FA-117 : suivi par Quai 4 ».
pub(crate) fn owned(language: Language, number: &str, owner: Option<&str>) -> String {
    match (language, owner) {
        (Language::Fr, Some(owner)) => {
            format!("Litige sur la facture {number}\u{a0}: suivi par {owner}")
        }
        (Language::Fr, None) => format!("Litige sur la facture {number}\u{a0}: à attribuer"),
        (Language::En, Some(owner)) => format!("Dispute about {number}: dealt with by {owner}"),
        (Language::En, None) => format!("Dispute about {number}: to be assigned"),
    }
}
