//! Before and after the due date: one notice, three reminders, each firmer than the one before.
//!
//! An operator writing under the supplier's name may remind courteously and no more: no formal
//! notice, no penalties, no legal threat (`law.md` §2, CPCE R124-1). These texts are not the first
//! letter that a mandated collector owes the debtor (R124-4).

use domain::party::LegalMode;

use super::letter::Letter;
use super::words::{self, count, day_short, fitting, is_single, say, sums};
use super::{Mail, Rendered};

/// The due date is near; nothing is asked unless something blocks.
#[must_use]
pub fn notice(mail: &Mail) -> Rendered {
    let opening = if is_single(mail) {
        say(
            mail,
            "Cette facture arrive bientôt à échéance.",
            "This invoice falls due soon.",
        )
    } else {
        say(
            mail,
            "Ces factures arrivent bientôt à échéance.",
            "These invoices fall due soon.",
        )
    };
    let blocked = say(
        mail,
        "Si tout est en ordre, vous n’avez rien à faire avant l’échéance. S’il manque un document \
         ou si quelque chose ne convient pas, dites-le-nous dès maintenant.",
        "If everything is in order, no action is needed before the due date. If a document is \
         missing or something is not right, please tell us now.",
    );
    let action = say(mail, "Consulter et répondre", "View and reply");
    let opening = vec![opening.to_owned(), blocked.to_owned()];
    let mut letter = Letter::new(notice_subject(mail), action, opening);
    letter.marks_late = true;
    letter.render(mail)
}

fn notice_subject(mail: &Mail) -> String {
    let first = mail.invoices.iter().map(|invoice| invoice.due_on).min();
    let on = first.map(|day| day_short(mail, day)).unwrap_or_default();
    let one_day = mail
        .invoices
        .iter()
        .all(|invoice| Some(invoice.due_on) == first);
    let start = if one_day {
        say(mail, format!("Échéance le {on} : "), format!("Due {on}: "))
    } else {
        say(
            mail,
            format!("Échéances dès le {on} : "),
            format!("Due from {on}: "),
        )
    };
    let (what, how_many) = (words::invoices(mail), count(mail, mail.invoices.len()));
    let sum = sums(mail, &mail.totals);
    fitting([
        format!("{start}{what}, {sum}"),
        format!("{start}{how_many}, {sum}"),
        format!("{start}{how_many}"),
    ])
}

/// Probably an oversight.
#[must_use]
pub fn reminder_1(mail: &Mail) -> Rendered {
    let opening = if is_single(mail) {
        say(
            mail,
            "Sauf erreur de notre part, cette facture est échue et son paiement ne nous est pas \
             encore parvenu.",
            "Unless we are mistaken, this invoice is overdue and we have not yet received your \
             payment.",
        )
    } else {
        say(
            mail,
            "Sauf erreur de notre part, ces factures sont échues et leur paiement ne nous est pas \
             encore parvenu.",
            "Unless we are mistaken, these invoices are overdue and we have not yet received your \
             payment.",
        )
    };
    let already = say(
        mail,
        "Si le paiement est déjà parti, merci de ne pas tenir compte de ce message. Sinon, vous \
         pouvez payer, annoncer une date ou signaler ce qui bloque, sans mot de passe.",
        "If the payment is on its way, please disregard this message. If not, you can pay, give us \
         a payment date or report a problem, with no password.",
    );
    let what = (words::invoices(mail), count(mail, mail.invoices.len()));
    let late = if is_single(mail) { "échue" } else { "échues" };
    let sum = sums(mail, &mail.totals);
    let title = |what: &str| {
        say(
            mail,
            format!("Rappel : {what} {late}"),
            format!("Reminder: {what} overdue"),
        )
    };
    let subject = fitting([
        format!("{}, {sum}", title(&what.0)),
        format!("{}, {sum}", title(&what.1)),
        title(&what.1),
    ]);
    reminder(mail, subject, [opening.to_owned(), already.to_owned()])
}

