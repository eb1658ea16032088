//! Answers to what the debtor did: a promise noted, one not kept, a fresh link.

use domain::{Day, Money};

use super::letter::Letter;
use super::words::{day, day_short, fitting, money, say};
use super::{Mail, Rendered};

/// A promise was noted: this amount on this day, for the mail's invoices.
#[must_use]
pub fn promise_noted(mail: &Mail, amount: Money, due_on: Day) -> Rendered {
    let (amount, on, short) = (
        money(mail, amount),
        day(mail, due_on),
        day_short(mail, due_on),
    );
    let noted = say(
        mail,
        format!("C’est noté : vous prévoyez de payer {amount} le {on}. Merci."),
        format!("Thank you: we have noted that you will pay {amount} on {on}."),
    );
    let quiet = say(
        mail,
        "D’ici là, vous ne recevrez plus de rappel pour ce montant. Vous pouvez payer plus tôt ou \
         changer la date.",
        "You will receive no reminders for this amount before then. You can pay earlier or change \
         the date.",
    );
    let subject = fitting([
        say(
            mail,
            format!("Nous notons votre paiement du {short} : {amount}"),
            format!("We noted your payment of {amount} on {short}"),
        ),
        say(
            mail,
            format!("Nous notons votre paiement du {short}"),
            format!("We noted your payment on {short}"),
        ),
    ]);
    let action = say(mail, "Payer ou changer la date", "Pay or change the date");
    Letter::new(subject, action, vec![noted, quiet.to_owned()]).render(mail)
}

/// What was promised comes near: told once, so that the day is not missed by forgetting it.
#[must_use]
pub fn promise_soon(mail: &Mail, amount: Money, due_on: Day) -> Rendered {
    let (amount, on, short) = (
        money(mail, amount),
        day(mail, due_on),
        day_short(mail, due_on),
    );
    let planned = say(
        mail,
        format!("Vous prévoyez de payer {amount} le {on}. Nous vous le rappelons simplement."),
        format!("You told us that you would pay {amount} on {on}. This is just a reminder."),
    );
    let next = say(
        mail,
        "Si ce paiement est déjà parti, vous n’avez rien à faire. Si quelque chose l’empêche, \
         dites-le-nous dès maintenant.",
        "If the payment is already on its way, there is nothing more to do. If anything stands in \
         the way, please tell us now.",
    );
    let subject = fitting([
        say(
            mail,
            format!("Votre paiement prévu le {short} : {amount}"),
            format!("Your payment planned for {short}: {amount}"),
        ),
        say(
            mail,
            format!("Votre paiement prévu le {short}"),
            format!("Your payment planned for {short}"),
        ),
    ]);
    let action = say(mail, "Payer ou nous répondre", "Pay or reply");
    Letter::new(subject, action, vec![planned, next.to_owned()]).render(mail)
}

/// What was promised did not come: asked without reproach, for it may have crossed this message.
#[must_use]
pub fn promise_broken(mail: &Mail, amount: Money, due_on: Day) -> Rendered {
    let (amount, on, short) = (
        money(mail, amount),
        day(mail, due_on),
        day_short(mail, due_on),
    );
    let awaited = say(
        mail,
        format!("Vous prévoyiez de payer {amount} le {on}. Ce paiement ne nous est pas parvenu."),
        format!(
            "You told us that you would pay {amount} on {on}. We have not received this \
                 payment."
        ),
    );
    let next = say(
        mail,
        "S’il est parti entre-temps, merci de ne pas tenir compte de ce message. Sinon, payez en \
         ligne, donnez une nouvelle date ou dites-nous ce qui bloque.",
        "If it is on its way, please disregard this message. If not, please pay online, give us a \
         new date or tell us what is holding it up.",
    );
    let subject = fitting([
        say(
            mail,
            format!("Paiement du {short} non reçu : {amount}"),
            format!("Payment due {short} not received: {amount}"),
        ),
        say(
            mail,
            format!("Paiement du {short} non reçu"),
            format!("Payment due {short} not received"),
        ),
    ]);
    let action = say(
        mail,
        "Payer ou donner une nouvelle date",
        "Pay or give a new date",
    );
    Letter::new(subject, action, vec![awaited, next.to_owned()]).render(mail)
}

/// The fresh link somebody asked for on an expired one; the contact on file gets it.
#[must_use]
pub fn fresh_link(mail: &Mail) -> Rendered {
    let name = &mail.brand.name;
    let opening = say(
        mail,
        format!("Voici le nouveau lien vers votre compte chez {name}."),
        format!("Here is the new link to your account with {name}."),
    );
    let unasked = say(
        mail,
        "Si vous n’avez rien demandé, ignorez ce message.",
        "If you did not request it, you can ignore this message.",
    );
    let subject = fitting([
        say(
            mail,
            format!("Votre nouveau lien vers votre compte {name}"),
            format!("Your new link to your {name} account"),
        ),
        say(
            mail,
            "Votre nouveau lien vers votre compte",
            "Your new link to your account",
        )
        .to_owned(),
    ]);
    let action = say(mail, "Ouvrir le compte", "Open the account");
    let mut letter = Letter::new(subject, action, vec![opening]);
    letter.closing.push(unasked.to_owned());
    letter.render(mail)
}
