//! A file of direct debits, from the proposal to the day when nothing can come back (`sepa.md` §7).

use std::fmt;
use std::str::FromStr;

use crate::day::{Day, Moment, Zone};
use crate::target;
use crate::text_enum::UnknownText;

text_enum! {
    /// States of a file.
    pub enum BatchState {
        /// Put together; nobody has looked at it.
        Draft = "draft",
        /// A second person agreed.
        Approved = "approved",
        /// Taken out, to be handed to the bank.
        Exported = "exported",
        /// The bank took it; no money yet.
        Accepted = "accepted",
        /// Money on the account, provisional.
        Settled = "settled",
        /// The days in which a debtor's bank sends debits back are over.
        Firm = "firm",
        /// The weeks in which a debtor is refunded on demand are over too.
        Closed = "closed",
        /// The bank refused it whole.
        Rejected = "rejected",
        /// Called off; its debits wait for another.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What can happen to a file.
    pub enum BatchEvent {
        /// A second person agrees.
        Approve = "approve",
        /// Somebody takes it out.
        Export = "export",
        /// The bank accepted it.
        Accept = "accept",
        /// The bank refused it.
        Reject = "reject",
        /// The money arrived.
        Settle = "settle",
        /// Its debits are past being returned.
        Confirm = "confirm",
        /// Its debits are past being refunded on demand.
        Close = "close",
        /// Called off.
        Cancel = "cancel",
    }
}

machine!(
    "batch",
    BatchState,
    BatchEvent,
    [
        (Draft, Approve, Approved),
        (Draft, Cancel, Cancelled),
        (Draft, Settle, Settled),
        (Approved, Export, Exported),
        (Approved, Cancel, Cancelled),
        (Approved, Settle, Settled),
        (Exported, Accept, Accepted),
        (Exported, Reject, Rejected),
        (Exported, Settle, Settled),
        (Exported, Cancel, Cancelled),
        (Accepted, Reject, Rejected),
        (Accepted, Settle, Settled),
        (Accepted, Cancel, Cancelled),
        (Settled, Confirm, Firm),
        (Firm, Close, Closed),
    ]
);

text_enum! {
    /// A version of the file that a bank takes.
    pub enum FileVersion {
        /// Of 2009; banks in Germany have shut it off.
        V02 = "pain.008.001.02",
        /// Of 2019, in force since November 2023.
        V08 = "pain.008.001.08",
    }
}

/// What the supplier's bank asks of a file, and how the supplier works with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DebitProfile {
    /// The version it takes.
    pub version: FileVersion,
    /// TARGET days that it wants a file before the day of collection.
    pub lead_days: u8,
    /// The hour until which a file counts as handed in that day.
    pub cut_off_hour: u8,
    /// Whether it wants the BIC of each debtor's bank.
    pub bics: bool,
    /// Days agreed between the announcement and the debit.
    pub notice_days: u8,
    /// Bank days after which money received is firm.
    pub firm_days: u8,
    /// Whether debtors may sign business-to-business mandates too: not every bank collects them.
    pub b2b: bool,
    /// The supplier said that one person works with debits: whoever made a file may approve it.
    pub one_user: bool,
}

/// Days in which a debtor is refunded on demand (CORE).
pub const REFUND_DAYS: i64 = 8 * 7;

impl Default for DebitProfile {
    fn default() -> Self {
        Self {
            version: FileVersion::V08,
            lead_days: 2,
            cut_off_hour: 10,
            bics: false,
            notice_days: 1,
            firm_days: 5,
            b2b: false,
            one_user: false,
        }
    }
}

impl fmt::Display for DebitProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "version={} lead={} cut_off={} bics={} notice={} firm={} b2b={} one_user={}",
            self.version,
            self.lead_days,
            self.cut_off_hour,
            self.bics,
            self.notice_days,
            self.firm_days,
            self.b2b,
            self.one_user
        )
    }
}

impl FromStr for DebitProfile {
    type Err = UnknownText;

    /// Reads its own form; what is not said is as usual.
    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let mut profile = Self::default();
        for part in text.split_whitespace() {
            let wrong = || UnknownText::new("debit profile", part);
            let (name, value) = part.split_once('=').ok_or_else(wrong)?;
            let number = || value.parse::<u8>().map_err(|_| wrong());
            let truth = || value.parse::<bool>().map_err(|_| wrong());
            match name {
                "version" => profile.version = value.parse()?,
                "lead" => profile.lead_days = number()?,
                "cut_off" => profile.cut_off_hour = number()?,
                "bics" => profile.bics = truth()?,
                "notice" => profile.notice_days = number()?,
                "firm" => profile.firm_days = number()?,
                "b2b" => profile.b2b = truth()?,
                "one_user" => profile.one_user = truth()?,
                _ => return Err(wrong()),
            }
        }
        Ok(profile)
    }
}

