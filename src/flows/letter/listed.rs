//! The invoices a message lists, and how much of each.

use std::collections::BTreeMap;

use domain::invoice::{Invoice, Share};
use domain::message::MessageKind;
use domain::{Day, Money};
use views::mail::MailInvoice;

use super::{Fact, Material};
use crate::flows::error::FlowError;

/// How much of each invoice a message is about, when that is not all of it.
fn parts(fact: &Fact) -> &[Share] {
    match fact {
        Fact::Thanks(_, shares)
        | Fact::Promise(_, _, shares)
        | Fact::Soon(_, shares)
        | Fact::ProviderDebit(_, shares) => shares,
        _ => &[],
    }
}

/// The invoices a message lists: a reminder asks for what is neither paid, disputed nor promised.
pub(super) fn listed(
    kind: MessageKind,
    material: &Material,
    today: Day,
) -> Result<Vec<MailInvoice>, FlowError> {
    let parts = parts(&material.fact);
    let mut listed = Vec::with_capacity(material.invoices.len());
    for invoice in &material.invoices {
        let part = parts.iter().find(|part| part.invoice == invoice.id);
        let amount = if let Some(part) = part {
            part.amount
        } else if kind.is_reminder() {
            invoice.remindable()?
        } else if kind == MessageKind::Thanks {
            invoice.total
        } else {
            invoice.open
        };
        if amount.is_positive() {
            let late = invoice.is_late(today);
            let number = invoice.number.clone();
            listed.push(MailInvoice {
                number,
                due_on: invoice.due_on,
                amount,
                late,
            });
        }
    }
    Ok(listed)
}

/// The invoices that a step asks for, each with how much of it.
pub(super) fn asked(material: &Material) -> Result<Vec<(&Invoice, Money)>, FlowError> {
    let mut asked = Vec::with_capacity(material.invoices.len());
    for invoice in &material.invoices {
        asked.push((invoice, invoice.remindable()?));
    }
    asked.retain(|(_, amount)| amount.is_positive());
    Ok(asked)
}

/// What a reminder leaves out of these invoices, one a currency: a problem was reported with it, a
/// day was promised for it, or it is being paid.
pub(super) fn apart(kind: MessageKind, material: &Material) -> Result<Vec<Money>, FlowError> {
    let mut apart = Vec::new();
    if kind.is_reminder() {
        for invoice in &material.invoices {
            apart.push(invoice.open.checked_sub(invoice.remindable()?)?);
        }
    }
    apart.retain(|amount| amount.is_positive());
    summed(apart)
}

/// Their sums, one a currency.
pub(super) fn totals(invoices: &[MailInvoice]) -> Result<Vec<Money>, FlowError> {
    summed(invoices.iter().map(|invoice| invoice.amount))
}

/// Sums, one a currency.
pub(in crate::flows) fn summed(
    amounts: impl IntoIterator<Item = Money>,
) -> Result<Vec<Money>, FlowError> {
    let mut sums: BTreeMap<_, Money> = BTreeMap::new();
    for amount in amounts {
        let currency = amount.currency();
        let sum = sums.entry(currency).or_insert(Money::zero(currency));
        *sum = sum.checked_add(amount)?;
    }
    Ok(sums.into_values().collect())
}
