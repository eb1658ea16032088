//! A dispute was received.

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
    /// What blocks.
    pub reason: Reason,
    /// The day by which the supplier says it will answer.
    pub answer_by: Day,
}

/// Receipt for a dispute: what was understood, what stops, when the answer comes.
#[must_use]
pub fn dispute_received(mail: &Mail, facts: &DisputeFacts) -> Rendered {
    let (number, by) = (&facts.invoice, day(mail, facts.answer_by));
    let opening = say(
        mail,
        format!("Nous avons enregistré votre signalement sur la facture {number}."),
        format!("We recorded your report on invoice {number}."),
    );
    let next = say(
        mail,
        format!(
            "Les relances sont suspendues pour le montant concerné. Nous vous répondons au plus \
             tard le {by}."
        ),
        format!("Reminders are paused for the amount concerned. We will answer by {by}."),
    );
    let subject = fitting([
        say(
            mail,
            format!("Votre signalement est enregistré : facture {number}"),
            format!("Report received: invoice {number}"),
        ),
        say(mail, "Votre signalement est enregistré", "Report received").to_owned(),
    ]);
    let action = say(mail, "Suivre ou compléter", "Follow or add to it");
    let mut letter = Letter::new(subject, action, vec![opening, next]);
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
    letter.render(mail)
}

fn reason(mail: &Mail, reason: Reason) -> &'static str {
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
