//! Delays and instalment plans: asked for, agreed, countered, refused, missed.

use domain::plan::Part;
use domain::{Day, Money};

use super::letter::Letter;
use super::words::{day, day_short, fitting, money, say};
use super::{Mail, Rendered};

/// A plan as a message tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanFacts {
    /// The whole.
    pub amount: Money,
    /// The instalments of the proposal that counts.
    pub parts: Vec<Part>,
    /// The instalment that did not come.
    pub missed: Option<Part>,
    /// The day by which the supplier says it will answer.
    pub answer_by: Day,
    /// Whether each instalment is debited.
    pub debited: bool,
    /// What the supplier said.
    pub words: String,
}

/// Days and amounts, and what the supplier said.
fn facts(mail: &Mail, plan: &PlanFacts) -> Vec<(&'static str, String)> {
    let parts = plan.parts.iter().map(|part| {
        let on = day(mail, part.due_on);
        let label = say(mail, "Échéance", "Instalment");
        (label, format!("{on}, {}", money(mail, part.amount)))
    });
    let label = say(mail, "Notre message", "Our message");
    let said = (!plan.words.is_empty()).then(|| (label, plan.words.clone()));
    let how = plan.debited.then(|| {
        let how = say(
            mail,
            "Prélèvement SEPA à chaque date",
            "SEPA direct debit on each day",
        );
        (say(mail, "Paiement", "Payment"), how.to_owned())
    });
    parts.chain(how).chain(said).collect()
}

fn letter(
    mail: &Mail,
    plan: &PlanFacts,
    subject: String,
    action: &'static str,
    opening: [String; 2],
) -> Rendered {
    let mut letter = Letter::new(subject, action, opening.into());
    letter.facts = facts(mail, plan);
    letter.render(mail)
}

/// The request is registered; the supplier will answer.
#[must_use]
pub fn plan_received(mail: &Mail, plan: &PlanFacts) -> Rendered {
    let (amount, by) = (money(mail, plan.amount), day(mail, plan.answer_by));
    let opening = [
        say(
            mail,
            format!("Nous avons enregistré votre demande de délai pour {amount}."),
            format!("We have received your request for more time to pay {amount}."),
        ),
        say(
            mail,
            format!(
                "Nous vous répondrons au plus tard le {by}. D’ici là, vous ne recevrez aucun \
                 rappel pour ces montants."
            ),
            format!(
                "We will answer by {by}. Until then you will receive no reminders for these \
                 amounts."
            ),
        ),
    ];
    let subject = fitting([
        say(
            mail,
            format!("Votre demande de délai est enregistrée : {amount}"),
            format!("Request for more time received: {amount}"),
        ),
        say(
            mail,
            "Votre demande de délai est enregistrée",
            "Request for more time received",
        )
        .to_owned(),
    ]);
    let action = say(mail, "Suivre ma demande", "Follow my request");
    letter(mail, plan, subject, action, opening)
}

/// Agreed: this is what will be paid when.
#[must_use]
pub fn plan_accepted(mail: &Mail, plan: &PlanFacts) -> Rendered {
    let amount = money(mail, plan.amount);
    let opening = [
        say(
            mail,
            format!("Votre échéancier de {amount} est accepté."),
            format!("Your payment plan for {amount} is accepted."),
        ),
        say(
            mail,
            "Tant que chaque échéance est payée à sa date, vous ne recevrez aucun rappel pour ces \
             factures.",
            "As long as each instalment is paid on time, you will receive no reminders for these \
             invoices.",
        )
        .to_owned(),
    ];
    let subject = fitting([
        say(
            mail,
            format!("Votre échéancier est accepté : {amount}"),
            format!("Your payment plan is accepted: {amount}"),
        ),
        say(
            mail,
            "Votre échéancier est accepté",
            "Your payment plan is accepted",
        )
        .to_owned(),
    ]);
    let action = say(mail, "Voir l’échéancier", "View the plan");
    letter(mail, plan, subject, action, opening)
}

/// The supplier offers other days or amounts.
#[must_use]
pub fn plan_countered(mail: &Mail, plan: &PlanFacts) -> Rendered {
    let amount = money(mail, plan.amount);
    let opening = [
        say(
            mail,
            format!("Nous vous proposons un autre échéancier pour {amount}."),
            format!("We would like to propose another payment plan for {amount}."),
        ),
        say(
            mail,
            "Il commence dès que vous l’acceptez. Vous pouvez aussi proposer autre chose.",
            "It starts as soon as you accept it. You can also make another proposal.",
        )
        .to_owned(),
    ];
    let subject = fitting([
        say(
            mail,
            format!("Notre proposition d’échéancier : {amount}"),
            format!("Our offer of a payment plan: {amount}"),
        ),
        say(
            mail,
            "Notre proposition d’échéancier",
            "Our offer of a payment plan",
        )
        .to_owned(),
    ]);
    let action = say(mail, "Répondre à la proposition", "Reply to the offer");
    letter(mail, plan, subject, action, opening)
}

/// The supplier said no.
#[must_use]
pub fn plan_refused(mail: &Mail, plan: &PlanFacts) -> Rendered {
    let amount = money(mail, plan.amount);
    let opening = [
        say(
            mail,
            format!("Nous ne pouvons pas accepter le délai demandé pour {amount}."),
            format!("We cannot grant the extra time you asked for ({amount})."),
        ),
        say(
            mail,
            "Les échéances d’origine restent applicables. Vous pouvez payer en ligne ou faire une \
             autre proposition.",
            "The original due dates stand. You can pay online or make another proposal.",
        )
        .to_owned(),
    ];
    let subject = say(
        mail,
        "Réponse à votre demande de délai",
        "Our answer to your request for more time",
    );
    let action = say(
        mail,
        "Payer ou proposer autre chose",
        "Pay or make another proposal",
    );
    let mut letter = Letter::new(subject.to_owned(), action, opening.into());
    letter.facts = facts(mail, plan);
    letter.facts.retain(|(_, value)| *value == plan.words);
    letter.render(mail)
}

/// An instalment did not come: notice before the plan ends.
#[must_use]
pub fn plan_missed(mail: &Mail, plan: &PlanFacts) -> Rendered {
    let missed = plan.missed.or(plan.parts.first().copied());
    let (amount, on, short) = missed.map_or_else(Default::default, |part| {
        (
            money(mail, part.amount),
            day(mail, part.due_on),
            day_short(mail, part.due_on),
        )
    });
    let days = domain::plan::NOTICE_DAYS;
    let opening = [
        say(
            mail,
            format!("Le paiement de {amount} attendu le {on} ne nous est pas parvenu."),
            format!("The instalment of {amount} due on {on} has not reached us."),
        ),
        say(
            mail,
            format!(
                "Merci de le régler sous {days} jours : au-delà, l’échéancier prendrait fin et \
                 tout le solde redeviendrait dû. Si le paiement est parti entre-temps, ne tenez \
                 pas compte de ce message."
            ),
            format!(
                "Please pay it within {days} days: after that the plan would end and the whole \
                 balance would fall due. If the payment is on its way, please disregard this \
                 message."
            ),
        ),
    ];
    let subject = fitting([
        say(
            mail,
            format!("Échéance du {short} non reçue : {amount}"),
            format!("Instalment due {short} not received: {amount}"),
        ),
        say(
            mail,
            format!("Échéance du {short} non reçue"),
            format!("Instalment due {short} not received"),
        ),
    ]);
    let action = say(mail, "Payer cette échéance", "Pay this instalment");
    letter(mail, plan, subject, action, opening)
}
