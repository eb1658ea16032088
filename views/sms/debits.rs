//! Mandates and direct debits.

use domain::Money;

use super::words::{day, money, say, text};
use crate::mail::{DebitFacts, EndedFacts, Mail, MandateFacts};

/// A mandate was signed.
#[must_use]
pub fn mandate_signed(mail: &Mail, mandate: &MandateFacts) -> String {
    let reference = &mandate.reference;
    let body = say(
        mail,
        format!("mandat {reference} signé. Copie et révocation\u{a0}:"),
        format!("mandate {reference} signed. Copy and revocation:"),
    );
    text(mail, [body])
}

/// A mandate was revoked.
#[must_use]
pub fn mandate_revoked(mail: &Mail, mandate: &MandateFacts) -> String {
    let reference = &mandate.reference;
    let body = say(
        mail,
        format!("mandat {reference} révoqué. Détail\u{a0}:"),
        format!("mandate {reference} revoked. Details:"),
    );
    text(mail, [body])
}

/// What will be debited when. A reference without room is on the page.
#[must_use]
pub fn debit_notice(mail: &Mail, debit: &DebitFacts) -> String {
    let (sum, on) = (money(mail, debit.amount), day(mail, debit.collect_on));
    let reference = &debit.mandate.reference;
    let what = say(
        mail,
        format!("prélèvement de {sum} le {on}"),
        format!("debit of {sum} on {on}"),
    );
    let (mandate, details) = say(mail, ("mandat", "Détail\u{a0}:"), ("mandate", "Details:"));
    text(
        mail,
        [
            format!("{what}, {mandate} {reference}. {details}"),
            format!("{what}. {details}"),
        ],
    )
}

/// A debit did not go through, or was taken back.
#[must_use]
pub fn debit_ended(mail: &Mail, facts: &EndedFacts) -> String {
    let (sum, on) = (money(mail, facts.amount), day(mail, facts.collect_on));
    let body = match facts.arrived {
        false => say(
            mail,
            format!("prélèvement de {sum} du {on} non abouti. Détail\u{a0}:"),
            format!("debit of {sum} on {on} did not go through. Details:"),
        ),
        true => say(
            mail,
            format!("prélèvement de {sum} du {on} repris par la banque. Détail\u{a0}:"),
            format!("debit of {sum} on {on} taken back by the bank. Details:"),
        ),
    };
    text(mail, [body])
}

/// The payment provider's debit is under way.
#[must_use]
pub fn debit_under_way(mail: &Mail, amount: Money) -> String {
    let sum = money(mail, amount);
    let body = say(
        mail,
        format!("prélèvement de {sum} en cours. Détail\u{a0}:"),
        format!("debit of {sum} under way. Details:"),
    );
    text(mail, [body])
}

/// The payment provider's debit was refused.
#[must_use]
pub fn debit_refused(mail: &Mail, amount: Money) -> String {
    let sum = money(mail, amount);
    let body = say(
        mail,
        format!("prélèvement de {sum} refusé par votre banque. Payer autrement\u{a0}:"),
        format!("debit of {sum} refused by your bank. Pay another way:"),
    );
    text(mail, [body])
}
