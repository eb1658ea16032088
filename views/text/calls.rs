//! Wording of calls: the list, the call itself, its script, the report of a campaign.

use domain::Money;
use domain::call::{Cause, Outcome};
use domain::party::Language;

use crate::format::money;
use crate::text::{Text, plural};

texts! {
    TITLE = "Appels", "Calls";
    TODAY = "À appeler", "To call";
    NONE = "Personne n’est à appeler.", "Nobody is to be called.";
    ORDER = "Dans l’ordre\u{a0}: promesses non tenues, puis montant échu × jours de retard.",
        "In order: broken promises, then amount overdue × days late.";
    CUT = "Les 500 appels les plus anciens sont classés.", "The 500 oldest calls are ranked.";
    WHY = "Pourquoi", "Why";
    BROKEN = "promesse non tenue", "broken promise";
    PHONE = "Téléphone", "Telephone";
    OVERDUE = "Échu", "Overdue";
    TRIES = "Essais", "Tries";
    REPORT = "Compte rendu", "Report";
    CALL = "Appel", "Call";
    NOTE_CALL = "Noter un appel", "Note a call";
    NO_PHONE = "Aucun numéro n’est connu.", "No number is known.";
    OVER = "Cet appel n’est plus à passer\u{a0}: il est fait, ou il n’y a plus rien à demander.",
        "This call is no longer to be made: it is done, or nothing is left to ask for.";
    SCRIPT = "Ce que vous pouvez dire", "What you can say";
    BEFORE = "Avant", "Before";
    RESULT = "Résultat de l’appel", "What came of the call";
    RESULT_HINT = "Une touche d’accès (Alt+Maj ou Alt) choisit chaque résultat.",
        "An access key (Alt+Shift or Alt) chooses each result.";
    SPOKEN = "Factures évoquées", "Invoices spoken about";
    WITH = "Interlocuteur", "Spoken to";
    DAY = "Jour promis, ou délai demandé jusqu’au", "Day promised, or time asked for until";
    AMOUNT = "Montant, si ce n’est pas le total coché",
        "Amount, when it is not the total ticked";
    REASON = "Motif du litige", "What blocks";
    NO_REASON = "—", "(none)";
    NOTE = "Note de l’appel", "Note on the call";
    NEXT = "Rappeler le", "Call again on";
    HOUR = "Heure", "Hour";
    SAVE = "Enregistrer l’appel", "Save the call";
    MADE = "Appels passés", "Calls made";
    REACHED = "Interlocuteurs joints", "People reached";
    ARGUED = "Factures argumentées", "Invoices argued";
    PROMISES = "Promesses", "Promises";
    REFUSALS = "Refus", "Refusals";
    NEXT_CALLS = "Prochains appels", "Next calls";
    REASONS = "Motifs de non-paiement", "Reasons of non-payment";
    CATEGORY = "Catégorie", "Category";
    NUMBER = "Nombre", "Number";
    EACH = "Détail des appels", "Each call";
    WHEN = "Quand", "When";
    SPAN_DAY = "Jour", "Day";
    SPAN_WEEK = "Semaine", "Week";
    SPAN = "Période", "Period";
    SHOW = "Afficher", "Show";
    CSV = "Télécharger (CSV)", "Download (CSV)";
    NO_CALLS = "Aucun appel n’a été passé.", "No call was made.";
    BACK = "Tous les appels", "All calls";
    OUTCOME_MISSING = "Choisissez le résultat de l’appel", "Choose what came of the call";
    NEXT_WRONG = "Indiquez un jour à venir et une heure entre 0 et 23",
        "Give a day to come and an hour between 0 and 23";
    NOT_TAKEN = "L’appel n’est pas enregistré\u{a0}: le compte a changé. Regardez les montants.",
        "The call was not saved: the account has changed. Look at the amounts.";
    MANY = "lignes coupées à 2 000", "cut after 2,000 lines";
}

