//! Counts requests a minute, in bounded memory: guessed links by address, real links by token.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::Moment;

/// Guessed links a minute from one address.
const GUESSES_MAX: u32 = 10;

/// Requests a minute with one link: scanners and colleagues included.
const HITS_MAX: u32 = 60;

/// Addresses or links that are told apart within a minute.
const KEYS_MAX: usize = 10_000;

/// Both counts. Each process keeps its own.
#[derive(Default)]
pub(super) struct Limits {
    guesses: Counter,
    hits: Counter,
}

impl Limits {
    /// Counts a guessed link; false when the address has guessed too often.
    pub(super) fn guess(&self, from: Option<IpAddr>, now: Moment) -> bool {
        self.guesses.admit(&network(from), GUESSES_MAX, now)
    }

    /// Counts a request with a link that was signed here; false when there were too many.
    pub(super) fn hit(&self, token: &str, now: Moment) -> bool {
        self.hits.admit(token, HITS_MAX, now)
    }
}

/// An IPv4 address, or the /64 that one IPv6 subscriber has to itself.
fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => String::new(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

/// Counts by key within the current minute; forgets them all with the next.
#[derive(Default)]
struct Counter(Mutex<Minute>);

#[derive(Default)]
struct Minute {
    number: i64,
    counts: HashMap<String, u32>,
}

impl Counter {
    /// Counts one more; false beyond `most`, and for new keys once memory is full.
    fn admit(&self, key: &str, most: u32, now: Moment) -> bool {
        let number = now.seconds().div_euclid(60);
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.number != number {
            *minute = Minute {
                number,
                counts: HashMap::new(),
            };
        }
        if let Some(count) = minute.counts.get_mut(key) {
            *count = count.saturating_add(1);
            return *count <= most;
        }
        let room = minute.counts.len() < KEYS_MAX;
        if room {
            minute.counts.insert(key.to_owned(), 1);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_seconds(seconds)
    }

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn an_address_guesses_ten_times_a_minute() {
        let limits = Limits::default();
        let guess = |from: &str, now| limits.guess(ip(from), at(now));
        assert!((0..10).all(|_| guess("192.0.2.1", 60)));
        assert!(!guess("192.0.2.1", 119));
        assert!(!guess("::ffff:192.0.2.1", 119));
        assert!(guess("192.0.2.2", 119));
        assert!(guess("192.0.2.1", 120));
    }

    #[test]
    fn an_ipv6_subscriber_is_one_address() {
        let limits = Limits::default();
        let all = (0..10).map(|host| limits.guess(ip(&format!("2001:db8:1:2::{host:x}")), at(0)));
        assert!(all.into_iter().all(|admitted| admitted));
        assert!(!limits.guess(ip("2001:db8:1:2:ffff::1"), at(0)));
        assert!(limits.guess(ip("2001:db8:1:3::1"), at(0)));
    }

    #[test]
    fn memory_is_bounded_and_a_new_minute_frees_it() {
        let limits = Limits::default();
        assert!((0..KEYS_MAX).all(|key| limits.hit(&key.to_string(), at(0))));
        assert!(!limits.hit("one more", at(0)));
        assert!(limits.hit("7", at(0)), "those counted already go on");
        assert!(limits.hit("one more", at(60)));
    }
}
