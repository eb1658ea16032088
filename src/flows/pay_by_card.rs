//! The debtor pays invoices on the provider's page, on the supplier's own account: by card, or by a
//! direct debit that the provider makes.
//!
//! Record and hold the amounts; commit; ask the provider for a page under the payment's id as
//! idempotency key; record the page. Everything the provider is told is made from what was
//! recorded, so asking again tells it the same.

use domain::designation::Designation;
use domain::invoice::Share;
use domain::payment::{Method, Payment, PaymentEvent, PaymentState};
use domain::{CardId, Moment, PaymentId, SupplierId};

use super::described::{Described, described};
use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, enter, note, replan, take, worthwhile};
use super::provider_debit::{self, Agreement};
use super::{card_account, pay_by_saved_card, refresh_card, saved_card, settle};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::card::{CardAccount, CardError, Checkout, CheckoutOrder, Rail};
use crate::store::invoice::Hold;
use crate::store::{self, Conn, StoreError};

/// Minutes the provider's page takes money; Stripe wants at least 30 from the moment it is asked.
const PAGE_MINUTES: i64 = 60;

/// What the debtor chose to pay.
#[derive(Clone, Debug)]
pub struct CardOrder {
    /// Which invoices and credit notes, and how much of each.
    pub what: Designation,
    /// The form's key: sent twice, one payment.
    pub key: String,
}

/// Where to send the debtor, and for which payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The payment.
    pub payment: PaymentId,
    /// The provider's page.
    pub url: String,
}

/// What a card payment is made with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum With {
    /// A card typed on the provider's page.
    Page,
    /// The same, and the card is kept for the next payment.
    PageAndKeep,
    /// A card that the provider keeps.
    Card(CardId),
    /// A direct debit that the provider makes.
    Debit(Agreement),
}

impl With {
    const fn method(&self) -> Method {
        match self {
            Self::Page | Self::PageAndKeep | Self::Card(_) => Method::Card,
            Self::Debit(_) => Method::ProviderDebit,
        }
    }
}

/// Opens a page for these invoices. An earlier page for any of them is closed first, so that no
/// amount can be paid on two pages.
pub async fn start(app: &App, visitor: Visitor, order: CardOrder) -> Result<Redirect, FlowError> {
    begin(app, visitor, order, With::Page).await
}

/// The same; the provider keeps the card for the next payment, as the visitor agreed.
pub async fn start_and_keep(
    app: &App,
    visitor: Visitor,
    order: CardOrder,
) -> Result<Redirect, FlowError> {
    begin(app, visitor, order, With::PageAndKeep).await
}

/// The way of every card payment: earlier ones closed, recorded, then the provider.
pub(super) async fn begin(
    app: &App,
    visitor: Visitor,
    order: CardOrder,
    with: With,
) -> Result<Redirect, FlowError> {
    let account = card_account::load(app, visitor.supplier).await?;
    let account = account.filter(|one| one.debits || with.method() == Method::Card);
    let account = account.ok_or(FlowError::NotOffered(with.method()))?;
    close_earlier(app, visitor, &order).await?;
    let now = app.now();
    let (payment, card) = app
        .store
        .write(visitor.supplier, move |conn| {
            let payment = record(conn, &visitor, (&order, &with), now)?;
            let card = store::payment::card(conn, payment.supplier, payment.id)?;
            Ok::<_, FlowError>((payment, card))
        })
        .await?;
    match card {
        Some(card) => pay_by_saved_card::proceed(app, &account, &payment, card).await,
        None => open_page(app, &account, &payment).await,
    }
}

