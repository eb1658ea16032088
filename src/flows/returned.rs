//! A direct debit ended without its money: refused, sent back or refunded, whoever says so. The
//! bank's answer file and its statements both come here.

use domain::collection::{Collection, EndKind};
use domain::designation::Designation;
use domain::dispute::{Dispute, DisputeState, Reason};
use domain::invoice::Share;
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::mandate::MandateEvent;
use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::{Payment, PaymentEvent, PaymentState};
use domain::promise::PromiseEvent;
use domain::reason_code::{self, Action};
use domain::recall::RecallOutcome;
use domain::{CollectionId, Day, Moment, Money, SupplierId};

use super::batch::restore_mandate;
use super::debit::{DebitOrder, first_day, place};
use super::dispute::answer_by;
use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note, replan, take};
use super::notify::{Letter, enqueue};
use super::pay_by_card::advance;
use super::take_back::{TakeBack, take_back};
use super::{judge, recall};
use crate::clock::new_id;
use crate::store::debit_return::DebitReturn;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

/// Characters of a bank's words that are kept.
const TEXT_MAX: usize = 500;

/// What is told of a debit.
#[derive(Clone, Debug)]
pub struct Returned {
    /// Which debit.
    pub collection: CollectionId,
    /// What happened to it.
    pub kind: EndKind,
    /// The bank's code; empty when it gave none.
    pub reason: String,
    /// The bank's words.
    pub text: String,
    /// The day it counts from.
    pub day: Day,
    /// What the bank took for it, apart from the debit itself.
    pub fee: Money,
    /// Who says so.
    pub actor: Actor,
}

/// Records how a debit ended and does what its reason asks for; gives what was done. Told again, by
/// the same source or another, nothing happens but for a fee that was not known before.
///
/// Runs inside the caller's transaction and takes the debtor's guard first.
pub fn returned(
    conn: &mut Conn,
    supplier: SupplierId,
    what: &Returned,
    now: Moment,
) -> Result<Option<Action>, FlowError> {
    let debtor = store::collection::find(conn, supplier, what.collection)?.debtor;
    let owner = enter(conn, supplier, debtor)?;
    let debit = store::collection::find(conn, supplier, what.collection)?;
    if let Some(known) = store::debit_return::find(conn, supplier, debit.id)? {
        late_fee(conn, &owner, &debit, &known, what, now)?;
        return Ok(None);
    }
    let earlier = store::debit_return::earlier(conn, supplier, debit.id)?;
    let action = match what.kind {
        // Our own doing: nothing is contested and nothing tried again by itself.
        EndKind::Reversal | EndKind::Cancellation => Action::Human,
        _ => reason_code::action_after(&what.reason, earlier),
    };
    if !action.refuses() {
        return Ok(None);
    }
    let payment = store::payment::find(conn, supplier, debit.payment)?;
    let arrived = payment.state == PaymentState::Succeeded;
    let next = debit.state.on(what.kind.event(arrived))?;
    store::collection::set_state(conn, supplier, debit.id, debit.state, next)?;
    // What was asked for itself is answered by whoever asked.
    if !matches!(what.kind, EndKind::Reversal | EndKind::Cancellation) {
        let how = (RecallOutcome::Ended, what.reason.as_str());
        recall::overtaken(conn, &debit, how, (&what.actor, now))?;
    }
    let end = DebitReturn {
        collection: debit.id,
        kind: what.kind,
        reason: what.reason.clone(),
        action,
        text: what.text.chars().take(TEXT_MAX).collect(),
        day: what.day,
        fee: what.fee,
        at: now,
        retried_by: None,
    };
    store::debit_return::insert(conn, supplier, &end)?;
    book_fee(conn, &owner, &debit, what.fee, what.day, now)?;
    let case = Case {
        owner: &owner,
        debit: &debit,
        payment: &payment,
        now,
    };
    case.money(conn, what, arrived)?;
    case.mandate(conn, what, arrived)?;
    let action = case.follow(conn, &end, arrived)?;
    case.trail(conn, what, action)?;
    Ok(Some(action))
}

/// A fee that one source told and the other had not.
fn late_fee(
    conn: &mut Conn,
    owner: &Supplier,
    debit: &Collection,
    known: &DebitReturn,
    what: &Returned,
    now: Moment,
) -> Result<(), FlowError> {
    if known.fee.is_zero() && what.fee.is_positive() {
        store::debit_return::set_fee(conn, owner.id, debit.id, what.fee)?;
        book_fee(conn, owner, debit, what.fee, what.day, now)?;
    }
    Ok(())
}

/// Books what the bank took: the supplier's own cost, and no part of what the debtor owes.
fn book_fee(
    conn: &mut Conn,
    owner: &Supplier,
    debit: &Collection,
    fee: Money,
    day: Day,
    now: Moment,
) -> Result<(), FlowError> {
    if !fee.is_positive() {
        return Ok(());
    }
    let line = |account, amount| Line {
        account,
        invoice: None,
        debtor: Some(debit.debtor),
        amount,
    };
    let entry = Entry {
        supplier: owner.id,
        kind: TxKind::Fee,
        source: debit.id.to_string(),
        effective_on: day,
        lines: vec![
            line(Account::BankFee, fee),
            line(Account::Bank, fee.checked_neg()?),
        ],
    };
    Ok(store::ledger::post(conn, new_id(), &entry, now)?)
}

/// One debit that ended, and what hangs on it.
struct Case<'a> {
    owner: &'a Supplier,
    debit: &'a Collection,
    payment: &'a Payment,
    now: Moment,
}

