//! The supplier answers a request for a delay or a plan, or ends a plan that runs.

use domain::message::MessageKind;
use domain::plan::{self, Instalment, Part, PlanEvent, PlanState};
use domain::{Moment, PlanId, SupplierId};

use super::error::FlowError;
use super::guard::{Actor, enter, give_back, replan};
use super::plan::{end, told, write};
use super::plan_course::{cancel, start};
use crate::app::App;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

/// What the supplier says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes, as asked.
    Accept,
    /// No.
    Refuse,
    /// Other days or amounts.
    Counter(Vec<Part>),
    /// A plan that runs is over: all is due again.
    End,
}

/// Records the answer and the words that go with it, and tells the debtor.
pub async fn answer(
    app: &App,
    supplier: SupplierId,
    id: PlanId,
    answer: Answer,
    (actor, words): (Actor, String),
) -> Result<PlanState, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            record(conn, supplier, id, &answer, (&actor, &words), now)
        })
        .await
}

fn record(
    conn: &mut Conn,
    supplier: SupplierId,
    id: PlanId,
    answer: &Answer,
    (actor, words): (&Actor, &str),
    now: Moment,
) -> Result<PlanState, FlowError> {
    let debtor = store::plan::find(conn, supplier, id)?.debtor;
    let owner = enter(conn, supplier, debtor)?;
    let mut plan = store::plan::find(conn, supplier, id)?;
    let today = replan(conn, &owner, debtor, now)?;
    // The debtor refuses an offer, not the supplier its own.
    if matches!(answer, Answer::Refuse) && plan.state != PlanState::Proposed {
        return Err(store::StoreError::Conflict.into());
    }
    let (state, kind, action) = match answer {
        Answer::Accept => {
            start(conn, &owner, &plan, PlanEvent::Approve, now)?;
            (
                PlanState::Active,
                Some(MessageKind::PlanAccepted),
                "plan.approved",
            )
        }
        Answer::Refuse => {
            end(conn, &plan, PlanEvent::Refuse)?;
            (
                PlanState::Refused,
                Some(MessageKind::PlanRefused),
                "plan.refused",
            )
        }
        Answer::Counter(parts) => {
            let next = plan.state.on(PlanEvent::Counter)?;
            plan::check(parts, plan.amount, today)?;
            store::plan::set_state(conn, supplier, id, plan.state, next)?;
            store::plan::counter(conn, &plan, parts)?;
            give_back(conn, supplier, &plan.shares, Hold::Promised)?;
            plan.round = plan.round.saturating_add(1);
            plan.parts = parts.iter().map(|part| offered(*part)).collect();
            (next, Some(MessageKind::PlanCountered), "plan.countered")
        }
        Answer::End => {
            cancel(conn, &plan, now)?;
            (PlanState::Cancelled, None, "plan.ended")
        }
    };
    store::plan::set_words(conn, supplier, id, words)?;
    told(conn, actor, &plan, action, now)?;
    if let Some(kind) = kind {
        write(conn, &owner, &plan, kind, now)?;
    }
    Ok(state)
}

const fn offered(part: Part) -> Instalment {
    Instalment {
        part,
        promise: None,
        missed_on: None,
    }
}
