//! Wording of delays and instalment plans, and of what is said before the due date.

use domain::confirmation::Answers;
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::text::plural;

texts! {
    ASK = "Demander un délai", "Ask for more time";
    WHY = "Pourquoi avez-vous besoin de temps\u{a0}?", "Why do you need time?";
    COUNT = "En combien de fois\u{a0}?", "In how many instalments?";
    RECOUNT = "Recalculer l’échéancier", "Update the plan";
    RECOUNTED = "L’échéancier a été recalculé\u{a0}: vérifiez les dates et les montants.",
        "The plan was recalculated: check the days and amounts.";
    DAY = "Date", "Day";
    PAID = "Payé", "Paid";
    FIRST_NOW = "Je paie la première échéance maintenant", "I pay the first instalment now";
    CHECK_TITLE = "Vérifiez votre demande", "Check your request";
    TERMS = "Ce que vous reconnaissez", "What you acknowledge";
    BY_DEBIT = "Chaque échéance est prélevée à sa date et annoncée à l’avance.",
        "Each instalment is debited on its day and announced ahead.";
    BY_MYSELF = "Je paie chaque échéance moi-même", "I pay each instalment myself";
    DEBITED = "prélèvement prévu", "debit planned";
    SEND = "Envoyer la demande", "Send the request";
    TITLE = "Votre échéancier", "Your payment plan";
    REQUEST = "Votre demande de délai", "Your request for more time";
    OFFER = "Notre proposition", "Our offer";
    SAID = "Notre message", "Our message";
    ACCEPTED = "Votre échéancier est accepté. Aucune relance tant qu’il est respecté.",
        "Your plan is accepted. No reminder as long as it is kept.";
    OFFER_LEAD = "Nous ne pouvons pas accepter votre demande telle quelle. Voici ce que nous \
                  proposons.",
        "We cannot accept your request as it is. This is what we offer.";
    AGREE = "Accepter cette proposition", "Accept this offer";
    AGREE_TITLE = "Accepter cette proposition\u{a0}?", "Accept this offer?";
    DECLINE = "Refuser", "Decline";
    DECLINE_TITLE = "Refuser cette proposition\u{a0}?", "Decline this offer?";
    DECLINE_MORE = "Les échéances d’origine restent applicables, et les relances reprennent.",
        "The original due dates stand, and reminders begin again.";
    DECLINE_OFFER = "Refuser cette proposition", "Decline this offer";
    LEAVE_AS_IS = "Ne rien changer", "Leave it as it is";
    OTHER = "Proposer autre chose", "Propose something else";
    WITHDRAW = "Retirer ma demande", "Withdraw my request";
    WITHDRAW_TITLE = "Retirer votre demande\u{a0}?", "Withdraw your request?";
    WITHDRAW_MORE = "Les échéances d’origine s’appliquent de nouveau, et les relances reprennent.",
        "The original due dates apply again, and reminders begin again.";
    REFUSED_LEAD = "Nous n’avons pas pu accepter cette demande. Les échéances d’origine restent \
                    applicables.",
        "We could not accept this request. The original due dates stand.";
    DECLINED_LEAD = "Vous avez décliné notre proposition. Les échéances d’origine restent \
                     applicables.",
        "You declined our offer. The original due dates stand.";
    DONE_LEAD = "Toutes les échéances sont payées. Merci.",
        "Every instalment is paid. Thank you.";
    DEFAULTED_LEAD = "Une échéance n’est pas arrivée\u{a0}: l’échéancier a pris fin et le solde \
                      est dû.",
        "An instalment did not come: the plan has ended and the rest is due.";
    ENDED_LEAD = "Cette demande n’a plus cours.", "This request no longer stands.";
    MISSED = "non reçue", "not received";
    TO_COME = "à venir", "to come";
    SEE = "Voir l’échéancier", "See the plan";
    PLANS = "Échéanciers", "Plans";
    OTHER_TERMS = "Proposer d’autres dates ou montants", "Offer other days or amounts";
    REQUESTS = "Demandes de délai à traiter", "Requests for time to answer";
    NO_REQUESTS = "Aucune demande de délai n’attend de réponse.",
        "No request for time awaits an answer.";
    INSTALMENTS = "Échéances", "Instalments";
    ANSWER = "Réponse au client", "Answer to the customer";
    ANSWER_HINT = "Pour contre-proposer, changez les dates ou les montants.",
        "To counter, change the days or amounts.";
    ACCEPT = "Accepter", "Accept";
    REFUSE = "Refuser", "Refuse";
    COUNTER = "Contre-proposer", "Counter";
    END = "Mettre fin à l’échéancier", "End the plan";
    END_TITLE = "Mettre fin à cet échéancier\u{a0}?", "End this plan?";
    END_MORE = "Tout le solde redevient exigible, les relances reprennent et les prélèvements \
                prévus sont annulés.",
        "All of the rest is due at once, reminders begin again, and planned debits are called off.";
    CONFIRM_TITLE = "Avant l’échéance", "Before the due date";
    CONFIRM_LINK = "Confirmer la facture", "Confirm the invoice";
    RECEIVED = "Avez-vous reçu cette facture\u{a0}?", "Have you received this invoice?";
    RECORDED = "Est-elle enregistrée chez vous\u{a0}?", "Is it recorded in your books?";
    CONFORM = "Est-elle conforme\u{a0}?", "Is it as agreed?";
    PAYS_ON = "Quand sera-t-elle payée\u{a0}?", "When will it be paid?";
    PAYS_HINT = "À titre d’information\u{a0}: ce n’est pas un engagement.",
        "For information: this is no promise.";
    YES = "Oui", "Yes";
    NO = "Non", "No";
    CONFIRM_SEND = "Envoyer mes réponses", "Send my answers";
    KEPT_TAG = "confirmée", "confirmed";
    DOUBT_TAG = "problème annoncé", "problem announced";
}

