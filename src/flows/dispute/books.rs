//! What an import brought that answers disputes: a credit note, or an invoice that came back lower.
//!
//! Run when an import's last row is booked. It looks at what the books say now, not at what the
//! import changed, so that an import which was cut short is made up for by the next.

use domain::credit::{Finding, judge};
use domain::dispute::{CreditNote, Dispute, DisputeEvent};
use domain::{DebtorId, Moment, SupplierId};

use super::super::call_off;
use super::super::error::FlowError;
use super::super::guard::{Actor, Deed, enter, note};
use super::respond::{Said, record};
use crate::app::App;
use crate::store::{self, Conn, StoreError};

/// What is to be done about one dispute.
enum Step {
    /// The books answer it.
    Answer(DisputeEvent, Option<CreditNote>),
    /// A person must look.
    Ask,
    /// Nothing is there any more to look at.
    Forget,
}

/// Compares the supplier's disputes with its books. What is wrong with one account keeps neither
/// the others nor the import.
pub(in crate::flows) async fn compare(app: &App, supplier: SupplierId) -> Result<(), FlowError> {
    let mut answered = false;
    let worth = move |conn: &mut Conn| worth_a_look(conn, supplier);
    for debtor in app.store.report(supplier, worth).await? {
        let now = app.now();
        let one = move |conn: &mut Conn| apply(conn, supplier, debtor, now);
        match app.store.write(supplier, one).await {
            Ok(any) => answered |= any,
            Err(why) => tracing::warn!(%debtor, %why, "its disputes were not compared"),
        }
    }
    if answered {
        call_off::debits(app, supplier).await?;
    }
    Ok(())
}

/// The debtors at whose disputes something is to be done, found without a lock.
fn worth_a_look(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<DebtorId>, StoreError> {
    let mut found = store::credit::to_compare(conn, supplier)?;
    found.retain(|debtor| {
        let steps = steps(conn, supplier, *debtor);
        let steps = steps.inspect_err(|why| tracing::warn!(%debtor, %why, "not compared"));
        steps.is_ok_and(|steps| !steps.is_empty())
    });
    Ok(found)
}

/// What is to be done about a debtor's disputes; what is done already is left out.
fn steps(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Vec<(Dispute, Step)>, FlowError> {
    let disputes = store::dispute::suspending(conn, supplier, debtor)?;
    let mut claims = Vec::with_capacity(disputes.len());
    for dispute in &disputes {
        claims.push(store::credit::claim(conn, dispute)?);
    }
    let notes = store::credit::notes(conn, supplier, debtor)?;
    let mut steps = Vec::new();
    for (dispute, finding) in disputes.into_iter().zip(judge(&claims, &notes)?) {
        let asked = store::credit::unsure_since(conn, supplier, dispute.id)?.is_some();
        let step = match finding {
            Finding::Credited(id, amount) => {
                let note = notes.iter().find(|note| note.id == id);
                let number = note.map(|note| note.number.clone()).unwrap_or_default();
                Step::Answer(DisputeEvent::Credit, Some(CreditNote { number, amount }))
            }
            Finding::Deducted => Step::Answer(DisputeEvent::Deduct, None),
            Finding::Unsure if !asked => Step::Ask,
            Finding::Nothing if asked => Step::Forget,
            Finding::Unsure | Finding::Nothing => continue,
        };
        steps.push((dispute, step));
    }
    Ok(steps)
}

/// Does it, under the debtor's guard; gives whether any dispute was answered.
fn apply(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    now: Moment,
) -> Result<bool, FlowError> {
    enter(conn, supplier, debtor)?;
    let mut answered = false;
    for (dispute, step) in steps(conn, supplier, debtor)? {
        match step {
            Step::Answer(event, credit) => {
                let said = Said {
                    event,
                    text: String::new(),
                    credit,
                    until: None,
                    actor: Actor::job("import"),
                    of: None,
                    key: None,
                };
                record(conn, (supplier, dispute.id), &said, now)?;
                answered = true;
            }
            Step::Ask => {
                store::credit::set_unsure(conn, supplier, dispute.id, Some(now))?;
                trail(conn, &dispute, now)?;
            }
            Step::Forget => store::credit::set_unsure(conn, supplier, dispute.id, None)?,
        }
    }
    Ok(answered)
}

fn trail(conn: &mut Conn, dispute: &Dispute, now: Moment) -> Result<(), FlowError> {
    let deed = Deed {
        actor: &Actor::job("import"),
        action: "dispute.unsure",
        debtor: dispute.debtor,
        subject: dispute.id.to_string(),
        detail: "the books brought what may answer it".into(),
    };
    note(conn, dispute.supplier, now, deed)
}
