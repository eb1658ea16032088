//! Cards that the provider keeps for a debtor's contact: noted once their payment succeeded, taken
//! back whenever the contact wants, forgotten when the provider no longer has them.
//!
//! The contact proved by a code who it is when it agreed; from then on it pays with one click, and
//! nobody else does: no other contact, and nobody the contact passed its access on to.

use domain::payment::{Method, Payment};
use domain::saved_card::{CardEvent, CardFace, CardState, SavedCard};
use domain::{CardId, ContactId, Day, DebtorId, Moment, PaymentId, SupplierId};

use super::card_account;
use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, enter, note};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::card::CardAccount;
use crate::store::{self, Conn, StoreError};

/// Cards that are looked after in one go; the rest waits for the next tick.
const AT_ONCE: i64 = 200;

/// The visitor's own cards that can be paid with today, newest first.
pub fn usable(
    conn: &mut Conn,
    visitor: &Visitor,
    today: Day,
) -> Result<Vec<SavedCard>, StoreError> {
    let mut cards = of(conn, visitor)?;
    cards.retain(|card| card.usable(today).is_some());
    Ok(cards)
}

/// All that are kept for the visitor, expired or not.
pub fn of(conn: &mut Conn, visitor: &Visitor) -> Result<Vec<SavedCard>, StoreError> {
    if visitor.forward.is_some() {
        return Ok(Vec::new());
    }
    store::saved_card::kept(conn, visitor.supplier, (visitor.debtor, visitor.contact))
}

/// The card, if the visitor can pay with it today.
pub(super) fn choose(
    conn: &mut Conn,
    visitor: &Visitor,
    (id, today): (CardId, Day),
) -> Result<SavedCard, FlowError> {
    let mut cards = usable(conn, visitor, today)?.into_iter();
    let found = cards.find(|card| card.id == id);
    found.ok_or(FlowError::NotOffered(Method::Card))
}

/// Notes that the visitor wants the card of this payment kept.
pub(super) fn ask(
    conn: &mut Conn,
    visitor: &Visitor,
    payment: PaymentId,
    now: Moment,
) -> Result<(), FlowError> {
    if visitor.forward.is_some() {
        return Ok(());
    }
    let card = SavedCard {
        id: new_id(),
        supplier: visitor.supplier,
        debtor: visitor.debtor,
        contact: visitor.contact,
        payment,
        state: CardState::Asked,
        face: None,
        agreed_at: now,
    };
    store::saved_card::insert(conn, &card)?;
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "card.agreed",
        debtor: card.debtor,
        subject: card.id.to_string(),
        detail: payment.to_string(),
    };
    note(conn, card.supplier, now, deed)
}

/// The customer to keep a payment's card under, when it is to be kept: the debtor's own at this
/// supplier, made when it has none.
pub(super) async fn customer(
    app: &App,
    account: &CardAccount,
    payment: &Payment,
) -> Result<Option<String>, FlowError> {
    let (supplier, debtor, id) = (payment.supplier, payment.debtor, payment.id);
    let (wish, known) = app
        .store
        .read(supplier, move |conn| {
            let wish = store::saved_card::of_payment(conn, supplier, id)?;
            let Some(wish) = wish.filter(|card| card.state == CardState::Asked) else {
                return Ok((None, None));
            };
            let known = store::saved_card::customer(conn, supplier, (debtor, wish.id))?;
            Ok((Some(wish.id), known))
        })
        .await?;
    let Some(wish) = wish else {
        return Ok(None);
    };
    let customer = match known {
        Some(customer) => customer,
        None => app.cards.customer(account, debtor).await?,
    };
    let named = customer.clone();
    app.store
        .write(supplier, move |conn| {
            let kept = store::saved_card::set_customer(conn, supplier, wish, &named);
            Ok::<_, FlowError>(kept?)
        })
        .await?;
    Ok(Some(customer))
}

