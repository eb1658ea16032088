//! What a refusal or a report about a message says of its address (RFC 3463, the registry of SMTP
//! enhanced status codes), and what follows.

use std::fmt;
use std::str::FromStr;

text_enum! {
    /// What is known of a message after it left, or of why it did not.
    pub enum Verdict {
        /// Nothing sent to this address arrives: it is written to no more.
        Hard = "hard",
        /// Not this time: the mailbox is full, the server is away. Counted.
        Soft = "soft",
        /// The sender or the content was refused; the address may be good.
        Refused = "refused",
        /// The recipient calls it unwanted: its mailbox is left alone.
        Complaint = "complaint",
        /// Still being tried by a server on the way.
        Delayed = "delayed",
        /// It arrived.
        Delivered = "delivered",
    }
}

impl Verdict {
    /// Whether the message did not arrive.
    #[must_use]
    pub const fn ends_message(self) -> bool {
        matches!(self, Self::Hard | Self::Soft | Self::Refused)
    }

    /// Whether the address is written to no more.
    #[must_use]
    pub const fn suppresses(self) -> bool {
        matches!(self, Self::Hard | Self::Complaint)
    }
}

/// Soft bounces without an arrival between them after which an address counts as dead.
pub const SOFT_MAX: usize = 3;

/// Days within which soft bounces are counted.
pub const SOFT_DAYS: i64 = 30;

text_enum! {
    /// What a server did with a message, in the words of RFC 3464 §2.3.3.
    pub enum Deed {
        /// It gave up.
        Failed = "failed",
        /// It goes on trying.
        Delayed = "delayed",
        /// It arrived.
        Delivered = "delivered",
        /// It was handed to a system that reports nothing.
        Relayed = "relayed",
        /// It arrived at a list and went on from there.
        Expanded = "expanded",
    }
}

/// An enhanced status code: class, subject and detail, as `5.1.1`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Status {
    /// 2 for success, 4 for a passing failure, 5 for a permanent one.
    pub class: u8,
    /// What it is about: 1 the address, 2 the mailbox, 7 policy.
    pub subject: u16,
    /// Which.
    pub detail: u16,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// A text that is no status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no status code: write it as 5.1.1")]
pub struct StatusError;

impl FromStr for Status {
    type Err = StatusError;

    fn from_str(text: &str) -> Result<Self, StatusError> {
        let mut parts = text.split('.');
        let mut number = |digits_max: usize| {
            let part = parts.next().ok_or(StatusError)?;
            let fits = (1..=digits_max).contains(&part.len());
            if !fits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(StatusError);
            }
            part.parse::<u16>().map_err(|_| StatusError)
        };
        let (class, subject, detail) = (number(1)?, number(3)?, number(3)?);
        match (u8::try_from(class), parts.next()) {
            (Ok(class @ (2 | 4 | 5)), None) => Ok(Self {
                class,
                subject,
                detail,
            }),
            _ => Err(StatusError),
        }
    }
}

/// The first status code in a server's words: `550 5.1.1 no such user`.
#[must_use]
pub fn status_in(words: &str) -> Option<Status> {
    let foreign = |letter: char| !(letter.is_ascii_digit() || letter == '.');
    let mut found = words.split(foreign).filter_map(|word| word.parse().ok());
    found.next()
}

/// The reply code that a server's words begin with: `550 5.1.1 no such user`, `smtp; 550 …`.
#[must_use]
pub fn reply_in(words: &str) -> Option<u16> {
    let words = words.split_once(';').map_or(words, |(_, rest)| rest);
    let first = words.trim_start().split([' ', '-']).next()?;
    let fits = first.len() == 3 && first.bytes().all(|byte| byte.is_ascii_digit());
    first
        .parse()
        .ok()
        .filter(|code| fits && (200..600).contains(code))
}

