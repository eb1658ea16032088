//! The debtor pays by transfer: it is given an account, an exact amount and a reference.

use domain::epc_qr;
use domain::invoice::Share;
use domain::party::{BankAccount, Supplier};
use domain::payment::{Method, Payment, PaymentState};
use domain::rf::RfReference;
use domain::{Id, Moment, Money, PaymentId};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, chosen, enter, note, sum};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::sepa::qr;
use crate::store::{self, Conn};

/// Notes which invoices a transfer will be for and gives it a reference. Nothing is held: a
/// transfer that is announced may never come.
pub async fn announce(
    app: &App,
    visitor: Visitor,
    shares: Vec<Share>,
    key: String,
) -> Result<PaymentId, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            record(conn, &visitor, &shares, &key, now)
        })
        .await
}

fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    shares: &[Share],
    key: &str,
    now: Moment,
) -> Result<PaymentId, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    let supplier = enter(conn, supplier_id, debtor)?;
    if let Some(done) = store::request::outcome(conn, supplier_id, debtor, key)? {
        return done.parse().map_err(|_| FlowError::NothingOpen);
    }
    chosen(conn, (supplier_id, debtor), shares, |invoice| {
        invoice.payable()
    })?;
    let payment = expect(conn, &supplier, visitor, shares, now)?;
    store::request::keep(conn, supplier_id, debtor, key, &payment.to_string(), now)?;
    Ok(payment)
}

/// Expects a transfer for shares that were checked: it gets a reference and holds nothing.
pub(super) fn expect(
    conn: &mut Conn,
    supplier: &Supplier,
    visitor: &Visitor,
    shares: &[Share],
    now: Moment,
) -> Result<PaymentId, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    if supplier.bank.is_none() {
        return Err(FlowError::NotOffered(Method::Transfer));
    }
    let payment = Payment {
        id: new_id(),
        supplier: supplier_id,
        debtor,
        method: Method::Transfer,
        state: PaymentState::Created,
        amount: sum(shares)?,
        provider_ref: None,
        created_at: now,
        expires_at: None,
        effective_on: None,
        shares: shares.to_vec(),
    };
    store::payment::insert(conn, &payment, Some(&reference(payment.id)?))?;
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "transfer.announced",
        debtor,
        subject: payment.id.to_string(),
        detail: payment.amount.to_string(),
    };
    note(conn, supplier_id, now, deed)?;
    Ok(payment.id)
}

/// A reference of twelve characters from the random end of an id; the database keeps it unique.
pub fn reference(id: impl Id) -> Result<RfReference, FlowError> {
    let text = id.to_string().to_ascii_uppercase();
    let tail = text
        .get(text.len().saturating_sub(12)..)
        .unwrap_or_default();
    RfReference::new(tail).map_err(|why| FlowError::Unusable(why.to_string()))
}

/// The transfer as the SVG of a QR code, where one can exist: euros to an account within SEPA.
#[must_use]
pub fn qr_svg(account: &BankAccount, amount: Money, reference: &RfReference) -> Option<String> {
    let text = epc_qr::payload(account, amount, reference).ok()?;
    qr::svg(&text).ok()
}
