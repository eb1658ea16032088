//! A text sent to whoever of the staff asks: a message that belongs to no account and is kept
//! nowhere but in the trail.

use domain::own_text::{Draft, Slot};
use domain::party::Supplier;
use domain::{DebtorId, MessageId};

use super::{TextError, preview};
use crate::app::App;
use crate::clock::new_id;
use crate::flows::deliver::way_out;
use crate::flows::guard::{Actor, note_of};
use crate::gateway::compose::{Letterhead, rfc822};
use crate::gateway::email::Outcome;
use crate::store::Conn;

/// Sends it to this mailbox, marked as a test.
pub async fn send(
    app: &App,
    supplier: &Supplier,
    (slot, draft, debtor): (Slot, Option<Draft>, DebtorId),
    to: &str,
    actor: Actor,
) -> Result<(), TextError> {
    let (owner, today) = (supplier.clone(), supplier.zone.day(app.now()));
    let read = move |conn: &mut Conn| Ok(preview::mail(conn, &owner, slot, (debtor, today)));
    let mut mail = app.store.read(supplier.id, read).await??;
    mail.is_trial = true;
    mail.link = format!("{}/", app.origin);
    let content = preview::written(slot, draft.as_ref(), mail, today)?.mail;
    let outlet = way_out(app, supplier.id).await?;
    let head = Letterhead {
        id: new_id::<MessageId>(),
        follows: None,
        at: app.now(),
        sender_name: &supplier.name,
        sender: &supplier.sender,
        reply_to: &supplier.contact_email,
        to_name: None,
        to,
        provider: None,
    };
    let bytes = rfc822(&head, &content, &outlet.signers);
    let bytes = bytes.map_err(|why| TextError::NotTaken(why.to_string()))?;
    let mailer = outlet.mailer.as_ref().unwrap_or(&app.mailer);
    let ready = mailer.prepare(&supplier.sender, to).await;
    let ready = ready.map_err(|why| TextError::NotTaken(why.to_string()))?;
    match ready.transmit(&bytes).await {
        Outcome::Accepted { .. } => noted(app, supplier, (slot, to), actor).await,
        Outcome::Deferred { text, .. } | Outcome::Refused { text, .. } => {
            Err(TextError::NotTaken(text))
        }
        Outcome::CutOff { why } => Err(TextError::NotTaken(why)),
    }
}

async fn noted(
    app: &App,
    supplier: &Supplier,
    (slot, to): (Slot, &str),
    actor: Actor,
) -> Result<(), TextError> {
    let (owner, now) = (supplier.id, app.now());
    let to = to.to_owned();
    app.store
        .write(owner, move |conn| {
            let what = ("text.tested", slot.to_string(), to.clone());
            note_of(conn, owner, (now, &actor), what)?;
            Ok(())
        })
        .await
}
