//! A dispute: received, asked about, delayed, answered.

use domain::dispute::Reason;
use domain::{Day, Money};

use super::letter::Letter;
use super::words::{day, fitting, money, say};
use super::{Mail, Rendered};

/// What was reported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DisputeFacts {
    /// The invoice's number.
    pub invoice: String,
    /// The disputed part of it.
    pub amount: Money,
    /// What stays to be paid of it.
    pub rest: Money,
    /// What blocks.
    pub reason: Reason,
    /// The day by which the supplier says it will answer.
    pub answer_by: Day,
    /// Who deals with it, if somebody was named.
    pub owner: Option<String>,
}

/// What the supplier said about a dispute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DisputeSaid {
    /// The invoice's number.
    pub invoice: String,
    /// The disputed part of it.
    pub amount: Money,
    /// The supplier's words; may be empty beside an outcome.
    pub words: String,
    /// The day by which the supplier says it will answer.
    pub answer_by: Day,
    /// Who deals with it, if somebody was named.
    pub owner: Option<String>,
    /// How it ended, in an answer.
    pub outcome: DisputeOutcome,
    /// Whether nothing is open on the account any more.
    pub settled: bool,
    /// Whether documents came with it, to be fetched by the link.
    pub files: bool,
}

/// How a dispute ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DisputeOutcome {
    /// The supplier agrees; a credit note or correction follows.
    Accepted,
    /// The supplier agrees, and this credit note takes this amount off.
    Credited(String, Money),
    /// The invoice itself was corrected by what was accepted.
    Deducted,
    /// Nothing is decided: the supplier says or sends something.
    Told,
    /// The supplier disagrees.
    Rejected,
}

/// Lines of a person's words that keep a paragraph of their own; the rest is set as one.
const LINES_MAX: usize = 12;

/// Receipt for a dispute: what was understood, what stops, when the answer comes.
#[must_use]
pub fn dispute_received(mail: &Mail, facts: &DisputeFacts) -> Rendered {
    let (number, by) = (&facts.invoice, day(mail, facts.answer_by));
    let opening = say(
        mail,
        format!("Nous avons enregistré votre signalement sur la facture {number}."),
        format!("We have received your report on invoice {number}."),
    );
    let next = say(
        mail,
        format!(
            "Les relances sont suspendues pour le montant concerné. Nous vous répondrons au plus \
             tard le {by}."
        ),
        format!("Reminders are paused for the amount concerned. We will answer by {by}."),
    );
    let rest = money(mail, facts.rest);
    let rest = facts.rest.is_positive().then(|| {
        say(
            mail,
            format!("Le reste de la facture, {rest}, demeure dû."),
            format!("The rest of the invoice, {rest}, remains due."),
        )
    });
    let subject = fitting([
        say(
            mail,
            format!("Votre signalement est enregistré : facture {number}"),
            format!("Report received: invoice {number}"),
        ),
        say(mail, "Votre signalement est enregistré", "Report received").to_owned(),
    ]);
    let action = say(mail, "Suivre ou compléter", "Follow up or add details");
    let mut letter = Letter::new(subject, action, vec![opening, next]);
    letter.besides = rest;
    letter.facts = vec![
        (
            say(mail, "Motif", "Reason"),
            reason(mail, facts.reason).to_owned(),
        ),
        (
            say(mail, "Montant concerné", "Amount concerned"),
            money(mail, facts.amount),
        ),
    ];
    letter.facts.extend(dealer(mail, facts.owner.as_deref()));
    letter.render(mail)
}

/// The supplier needs something to answer.
#[must_use]
pub fn dispute_question(mail: &Mail, facts: &DisputeSaid) -> Rendered {
    let number = &facts.invoice;
    let opening = say(
        mail,
        format!(
            "Pour répondre à votre signalement sur la facture {number}, il nous manque quelque \
             chose :"
        ),
        format!("To deal with your report on invoice {number}, we need something from you:"),
    );
    let closing = say(
        mail,
        "Répondez par le lien ci-dessus, avec un document ou une photo si besoin. Les relances du \
         montant concerné restent suspendues.",
        "Please reply through the link above, with a document or a photo if needed. Reminders for \
         the amount concerned remain paused.",
    );
    let subject = subject(
        mail,
        ("Une précision, s’il vous plaît", "We need one more detail"),
        number,
    );
    let action = say(mail, "Répondre", "Reply");
    let mut letter = Letter::new(subject, action, told(opening, &facts.words));
    letter.facts = known(mail, facts);
    letter.closing.extend(enclosed(mail, facts));
    letter.closing.push(closing.to_owned());
    letter.render(mail)
}

