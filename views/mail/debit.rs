//! Direct debit: the signed mandate, and the announcement of each debit.

use domain::bank::{CreditorId, MandateRef};
use domain::mandate::Scheme;
use domain::{Day, Money};

use super::letter::Letter;
use super::words::{day, day_short, fitting, money, say};
use super::{Mail, Rendered};

/// A mandate as a message may name it: never more than the last four characters of the IBAN.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MandateFacts {
    /// The unique mandate reference (RUM).
    pub reference: MandateRef,
    /// The creditor identifier (ICS).
    pub creditor_id: CreditorId,
    /// Core or B2B.
    pub scheme: Scheme,
    /// The last four characters of the debited account's IBAN.
    pub iban_last_four: String,
}

/// What will be debited when, under which mandate: the pre-notification of the SEPA rulebooks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DebitFacts {
    /// How much.
    pub amount: Money,
    /// The day it is collected.
    pub collect_on: Day,
    /// Under which mandate.
    pub mandate: MandateFacts,
}

fn rows(mail: &Mail, mandate: &MandateFacts) -> Vec<(&'static str, String)> {
    let reference = say(mail, "Référence du mandat (RUM)", "Mandate reference");
    let creditor = say(mail, "Identifiant créancier (ICS)", "Creditor identifier");
    let account = say(mail, "Compte débité", "Account debited");
    let ending = say(mail, "se terminant par", "ending in");
    vec![
        (reference, mandate.reference.to_string()),
        (creditor, mandate.creditor_id.to_string()),
        (account, format!("{ending} {}", mandate.iban_last_four)),
    ]
}

/// A mandate was signed: what it is called, how to undo it.
#[must_use]
pub fn mandate_signed(mail: &Mail, mandate: &MandateFacts) -> Rendered {
    let name = &mail.brand.name;
    let signed = say(
        mail,
        format!("Un mandat de prélèvement SEPA a été signé en faveur de {name}."),
        format!("A SEPA direct debit mandate has been signed in favour of {name}."),
    );
    let undo = say(
        mail,
        "Vous pouvez le révoquer à tout moment. Si vous n’êtes pas à l’origine de cette \
         signature, prévenez-nous sans attendre.",
        "You can revoke it at any time. If it was not you who signed it, please tell us at once.",
    );
    let reference = &mandate.reference;
    let subject = fitting([
        say(
            mail,
            format!("Votre mandat de prélèvement {reference}"),
            format!("Your direct debit mandate {reference}"),
        ),
        say(
            mail,
            format!("Votre mandat {reference}"),
            format!("Your mandate {reference}"),
        ),
    ]);
    let action = say(
        mail,
        "Voir ou révoquer le mandat",
        "View or revoke the mandate",
    );
    let mut letter = Letter::new(subject, action, vec![signed]);
    letter.facts = rows(mail, mandate);
    letter.closing.extend(to_the_bank(mail, mandate.scheme));
    letter.closing.push(undo.to_owned());
    letter.render(mail)
}

/// Under the B2B scheme the debtor's bank refuses what it was not told of (EPC222-07).
fn to_the_bank(mail: &Mail, scheme: Scheme) -> Option<String> {
    (scheme == Scheme::B2b).then(|| {
        say(
            mail,
            "Ce mandat interentreprises est à déposer à votre banque avant le premier prélèvement.",
            "This business-to-business mandate must be registered with your bank before the first \
             debit.",
        )
        .to_owned()
    })
}

/// A mandate that was revoked, and what follows for the debits under it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RevokedFacts {
    /// The mandate.
    pub mandate: MandateFacts,
    /// Debits that the bank has already.
    pub at_bank: Vec<(Day, Money)>,
    /// What was to be debited and is to be paid otherwise: now, or on the promised day.
    pub instead: Vec<(Option<Day>, Money)>,
}