/// What came of a call, in a few words.
pub(crate) const fn outcome(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Promise => text("Promesse de paiement", "Promise to pay"),
        Outcome::Delay => text("Délai demandé", "More time asked for"),
        Outcome::Dispute => text("Litige", "Dispute"),
        Outcome::ResendInvoice => text("Facture à renvoyer", "Invoice to be sent again"),
        Outcome::AlreadyPaid => text("Déjà payé", "Already paid"),
        Outcome::CashProblem => text("Trésorerie insuffisante", "Cash problem"),
        Outcome::WrongContact => text("Mauvais interlocuteur", "Wrong contact"),
        Outcome::Doubtful => text("Client douteux", "Doubtful customer"),
        Outcome::UnappliedPayment => text("Paiement non affecté", "Payment not allocated"),
        Outcome::NoAnswer => text("Pas de réponse", "No answer"),
        Outcome::Voicemail => text("Message laissé", "Message left"),
        Outcome::CallBack => text("À rappeler", "To be called again"),
        Outcome::Refusal => text("Refus de payer", "Refuses to pay"),
    }
}

/// The key that chooses it.
pub(crate) const fn key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Promise => "1",
        Outcome::Delay => "2",
        Outcome::Dispute => "3",
        Outcome::ResendInvoice => "4",
        Outcome::AlreadyPaid => "5",
        Outcome::NoAnswer => "6",
        Outcome::Voicemail => "7",
        Outcome::CallBack => "8",
        Outcome::Refusal => "9",
        Outcome::CashProblem => "0",
        Outcome::WrongContact => "w",
        Outcome::Doubtful => "d",
        Outcome::UnappliedPayment => "u",
    }
}

/// Why an account is not paid.
pub(crate) const fn cause(cause: Cause) -> Text {
    match cause {
        Cause::Administrative => text("Administratif", "Administrative"),
        Cause::Logistic => text("Logistique", "Logistic"),
        Cause::Commercial => text("Commercial", "Commercial"),
        Cause::Technical => text("Technique", "Technical"),
        Cause::Cash => text("Trésorerie", "Cash"),
        Cause::Refusal => text("Refus ou doute", "Refusal or doubt"),
    }
}

const fn text(fr: &'static str, en: &'static str) -> Text {
    Text { fr, en }
}

/// Who calls, and about what.
pub(crate) fn opening(
    language: Language,
    (supplier, debtor): (&str, &str),
    (count, sum): (usize, &str),
) -> String {
    let many = if plural(language, count) { "s" } else { "" };
    match language {
        Language::Fr => format!(
            "Bonjour, {supplier}, service comptabilité. Je vous appelle au sujet du compte \
             {debtor}\u{a0}: {count} facture{many} échue{many}, {sum}. Êtes-vous la bonne \
             personne pour en parler\u{a0}?"
        ),
        Language::En => format!(
            "Hello, this is {supplier}, accounts. I am calling about the account of {debtor}: \
             {count} overdue invoice{many}, {sum}. Are you the right person to speak to?"
        ),
    }
}

/// What was promised and did not come.
pub(crate) fn missed(language: Language, amount: Money, day: &str) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!(
            "Vous aviez annoncé {amount} pour le {day}\u{a0}; le paiement ne nous est pas \
             parvenu. Que s’est-il passé\u{a0}?"
        ),
        Language::En => format!(
            "You had announced {amount} for {day}; the payment has not reached us. What happened?"
        ),
    }
}

/// What is disputed is left out.
pub(crate) fn disputed(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!(
            "Votre signalement est en cours d’examen\u{a0}: je ne vous appelle pas pour ces \
             {amount}."
        ),
        Language::En => {
            format!("Your report is being looked into: I am not calling about these {amount}.")
        }
    }
}

/// What to ask in the end.
pub(crate) const fn question() -> Text {
    text(
        "Avez-vous reçu les factures, et sont-elles conformes\u{a0}? Qu’est-ce qui bloque\u{a0}? \
         Quel jour, pour quel montant et par quel moyen payez-vous\u{a0}?",
        "Did you receive the invoices, and are they right? What is blocking? On which day, how \
         much and by which means will you pay?",
    )
}

/// How to end.
pub(crate) const fn ending() -> Text {
    text(
        "Je le note et vous l’envoie par e-mail. Merci, au revoir.",
        "I note it and send it to you by e-mail. Thank you, goodbye.",
    )
}
