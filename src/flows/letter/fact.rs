//! What a message is about, read when it leaves.

use domain::Moment;
use domain::collection::CollectionState;
use domain::invoice::{ItemKind, Share};
use domain::mandate::Mandate;
use domain::message::{Message, MessageKind};
use domain::payment::Method;
use domain::promise::PromiseState;
use views::mail::{DebitFacts, EndedFacts, MandateFacts, PlanFacts, RevokedFacts, ThanksFacts};

use super::{Fact, Material, dispute, formal};
use crate::flows::{money_back, revoke_mandate};
use crate::store::{self, Conn};

fn about<T: std::str::FromStr>(message: &Message) -> Result<T, store::StoreError>
where
    T::Err: std::fmt::Display,
{
    let why = |why: T::Err| store::StoreError::Corrupt {
        what: "message.about",
        why: why.to_string(),
    };
    message.about.parse().map_err(why)
}

/// What this message is about.
pub(super) fn fact(
    conn: &mut Conn,
    message: &Message,
    material: &Material,
    now: Moment,
) -> Result<Fact, store::StoreError> {
    let supplier = message.supplier;
    Ok(match message.kind {
        MessageKind::Thanks => thanks(conn, message, material)?,
        MessageKind::MoneyBack => {
            let (amount, cause) = money_back::read_about(conn, supplier, &message.about)?;
            Fact::MoneyBack(amount, cause)
        }
        MessageKind::PlanReceived
        | MessageKind::PlanAccepted
        | MessageKind::PlanCountered
        | MessageKind::PlanRefused
        | MessageKind::PlanMissed => Fact::Plan(plan(conn, supplier, about(message)?)?),
        MessageKind::PromiseNoted | MessageKind::PromiseBroken => {
            let promise = store::promise::find(conn, supplier, about(message)?)?;
            Fact::Promise(promise.amount, promise.due_on, promise.shares)
        }
        MessageKind::PromiseSoon => soon(conn, message, material)?,
        MessageKind::DisputeReceived => {
            let dispute = store::dispute::find(conn, supplier, about(message)?)?;
            Fact::Dispute(dispute::received(dispute, &material.invoices))
        }
        MessageKind::DisputeQuestion | MessageKind::DisputeDelayed | MessageKind::DisputeAnswer => {
            let remark = store::remark::find(conn, supplier, about(message)?)?;
            let dispute = store::dispute::find(conn, supplier, remark.dispute)?;
            let open = store::invoice::open_of_debtor(conn, supplier, message.debtor)?;
            let settled = open.iter().all(|item| item.kind != ItemKind::Invoice);
            let files = store::attachment::any_of(conn, supplier, dispute.id, remark.id)?;
            let besides = (settled, files);
            Fact::Said(dispute::said(dispute, remark, &material.invoices, besides))
        }
        MessageKind::MandateRevoked => Fact::Revoked(revoked(conn, message)?),
        MessageKind::MandateSigned => Fact::Mandate(mandate(conn, message, about(message)?)?),
        MessageKind::DebitNotice => {
            let collection = store::collection::find(conn, supplier, about(message)?)?;
            let facts = DebitFacts {
                amount: collection.amount,
                collect_on: collection.collect_on,
                mandate: mandate(conn, message, collection.mandate)?,
            };
            let called_off = collection.state == CollectionState::Cancelled;
            Fact::Debit((!called_off).then_some(facts))
        }
        MessageKind::FormalNotice => Fact::Formal(formal::facts(conn, material, now)?),
        MessageKind::DebitEnded => Fact::Ended(ended(conn, supplier, about(message)?)?),
        MessageKind::DebitUnderWay | MessageKind::DebitRefused => {
            let payment = store::payment::find(conn, supplier, about(message)?)?;
            Fact::ProviderDebit(payment.amount, payment.shares)
        }
        MessageKind::Forwarded => {
            Fact::Forwarded(store::forward::find(conn, supplier, about(message)?)?)
        }
        MessageKind::Code => Fact::Code(store::code::digits(conn, supplier, about(message)?, now)?),
        _ => Fact::None,
    })
}