/// Something seems to block.
#[must_use]
pub fn reminder_2(mail: &Mail) -> Rendered {
    let sum = sums(mail, &mail.totals);
    let opening = say(
        mail,
        format!("Malgré notre premier rappel, {sum} restent à régler. Que se passe-t-il ?"),
        format!("Despite our first reminder, {sum} remains unpaid. What is holding it up?"),
    );
    let offer = say(
        mail,
        "Un document manque, un prix ou une livraison pose question, la date ne convient pas ? \
         Dites-le-nous : les rappels cessent pour la facture concernée le temps de vous répondre.",
        "Is a document missing? Is there a query about a price or a delivery? Does the date not \
         suit you? Tell us: we stop the reminders for that invoice while we look into it.",
    );
    let subject = fitting([
        say(
            mail,
            format!("2e rappel : {sum} échus. Que se passe-t-il ?"),
            format!("2nd reminder: {sum} overdue. What is blocking?"),
        ),
        say(
            mail,
            format!("2e rappel : {sum} échus"),
            format!("2nd reminder: {sum} overdue"),
        ),
        say(
            mail,
            "2e rappel : que se passe-t-il ?",
            "2nd reminder: what is blocking?",
        )
        .to_owned(),
    ]);
    reminder(mail, subject, [opening, offer.to_owned()])
}

/// The last one; a formal notice is named only by a supplier that writes for itself.
#[must_use]
pub fn reminder_3(mail: &Mail) -> Rendered {
    let sum = sums(mail, &mail.totals);
    let (title, next) = if mail.legal_mode == LegalMode::OwnAccount {
        say(
            mail,
            (
                "Dernier rappel avant mise en demeure",
                "Sans paiement ni réponse, l’étape suivante sera une mise en demeure.",
            ),
            (
                "Final reminder before formal notice",
                "Without payment or reply, the next step will be a formal notice.",
            ),
        )
    } else {
        say(
            mail,
            (
                "3e rappel : merci de nous répondre",
                "Nous avons besoin de votre réponse.",
            ),
            ("3rd reminder: please reply", "We need to hear from you."),
        )
    };
    let opening = say(
        mail,
        format!("Malgré nos rappels, {sum} restent à régler et nous sommes sans réponse. {next}"),
        format!(
            "Despite our reminders, {sum} remains unpaid and we have not heard from you. {next}"
        ),
    );
    let offer = say(
        mail,
        "Nous préférons trouver une solution avec vous : payez, indiquez une date de paiement ou \
         dites-nous ce qui bloque.",
        "We would rather find a solution with you: please pay, give us a payment date or tell us \
         what is holding it up.",
    );
    let subject = fitting([format!("{title}, {sum}"), title.to_owned()]);
    reminder(mail, subject, [opening, offer.to_owned()])
}

fn reminder(mail: &Mail, subject: String, opening: [String; 2]) -> Rendered {
    let action = say(mail, "Payer ou répondre", "Pay or reply");
    let mut letter = Letter::new(subject, action, opening.into());
    letter.besides = apart(mail);
    letter.marks_late = true;
    letter.note = penalties(mail);
    letter.render(mail)
}

/// Why the sum is not all that is open.
pub(super) fn apart(mail: &Mail) -> Option<String> {
    let sum = sums(mail, &mail.apart);
    (!mail.apart.is_empty()).then(|| {
        say(
            mail,
            format!(
                "Cette somme ne comprend pas {sum} que vous avez signalés, promis ou commencé à \
                 payer sur ces factures."
            ),
            format!(
                "This amount leaves out {sum} on these invoices that you have reported as a \
                 problem, promised to pay or are already paying."
            ),
        )
    })
}

/// What runs from the day after the due date without any reminder (Code de commerce L441-10 II,
/// D441-5): told as a fact, by a supplier that writes for itself.
pub(super) fn penalties(mail: &Mail) -> Option<String> {
    let late = mail.invoices.iter().any(|invoice| invoice.late);
    let told = late && mail.legal_mode == LegalMode::OwnAccount;
    let (where_fr, where_en) = match is_single(mail) {
        true => ("la facture", "the invoice"),
        false => ("les factures", "the invoices"),
    };
    told.then(|| {
        say(
            mail,
            format!(
                "Les pénalités de retard et l’indemnité forfaitaire pour frais de recouvrement \
                 mentionnées sur {where_fr} courent à compter de l’échéance."
            ),
            format!(
                "Late-payment interest and the fixed recovery charge stated on {where_en} apply \
                 from the due date."
            ),
        )
    })
}
