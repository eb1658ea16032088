//! What lateness of an invoice costs now, and giving it up.

use domain::invoice::Invoice;
use domain::late::{Added, Charge, ChargeKind, Charges, RATE_MAX, Rate, Terms, charges};
use domain::{Day, InvoiceId, Money, MoneyError, PaymentId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note};
use crate::app::App;
use crate::store::late::Waiver;
use crate::store::{self, Conn, StoreError};

/// Characters of a reason.
pub const REASON_MAX: usize = 500;

/// What is still to pay for an invoice's lateness: nothing where the supplier charges nothing or
/// gave it up, and nothing of what was paid or is under way in other payments than this one.
pub fn due(
    conn: &mut Conn,
    (item, terms): (&Invoice, &Terms),
    today: Day,
    except: Option<PaymentId>,
) -> Result<Charges, StoreError> {
    let none = Money::zero(item.currency());
    let nothing = Charges {
        interest: none,
        indemnity: none,
    };
    let (supplier, id) = (item.supplier, item.id);
    if !terms.charges() || !item.is_late(today) {
        return Ok(nothing);
    }
    if store::late::waiver(conn, supplier, id)?.is_some() {
        return Ok(nothing);
    }
    let paid = store::late::paid(conn, supplier, id, none)?;
    let held = store::late::held(conn, supplier, id, (none, except))?;
    let cost = charges(item, &paid.invoice, terms, today);
    let left = cost.and_then(|cost| {
        let left = |kind| {
            let unpaid = cost.of(kind).checked_sub(paid.charges.of(kind))?;
            Ok::<_, MoneyError>(unpaid.checked_sub(held.of(kind))?.at_least_zero())
        };
        Ok(Charges {
            interest: left(ChargeKind::Interest)?,
            indemnity: left(ChargeKind::Indemnity)?,
        })
    });
    left.map_err(|why| StoreError::Failed(why.to_string()))
}

/// The same of several invoices of a supplier, as lines that are not nothing.
pub fn lines(
    conn: &mut Conn,
    supplier: SupplierId,
    items: &[Invoice],
    (today, except): (Day, Option<PaymentId>),
) -> Result<Vec<Charge>, StoreError> {
    let terms = store::late::terms(conn, supplier)?;
    let mut found = Vec::new();
    for item in items {
        let due = due(conn, (item, &terms), today, except)?;
        let lines = ChargeKind::ALL.iter().map(|kind| Charge {
            invoice: item.id,
            kind: *kind,
            amount: due.of(*kind),
        });
        found.extend(lines.filter(|line| line.amount.is_positive()));
    }
    Ok(found)
}

/// Sets what a supplier charges for lateness.
pub async fn set_terms(app: &App, supplier: SupplierId, terms: Terms) -> Result<(), FlowError> {
    if terms.contract.is_some_and(|rate| rate.0 > RATE_MAX.0) {
        return Err(FlowError::Unusable("a rate is 30 % at most".to_owned()));
    }
    app.store
        .write(supplier, move |conn| {
            Ok(store::late::set_terms(conn, supplier, &terms)?)
        })
        .await
}

/// Gives up charging for an invoice's lateness, for a reason and for good; told again, nothing
/// happens and `false` is returned.
pub async fn waive(
    app: &App,
    supplier: SupplierId,
    (debtor, invoice): (domain::DebtorId, InvoiceId),
    (reason, actor): (String, Actor),
) -> Result<bool, FlowError> {
    if reason.is_empty() {
        return Err(FlowError::WordsMissing);
    }
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            enter(conn, supplier, debtor)?;
            let item = store::invoice::find(conn, supplier, debtor, invoice)?;
            if store::late::waiver(conn, supplier, item.id)?.is_some() {
                return Ok(false);
            }
            let waiver = Waiver {
                invoice: item.id,
                reason: reason.clone(),
                by: actor.words().to_owned(),
                at: now,
            };
            store::late::waive(conn, supplier, &waiver)?;
            let deed = Deed {
                actor: &actor,
                action: "late.waived",
                debtor,
                subject: item.id.to_string(),
                detail: reason.clone(),
            };
            note(conn, supplier, now, deed)?;
            Ok(true)
        })
        .await
}

/// Adds the base rate of a half-year that this release does not know; gives all that were added.
pub async fn add_base(
    app: &App,
    supplier: SupplierId,
    half: (i32, u8),
    rate: Rate,
) -> Result<Added, FlowError> {
    app.store
        .write(supplier, move |conn| {
            let added = store::late::terms(conn, supplier)?.added;
            let added = added.with(half, rate);
            let added = added.map_err(|why| FlowError::Unusable(why.to_string()))?;
            store::late::set_added(conn, supplier, &added)?;
            Ok(added)
        })
        .await
}
