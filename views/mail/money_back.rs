//! Money that went back: a refund, or a payment that the debtor's bank took back.

use domain::Money;
use domain::reversal::Cause;

use super::letter::Letter;
use super::words::{fitting, money, say};
use super::{Mail, Rendered};

/// Says what went back and what follows; the mail's invoices are those due again.
#[must_use]
pub fn money_back(mail: &Mail, amount: Money, cause: Cause) -> Rendered {
    let amount = money(mail, amount);
    let follows = if mail.invoices.is_empty() {
        say(
            mail,
            "Rien ne change sur vos factures.",
            "Your invoices are not affected.",
        )
    } else {
        say(
            mail,
            "Les montants ci-dessous sont donc de nouveau à régler.",
            "The amounts below are therefore due again.",
        )
    };
    let action = say(mail, "Voir le compte", "View the account");
    let opening = vec![opening(mail, &amount, cause), follows.to_owned()];
    let mut letter = Letter::new(subject(mail, &amount, cause), action, opening);
    letter.closing.push(closing(mail, cause).to_owned());
    letter.render(mail)
}

fn opening(mail: &Mail, amount: &str, cause: Cause) -> String {
    match cause {
        Cause::Refund => say(
            mail,
            format!("Nous vous avons remboursé {amount} par le moyen utilisé pour payer."),
            format!("We have refunded {amount} by the method used to pay."),
        ),
        Cause::DebitBack => say(
            mail,
            format!(
                "La banque du compte débité nous a repris {amount} d’un prélèvement fait pour \
                 votre compte\u{a0}: elle n’a pas pu le maintenir, ou il a été contesté auprès \
                 d’elle."
            ),
            format!(
                "The bank of the debited account has reversed {amount} of a direct debit made for \
                 your account: the debit could not be honoured, or it was disputed with that \
                 bank."
            ),
        ),
        Cause::Dispute => say(
            mail,
            format!(
                "À la demande du titulaire de la carte, sa banque nous a repris {amount} d’un \
                 paiement fait pour votre compte."
            ),
            format!(
                "At the cardholder’s request, the card issuer has reversed {amount} of a payment \
                 made for your account."
            ),
        ),
    }
}

fn closing(mail: &Mail, cause: Cause) -> &'static str {
    match cause {
        Cause::Refund => say(
            mail,
            "Le remboursement apparaît en général sous quelques jours sur le relevé.",
            "Refunds usually appear on the statement within a few days.",
        ),
        Cause::Dispute | Cause::DebitBack => say(
            mail,
            "Si c’est une erreur, vous pouvez payer à nouveau par le lien ci-dessus. Si quelque \
             chose ne va pas avec ces factures, dites-le-nous par le même lien.",
            "If this is a mistake, you can pay again through the link above. If something is \
             wrong with these invoices, tell us through the same link.",
        ),
    }
}

/// The amount where it fits.
fn subject(mail: &Mail, amount: &str, cause: Cause) -> String {
    let (with, without) = match cause {
        Cause::Refund => (
            say(
                mail,
                format!("Remboursement de {amount}"),
                format!("Refund of {amount}"),
            ),
            say(mail, "Votre remboursement", "Your refund"),
        ),
        Cause::Dispute => (
            say(
                mail,
                format!("Paiement par carte repris : {amount}"),
                format!("Card payment reversed: {amount}"),
            ),
            say(mail, "Paiement par carte repris", "Card payment reversed"),
        ),
        Cause::DebitBack => (
            say(
                mail,
                format!("Prélèvement repris\u{a0}: {amount}"),
                format!("Direct debit reversed: {amount}"),
            ),
            say(mail, "Prélèvement repris", "Direct debit reversed"),
        ),
    };
    fitting([with, without.to_owned()])
}
