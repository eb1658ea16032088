//! What a letter on paper says: the same steps as by mail, in the words of a letter. An operator
//! under the supplier's name writes courteous reminders and no more, as by mail.

use domain::message::MessageKind;
use domain::party::LegalMode;
use domain::{Day, Money};

use super::formal::whole_label;
use super::words::{self, count, day, is_single, say, sums};
use super::{FormalFacts, Mail};
use crate::text::labels;

/// The parts of a letter in reading order; its invoices stand between heading and sums.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// What it is about, in a line.
    pub subject: String,
    /// How it addresses the reader.
    pub salutation: String,
    /// Paragraphs before the invoices.
    pub opening: Vec<String>,
    /// What stands over the invoices: that their table is a breakdown, and of which day.
    pub heading: Option<String>,
    /// What stands under the invoices and adds them up, line by line.
    pub sums: Vec<Sum>,
    /// What the address and its code are for.
    pub way: String,
    /// Whom to ask.
    pub question: String,
    /// Paragraphs after that.
    pub closing: Vec<String>,
    /// What the law has to say, in small print.
    pub note: Option<String>,
    /// The courteous end.
    pub regards: String,
}

/// A line under the invoices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sum {
    /// What it is.
    pub name: String,
    /// The last day to pay it, beside the due days.
    pub due: Option<Day>,
    /// How much, one amount a currency.
    pub amounts: Vec<Money>,
    /// Whether it adds up what is above it.
    pub is_total: bool,
}

/// The letter of a step.
#[must_use]
pub fn paper(kind: MessageKind, mail: &Mail, formal: Option<&FormalFacts>) -> Paper {
    let mut paper = Paper {
        subject: String::new(),
        salutation: say(mail, "Madame, Monsieur,", "Dear Sir or Madam,").to_owned(),
        opening: Vec::new(),
        heading: None,
        sums: vec![total(say(mail, "Total", "Total"), &mail.totals)],
        way: way(mail),
        question: question(mail),
        closing: Vec::new(),
        note: None,
        regards: say(
            mail,
            "Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées.",
            "Yours faithfully,",
        )
        .to_owned(),
    };
    match (kind, formal) {
        (MessageKind::FormalNotice, Some(facts)) => notice_to_pay(&mut paper, mail, facts),
        (MessageKind::Notice, _) => notice(&mut paper, mail),
        (MessageKind::Reminder2, _) => second(&mut paper, mail),
        (MessageKind::Reminder3, _) => last(&mut paper, mail),
        _ => first(&mut paper, mail),
    }
    paper
}

fn total(name: &str, amounts: &[Money]) -> Sum {
    Sum {
        name: name.to_owned(),
        due: None,
        amounts: amounts.to_vec(),
        is_total: true,
    }
}

fn way(mail: &Mail) -> String {
    say(
        mail,
        "Pour payer, annoncer une date ou signaler ce qui bloque, sans mot de passe\u{a0}: tapez \
         cette adresse ou scannez le code.",
        "To pay, give a payment date or report a problem, with no password: type this address or \
         scan the code.",
    )
    .to_owned()
}

/// Whom to ask. No account is named: a new one is never announced by letter either.
fn question(mail: &Mail) -> String {
    let (mailbox, phone) = (&mail.brand.contact_email, &mail.brand.contact_phone);
    let phone = phone.replace(' ', "\u{a0}");
    match phone.is_empty() {
        true => say(
            mail,
            format!("Une question\u{a0}? Écrivez à {mailbox}."),
            format!("Any questions? Write to {mailbox}."),
        ),
        false => say(
            mail,
            format!("Une question\u{a0}? Appelez le {phone} ou écrivez à {mailbox}."),
            format!("Any questions? Call {phone} or write to {mailbox}."),
        ),
    }
}

fn notice(paper: &mut Paper, mail: &Mail) {
    let (what, sum) = (words::invoices(mail), sums(mail, &mail.totals));
    paper.subject = say(
        mail,
        format!("Prochaine échéance\u{a0}: {what}, {sum}"),
        format!("Soon due: {what}, {sum}"),
    );
    paper.opening = vec![
        say(
            mail,
            "Nous vous rappelons la prochaine échéance de votre compte. Si tout est en ordre, \
             vous n’avez rien à faire d’ici là. S’il manque un document ou si quelque chose ne \
             convient pas, dites-le-nous dès maintenant.",
            "This is to remind you of what falls due soon on your account. If everything is in \
             order, no action is needed before then. If a document is missing or something is not \
             right, please tell us now.",
        )
        .to_owned(),
    ];
}

fn first(paper: &mut Paper, mail: &Mail) {
    let (what, sum) = (words::invoices(mail), sums(mail, &mail.totals));
    paper.subject = say(
        mail,
        format!("Rappel\u{a0}: {what}, {sum}"),
        format!("Reminder: {what}, {sum}"),
    );
    let late = if is_single(mail) {
        say(
            mail,
            "Sauf erreur de notre part, la facture ci-dessous est échue et son paiement ne nous \
             est pas encore parvenu.",
            "Unless we are mistaken, the invoice below is overdue and we have not yet received \
             your payment.",
        )
    } else {
        say(
            mail,
            "Sauf erreur de notre part, les factures ci-dessous sont échues et leur paiement ne \
             nous est pas encore parvenu.",
            "Unless we are mistaken, the invoices below are overdue and we have not yet received \
             your payment.",
        )
    };
    let crossed = say(
        mail,
        "Si votre règlement a croisé cette lettre, merci de ne pas en tenir compte.",
        "If your payment has crossed with this letter, please disregard it.",
    );
    reminder(paper, mail, vec![format!("{late} {crossed}")]);
}

