//! By text message: composed, counted against the supplier's caps and marked in one transaction,
//! and only then offered to the provider, once.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::bounce::Verdict;
use domain::message::{ATTEMPTS_MAX, Message, MessageEvent, MessageState};
use domain::scenario::Channel;
use domain::sms::{Cap, Price, Spent, measure};
use domain::{Day, Moment, SupplierId, Zone};

use super::ends::{defer, end, end_or_wait, record, refuse, report};
use super::leaving::Leaving;
use super::refused;
use crate::app::App;
use crate::flows::error::FlowError;
use crate::flows::guard::{Actor, Deed, note};
use crate::flows::letter::{self, Material};
use crate::flows::reach;
use crate::flows::sms_settings::{SmsSettings, Way, parse, way};
use crate::gateway::read_mail::Told;
use crate::gateway::sms::{Order, Outcome, Taken};
use crate::store::outbox::Copy;
use crate::store::text_sent::NewText;
use crate::store::{self, Conn, StoreError};
use crate::vault;

/// The ways out for the texts among some messages; those that do not open say why.
pub(super) type Open = BTreeMap<SupplierId, Result<Arc<Way>, String>>;

/// Opens what these messages need. A client takes some milliseconds to make, once a round.
pub(super) async fn open(app: &App, messages: &[Message]) -> Result<Open, FlowError> {
    let mut all = Open::new();
    let texts = messages.iter().filter(|one| one.channel == Channel::Sms);
    for supplier in texts.map(|message| message.supplier) {
        if all.contains_key(&supplier) {
            continue;
        }
        let find = move |conn: &mut Conn| store::texter::find(conn, supplier);
        let json = app.store.report(supplier, find).await?;
        let opened = parse(json.as_deref()).map_err(|why| why.to_string());
        all.insert(supplier, opened.and_then(way).map(Arc::new));
    }
    Ok(all)
}

/// Whether the contact has no number for texts, or one that takes none.
pub(super) fn number_is_dead(conn: &mut Conn, material: &Material) -> Result<bool, StoreError> {
    let Some(number) = reach::mobile(&material.contact) else {
        return Ok(true);
    };
    let found = store::bounce::suppressed(conn, material.supplier.id, number.as_str())?;
    Ok(found.is_some())
}

/// Sends what is wanted to whom it is for.
pub(super) async fn send(
    app: &App,
    ways: &Open,
    (message, material): (Message, &Material),
) -> Result<MessageState, FlowError> {
    let way = match ways.get(&message.supplier) {
        Some(Ok(way)) => Arc::clone(way),
        Some(Err(why)) => return defer(app, &message, why).await,
        None => return defer(app, &message, "no way out").await,
    };
    let Some(to) = reach::mobile(&material.contact) else {
        return refuse(app, &message, "the contact has no mobile number").await;
    };
    let token = app.links.mint(vault::random()?);
    let origin = way.settings.link_origin(&app.origin);
    let link = format!("{origin}/l/{token}");
    let today = material.supplier.zone.day(app.now());
    let text = match letter::short(&message, material, link.clone(), today) {
        Ok(Some(text)) => text,
        Ok(None) => return refuse(app, &message, "this is not told by text message").await,
        Err(why) => return refuse(app, &message, &why.to_string()).await,
    };
    let order = Order {
        id: message.id,
        to,
        sender: way.sender.clone(),
        at: app.now(),
        receipts: way
            .settings
            .hook_of(&app.origin, (message.supplier, message.id)),
        text,
    };
    let copy = Copy {
        recipient: order.to.to_string(),
        // Lists show it to those who may not open the account.
        subject: order.text.replace(&link, &format!("{origin}/l/…")),
        bytes: order.text.clone().into_bytes(),
    };
    let leaving = Leaving::new(&message, material, &token, app.now());
    let marked = mark(app, (&message, material, &way), (leaving, copy)).await;
    match marked {
        Ok(None) => {
            let outcome = way.texter.send(&order).await;
            finish(app, (message, order.to.as_str()), outcome).await
        }
        Ok(Some((cap, until))) => {
            let words = match cap {
                Cap::Day => "waits: the texts of a day are used up",
                Cap::Month => "waits: the money of a month is used up",
            };
            let waits = (MessageEvent::LeaseEnded, words);
            end_or_wait(app, &message, waits, Some(until)).await
        }
        // The account changed since it was read: look again.
        Err(FlowError::Store(StoreError::Conflict)) => {
            let why = "the account changed";
            end(app, &message, MessageEvent::LeaseEnded, why).await
        }
        Err(why) => Err(why),
    }
}

