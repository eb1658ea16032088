//! A dispute: received, asked about, delayed, answered.

use super::words::{day, invoice, say, text};
use crate::mail::{DisputeFacts, DisputeSaid, Mail};

/// A dispute was received.
#[must_use]
pub fn dispute_received(mail: &Mail, facts: &DisputeFacts) -> String {
    let what = invoice(mail, &facts.invoice);
    let body = say(
        mail,
        format!("signalement sur {what} enregistré, relances suspendues. Suivi\u{a0}:"),
        format!("report on {what} received, reminders paused. Follow:"),
    );
    text(mail, [body])
}

/// The supplier needs something to answer.
#[must_use]
pub fn dispute_question(mail: &Mail, facts: &DisputeSaid) -> String {
    let what = invoice(mail, &facts.invoice);
    let body = say(
        mail,
        format!("question sur votre signalement, {what}. Répondre\u{a0}:"),
        format!("a question on your report, {what}. Reply:"),
    );
    text(mail, [body])
}

/// The answer comes later than was said.
#[must_use]
pub fn dispute_delayed(mail: &Mail, facts: &DisputeSaid) -> String {
    let (what, by) = (invoice(mail, &facts.invoice), day(mail, facts.answer_by));
    let body = say(
        mail,
        format!("réponse à votre signalement, {what}, reportée au {by}. Suivi\u{a0}:"),
        format!("our answer on {what} moves to {by}. Follow:"),
    );
    text(mail, [body])
}

/// The supplier answered.
#[must_use]
pub fn dispute_answer(mail: &Mail, facts: &DisputeSaid) -> String {
    let what = invoice(mail, &facts.invoice);
    let body = say(
        mail,
        format!("réponse à votre signalement sur {what}\u{a0}:"),
        format!("our answer to your report on {what}:"),
    );
    text(mail, [body])
}
