//! What happened on an account, put together from all that keeps a trace of it.

use domain::collection::Collection;
use domain::mandate::MandateState;
use domain::message::MessageState;
use domain::payment::Payment;
use views::happening::{Happening, What};

use super::debtor::Account;
use crate::store::audit::Trace;
use crate::store::outbox::Sent;

/// Entries that are shown.
const SHOWN: usize = 100;

/// The newest happenings first.
pub(super) fn timeline(account: &Account) -> Vec<Happening> {
    let mut all: Vec<Happening> = claims(account)
        .chain(money(account))
        .chain(account.reversals.iter().map(|(one, at)| Happening {
            at: *at,
            what: What::MoneyBack(one.cause, one.state, one.amount),
        }))
        .chain(account.trail.iter().filter_map(|one| told(one, account)))
        .collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.at));
    all.truncate(SHOWN);
    all
}

fn claims(account: &Account) -> impl Iterator<Item = Happening> {
    let messages = account.messages.iter().map(|one| Happening {
        at: one.done_at.unwrap_or(one.message.due_at),
        what: sent(one),
    });
    let disputes = account.disputes.iter().map(|one| Happening {
        at: one.declared_at,
        what: What::Dispute(one.reason, one.amount),
    });
    let own = account.promises.iter().filter(|one| one.plan.is_none());
    let promises = own.map(|one| Happening {
        at: one.made_at,
        what: What::Promise(one.amount, one.due_on, one.state),
    });
    let plans = account.plans.iter().map(|one| Happening {
        at: one.asked_at,
        what: What::Plan(one.amount, one.parts.len(), one.state),
    });
    let said = account.confirmations.iter().map(|one| Happening {
        at: one.at,
        what: What::Confirmation(one.answers),
    });
    let mandates = account.mandates.iter().map(|one| Happening {
        at: one.created_at,
        what: What::Mandate(one.reference.to_string(), one.state),
    });
    let claims = messages.chain(disputes).chain(promises).chain(mandates);
    claims.chain(plans).chain(said)
}

/// How far a message got, or why it went nowhere.
fn sent(one: &Sent) -> What {
    let kind = one.message.kind;
    let withheld = one.outcome.as_deref().and_then(|why| why.parse().ok());
    match withheld {
        Some(why) if one.message.state != MessageState::Sent => What::Withheld(kind, why),
        _ => What::Message(kind, one.message.state),
    }
}

/// A debit is told by its day and how it stands at the bank, other payments by themselves.
fn money(account: &Account) -> impl Iterator<Item = Happening> {
    account.payments.iter().map(|payment| {
        let debit = |one: &&Collection| one.payment == payment.id;
        let debit = account.collections.iter().find(debit);
        Happening {
            at: payment.created_at,
            what: debit.map_or_else(|| paid(payment), ordered),
        }
    })
}

fn paid(payment: &Payment) -> What {
    What::Payment(payment.method, payment.amount, payment.state)
}

fn ordered(debit: &Collection) -> What {
    What::Debit(debit.amount, debit.collect_on, debit.state)
}

/// What only the audit trail knows.
fn told(trace: &Trace, account: &Account) -> Option<Happening> {
    let what = match trace.action.as_str() {
        "account.opened" => What::Opened,
        "mandate.revoked" => What::Mandate(trace.detail.clone(), MandateState::Revoked),
        "dispute.answered" => {
            let state = trace.detail.parse().ok()?;
            What::DisputeOutcome(state, words(trace, &account.trail))
        }
        _ => return None,
    };
    Some(Happening { at: trace.at, what })
}

/// The words that went with an answer.
fn words(answer: &Trace, trail: &[Trace]) -> String {
    let said = trail.iter().find(|one| {
        one.action == "dispute.said" && one.subject == answer.subject && one.at == answer.at
    });
    said.map_or_else(String::new, |one| one.detail.clone())
}
