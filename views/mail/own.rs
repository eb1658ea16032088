//! A supplier's own words in a message: what its variables stand for, and where the words go. The
//! frame stays ours: head, facts, table, button, what follows by law, foot.

mod short;

use domain::own_text::{ITEMS_MAX, Item, SUBJECT_MAX, Slot, Values, Variable, allowed, paragraphs};
use domain::scenario::Channel;
use domain::{Day, Money};

use super::letter::Letter;
use super::words::{self, day, money, say, sums};
use super::{DebitFacts, DisputeFacts, DisputeSaid, FormalFacts, Mail, MandateFacts, ThanksFacts};
use crate::text::labels;

/// Words in the place of ours, filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnWords {
    /// One line.
    pub subject: String,
    /// Paragraphs, with empty lines between.
    pub body: String,
}

/// What a message is about, besides its invoices.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// The account alone.
    Account,
    /// What a formal notice demands.
    Formal(&'a FormalFacts),
    /// A payment.
    Thanks(&'a ThanksFacts),
    /// A promise: how much, and when.
    Promise(Money, Day),
    /// A dispute that was received.
    Dispute(&'a DisputeFacts),
    /// A dispute that was answered.
    Answer(&'a DisputeSaid),
    /// How much a debit was about that was refused.
    Refused(Money),
    /// A debit that is announced.
    Debit(&'a DebitFacts),
    /// A mandate that was signed.
    Mandate(&'a MandateFacts),
}

/// What the variables of a text of this place stand for.
#[must_use]
pub fn values(slot: Slot, mail: &Mail, about: About<'_>) -> Values {
    let single = allowed(slot).filter(|one| !one.is_of_item() && *one != Variable::Invoices);
    let item = |one: &super::MailInvoice| Item {
        number: one.number.clone(),
        due: day(mail, one.due_on),
        amount: money(mail, one.amount),
    };
    let word = |one: Variable| match slot.channel {
        Channel::Sms => short::value(mail, about, one),
        _ => value(mail, about, one),
    };
    Values {
        words: single.map(|one| (one, word(one))).collect(),
        items: mail.invoices.iter().take(ITEMS_MAX).map(item).collect(),
    }
}

fn value(mail: &Mail, about: About<'_>, variable: Variable) -> String {
    match variable {
        Variable::Supplier => mail.brand.name.clone(),
        Variable::Debtor => mail.debtor.clone(),
        Variable::Phone => mail.brand.contact_phone.replace(' ', "\u{a0}"),
        Variable::Link => mail.link.clone(),
        Variable::Amount => amount(mail, about),
        Variable::Invoice => invoice(mail, about),
        Variable::Due => {
            let first = mail.invoices.iter().map(|one| one.due_on).min();
            first.map(|first| day(mail, first)).unwrap_or_default()
        }
        other => particular(mail, about, other),
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

fn invoice(mail: &Mail, about: About<'_>) -> String {
    let number = match about {
        About::Dispute(facts) => &facts.invoice,
        About::Answer(facts) => &facts.invoice,
        _ => return words::invoices(mail),
    };
    format!("{} {number}", say(mail, "facture", "invoice"))
}

/// What only one sort of message tells.
fn particular(mail: &Mail, about: About<'_>, variable: Variable) -> String {
    match (variable, about) {
        (Variable::Penalties, About::Formal(facts)) => penalties(mail, facts),
        (Variable::Total, About::Formal(facts)) => sums(mail, &facts.total),
        (Variable::PayBy, About::Formal(facts)) => day(mail, facts.pay_by),
        (Variable::PaidOn, About::Thanks(facts)) => day(mail, facts.received_on),
        (Variable::Remaining, About::Thanks(facts)) => sums(mail, &facts.remaining),
        (Variable::PromisedOn, About::Promise(_, on)) => day(mail, on),
        (Variable::Reason, About::Dispute(facts)) => {
            super::dispute::reason(mail, facts.reason).to_owned()
        }
        (Variable::AnswerBy, About::Dispute(facts)) => day(mail, facts.answer_by),
        (Variable::Answer, About::Answer(facts)) => {
            super::dispute::answer(mail, facts).join("\n\n")
        }
        (Variable::CollectOn, About::Debit(facts)) => day(mail, facts.collect_on),
        (Variable::Mandate, About::Debit(facts)) => facts.mandate.reference.to_string(),
        (Variable::Mandate, About::Mandate(facts)) => facts.reference.to_string(),
        _ => String::new(),
    }
}

fn penalties(mail: &Mail, facts: &FormalFacts) -> String {
    let charge = |(kind, amounts): &(domain::late::ChargeKind, Vec<Money>)| {
        let name = labels::charge(*kind).of(mail.language).to_lowercase();
        format!("{name} {}", sums(mail, amounts))
    };
    let all: Vec<String> = facts.charges.iter().map(charge).collect();
    match all.is_empty() {
        true => say(mail, "sans pénalité à ce jour", "no late charge so far").to_owned(),
        false => all.join(", "),
    }
}

/// Puts the supplier's words in the place of ours. A subject that got too long with this account's
/// values stays ours.
pub(super) fn put_in(letter: &mut Letter, own: &OwnWords) {
    let subject = own.subject.trim();
    if !subject.is_empty() && subject.chars().count() <= SUBJECT_MAX {
        subject.clone_into(&mut letter.subject);
    }
    letter.opening = paragraphs(&own.body).collect();
}

/// Says on top that nobody but staff gets this.
pub(super) fn mark_trial(letter: &mut Letter, mail: &Mail) {
    let mark = say(mail, "[Essai]", "[Test]");
    let fits = SUBJECT_MAX.saturating_sub(mark.chars().count().saturating_add(1));
    let subject: String = letter.subject.chars().take(fits).collect();
    letter.subject = format!("{mark} {subject}");
    let lead = say(
        mail,
        "Message d’essai : le client ne l’a pas reçu.",
        "Test message: the customer did not receive it.",
    );
    letter.lead = Some(lead.to_owned());
}
