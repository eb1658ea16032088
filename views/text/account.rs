//! Wording of the account that a supplier is paid on.

use domain::account_change::ChangeState;
use domain::party::Language;

use crate::text::Text;

texts! {
    TITLE = "Compte affiché aux clients", "Account shown to customers";
    LINK = "Voir ou changer le compte affiché aux clients",
        "See or change the account shown to customers";
    NONE = "Aucun compte\u{a0}: les virements et prélèvements ne sont pas proposés.",
        "No account: transfers and direct debits are not offered.";
    TO_BANK = "Relevés bancaires", "Bank statements";
    HOLDER_NOW = "Titulaire du compte", "Account holder";
    HOLDER = "Titulaire, au nom exact du compte", "Holder, by the account’s exact name";
    HOLDER_HINT = "La banque du client compare ce nom à celui du compte.",
        "The customer’s bank compares this name with the account’s.";
    BIC = "BIC", "BIC";
    CHANGE = "Changer de compte", "Change the account";
    RULE = "Une autre personne approuve, puis 48 heures s’écoulent avant l’affichage. Tous les \
            utilisateurs sont prévenus par e-mail à chaque étape.",
        "Another person approves, then 48 hours pass before it is shown. All users are told by \
         e-mail at each step.";
    PASSWORD = "Votre mot de passe", "Your password";
    PASSWORD_HINT = "Il est redemandé pour tout changement de compte.",
        "It is asked for again for every change of account.";
    ASK = "Demander le changement", "Ask for the change";
    PENDING = "Changement en cours", "Change under way";
    APPROVE = "Approuver", "Approve";
    STOP = "Arrêter le changement", "Stop the change";
    OWN = "Une autre personne doit l’approuver.", "Another person has to approve it.";
    ASKED_BY = "Demandé par", "Asked for by";
    APPROVED_BY = "Approuvé par", "Approved by";
    SHOWN_FROM = "Affiché à partir du", "Shown from";
    PAST = "Changements passés", "Past changes";
    TWO = "Un changement est déjà en cours\u{a0}: arrêtez-le d’abord.",
        "A change is under way already: stop it first.";
    MOVED_ON = "Ce changement a évolué entre-temps\u{a0}: voici où il en est.",
        "This change has moved on meanwhile: here is how it stands.";
}

/// Where a change stands.
pub(crate) const fn state(value: ChangeState) -> Text {
    let (fr, en) = match value {
        ChangeState::Proposed => ("à approuver", "to approve"),
        ChangeState::Waiting => ("approuvé, en attente", "approved, waiting"),
        ChangeState::Done => ("affiché", "shown"),
        ChangeState::Withdrawn => ("arrêté", "stopped"),
    };
    Text { fr, en }
}

/// « FR76 …, par compta@…, arrêté le … ».
pub(crate) fn ended(language: Language, four: &str, by: &str, on: &str) -> String {
    match language {
        Language::Fr => format!("Compte terminé par {four}, {by}, {on}"),
        Language::En => format!("Account ending in {four}, {by}, {on}"),
    }
}
