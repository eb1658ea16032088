//! Pauses: nothing is written of an invoice, to an account or for a supplier until a day, for a
//! reason that a person gave; and accounts that are outside the audience altogether.

use crate::day::{Day, Moment};
use crate::id::{DebtorId, InvoiceId, PauseId};
use crate::unsent::Unsent;

text_enum! {
    /// What it is.
    pub enum PauseKind {
        /// Nothing is written for a while.
        Pause = "pause",
        /// The account is not written to by scenarios.
        Exclusion = "exclusion",
    }
}

text_enum! {
    /// Why.
    pub enum PauseReason {
        /// Talks are under way.
        Talks = "talks",
        /// Our own books are being checked.
        Checking = "checking",
        /// Sales asked for it.
        Commercial = "commercial",
        /// The customer is closed.
        Closed = "closed",
        /// It is in the hands of lawyers.
        Lawyers = "lawyers",
        /// A company of our own group.
        Group = "group",
        /// Something else, said in the note.
        Other = "other",
    }
}

/// The most days a pause lasts.
pub const PAUSE_DAYS_MAX: i64 = 366;

/// The most days an exclusion lasts before somebody looks again.
pub const EXCLUSION_DAYS_MAX: i64 = 1_096;

/// The longest note.
pub const NOTE_MAX: usize = 300;

impl PauseKind {
    /// The most days it lasts.
    #[must_use]
    pub const fn days_max(self) -> i64 {
        match self {
            Self::Pause => PAUSE_DAYS_MAX,
            Self::Exclusion => EXCLUSION_DAYS_MAX,
        }
    }
}

/// One pause. It ends by itself with its last day, or sooner when a person ends it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pause {
    /// Id.
    pub id: PauseId,
    /// The account; none when it is of the whole supplier.
    pub debtor: Option<DebtorId>,
    /// The invoice, when it is of one alone.
    pub invoice: Option<InvoiceId>,
    /// What it is.
    pub kind: PauseKind,
    /// Why.
    pub reason: PauseReason,
    /// In a person's words.
    pub note: String,
    /// Its last day.
    pub until: Day,
    /// Since when.
    pub made_at: Moment,
    /// Who.
    pub by: String,
    /// When a person ended it.
    pub ended_at: Option<Moment>,
}

impl Pause {
    /// Whether it holds on this day.
    #[must_use]
    pub fn holds(&self, today: Day) -> bool {
        self.ended_at.is_none() && today <= self.until
    }

    /// Why nothing is written while it holds.
    #[must_use]
    pub const fn why(&self) -> Unsent {
        match (self.kind, self.debtor, self.invoice) {
            (PauseKind::Exclusion, ..) => Unsent::Excluded,
            (PauseKind::Pause, _, Some(_)) => Unsent::PausedInvoice,
            (PauseKind::Pause, Some(_), None) => Unsent::PausedDebtor,
            (PauseKind::Pause, None, None) => Unsent::PausedSupplier,
        }
    }
}

/// Whether a pause of this kind that is asked for today may last until this day.
#[must_use]
pub fn may_last(kind: PauseKind, today: Day, until: Day) -> bool {
    (0..=kind.days_max()).contains(&today.days_until(until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;
    use crate::samples::day;

    fn pause() -> Pause {
        Pause {
            id: PauseId::from_bits(1),
            debtor: Some(DebtorId::from_bits(1)),
            invoice: None,
            kind: PauseKind::Pause,
            reason: PauseReason::Talks,
            note: String::new(),
            until: day("2026-12-01"),
            made_at: Moment::from_seconds(0),
            by: String::new(),
            ended_at: None,
        }
    }

    #[test]
    fn it_holds_to_the_end_of_its_last_day() {
        let mut pause = pause();
        assert!(pause.holds(day("2026-12-01")) && !pause.holds(day("2026-12-02")));
        pause.ended_at = Some(Moment::from_seconds(1));
        assert!(!pause.holds(day("2026-12-01")));
    }

    #[test]
    fn the_reason_says_what_is_paused() {
        let one = pause();
        assert_eq!(one.why(), Unsent::PausedDebtor);
        let invoice = Some(InvoiceId::from_bits(1));
        assert_eq!(
            Pause {
                invoice,
                ..one.clone()
            }
            .why(),
            Unsent::PausedInvoice
        );
        assert_eq!(
            Pause {
                debtor: None,
                ..one.clone()
            }
            .why(),
            Unsent::PausedSupplier
        );
        let kind = PauseKind::Exclusion;
        assert_eq!(Pause { kind, ..one }.why(), Unsent::Excluded);
    }

    #[test]
    fn it_lasts_neither_for_ever_nor_into_the_past() {
        let today = day("2026-11-22");
        for (kind, until, may) in [
            (PauseKind::Pause, "2026-11-21", false),
            (PauseKind::Pause, "2026-11-22", true),
            (PauseKind::Pause, "2027-11-23", true),
            (PauseKind::Pause, "2027-11-24", false),
            (PauseKind::Exclusion, "2029-11-22", true),
            (PauseKind::Exclusion, "2029-11-23", false),
        ] {
            assert_eq!(may_last(kind, today, day(until)), may, "{kind} {until}");
        }
    }
}
