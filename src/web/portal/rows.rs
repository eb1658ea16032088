//! Open items with what was said about them.

use domain::dispute::{Dispute, DisputeState};
use domain::insolvency::Insolvency;
use domain::invoice::Invoice;
use domain::plan::Plan;
use domain::promise::Promise;
use domain::{Money, MoneyError};
use views::portal::account::Row;

use crate::flows::Visitor;
use crate::store::{self, Conn, StoreError};

/// Disputes of one debtor that are looked at.
const DISPUTES_MAX: i64 = 200;

/// The waiting promises and disputes of an account.
pub(super) struct Claims {
    promises: Vec<Promise>,
    disputes: Vec<Dispute>,
    plans: Vec<Plan>,
    insolvency: Option<Insolvency>,
}

impl Claims {
    /// Those that concern these items.
    pub(super) fn load(
        conn: &mut Conn,
        visitor: &Visitor,
        items: &[Invoice],
    ) -> Result<Self, StoreError> {
        let (supplier, debtor) = (visitor.supplier, visitor.debtor);
        let promised: Vec<_> = items
            .iter()
            .filter(|item| item.promised.is_positive() || item.reserved.is_positive())
            .map(|item| item.id)
            .collect();
        let promises = if promised.is_empty() {
            Vec::new()
        } else {
            store::promise::waiting_on(conn, supplier, debtor, &promised)?
        };
        let disputes = if items.iter().any(|item| item.disputed.is_positive()) {
            store::dispute::of_debtor(conn, supplier, debtor, DISPUTES_MAX)?
        } else {
            Vec::new()
        };
        let plans = store::plan::open_of_debtor(conn, supplier, debtor)?;
        Ok(Self {
            promises,
            disputes,
            plans,
            insolvency: store::pause::insolvency_of(conn, supplier, debtor)?,
        })
    }

    /// One item and its claims.
    pub(super) fn row(&self, item: Invoice) -> Result<Row, MoneyError> {
        let covers = |promise: &&Promise| {
            let mut shares = promise.shares.iter();
            shares.any(|share| share.invoice == item.id)
        };
        let own = |dispute: &&Dispute| dispute.invoice == item.id && dispute.state.suspends();
        let asks = |dispute: &Dispute| dispute.state == DisputeState::InfoNeeded;
        let mut waiting = self
            .disputes
            .iter()
            .filter(own)
            .filter(|one| one.state.waits());
        let asked = self.disputes.iter().filter(own).find(|one| asks(one));
        let dispute = asked.or_else(|| self.disputes.iter().find(own));
        let planned = |plan: &&Plan| plan.shares.iter().any(|one| one.invoice == item.id);
        let promise = self.promises.iter().find(covers);
        let held = promise.filter(|one| one.holds());
        let plan = self.plans.iter().find(planned);
        Ok(Row {
            payable: suggested(&item)?,
            promised_for: held.map(|one| one.due_on),
            promise: promise.filter(|one| one.plan.is_none()).map(|one| one.id),
            plan: plan.map(|plan| (plan.id, plan.state)),
            answer_by: waiting.next().map(|one| one.answer_by),
            dispute: dispute.map(|one| (one.id, asks(one))),
            barred: self.insolvency.is_some_and(|one| one.bars(&item)),
            item,
        })
    }
}

/// What a debtor is asked to pay of an invoice: the part nothing was said about, else what it
/// promised; never what is disputed. The buttons of the account and the form they lead to name the
/// same sum.
pub(super) fn suggested(item: &Invoice) -> Result<Money, MoneyError> {
    let unclaimed = item.remindable()?;
    if unclaimed.is_positive() {
        Ok(unclaimed)
    } else {
        let undisputed = item.payable()?.checked_sub(item.disputed)?;
        Ok(undisputed.at_least_zero())
    }
}
