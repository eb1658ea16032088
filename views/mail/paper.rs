//! What a letter on paper says: the same steps as by mail, in the words of a letter. An operator
//! under the supplier's name writes courteous reminders and no more, as by mail.

use domain::message::MessageKind;
use domain::party::LegalMode;

use super::formal::breakdown;
use super::words::{self, count, day, is_single, say, sums};
use super::{FormalFacts, Mail};

/// The parts of a letter in reading order; its invoices stand between opening and facts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// What it is about, in a line.
    pub subject: String,
    /// How it addresses the reader.
    pub salutation: String,
    /// Paragraphs before the invoices.
    pub opening: Vec<String>,
    /// Label and value: the breakdown of a formal notice.
    pub facts: Vec<(String, String)>,
    /// What the address and its code are for.
    pub way: String,
    /// Paragraphs after that.
    pub closing: Vec<String>,
    /// What the law has to say, in small print.
    pub note: Option<String>,
    /// The courteous end.
    pub regards: String,
}

/// The letter of a step.
#[must_use]
pub fn paper(kind: MessageKind, mail: &Mail, formal: Option<&FormalFacts>) -> Paper {
    let mut paper = Paper {
        subject: String::new(),
        salutation: say(mail, "Madame, Monsieur,", "Dear Sir or Madam,").to_owned(),
        opening: Vec::new(),
        facts: Vec::new(),
        way: way(mail),
        closing: vec![question(mail)],
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

fn way(mail: &Mail) -> String {
    say(
        mail,
        "Pour payer, annoncer une date ou signaler ce qui bloque, sans mot de passe\u{a0}: tapez \
         cette adresse ou photographiez le code.",
        "To pay, name a date or tell us what is blocking, without a password: type this address \
         or photograph the code.",
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
            format!("A question? Write to {mailbox}."),
        ),
        false => say(
            mail,
            format!("Une question\u{a0}? Appelez le {phone} ou écrivez à {mailbox}."),
            format!("A question? Call {phone} or write to {mailbox}."),
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
            "This is to remind you of what will soon be due on your account. If all is in order, \
             there is nothing to do until then. If a document is missing or something is not \
             right, tell us now.",
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
            "Unless we are mistaken, the invoice below is overdue and its payment has not \
             reached us.",
        )
    } else {
        say(
            mail,
            "Sauf erreur de notre part, les factures ci-dessous sont échues et leur paiement ne \
             nous est pas encore parvenu.",
            "Unless we are mistaken, the invoices below are overdue and their payment has not \
             reached us.",
        )
    };
    let crossed = say(
        mail,
        "Si votre règlement a croisé cette lettre, merci de ne pas en tenir compte.",
        "If your payment crossed this letter, please ignore it.",
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
            "Despite our first reminder, {sum} is still to be paid. Is a document missing, is a \
             price or a delivery in question? Tell us: reminders for that invoice stop while we \
             find your answer."
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
            "Despite our reminders, {sum} is still to be paid and we have not heard from you. We \
             would rather find a solution with you: pay, name a payment date or tell us what is \
             blocking.{next}"
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
    let facts = breakdown(mail, facts).into_iter();
    paper.facts = facts
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let after = say(
        mail,
        "Sans paiement à cette date, nous engagerons le recouvrement par les voies de droit. Les \
         intérêts de retard courent jusqu’au paiement. Si vous contestez une facture, \
         dites-le-nous avant cette date.",
        "Failing payment by that day, we will pursue recovery by legal means. Late interest runs \
         until payment. If you dispute an invoice, tell us before that day.",
    );
    paper.closing.insert(0, after.to_owned());
    if !facts_charge(paper) {
        return;
    }
    paper.note = Some(
        say(
            mail,
            "Les intérêts de retard sont calculés du lendemain de l’échéance à la date de cette \
             lettre\u{a0}; l’indemnité forfaitaire pour frais de recouvrement est due par facture \
             en retard (articles L441-10 et D441-5 du code de commerce).",
            "Late interest is counted from the day after the due date to the date of this letter; \
             the fixed recovery charge is due for each late invoice (articles L441-10 and D441-5 \
             of the French Code de commerce).",
        )
        .to_owned(),
    );
}

/// Whether anything is charged for lateness: the breakdown is more than principal and total.
fn facts_charge(paper: &Paper) -> bool {
    paper.facts.len() > FACTS_WITHOUT_CHARGES
}

/// Date, creditor, debtor, principal, total, last day.
const FACTS_WITHOUT_CHARGES: usize = 6;