/// The provider refused a page that was to keep its card. Perhaps it does not know the customer,
/// for the supplier has another account there now: the next wish makes a new one.
pub(super) async fn forget_customer(app: &App, payment: &Payment) -> Result<(), FlowError> {
    let (supplier, debtor) = (payment.supplier, payment.debtor);
    app.store
        .write(supplier, move |conn| {
            Ok(store::saved_card::forget_customer(conn, supplier, debtor)?)
        })
        .await
}

/// A payment succeeded: asks for the card that was to be kept with it, and notes it.
pub(super) async fn save(app: &App, payment: &Payment, page: &str) -> Result<(), FlowError> {
    let (supplier, id, now) = (payment.supplier, payment.id, app.now());
    let wish = app
        .store
        .read(supplier, move |conn| {
            store::saved_card::of_payment(conn, supplier, id)
        })
        .await?;
    let Some(wish) = wish.filter(|card| card.state == CardState::Asked) else {
        return Ok(());
    };
    let Some(account) = card_account::load(app, supplier).await? else {
        return Ok(());
    };
    let face = app.cards.kept(&account, page).await?;
    app.store
        .write(supplier, move |conn| kept(conn, &wish, face.as_ref(), now))
        .await
}

/// One piece of plastic is kept once: the newest agreement takes the place of the ones before.
fn kept(
    conn: &mut Conn,
    wish: &SavedCard,
    face: Option<&CardFace>,
    now: Moment,
) -> Result<(), FlowError> {
    let supplier = wish.supplier;
    enter(conn, supplier, wish.debtor)?;
    let card = store::saved_card::find(conn, supplier, wish.id)?;
    if card.state != CardState::Asked {
        return Ok(());
    }
    let Some(face) = face else {
        return advance(conn, &card, CardEvent::Lose, ("card.not_kept", now));
    };
    let owner = (card.debtor, card.contact);
    for other in store::saved_card::kept(conn, supplier, owner)? {
        if other.looks_like(face) {
            advance(conn, &other, CardEvent::TakeBack, ("card.replaced", now))?;
        }
    }
    store::saved_card::set_face(conn, supplier, card.id, face)?;
    advance(conn, &card, CardEvent::Save, ("card.saved", now))
}

/// Moves a card along, under the guard; one that is gone is known by nothing any more.
fn advance(
    conn: &mut Conn,
    card: &SavedCard,
    event: CardEvent,
    (action, now): (&str, Moment),
) -> Result<(), FlowError> {
    moved(conn, card, event, (&Actor::job("cards"), action, now))
}

fn moved(
    conn: &mut Conn,
    card: &SavedCard,
    event: CardEvent,
    (actor, action, now): (&Actor, &str, Moment),
) -> Result<(), FlowError> {
    let next = card.state.on(event)?;
    store::saved_card::set_state(conn, card.supplier, card.id, card.state, next)?;
    if next == CardState::Removed {
        store::saved_card::forget_face(conn, card.supplier, card.id)?;
    }
    let deed = Deed {
        actor,
        action,
        debtor: card.debtor,
        subject: card.id.to_string(),
        detail: next.to_string(),
    };
    note(conn, card.supplier, now, deed)
}

/// The visitor takes a card back: from now on nobody pays with it, and the provider is told to
/// forget it, again and again until it has.
pub async fn take_back(app: &App, visitor: Visitor, id: CardId) -> Result<(), FlowError> {
    let (supplier, now) = (visitor.supplier, app.now());
    let card = app
        .store
        .write(supplier, move |conn| {
            enter(conn, supplier, visitor.debtor)?;
            let card = store::saved_card::find(conn, supplier, id)?;
            let own = (card.debtor, card.contact) == (visitor.debtor, visitor.contact);
            if !own || visitor.forward.is_some() {
                return Err(StoreError::NotFound.into());
            }
            if card.state == CardState::Kept {
                let actor = Actor::visitor(&visitor);
                moved(
                    conn,
                    &card,
                    CardEvent::TakeBack,
                    (&actor, "card.taken_back", now),
                )?;
            }
            Ok::<_, FlowError>(store::saved_card::find(conn, supplier, id)?)
        })
        .await?;
    if card.state == CardState::Leaving
        && let Err(why) = forget(app, &card).await
    {
        tracing::warn!(card = %card.id, %why, "the provider is told again later");
    }
    Ok(())
}

