//! A text sent to a number that whoever of the staff asks names: marked as a test, of no account,
//! counted and paid like any other.

use domain::own_text::{Draft, Slot};
use domain::party::Supplier;
use domain::phone::Phone;
use domain::sms::measure;
use domain::{DebtorId, MessageId, SupplierId};
use views::sms;

use super::{TextError, preview};
use crate::app::App;
use crate::flows::deliver::reached;
use crate::flows::error::FlowError;
use crate::flows::guard::{Actor, note_of};
use crate::flows::sms_settings::{self, Way};
use crate::gateway::link::TOKEN_CHARS;
use crate::gateway::sms::{Order, Outcome, Taken};
use crate::store::text_sent::{NewText, Told};
use crate::store::{self, Conn};

/// Sends it, once, however often it is posted: its id was made by the form.
pub async fn send(
    app: &App,
    supplier: &Supplier,
    (slot, draft, debtor): (Slot, Option<Draft>, DebtorId),
    (id, number): (MessageId, &str),
    actor: Actor,
) -> Result<(), TextError> {
    let to: Option<Phone> = number.parse().ok();
    let to = to.filter(Phone::is_mobile).ok_or(TextError::NoMobile)?;
    let settings = sms_settings::load(app, supplier.id).await?;
    let way = sms_settings::way(settings).map_err(TextError::NotTaken)?;
    let order = Order {
        id,
        to,
        sender: way.sender.clone(),
        text: composed(app, supplier, &way, (slot, draft, debtor)).await?,
        at: app.now(),
        receipts: None,
    };
    if !count(app, supplier, (&way, &order), &actor).await? {
        return Ok(());
    }
    let whose = (supplier.id, id);
    let told = ("text.tested", slot.to_string(), order.to.to_string());
    match way.texter.send(&order).await {
        Outcome::Accepted(taken) => Ok(noted(app, whose, (Some(taken), told), actor).await?),
        Outcome::CutOff(why) => {
            noted(app, whose, (None, told), actor).await?;
            Err(TextError::Unknown(why))
        }
        Outcome::Deferred(why) | Outcome::Refused(_, why) => {
            let back = move |conn: &mut Conn| Ok(store::text_trial::remove(conn, whose)?);
            let written: Result<(), FlowError> = app.store.write(supplier.id, back).await;
            written?;
            Err(TextError::NotTaken(why))
        }
    }
}

/// The text as it would leave, its mark before it. Its link is as long as one that leads somewhere.
async fn composed(
    app: &App,
    supplier: &Supplier,
    way: &Way,
    (slot, draft, debtor): (Slot, Option<Draft>, DebtorId),
) -> Result<String, TextError> {
    let (owner, today) = (supplier.clone(), supplier.zone.day(app.now()));
    let read = move |conn: &mut Conn| Ok(preview::mail(conn, &owner, slot, (debtor, today)));
    let mut mail = app.store.read(supplier.id, read).await??;
    let origin = way.settings.link_origin(&app.origin);
    mail.link = format!("{origin}/l/{}", "0".repeat(TOKEN_CHARS));
    let text = preview::written(slot, draft.as_ref(), mail, today)?.text;
    let text = text.ok_or(FlowError::NothingOpen)?;
    Ok(sms::marked_as_trial(slot.language, &text))
}

/// Counts it against the supplier's caps before it is given; `false` when that was done before.
async fn count(
    app: &App,
    supplier: &Supplier,
    (way, order): (&Way, &Order),
    actor: &Actor,
) -> Result<bool, TextError> {
    let segments = u16::try_from(measure(&order.text).segments).unwrap_or(u16::MAX);
    let (owner, zone, now) = (supplier.id, supplier.zone, order.at);
    let (id, number, by) = (order.id, order.to.clone(), actor.clone());
    let (settings, provider) = (way.settings.clone(), way.account.provider());
    let write = move |conn: &mut Conn| {
        store::texter::hold(conn, owner)?;
        let new = NewText {
            provider,
            segments,
            price: settings.price().map(|price| price.times(segments)),
            at: now,
        };
        let cap = reached(conn, (owner, zone), (&settings, new.price), now)?;
        if !store::text_trial::insert(conn, (owner, id), (&new, by.words()))? {
            return Ok(false);
        }
        if store::bounce::suppressed(conn, owner, number.as_str())?.is_some() {
            return Err(TextError::Silenced);
        }
        match cap {
            Some(cap) => Err(TextError::Capped(cap)),
            None => Ok(true),
        }
    };
    app.store.write(owner, write).await
}

/// Keeps what the provider said, and writes it in the trail.
async fn noted(
    app: &App,
    (supplier, id): (SupplierId, MessageId),
    (taken, told): (Option<Taken>, (&'static str, String, String)),
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    let write = move |conn: &mut Conn| {
        if let Some(taken) = &taken {
            let told = Told {
                reference: Some(taken.reference.clone()),
                segments: taken.segments,
                price: taken.price,
            };
            store::text_trial::taken(conn, (supplier, id), &told)?;
        }
        note_of(conn, supplier, (now, &actor), told.clone())
    };
    app.store.write(supplier, write).await
}