/// A mandate was revoked: what is not debited any more, and what to do about it.
#[must_use]
pub fn mandate_revoked(mail: &Mail, facts: &RevokedFacts) -> Rendered {
    let name = &mail.brand.name;
    let mut opening = vec![say(
        mail,
        format!(
            "Votre mandat de prélèvement en faveur de {name} est révoqué. Plus aucun prélèvement \
             ne sera ordonné."
        ),
        format!(
            "Your direct debit mandate in favour of {name} has been revoked. No further debits \
             will be made under it."
        ),
    )];
    if !facts.instead.is_empty() {
        let instead = say(
            mail,
            "Les prélèvements prévus sont annulés. Merci de régler les sommes correspondantes par \
             carte ou par virement.",
            "The planned debits are cancelled. Please pay the amounts concerned by card or bank \
             transfer.",
        );
        opening.push(instead.to_owned());
    }
    let action = if facts.instead.is_empty() {
        say(mail, "Voir le compte", "View the account")
    } else {
        say(mail, "Régler autrement", "Pay another way")
    };
    let reference = &facts.mandate.reference;
    let subject = fitting([
        say(
            mail,
            format!("Mandat de prélèvement {reference} révoqué"),
            format!("Direct debit mandate {reference} revoked"),
        ),
        say(
            mail,
            "Votre mandat de prélèvement est révoqué".to_owned(),
            "Your direct debit mandate is revoked".to_owned(),
        ),
    ]);
    let mut letter = Letter::new(subject, action, opening);
    letter.facts = rows(mail, &facts.mandate);
    letter.facts.extend(instead_rows(mail, facts));
    letter.closing.extend(at_bank(mail, facts));
    letter.closing.push(
        say(
            mail,
            "Si vous n’êtes pas à l’origine de cette révocation, prévenez-nous sans attendre.",
            "If it was not you who revoked it, please tell us at once.",
        )
        .to_owned(),
    );
    letter.render(mail)
}

fn instead_rows(mail: &Mail, facts: &RevokedFacts) -> Vec<(&'static str, String)> {
    let row = |(on, amount): &(Option<Day>, Money)| {
        let amount = money(mail, *amount);
        match on {
            None => (say(mail, "À régler maintenant", "To pay now"), amount),
            Some(on) => {
                let on = day(mail, *on);
                let words = say(
                    mail,
                    format!("{amount} le {on}"),
                    format!("{amount} on {on}"),
                );
                (say(mail, "Attendu", "Expected"), words)
            }
        }
    };
    facts.instead.iter().map(row).collect()
}

/// What cannot be stopped here any more.
fn at_bank(mail: &Mail, facts: &RevokedFacts) -> Vec<String> {
    let sentence = |(on, amount): &(Day, Money)| {
        let (amount, on) = (money(mail, *amount), day(mail, *on));
        say(
            mail,
            format!(
                "Le prélèvement de {amount} du {on} est déjà à la banque : nous ne pouvons plus \
                 l’annuler, la vôtre peut encore le refuser à votre demande."
            ),
            format!(
                "The debit of {amount} on {on} is already with the bank: we can no longer cancel \
                 it, but your own bank can refuse it if you ask."
            ),
        )
    };
    facts.at_bank.iter().map(sentence).collect()
}

/// A debit is announced, with all that the rulebooks want named.
#[must_use]
pub fn debit_notice(mail: &Mail, facts: &DebitFacts) -> Rendered {
    let (amount, on) = (money(mail, facts.amount), day(mail, facts.collect_on));
    let opening = say(
        mail,
        format!("Comme convenu, {amount} seront prélevés sur votre compte le {on}."),
        format!("As agreed, {amount} will be debited from your account on {on}."),
    );
    let short = day_short(mail, facts.collect_on);
    let subject = say(
        mail,
        format!("Prélèvement de {amount} le {short}"),
        format!("Debit of {amount} on {short}"),
    );
    let action = say(mail, "Voir le prélèvement", "View the debit");
    let mut letter = Letter::new(subject, action, vec![opening]);
    letter.facts = vec![
        (say(mail, "Montant", "Amount"), amount),
        (say(mail, "Date", "Date"), on),
    ];
    letter.facts.extend(rows(mail, &facts.mandate));
    letter.render(mail)
}