fn second(paper: &mut Paper, mail: &Mail) {
    let sum = sums(mail, &mail.totals);
    paper.subject = say(
        mail,
        format!("Deuxième rappel\u{a0}: {sum} échus"),
        format!("Second reminder: {sum} overdue"),
    );
    let opening = say(
        mail,
        format!(
            "Malgré notre premier rappel, {sum} restent à régler. Un document manque-t-il, un \
             prix ou une livraison pose-t-il question\u{a0}? Dites-le-nous\u{a0}: les rappels \
             cessent pour la facture concernée le temps de vous répondre."
        ),
        format!(
            "Despite our first reminder, {sum} remains unpaid. Is a document missing? Is there a \
             query about a price or a delivery? Tell us: we stop the reminders for that invoice \
             while we look into it."
        ),
    );
    reminder(paper, mail, vec![opening]);
}

fn last(paper: &mut Paper, mail: &Mail) {
    let sum = sums(mail, &mail.totals);
    let own = mail.legal_mode == LegalMode::OwnAccount;
    let (title, next) = match own {
        true => say(
            mail,
            (
                "Dernier rappel avant mise en demeure",
                " Sans paiement ni réponse de votre part, nous vous adresserons une mise en \
                 demeure.",
            ),
            (
                "Final reminder before formal notice",
                " Without payment or reply, we will send you a formal notice.",
            ),
        ),
        false => say(
            mail,
            ("Troisième rappel", ""),
            ("Third reminder: please reply", ""),
        ),
    };
    paper.subject = say(
        mail,
        format!("{title}\u{a0}: {sum}"),
        format!("{title}: {sum}"),
    );
    let opening = say(
        mail,
        format!(
            "Malgré nos rappels, {sum} restent à régler et nous sommes sans réponse de votre \
             part. Nous préférons trouver une solution avec vous\u{a0}: payez, indiquez une date \
             de paiement ou dites-nous ce qui bloque.{next}"
        ),
        format!(
            "Despite our reminders, {sum} remains unpaid and we have not heard from you. We would \
             rather find a solution with you: please pay, give us a payment date or tell us what \
             is holding it up.{next}"
        ),
    );
    reminder(paper, mail, vec![opening]);
}

fn reminder(paper: &mut Paper, mail: &Mail, opening: Vec<String>) {
    paper.opening = opening;
    paper.opening.extend(super::reminder::apart(mail));
    paper.note = super::reminder::penalties(mail);
}

fn notice_to_pay(paper: &mut Paper, mail: &Mail, facts: &FormalFacts) {
    let (total, pay_by) = (sums(mail, &facts.total), day(mail, facts.pay_by));
    let (debtor, supplier) = (&mail.debtor, &mail.brand.name);
    paper.subject = say(
        mail,
        format!("Mise en demeure de payer {total}"),
        format!("Formal notice to pay {total}"),
    );
    let which = count(mail, mail.invoices.len());
    paper.opening = vec![say(
        mail,
        format!(
            "Malgré nos rappels, {which} de votre compte restent en souffrance. Par la présente, \
             {supplier} met {debtor} en demeure de payer {total} au plus tard le {pay_by}."
        ),
        format!(
            "Despite our reminders, {which} on your account remain unpaid. {supplier} hereby \
             gives {debtor} formal notice to pay {total} by {pay_by} at the latest."
        ),
    )];
    let on = day(mail, facts.on);
    paper.heading = Some(say(
        mail,
        format!("Décompte au {on}"),
        format!("Breakdown as of {on}"),
    ));
    paper.sums = breakdown(mail, facts);
    let after = say(
        mail,
        "Sans paiement à cette date, nous engagerons le recouvrement par les voies de droit. Les \
         intérêts de retard courent jusqu’au paiement. Si vous contestez une facture, \
         dites-le-nous avant cette date.",
        "If payment is not received by that date, we will pursue recovery by legal means. \
         Late-payment interest runs until payment. If you dispute an invoice, please tell us \
         before that date.",
    );
    paper.closing = vec![after.to_owned()];
    if facts.charges.is_empty() {
        return;
    }
    paper.note = Some(
        say(
            mail,
            "Les intérêts de retard sont calculés du lendemain de l’échéance à la date de cette \
             lettre\u{a0}; l’indemnité forfaitaire pour frais de recouvrement est due par facture \
             en retard (articles L441-10 et D441-5 du code de commerce).",
            "Late-payment interest is calculated from the day after the due date to the date of \
             this letter; the fixed recovery charge is due for each overdue invoice (articles \
             L441-10 and D441-5 of the French Commercial Code).",
        )
        .to_owned(),
    );
}

/// Principal, what lateness costs, and all of it with its last day.
fn breakdown(mail: &Mail, facts: &FormalFacts) -> Vec<Sum> {
    let mut sums = Vec::new();
    if !facts.charges.is_empty() {
        sums.push(total(say(mail, "Principal", "Principal"), &mail.totals));
    }
    for (kind, amounts) in &facts.charges {
        let name = labels::charge(*kind).of(mail.language);
        sums.push(Sum {
            is_total: false,
            ..total(name, amounts)
        });
    }
    sums.push(Sum {
        due: Some(facts.pay_by),
        ..total(whole_label(mail), &facts.total)
    });
    sums
}