/// Marks a text as leaving and counts it, unless a cap says that it waits, and until when.
async fn mark(
    app: &App,
    (message, material, way): (&Message, &Material, &Way),
    (leaving, copy): (Leaving, Copy),
) -> Result<Option<(Cap, Moment)>, FlowError> {
    let text = String::from_utf8_lossy(&copy.bytes);
    let segments = u16::try_from(measure(&text).segments).unwrap_or(u16::MAX);
    let (supplier, rhythm) = (material.supplier.clone(), material.rhythm);
    let (message, now) = (message.clone(), app.now());
    let (settings, provider) = (way.settings.clone(), way.account.provider());
    let write = move |conn: &mut Conn| {
        store::texter::hold(conn, supplier.id)?;
        let price = settings.price().map(|price| price.times(segments));
        if let Some(cap) = reached(conn, (supplier.id, supplier.zone), (&settings, price), now)? {
            let today = supplier.zone.day(now);
            let first = match cap {
                Cap::Day => today.plus_days(1),
                Cap::Month => next_month(today),
            };
            let opens = supplier.zone.at_hour(first, 0);
            let until = rhythm.next_opening(supplier.zone, opens);
            wait(conn, &message, (cap, until), now)?;
            return Ok(Some((cap, until)));
        }
        leaving.mark(conn, &copy)?;
        let new = NewText {
            provider,
            segments,
            price,
            at: now,
        };
        store::text_sent::insert(conn, &message, &new)?;
        Ok(None)
    };
    app.store.write(material.supplier.id, write).await
}

/// The cap that one more text would break.
pub(in crate::flows) fn reached(
    conn: &mut Conn,
    (supplier, zone): (SupplierId, Zone),
    (settings, price): (&SmsSettings, Option<Price>),
    now: Moment,
) -> Result<Option<Cap>, StoreError> {
    let today = zone.day(now);
    let caps = settings.caps();
    let month = match caps.spend_a_month {
        Some(most) => {
            let since = zone.at_hour(today.first_of_month(), 0);
            let sums = store::text_sent::sums_since(conn, supplier, since)?;
            sums.prices.get(&most.currency()).copied().unwrap_or(0)
        }
        None => 0,
    };
    let since = zone.at_hour(today, 0);
    let today = store::text_sent::count_since(conn, supplier, since)?;
    Ok(caps.reached(Spent { today, month }, price))
}

/// Notes that texts wait, and says so once.
fn wait(
    conn: &mut Conn,
    message: &Message,
    (cap, until): (Cap, Moment),
    now: Moment,
) -> Result<(), FlowError> {
    if !store::texter::wait(conn, message.supplier, (cap, until))? {
        return Ok(());
    }
    let deed = Deed {
        actor: &Actor::job("deliver"),
        action: "texts.capped",
        debtor: message.debtor,
        subject: message.id.to_string(),
        detail: cap.to_string(),
    };
    note(conn, message.supplier, now, deed)
}

/// The first day of the next month: 31 days after the first of one are in the next.
fn next_month(day: Day) -> Day {
    day.first_of_month().plus_days(31).first_of_month()
}

async fn finish(
    app: &App,
    (message, number): (Message, &str),
    outcome: Outcome,
) -> Result<MessageState, FlowError> {
    let (event, words, taken) = match outcome {
        Outcome::Accepted(taken) => {
            let words = format!("taken as {}", taken.reference);
            (MessageEvent::Accepted, words, Some(taken))
        }
        Outcome::Deferred(words) if message.attempts >= ATTEMPTS_MAX => {
            (MessageEvent::RefusedForGood, words, None)
        }
        Outcome::Deferred(words) => (MessageEvent::Deferred, words, None),
        Outcome::CutOff(words) => (MessageEvent::CutOff, words, None),
        Outcome::Refused(verdict, words) => {
            let told = told(verdict, words);
            let of = (number, told);
            return refused::give_up(app, &message, MessageState::Data, of).await;
        }
    };
    let report = report(&message, MessageState::Data, event, &words, app.now())?;
    let to = report.to;
    let written: Result<(), FlowError> = app
        .store
        .write(message.supplier, move |conn| {
            record(conn, &message, &report)?;
            count(conn, &message, (event, taken.as_ref()))
        })
        .await;
    written?;
    Ok(to)
}

/// Counts what the provider said. What it did not take costs nothing; what nobody knows is thought
/// to cost what it was thought to.
fn count(
    conn: &mut Conn,
    message: &Message,
    (event, taken): (MessageEvent, Option<&Taken>),
) -> Result<(), FlowError> {
    match taken {
        Some(taken) => {
            let told = store::text_sent::Told {
                reference: Some(taken.reference.clone()),
                segments: taken.segments,
                price: taken.price,
            };
            store::text_sent::taken(conn, message, &told)?;
        }
        None if event == MessageEvent::CutOff => {}
        None => store::text_sent::remove(conn, message)?,
    }
    Ok(())
}

fn told(verdict: Verdict, words: String) -> Told {
    Told {
        recipient: None,
        verdict,
        status: None,
        words,
    }
}
