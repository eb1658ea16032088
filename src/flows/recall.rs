//! Debits are asked back from the bank: cancelled before their day, or given back after it. A
//! second person agrees before money is given back.

use std::collections::BTreeMap;

use domain::batch::FileVersion;
use domain::collection::Collection;
use domain::party::Supplier;
use domain::payment::Method;
use domain::recall::{RecallEvent, RecallKind, RecallOutcome, RecallReason, RecallState};
use domain::{AuditId, BatchId, CollectionId, Moment, Money, RecallId, SupplierId};

use super::batch::{is_out, profile};
use super::collect::{digits, end_to_end_id};
use super::error::FlowError;
use super::guard::Actor;
use crate::app::App;
use crate::clock::new_id;
use crate::payments::sepa::pain008::{DirectDebit, Rest, Terms};
use crate::payments::sepa::recall::{self as file, Part};
use crate::store::audit::Trace;
use crate::store::batch::Batch;
use crate::store::recall::Recall;
use crate::store::{self, Conn};
use crate::vault;

/// What somebody asks the bank for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The file the debits were in.
    pub batch: BatchId,
    /// To cancel them or to give them back.
    pub kind: RecallKind,
    /// Why.
    pub reason: RecallReason,
    /// Which; those that cannot be asked for any more are left out.
    pub debits: Vec<CollectionId>,
}

/// Makes the request and keeps its bytes. None when nothing of it can be asked for: the days are
/// over, the money is not there, or it is asked for already.
pub async fn make(
    app: &App,
    supplier: SupplierId,
    request: Request,
    maker: Actor,
) -> Result<Option<Recall>, FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            record(conn, supplier, &request, &maker, now)
        })
        .await
}

fn record(
    conn: &mut Conn,
    supplier: SupplierId,
    request: &Request,
    maker: &Actor,
    now: Moment,
) -> Result<Option<Recall>, FlowError> {
    let owner = store::supplier::find(conn, supplier)?;
    let batch = store::batch::find(conn, supplier, request.batch)?;
    let asked = store::recall::asked_of_batch(conn, supplier, batch.id)?;
    let (mut ids, mut debits) = (request.debits.clone(), Vec::new());
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let debit = store::collection::find(conn, supplier, id)?;
        let fits = request
            .kind
            .fits(debit.state, debit.collect_on, owner.zone.day(now));
        if fits && debit.batch == Some(batch.id) && !asked.contains(&id) {
            debits.push(debit);
        }
    }
    if debits.is_empty() || !is_out(batch.state) {
        return Ok(None);
    }
    let id: RecallId = new_id();
    let written = write(conn, &owner, &batch, (id, request), &debits, now)?;
    let (message_id, bytes, total) = written;
    // Nothing is given back by a cancellation: whoever asks for it needs nobody else.
    let alone = request.kind == RecallKind::Cancellation;
    let mut new = Recall {
        id,
        batch: batch.id,
        kind: request.kind,
        reason: request.reason,
        message_id,
        created_at: now,
        debits: debits.len(),
        total,
        sha256: vault::sha256(&bytes),
        state: RecallState::Draft,
        maker: maker.words().to_owned(),
        approver: None,
        exported_at: None,
    };
    if alone {
        new.state = new.state.on(RecallEvent::Approve)?;
    }
    let ids: Vec<CollectionId> = debits.iter().map(|debit| debit.id).collect();
    store::recall::insert(conn, supplier, &new, &bytes, &ids)?;
    note(conn, supplier, &new, ("recall.made", maker), now)?;
    Ok(Some(new))
}

/// The bytes of a request, with its own id and sum.
fn write(
    conn: &mut Conn,
    owner: &Supplier,
    batch: &Batch,
    (id, request): (RecallId, &Request),
    debits: &[Collection],
    now: Moment,
) -> Result<(String, Vec<u8>, Money), FlowError> {
    let bank = owner.bank.clone();
    let creditor = bank.ok_or(FlowError::NotOffered(Method::Debit))?;
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for debit in debits {
        let mandate = store::mandate::find(conn, owner.id, debit.mandate)?;
        let part = parts
            .entry(debit.block.clone().unwrap_or_default())
            .or_insert_with_key(|block| Part {
                id: block.clone(),
                terms: Terms {
                    creditor: creditor.clone(),
                    scheme: mandate.scheme,
                    sequence: mandate.usage,
                    collect_on: debit.collect_on,
                },
                debits: Vec::new(),
            });
        part.debits.push(DirectDebit {
            end_to_end_id: end_to_end_id(debit),
            amount: debit.amount,
            mandate: mandate.reference,
            signed_on: mandate.signed_on.unwrap_or(debit.collect_on),
            debtor_name: mandate.holder,
            debtor_iban: mandate.iban,
            debtor_bic: mandate.bic,
            remittance: String::new(),
            rest: Rest::default(),
        });
    }
    let sent = store::batch::file(conn, owner.id, batch.id)?;
    let recall = file::Recall {
        message_id: digits(&id.to_string()),
        created_at: now,
        kind: request.kind,
        reason: request.reason,
        creditor,
        original: batch.message_id.clone(),
        version: version(&sent),
        blocks: parts.into_values().collect(),
    };
    let mut bytes = Vec::new();
    let totals =
        file::write(&recall, &mut bytes).map_err(|why| FlowError::Unusable(why.to_string()))?;
    Ok((recall.message_id, bytes, totals.sum))
}

