//! A bank's answer to a request to cancel debits (camt.029): what it cancelled ends as if it had
//! never been sent, what it refuses stands, and what it has not decided waits.

use domain::collection::{Collection, CollectionState, EndKind};
use domain::recall::{RecallOutcome, RecallState};
use domain::{Moment, Money, SupplierId};

use super::collect::end_to_end_id;
use super::debit_answer::Answered;
use super::error::FlowError;
use super::guard::Actor;
use super::recall::close;
use super::returned::{Returned, returned};
use crate::payments::sepa::camt029::{Resolution, Verdict};
use crate::store::recall::Recall;
use crate::store::{self, Conn};

/// Does what the answer says, inside the caller's transaction; read again, it changes nothing.
pub(super) fn apply(
    conn: &mut Conn,
    (supplier, actor, now): (SupplierId, &Actor, Moment),
    said: &Resolution,
) -> Result<Answered, FlowError> {
    let (case, original) = (said.case.as_deref(), said.original.as_deref());
    let mut asked = store::recall::answered_by(conn, supplier, case, original)?;
    asked.retain(|one| matches!(one.state, RecallState::Exported | RecallState::Answered));
    if asked.is_empty() {
        let name = case.or(original).unwrap_or_default();
        return Err(FlowError::Unusable(format!(
            "it answers the request '{name}', which was not taken out here"
        )));
    }
    let mut run = Run {
        supplier,
        actor,
        now,
        said,
        named: Vec::new(),
        done: Answered::default(),
    };
    for recall in &asked {
        run.done.batch = Some(recall.batch);
        run.recall(conn, recall)?;
        close(conn, supplier, recall, actor, now)?;
    }
    let named = &run.named;
    let strange = said.debits.iter().map(|(name, _)| name);
    let strange = strange.filter(|name| !named.contains(name));
    run.done.unknown.extend(strange.cloned());
    Ok(run.done)
}

/// One answer being applied.
struct Run<'a> {
    supplier: SupplierId,
    actor: &'a Actor,
    now: Moment,
    said: &'a Resolution,
    /// Debits of ours, by end-to-end id.
    named: Vec<String>,
    done: Answered,
}

impl Run<'_> {
    fn recall(&mut self, conn: &mut Conn, recall: &Recall) -> Result<(), FlowError> {
        for asked in store::recall::debits(conn, self.supplier, recall.id)? {
            let (id, outcome) = (asked.debit, asked.outcome);
            let debit = store::collection::find(conn, self.supplier, id)?;
            let name = end_to_end_id(&debit);
            let verdict = self.verdict(&name, debit.block.as_deref());
            self.named.push(name);
            match (outcome, verdict) {
                (_, Verdict::Open) => {}
                // The bank says that it cancelled what it collected or refused before.
                (Some(RecallOutcome::Collected | RecallOutcome::Ended), Verdict::Done) => {
                    self.done.unknown.push(end_to_end_id(&debit));
                }
                (Some(_), _) => self.done.known += 1,
                (None, Verdict::Refused) => {
                    let key = (recall.id, id);
                    store::recall::set_outcome(conn, self.supplier, key, RecallOutcome::Refused)?;
                    self.done.rejected += 1;
                }
                (None, Verdict::Done) => self.cancelled(conn, recall, &debit)?,
            }
        }
        Ok(())
    }

    /// What is said of a debit itself, of its block, or of all.
    fn verdict(&self, name: &str, block: Option<&str>) -> Verdict {
        let own = self.said.debits.iter().find(|(own, _)| own == name);
        if let Some((_, verdict)) = own {
            return *verdict;
        }
        let of_block = self.said.blocks.iter();
        let mut of_block = of_block.filter(|(id, _)| Some(id.as_str()) == block);
        match of_block.next() {
            Some((_, verdict)) if *verdict != Verdict::Open => *verdict,
            _ if self.said.debits.is_empty() => self.said.whole,
            _ => Verdict::Open,
        }
    }

    /// A debit that ended otherwise meanwhile, or whose money came all the same, is for a person.
    fn cancelled(
        &mut self,
        conn: &mut Conn,
        recall: &Recall,
        debit: &Collection,
    ) -> Result<(), FlowError> {
        let at_bank = matches!(
            debit.state,
            CollectionState::Submitted | CollectionState::Accepted
        );
        if !at_bank {
            self.done.unknown.push(end_to_end_id(debit));
            return Ok(());
        }
        let owner = store::supplier::find(conn, self.supplier)?;
        let what = Returned {
            collection: debit.id,
            kind: EndKind::Cancellation,
            reason: String::new(),
            text: self.said.text.clone(),
            day: owner.zone.day(self.now),
            fee: Money::zero(debit.amount.currency()),
            actor: self.actor.clone(),
        };
        returned(conn, self.supplier, &what, self.now)?;
        let key = (recall.id, debit.id);
        store::recall::set_outcome(conn, self.supplier, key, RecallOutcome::Done)?;
        self.done.accepted += 1;
        Ok(())
    }
}