/// Closes the debtor's open pages for the same invoices or credit notes, unless the same form
/// opened them. A debit that was agreed to stays, and holds what it is for.
async fn close_earlier(app: &App, visitor: Visitor, order: &CardOrder) -> Result<(), FlowError> {
    let key = order.key.clone();
    let (supplier, debtor) = (visitor.supplier, visitor.debtor);
    let (mine, earlier) = app
        .store
        .read(supplier, move |conn| {
            // In this order: whoever sees the payment of this very form sees its key as well.
            let earlier = store::payment::of_debtor(conn, supplier, debtor, 50)?;
            let mine = store::request::outcome(conn, supplier, debtor, &key)?;
            Ok((mine, earlier))
        })
        .await?;
    let touches = |payment: &Payment| {
        let same = |share: &Share| {
            order
                .what
                .held()
                .any(|wanted| wanted.invoice == share.invoice)
        };
        payment.method.is_at_provider()
            && payment.state.reserves()
            && mine.as_deref() != Some(payment.id.to_string().as_str())
            && payment.designation().held().any(same)
    };
    for payment in earlier.iter().filter(|payment| touches(payment)) {
        refresh_card::close(app, payment).await?;
    }
    Ok(())
}

fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    (order, with): (&CardOrder, &With),
    now: Moment,
) -> Result<Payment, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    let supplier = enter(conn, supplier_id, debtor)?;
    if let Some(done) = store::request::outcome(conn, supplier_id, debtor, &order.key)? {
        let id: PaymentId = done.parse().map_err(|_| FlowError::NothingOpen)?;
        return Ok(store::payment::find(conn, supplier_id, id)?);
    }
    let today = supplier.zone.day(now);
    let amount = worthwhile(conn, (supplier_id, debtor), (&order.what, today))?;
    if matches!(with, With::Debit(_)) {
        provider_debit::check(&supplier, amount)?;
    }
    let minutes = match with {
        With::Page | With::PageAndKeep | With::Debit(_) => PAGE_MINUTES,
        With::Card(_) => pay_by_saved_card::MINUTES,
    };
    let payment = Payment {
        id: new_id(),
        supplier: supplier_id,
        debtor,
        method: with.method(),
        state: PaymentState::Created,
        amount,
        provider_ref: None,
        created_at: now,
        expires_at: Some(now.plus_minutes(minutes)),
        effective_on: None,
        shares: order.what.shares.clone(),
        credits: order.what.credits.clone(),
        charges: order.what.charges.clone(),
    };
    store::payment::insert(conn, &payment, None)?;
    match with {
        With::Page | With::Debit(_) => {}
        With::PageAndKeep => saved_card::ask(conn, visitor, payment.id, now)?,
        With::Card(id) => {
            let card = saved_card::choose(conn, visitor, (*id, today))?;
            store::payment::set_card(conn, supplier_id, payment.id, card.id)?;
        }
    }
    take(conn, supplier_id, order.what.held(), Hold::Reserved)?;
    replan(conn, &supplier, debtor, now)?;
    let subject = payment.id.to_string();
    store::request::keep(conn, supplier_id, debtor, &order.key, &subject, now)?;
    let (action, detail) = match with {
        With::Debit(agreement) => ("provider_debit.agreed", agreement.words(amount)),
        _ => ("card.started", amount.to_string()),
    };
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action,
        debtor,
        subject,
        detail,
    };
    note(conn, supplier_id, now, deed)?;
    Ok(payment)
}

async fn open_page(
    app: &App,
    account: &CardAccount,
    payment: &Payment,
) -> Result<Redirect, FlowError> {
    let (supplier, id) = (payment.supplier, payment.id);
    let known = app
        .store
        .read(supplier, move |conn| {
            store::payment::page_url(conn, supplier, id)
        })
        .await?;
    if let Some(url) = known {
        return Ok(Redirect { payment: id, url });
    }
    match ask(app, account, payment).await {
        Ok(page) => opened(app, payment, page).await,
        Err(FlowError::Card(why)) => {
            let event = match &why {
                CardError::Refused(_) => PaymentEvent::Declined,
                CardError::Unknown(_) => PaymentEvent::LostSight,
            };
            tracing::warn!(payment = %id, %why, "no card page");
            move_on(app, supplier, id, event).await?;
            Err(why.into())
        }
        Err(why) => Err(why),
    }
}

