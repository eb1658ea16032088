//! How often somebody may try to sign in: counted by mailbox and by address, in bounded memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::Moment;

/// Tries a minute, for one mailbox and for one address.
const TRIES_MAX: u32 = 10;

/// Mailboxes and addresses that are told apart within a minute.
const KEYS_MAX: usize = 10_000;

/// The tries of the current minute. Each process keeps its own.
#[derive(Default)]
pub struct Tries(Mutex<Minute>);

#[derive(Default)]
struct Minute {
    number: i64,
    counts: HashMap<String, u32>,
}

impl Tries {
    /// Counts a try; false when there were too many, and for new keys once memory is full. An
    /// address that tries too often does not use up a mailbox's tries.
    pub(super) fn admit(&self, from: Option<IpAddr>, mailbox: &str, now: Moment) -> bool {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        minute.begin(now);
        minute.count(address(from)) && minute.count(mailbox.to_owned())
    }

    /// Takes back a try that was right, so that a whole office behind one address can sign in.
    pub(super) fn forgive(&self, from: Option<IpAddr>, mailbox: &str, now: Moment) {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        minute.begin(now);
        for key in [&address(from), mailbox] {
            if let Some(count) = minute.counts.get_mut(key) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

impl Minute {
    fn begin(&mut self, now: Moment) {
        let number = now.seconds().div_euclid(60);
        if self.number != number {
            self.number = number;
            self.counts.clear();
        }
    }

    fn count(&mut self, key: String) -> bool {
        let full = self.counts.len() >= KEYS_MAX;
        if full && !self.counts.contains_key(&key) {
            return false;
        }
        let count = self.counts.entry(key).or_default();
        *count = count.saturating_add(1);
        *count <= TRIES_MAX
    }
}

/// An IPv4 address, or the /64 that one IPv6 subscriber has to itself; never like a mailbox.
fn address(from: Option<IpAddr>) -> String {
    match from.map(|address| address.to_canonical()) {
        None => "from nowhere".to_owned(),
        Some(IpAddr::V4(address)) => format!("from {address}"),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("from {a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    fn at(seconds: i64) -> Moment {
        Moment::from_seconds(seconds)
    }

    #[test]
    fn a_mailbox_is_tried_ten_times_a_minute_wherever_from() {
        let tries = Tries::default();
        let mut from = (1..).map(|host| ip(&format!("192.0.2.{host}")));
        let mut admit = |now| tries.admit(from.next().unwrap(), "a@b.example", at(now));
        assert!((0..10).all(|_| admit(60)));
        assert!(!admit(119) && admit(120));
    }

    #[test]
    fn an_address_tries_ten_times_a_minute_whatever_mailbox() {
        let tries = Tries::default();
        let admit = |from: &str, mailbox: &str| tries.admit(ip(from), mailbox, at(0));
        assert!((0..10).all(|place| admit("2001:db8::1", &place.to_string())));
        assert!(!admit("2001:db8::2", "other"), "the same /64");
        assert!(admit("2001:db8:0:1::1", "other"), "not counted before");
    }

    #[test]
    fn tries_that_were_right_do_not_count() {
        let tries = Tries::default();
        for _ in 0..50 {
            assert!(tries.admit(ip("192.0.2.1"), "a@b.example", at(0)));
            tries.forgive(ip("192.0.2.1"), "a@b.example", at(0));
        }
    }

    #[test]
    fn memory_is_bounded() {
        let tries = Tries::default();
        for place in 0..KEYS_MAX {
            let from = ip(&format!("10.{}.{}.1", place / 256, place % 256));
            tries.admit(from, &place.to_string(), at(0));
        }
        assert!(!tries.admit(ip("192.0.2.1"), "new", at(0)));
        assert_eq!(tries.0.lock().unwrap().counts.len(), KEYS_MAX);
        assert!(tries.admit(ip("192.0.2.1"), "new", at(60)));
    }
}
