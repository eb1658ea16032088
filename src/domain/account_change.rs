//! Another account that a supplier wants to be paid on: two people and two days lie between the
//! wish and the pages, for whoever can change the displayed IBAN can have every transfer diverted.

use crate::day::Moment;

/// Hours between the second person's word and the day the new account is shown.
pub const HOURS: i64 = 48;

text_enum! {
    /// How a change of account stands.
    pub enum ChangeState {
        /// One person asked for it.
        Proposed = "proposed",
        /// A second one agreed; the time runs.
        Waiting = "waiting",
        /// The account is shown and collected to.
        Done = "done",
        /// Somebody stopped it.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What can happen to a change of account.
    pub enum ChangeEvent {
        /// A second person agrees.
        Approve = "approve",
        /// Anybody of the staff stops it.
        Withdraw = "withdraw",
        /// Its time has run.
        TakeEffect = "take_effect",
    }
}

machine!(
    "account_change",
    ChangeState,
    ChangeEvent,
    [
        (Proposed, Approve, Waiting),
        (Proposed, Withdraw, Withdrawn),
        (Waiting, Withdraw, Withdrawn),
        (Waiting, TakeEffect, Done),
    ]
);

impl ChangeState {
    /// Whether it may still come to something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Waiting)
    }
}

/// When a change that was agreed to at this instant is shown.
#[must_use]
pub fn effective_at(approved_at: Moment) -> Moment {
    approved_at.plus_minutes(HOURS * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_days_run_from_the_second_persons_word() {
        let agreed = Moment::from_seconds(1_772_445_600);
        let shown = effective_at(agreed);
        assert_eq!(shown.seconds() - agreed.seconds(), 48 * 3_600);
    }
}
