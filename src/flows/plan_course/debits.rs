//! Instalments that are debited under a mandate: each debit is ordered some time before its day,
//! lowered when other money came first, and called off when its instalment waits no more.
//!
//! Every euro is held once. Until its debit is ordered an instalment holds its amounts as promised;
//! from then on the debit has them reserved, and the instalment holds nothing beside it.

use domain::collection::CollectionEvent;
use domain::invoice::Share;
use domain::payment::{Method, Payment, PaymentState};
use domain::plan::DEBIT_AHEAD_DAYS;
use domain::promise::{Promise, PromiseEvent, PromiseState};
use domain::{Moment, Money, target};

use super::Course;
use crate::flows::call_off;
use crate::flows::debit::{DebitOrder, first_day, place};
use crate::flows::error::FlowError;
use crate::flows::guard::{Actor, give_back, take};
use crate::flows::promise::leave;
use crate::store::invoice::Hold;
use crate::store::{self, Conn};

/// How the debit of an instalment stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Debit {
    /// None was ordered.
    None,
    /// Ordered; it can still be called off.
    Ordered(Payment),
    /// The bank has it: it comes, or comes back.
    AtBank,
    /// It was called off.
    CalledOff,
    /// It came, came back, or was refused.
    Over,
}

impl Debit {
    /// How the one of this promise stands.
    pub(super) fn of(conn: &mut Conn, promise: &Promise) -> Result<Self, FlowError> {
        let (Some(Method::Debit), Some(id)) = (promise.method, promise.payment) else {
            return Ok(Self::None);
        };
        let payment = store::payment::find(conn, promise.supplier, id)?;
        if payment.state == PaymentState::Cancelled {
            return Ok(Self::CalledOff);
        }
        if !payment.state.reserves() {
            return Ok(Self::Over);
        }
        let collection = store::collection::of_payment(conn, promise.supplier, id)?;
        Ok(match collection.state.on(CollectionEvent::Cancel) {
            Ok(_) => Self::Ordered(payment),
            Err(_) => Self::AtBank,
        })
    }

    /// Whether its outcome is awaited.
    pub(super) const fn is_under_way(&self) -> bool {
        matches!(self, Self::Ordered(_) | Self::AtBank)
    }
}

/// Ends an instalment before it is judged, with its debit; one that the bank has cannot be stopped
/// here, and what it brings goes to the invoices.
pub(super) fn let_go(conn: &mut Conn, promise: &Promise, now: Moment) -> Result<(), FlowError> {
    if let Debit::Ordered(payment) = Debit::of(conn, promise)? {
        call_off::ordered(conn, &payment, now)?;
    }
    leave(conn, promise, PromiseEvent::Cancel, now)
}

/// What is left of these shares beside those that a debit at the bank will bring.
pub(super) fn beside(left: &[Share], at_bank: &[Share]) -> Result<Vec<Share>, FlowError> {
    let mut beside = left.to_vec();
    for debited in at_bank {
        for share in beside
            .iter_mut()
            .filter(|one| one.invoice == debited.invoice)
        {
            share.amount = share.amount.checked_sub(debited.amount)?.at_least_zero();
        }
    }
    Ok(beside)
}

impl Course<'_> {
    /// Gives an instalment that waits these shares to hold, in the place of its own. A debit of
    /// other amounts is called off: it is ordered anew for what is left.
    pub(super) fn hold(
        &mut self,
        conn: &mut Conn,
        place: usize,
        shares: Vec<Share>,
    ) -> Result<(), FlowError> {
        let (Some(promise), Some(debit)) = (self.promises.get_mut(place), self.debits.get(place))
        else {
            return Ok(());
        };
        let same = promise.shares == shares;
        match debit {
            Debit::AtBank => return Ok(()),
            Debit::None | Debit::Ordered(_) if same => return Ok(()),
            Debit::None => give_back(conn, promise.supplier, &promise.shares, Hold::Promised)?,
            Debit::Ordered(payment) => call_off::ordered(conn, payment, self.now)?,
            Debit::CalledOff | Debit::Over => {}
        }
        if *debit != Debit::None {
            promise.method = None;
            // One that came back or was refused is not ordered again: that is for the debtor.
            promise.payment = promise.payment.filter(|_| *debit == Debit::Over);
            store::promise::set_way(conn, promise)?;
        }
        store::promise::set_shares(conn, promise.supplier, promise.id, &shares)?;
        take(conn, promise.supplier, &shares, Hold::Promised)?;
        promise.shares = shares;
        Ok(())
    }

    /// Orders the debits whose day is near. One that the bank can no longer do in time, for which
    /// another payment is under way, or whose mandate ended is left to the debtor to pay; what
    /// insolvency proceedings bar is not debited.
    pub(super) fn order_debits(&mut self, conn: &mut Conn) -> Result<(), FlowError> {
        let Some(mandate) = self.plan.mandate else {
            return Ok(());
        };
        let first = first_day(self.supplier, self.now);
        let until = self.today.plus_days(DEBIT_AHEAD_DAYS);
        for promise in &mut self.promises {
            let waits = promise.state == PromiseState::Made && promise.payment.is_none();
            let near = promise.due_on <= until && target::bank_day_from(promise.due_on) >= first;
            if !waits || !near || promise.shares.is_empty() {
                continue;
            }
            let order = DebitOrder {
                mandate,
                what: promise.shares.clone().into(),
                collect_on: promise.due_on,
                key: String::new(),
            };
            let by = (self.plan.debtor, &Actor::job("plans"));
            let collection = match place(conn, self.supplier, by, &order, self.now) {
                Err(
                    FlowError::TooMuch { .. } | FlowError::NotOffered(_) | FlowError::NothingOpen,
                ) => continue,
                placed => placed?,
            };
            give_back(conn, promise.supplier, &promise.shares, Hold::Promised)?;
            promise.method = Some(Method::Debit);
            promise.payment = Some(collection.payment);
            store::promise::set_way(conn, promise)?;
        }
        Ok(())
    }

    /// What the debits at the bank will bring, and what the other instalments still need.
    pub(super) fn needs(&self) -> Result<(Vec<Share>, Vec<Money>), FlowError> {
        let (mut at_bank, mut rests) = (Vec::new(), Vec::new());
        let none = Money::zero(self.plan.amount.currency());
        let all = self.plan.parts.iter().zip(&self.paid);
        for ((one, paid), (promise, debit)) in all.zip(self.promises.iter().zip(&self.debits)) {
            if *debit == Debit::AtBank {
                at_bank.extend(promise.shares.iter().copied());
                rests.push(none);
            } else {
                rests.push(one.part.amount.checked_sub(*paid)?);
            }
        }
        Ok((at_bank, rests))
    }
}
