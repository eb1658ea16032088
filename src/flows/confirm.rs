//! Before an invoice falls due, the debtor says whether it arrived, is recorded, is right, and when
//! it will be paid. Nothing is owed differently for it: it is told, and kept.

use domain::confirmation::{Answers, Confirmation};
use domain::{ConfirmationId, InvoiceId};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, note};
use crate::app::App;
use crate::clock::new_id;
use crate::store;

/// Keeps the answers; the same form sent twice is kept once.
pub async fn tell(
    app: &App,
    visitor: Visitor,
    invoice: InvoiceId,
    answers: Answers,
    key: String,
) -> Result<ConfirmationId, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let (supplier, debtor) = (visitor.supplier, visitor.debtor);
            store::debtor::hold_many(conn, supplier, &[debtor])?;
            if let Some(done) = store::request::outcome(conn, supplier, debtor, &key)? {
                return done.parse().map_err(|_| FlowError::NothingOpen);
            }
            let item = store::invoice::find(conn, supplier, debtor, invoice)?;
            if answers.is_empty() || !item.open.is_positive() {
                return Err(FlowError::NothingOpen);
            }
            let new = Confirmation {
                id: new_id(),
                supplier,
                debtor,
                invoice,
                at: now,
                answers,
            };
            store::confirmation::insert(conn, &new)?;
            let subject = new.id.to_string();
            store::request::keep(conn, supplier, debtor, &key, &subject, now)?;
            let deed = Deed {
                actor: &Actor::visitor(&visitor),
                action: "invoice.confirmed",
                debtor,
                subject: invoice.to_string(),
                detail: item.number.clone(),
            };
            note(conn, supplier, now, deed)?;
            Ok(new.id)
        })
        .await
}
