//! A debtor asks for a delay or a plan, takes the supplier's offer, or takes its request back.

use domain::invoice::Share;
use domain::mandate::Usage;
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::Method;
use domain::plan::{self, Instalment, Part, Plan, PlanEvent, PlanState};
use domain::{Currency, Day, InvoiceId, MandateId, Moment, Money, PlanId, Zone};

use super::debit::usable;
use super::dispute::answer_by;
use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, chosen, enter, give_back, note, replan, sum, take};
use super::notify::{Letter, enqueue};
use super::plan_course::{self, start};
use crate::app::App;
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn, StoreError};
use crate::vault;

/// What the debtor asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which invoices, and how much of each.
    pub shares: Vec<Share>,
    /// When, and how much each time.
    pub parts: Vec<Part>,
    /// The mandate under which each instalment is debited, if the debtor chose so.
    pub mandate: Option<MandateId>,
    /// Why, in its own words.
    pub reason: String,
    /// The terms that were on the page, exactly.
    pub terms: String,
    /// The form's key: sent twice, done once.
    pub key: String,
}

/// Records the request, whose sender a code has proved before it comes here. Within the supplier's
/// bounds the plan runs at once; else the amounts stay out of reminders until the supplier answers.
/// An earlier request for the same invoices is replaced.
pub async fn ask(app: &App, visitor: Visitor, request: Request) -> Result<PlanId, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            record(conn, &visitor, &request, now)
        })
        .await
}

/// The same within a transaction.
pub(super) fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    request: &Request,
    now: Moment,
) -> Result<PlanId, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    let supplier = enter(conn, supplier_id, debtor)?;
    if let Some(done) = store::request::outcome(conn, supplier_id, debtor, &request.key)? {
        return done.parse().map_err(|_| FlowError::NothingOpen);
    }
    let today = replan(conn, &supplier, debtor, now)?;
    make_room(conn, visitor, &request.shares)?;
    chosen(conn, (supplier_id, debtor), &request.shares, |invoice| {
        invoice.payable()
    })?;
    let amount = sum(&request.shares)?;
    plan::check(&request.parts, amount, today)?;
    check_mandate(conn, visitor, request)?;
    let new = Plan {
        id: new_id(),
        supplier: supplier_id,
        debtor,
        amount,
        state: PlanState::Proposed,
        round: 0,
        reason: request.reason.clone(),
        words: String::new(),
        asked_at: now,
        answer_by: answer_by(today),
        agreed_at: None,
        mandate: request.mandate,
        shares: request.shares.clone(),
        parts: request.parts.iter().map(|part| waiting(*part)).collect(),
    };
    let acknowledged = acknowledgement(visitor, &request.terms, now);
    store::plan::insert(conn, &new, &acknowledged)?;
    let subject = new.id.to_string();
    store::request::keep(conn, supplier_id, debtor, &request.key, &subject, now)?;
    told(conn, &Actor::visitor(visitor), &new, "plan.asked", now)?;
    take(conn, supplier_id, &new.shares, Hold::Promised)?;
    let bounds = store::plan::bounds(conn, supplier_id)?;
    if bounds.accept(&request.parts, amount, today) {
        start(conn, &supplier, &new, PlanEvent::Approve, now)?;
        told(conn, &Actor::job("plans"), &new, "plan.approved", now)?;
        write(conn, &supplier, &new, MessageKind::PlanAccepted, now)?;
    } else {
        write(conn, &supplier, &new, MessageKind::PlanReceived, now)?;
    }
    Ok(new.id)
}

const fn waiting(part: Part) -> Instalment {
    Instalment {
        part,
        promise: None,
        missed_on: None,
    }
}

/// A mandate for several debits, in euros: one for a single debit would end with the first.
fn check_mandate(conn: &mut Conn, visitor: &Visitor, request: &Request) -> Result<(), FlowError> {
    let Some(id) = request.mandate else {
        return Ok(());
    };
    let mandate = usable(conn, (visitor.supplier, visitor.debtor), id)?;
    let euros = |share: &Share| share.amount.currency() == Currency::EUR;
    if mandate.usage == Usage::Recurring && request.shares.iter().all(euros) {
        Ok(())
    } else {
        Err(FlowError::NotOffered(Method::Debit))
    }
}

/// Ends earlier requests for these invoices. What a plan runs on already cannot be asked again.
fn make_room(conn: &mut Conn, visitor: &Visitor, shares: &[Share]) -> Result<(), FlowError> {
    let (supplier, debtor) = (visitor.supplier, visitor.debtor);
    let ids: Vec<InvoiceId> = shares.iter().map(|share| share.invoice).collect();
    for earlier in store::plan::of_debtor(conn, supplier, debtor, PLANS_MAX)? {
        let same = earlier.shares.iter().any(|one| ids.contains(&one.invoice));
        if same && earlier.state == PlanState::Active {
            return Err(FlowError::OnPlan(earlier.id));
        }
        if same && earlier.state.waits() {
            end(conn, &earlier, PlanEvent::Replace)?;
        }
    }
    Ok(())
}

