//! Mandates that nobody used for 36 months end by themselves.

use domain::SupplierId;
use domain::mandate::{MandateEvent, ends_if_unused_since};

use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note};
use crate::app::App;
use crate::store;

/// Mandates ended in one go; the rest waits for the next tick.
const AT_ONCE: i64 = 500;

/// Ends those whose time has come; gives how many.
pub async fn run(app: &App, supplier: SupplierId) -> Result<usize, FlowError> {
    let now = app.now();
    let due = app
        .store
        .report(supplier, move |conn| {
            let today = store::supplier::find(conn, supplier)?.zone.day(now);
            let since = ends_if_unused_since(today);
            store::mandate::unused_since(conn, supplier, since, AT_ONCE)
        })
        .await?;
    let count = due.len();
    for (mandate, last) in due {
        app.store
            .write(supplier, move |conn| {
                enter(conn, supplier, mandate.debtor)?;
                let found = store::mandate::find(conn, supplier, mandate.id)?;
                let next = found.state.on(MandateEvent::Lapse)?;
                store::mandate::set_state(conn, supplier, found.id, found.state, next)?;
                let since = last.or(mandate.signed_on);
                let deed = Deed {
                    actor: &Actor::job("mandates"),
                    action: "mandate.lapsed",
                    debtor: mandate.debtor,
                    subject: mandate.id.to_string(),
                    detail: since.map_or_else(String::new, |day| format!("unused since {day}")),
                };
                note(conn, supplier, now, deed)
            })
            .await?;
    }
    Ok(count)
}
