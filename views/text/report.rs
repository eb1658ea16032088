//! Wording of a reported problem: how it stands, what was said, what can be said.

use domain::dispute::{DisputeEvent, Reason};
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::text::Text;

texts! {
    TITLE = "Votre signalement", "Your report";
    FOLLOW = "Suivre votre signalement", "Follow your report";
    FOLLOW_SHORT = "Suivre", "Follow";
    ASKED = "Votre réponse est attendue", "Your reply is awaited";
    DEALT_BY = "Suivi par", "Dealt with by";
    STANDS = "État", "Status";
    ANSWER_BY = "Réponse avant le", "Answer by";
    SAID = "Échanges", "Conversation";
    YOU = "Vous", "You";
    CUSTOMER = "Client", "Customer";
    INFO_NEEDED = "Nous avons besoin d’une précision de votre part",
        "We need one more detail from you";
    INFO_NEXT = "Répondez ci-dessous\u{a0}; les relances du montant concerné restent suspendues.",
        "Reply below; reminders for the amount concerned stay paused.";
    ACCEPTED = "Votre signalement est accepté", "Your report is accepted";
    ACCEPTED_NEXT = "Un avoir ou une correction suit. Le montant concerné ne vous est plus réclamé \
                     en attendant.",
        "A credit note or correction follows. You are not asked for the amount meanwhile.";
    CREDITED = "Votre signalement est accepté et réglé", "Your report is accepted and settled";
    DEDUCTED = "Le montant concerné est déduit de la facture.",
        "The amount concerned is deducted from the invoice.";
    REJECTED = "Après examen, la facture est maintenue", "We looked into it: the invoice stands";
    REJECTED_NEXT = "Le montant est de nouveau à régler. La raison est dans les échanges.",
        "The amount is due again. The reason is in the conversation.";
    WITHDRAWN = "Vous avez retiré ce signalement", "You withdrew this report";
    WITHDRAWN_NEXT = "Le montant est de nouveau à régler.", "The amount is due again.";
    LATE = "Notre réponse tarde", "Our answer is late";
    OPEN = "Votre signalement est en cours d’examen", "Your report is being looked into";
    REPLY = "Votre réponse", "Your reply";
    ADD = "Ajouter quelque chose", "Add something";
    REOPEN_WHY = "Pourquoi ce n’est pas réglé", "Why it is not settled";
    SEND = "Envoyer", "Send";
    REOPEN = "Rouvrir le signalement", "Reopen the report";
    WITHDRAW = "Retirer le signalement", "Withdraw the report";
    WITHDRAW_CHECK = "Retirer votre signalement\u{a0}?", "Withdraw your report?";
    WITHDRAW_HINT = "Si le problème est réglé, vous pouvez retirer votre signalement.",
        "If the problem is settled, you can withdraw your report.";
    WITHDRAW_KEEP = "Le garder", "Keep it";
    NOT_RECEIVED = "Nous vous renvoyons la facture.", "We will send you the invoice again.";
    DELIVERY_NOTE = "Nous recherchons le bon de livraison signé et vous l’envoyons ici.",
        "We will look for the signed delivery note and send it to you here.";
    ORDER_NUMBER = "Indiquez-nous le numéro si vous l’avez\u{a0}: la facture corrigée vous sera \
                    envoyée.",
        "Tell us the number if you have it: the corrected invoice will be sent to you.";
}

/// What happens next after a reason that asks for a document.
pub(crate) const fn next(reason: Reason) -> Option<Text> {
    match reason {
        Reason::NotReceived => Some(NOT_RECEIVED),
        Reason::DeliveryNoteMissing => Some(DELIVERY_NOTE),
        Reason::OrderNumberMissing => Some(ORDER_NUMBER),
        _ => None,
    }
}

/// What a remark did, in a word or two.
pub(crate) const fn event(event: Option<DisputeEvent>) -> Text {
    let (fr, en) = match event {
        None => ("Problème signalé", "Problem reported"),
        Some(DisputeEvent::AskMore) => ("Précision demandée", "More information asked"),
        Some(DisputeEvent::Answer) => ("Réponse", "Reply"),
        Some(DisputeEvent::Add) => ("Complément", "Added"),
        Some(DisputeEvent::Tell) => ("Message", "Message"),
        Some(DisputeEvent::Extend) => ("Réponse retardée", "Answer delayed"),
        Some(DisputeEvent::Accept) => ("Signalement accepté", "Report accepted"),
        Some(DisputeEvent::Credit) => ("Réglé par avoir", "Settled by credit note"),
        Some(DisputeEvent::Deduct) => ("Déduit de la facture", "Taken off the invoice"),
        Some(DisputeEvent::Reject) => ("Signalement refusé", "Report rejected"),
        Some(DisputeEvent::Withdraw) => ("Signalement retiré", "Report withdrawn"),
        Some(DisputeEvent::Reopen) => ("Signalement rouvert", "Report reopened"),
    };
    Text { fr, en }
}

/// « Nous vous répondons au plus tard le 26/11/2026. »
pub(crate) fn answer_by(language: Language, by: Day) -> String {
    let by = day(language, by);
    match language {
        Language::Fr => format!(
            "Nous vous répondons au plus tard le {by}. Les relances du montant concerné sont \
             suspendues."
        ),
        Language::En => {
            format!("We will answer by {by}. Reminders for the amount concerned are paused.")
        }
    }
}

/// The day has passed.
pub(crate) fn late(language: Language, by: Day) -> String {
    let by = day(language, by);
    match language {
        Language::Fr => format!(
            "Elle était prévue pour le {by}. Les relances du montant concerné restent suspendues."
        ),
        Language::En => {
            format!("It was due by {by}. Reminders for the amount concerned stay paused meanwhile.")
        }
    }
}

/// « L’avoir AV-12 de 500,00 € est déduit de la facture. »
pub(crate) fn credited(language: Language, number: &str, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("L’avoir {number} de {amount} est déduit de la facture."),
        Language::En => format!("Credit note {number} of {amount} is deducted from the invoice."),
    }
}

/// « Possible jusqu’au 20/01/2027. »
pub(crate) fn until(language: Language, last: Day) -> String {
    let last = day(language, last);
    match language {
        Language::Fr => format!("Possible jusqu’au {last}."),
        Language::En => format!("Possible until {last}."),
    }
}
