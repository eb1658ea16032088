//! A debtor says when it will pay, changes the day, or takes it back.

use domain::invoice::{Invoice, Share};
use domain::message::MessageKind;
use domain::party::{Contact, Supplier};
use domain::payment::{Method, PaymentEvent};
use domain::promise::{self, Promise, PromiseEvent, PromiseState};
use domain::{Day, DebtorId, InvoiceId, MandateId, Moment, PaymentId, PromiseId, SupplierId};

use super::debit::{self, DebitOrder};
use super::error::FlowError;
use super::guard::{
    Actor, Deed, Seen, Visitor, check, enter, give_back, look, note, open_to_payment, replan, sum,
    take,
};
use super::notify::{Letter, addressee, enqueue, enqueue_to};
use super::pay_by_card::advance;
use super::{call_off, pay_by_transfer};
use crate::app::App;
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn, StoreError};

/// What the debtor promises.
#[derive(Clone, Debug)]
pub struct Pledge {
    /// Which invoices, and how much of each.
    pub shares: Vec<Share>,
    /// The day.
    pub due_on: Day,
    /// The form's key: sent twice, done once.
    pub key: String,
}

impl Pledge {
    fn invoices(&self) -> Vec<InvoiceId> {
        self.shares.iter().map(|share| share.invoice).collect()
    }
}

/// How the debtor says it will pay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// It does not say.
    #[default]
    Untold,
    /// By transfer: it is expected, and gets a reference.
    Transfer,
    /// By a debit under this mandate, ordered for the day.
    Debit(MandateId),
}

/// Records a promise; an earlier one on the same invoices is replaced by it.
pub async fn make(app: &App, visitor: Visitor, pledge: Pledge) -> Result<PromiseId, FlowError> {
    make_by(app, visitor, pledge, Way::Untold, None).await
}

/// Records a promise and prepares the way it is to be kept; `replaces` is the one that the debtor
/// asked to change, whatever its invoices.
pub async fn make_by(
    app: &App,
    visitor: Visitor,
    pledge: Pledge,
    way: Way,
    replaces: Option<PromiseId>,
) -> Result<PromiseId, FlowError> {
    let now = app.now();
    let account = (visitor.supplier, visitor.debtor);
    let asked = pledge.clone();
    let read = move |conn: &mut Conn| look(conn, account, |conn| ground(conn, account, &asked));
    let seen = app.store.read(visitor.supplier, read).await?;
    app.store
        .write(visitor.supplier, move |conn| {
            record(conn, &visitor, &pledge, (way, replaces), (&seen, now))
        })
        .await
}

/// What a promise is decided on.
#[derive(Clone)]
struct Ground {
    /// What the form led to, if it was handled.
    done: Option<String>,
    /// Promises that wait on the same invoices.
    earlier: Vec<Promise>,
    invoices: Vec<Invoice>,
    contacts: Vec<Contact>,
}

fn ground(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    pledge: &Pledge,
) -> Result<Ground, StoreError> {
    let ids = pledge.invoices();
    Ok(Ground {
        done: store::request::outcome(conn, supplier, debtor, &pledge.key)?,
        earlier: store::promise::waiting_on(conn, supplier, debtor, &ids)?,
        invoices: store::invoice::find_many(conn, supplier, debtor, &ids)?,
        contacts: store::contact::of_debtor(conn, supplier, debtor)?,
    })
}

fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    pledge: &Pledge,
    (way, replaces): (Way, Option<PromiseId>),
    (seen, now): (&Seen<Ground>, Moment),
) -> Result<PromiseId, FlowError> {
    let account = (visitor.supplier, visitor.debtor);
    let (supplier, today, mut found) = seen.enter(conn, visitor.debtor, now, |conn| {
        ground(conn, account, pledge)
    })?;
    if let Some(done) = found.done {
        return done.parse().map_err(|_| FlowError::NothingOpen);
    }
    promise::check_day(pledge.due_on, today, supplier.promise_days_max)?;
    if make_room(conn, visitor, &found.earlier, replaces, now)? {
        found.invoices = store::invoice::find_many(conn, account.0, account.1, &pledge.invoices())?;
    }
    open_to_payment(conn, account, &found.invoices)?;
    check(&found.invoices, &pledge.shares, |invoice| invoice.payable())?;
    let mut new = Promise {
        id: new_id(),
        supplier: visitor.supplier,
        debtor: visitor.debtor,
        due_on: pledge.due_on,
        amount: sum(&pledge.shares)?,
        state: PromiseState::Made,
        made_at: now,
        method: None,
        payment: None,
        plan: None,
        shares: pledge.shares.clone(),
    };
    prepare(conn, supplier, visitor, way, &mut new)?;
    store::promise::insert(conn, &new)?;
    if new.holds() {
        take(conn, visitor.supplier, &new.shares, Hold::Promised)?;
        tell(conn, supplier, &new, found.contacts)?;
    }
    let subject = new.id.to_string();
    store::request::keep(conn, account.0, account.1, &pledge.key, &subject, now)?;
    note_made(conn, visitor, &new, &found.invoices)?;
    Ok(new.id)
}

/// Ends the promises that this one takes the place of; tells whether there were any, which changes
/// what the invoices have left. One by debit on the same invoices stays, unless it is the one to be
/// replaced: the debit has its amounts, and asks for them once.
fn make_room(
    conn: &mut Conn,
    visitor: &Visitor,
    earlier: &[Promise],
    replaces: Option<PromiseId>,
    now: Moment,
) -> Result<bool, FlowError> {
    let mut ended = Vec::new();
    if let Some(id) = replaces {
        let old = own(conn, visitor, id)?;
        if old.is_open() {
            withdraw(conn, &old, PromiseEvent::Replace, now)?;
            ended.push(id);
        }
    }
    for promise in earlier.iter().filter(|one| replaces != Some(one.id)) {
        if let Some(plan) = promise.plan {
            return Err(FlowError::OnPlan(plan));
        }
        if promise.holds() {
            withdraw(conn, promise, PromiseEvent::Replace, now)?;
            ended.push(promise.id);
        }
    }
    Ok(!ended.is_empty())
}