async fn ask(app: &App, account: &CardAccount, payment: &Payment) -> Result<Checkout, FlowError> {
    let rail = match payment.method {
        Method::ProviderDebit => Rail::SepaDebit,
        _ => Rail::Card {
            keep: saved_card::customer(app, account, payment).await?,
        },
    };
    let keeps = matches!(rail, Rail::Card { keep: Some(_) });
    let Described {
        description,
        language,
        back,
    } = described(app, payment).await?;
    let order = CheckoutOrder {
        payment: payment.id,
        amount: payment.amount,
        description,
        email: None,
        language,
        cancel_url: format!("{back}?{}", views::paths::LEFT),
        success_url: back,
        expires_at: payment.expires_at.unwrap_or(payment.created_at),
        rail,
    };
    let answer = app.cards.checkout(account, &order).await;
    if keeps && matches!(answer, Err(CardError::Refused(_))) {
        saved_card::forget_customer(app, payment).await?;
    }
    Ok(answer?)
}

async fn opened(app: &App, payment: &Payment, page: Checkout) -> Result<Redirect, FlowError> {
    let (supplier, id) = (payment.supplier, payment.id);
    let url = page.url.clone();
    let kept: Result<Payment, FlowError> = app
        .store
        .write(supplier, move |conn| {
            let payment = store::payment::find(conn, supplier, id)?;
            enter(conn, supplier, payment.debtor)?;
            let payment = store::payment::find(conn, supplier, id)?;
            store::payment::set_page(conn, supplier, id, &page.provider_ref, &page.url)?;
            // A webhook may have been faster than the provider's answer.
            if let Ok(next) = payment.state.on(PaymentEvent::Opened) {
                store::payment::set_state(conn, supplier, id, payment.state, next)?;
            }
            Ok(store::payment::find(conn, supplier, id)?)
        })
        .await;
    let payment = kept?;
    if payment.state.reserves() || payment.state == PaymentState::Succeeded {
        return Ok(Redirect { payment: id, url });
    }
    // Another tab ended this payment before its page was known: nobody may pay on it any more.
    refresh_card::close(app, &payment).await?;
    Err(StoreError::Conflict.into())
}

/// Moves a payment along without money; what it held is given back when it ends.
pub(super) async fn move_on(
    app: &App,
    supplier: SupplierId,
    id: PaymentId,
    event: PaymentEvent,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let debtor = store::payment::find(conn, supplier, id)?.debtor;
            enter(conn, supplier, debtor)?;
            let payment = store::payment::find(conn, supplier, id)?;
            advance(conn, &payment, event, now)
        })
        .await
}

/// Ends a payment whose page is not known. When the page became known meanwhile, gives the
/// provider's reference instead: the page must be closed there first.
pub(super) async fn give_up(
    app: &App,
    payment: &Payment,
    event: PaymentEvent,
) -> Result<Option<String>, FlowError> {
    let (supplier, id, now) = (payment.supplier, payment.id, app.now());
    let debtor = payment.debtor;
    app.store
        .write(supplier, move |conn| {
            enter(conn, supplier, debtor)?;
            let payment = store::payment::find(conn, supplier, id)?;
            if payment.provider_ref.is_none() {
                advance(conn, &payment, event, now)?;
            }
            Ok(payment.provider_ref)
        })
        .await
}

/// Under the guard. Told twice, or overtaken by the money: nothing to do.
pub(super) fn advance(
    conn: &mut Conn,
    payment: &Payment,
    event: PaymentEvent,
    now: Moment,
) -> Result<(), FlowError> {
    let (supplier, debtor) = (payment.supplier, payment.debtor);
    let Ok(next) = payment.state.on(event) else {
        return Ok(());
    };
    store::payment::set_state(conn, supplier, payment.id, payment.state, next)?;
    let owner = store::supplier::find(conn, supplier)?;
    if payment.method == Method::ProviderDebit {
        provider_debit::tell(conn, &owner, payment, next, now)?;
    }
    if next.reserves() {
        return Ok(());
    }
    settle::release(conn, payment)?;
    replan(conn, &owner, debtor, now)?;
    let deed = Deed {
        actor: &Actor::job("payments"),
        action: "payment.ended",
        debtor,
        subject: payment.id.to_string(),
        detail: next.to_string(),
    };
    note(conn, supplier, now, deed)
}
