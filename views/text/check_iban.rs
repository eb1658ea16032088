//! Wording of the page that says whether an IBAN is the supplier's.

use domain::party::Language;

texts! {
    TITLE = "Vérifier un IBAN", "Check an IBAN";
    LEAD = "Vous avez reçu un IBAN par e-mail, par courrier ou sur une facture\u{a0}? \
            Recopiez-le\u{a0}: nous disons si c’est bien le compte sur lequel nous payer.",
        "You received an IBAN by e-mail, by letter or on an invoice? Copy it here: we say whether \
         it is the account to pay us on.";
    CHECK = "Vérifier", "Check";
    LINK = "Vérifier un IBAN que vous avez reçu", "Check an IBAN that you received";
    OURS = "C’est bien notre compte", "This is our account";
    NOT_OURS = "Ce n’est pas notre compte", "This is not our account";
}

/// Whose account it is.
pub(crate) fn ours(language: Language, holder: &str) -> String {
    match language {
        Language::Fr => format!("Titulaire\u{a0}: {holder}. Votre banque doit afficher ce nom."),
        Language::En => format!("Account holder: {holder}. Your bank should show this name."),
    }
}

/// What to do.
pub(crate) fn not_ours(language: Language, name: &str, phone: &str) -> String {
    match language {
        Language::Fr => format!(
            "Ne payez pas sur ce compte. Appelez {name} au {phone}, ou au numéro que vous \
             connaissez, jamais à celui du message."
        ),
        Language::En => format!(
            "Do not pay on this account. Call {name} on {phone}, or on the number that you know, \
             never on the one in the message."
        ),
    }
}