/// What is still to come of a promise: nothing once it was kept, changed or taken back.
fn soon(
    conn: &mut Conn,
    message: &Message,
    material: &Material,
) -> Result<Fact, store::StoreError> {
    let failed = |why: domain::MoneyError| store::StoreError::Failed(why.to_string());
    let promise = store::promise::find(conn, message.supplier, about(message)?)?;
    let mut left = Vec::new();
    for share in promise
        .shares
        .iter()
        .filter(|_| promise.state == PromiseState::Made)
    {
        let Some(item) = material.invoices.iter().find(|one| one.id == share.invoice) else {
            continue;
        };
        let payable = item.payable().map_err(failed)?;
        let amount = share.amount.least(payable).map_err(failed)?;
        if amount.is_positive() {
            left.push(Share { amount, ..*share });
        }
    }
    Ok(Fact::Soon(promise.due_on, left))
}

fn ended(
    conn: &mut Conn,
    supplier: domain::SupplierId,
    id: domain::CollectionId,
) -> Result<EndedFacts, store::StoreError> {
    let debit = store::collection::find(conn, supplier, id)?;
    let end = store::debit_return::find(conn, supplier, id)?.ok_or(store::StoreError::NotFound)?;
    Ok(EndedFacts {
        amount: debit.amount,
        collect_on: debit.collect_on,
        kind: end.kind,
        reason: end.reason,
        action: end.action,
        again: end.retried_by.is_some(),
        arrived: debit.state != CollectionState::Rejected,
    })
}

fn plan(
    conn: &mut Conn,
    supplier: domain::SupplierId,
    id: domain::PlanId,
) -> Result<PlanFacts, store::StoreError> {
    let plan = store::plan::find(conn, supplier, id)?;
    let promises = store::promise::of_plan(conn, supplier, plan.debtor, id)?;
    let waits = |one: &&domain::plan::Instalment| {
        let own = |promise: &&domain::promise::Promise| Some(promise.id) == one.promise;
        let promise = promises.iter().find(own);
        promise.is_some_and(|promise| promise.state == PromiseState::Made)
    };
    let missed = plan.parts.iter().filter(|one| one.missed_on.is_some());
    Ok(PlanFacts {
        amount: plan.amount,
        missed: missed.filter(waits).map(|one| one.part).next(),
        parts: plan.parts.iter().map(|one| one.part).collect(),
        answer_by: plan.answer_by,
        debited: plan.mandate.is_some(),
        words: plan.words,
    })
}

fn mandate(
    conn: &mut Conn,
    message: &Message,
    id: domain::MandateId,
) -> Result<MandateFacts, store::StoreError> {
    let mandate = store::mandate::find(conn, message.supplier, id)?;
    Ok(named(&mandate))
}

fn named(mandate: &Mandate) -> MandateFacts {
    MandateFacts {
        reference: mandate.reference.clone(),
        creditor_id: mandate.creditor_id.clone(),
        scheme: mandate.scheme,
        iban_last_four: mandate.iban.last_four().to_owned(),
    }
}

/// What to pay otherwise is told as it stands when the message leaves.
fn revoked(conn: &mut Conn, message: &Message) -> Result<RevokedFacts, store::StoreError> {
    let whose = (message.supplier, message.debtor);
    let ordered = revoke_mandate::look(conn, whose, about(message)?)?;
    let at_bank = ordered.debits.iter().filter(|one| one.state.is_at_bank());
    Ok(RevokedFacts {
        mandate: named(&ordered.mandate),
        at_bank: at_bank.map(|one| (one.collect_on, one.amount)).collect(),
        instead: ordered.instead,
    })
}

fn thanks(
    conn: &mut Conn,
    message: &Message,
    material: &Material,
) -> Result<Fact, store::StoreError> {
    let payment = store::payment::find(conn, message.supplier, about(message)?)?;
    let today = material.supplier.zone.day(payment.created_at);
    let open = store::invoice::open_of_debtor(conn, message.supplier, message.debtor)?;
    let sums = domain::account::totals(&open, today)
        .map_err(|why| store::StoreError::Failed(why.to_string()))?;
    let facts = ThanksFacts {
        amount: payment.amount,
        set_off: payment.method == Method::Credit,
        received_on: payment.effective_on.unwrap_or(today),
        remaining: sums
            .values()
            .map(|sum| sum.open)
            .filter(|open| open.is_positive())
            .collect(),
    };
    Ok(Fact::Thanks(facts, payment.shares))
}