/// The version a file was sent in: what the bank wants may have changed since.
fn version(sent: &[u8]) -> FileVersion {
    let start = sent.get(..sent.len().min(300)).unwrap_or_default();
    let old = FileVersion::V02.as_str().as_bytes();
    if start.windows(old.len()).any(|window| window == old) {
        FileVersion::V02
    } else {
        FileVersion::V08
    }
}

/// Somebody other than its maker agrees that money is given back.
pub async fn approve(
    app: &App,
    supplier: SupplierId,
    id: RecallId,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = store::supplier::find(conn, supplier)?;
            let recall = store::recall::find(conn, supplier, id)?;
            let next = recall.state.on(RecallEvent::Approve)?;
            if recall.maker == actor.words() && !profile(&owner).one_user {
                return Err(FlowError::SamePerson);
            }
            store::recall::set_state(conn, supplier, id, recall.state, next)?;
            store::recall::set_approver(conn, supplier, id, actor.words())?;
            note(conn, supplier, &recall, ("recall.approved", &actor), now)
        })
        .await
}

/// Takes a request out for the bank, while the bank still takes it.
pub async fn export(
    app: &App,
    supplier: SupplierId,
    id: RecallId,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = store::supplier::find(conn, supplier)?;
            let recall = store::recall::find(conn, supplier, id)?;
            let next = recall.state.on(RecallEvent::Export)?;
            let today = owner.zone.day(now);
            for asked in store::recall::debits(conn, supplier, id)? {
                let debit = store::collection::find(conn, supplier, asked.debit)?;
                if !recall.kind.fits(debit.state, debit.collect_on, today) {
                    return Err(FlowError::TooLate);
                }
            }
            store::recall::set_state(conn, supplier, id, recall.state, next)?;
            store::recall::set_exported_at(conn, supplier, id, now)?;
            note(conn, supplier, &recall, ("recall.exported", &actor), now)
        })
        .await
}

/// Calls a request off that was not taken out.
pub async fn cancel(
    app: &App,
    supplier: SupplierId,
    id: RecallId,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let recall = store::recall::find(conn, supplier, id)?;
            let next = recall.state.on(RecallEvent::Cancel)?;
            store::recall::set_state(conn, supplier, id, recall.state, next)?;
            note(conn, supplier, &recall, ("recall.cancelled", &actor), now)
        })
        .await
}

/// A debit ended otherwise, or its money came, before the bank said anything to what was asked:
/// its answer is not waited for. Money that is to be given back has to come first.
pub(super) fn overtaken(
    conn: &mut Conn,
    debit: &Collection,
    (outcome, reason): (RecallOutcome, &str),
    (actor, now): (&Actor, Moment),
) -> Result<(), FlowError> {
    let supplier = debit.supplier;
    let Some(recall) = store::recall::waiting_for(conn, supplier, debit.id)? else {
        return Ok(());
    };
    if outcome == RecallOutcome::Collected && recall.kind == RecallKind::Reversal {
        return Ok(());
    }
    let key = (recall.id, debit.id);
    store::recall::set_overtaken(conn, supplier, key, (outcome, reason))?;
    close(conn, supplier, &recall, actor, now)
}

/// Once it is known what became of each debit, nothing is waited for any more: what was taken out
/// is answered, and what was not is called off.
pub(super) fn close(
    conn: &mut Conn,
    supplier: SupplierId,
    recall: &Recall,
    actor: &Actor,
    now: Moment,
) -> Result<(), FlowError> {
    let debits = store::recall::debits(conn, supplier, recall.id)?;
    if debits.iter().any(|asked| asked.outcome.is_none()) {
        return Ok(());
    }
    let (event, action) = match recall.state {
        RecallState::Exported => (RecallEvent::Answer, "recall.answered"),
        RecallState::Draft | RecallState::Approved => (RecallEvent::Cancel, "recall.cancelled"),
        RecallState::Answered | RecallState::Cancelled => return Ok(()),
    };
    let next = recall.state.on(event)?;
    store::recall::set_state(conn, supplier, recall.id, recall.state, next)?;
    note(conn, supplier, recall, (action, actor), now)
}

fn note(
    conn: &mut Conn,
    supplier: SupplierId,
    recall: &Recall,
    (action, actor): (&str, &Actor),
    now: Moment,
) -> Result<(), FlowError> {
    let trace = Trace {
        id: new_id::<AuditId>(),
        at: now,
        actor: actor.words().to_owned(),
        action: action.to_owned(),
        debtor: None,
        subject: recall.id.to_string(),
        detail: format!(
            "{} of {} debits, {}, {}",
            recall.kind, recall.debits, recall.total, recall.sha256
        ),
    };
    Ok(store::audit::insert(conn, supplier, &trace)?)
}