/// Plans of one debtor that are looked at.
pub const PLANS_MAX: i64 = 50;

/// Ends a request without a plan: what it held is free for reminders again.
pub(super) fn end(conn: &mut Conn, plan: &Plan, event: PlanEvent) -> Result<(), FlowError> {
    let next = plan.state.on(event)?;
    store::plan::set_state(conn, plan.supplier, plan.id, plan.state, next)?;
    if plan.state.holds() {
        give_back(conn, plan.supplier, &plan.shares, Hold::Promised)?;
    }
    Ok(())
}

/// What proves that the debtor read the terms: the text, its hash, the link and the moment.
fn acknowledgement(visitor: &Visitor, terms: &str, now: Moment) -> String {
    serde_json::json!({
        "at": now.to_string(),
        "link": visitor.call.map_or_else(|| visitor.link.to_string(), |call| call.to_string()),
        "contact": visitor.contact.to_string(),
        "terms": terms,
        "terms_sha256": vault::sha256(terms.as_bytes()),
    })
    .to_string()
}

/// Notes in the trail what happened to a plan.
pub(super) fn told(
    conn: &mut Conn,
    actor: &Actor,
    plan: &Plan,
    action: &str,
    now: Moment,
) -> Result<(), FlowError> {
    let parts: Vec<String> = plan
        .parts
        .iter()
        .map(|one| format!("{} on {}", one.part.amount, one.part.due_on))
        .collect();
    let deed = Deed {
        actor,
        action,
        debtor: plan.debtor,
        subject: plan.id.to_string(),
        detail: parts.join(", "),
    };
    note(conn, plan.supplier, now, deed)
}

/// Writes to the debtor about a plan, once for each kind and round.
pub(super) fn write(
    conn: &mut Conn,
    supplier: &Supplier,
    plan: &Plan,
    kind: MessageKind,
    now: Moment,
) -> Result<(), FlowError> {
    let letter = Letter {
        debtor: plan.debtor,
        kind,
        about: plan.id.to_string(),
        dedup: format!("{kind}:{}:{}", plan.id, plan.round),
        invoices: plan.shares.iter().map(|share| share.invoice).collect(),
    };
    enqueue(conn, supplier, letter, now)?;
    Ok(())
}

/// What of each instalment of a plan is paid by today: for pages.
pub fn paid(
    conn: &mut Conn,
    plan: &Plan,
    zone: Zone,
    today: Day,
) -> Result<Vec<Money>, StoreError> {
    plan_course::paid(conn, plan, zone, today).map_err(|why| match why {
        FlowError::Store(why) => why,
        other => StoreError::Failed(other.to_string()),
    })
}

/// What a debtor says to an offer, or to its own request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It takes the supplier's offer, under the terms that were on the page.
    Agree(String),
    /// It does not.
    Refuse,
    /// It takes its request back.
    Cancel,
}

/// Records the debtor's reply; the same one again changes nothing.
pub async fn reply(
    app: &App,
    visitor: Visitor,
    id: PlanId,
    reply: Reply,
) -> Result<PlanState, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            answered(conn, &visitor, id, &reply, now)
        })
        .await
}

fn answered(
    conn: &mut Conn,
    visitor: &Visitor,
    id: PlanId,
    reply: &Reply,
    now: Moment,
) -> Result<PlanState, FlowError> {
    let supplier = enter(conn, visitor.supplier, visitor.debtor)?;
    let plan = store::plan::find(conn, visitor.supplier, id)?;
    if plan.debtor != visitor.debtor {
        return Err(StoreError::NotFound.into());
    }
    let (event, action) = match reply {
        Reply::Agree(_) => (PlanEvent::Agree, "plan.agreed"),
        Reply::Refuse => (PlanEvent::Refuse, "plan.declined"),
        Reply::Cancel => (PlanEvent::Cancel, "plan.cancelled"),
    };
    // Only the supplier refuses what the debtor asked for, and ends what runs.
    let own_turn = plan.state == PlanState::Countered
        || (event == PlanEvent::Cancel && plan.state == PlanState::Proposed);
    if !own_turn {
        return Ok(plan.state);
    }
    replan(conn, &supplier, plan.debtor, now)?;
    let state = match reply {
        Reply::Agree(terms) => {
            let more = acknowledgement(visitor, terms, now);
            store::plan::add_evidence(conn, plan.supplier, plan.id, &more)?;
            start(conn, &supplier, &plan, event, now)?;
            write(conn, &supplier, &plan, MessageKind::PlanAccepted, now)?;
            PlanState::Active
        }
        _ => {
            end(conn, &plan, event)?;
            plan.state.on(event)?
        }
    };
    told(conn, &Actor::visitor(visitor), &plan, action, now)?;
    Ok(state)
}
