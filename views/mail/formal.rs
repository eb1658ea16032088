//! A formal notice to pay: the words themselves, the parties, the invoices, an exact breakdown, a
//! demand and a last day (Code civil 1344; `law.md` §2). Only a supplier that writes for itself
//! sends one, and only after a person has said yes.

use domain::late::ChargeKind;
use domain::{Day, Money};

use super::letter::Letter;
use super::words::{day, fitting, say, sums};
use super::{Mail, Rendered};
use crate::text::labels;

/// What is demanded, besides the invoices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormalFacts {
    /// The day it is written.
    pub on: Day,
    /// The last day to pay.
    pub pay_by: Day,
    /// What lateness costs up to that day, by kind, one amount a currency; empty where nothing is
    /// charged.
    pub charges: Vec<(ChargeKind, Vec<Money>)>,
    /// All of it, one amount a currency.
    pub total: Vec<Money>,
}

/// The notice.
#[must_use]
pub fn formal_notice(mail: &Mail, facts: &FormalFacts) -> Rendered {
    let (total, pay_by) = (sums(mail, &facts.total), day(mail, facts.pay_by));
    let (debtor, supplier) = (&mail.debtor, &mail.brand.name);
    let title = say(mail, "Mise en demeure de payer", "Formal notice to pay");
    let demand = say(
        mail,
        format!(
            "Malgré nos rappels, les factures ci-dessous restent impayées. Par la présente mise en \
             demeure, {supplier} somme {debtor} de payer {total} au plus tard le {pay_by}."
        ),
        format!(
            "Despite our reminders, the invoices below remain unpaid. {supplier} hereby gives \
             {debtor} formal notice to pay {total} by {pay_by} at the latest."
        ),
    );
    let after = say(
        mail,
        "Sans paiement à cette date, nous engagerons le recouvrement par les voies de droit. Les \
         intérêts de retard courent jusqu’au paiement.",
        "If payment is not received by that date, we will pursue recovery by legal means. \
         Late-payment interest runs until payment.",
    );
    let contest = say(
        mail,
        "Si vous contestez une facture, dites-le-nous avant cette date, par le lien ci-dessus.",
        "If you dispute an invoice, please tell us before that date, through the link above.",
    );
    let whole = say(
        mail,
        format!("{title} : {total}"),
        format!("{title}: {total}"),
    );
    let subject = fitting([whole, title.to_owned()]);
    let action = say(mail, "Payer ou répondre", "Pay or reply");
    let mut letter = Letter::new(subject, action, vec![demand]);
    letter.facts = breakdown(mail, facts);
    letter.sum = Some(whole_label(mail));
    letter.closing = vec![after.to_owned(), contest.to_owned()];
    letter.marks_late = true;
    letter.render(mail)
}

/// What all of it is called: the table of the invoices has a total of its own.
pub(super) fn whole_label(mail: &Mail) -> &'static str {
    say(mail, "Total à payer", "Total to pay")
}

fn breakdown(mail: &Mail, facts: &FormalFacts) -> Vec<(&'static str, String)> {
    let party = |name: &str, address: &str| match address {
        "" => name.to_owned(),
        address => format!("{name}, {address}"),
    };
    let creditor = party(&mail.brand.name, &mail.brand.address);
    let mut rows = vec![
        (say(mail, "Date", "Date"), day(mail, facts.on)),
        (say(mail, "Créancier", "Creditor"), creditor),
        (say(mail, "Débiteur", "Debtor"), mail.debtor.clone()),
        (
            say(mail, "Principal", "Principal"),
            sums(mail, &mail.totals),
        ),
    ];
    for (kind, amounts) in &facts.charges {
        let name = labels::charge(*kind).of(mail.language);
        rows.push((name, sums(mail, amounts)));
    }
    rows.push((whole_label(mail), sums(mail, &facts.total)));
    rows.push((
        say(mail, "À payer au plus tard le", "Pay by"),
        day(mail, facts.pay_by),
    ));
    rows
}
