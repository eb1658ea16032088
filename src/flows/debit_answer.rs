//! A bank's answer to a file of direct debits (pain.002): what it took, what it refused and why.
//! Its answer to a request to cancel some (camt.029) comes in here, too.

use std::sync::Arc;

use domain::batch::BatchEvent;
use domain::collection::{Collection, CollectionEvent, CollectionState, EndKind};
use domain::{BatchId, CollectionId, Day, Moment, Money, SupplierId};

use super::batch::{for_each, note};
use super::collect::collection_of;
use super::error::FlowError;
use super::guard::Actor;
use super::recall_answer;
use super::returned::{Returned, returned};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::sepa::camt029::{self, Resolution};
use crate::payments::sepa::pain002::{
    self, BlockReport, Reason, Report, Said, TransactionReport, Verdict,
};
use crate::payments::sepa::xml;
use crate::store::bank::BankFile;
use crate::store::batch::Batch;
use crate::store::{self, Conn};
use crate::vault;

/// Bytes of an answer that are read.
const FILE_MAX: usize = 64 * 1024 * 1024;

/// What an answer led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The file it is about.
    pub batch: Option<BatchId>,
    /// Debits that the bank took.
    pub accepted: usize,
    /// Debits that it refused now.
    pub rejected: usize,
    /// Refusals that were told before.
    pub known: usize,
    /// What it names that is no debit of the file, as it names it.
    pub unknown: Vec<String>,
}

/// Reads an answer and does what it says, all of it or nothing. Read again, it changes nothing.
pub async fn run(
    app: &App,
    supplier: SupplierId,
    name: &str,
    bytes: Vec<u8>,
    actor: Actor,
) -> Result<Answered, FlowError> {
    let refused = |why: &dyn std::fmt::Display| FlowError::Unusable(format!("{name}: {why}"));
    let checked = xml::check(&bytes, FILE_MAX).map_err(|why| refused(&why))?;
    let answer = if camt029::is_one(&checked) {
        Answer::ToRecall(camt029::read(&checked).map_err(|why| refused(&why))?)
    } else {
        Answer::ToFile(pain002::read(&checked).map_err(|why| refused(&why))?)
    };
    let now = app.now();
    let file = BankFile {
        id: new_id(),
        name: name.to_owned(),
        sha256: vault::sha256(&bytes),
        body: Arc::new(bytes),
    };
    app.store
        .write(supplier, move |conn| {
            store::bank::turn(conn, supplier)?;
            let report = match &answer {
                Answer::ToFile(report) => report,
                Answer::ToRecall(said) => {
                    let by = (supplier, &actor, now);
                    let done = recall_answer::apply(conn, by, said)?;
                    store::bank::insert_file(conn, supplier, &file, now)?;
                    return Ok(done);
                }
            };
            let batch = store::batch::by_message_id(conn, supplier, &report.original)?;
            let batch = batch.ok_or_else(|| {
                let original = &report.original;
                FlowError::Unusable(format!(
                    "{}: it answers the file '{original}', which was not made here",
                    file.name
                ))
            })?;
            store::bank::insert_file(conn, supplier, &file, now)?;
            let owner = store::supplier::find(conn, supplier)?;
            let mut run = Run {
                supplier,
                batch: &batch,
                today: owner.zone.day(now),
                now,
                actor: &actor,
                done: Answered {
                    batch: Some(batch.id),
                    ..Answered::default()
                },
            };
            run.apply(conn, report)?;
            Ok(run.done)
        })
        .await
}

/// What a bank answers.
enum Answer {
    /// Our file of debits.
    ToFile(Report),
    /// Our request to cancel some.
    ToRecall(Resolution),
}

/// One answer being applied.
struct Run<'a> {
    supplier: SupplierId,
    batch: &'a Batch,
    today: Day,
    now: Moment,
    actor: &'a Actor,
    done: Answered,
}

