//! Money received or given back, promises, a fresh link.

use domain::reversal::Cause;
use domain::{Day, Money};

use super::words::{day, money, say, text};
use crate::mail::{Mail, ThanksFacts};

/// Money received, or credit notes counted.
#[must_use]
pub fn thanks(mail: &Mail, facts: &ThanksFacts) -> String {
    let (sum, on) = (money(mail, facts.amount), day(mail, facts.received_on));
    let body = match facts.set_off {
        false => say(
            mail,
            format!("{sum} encaissés le {on}. Merci. Justificatif\u{a0}:"),
            format!("{sum} received on {on}. Thank you. Receipt:"),
        ),
        true => say(
            mail,
            format!("{sum} réglés par avoir le {on}. Merci. Justificatif\u{a0}:"),
            format!("{sum} settled by credit note on {on}. Receipt:"),
        ),
    };
    text(mail, [body])
}

/// Money of the debtor's went back.
#[must_use]
pub fn money_back(mail: &Mail, amount: Money, cause: Cause) -> String {
    let sum = money(mail, amount);
    let body = match cause {
        Cause::Refund => say(
            mail,
            format!("{sum} vous ont été remboursés. Détail\u{a0}:"),
            format!("{sum} was refunded to you. Details:"),
        ),
        Cause::Dispute | Cause::DebitBack => say(
            mail,
            format!("la banque nous a repris {sum} d'un paiement. Détail\u{a0}:"),
            format!("the bank took back {sum} of a payment. Details:"),
        ),
    };
    text(mail, [body])
}

/// A promise was noted.
#[must_use]
pub fn promise_noted(mail: &Mail, amount: Money, due_on: Day) -> String {
    let (sum, on) = (money(mail, amount), day(mail, due_on));
    let body = say(
        mail,
        format!("paiement de {sum} noté pour le {on}. Modifier\u{a0}:"),
        format!("payment of {sum} noted for {on}. Change it:"),
    );
    text(mail, [body])
}

/// A promised day is near.
#[must_use]
pub fn promise_soon(mail: &Mail, amount: Money, due_on: Day) -> String {
    let (sum, on) = (money(mail, amount), day(mail, due_on));
    let body = say(
        mail,
        format!("votre paiement de {sum} est attendu le {on}. Modifier\u{a0}:"),
        format!("your payment of {sum} is expected on {on}. Change it:"),
    );
    text(mail, [body])
}

/// A promised payment did not come.
#[must_use]
pub fn promise_broken(mail: &Mail, amount: Money, due_on: Day) -> String {
    let (sum, on) = (money(mail, amount), day(mail, due_on));
    let body = say(
        mail,
        format!("{sum} attendus le {on} et non arrivés. Nouvelle date\u{a0}:"),
        format!("{sum} expected on {on} did not arrive. New date:"),
    );
    text(mail, [body])
}

/// A link asked for.
#[must_use]
pub fn fresh_link(mail: &Mail) -> String {
    let body = say(
        mail,
        "voici votre nouveau lien vers votre compte\u{a0}:",
        "here is your new link to your account:",
    );
    text(mail, [body.to_owned()])
}