/// What a permanent code says. Whole subjects first, then what departs from them; the last row that
/// fits counts. Codes above 100 are those that large mail systems added to the registry's.
const PERMANENT: &[(u16, Option<u16>, Verdict)] = &[
    // The address: no such mailbox, no such domain, wrongly written, moved away, null MX.
    (1, None, Verdict::Hard),
    // The sender's address, or that of its return path.
    (1, Some(7), Verdict::Refused),
    (1, Some(8), Verdict::Refused),
    (1, Some(9), Verdict::Refused),
    // The mailbox: disabled.
    (2, None, Verdict::Hard),
    // Full; too long a message; a list that could not be opened up.
    (2, Some(2), Verdict::Soft),
    (2, Some(3), Verdict::Refused),
    (2, Some(4), Verdict::Soft),
    // The receiving system: full, away, misconfigured; too big a message.
    (3, None, Verdict::Soft),
    (3, Some(4), Verdict::Refused),
    // The way there: no answer, a loop, expired after days.
    (4, None, Verdict::Soft),
    // No route: the domain takes no mail.
    (4, Some(4), Verdict::Hard),
    (4, Some(310), Verdict::Hard),
    // What was said, in which form, under whose name.
    (5, None, Verdict::Refused),
    (6, None, Verdict::Refused),
    (7, None, Verdict::Refused),
    // The account is disabled, or has gone to somebody else.
    (7, Some(13), Verdict::Hard),
    (7, Some(17), Verdict::Hard),
];

/// What a reply code without a status says, or one whose status says nothing (`5.0.0`).
const REPLIES: &[(u16, Verdict)] = &[
    (521, Verdict::Hard),
    (550, Verdict::Hard),
    (551, Verdict::Hard),
    (552, Verdict::Soft),
    (553, Verdict::Hard),
    (556, Verdict::Hard),
];

/// What a server's refusal says of the message and its address: by its status code, else by its
/// reply code. What is not known to mean a dead address does not suppress it.
#[must_use]
pub fn refusal(status: Option<Status>, reply: Option<u16>) -> Verdict {
    let passing = status.map(|one| one.class).or(reply.map(class));
    if passing == Some(4) {
        return Verdict::Soft;
    }
    let status = status.filter(|one| one.subject != 0);
    let Some(status) = status else {
        let known = REPLIES.iter().find(|(code, _)| Some(*code) == reply);
        return known.map_or(Verdict::Refused, |(_, verdict)| *verdict);
    };
    let fits = |row: &&(u16, Option<u16>, Verdict)| {
        row.0 == status.subject && row.1.is_none_or(|detail| detail == status.detail)
    };
    let row = PERMANENT.iter().rfind(fits);
    row.map_or(Verdict::Refused, |(_, _, verdict)| *verdict)
}

fn class(reply: u16) -> u8 {
    u8::try_from(reply / 100).unwrap_or_default()
}