/// Prepares the way of payment. The rule: every euro is held once. A transfer may never come, so
/// the promise holds the amounts and the transfer nothing; a debit is ours to collect, so it has
/// the amounts reserved, and the promise beside it holds nothing and tells nothing twice.
fn prepare(
    conn: &mut Conn,
    supplier: &Supplier,
    visitor: &Visitor,
    way: Way,
    new: &mut Promise,
) -> Result<(), FlowError> {
    let (payment, method) = match way {
        Way::Untold => return Ok(()),
        Way::Transfer => {
            let what = new.shares.clone().into();
            let id = pay_by_transfer::expect(conn, supplier, visitor, &what, new.made_at)?;
            (id, Method::Transfer)
        }
        Way::Debit(mandate) => {
            let order = DebitOrder {
                mandate,
                what: new.shares.clone().into(),
                collect_on: new.due_on,
                key: String::new(),
            };
            let by = (new.debtor, &Actor::visitor(visitor));
            let collection = debit::place(conn, supplier, by, &order, new.made_at)?;
            new.due_on = collection.collect_on;
            (collection.payment, Method::Debit)
        }
    };
    new.method = Some(method);
    new.payment = Some(payment);
    Ok(())
}

fn tell(
    conn: &mut Conn,
    supplier: &Supplier,
    new: &Promise,
    contacts: Vec<Contact>,
) -> Result<(), FlowError> {
    let letter = Letter {
        debtor: new.debtor,
        kind: MessageKind::PromiseNoted,
        about: new.id.to_string(),
        dedup: format!("promise_noted:{}", new.id),
        invoices: new.shares.iter().map(|share| share.invoice).collect(),
    };
    match addressee(contacts) {
        Some(contact) => enqueue_to(conn, supplier, contact.id, letter, new.made_at)?,
        None => enqueue(conn, supplier, letter, new.made_at)?,
    };
    Ok(())
}

fn note_made(
    conn: &mut Conn,
    visitor: &Visitor,
    new: &Promise,
    invoices: &[Invoice],
) -> Result<(), FlowError> {
    let numbers: Vec<&str> = invoices
        .iter()
        .map(|invoice| invoice.number.as_str())
        .collect();
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "promise.made",
        debtor: new.debtor,
        subject: new.id.to_string(),
        detail: format!(
            "{} on {} for {}",
            new.amount,
            new.due_on,
            numbers.join(", ")
        ),
    };
    note(conn, new.supplier, new.made_at, deed)
}

/// The visitor's own promise; another debtor's is not found.
fn own(conn: &mut Conn, visitor: &Visitor, id: PromiseId) -> Result<Promise, FlowError> {
    let found = store::promise::find(conn, visitor.supplier, id)?;
    if found.debtor == visitor.debtor {
        Ok(found)
    } else {
        Err(StoreError::NotFound.into())
    }
}

/// The debtor takes a promise back: its invoices are reminded of again. Asked twice, done once.
pub async fn cancel(app: &App, visitor: Visitor, id: PromiseId) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            let supplier = enter(conn, visitor.supplier, visitor.debtor)?;
            let promise = own(conn, &visitor, id)?;
            if promise.state == PromiseState::Cancelled {
                return Ok(());
            }
            if let Some(plan) = promise.plan {
                return Err(FlowError::OnPlan(plan));
            }
            withdraw(conn, &promise, PromiseEvent::Cancel, now)?;
            replan(conn, &supplier, visitor.debtor, now)?;
            let deed = Deed {
                actor: &Actor::visitor(&visitor),
                action: "promise.cancelled",
                debtor: visitor.debtor,
                subject: id.to_string(),
                detail: format!("{} on {}", promise.amount, promise.due_on),
            };
            note(conn, visitor.supplier, now, deed)
        })
        .await
}

/// Ends a promise before it is judged, with what was prepared for it.
pub(super) fn withdraw(
    conn: &mut Conn,
    promise: &Promise,
    event: PromiseEvent,
    now: Moment,
) -> Result<(), FlowError> {
    if let (Some(Method::Debit), Some(id)) = (promise.method, promise.payment) {
        let payment = store::payment::find(conn, promise.supplier, id)?;
        call_off::ordered(conn, &payment, now)?;
    }
    leave(conn, promise, event, now)
}

/// Ends the waiting of a promise: its amounts are free for reminders again. A transfer that is
/// expected no more keeps its reference, so that money which comes all the same is known.
pub(super) fn leave(
    conn: &mut Conn,
    promise: &Promise,
    event: PromiseEvent,
    now: Moment,
) -> Result<(), FlowError> {
    let next = promise.state.on(event)?;
    store::promise::set_state(conn, promise.supplier, promise.id, promise.state, next)?;
    if promise.holds() {
        give_back(conn, promise.supplier, &promise.shares, Hold::Promised)?;
    }
    let over = !matches!(next, PromiseState::Broken | PromiseState::PartlyKept);
    match promise.payment {
        Some(id) if over && promise.method == Some(Method::Transfer) => {
            stop_expecting(conn, promise, id, now)
        }
        _ => Ok(()),
    }
}

fn stop_expecting(
    conn: &mut Conn,
    promise: &Promise,
    id: PaymentId,
    now: Moment,
) -> Result<(), FlowError> {
    let payment = store::payment::find(conn, promise.supplier, id)?;
    advance(conn, &payment, PaymentEvent::Abandoned, now)
}