/// The answer takes longer than was said.
#[must_use]
pub fn dispute_delayed(mail: &Mail, facts: &DisputeSaid) -> Rendered {
    let (number, by) = (&facts.invoice, day(mail, facts.answer_by));
    let opening = say(
        mail,
        format!(
            "Notre réponse à votre signalement sur la facture {number} prendra plus de temps : \
             vous l’aurez au plus tard le {by}."
        ),
        format!(
            "Our answer to your report on invoice {number} is taking longer than we said: you will \
             have it by {by}."
        ),
    );
    let closing = say(
        mail,
        "Les relances du montant concerné restent suspendues.",
        "Reminders for the amount concerned remain paused.",
    );
    let subject = subject(
        mail,
        (
            "Réponse à votre signalement retardée",
            "Answer to your report delayed",
        ),
        number,
    );
    let action = say(mail, "Suivre ou compléter", "Follow up or add details");
    let mut letter = Letter::new(subject, action, told(opening, &facts.words));
    letter.facts = known(mail, facts);
    letter.closing = vec![closing.to_owned()];
    letter.render(mail)
}

/// The outcome.
#[must_use]
pub fn dispute_answer(mail: &Mail, facts: &DisputeSaid) -> Rendered {
    let number = &facts.invoice;
    let title = if facts.outcome == DisputeOutcome::Told {
        (
            "Message sur votre signalement",
            "A message about your report",
        )
    } else {
        ("Réponse à votre signalement", "Our answer to your report")
    };
    let subject = subject(mail, title, number);
    let action = say(mail, "Voir notre réponse", "See our answer");
    let mut letter = Letter::new(subject, action, answer(mail, facts));
    letter.facts = known(mail, facts);
    letter.closing.extend(enclosed(mail, facts));
    letter.closing.push(after(mail, facts).to_owned());
    if facts.settled {
        let thanks = say(
            mail,
            "Plus rien n’est à régler sur votre compte : nous vous remercions.",
            "Nothing else is open on your account. Thank you.",
        );
        letter.closing.push(thanks.to_owned());
    }
    letter.render(mail)
}

/// What was decided, and what a colleague wrote to it.
pub(super) fn answer(mail: &Mail, facts: &DisputeSaid) -> Vec<String> {
    told(outcome(mail, facts), &facts.words)
}

/// What was decided, in one sentence.
fn outcome(mail: &Mail, facts: &DisputeSaid) -> String {
    let number = &facts.invoice;
    match &facts.outcome {
        DisputeOutcome::Accepted => say(
            mail,
            format!("Vous avez raison : nous acceptons votre signalement sur la facture {number}."),
            format!("You are right: we accept your report on invoice {number}."),
        ),
        DisputeOutcome::Credited(note, amount) => {
            let amount = money(mail, *amount);
            say(
                mail,
                format!(
                    "Nous acceptons votre signalement sur la facture {number} : l’avoir {note} de \
                     {amount} en est déduit."
                ),
                format!(
                    "We accept your report on invoice {number}: credit note {note} of {amount} is \
                     deducted from it."
                ),
            )
        }
        DisputeOutcome::Told => say(
            mail,
            format!("Nous vous écrivons au sujet de votre signalement sur la facture {number}."),
            format!("This is about your report on invoice {number}."),
        ),
        DisputeOutcome::Deducted => say(
            mail,
            format!(
                "Votre signalement est accepté : son montant est déduit de la facture {number}."
            ),
            format!("Your report is accepted: its amount is deducted from invoice {number}."),
        ),
        DisputeOutcome::Rejected => say(
            mail,
            format!("Après examen, nous maintenons la facture {number}, pour cette raison :"),
            format!("We have looked into it and invoice {number} stands, for this reason:"),
        ),
    }
}

