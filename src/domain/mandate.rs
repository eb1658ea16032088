//! SEPA direct-debit mandates (`sepa.md` §5).

use crate::bank::{Bic, CreditorId, Iban, MandateRef};
use crate::day::{Day, Moment};
use crate::id::{DebtorId, MandateId, SupplierId};

text_enum! {
    /// The direct-debit scheme.
    pub enum Scheme {
        /// Core: refundable for eight weeks.
        Core = "CORE",
        /// Business to business: no refund, the debtor's bank must know the mandate.
        B2b = "B2B",
    }
}

text_enum! {
    /// How often a mandate may be used.
    pub enum Usage {
        /// Once.
        OneOff = "one_off",
        /// Again and again.
        Recurring = "recurring",
    }
}

text_enum! {
    /// States of a mandate.
    pub enum MandateState {
        /// Shown, not signed.
        Draft = "draft",
        /// Signed by the debtor.
        Signed = "signed",
        /// May be collected under.
        Active = "active",
        /// Held back until something is mended.
        Suspended = "suspended",
        /// Withdrawn by the debtor.
        Revoked = "revoked",
        /// Replaced by another.
        Superseded = "superseded",
        /// Unused for 36 months.
        Expired = "expired",
        /// A one-off mandate that was collected.
        Consumed = "consumed",
        /// Refused when it was checked.
        Refused = "refused",
    }
}

text_enum! {
    /// What can happen to a mandate.
    pub enum MandateEvent {
        /// The debtor signs.
        Sign = "sign",
        /// Nothing more is needed (B2B: the debtor's bank has registered it).
        Activate = "activate",
        /// The check of the mandate fails.
        Refuse = "refuse",
        /// Something is wrong with the account.
        Suspend = "suspend",
        /// It is right again.
        Resume = "resume",
        /// The debtor withdraws it.
        Revoke = "revoke",
        /// Another takes its place.
        Supersede = "supersede",
        /// 36 months without use.
        Lapse = "lapse",
        /// A one-off mandate was collected.
        Consume = "consume",
        /// Its only debit was not made after all.
        Restore = "restore",
    }
}

machine!(
    "mandate",
    MandateState,
    MandateEvent,
    [
        (Draft, Sign, Signed),
        (Signed, Activate, Active),
        (Signed, Refuse, Refused),
        (Signed, Revoke, Revoked),
        (Active, Suspend, Suspended),
        (Active, Revoke, Revoked),
        (Active, Supersede, Superseded),
        (Active, Lapse, Expired),
        (Active, Consume, Consumed),
        (Consumed, Restore, Active),
        (Suspended, Resume, Active),
        (Suspended, Revoke, Revoked),
        (Suspended, Supersede, Superseded),
        (Suspended, Lapse, Expired),
    ]
);

/// A mandate and the evidence of its signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mandate {
    /// Id.
    pub id: MandateId,
    /// Who may collect.
    pub supplier: SupplierId,
    /// Who pays.
    pub debtor: DebtorId,
    /// The unique mandate reference (RUM).
    pub reference: MandateRef,
    /// The creditor identifier it was signed for.
    pub creditor_id: CreditorId,
    /// Core or B2B.
    pub scheme: Scheme,
    /// One-off or recurring.
    pub usage: Usage,
    /// Where it stands.
    pub state: MandateState,
    /// The account holder's name.
    pub holder: String,
    /// The account to debit.
    pub iban: Iban,
    /// Its BIC, when given.
    pub bic: Option<Bic>,
    /// The day of signature.
    pub signed_on: Option<Day>,
    /// Who signed, as typed.
    pub signatory: Option<String>,
    /// When it was made.
    pub created_at: Moment,
}

/// What a mandate was before it changed: the debtor's bank is told with the next debit, and again
/// if that one is refused (`sepa.md` §5).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Former {
    /// The reference it had.
    pub reference: Option<MandateRef>,
    /// The creditor identifier it was signed for.
    pub creditor_id: Option<CreditorId>,
    /// The creditor's name it was signed for.
    pub creditor_name: Option<String>,
    /// The end of the account number that was debited: the same mandate has a new account.
    pub account: Option<String>,
}

impl Former {
    /// Together with a later change: the bank knows the mandate as it was before the first.
    #[must_use]
    pub fn before(self, later: Self) -> Self {
        Self {
            reference: self.reference.or(later.reference),
            creditor_id: self.creditor_id.or(later.creditor_id),
            creditor_name: self.creditor_name.or(later.creditor_name),
            account: self.account.or(later.account),
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Months without a collection after which a mandate ends (`sepa.md` §5).
const MONTHS_UNUSED_MAX: i32 = 36;

/// Months without a collection after which somebody is told that it will end.
const MONTHS_WARNED: i32 = 33;

/// The last day on which a mandate can be unused since, for it to have ended by today.
#[must_use]
pub fn ends_if_unused_since(today: Day) -> Day {
    months_before(today, MONTHS_UNUSED_MAX)
}

/// The same for those that will end within three months.
#[must_use]
pub fn warned_if_unused_since(today: Day) -> Day {
    months_before(today, MONTHS_WARNED)
}

/// The day on which a mandate ends that is unused since its signature or last collection.
#[must_use]
pub fn ends_on(unused_since: Day) -> Day {
    months_before(unused_since, -MONTHS_UNUSED_MAX)
}

/// The same day of an earlier month, or that month's last when it has no such day.
fn months_before(day: Day, months: i32) -> Day {
    let month = i32::try_from(day.month()).unwrap_or(1);
    let counted = day.year() * 12 + month - 1 - months;
    let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
    let month = u32::try_from(month).unwrap_or(1);
    // No month is more than three days shorter than another.
    let shorter = (0..=3).map(|less| day.day().saturating_sub(less));
    let mut days = shorter.filter_map(|of_month| Day::new(year, month, of_month));
    days.next().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn of_two_changes_the_bank_knows_what_was_before_the_first() {
        let first = Former {
            reference: Some("RUM-1".parse().unwrap()),
            ..Former::default()
        };
        let later = Former {
            reference: Some("RUM-2".parse().unwrap()),
            account: Some("2606".into()),
            ..Former::default()
        };
        let both = Former {
            account: Some("2606".into()),
            ..first.clone()
        };
        assert_eq!(first.before(later), both);
        assert!(Former::default().is_empty() && !both.is_empty());
    }

    #[test]
    fn a_mandate_ends_36_months_after_its_last_use() {
        for (since, ends) in [
            ("2023-11-22", "2026-11-22"),
            ("2024-02-29", "2027-02-28"),
            ("2024-08-31", "2027-08-31"),
            ("2023-12-31", "2026-12-31"),
        ] {
            assert_eq!(ends_on(day(since)), day(ends), "{since}");
        }
        assert_eq!(ends_if_unused_since(day("2026-11-22")), day("2023-11-22"));
        assert_eq!(warned_if_unused_since(day("2026-11-22")), day("2024-02-22"));
        assert_eq!(warned_if_unused_since(day("2026-11-30")), day("2024-02-29"));
        assert_eq!(warned_if_unused_since(day("2026-03-31")), day("2023-06-30"));
    }
}