/// The same of all cards of a contact that leaves.
pub(super) fn leave(
    conn: &mut Conn,
    supplier: SupplierId,
    (debtor, contact): (DebtorId, ContactId),
    now: Moment,
) -> Result<(), FlowError> {
    for card in store::saved_card::kept(conn, supplier, (debtor, contact))? {
        advance(conn, &card, CardEvent::TakeBack, ("card.taken_back", now))?;
    }
    Ok(())
}

/// Has the provider forget a card that was taken back.
async fn forget(app: &App, card: &SavedCard) -> Result<(), FlowError> {
    let (supplier, id, debtor, now) = (card.supplier, card.id, card.debtor, app.now());
    let Some(account) = card_account::load(app, supplier).await? else {
        return Err(FlowError::NotOffered(Method::Card));
    };
    if let Some(face) = &card.face {
        app.cards.forget(&account, face).await?;
    }
    app.store
        .write(supplier, move |conn| {
            enter(conn, supplier, debtor)?;
            let card = store::saved_card::find(conn, supplier, id)?;
            if card.state != CardState::Leaving {
                return Ok(());
            }
            advance(conn, &card, CardEvent::Forget, ("card.forgotten", now))
        })
        .await
}

/// Something about a kept card changed at the provider: it is asked what. Whether it was one of
/// ours.
pub(super) async fn look_after(
    app: &App,
    supplier: SupplierId,
    method: &str,
) -> Result<bool, FlowError> {
    let method = method.to_owned();
    let found = app
        .store
        .read(supplier, move |conn| {
            store::saved_card::by_method(conn, supplier, &method)
        })
        .await?;
    let Some(card) = found.filter(|card| card.state == CardState::Kept) else {
        return Ok(false);
    };
    compare(app, &card).await?;
    Ok(true)
}

/// Asks whether the provider still keeps a card, and what it is by now: banks renew them.
pub(super) async fn compare(app: &App, card: &SavedCard) -> Result<(), FlowError> {
    let (supplier, id, debtor, now) = (card.supplier, card.id, card.debtor, app.now());
    let (Some(account), Some(known)) = (card_account::load(app, supplier).await?, &card.face)
    else {
        return Ok(());
    };
    let face = app.cards.look(&account, known).await?;
    app.store
        .write(supplier, move |conn| {
            enter(conn, supplier, debtor)?;
            let card = store::saved_card::find(conn, supplier, id)?;
            match &face {
                _ if card.state != CardState::Kept => Ok(()),
                None => advance(conn, &card, CardEvent::Lose, ("card.lost", now)),
                Some(face) => Ok(store::saved_card::set_face(conn, supplier, id, face)?),
            }
        })
        .await
}

/// Does what is left to do of a supplier's cards: those taken back are forgotten at the provider,
/// those of payments that succeeded are noted. What cannot be done now is done by the next tick.
pub async fn tend(app: &App, supplier: SupplierId) -> Result<usize, FlowError> {
    let waiting = app
        .store
        .report(supplier, move |conn| {
            store::saved_card::unfinished(conn, supplier, AT_ONCE)
        })
        .await?;
    let mut done = 0;
    for card in waiting {
        match finish(app, &card).await {
            Ok(()) => done += 1,
            Err(why) => tracing::warn!(card = %card.id, %why, "tried again later"),
        }
    }
    Ok(done)
}

async fn finish(app: &App, card: &SavedCard) -> Result<(), FlowError> {
    if card.state == CardState::Leaving {
        return forget(app, card).await;
    }
    let (supplier, id) = (card.supplier, card.payment);
    let payment = app
        .store
        .read(supplier, move |conn| {
            store::payment::find(conn, supplier, id)
        })
        .await?;
    match &payment.provider_ref {
        Some(page) => save(app, &payment, page).await,
        None => Ok(()),
    }
}
