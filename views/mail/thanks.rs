//! Money received.

use domain::{Day, Money};

use super::letter::Letter;
use super::words::{day, fitting, money, say, sums};
use super::{Mail, Rendered};

/// What was received, and what remains.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThanksFacts {
    /// How much came.
    pub amount: Money,
    /// Whether credit notes alone settled it: no money came.
    pub set_off: bool,
    /// The day it counts from.
    pub received_on: Day,
    /// What is still open on the account, one amount a currency; empty when nothing is.
    pub remaining: Vec<Money>,
}

/// Thanks for a payment; the mail's invoices are those it was counted on.
#[must_use]
pub fn thanks(mail: &Mail, facts: &ThanksFacts) -> Rendered {
    let (amount, on) = (money(mail, facts.amount), day(mail, facts.received_on));
    let received = match facts.set_off {
        false => say(
            mail,
            format!("Nous avons bien reçu votre paiement de {amount} le {on}. Merci."),
            format!("We received your payment of {amount} on {on}. Thank you."),
        ),
        true => say(
            mail,
            format!("Vos avoirs ont réglé {amount} le {on}, sans autre paiement. Merci."),
            format!(
                "Your credit notes settled {amount} on {on}, with nothing more to pay. Thank you."
            ),
        ),
    };
    let rest = sums(mail, &facts.remaining);
    let rest = if facts.remaining.is_empty() {
        say(
            mail,
            "Votre compte est soldé.",
            "Your account is fully settled.",
        )
        .to_owned()
    } else {
        say(
            mail,
            format!("Il reste {rest} sur votre compte, échéances à venir comprises."),
            format!("{rest} remains open on your account, including amounts not yet due."),
        )
    };
    let (short, plain) = match facts.set_off {
        false => (
            say(
                mail,
                format!("Merci, {amount} bien reçus"),
                format!("Thank you, {amount} received"),
            ),
            say(
                mail,
                "Merci, paiement bien reçu",
                "Thank you, payment received",
            ),
        ),
        true => (
            say(
                mail,
                format!("Merci, {amount} réglés par vos avoirs"),
                format!("Thank you, {amount} settled by your credit notes"),
            ),
            say(
                mail,
                "Merci, vos avoirs sont déduits",
                "Thank you, your credit notes have been deducted",
            ),
        ),
    };
    let subject = fitting([short, plain.to_owned()]);
    let action = say(mail, "Voir le compte", "View the account");
    Letter::new(subject, action, vec![received, rest]).render(mail)
}
