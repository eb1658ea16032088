//! Phrases that several messages share.

use domain::party::Language;
use domain::{Currency, Day, Money};

use super::letter::Letter;
use super::{INVOICES_SHOWN_MAX, Mail, MailInvoice, SUBJECT_CHARS_MAX};
use crate::format;

/// The one of the two texts that is in the mail's language.
pub(super) fn say<T>(mail: &Mail, french: T, english: T) -> T {
    match mail.language {
        Language::Fr => french,
        Language::En => english,
    }
}

pub(super) fn money(mail: &Mail, amount: Money) -> String {
    format::money(mail.language, amount)
}

pub(super) fn day(mail: &Mail, day: Day) -> String {
    format::day(mail.language, day)
}

pub(super) fn day_short(mail: &Mail, day: Day) -> String {
    format::day_short(mail.language, day)
}

/// The first candidate short enough for a subject, else the last.
pub(super) fn fitting<const N: usize>(candidates: [String; N]) -> String {
    let mut last = String::new();
    for candidate in candidates {
        last = candidate;
        if last.chars().count() <= SUBJECT_CHARS_MAX {
            break;
        }
    }
    last
}

/// Amounts of several currencies, side by side.
pub(super) fn sums(mail: &Mail, amounts: &[Money]) -> String {
    let all: Vec<_> = amounts.iter().map(|sum| money(mail, *sum)).collect();
    all.join(" + ")
}

/// `1 facture`, `3 factures`.
pub(super) fn count(mail: &Mail, number: usize) -> String {
    let word = match (mail.language, number) {
        (Language::Fr, 0 | 1) => "facture",
        (Language::Fr, _) => "factures",
        (Language::En, 1) => "invoice",
        (Language::En, _) => "invoices",
    };
    format!("{number} {word}")
}

/// `facture F-118` when there is one, else how many.
pub(super) fn invoices(mail: &Mail) -> String {
    match mail.invoices.as_slice() {
        [one] => format!("{} {}", say(mail, "facture", "invoice"), one.number),
        many => count(mail, many.len()),
    }
}

/// Whether the message is about one invoice only.
pub(super) fn is_single(mail: &Mail) -> bool {
    mail.invoices.len() == 1
}

pub(super) fn greeting(mail: &Mail) -> String {
    match (&mail.greeting, mail.language) {
        (Some(name), Language::Fr) => format!("Bonjour {name},"),
        (None, Language::Fr) => "Bonjour,".to_owned(),
        (Some(name), Language::En) => format!("Dear {name},"),
        (None, Language::En) => "Hello,".to_owned(),
    }
}

/// Whom to ask: a human, by mail or telephone.
pub(super) fn question(mail: &Mail) -> String {
    let phone = mail.brand.contact_phone.replace(' ', "\u{a0}");
    match (mail.language, phone.is_empty()) {
        (Language::Fr, true) => "Une question\u{a0}? Répondez à ce message.".to_owned(),
        (Language::Fr, false) => {
            format!("Une question\u{a0}? Répondez à ce message ou appelez le {phone}.")
        }
        (Language::En, true) => "Any questions? Reply to this message.".to_owned(),
        (Language::En, false) => format!("Any questions? Reply to this message or call {phone}."),
    }
}

/// Two sentences of every footer: the way out, and the guard against payee fraud.
pub(super) fn footer(mail: &Mail) -> &'static str {
    say(
        mail,
        "Vous n’êtes pas le bon interlocuteur\u{a0}? Répondez pour nous le dire. Nous n’annonçons \
         jamais un changement de coordonnées bancaires par e-mail.",
        "Not the right person? Please reply and let us know. We never announce a change of bank \
         details by e-mail.",
    )
}

/// The invoices that are listed, and what stands for those that are not.
pub(super) fn shown(mail: &Mail) -> (&[MailInvoice], Option<String>) {
    let Some((listed, rest)) = mail.invoices.split_at_checked(INVOICES_SHOWN_MAX) else {
        return (&mail.invoices, None);
    };
    if rest.is_empty() {
        return (listed, None);
    }
    let others = rest.len();
    let line = match (mail.language, others) {
        (Language::Fr, 1) => "et 1 autre facture".to_owned(),
        (Language::Fr, _) => format!("et {others} autres factures"),
        (Language::En, 1) => "and 1 more invoice".to_owned(),
        (Language::En, _) => format!("and {others} more invoices"),
    };
    let sums = sums(mail, &added_up(rest));
    (listed, Some(format!("{line}, {sums}")))
}

/// The sum in each currency, in the order the currencies appear.
fn added_up(invoices: &[MailInvoice]) -> Vec<Money> {
    let mut currencies: Vec<Currency> = Vec::new();
    for invoice in invoices {
        if !currencies.contains(&invoice.amount.currency()) {
            currencies.push(invoice.amount.currency());
        }
    }
    let of = |currency: &Currency| {
        let amounts = invoices.iter().map(|invoice| invoice.amount);
        Money::sum(*currency, amounts.filter(|a| a.currency() == *currency)).ok()
    };
    currencies.iter().filter_map(of).collect()
}

/// `02/11/2026 (échue)`: when an invoice falls due, and that it is late where that is the subject.
pub(super) fn due(mail: &Mail, letter: &Letter, invoice: &MailInvoice) -> String {
    let day = day(mail, invoice.due_on);
    if letter.marks_late && invoice.late {
        format!("{day} ({})", say(mail, "échue", "overdue"))
    } else {
        day
    }
}

/// The label and value of the last line, when one amount does not say it all.
pub(super) fn total(mail: &Mail) -> Option<String> {
    (mail.invoices.len() > 1).then(|| sums(mail, &mail.totals))
}
