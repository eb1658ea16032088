//! How texts are put together, and phrases that several share.

use domain::party::Language;
use domain::sms::{NUMBER_MAX, SUPPLIER_MAX, measure, spell};
use domain::{Day, Money};

use crate::format;
use crate::mail::Mail;

/// The one of the two that is in the mail's language.
pub(super) fn say<T>(mail: &Mail, french: T, english: T) -> T {
    match mail.language {
        Language::Fr => french,
        Language::En => english,
    }
}

/// The first of these that leaves the whole text in one segment, else the last.
pub(super) fn text<const N: usize>(mail: &Mail, bodies: [String; N]) -> String {
    let name = supplier(&mail.brand.name);
    let mut last = String::new();
    for body in bodies {
        last = spell(&format!("{name}: {body} {}", mail.link));
        if measure(&last).segments == 1 {
            break;
        }
    }
    last
}

/// The supplier's name, cut after a word where it is too long.
fn supplier(name: &str) -> String {
    let name = spell(name);
    if name.chars().count() <= SUPPLIER_MAX {
        return name;
    }
    let cut: String = name.chars().take(SUPPLIER_MAX + 1).collect();
    match cut.rsplit_once(' ') {
        Some((whole, _)) => whole.trim_end().to_owned(),
        None => cut.chars().take(SUPPLIER_MAX).collect(),
    }
}

/// `7160,00 EUR`: without spaces between its digits, which a narrow screen would tear apart.
pub(super) fn money(mail: &Mail, amount: Money) -> String {
    let digits = format::money_input(mail.language, amount);
    format!("{digits} {}", amount.currency())
}

/// Amounts of several currencies, side by side.
pub(super) fn sums(mail: &Mail, amounts: &[Money]) -> String {
    let all: Vec<String> = amounts.iter().map(|sum| money(mail, *sum)).collect();
    all.join(" + ")
}

pub(super) fn day(mail: &Mail, day: Day) -> String {
    format::day_short(mail.language, day)
}

/// `facture F-118`, or `votre facture` where the number has no room.
pub(super) fn invoice(mail: &Mail, number: &str) -> String {
    let number = spell(number);
    if number.chars().count() > NUMBER_MAX {
        return say(mail, "votre facture", "your invoice").to_owned();
    }
    format!("{} {number}", say(mail, "facture", "invoice"))
}

/// The one invoice, or how many there are.
pub(super) fn invoices(mail: &Mail) -> String {
    match mail.invoices.as_slice() {
        [one] => invoice(mail, &one.number),
        many => count(mail, many.len()),
    }
}

/// `3 factures`.
pub(super) fn count(mail: &Mail, number: usize) -> String {
    let word = match number {
        1 => say(mail, "facture", "invoice"),
        _ => say(mail, "factures", "invoices"),
    };
    format!("{number} {word}")
}

/// Whether the text is about one invoice only.
pub(super) fn is_single(mail: &Mail) -> bool {
    mail.invoices.len() == 1
}

/// Where to click to pay or to say what blocks.
pub(super) fn pay_or_reply(mail: &Mail) -> &'static str {
    say(mail, "Payer ou répondre\u{a0}:", "Pay or reply:")
}
