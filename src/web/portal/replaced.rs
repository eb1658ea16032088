//! The promise that is being changed: what it holds is free for the one that takes its place.

use domain::MoneyError;
use domain::collection::CollectionEvent;
use domain::invoice::Invoice;
use domain::mandate::{Mandate, MandateState};
use domain::payment::Method;
use domain::promise::Promise;

use crate::app::App;
use crate::store::{self, Conn, StoreError};
use crate::web::error::WebError;
use crate::web::form::Fields;
use crate::web::session::Visit;

/// A promise that can still be changed.
pub(super) struct Replaced {
    promise: Promise,
    /// Of one by debit, the mandate it was ordered under, while that can be used.
    pub(super) mandate: Option<Mandate>,
}

impl Replaced {
    /// The one that a form names; none when it names none, or one that cannot be changed any more.
    pub(super) async fn load(
        app: &App,
        visit: &Visit,
        fields: &Fields,
    ) -> Result<Option<Self>, WebError> {
        let Ok(id) = fields.text("replaces").parse() else {
            return Ok(None);
        };
        let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
        let found = app.store.read(supplier, move |conn| {
            let promise = match store::promise::find(conn, supplier, id) {
                Err(StoreError::NotFound) => return Ok(None),
                found => found?,
            };
            if promise.debtor != debtor || !can_change(conn, &promise)? {
                return Ok(None);
            }
            let mandate = mandate(conn, &promise)?;
            Ok(Some(Self { promise, mandate }))
        });
        Ok(found.await?)
    }

    /// Gives the items back what its debit has taken of them: it is called off with it.
    pub(super) fn free(&self, items: &mut [Invoice]) -> Result<(), MoneyError> {
        if self.promise.holds() {
            return Ok(());
        }
        for share in &self.promise.shares {
            for item in items.iter_mut().filter(|item| item.id == share.invoice) {
                item.reserved = item.reserved.checked_sub(share.amount)?.at_least_zero();
            }
        }
        Ok(())
    }
}

/// Whether a promise can be changed: one by debit only until the bank has it.
pub(super) fn can_change(conn: &mut Conn, promise: &Promise) -> Result<bool, StoreError> {
    let (Some(Method::Debit), Some(payment)) = (promise.method, promise.payment) else {
        return Ok(promise.is_open());
    };
    let collection = store::collection::of_payment(conn, promise.supplier, payment)?;
    Ok(promise.is_open() && collection.state.on(CollectionEvent::Cancel).is_ok())
}

fn mandate(conn: &mut Conn, promise: &Promise) -> Result<Option<Mandate>, StoreError> {
    let (Some(Method::Debit), Some(payment)) = (promise.method, promise.payment) else {
        return Ok(None);
    };
    let collection = store::collection::of_payment(conn, promise.supplier, payment)?;
    let mandate = store::mandate::find(conn, promise.supplier, collection.mandate)?;
    Ok(Some(mandate).filter(|one| one.state == MandateState::Active))
}
