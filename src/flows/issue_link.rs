//! Staff gives a debtor a link by other means than a message: read out or copied during a call.

use domain::party::Scope;
use domain::{ContactId, DebtorId, LinkId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, Deed, note};
use crate::app::App;
use crate::clock::new_id;
use crate::gateway::link::LinkToken;
use crate::store;
use crate::store::link::Link;
use crate::vault;

/// Days such a link opens: it is meant for now.
const DAYS: i64 = 7;

/// Makes a link for a contact and notes who asked for it.
pub async fn run(
    app: &App,
    supplier: SupplierId,
    debtor: DebtorId,
    contact: ContactId,
    actor: Actor,
) -> Result<LinkToken, FlowError> {
    let token = app.links.mint(vault::random()?);
    let (now, hash) = (app.now(), token.hash());
    let link = Link {
        id: new_id::<LinkId>(),
        supplier,
        debtor,
        contact,
        message: None,
        created_at: now,
        expires_at: now.plus_days(DAYS),
        revoked: false,
        scope: Scope::Act,
        forward: None,
    };
    let written: Result<(), FlowError> = app
        .store
        .write(supplier, move |conn| {
            store::link::insert(conn, &hash, &link)?;
            let deed = Deed {
                actor: &actor,
                action: "link.issued",
                debtor,
                subject: link.id.to_string(),
                detail: String::new(),
            };
            note(conn, supplier, now, deed)
        })
        .await;
    written?;
    Ok(token)
}
