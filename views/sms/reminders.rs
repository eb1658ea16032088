//! Before and after the due date. What each may say is as in the mails: a formal notice is named by
//! a supplier that writes for itself only.

use domain::party::LegalMode;

use super::words::{count, day, invoices, is_single, pay_or_reply, say, sums, text};
use crate::mail::{FormalFacts, Mail};

/// The due date is near.
#[must_use]
pub fn notice(mail: &Mail) -> String {
    let first = mail.invoices.iter().map(|invoice| invoice.due_on).min();
    let on = first.map(|on| day(mail, on)).unwrap_or_default();
    let one_day = mail.invoices.iter().all(|one| Some(one.due_on) == first);
    let due = match one_day {
        true => say(
            mail,
            format!("échéance le {on}. Une question\u{a0}?"),
            format!("due {on}. A question?"),
        ),
        false => say(
            mail,
            format!("échéance dès le {on}. Une question\u{a0}?"),
            format!("due from {on}. A question?"),
        ),
    };
    let what = invoices(mail);
    let sum = sums(mail, &mail.totals);
    text(
        mail,
        [format!("{what}, {sum}, {due}"), format!("{what}, {due}")],
    )
}

/// Probably an oversight.
#[must_use]
pub fn reminder_1(mail: &Mail) -> String {
    let late = match is_single(mail) {
        true => say(mail, "est échue", "is overdue"),
        false => say(mail, "sont échues", "are overdue"),
    };
    let start = say(mail, "sauf erreur,", "unless mistaken,");
    let (what, act) = (invoices(mail), pay_or_reply(mail));
    let sum = sums(mail, &mail.totals);
    text(
        mail,
        [
            format!("{start} {what} ({sum}) {late}. {act}"),
            format!("{start} {what} {late}. {act}"),
        ],
    )
}

/// Something seems to block.
#[must_use]
pub fn reminder_2(mail: &Mail) -> String {
    let ask = say(
        mail,
        "Quand paierez-vous, ou qu'est-ce qui bloque\u{a0}?",
        "When will you pay, or what is blocking?",
    );
    let still = |what: &str, masculine: bool| match masculine {
        true => say(
            mail,
            format!("{what} restent échus. {ask}"),
            format!("{what} still overdue. {ask}"),
        ),
        false => say(
            mail,
            format!("{what} en attente. {ask}"),
            format!("{what} still overdue. {ask}"),
        ),
    };
    let sum = sums(mail, &mail.totals);
    let how_many = count(mail, mail.invoices.len());
    text(mail, [still(&sum, true), still(&how_many, false)])
}

/// The last one.
#[must_use]
pub fn reminder_3(mail: &Mail) -> String {
    let (title, act) = if mail.legal_mode == LegalMode::OwnAccount {
        say(
            mail,
            ("dernier rappel avant mise en demeure", "Réagir\u{a0}:"),
            ("final reminder before formal notice", "Please act:"),
        )
    } else {
        say(
            mail,
            ("3e rappel", "Merci de nous répondre\u{a0}:"),
            ("3rd reminder", "Please reply:"),
        )
    };
    let sum = sums(mail, &mail.totals);
    let due = say(
        mail,
        format!("{title}, {sum} échus. {act}"),
        format!("{title}, {sum} overdue. {act}"),
    );
    text(mail, [due, format!("{title}. {act}")])
}

/// A formal notice is a letter: the text says that one comes, and is none itself.
#[must_use]
pub fn formal_notice(mail: &Mail, facts: &FormalFacts) -> String {
    let act = say(mail, "Répondre\u{a0}:", "Reply:");
    let comes = |what: &str| {
        say(
            mail,
            format!("une mise en demeure{what} vous parvient par courrier. {act}"),
            format!("a formal notice{what} is on its way by post. {act}"),
        )
    };
    let sum = sums(mail, &facts.total);
    text(mail, [comes(&format!(" ({sum})")), comes("")])
}
