//! A credit note settles a dispute: the invoice's open amount falls now, and the supplier's books
//! show it later (ADR 6: in transit until then, so that it is never subtracted twice).

use domain::dispute::{CreditNote, Dispute};
use domain::invoice::{ItemKind, Share};
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::{Day, InvoiceId, Moment, Money};

use super::super::error::FlowError;
use crate::clock::new_id;
use crate::store::asserted::KnownItem;
use crate::store::{self, Conn};

/// Books the credit note against the disputed invoice. A credit note that the books named already
/// gives up as much of what is open of it.
pub(super) fn book(
    conn: &mut Conn,
    dispute: &Dispute,
    note: &CreditNote,
    (today, now): (Day, Moment),
) -> Result<(), FlowError> {
    let (supplier, debtor) = (dispute.supplier, dispute.debtor);
    let invoice = store::invoice::find(conn, supplier, debtor, dispute.invoice)?;
    let most = dispute.amount.least(invoice.open)?;
    if !note.amount.is_positive() || most.checked_sub(note.amount)?.is_negative() {
        return Err(FlowError::TooMuch {
            invoice: invoice.id,
            left: most,
        });
    }
    let known = known(conn, dispute, note)?;
    let against = match &known {
        Some(item) => {
            spend(conn, dispute, item, note.amount)?;
            (Account::Receivable, Some(item.id))
        }
        None => (Account::CreditNote, None),
    };
    let line = |(account, invoice): (Account, Option<InvoiceId>), amount: Money| Line {
        account,
        invoice,
        debtor: Some(debtor),
        amount,
    };
    let off = note.amount.checked_neg()?;
    let entry = Entry {
        supplier,
        kind: TxKind::Credit,
        source: dispute.id.to_string(),
        effective_on: today,
        lines: vec![
            line((Account::Receivable, Some(invoice.id)), off),
            line(against, note.amount),
        ],
    };
    store::ledger::post(conn, new_id(), &entry, now)?;
    let share = Share {
        invoice: invoice.id,
        amount: note.amount,
    };
    Ok(store::invoice::apply(conn, supplier, &share)?)
}

/// The credit note, if the books named it already: of several, one that still has the amount.
fn known(
    conn: &mut Conn,
    dispute: &Dispute,
    note: &CreditNote,
) -> Result<Option<KnownItem>, FlowError> {
    let wanted = [(dispute.debtor, note.number.as_str())];
    let found = store::asserted::of_numbers(conn, dispute.supplier, &wanted)?;
    let currency = note.amount.currency();
    let mut notes: Vec<KnownItem> = found
        .into_iter()
        .filter(|item| item.kind == ItemKind::CreditNote && item.books.open.currency() == currency)
        .collect();
    notes.sort_by_key(|item| item.books.open.minor() < note.amount.minor());
    Ok(notes.into_iter().next())
}

/// Takes the amount off the credit note, if as much is open of it and no payment under way deducts
/// it.
fn spend(
    conn: &mut Conn,
    dispute: &Dispute,
    item: &KnownItem,
    amount: Money,
) -> Result<(), FlowError> {
    let note = store::invoice::find(conn, dispute.supplier, dispute.debtor, item.id)?;
    let left = note.creditable()?;
    if left.checked_sub(amount)?.is_negative() {
        return Err(FlowError::CreditSpent(left));
    }
    let share = Share {
        invoice: item.id,
        amount,
    };
    Ok(store::invoice::apply(conn, dispute.supplier, &share)?)
}
