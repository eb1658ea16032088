//! Insolvency of a debtor: what is owed from before the judgment is neither chased nor paid any
//! more, it is declared (Code de commerce L622-7, L622-21, L622-24, R622-24; `law.md` §2).

use crate::day::Day;
use crate::invoice::{Invoice, ItemKind};

text_enum! {
    /// Which proceedings.
    pub enum InsolvencyKind {
        /// *Sauvegarde*.
        Safeguard = "safeguard",
        /// *Redressement judiciaire*.
        Receivership = "receivership",
        /// *Liquidation judiciaire*.
        Liquidation = "liquidation",
    }
}

/// Proceedings that were opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Insolvency {
    /// Which.
    pub kind: InsolvencyKind,
    /// The day of the judgment.
    pub judged_on: Day,
    /// The day it was published in the BODACC, once it is known.
    pub published_on: Option<Day>,
}

impl Insolvency {
    /// Whether a debt of an invoice of this day is from before the judgment: it may not be paid.
    #[must_use]
    pub fn covers(&self, issued_on: Day) -> bool {
        issued_on < self.judged_on
    }

    /// Whether it may not be paid: an invoice from before the judgment. A credit note may be used.
    #[must_use]
    pub fn bars(&self, item: &Invoice) -> bool {
        item.kind == ItemKind::Invoice && self.covers(item.issued_on)
    }

    /// The last day to declare what is owed, for a creditor in France: two months after the
    /// publication, by the calendar.
    #[must_use]
    pub fn declare_by(&self) -> Option<Day> {
        let from = self.published_on?;
        let months = from.month() + 2;
        let (year, month) = match months {
            13.. => (from.year() + 1, months - 12),
            _ => (from.year(), months),
        };
        // The last day of a shorter month stands for those it has not.
        (0..4).find_map(|less| Day::new(year, month, from.day().checked_sub(less)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::day;

    #[test]
    fn what_is_from_before_the_judgment_is_covered_and_declared_within_two_months() {
        let opened = |published: Option<&str>| Insolvency {
            kind: InsolvencyKind::Receivership,
            judged_on: day("2026-11-10"),
            published_on: published.map(day),
        };
        let found = opened(None);
        assert!(found.covers(day("2026-11-09")) && !found.covers(day("2026-11-10")));
        for (published, by) in [
            (None, None),
            (Some("2026-11-20"), Some("2027-01-20")),
            (Some("2026-12-31"), Some("2027-02-28")),
            (Some("2027-12-30"), Some("2028-02-29")),
            (Some("2026-07-31"), Some("2026-09-30")),
            (Some("2026-10-31"), Some("2026-12-31")),
        ] {
            assert_eq!(opened(published).declare_by(), by.map(day), "{published:?}");
        }
    }
}
