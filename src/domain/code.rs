//! Codes that prove who acts: six digits, sent to a contact the supplier knows.

use crate::day::Moment;

text_enum! {
    /// What a code is asked for: one sent for one does not open another.
    pub enum Action {
        /// Signing a mandate.
        Mandate = "mandate",
        /// Changing contacts.
        Contact = "contact",
        /// Agreeing to an instalment plan.
        Plan = "plan",
        /// Keeping a card for the next payment.
        Card = "card",
        /// Downloading documents, where the supplier wants it.
        Documents = "documents",
    }
}

/// Minutes for which a code can be typed (ASVS 6.5.5).
pub const MINUTES: i64 = 10;

/// Times a code may be typed.
pub const TRIES_MAX: u16 = 5;

/// Codes for one contact within an hour.
pub const PER_HOUR: i64 = 3;

/// Days a mailbox must have been known to get a code that it was not linked to.
pub const KNOWN_DAYS: i64 = 7;

/// Minutes for which a typed code holds in its session.
pub const HOLDS_MINUTES: i64 = 30;

/// Digits of a code.
const DIGITS: usize = 6;

/// The code that these random bits stand for.
#[must_use]
pub fn digits(bits: u64) -> String {
    format!("{:06}", bits % 1_000_000)
}

/// What was typed as digits alone; none when it cannot be a code.
#[must_use]
pub fn typed(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let fits = compact.len() == DIGITS && compact.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(compact)
}

/// A mailbox as a page may show it to whoever holds a link: `c•••@delmas.example`.
#[must_use]
pub fn masked(email: &str) -> String {
    let (local, host) = email.split_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{host}")
}

/// Whether a mailbox may get a code: that of the link, or one known for a week.
#[must_use]
pub fn may_receive(is_own: bool, known_at: Moment, now: Moment) -> bool {
    is_own || known_at.plus_days(KNOWN_DAYS) <= now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits_and_are_read_as_people_type_them() {
        assert_eq!(digits(7), "000007");
        assert_eq!(digits(u64::MAX).len(), 6);
        assert_eq!(typed(" 123 456 "), Some("123456".into()));
        assert_eq!(typed("123\u{a0}456"), Some("123456".into()));
        for text in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(typed(text), None, "{text}");
        }
    }

    #[test]
    fn a_mailbox_is_shown_by_its_first_letter() {
        assert_eq!(masked("compta@delmas.example"), "c•••@delmas.example");
        assert_eq!(masked("é@x.example"), "é•••@x.example");
        assert_eq!(masked(""), "•••@");
    }

    #[test]
    fn another_mailbox_must_be_known_for_a_week() {
        let set = Moment::from_seconds(1_000_000);
        let week = set.plus_days(KNOWN_DAYS);
        assert!(may_receive(true, set, set));
        assert!(!may_receive(false, set, week.plus_seconds(-1)));
        assert!(may_receive(false, set, week));
    }
}
