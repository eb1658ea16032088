//! A debtor says what blocks an invoice; both sides talk about it; the supplier answers.

mod books;
mod credit;
mod respond;

use domain::dispute::lines::{DisputedLine, explain};
use domain::dispute::{Dispute, DisputeState, Reason};
use domain::invoice::Share;
use domain::message::MessageKind;
use domain::{Day, DisputeId, InvoiceId, Money, target};

use super::error::FlowError;
use super::guard::{Actor, Deed, Visitor, chosen, enter, note, replan, take};
use super::notify::{Letter, enqueue};
use crate::app::App;
use crate::clock::new_id;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

pub(super) use books::compare;
pub use respond::{Reply, Speech, answer, assign, speak};

/// Bank days within which the supplier says it will answer.
const ANSWER_DAYS: usize = 5;

/// The day by which the supplier answers what is declared today.
#[must_use]
pub fn answer_by(today: Day) -> Day {
    (0..ANSWER_DAYS).fold(today, |day, _| target::next_bank_day(day))
}

/// What the debtor declares.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Why.
    pub reason: Reason,
    /// How much of it; all that is not disputed yet when none.
    pub amount: Option<Money>,
    /// The lines it is about, when the debtor names them; they add up to the amount.
    pub lines: Vec<DisputedLine>,
    /// The debtor's own words.
    pub text: String,
    /// The form's key: sent twice, done once. Files that wait under it come along.
    pub key: String,
}

/// Records a dispute. Reminders of the disputed amount stop from here on.
pub async fn declare(
    app: &App,
    visitor: Visitor,
    declaration: Declaration,
) -> Result<DisputeId, FlowError> {
    let now = app.now();
    app.store
        .write(visitor.supplier, move |conn| {
            record(conn, &visitor, &declaration, now)
        })
        .await
}

/// The same within a transaction.
pub(super) fn record(
    conn: &mut Conn,
    visitor: &Visitor,
    declaration: &Declaration,
    now: domain::Moment,
) -> Result<DisputeId, FlowError> {
    let (supplier_id, debtor) = (visitor.supplier, visitor.debtor);
    let supplier = enter(conn, supplier_id, debtor)?;
    if let Some(done) = store::request::outcome(conn, supplier_id, debtor, &declaration.key)? {
        return done.parse().map_err(|_| FlowError::NothingOpen);
    }
    let invoice = store::invoice::find(conn, supplier_id, debtor, declaration.invoice)?;
    let left = invoice.open.checked_sub(invoice.disputed)?.at_least_zero();
    let amount = declaration.amount.unwrap_or(left);
    let share = [Share {
        invoice: invoice.id,
        amount,
    }];
    chosen(conn, (supplier_id, debtor), &share, |_| Ok(left))?;
    explain(&declaration.lines, amount)?;
    let answer_by = answer_by(replan(conn, &supplier, debtor, now)?);
    let dispute = Dispute {
        id: new_id(),
        supplier: supplier_id,
        debtor,
        invoice: invoice.id,
        reason: declaration.reason,
        amount,
        text: declaration.text.clone(),
        state: DisputeState::Open,
        declared_at: now,
        answer_by,
        owner: None,
        answered_at: None,
        credit: None,
    };
    store::dispute::insert(conn, &dispute)?;
    store::dispute_line::insert(conn, supplier_id, dispute.id, &declaration.lines)?;
    take(conn, supplier_id, &share, Hold::Disputed)?;
    let (waiting, given) = ((debtor, declaration.key.as_str()), (dispute.id, None));
    store::attachment::confirm(conn, supplier_id, waiting, given)?;
    let subject = dispute.id.to_string();
    store::request::keep(conn, supplier_id, debtor, &declaration.key, &subject, now)?;
    let letter = Letter {
        debtor,
        kind: MessageKind::DisputeReceived,
        about: subject.clone(),
        dedup: format!("dispute_received:{subject}"),
        invoices: vec![invoice.id],
    };
    enqueue(conn, &supplier, letter, now)?;
    let deed = Deed {
        actor: &Actor::visitor(visitor),
        action: "dispute.declared",
        debtor,
        subject,
        detail: format!(
            "{}: {} of {}",
            dispute.reason, dispute.amount, invoice.number
        ),
    };
    note(conn, supplier_id, now, deed)?;
    Ok(dispute.id)
}
