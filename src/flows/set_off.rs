//! Credit notes settle all that was chosen: no money moves, and the account is lower at once.
//!
//! It is recorded as a payment by credit, so that it has a receipt, a thank-you and one place in
//! the ledger like any other. Only the staff can undo it.

use domain::designation::Designation;
use domain::ledger::Account;
use domain::payment::{Method, Payment, PaymentState};
use domain::{DebtorId, Money, PaymentId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Visitor, checked, enter};
use super::settle::{Receipt, settle};
use super::take_back::{TakeBack, take_back};
use crate::app::App;
use crate::clock::new_id;
use crate::store::{self, Conn, StoreError};

/// Characters of a reason.
pub const REASON_MAX: usize = 500;

/// Sets the chosen invoices off against the chosen credit notes, of which no more is used than the
/// invoices take. Sent twice, done once.
pub async fn book(
    app: &App,
    visitor: Visitor,
    what: Designation,
    key: String,
) -> Result<PaymentId, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let (supplier, debtor) = (visitor.supplier, visitor.debtor);
            let owner = enter(conn, supplier, debtor)?;
            if let Some(done) = store::request::outcome(conn, supplier, debtor, &key)? {
                return done.parse().map_err(|_| FlowError::NothingOpen);
            }
            let today = owner.zone.day(now);
            let (amount, what) = what.clone().balanced()?;
            checked(conn, (supplier, debtor), (&what, today))?;
            let payment = Payment {
                id: new_id(),
                supplier,
                debtor,
                method: Method::Credit,
                state: PaymentState::Created,
                amount,
                provider_ref: None,
                created_at: now,
                expires_at: None,
                effective_on: None,
                shares: what.shares,
                credits: what.credits,
                charges: what.charges,
            };
            store::payment::insert(conn, &payment, None)?;
            let id = payment.id.to_string();
            store::request::keep(conn, supplier, debtor, &key, &id, now)?;
            let receipt = Receipt {
                payment: payment.id,
                amount: Money::zero(amount.currency()),
                on: today,
                account: Account::CreditNote,
                actor: Actor::visitor(&visitor),
            };
            settle(conn, supplier, &receipt, now)?;
            Ok(payment.id)
        })
        .await
}

/// What was set off, if the payment is of that kind.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: PaymentId) -> Result<Payment, StoreError> {
    let payment = store::payment::find(conn, supplier, id)?;
    match payment.method {
        Method::Credit => Ok(payment),
        Method::Card | Method::ProviderDebit | Method::Debit | Method::Transfer => {
            Err(StoreError::NotFound)
        }
    }
}

/// Undoes it, for a reason: the invoices are due again, and the credit notes can be used again.
/// Told again, nothing happens and `false` is returned.
pub async fn undo(
    app: &App,
    supplier: SupplierId,
    (debtor, payment): (DebtorId, PaymentId),
    (reason, actor): (String, Actor),
) -> Result<bool, FlowError> {
    if reason.is_empty() {
        return Err(FlowError::WordsMissing);
    }
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = enter(conn, supplier, debtor)?;
            if find(conn, supplier, payment)?.debtor != debtor {
                return Err(StoreError::NotFound.into());
            }
            let what = TakeBack {
                payment,
                on: owner.zone.day(now),
                reason: reason.clone(),
                actor: actor.clone(),
            };
            take_back(conn, supplier, &what, now)
        })
        .await
}