/// What a delivery report says (RFC 3464): the deed, the status, and the server's own words, which
/// know better when the status is as good as none.
#[must_use]
pub fn report(deed: Deed, status: Option<Status>, words: &str) -> Verdict {
    match deed {
        Deed::Delayed => Verdict::Delayed,
        Deed::Delivered | Deed::Expanded | Deed::Relayed => Verdict::Delivered,
        Deed::Failed => {
            let told = status.filter(|one| one.subject != 0);
            refusal(told.or(status_in(words)).or(status), reply_in(words))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_its_verdict() {
        use Verdict::{Hard, Refused, Soft};
        for (codes, expected) in [
            (
                "5.1.0 5.1.1 5.1.2 5.1.3 5.1.4 5.1.6 5.1.10 5.2.0 5.2.1",
                Hard,
            ),
            ("5.4.4 5.4.310 5.7.13 5.7.17", Hard),
            (
                "5.2.2 5.2.4 5.3.0 5.3.1 5.3.2 5.3.5 5.4.0 5.4.1 5.4.6 5.4.7",
                Soft,
            ),
            ("4.0.0 4.2.1 4.2.2 4.3.1 4.4.1 4.4.7 4.7.0 4.1.1", Soft),
            (
                "5.1.7 5.1.8 5.1.9 5.2.3 5.3.4 5.5.0 5.5.2 5.6.0 5.6.1",
                Refused,
            ),
            (
                "5.7.0 5.7.1 5.7.8 5.7.9 5.7.26 5.7.27 5.7.515 5.8.1 5.0.0",
                Refused,
            ),
        ] {
            for code in codes.split(' ') {
                let status: Status = code.parse().unwrap();
                assert_eq!(refusal(Some(status), None), expected, "{code}");
                assert_eq!(status.to_string(), code);
            }
        }
    }

    #[test]
    fn without_a_status_the_reply_code_decides() {
        use Verdict::{Hard, Refused, Soft};
        for (reply, expected) in [
            (550, Hard),
            (551, Hard),
            (553, Hard),
            (552, Soft),
            (554, Refused),
            (500, Refused),
            (421, Soft),
            (450, Soft),
        ] {
            assert_eq!(refusal(None, Some(reply)), expected, "{reply}");
            let nothing = "5.0.0".parse().ok().filter(|_| reply >= 500);
            assert_eq!(refusal(nothing, Some(reply)), expected, "5.0.0 {reply}");
        }
        assert_eq!(refusal(None, None), Refused);
    }

    #[test]
    fn a_report_believes_the_words_when_its_status_says_nothing() {
        use Verdict::{Delayed, Delivered, Hard, Refused, Soft};
        for (deed, status, words, expected) in [
            (Deed::Failed, "5.1.1", "", Hard),
            (Deed::Failed, "5.0.0", "550 5.1.1 no such mailbox", Hard),
            (Deed::Failed, "5.0.0", "smtp; 550 unknown user", Hard),
            (Deed::Failed, "5.0.0", "smtp; 554 5.7.1 refused", Refused),
            (Deed::Failed, "5.0.0", "", Refused),
            (Deed::Failed, "4.4.7", "", Soft),
            (Deed::Failed, "5.2.2", "552 mailbox full", Soft),
            (Deed::Delayed, "4.4.1", "", Delayed),
            (Deed::Delivered, "2.0.0", "", Delivered),
            (Deed::Relayed, "2.0.0", "", Delivered),
        ] {
            let found = report(deed, status.parse().ok(), words);
            assert_eq!(found, expected, "{deed} {status} {words}");
        }
    }

    #[test]
    fn codes_are_found_in_words_and_nothing_else_is() {
        for (words, status, reply) in [
            (
                "550 5.1.1 <a@b.example>: no such user",
                Some("5.1.1"),
                Some(550),
            ),
            ("smtp; 550-5.7.1 no", Some("5.7.1"), Some(550)),
            ("x-unix; no such file", None, None),
            ("relay 10.5.1.1 said no", None, None),
            ("version 5.1", None, None),
            ("1234 x", None, None),
            ("999 x", None, None),
        ] {
            let found = status_in(words).map(|one| one.to_string());
            assert_eq!(found.as_deref(), status, "{words}");
            assert_eq!(reply_in(words), reply, "{words}");
        }
        for text in [
            "", "5", "5.1", "5.1.1.1", "3.1.1", "5.1.x", "5.1.1234", "5.+1.1",
        ] {
            assert_eq!(text.parse::<Status>(), Err(StatusError), "{text}");
        }
    }

    #[test]
    fn what_ends_a_message_and_what_suppresses() {
        for (verdict, ends, suppresses) in [
            (Verdict::Hard, true, true),
            (Verdict::Soft, true, false),
            (Verdict::Refused, true, false),
            (Verdict::Complaint, false, true),
            (Verdict::Delayed, false, false),
            (Verdict::Delivered, false, false),
        ] {
            assert_eq!(verdict.ends_message(), ends, "{verdict}");
            assert_eq!(verdict.suppresses(), suppresses, "{verdict}");
        }
    }
}
