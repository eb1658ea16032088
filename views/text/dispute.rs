//! Wording of the report of a problem.

use domain::dispute::lines::Fault;
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::text::Text;

texts! {
    TITLE = "Signaler un problème", "Report a problem";
    REASON = "Qu’est-ce qui bloque\u{a0}?", "What is blocking?";
    SCOPE = "Qu’est-ce qui est concerné\u{a0}?", "What is concerned?";
    PART = "Une partie seulement", "Part of it only";
    PART_HINT = "Le reste de la facture demeure à régler.", "The rest of the invoice stays due.";
    PART_AMOUNT = "Montant concerné, TTC", "Amount concerned, tax included";
    LINES = "Certaines lignes de la facture", "Some lines of the invoice";
    LINES_HINT = "Indiquez-les une à une\u{a0}; le montant concerné est leur total.",
        "Name them one by one; the amount concerned is their total.";
    LINE_LABEL = "Désignation ou numéro de ligne", "Line name or number";
    LINE_FAULT = "Ce qui ne va pas", "What is wrong";
    LINE_AMOUNT = "Montant contesté, TTC", "Amount disputed, tax included";
    ADD_LINE = "Ajouter une ligne", "Add a line";
    LINES_SAID = "Lignes concernées", "Lines concerned";
    TEXT = "Expliquez en quelques mots", "Explain in a few words";
    TEXT_OPTIONAL = "(facultatif, sauf pour «\u{a0}Autre\u{a0}»)", "(optional, except for “Other”)";
    CHECK_TITLE = "Vérifiez votre signalement", "Check your report";
    REASON_SAID = "Problème", "Problem";
    TEXT_SAID = "Vos explications", "Your explanation";
    SEND = "Envoyer le signalement", "Send the report";
    RECEIVED = "Votre signalement est enregistré", "Your report is registered";
    NO_TEXT = "Aucune", "None";
}

/// « Toute la facture (1 250,00 €) ».
pub(crate) fn whole(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Toute la facture ({amount})"),
        Language::En => format!("The whole invoice ({amount})"),
    }
}

/// « Relances suspendues pour cette facture. Réponse avant le 26/11/2026. », or for a part only.
pub(crate) fn paused(language: Language, answer_by: Day, part: Option<Money>) -> String {
    let date = day(language, answer_by);
    let part = part.map(|amount| money(language, amount));
    let what = match (language, part) {
        (Language::Fr, None) => String::from("cette facture"),
        (Language::Fr, Some(amount)) => format!("{amount} seulement"),
        (Language::En, None) => String::from("this invoice"),
        (Language::En, Some(amount)) => format!("{amount} only"),
    };
    match language {
        Language::Fr => format!("Relances suspendues pour {what}. Réponse avant le {date}."),
        Language::En => format!("Reminders paused for {what}. Answer by {date}."),
    }
}

/// « Le reste de la facture, 750,00 €, demeure dû : échéance le 09/11/2026. »
pub(crate) fn rest(language: Language, amount: Money, due_on: Day) -> String {
    let (amount, date) = (money(language, amount), day(language, due_on));
    match language {
        Language::Fr => {
            format!("Le reste de la facture, {amount}, demeure dû\u{a0}: échéance le {date}.")
        }
        Language::En => format!("The rest of the invoice, {amount}, stays due: due date {date}."),
    }
}

/// The same, before it is done.
pub(crate) fn will_pause(language: Language, answer_by: Day) -> String {
    let date = day(language, answer_by);
    match language {
        Language::Fr => format!(
            "Les relances du montant concerné seront suspendues. Vous aurez une réponse avant le \
             {date}."
        ),
        Language::En => format!(
            "Reminders for the amount concerned will be paused. You will have an answer by {date}."
        ),
    }
}

/// « Au plus 1 250,00 €. »
pub(crate) fn at_most(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Au plus {amount}."),
        Language::En => format!("At most {amount}."),
    }
}

/// « Ligne 1 ».
pub(crate) fn line(language: Language, place: usize) -> String {
    match language {
        Language::Fr => format!("Ligne {place}"),
        Language::En => format!("Line {place}"),
    }
}

/// What is wrong with a line.
pub(crate) const fn fault(value: Fault) -> Text {
    let (fr, en) = match value {
        Fault::Quantity => ("Quantité", "Quantity"),
        Fault::Price => ("Prix", "Price"),
    };
    Text { fr, en }
}
