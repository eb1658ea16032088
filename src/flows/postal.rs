//! Where letters to a customer go, and what a supplier's letters begin and end with.

use domain::postal::{PostalAddress, Sender};
use domain::{DebtorId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note, note_of, replan};
use super::notify::somebody;
use crate::app::App;
use crate::store;
use crate::store::postal::Known;

/// Puts an address in the place of the one before; none forgets it.
pub async fn set(
    app: &App,
    (supplier, debtor): (SupplierId, DebtorId),
    new: Option<PostalAddress>,
    actor: Actor,
) -> Result<(), FlowError> {
    if let Some(why) = new.as_ref().and_then(|new| new.check().err()) {
        return Err(FlowError::Unusable(why.to_string()));
    }
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = enter(conn, supplier, debtor)?;
            match &new {
                Some(address) => {
                    let known = Known {
                        address: address.clone(),
                        by_staff: true,
                        at: now,
                    };
                    store::postal::set(conn, supplier, debtor, &known)?;
                    somebody(conn, supplier, debtor)?;
                }
                None => store::postal::forget(conn, supplier, debtor)?,
            }
            // Whoever can be written to may be written to today.
            replan(conn, &owner, debtor, now)?;
            let line = new.as_ref().map(in_a_line);
            let deed = Deed {
                actor: &actor,
                action: "debtor.postal",
                debtor,
                subject: debtor.to_string(),
                detail: line.unwrap_or_default(),
            };
            note(conn, supplier, now, deed)
        })
        .await
}

fn in_a_line(address: &PostalAddress) -> String {
    let lines = address.lines("", "").into_iter().skip(1);
    lines.collect::<Vec<_>>().join(", ")
}

/// Says what a supplier's letters begin and end with.
pub async fn set_sender(
    app: &App,
    supplier: SupplierId,
    new: Sender,
    actor: Actor,
) -> Result<(), FlowError> {
    new.address
        .check()
        .map_err(|why| FlowError::Unusable(why.to_string()))?;
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            store::postal::set_sender(conn, supplier, &new)?;
            let detail = in_a_line(&new.address);
            let told = ("supplier.letterhead", supplier.to_string(), detail);
            note_of(conn, supplier, (now, &actor), told)
        })
        .await
}
