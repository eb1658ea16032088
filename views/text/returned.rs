//! Wording of what comes back of messages: addresses that take no mail, and how to mend them.

use domain::bounce::{Status, Verdict};
use domain::party::Language;

use crate::text::Text;

texts! {
    TITLE = "Adresse du contact", "Contact’s address";
    CUSTOMER = "Retour au client", "Back to the customer";
    NAME = "Nom", "Name";
    ADDRESS = "Adresse actuelle", "Address on file";
    PHONE = "Téléphone", "Telephone";
    DEAD = "Nous n’écrivons plus à cette adresse", "This address is written to no more";
    SINCE = "Depuis", "Since";
    NEW = "Adresse à utiliser", "Address to use";
    NEW_HINT = "Les messages qui ne sont pas arrivés repartent à cette adresse s’ils sont encore \
                utiles. La même adresse peut être reprise si elle fonctionne à nouveau.",
        "Messages that did not arrive leave again for this address if they are still needed. The \
         same address can be used again if it works now.";
    USE = "Utiliser cette adresse", "Use this address";
    CORRECT = "Corriger l’adresse", "Correct the address";
    REPORTS = "Retours reçus", "What came back";
    WHEN = "Le", "On";
    WHAT = "Retour", "Report";
    WORDS = "Réponse du serveur", "The server’s words";
    NOTHING = "Aucun retour pour ce contact.", "Nothing came back for this contact.";
    HARD = "adresse refusée définitivement", "address refused for good";
    SOFT = "refus passager", "refused for now";
    REFUSED = "message refusé", "message refused";
    COMPLAINT = "signalé comme indésirable", "reported as unwanted";
    DELAYED = "retardé, encore en route", "delayed, still on its way";
    DELIVERED = "arrivé", "arrived";
    MAIL = "E-mail à", "E-mail to";
    SMS = "SMS au", "Text message to";
    WROTE = "E-mail reçu de", "E-mail received from";
}

/// What a report means.
pub(crate) const fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Hard => HARD,
        Verdict::Soft => SOFT,
        Verdict::Refused => REFUSED,
        Verdict::Complaint => COMPLAINT,
        Verdict::Delayed => DELAYED,
        Verdict::Delivered => DELIVERED,
    }
}

/// « adresse refusée définitivement (5.1.1) ».
pub(crate) fn told(language: Language, what: Verdict, status: Option<Status>) -> String {
    let words = verdict(what).of(language);
    status.map_or_else(|| words.to_owned(), |status| format!("{words} ({status})"))
}

/// « E-mail compta@delmas.example : adresse refusée définitivement (5.1.1) ».
pub(crate) fn came(
    language: Language,
    what: Verdict,
    status: Option<Status>,
    address: &str,
) -> String {
    let told = told(language, what, status);
    // A number, not a mailbox.
    let kind = if address.starts_with('+') { SMS } else { MAIL };
    format!("{} {address}{}{told}", kind.of(language), colon(language))
}

/// « E-mail reçu de compta@delmas.example : Re: Rappel ».
pub(crate) fn wrote(language: Language, sender: &str, subject: &str) -> String {
    format!(
        "{} {sender}{}{subject}",
        WROTE.of(language),
        colon(language)
    )
}

const fn colon(language: Language) -> &'static str {
    match language {
        Language::Fr => "\u{a0}: ",
        Language::En => ": ",
    }
}
