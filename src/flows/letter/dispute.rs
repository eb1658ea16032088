//! What messages about a dispute need to know of it.

use domain::Money;
use domain::dispute::{Dispute, DisputeEvent, Remark};
use domain::invoice::Invoice;
use views::mail::{DisputeFacts, DisputeOutcome, DisputeSaid};

/// For the receipt.
pub(super) fn received(dispute: Dispute, invoices: &[Invoice]) -> DisputeFacts {
    let own = invoices.iter().find(|one| one.id == dispute.invoice);
    let rest = own.and_then(|one| one.remindable().ok());
    DisputeFacts {
        invoice: number(&dispute, invoices),
        amount: dispute.amount,
        rest: rest.unwrap_or(Money::zero(dispute.amount.currency())),
        reason: dispute.reason,
        answer_by: dispute.answer_by,
        owner: dispute.owner,
    }
}

/// For what the supplier said about it.
pub(super) fn said(
    dispute: Dispute,
    remark: Remark,
    invoices: &[Invoice],
    (nothing_open, files): (bool, bool),
) -> DisputeSaid {
    let reduces = matches!(remark.event, DisputeEvent::Credit | DisputeEvent::Deduct);
    DisputeSaid {
        settled: reduces && nothing_open,
        files,
        invoice: number(&dispute, invoices),
        amount: dispute.amount,
        words: remark.text,
        answer_by: dispute.answer_by,
        outcome: match (remark.event, dispute.credit) {
            (DisputeEvent::Reject, _) => DisputeOutcome::Rejected,
            (DisputeEvent::Credit, Some(note)) => {
                DisputeOutcome::Credited(note.number, note.amount)
            }
            (DisputeEvent::Tell, _) => DisputeOutcome::Told,
            (DisputeEvent::Deduct, _) => DisputeOutcome::Deducted,
            _ => DisputeOutcome::Accepted,
        },
        owner: dispute.owner,
    }
}

fn number(dispute: &Dispute, invoices: &[Invoice]) -> String {
    let own = invoices.iter().find(|one| one.id == dispute.invoice);
    own.map_or_else(String::new, |one| one.number.clone())
}
