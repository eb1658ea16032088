//! Letters on paper: printed in a batch, then posted or held back; what proves that a registered
//! one was deposited.

use crate::day::Day;
use crate::id::{Id, MessageId};
use crate::message::MessageKind;

text_enum! {
    /// States of a printed letter.
    pub enum LetterState {
        /// In a batch, on its way to the post.
        Printed = "printed",
        /// Posted, or deposited with proof where it is registered.
        Posted = "posted",
        /// Not posted: it waits for another batch, or is not wanted any more.
        Held = "held",
    }
}

text_enum! {
    /// What can happen to a printed letter.
    pub enum LetterEvent {
        /// Somebody posted it, or its provider proved the deposit.
        Post = "post",
        /// Somebody kept it back.
        HoldBack = "hold_back",
    }
}

machine!(
    "letter",
    LetterState,
    LetterEvent,
    [(Printed, Post, Posted), (Printed, HoldBack, Held),]
);

/// Whether a letter of this kind goes as registered mail: a formal notice counts as sent only with
/// its tracking number and the day of its deposit (`law.md` §2).
#[must_use]
pub const fn is_registered(kind: MessageKind) -> bool {
    matches!(kind, MessageKind::FormalNotice)
}

/// Characters of a reference without its first letter.
const REFERENCE: usize = 10;

/// What people call a letter: short enough to be typed, and of its message.
#[must_use]
pub fn reference(id: MessageId) -> String {
    let text = id.to_string();
    let start = text.len().saturating_sub(REFERENCE);
    let end = text.get(start..).unwrap_or(&text);
    debug_assert!(text.starts_with(MessageId::PREFIX));
    format!("L{}", end.to_uppercase())
}

/// What a provider of registered mail tells of one letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deposit {
    /// The letter's reference.
    pub reference: String,
    /// Its tracking number.
    pub tracking: String,
    /// The day it was deposited.
    pub on: Day,
}

/// Why a deposit is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DepositFault {
    /// Not a number of registered mail.
    #[error("a tracking number has 8 to 30 letters and digits")]
    Tracking,
    /// Before it was printed, or to come.
    #[error("a letter is deposited between the day it is printed and today")]
    Day,
}

/// Reads a tracking number as it is written, blanks and hyphens left out.
pub fn tracking(text: &str) -> Result<String, DepositFault> {
    let blank = |sign: &char| !sign.is_whitespace() && *sign != '-';
    let number: String = text
        .chars()
        .filter(blank)
        .collect::<String>()
        .to_uppercase();
    let fits = (8..=30).contains(&number.len());
    match fits && number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        true => Ok(number),
        false => Err(DepositFault::Tracking),
    }
}

/// Checks the day of posting or deposit.
pub fn check_day(on: Day, printed: Day, today: Day) -> Result<(), DepositFault> {
    match (printed..=today).contains(&on) {
        true => Ok(()),
        false => Err(DepositFault::Day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_short_and_of_the_message() {
        let id = MessageId::from_bits(0x1234_5678_9abc_def0);
        let reference = reference(id);
        assert_eq!(reference.len(), REFERENCE + 1);
        let digits = reference.strip_prefix('L').unwrap();
        assert!(id.to_string().to_uppercase().ends_with(digits));
    }

    #[test]
    fn tracking_numbers_are_letters_and_digits() {
        assert_eq!(tracking(" 1A 234 567 8901 2"), Ok("1A23456789012".into()));
        assert_eq!(tracking("lr-12345678-fr"), Ok("LR12345678FR".into()));
        for bad in ["", "1234567", "1A 234_567 8901", &"9".repeat(31)] {
            assert_eq!(tracking(bad), Err(DepositFault::Tracking), "{bad}");
        }
    }

    #[test]
    fn nothing_is_posted_before_it_is_printed_or_tomorrow() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let (printed, today) = (day("2026-11-20"), day("2026-11-23"));
        for on in ["2026-11-20", "2026-11-23"] {
            assert_eq!(check_day(day(on), printed, today), Ok(()));
        }
        for on in ["2026-11-19", "2026-11-24"] {
            assert_eq!(check_day(day(on), printed, today), Err(DepositFault::Day));
        }
    }
}
