//! Values as a text message has room for: amounts with their currency's code, days without a year,
//! long names cut.

use domain::own_text::Variable;
use domain::sms::{NUMBER_MAX, SUPPLIER_MAX, spell};
use domain::{Day, Money};

use super::About;
use crate::format;
use crate::mail::Mail;
use crate::mail::words::{self, say};

/// What a variable stands for.
pub(super) fn value(mail: &Mail, about: About<'_>, variable: Variable) -> String {
    match (variable, about) {
        (Variable::Supplier, _) => cut(&mail.brand.name, SUPPLIER_MAX),
        (Variable::Debtor, _) => cut(&mail.debtor, variable.width()),
        (Variable::Amount, _) => amount(mail, about),
        (Variable::Invoice, _) => invoice(mail, about),
        (Variable::Due, _) => {
            let first = mail.invoices.iter().map(|one| one.due_on).min();
            first.map(|on| day(mail, on)).unwrap_or_default()
        }
        (Variable::Total, About::Formal(facts)) => sums(mail, &facts.total),
        (Variable::PayBy, About::Formal(facts)) => day(mail, facts.pay_by),
        (Variable::PaidOn, About::Thanks(facts)) => day(mail, facts.received_on),
        (Variable::Remaining, About::Thanks(facts)) => sums(mail, &facts.remaining),
        (Variable::PromisedOn, About::Promise(_, on)) => day(mail, on),
        (Variable::AnswerBy, About::Dispute(facts)) => day(mail, facts.answer_by),
        (Variable::CollectOn, About::Debit(facts)) => day(mail, facts.collect_on),
        _ => super::value(mail, about, variable),
    }
}

fn amount(mail: &Mail, about: About<'_>) -> String {
    match about {
        About::Thanks(facts) => money(mail, facts.amount),
        About::Promise(amount, _) | About::Refused(amount) => money(mail, amount),
        About::Dispute(facts) => money(mail, facts.amount),
        About::Answer(facts) => money(mail, facts.amount),
        About::Debit(facts) => money(mail, facts.amount),
        About::Account | About::Formal(_) | About::Mandate(_) => sums(mail, &mail.totals),
    }
}

/// `facture F-118`, or `votre facture` where the number has no room.
fn invoice(mail: &Mail, about: About<'_>) -> String {
    let number = match (about, mail.invoices.as_slice()) {
        (About::Dispute(facts), _) => &facts.invoice,
        (About::Answer(facts), _) => &facts.invoice,
        (_, [one]) => &one.number,
        (_, many) => return words::count(mail, many.len()),
    };
    if number.chars().count() > NUMBER_MAX {
        return say(mail, "votre facture", "your invoice").to_owned();
    }
    format!("{} {number}", say(mail, "facture", "invoice"))
}

fn money(mail: &Mail, amount: Money) -> String {
    let digits = format::money_input(mail.language, amount);
    format!("{digits} {}", amount.currency())
}

fn sums(mail: &Mail, amounts: &[Money]) -> String {
    let all: Vec<String> = amounts.iter().map(|sum| money(mail, *sum)).collect();
    all.join(" + ")
}

fn day(mail: &Mail, day: Day) -> String {
    format::day_short(mail.language, day)
}

/// A name without what is too long of it, cut after a word where that can be.
fn cut(name: &str, most: usize) -> String {
    let name = spell(name);
    if name.chars().count() <= most {
        return name;
    }
    let kept: String = name.chars().take(most).collect();
    kept.rsplit_once(' ')
        .map_or(kept.clone(), |(whole, _)| whole.trim_end().to_owned())
}
