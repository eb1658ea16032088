//! Wording of the codes that prove who acts.

use domain::code::{Action, MINUTES};
use domain::party::Language;

texts! {
    TITLE = "Confirmez que c’est bien vous", "Confirm that it is you";
    WHAT = "Ce que vous confirmez", "What you confirm";
    LEAD = "Pour ouvrir ce document, nous envoyons un code à 6 chiffres à une adresse connue.",
        "To open this document, we send a 6-digit code to an address on file.";
    SEND = "Recevoir un code", "Send me a code";
    CODE = "Code à 6 chiffres", "6-digit code";
    CONFIRM = "Valider le code", "Confirm the code";
    AGAIN = "Envoyer un autre code", "Send another code";
    SEND_TO = "Envoyer le code à", "Send the code to";
    NOT_ARRIVED = "Rien reçu\u{a0}? Regardez dans les indésirables, ou demandez un autre code.",
        "Nothing arrived? Look among unwanted mail, or ask for another code.";
    NOBODY = "Aucune adresse connue ne peut recevoir de code. Appelez-nous.",
        "No address on file can receive a code. Call us.";
    MISSING = "Indiquez le code reçu par e-mail", "Enter the code from the e-mail";
    OVER = "Ce code n’est plus valable. Demandez-en un autre.",
        "This code no longer counts. Ask for another one.";
    TOO_MANY = "Trop de codes ont été demandés. Réessayez dans une heure ou appelez-nous.",
        "Too many codes were asked for. Try again in an hour or call us.";
}

/// « Un code a été envoyé à c•••@delmas.example. Il est valable 10 minutes. »
pub(crate) fn sent_to(language: Language, masked: &str) -> String {
    match language {
        Language::Fr => {
            format!("Un code a été envoyé à {masked}. Il est valable {MINUTES} minutes.")
        }
        Language::En => format!("A code was sent to {masked}. It is valid for {MINUTES} minutes."),
    }
}

/// « Ce n’est pas le bon code. Encore 3 essais. »
pub(crate) fn wrong(language: Language, left: u16) -> String {
    let many = if left > 1 { "s" } else { "" };
    match (language, left) {
        (Language::Fr, _) => format!("Ce n’est pas le bon code. Encore {left} essai{many}."),
        (Language::En, 1) => "That is not the code. One try is left.".to_owned(),
        (Language::En, _) => format!("That is not the code. {left} tries are left."),
    }
}

/// What a code is for, after « Il sert à ».
pub(crate) const fn purpose(action: Action, language: Language) -> &'static str {
    match (action, language) {
        (Action::Mandate, Language::Fr) => "signer un mandat de prélèvement",
        (Action::Mandate, Language::En) => "sign a direct debit mandate",
        (Action::Contact, Language::Fr) => "modifier vos coordonnées ou vos accès",
        (Action::Contact, Language::En) => "change your contact details or who has access",
        (Action::Card, Language::Fr) => "garder votre carte",
        (Action::Card, Language::En) => "keep your card",
        (Action::Plan, Language::Fr) => "accepter un échéancier",
        (Action::Plan, Language::En) => "agree to an instalment plan",
        (Action::Documents, Language::Fr) => "ouvrir des documents de votre compte",
        (Action::Documents, Language::En) => "open documents of your account",
    }
}
