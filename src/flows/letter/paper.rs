//! A message as a letter on paper: the same account, in the words of a letter.

use domain::Day;
use domain::letter;
use domain::message::Message;
use domain::postal::Sender;
use views::mail;

use super::{Fact, Material, listed, page};
use crate::documents::{Letter, Letterhead, Line};
use crate::flows::error::FlowError;
use crate::payments::sepa::qr;
use crate::store::postal::Known;

/// What only a letter needs.
#[derive(Clone, Debug)]
pub(in crate::flows) struct Envelope {
    pub(in crate::flows) to: Known,
    pub(in crate::flows) sender: Sender,
}

/// The letter, with the account as it was read.
pub(in crate::flows) fn on_paper(
    message: &Message,
    material: &Material,
    envelope: &Envelope,
    (link, today): (String, Day),
) -> Result<Letter, FlowError> {
    let mail = page(message.kind, material, link.clone(), today)?;
    let formal = match &material.fact {
        Fact::Formal(facts) => Some(facts),
        _ => None,
    };
    let asked = listed::asked(material)?;
    let lines = asked.iter().map(|(item, amount)| Line {
        number: item.number.clone(),
        issued_on: item.issued_on,
        due_on: item.due_on,
        amount: *amount,
    });
    let home = &envelope.sender.address.country;
    let code = qr::modules(&link).map_err(|why| FlowError::Unusable(why.to_string()))?;
    Ok(Letter {
        words: mail::paper(message.kind, &mail, formal),
        to: envelope.to.address.lines(&material.debtor.name, home),
        sender: envelope.sender.clone(),
        reference: letter::reference(message.id),
        lines: lines.collect(),
        link: (link, code),
        head: Letterhead {
            language: mail.language,
            brand: mail.brand,
            debtor: material.debtor.name.clone(),
            code: material.debtor.code.clone(),
            on: today,
        },
    })
}