/// Where the documents are that came with it.
fn enclosed(mail: &Mail, facts: &DisputeSaid) -> Option<String> {
    let words = say(
        mail,
        "Des documents sont joints à votre signalement : ouvrez-les par le lien ci-dessus.",
        "Documents are attached to your report: open them through the link above.",
    );
    facts.files.then(|| words.to_owned())
}

/// What follows from it.
fn after(mail: &Mail, facts: &DisputeSaid) -> &'static str {
    match facts.outcome {
        DisputeOutcome::Accepted => say(
            mail,
            "Le montant concerné ne vous est plus réclamé en attendant l’avoir.",
            "You are not asked to pay the amount concerned while the credit note is being \
             prepared.",
        ),
        DisputeOutcome::Credited(..) => say(
            mail,
            "Votre compte tient déjà compte de cet avoir.",
            "Your account already shows this credit.",
        ),
        DisputeOutcome::Told => say(
            mail,
            "Vous pouvez répondre par le lien ci-dessus.",
            "You can reply through the link above.",
        ),
        DisputeOutcome::Deducted => say(
            mail,
            "Votre compte tient compte de cette correction.",
            "Your account shows this correction.",
        ),
        DisputeOutcome::Rejected => say(
            mail,
            "Le montant est de nouveau à régler. Si cette réponse ne résout pas le problème, vous \
             pouvez rouvrir le signalement par le lien ci-dessus.",
            "The amount is due again. If this does not solve the problem, you can reopen the \
             report through the link above.",
        ),
    }
}

/// A sentence of ours, then the words of a person.
fn told(opening: String, words: &str) -> Vec<String> {
    let lines: Vec<&str> = words
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let (own, rest) = lines.split_at(lines.len().min(LINES_MAX));
    let mut all = vec![opening];
    all.extend(own.iter().map(ToString::to_string));
    if !rest.is_empty() {
        all.push(rest.join(" "));
    }
    all
}

/// The invoice's number when it fits beside the fact.
fn subject(mail: &Mail, (french, english): (&str, &str), number: &str) -> String {
    fitting([
        say(
            mail,
            format!("{french} : facture {number}"),
            format!("{english}: invoice {number}"),
        ),
        say(mail, french, english).to_owned(),
    ])
}

fn known(mail: &Mail, facts: &DisputeSaid) -> Vec<(&'static str, String)> {
    let amount = (
        say(mail, "Montant concerné", "Amount concerned"),
        money(mail, facts.amount),
    );
    let owner = dealer(mail, facts.owner.as_deref());
    std::iter::once(amount).chain(owner).collect()
}

fn dealer(mail: &Mail, owner: Option<&str>) -> Option<(&'static str, String)> {
    let label = say(mail, "Suivi par", "Handled by");
    owner.map(|owner| (label, owner.to_owned()))
}

pub(super) fn reason(mail: &Mail, reason: Reason) -> &'static str {
    let (french, english) = match reason {
        Reason::NotReceived => ("Facture non reçue", "Invoice not received"),
        Reason::OrderNumberMissing => ("N° de commande absent", "PO number missing"),
        Reason::DeliveryNoteMissing => ("Bon de livraison manquant", "Delivery note missing"),
        Reason::AlreadyPaid => ("Déjà payée", "Already paid"),
        Reason::CreditNoteAwaited => ("Avoir attendu", "Credit note awaited"),
        Reason::Delivery => ("Livraison", "Delivery"),
        Reason::MissingItems => ("Articles manquants", "Missing items"),
        Reason::Price => ("Prix", "Price"),
        Reason::Terms => ("Conditions commerciales", "Commercial terms"),
        Reason::Quality => ("Produit ou service", "Product or service"),
        Reason::AfterSales => ("Service après-vente", "After-sales service"),
        Reason::Other => ("Autre", "Other"),
    };
    say(mail, french, english)
}
