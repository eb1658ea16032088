//! Debits asked back from the bank: before their day they are cancelled (camt.055), after it their
//! money is given back (pain.007).

use crate::collection::CollectionState;
use crate::day::Day;
use crate::target;

text_enum! {
    /// What the bank is asked for.
    pub enum RecallKind {
        /// Not to collect; the bank may refuse, and answers.
        Cancellation = "cancellation",
        /// To give back what was collected.
        Reversal = "reversal",
    }
}

text_enum! {
    /// Why.
    pub enum RecallReason {
        /// The same money is collected twice.
        Duplicate = "duplicate",
        /// It is not owed, or not any more.
        NotDue = "not_due",
        /// The file or the program was wrong.
        Technical = "technical",
        /// The debtor asked for it.
        Asked = "asked",
    }
}

impl RecallReason {
    /// ISO's code: of the closed list of camt.055 (CancellationReason5Code), or of the external one
    /// of pain.007, of which the EPC's rulebooks leave two.
    #[must_use]
    pub const fn code(self, kind: RecallKind) -> &'static str {
        match (kind, self) {
            (RecallKind::Cancellation, Self::Duplicate) => "DUPL",
            (RecallKind::Cancellation, Self::NotDue) => "UPAY",
            (RecallKind::Cancellation, Self::Technical) => "TECH",
            (RecallKind::Cancellation, Self::Asked) => "CUST",
            (RecallKind::Reversal, Self::Duplicate) => "AM05",
            (RecallKind::Reversal, _) => "MS02",
        }
    }
}

text_enum! {
    /// States of such a request.
    pub enum RecallState {
        /// Put together; nobody else has looked at it.
        Draft = "draft",
        /// It may be taken out.
        Approved = "approved",
        /// Taken out, to be handed to the bank.
        Exported = "exported",
        /// The bank said what became of each debit.
        Answered = "answered",
        /// Called off.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What can happen to it.
    pub enum RecallEvent {
        /// A second person agrees.
        Approve = "approve",
        /// Somebody takes it out.
        Export = "export",
        /// The bank said the last that was to be said.
        Answer = "answer",
        /// Called off.
        Cancel = "cancel",
    }
}

machine!(
    "recall",
    RecallState,
    RecallEvent,
    [
        (Draft, Approve, Approved),
        (Draft, Cancel, Cancelled),
        (Approved, Export, Exported),
        (Approved, Cancel, Cancelled),
        (Exported, Answer, Answered),
    ]
);

text_enum! {
    /// What the bank said of one debit, or what came before it said anything.
    pub enum RecallOutcome {
        /// It was cancelled, or given back.
        Done = "done",
        /// The bank refused: the debit stands.
        Refused = "refused",
        /// Nothing: the debit was collected meanwhile.
        Collected = "collected",
        /// Nothing: the debit ended otherwise meanwhile.
        Ended = "ended",
    }
}

/// Bank days after the day of collection until which the bank takes a reversal (EPC rulebooks).
const REVERSAL_BANK_DAYS: usize = 5;

impl RecallKind {
    /// Whether the bank can still be asked for this of a debit in this state, of this day.
    #[must_use]
    pub fn fits(self, state: CollectionState, collect_on: Day, today: Day) -> bool {
        use CollectionState::{Accepted, Firm, Settled, Submitted};
        match self {
            Self::Cancellation => matches!(state, Submitted | Accepted) && today < collect_on,
            Self::Reversal => {
                let next = |day, _| target::next_bank_day(day);
                let last = (0..REVERSAL_BANK_DAYS).fold(collect_on, next);
                matches!(state, Settled | Firm) && today <= last
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = "2026-12-24";

    #[test]
    fn a_debit_is_cancelled_before_its_day_and_reversed_within_five_bank_days() {
        let (before, after) = (RecallKind::Cancellation, RecallKind::Reversal);
        for (kind, state, day, fits) in [
            (before, CollectionState::Submitted, "2026-12-23", true),
            (before, CollectionState::Accepted, "2026-12-23", true),
            (before, CollectionState::Submitted, "2026-12-24", false),
            (before, CollectionState::Batched, "2026-12-23", false),
            (before, CollectionState::Settled, "2026-12-23", false),
            // 25 and 26 December and 1 January are closed, 27 is a Sunday.
            (after, CollectionState::Settled, "2027-01-04", true),
            (after, CollectionState::Firm, "2027-01-04", true),
            (after, CollectionState::Settled, "2027-01-05", false),
            (after, CollectionState::Submitted, "2026-12-28", false),
            (after, CollectionState::Returned, "2026-12-28", false),
        ] {
            let today = day.parse().unwrap();
            let found = kind.fits(state, DAY.parse().unwrap(), today);
            assert_eq!(found, fits, "{kind} {state} {day}");
        }
    }

    #[test]
    fn reasons_are_of_the_list_of_their_message() {
        for reason in RecallReason::ALL {
            let closed = [
                "DUPL", "AGNT", "CURR", "CUST", "UPAY", "CUTA", "TECH", "FRAD",
            ];
            assert!(closed.contains(&reason.code(RecallKind::Cancellation)));
            assert!(["AM05", "MS02"].contains(&reason.code(RecallKind::Reversal)));
        }
    }
}
