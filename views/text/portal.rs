//! Wording of the debtor's pages: landing and account.

use domain::message::MessageKind;
use domain::party::Language;
use domain::{Day, Money};

use crate::format::{day, money};
use crate::text::{labels, plural};

texts! {
    LANDING_TITLE = "Vos factures", "Your invoices";
    LANDING_NEXT =
        "Sur votre compte, vous pouvez consulter vos factures, payer, dire quand vous paierez ou \
         signaler un problème. Aucun mot de passe n’est demandé.",
        "On your account you can see your invoices, pay, say when you will pay or report a \
         problem. No password is needed.";
    LANDING_OPEN = "Voir mon compte", "See my account";
    PAY_NOW = "À régler maintenant", "To pay now";
    NOTHING_DUE = "Rien à régler maintenant", "Nothing to pay now";
    WHEN = "Dire quand je paierai", "Say when I will pay";
    REPORT = "Signaler un problème", "Report a problem";
    REPORT_WHICH = "Signaler un problème\u{a0}: choisir la facture",
        "Report a problem: choose the invoice";
    APART = "Ce que vous avez signalé ou promis et les paiements en cours sont comptés à part.",
        "What you reported or promised, and payments under way, are counted apart.";
    REPORT_SHORT = "Signaler", "Report";
    SUM_OPEN = "Factures ouvertes", "Open invoices";
    SUM_LATE = "dont échues", "of which overdue";
    SUM_CREDITS = "Avoirs et versements", "Credits and payments on account";
    SUM_PROCESSING = "Paiements en cours", "Payments under way";
    SUM_DISPUTED = "Problèmes signalés", "Problems reported";
    SUM_PROMISED = "Paiements promis", "Payments promised";
    ITEMS = "Vos factures ouvertes", "Your open invoices";
    NO_ITEMS = "Aucune facture n’est ouverte sur votre compte.",
        "No invoice is open on your account.";
    CREDITS = "Avoirs et versements à déduire", "Credits to be deducted";
    IN_PROCEEDINGS = "En procédure collective", "In insolvency proceedings";
    SELECT_HINT = "Cochez les factures concernées, puis choisissez.",
        "Tick the invoices concerned, then choose.";
    PAY_OTHER = "Payer un autre montant", "Pay another amount";
    CREDITS_HINT = "Cochez un avoir pour le déduire des factures que vous payez.",
        "Tick a credit note to deduct it from the invoices you pay.";
    SELECT = "Choix", "Select";
    PAY_SELECTED = "Payer les factures cochées", "Pay the ticked invoices";
    WHEN_SELECTED = "Dire quand je les paierai", "Say when I will pay them";
    ACTION = "Action", "Action";
}

/// « Payer 7 160,00 € ».
pub(crate) fn pay_amount(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("Payer {amount}"),
        Language::En => format!("Pay {amount}"),
    }
}

/// What the message said, in one sentence.
pub(crate) fn said(
    language: Language,
    supplier: &str,
    kind: MessageKind,
    sent_on: Day,
    amount: Option<Money>,
) -> String {
    let kind = labels::message_kind(kind).of(language).to_lowercase();
    let (date, amount) = (
        day(language, sent_on),
        amount.map(|sum| money(language, sum)),
    );
    match (language, amount) {
        (Language::Fr, Some(sum)) => {
            format!("Message de {supplier} du {date}\u{a0}: {kind}, {sum}.")
        }
        (Language::Fr, None) => format!("Message de {supplier} du {date}\u{a0}: {kind}."),
        (Language::En, Some(sum)) => format!("Message from {supplier} of {date}: {kind}, {sum}."),
        (Language::En, None) => format!("Message from {supplier} of {date}: {kind}."),
    }
}

/// « Votre compte chez Boréal ».
pub(crate) fn account_with(language: Language, supplier: &str) -> String {
    match language {
        Language::Fr => format!("Votre compte chez {supplier}"),
        Language::En => format!("Your account with {supplier}"),
    }
}

/// « 2 factures échues. »
pub(crate) fn late_count(language: Language, count: usize) -> String {
    match (language, plural(language, count)) {
        (Language::Fr, true) => format!("{count} factures échues."),
        (Language::Fr, false) => format!("{count} facture échue."),
        (Language::En, true) => format!("{count} overdue invoices."),
        (Language::En, false) => format!("{count} overdue invoice."),
    }
}

/// « Situation au 20/11/2026 ».
pub(crate) fn as_of(language: Language, date: Day) -> String {
    let date = day(language, date);
    match language {
        Language::Fr => format!("situation au {date}"),
        Language::En => format!("as of {date}"),
    }
}

/// « Choisir l’avoir AV-7 ».
pub(crate) fn select_credit(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Choisir l’avoir {number}"),
        Language::En => format!("Select credit note {number}"),
    }
}

/// Name of the tick box of an invoice, for those who do not see the row.
pub(crate) fn select_invoice(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Choisir la facture {number}"),
        Language::En => format!("Select invoice {number}"),
    }
}

/// « dont 500,00 € signalés, réponse avant le 26/11/2026 », for a part of an invoice.
pub(crate) fn part_disputed(language: Language, amount: Money, answer_by: Option<Day>) -> String {
    let amount = money(language, amount);
    let date = answer_by.map(|date| day(language, date));
    match (language, date) {
        (Language::Fr, Some(date)) => format!("dont {amount} signalés, réponse avant le {date}"),
        (Language::Fr, None) => format!("dont {amount} signalés"),
        (Language::En, Some(date)) => format!("of which {amount} reported, answer by {date}"),
        (Language::En, None) => format!("of which {amount} reported"),
    }
}

/// « dont 500,00 € promis pour le 30/11/2026 », for a part of an invoice.
pub(crate) fn part_promised(language: Language, amount: Money, date: Option<Day>) -> String {
    let amount = money(language, amount);
    let date = date.map(|date| promised_for(language, date));
    match (language, date) {
        (Language::Fr, Some(date)) => format!("dont {amount} promis {date}"),
        (Language::Fr, None) => format!("dont {amount} promis"),
        (Language::En, Some(date)) => format!("of which {amount} promised {date}"),
        (Language::En, None) => format!("of which {amount} promised"),
    }
}

/// « dont 500,00 € en cours de paiement ».
pub(crate) fn part_processing(language: Language, amount: Money) -> String {
    let amount = money(language, amount);
    match language {
        Language::Fr => format!("dont {amount} en cours de paiement"),
        Language::En => format!("of which {amount} being paid"),
    }
}

/// « promis pour le 30/11/2026 ».
pub(crate) fn promised_for(language: Language, date: Day) -> String {
    let date = day(language, date);
    match language {
        Language::Fr => format!("pour le {date}"),
        Language::En => format!("for {date}"),
    }
}

/// Name of the link that reports a problem with an invoice, for those who do not see the row.
pub(crate) fn report_invoice(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Signaler un problème sur la facture {number}"),
        Language::En => format!("Report a problem with invoice {number}"),
    }
}

/// What the short link "Follow" says in full.
pub(crate) fn follow_invoice(language: Language, number: &str) -> String {
    match language {
        Language::Fr => format!("Suivre le signalement sur la facture {number}"),
        Language::En => format!("Follow the report on invoice {number}"),
    }
}

/// « Relances suspendues. Réponse avant le 26/11/2026. », for a whole invoice.
pub(crate) fn answer_by(language: Language, date: Day) -> String {
    let date = day(language, date);
    match language {
        Language::Fr => format!("Relances suspendues. Réponse avant le {date}."),
        Language::En => format!("Reminders paused. Answer by {date}."),
    }
}