impl DebitProfile {
    /// The first day to collect on with a file handed in at this moment.
    #[must_use]
    pub fn earliest(&self, zone: Zone, now: Moment) -> Day {
        let in_time = zone.hour(now) < u32::from(self.cut_off_hour);
        target::earliest_collection(zone.day(now), in_time, self.lead_days)
    }

    /// The day to collect on: the one announced, or the first after it that the bank can do and
    /// that leaves the debtor the days agreed since the announcement.
    #[must_use]
    pub fn collection_day(&self, announced: Day, told_on: Day, earliest: Day) -> Day {
        let told = told_on.plus_days(i64::from(self.notice_days));
        target::bank_day_from(announced.max(told)).max(earliest)
    }

    /// Whether a file for this day can still reach the bank in time.
    #[must_use]
    pub fn in_time(&self, collect_on: Day, zone: Zone, now: Moment) -> bool {
        self.earliest(zone, now) <= collect_on
    }

    /// The first day on which money collected on this day is firm.
    #[must_use]
    pub fn firm_on(&self, collect_on: Day) -> Day {
        (0..self.firm_days).fold(collect_on, |day, _| target::next_bank_day(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// A moment in Paris, winter time.
    fn at(text: &str, hour: i64) -> Moment {
        let days = day("1970-01-01").days_until(day(text));
        Moment::from_seconds(days * 86_400 + (hour - 1) * 3_600)
    }

    #[test]
    fn the_first_day_depends_on_the_banks_hour_and_lead() {
        let usual = DebitProfile::default();
        let quick = DebitProfile {
            lead_days: 1,
            cut_off_hour: 15,
            ..usual
        };
        for (profile, today, hour, expected) in [
            (usual, "2026-12-21", 9, "2026-12-23"),
            (usual, "2026-12-21", 10, "2026-12-24"),
            (quick, "2026-12-21", 10, "2026-12-22"),
            (quick, "2026-12-24", 14, "2026-12-28"),
            (quick, "2026-12-24", 15, "2026-12-29"),
            (quick, "2026-11-20", 16, "2026-11-24"),
        ] {
            let found = profile.earliest(Zone::PARIS, at(today, hour));
            assert_eq!(found, day(expected), "{today} {hour}");
        }
        assert!(quick.in_time(day("2026-12-28"), Zone::PARIS, at("2026-12-24", 14)));
        assert!(!quick.in_time(day("2026-12-28"), Zone::PARIS, at("2026-12-24", 15)));
    }

    #[test]
    fn a_debit_waits_for_its_notice_and_for_the_bank() {
        let fortnight = DebitProfile {
            notice_days: 14,
            ..DebitProfile::default()
        };
        for (announced, told, earliest, expected) in [
            ("2026-12-10", "2026-11-20", "2026-11-24", "2026-12-10"),
            ("2026-12-10", "2026-12-01", "2026-11-24", "2026-12-15"),
            ("2026-12-10", "2026-12-11", "2026-12-15", "2026-12-28"),
            ("2026-12-10", "2026-11-20", "2026-12-14", "2026-12-14"),
        ] {
            let found = fortnight.collection_day(day(announced), day(told), day(earliest));
            assert_eq!(found, day(expected), "{announced} {told}");
        }
    }

    #[test]
    fn a_profile_is_read_as_it_is_written() {
        let profile = DebitProfile {
            version: FileVersion::V02,
            lead_days: 3,
            cut_off_hour: 16,
            bics: true,
            notice_days: 14,
            firm_days: 7,
            b2b: true,
            one_user: true,
        };
        for one in [profile, DebitProfile::default()] {
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        assert_eq!("".parse(), Ok(DebitProfile::default()));
        for wrong in [
            "lead",
            "lead=x",
            "bics=yes",
            "version=pain.008",
            "other=1",
            "lead=300",
        ] {
            assert!(wrong.parse::<DebitProfile>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn money_is_firm_after_five_bank_days() {
        let profile = DebitProfile::default();
        assert_eq!(profile.firm_on(day("2026-11-25")), day("2026-12-02"));
        assert_eq!(profile.firm_on(day("2026-12-23")), day("2026-12-31"));
        assert_eq!(profile.firm_on(day("2026-12-24")), day("2027-01-04"));
    }
}
