//! A direct debit did not go through, or was taken back: why, and what follows.

use domain::collection::EndKind;
use domain::reason_code::Action;
use domain::{Day, Money};

use super::letter::Letter;
use super::words::{day, fitting, money, say};
use super::{Mail, Rendered};
use crate::text::bank_reason;

/// How a debit ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndedFacts {
    /// How much.
    pub amount: Money,
    /// The day it was collected on, or should have been.
    pub collect_on: Day,
    /// Refused, sent back, refunded or given back.
    pub kind: EndKind,
    /// The bank's code.
    pub reason: String,
    /// What follows from it.
    pub action: Action,
    /// Whether a new debit was ordered.
    pub again: bool,
    /// Whether the money had arrived and went back.
    pub arrived: bool,
}

/// Says what the bank did, why as far as it said, and what is open again.
#[must_use]
pub fn debit_ended(mail: &Mail, facts: &EndedFacts) -> Rendered {
    let amount = money(mail, facts.amount);
    let subject = fitting([
        say(
            mail,
            format!("Prélèvement de {amount} non abouti"),
            format!("Debit of {amount} did not go through"),
        ),
        say(mail, "Prélèvement non abouti", "Debit did not go through").to_owned(),
    ]);
    let mut opening = vec![what(mail, facts, &amount)];
    if let Some(why) = bank_reason::reason(&facts.reason) {
        let why = why.of(mail.language);
        opening.push(say(
            mail,
            format!("Motif donné par la banque : {why}."),
            format!("The bank’s reason: {why}."),
        ));
    }
    opening.push(follows(mail, facts).to_owned());
    let action = say(mail, "Voir le compte", "View the account");
    let mut letter = Letter::new(subject, action, opening);
    letter
        .closing
        .extend(advice(mail, facts).map(str::to_owned));
    letter.render(mail)
}

fn what(mail: &Mail, facts: &EndedFacts, amount: &str) -> String {
    let on = day(mail, facts.collect_on);
    if facts.kind == EndKind::Cancellation {
        return say(
            mail,
            format!(
                "Nous avons annulé le prélèvement de {amount} prévu le {on} ; rien n’a été débité."
            ),
            format!("We have cancelled the debit of {amount} planned for {on}; nothing was taken."),
        );
    }
    if facts.kind == EndKind::Reversal {
        return say(
            mail,
            format!("Nous avons annulé le prélèvement de {amount} du {on} et rendu l’argent."),
            format!("We have reversed the debit of {amount} made on {on} and returned the money."),
        );
    }
    if facts.arrived {
        return say(
            mail,
            format!("La banque nous a repris le prélèvement de {amount} du {on}."),
            format!("The bank has reversed the debit of {amount} made on {on}."),
        );
    }
    say(
        mail,
        format!("Le prélèvement de {amount} prévu le {on} n’a pas abouti ; rien n’a été débité."),
        format!("The debit of {amount} planned for {on} did not go through; nothing was taken."),
    )
}

fn follows(mail: &Mail, facts: &EndedFacts) -> &'static str {
    if facts.again {
        return say(
            mail,
            "Un nouveau prélèvement du même montant suivra ; un message séparé vous en donne la \
             date.",
            "A new debit of the same amount will follow; a separate message will tell you the \
             date.",
        );
    }
    match facts.action {
        Action::Correct => say(
            mail,
            "Cela tient sans doute à nos données et non à vous : nous les corrigeons.",
            "The cause is probably in our records and not on your side: we are correcting it.",
        ),
        Action::Dispute => say(
            mail,
            "Nous avons noté un désaccord sur ces factures et ne vous relancerons pas avant \
             d’en avoir parlé avec vous.",
            "We have noted that you disagree with these invoices and will send no reminders before \
             we have talked to you.",
        ),
        _ => say(
            mail,
            "Les montants ci-dessous sont donc de nouveau à régler.",
            "The amounts below are therefore due again.",
        ),
    }
}

fn advice(mail: &Mail, facts: &EndedFacts) -> Option<&'static str> {
    match facts.action {
        Action::AskAccount => Some(say(
            mail,
            "Pour être prélevé sur un autre compte, signez un nouveau mandat par ce lien ; vous \
             pouvez aussi payer par carte ou virement.",
            "To have another account debited, sign a new mandate through this link; you can also \
             pay by card or bank transfer.",
        )),
        Action::Dispute => Some(say(
            mail,
            "Dites-nous par ce lien ce qui ne va pas, ou payez si c’est une erreur.",
            "Tell us through this link what is wrong, or pay if this is a mistake.",
        )),
        Action::Human if !facts.again => Some(say(
            mail,
            "Vous pouvez payer autrement ou demander un délai par ce lien.",
            "You can pay another way or ask for more time through this link.",
        )),
        _ => None,
    }
}