impl Run<'_> {
    /// Refusals first: what is left of a block or file is what was taken.
    fn apply(&mut self, conn: &mut Conn, report: &Report) -> Result<(), FlowError> {
        if report.group.verdict() == Verdict::Rejected {
            self.reject_all(conn, None, &report.group)?;
            return self.advance(conn, BatchEvent::Reject);
        }
        let dead = !report.blocks.is_empty() && report.blocks.iter().all(is_rejected);
        for block in &report.blocks {
            self.block(conn, block)?;
        }
        if report.group.verdict() == Verdict::Accepted {
            self.accept(conn, None)?;
        }
        let mut said = report.blocks.iter().map(|one| &one.said);
        let taken = said.any(|said| said.verdict() == Verdict::Accepted);
        if taken || report.group.verdict() == Verdict::Accepted {
            self.advance(conn, BatchEvent::Accept)?;
        } else if dead && !self.any_left(conn)? {
            self.advance(conn, BatchEvent::Reject)?;
        }
        Ok(())
    }

    fn block(&mut self, conn: &mut Conn, block: &BlockReport) -> Result<(), FlowError> {
        for one in &block.transactions {
            if one.said.verdict() == Verdict::Rejected {
                let said = one.said.reason().or_else(|| block.said.reason());
                self.transaction(conn, one, &said.unwrap_or_default())?;
            }
        }
        match block.said.verdict() {
            Verdict::Rejected => self.reject_all(conn, Some(&block.id), &block.said),
            Verdict::Accepted => self.accept(conn, Some(&block.id)),
            Verdict::Open => Ok(()),
        }
    }

    fn transaction(
        &mut self,
        conn: &mut Conn,
        one: &TransactionReport,
        reason: &Reason,
    ) -> Result<(), FlowError> {
        match self.find(conn, one)? {
            Some(debit) => self.reject(conn, debit.id, reason),
            None => {
                let name = one.end_to_end_id.clone().or_else(|| one.mandate.clone());
                self.done.unknown.push(name.unwrap_or_default());
                Ok(())
            }
        }
    }

    /// The debit by its end-to-end id, or by mandate and amount when the bank left that out and
    /// one debit alone of the file fits.
    fn find(
        &self,
        conn: &mut Conn,
        one: &TransactionReport,
    ) -> Result<Option<Collection>, FlowError> {
        if let Some(id) = &one.end_to_end_id {
            let Some(id) = collection_of(id) else {
                return Ok(None);
            };
            return match store::collection::find(conn, self.supplier, id) {
                Ok(debit) => Ok(Some(debit).filter(|one| one.batch == Some(self.batch.id))),
                Err(store::StoreError::NotFound) => Ok(None),
                Err(why) => Err(why.into()),
            };
        }
        let (Some(mandate), Some(amount)) = (&one.mandate, &one.amount) else {
            return Ok(None);
        };
        let amount: Option<rust_decimal::Decimal> = amount.parse().ok();
        let mut fitting = Vec::new();
        for_each(conn, self.supplier, self.batch.id, |conn, debit| {
            let own = store::mandate::find(conn, debit.supplier, debit.mandate)?.reference;
            let same = debit.amount.to_decimal();
            if own.as_str() == mandate && Some(same) == amount {
                fitting.push(debit);
            }
            Ok(())
        })?;
        Ok((fitting.len() == 1).then(|| fitting.pop()).flatten())
    }

    fn reject_all(
        &mut self,
        conn: &mut Conn,
        block: Option<&str>,
        said: &Said,
    ) -> Result<(), FlowError> {
        let reason = said.reason().unwrap_or_default();
        for id in self.debits(conn, block)? {
            self.reject(conn, id, &reason)?;
        }
        Ok(())
    }

    /// The debits of the file, or of one block of it.
    fn debits(&self, conn: &mut Conn, block: Option<&str>) -> Result<Vec<CollectionId>, FlowError> {
        let mut ids = Vec::new();
        for_each(conn, self.supplier, self.batch.id, |_, debit| {
            if block.is_none() || debit.block.as_deref() == block {
                ids.push(debit.id);
            }
            Ok(())
        })?;
        Ok(ids)
    }

    fn reject(
        &mut self,
        conn: &mut Conn,
        id: CollectionId,
        reason: &Reason,
    ) -> Result<(), FlowError> {
        let what = Returned {
            collection: id,
            kind: EndKind::Reject,
            reason: reason.code.clone(),
            text: reason.text.clone(),
            day: self.today,
            fee: Money::eur(0),
            actor: self.actor.clone(),
        };
        match returned(conn, self.supplier, &what, self.now)? {
            Some(_) => self.done.rejected += 1,
            None => self.done.known += 1,
        }
        Ok(())
    }

    fn accept(&mut self, conn: &mut Conn, block: Option<&str>) -> Result<(), FlowError> {
        for id in self.debits(conn, block)? {
            let debit = store::collection::find(conn, self.supplier, id)?;
            if let Ok(next) = debit.state.on(CollectionEvent::Accept) {
                store::collection::set_state(conn, self.supplier, id, debit.state, next)?;
                self.done.accepted += 1;
            }
        }
        Ok(())
    }

    /// Whether a debit of the file still waits for its money or has had it.
    fn any_left(&self, conn: &mut Conn) -> Result<bool, FlowError> {
        let mut left = false;
        for_each(conn, self.supplier, self.batch.id, |_, debit| {
            left |= debit.state != CollectionState::Rejected;
            Ok(())
        })?;
        Ok(left)
    }

    /// The file's own state; told again, or later than a statement, nothing happens.
    fn advance(&self, conn: &mut Conn, event: BatchEvent) -> Result<(), FlowError> {
        let batch = store::batch::find(conn, self.supplier, self.batch.id)?;
        let Ok(next) = batch.state.on(event) else {
            return Ok(());
        };
        store::batch::set_state(conn, self.supplier, batch.id, batch.state, next)?;
        let action = format!("batch.{next}");
        note(conn, self.supplier, &batch, (&action, self.actor), self.now)
    }
}

/// Whether nothing of a block was taken.
fn is_rejected(block: &BlockReport) -> bool {
    block.said.verdict() == Verdict::Rejected
        || (!block.transactions.is_empty()
            && block
                .transactions
                .iter()
                .all(|one| one.said.verdict() == Verdict::Rejected))
}
