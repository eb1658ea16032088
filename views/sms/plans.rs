//! Delays and instalment plans.

use super::words::{day, money, pay_or_reply, say, text};
use crate::mail::{Mail, PlanFacts};

/// The request is registered.
#[must_use]
pub fn plan_received(mail: &Mail, plan: &PlanFacts) -> String {
    let (sum, by) = (money(mail, plan.amount), day(mail, plan.answer_by));
    let body = say(
        mail,
        format!("demande de délai pour {sum} reçue, réponse d'ici le {by}. Suivi\u{a0}:"),
        format!("request for time to pay {sum} received, answer by {by}. Follow:"),
    );
    text(mail, [body])
}

/// The supplier said yes.
#[must_use]
pub fn plan_accepted(mail: &Mail, plan: &PlanFacts) -> String {
    let sum = money(mail, plan.amount);
    let first = plan.parts.first();
    let first = first.map(|part| day(mail, part.due_on)).unwrap_or_default();
    let body = say(
        mail,
        format!("délai accordé pour {sum}, première échéance le {first}. Détail\u{a0}:"),
        format!("time to pay {sum} agreed, first payment on {first}. Details:"),
    );
    text(mail, [body])
}

/// The supplier offers other days or amounts.
#[must_use]
pub fn plan_countered(mail: &Mail, plan: &PlanFacts) -> String {
    let sum = money(mail, plan.amount);
    let body = say(
        mail,
        format!("autre échéancier proposé pour {sum}. Voir et répondre\u{a0}:"),
        format!("other dates offered for {sum}. View and reply:"),
    );
    text(mail, [body])
}

/// The supplier said no.
#[must_use]
pub fn plan_refused(mail: &Mail, plan: &PlanFacts) -> String {
    let sum = money(mail, plan.amount);
    let body = say(
        mail,
        format!("délai non accordé pour {sum}. Payer ou répondre\u{a0}:"),
        format!("time to pay {sum} not agreed. Pay or reply:"),
    );
    text(mail, [body])
}

/// An instalment did not come.
#[must_use]
pub fn plan_missed(mail: &Mail, plan: &PlanFacts) -> String {
    let part = plan.missed.or(plan.parts.first().copied());
    let sum = money(mail, part.map_or(plan.amount, |part| part.amount));
    let on = part.map(|part| day(mail, part.due_on)).unwrap_or_default();
    let act = pay_or_reply(mail);
    let body = say(
        mail,
        format!("échéance de {sum} du {on} non arrivée. {act}"),
        format!("instalment of {sum} due {on} did not arrive. {act}"),
    );
    text(mail, [body])
}