impl Case<'_> {
    /// What had arrived goes back, reminders at the level they had reached; what had not is not
    /// held any more.
    fn money(&self, conn: &mut Conn, what: &Returned, arrived: bool) -> Result<(), FlowError> {
        let supplier = self.owner.id;
        if arrived {
            let back = TakeBack {
                payment: self.payment.id,
                on: what.day,
                reason: what.reason.clone(),
                actor: what.actor.clone(),
            };
            take_back(conn, supplier, &back, self.now)?;
            return Ok(());
        }
        advance(conn, self.payment, PaymentEvent::Declined, self.now)
    }

    fn mandate(&self, conn: &mut Conn, what: &Returned, arrived: bool) -> Result<(), FlowError> {
        if !arrived {
            restore_mandate(conn, self.debit)?;
        }
        if !reason_code::suspends_mandate(&what.reason) {
            return Ok(());
        }
        let supplier = self.owner.id;
        let mandate = store::mandate::find(conn, supplier, self.debit.mandate)?;
        if let Ok(next) = mandate.state.on(MandateEvent::Suspend) {
            store::mandate::set_state(conn, supplier, mandate.id, mandate.state, next)?;
        }
        Ok(())
    }

    /// What the reason asks for, and word to the debtor; gives what was done.
    fn follow(
        &self,
        conn: &mut Conn,
        end: &DebitReturn,
        arrived: bool,
    ) -> Result<Action, FlowError> {
        let mut action = end.action;
        let retried = action == Action::Retry && self.retry(conn)?;
        if action == Action::Retry && !retried {
            action = Action::Human;
            store::debit_return::set_action(conn, self.owner.id, self.debit.id, action)?;
        }
        if end.action == Action::Dispute {
            self.contest(conn, end)?;
        }
        // What relied on it goes on without; what had arrived was judged again when it went back.
        if !retried && !arrived {
            judge::without_debit(conn, self.owner, self.payment, self.now)?;
        }
        if reason_code::stops_messages(&end.reason) {
            return Ok(action);
        }
        let letter = Letter {
            debtor: self.debit.debtor,
            kind: MessageKind::DebitEnded,
            about: self.debit.id.to_string(),
            dedup: format!("debit_ended:{}", self.debit.id),
            invoices: self.payment.shares.iter().map(|one| one.invoice).collect(),
        };
        enqueue(conn, self.owner, letter, self.now)?;
        Ok(action)
    }

    /// One new debit of the same amounts, announced anew. An instalment of a plan is left to the
    /// debtor, and so is what cannot be debited any more.
    fn retry(&self, conn: &mut Conn) -> Result<bool, FlowError> {
        let (supplier, debtor) = (self.owner.id, self.debit.debtor);
        let promise = store::promise::of_payment(conn, supplier, debtor, self.payment.id)?;
        if promise.as_ref().is_some_and(|one| one.plan.is_some()) {
            return Ok(false);
        }
        let order = DebitOrder {
            mandate: self.debit.mandate,
            what: Designation {
                shares: self.payment.shares.clone(),
                credits: self.payment.credits.clone(),
                charges: self.payment.charges.clone(),
            },
            collect_on: first_day(self.owner, self.now),
            key: String::new(),
        };
        let by = (debtor, &Actor::job("debits"));
        let next = match place(conn, self.owner, by, &order, self.now) {
            Err(why) if is_for_the_debtor(&why) => return Ok(false),
            placed => placed?,
        };
        store::debit_return::set_retried_by(conn, supplier, self.debit.id, next.id)?;
        if let Some(mut promise) = promise.filter(|one| !one.holds()) {
            promise.payment = Some(next.payment);
            store::promise::set_way(conn, &promise)?;
            // The first debit's end may have broken it; it waits for the second.
            if promise.state.on(PromiseEvent::Rejudge).is_ok() {
                judge::wait_again(conn, &mut promise)?;
            }
        }
        Ok(true)
    }

    /// The debtor contests: what it took back is a dispute, and no reminder asks for it.
    fn contest(&self, conn: &mut Conn, end: &DebitReturn) -> Result<(), FlowError> {
        let (supplier, debtor) = (self.owner.id, self.debit.debtor);
        let today = replan(conn, self.owner, debtor, self.now)?;
        for share in &self.payment.shares {
            let invoice = store::invoice::find(conn, supplier, debtor, share.invoice)?;
            let free = invoice.remindable()?;
            let amount = if free.minor() < share.amount.minor() {
                free
            } else {
                share.amount
            };
            if !amount.is_positive() {
                continue;
            }
            let dispute = Dispute {
                id: new_id(),
                supplier,
                debtor,
                invoice: share.invoice,
                reason: Reason::Other,
                amount,
                text: format!("{} {}", end.reason, end.text).trim().to_owned(),
                state: DisputeState::Open,
                declared_at: self.now,
                answer_by: answer_by(today),
                owner: None,
                answered_at: None,
                credit: None,
            };
            store::dispute::insert(conn, &dispute)?;
            let held = [Share { amount, ..*share }];
            take(conn, supplier, &held, Hold::Disputed)?;
        }
        Ok(())
    }

    fn trail(&self, conn: &mut Conn, what: &Returned, action: Action) -> Result<(), FlowError> {
        let deed = Deed {
            actor: &what.actor,
            action: "debit.returned",
            debtor: self.debit.debtor,
            subject: self.debit.id.to_string(),
            detail: format!("{} {}: {action}", what.kind, what.reason),
        };
        note(conn, self.owner.id, self.now, deed)
    }
}

/// Why a debit cannot be ordered again by the program.
const fn is_for_the_debtor(why: &FlowError) -> bool {
    matches!(
        why,
        FlowError::NotOffered(_)
            | FlowError::NothingOpen
            | FlowError::TooMuch { .. }
            | FlowError::CreditSpent(_)
            | FlowError::BelowMinimum(_)
            | FlowError::OutsideLimits(_)
    )
}