/// « 3 échéances », « 1 échéance ».
pub(crate) fn in_parts(language: Language, count: usize) -> String {
    match (language, plural(language, count)) {
        (Language::Fr, true) => format!("{count} échéances"),
        (Language::Fr, false) => format!("{count} échéance"),
        (Language::En, true) => format!("{count} instalments"),
        (Language::En, false) => format!("{count} instalment"),
    }
}

/// « 1 fois », « 3 fois ».
pub(crate) fn times(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::Fr, 1) => String::from("1 fois, plus tard"),
        (Language::En, 1) => String::from("1 payment, later"),
        (Language::Fr, _) => format!("{count} fois"),
        (Language::En, _) => format!("{count} payments"),
    }
}

/// « Échéance 2 ».
pub(crate) fn nth(language: Language, n: usize) -> String {
    match language {
        Language::Fr => format!("Échéance {n}"),
        Language::En => format!("Instalment {n}"),
    }
}

/// « Payer l’échéance de 1 250,00 € ».
pub(crate) fn pay_next(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Payer l’échéance de {amount}"),
        Language::En => format!("Pay the instalment of {amount}"),
    }
}

/// « Relances suspendues. Réponse avant le 26/11/2026. »
pub(crate) fn awaits(language: Language, answer_by: Day) -> String {
    let date = day(language, answer_by);
    match language {
        Language::Fr => {
            format!("Votre demande est enregistrée. Relances suspendues, réponse avant le {date}.")
        }
        Language::En => {
            format!("Your request is recorded. Reminders paused, answer by {date}.")
        }
    }
}

/// The terms that the debtor acknowledges, paragraph by paragraph.
pub(crate) fn terms(language: Language, supplier: &str, amount: Money, days: i64) -> [String; 4] {
    let amount = money(language, amount);
    match language {
        Language::Fr => [
            format!("Je reconnais devoir {amount} à {supplier} au titre des factures ci-dessus."),
            String::from(
                "Les pénalités de retard continuent de courir selon les conditions des factures, \
                 sauf si le fournisseur y renonce.",
            ),
            format!(
                "Si une échéance n’est pas payée {days} jours après que le fournisseur me l’a \
                 signalé, l’échéancier prend fin et tout le solde redevient exigible."
            ),
            String::from(
                "Cet échéancier ne remplace pas les factures (pas de novation) et prend effet une \
                 fois accepté par le fournisseur.",
            ),
        ],
        Language::En => [
            format!("I acknowledge that I owe {supplier} {amount} for the invoices above."),
            String::from(
                "Late payment interest keeps running under the terms of the invoices, unless the \
                 supplier waives it.",
            ),
            format!(
                "If an instalment is not paid {days} days after the supplier has given me notice \
                 of it, the plan ends and all of the rest is due at once."
            ),
            String::from(
                "This plan does not replace the invoices (no novation) and takes effect once the \
                 supplier has accepted it.",
            ),
        ],
    }
}

/// The term that goes with instalments by debit.
pub(crate) fn debited(language: Language, reference: &str, last_four: &str) -> String {
    match language {
        Language::Fr => format!(
            "Chaque échéance est prélevée à sa date sous le mandat {reference}, compte finissant \
             par {last_four}, pour ce qu’il en reste à payer. Un prélèvement rejeté ou remboursé \
             laisse l’échéance impayée."
        ),
        Language::En => format!(
            "Each instalment is debited on its day under mandate {reference}, account ending in \
             {last_four}, for what is left of it. A debit that is refused or refunded leaves the \
             instalment unpaid."
        ),
    }
}

/// « reçue, enregistrée, conforme, paiement prévu le 30/11/2026 ».
pub(crate) fn confirmation(language: Language, answers: &Answers) -> String {
    let word = |answer: Option<bool>, yes: [&str; 2], no: [&str; 2]| {
        let [french, english] = if answer? { yes } else { no };
        Some(String::from(match language {
            Language::Fr => french,
            Language::En => english,
        }))
    };
    let pays_on = answers.pays_on.map(|date| {
        let date = day(language, date);
        match language {
            Language::Fr => format!("paiement prévu le {date}"),
            Language::En => format!("payment planned for {date}"),
        }
    });
    let said = [
        word(
            answers.received,
            ["reçue", "received"],
            ["non reçue", "not received"],
        ),
        word(
            answers.recorded,
            ["enregistrée", "recorded"],
            ["pas encore enregistrée", "not recorded yet"],
        ),
        word(
            answers.conform,
            ["conforme", "as agreed"],
            ["non conforme", "not as agreed"],
        ),
        pays_on,
    ];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
