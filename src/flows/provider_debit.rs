//! A direct debit that the supplier's payment provider makes, for a supplier that has no creditor
//! identifier of its own ([ADR 12](../../docs/adr/0012-provider-debits.md)).
//!
//! The debtor agrees here, gives its IBAN on the provider's page, and its bank answers days later.
//! Until then the amounts are held and nothing is thanked for; a debit that its bank takes back
//! afterwards goes the way of all money that goes back.

use domain::message::MessageKind;
use domain::party::Supplier;
use domain::payment::{self, Method, Payment, PaymentState};
use domain::{Moment, Money};

use super::error::FlowError;
use super::guard::Visitor;
use super::notify::{Letter, enqueue};
use super::pay_by_card::{CardOrder, Redirect, With, begin};
use crate::app::App;
use crate::store::Conn;
use crate::vault;

/// What the debtor agreed to, and from where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// The wording that was on the page, exactly.
    pub wording: String,
    /// The address the request came from.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

impl Agreement {
    /// For the audit trail: which words were agreed to, and from where.
    pub(super) fn words(&self, amount: Money) -> String {
        let hash = vault::sha256(self.wording.as_bytes());
        format!(
            "{amount}; wording {hash} from {} by {}",
            self.address, self.agent
        )
    }
}

/// Opens the provider's page for these invoices, as agreed. Earlier pages for any of them are
/// closed first.
pub async fn start(
    app: &App,
    visitor: Visitor,
    (order, agreement): (CardOrder, Agreement),
) -> Result<Redirect, FlowError> {
    begin(app, visitor, order, With::Debit(agreement)).await
}

/// Whether the provider debits for this supplier at all: not for one that can do so itself.
#[must_use]
pub fn serves(supplier: &Supplier) -> bool {
    let bank = supplier.bank.as_ref();
    bank.is_none_or(|bank| bank.creditor_id.is_none())
}

/// Refuses what the provider would refuse.
pub(super) fn check(supplier: &Supplier, amount: Money) -> Result<(), FlowError> {
    if serves(supplier) && payment::provider_debit(amount).is_ok() {
        Ok(())
    } else {
        Err(FlowError::NotOffered(Method::ProviderDebit))
    }
}

/// Tells the debtor, who looks at no page any more: its debit is under way (the notice of it), or
/// its bank refused. A page that was given up is no news.
pub(super) fn tell(
    conn: &mut Conn,
    owner: &Supplier,
    payment: &Payment,
    now_is: PaymentState,
    now: Moment,
) -> Result<(), FlowError> {
    let kind = match (payment.state, now_is) {
        (_, PaymentState::Processing) => MessageKind::DebitUnderWay,
        // No page was opened: whoever asked for it reads so.
        (PaymentState::Created, _) => return Ok(()),
        (_, PaymentState::Failed) => MessageKind::DebitRefused,
        _ => return Ok(()),
    };
    let letter = Letter {
        debtor: payment.debtor,
        kind,
        about: payment.id.to_string(),
        dedup: format!("{kind}:{}", payment.id),
        invoices: payment.shares.iter().map(|share| share.invoice).collect(),
    };
    enqueue(conn, owner, letter, now)?;
    Ok(())
}
