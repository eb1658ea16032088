//! Counts requests in bounded memory: guessed links by address, real links by token. How often is
//! decided by `governor`'s leaky bucket, on our own clock.

use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::Clock as Time;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;

/// Guessed links a minute from one address.
const GUESSES_MAX: u32 = 10;

/// Requests a minute with one link: scanners and colleagues included.
const HITS_MAX: u32 = 60;

/// Addresses or links that are told apart; those that have been quiet for a minute are forgotten
/// first.
const KEYS_MAX: usize = 100_000;

/// Both counts. Each process keeps its own.
pub(super) struct Limits {
    guesses: Counter,
    hits: Counter,
}

impl Limits {
    /// Nothing counted yet.
    pub(super) fn new(clock: &Clock) -> Self {
        Self {
            guesses: Counter::new(clock, GUESSES_MAX, KEYS_MAX),
            hits: Counter::new(clock, HITS_MAX, KEYS_MAX),
        }
    }

    /// Counts a guessed link; false when the address has guessed too often.
    pub(super) fn guess(&self, from: Option<IpAddr>) -> bool {
        self.guesses.admit(&network(from))
    }

    /// Counts a request with a link that was signed here; false when there were too many.
    pub(super) fn hit(&self, token: &str) -> bool {
        self.hits.admit(token)
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

/// The program's clock as `governor` reads one.
#[derive(Clone)]
struct Ours(Clock);

impl Time for Ours {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let micros = u64::try_from(self.0.now().micros()).unwrap_or_default();
        Nanos::new(micros.saturating_mul(1000))
    }
}

type Buckets = RateLimiter<String, HashMapStateStore<String>, Ours, NoOpMiddleware<Nanos>>;

/// So many a minute for each key: at once or one after the other.
struct Counter {
    buckets: Buckets,
    keys_max: usize,
}

impl Counter {
    fn new(clock: &Clock, per_minute: u32, keys_max: usize) -> Self {
        let most = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        let (quota, state) = (Quota::per_minute(most), HashMapStateStore::default());
        Self {
            buckets: RateLimiter::new(quota, state, Ours(clock.clone())),
            keys_max,
        }
    }

    /// Counts one more; false beyond the quota, and for everybody once memory is full of keys that
    /// were all used within the minute.
    fn admit(&self, key: &str) -> bool {
        if self.buckets.len() >= self.keys_max {
            self.buckets.retain_recent();
            if self.buckets.len() >= self.keys_max {
                return false;
            }
        }
        self.buckets.check_key(&key.to_owned()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use domain::Moment;

    use super::*;

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    fn clock() -> Clock {
        Clock::fixed(Moment::from_seconds(1_000))
    }

    #[test]
    fn an_address_guesses_ten_times_a_minute() {
        let clock = clock();
        let limits = Limits::new(&clock);
        assert!((0..10).all(|_| limits.guess(ip("192.0.2.1"))));
        assert!(!limits.guess(ip("192.0.2.1")));
        assert!(!limits.guess(ip("::ffff:192.0.2.1")));
        assert!(limits.guess(ip("192.0.2.2")));
        clock.set(Moment::from_seconds(1_005));
        assert!(!limits.guess(ip("192.0.2.1")));
        clock.set(Moment::from_seconds(1_006));
        assert!(limits.guess(ip("192.0.2.1")), "one more every six seconds");
        assert!(!limits.guess(ip("192.0.2.1")));
        clock.set(Moment::from_seconds(1_100));
        assert!((0..10).all(|_| limits.guess(ip("192.0.2.1"))));
    }

    #[test]
    fn an_ipv6_subscriber_is_one_address() {
        let limits = Limits::new(&clock());
        assert!((0..10).all(|host| limits.guess(ip(&format!("2001:db8:1:2::{host:x}")))));
        assert!(!limits.guess(ip("2001:db8:1:2:ffff::1")));
        assert!(limits.guess(ip("2001:db8:1:3::1")));
    }

    #[test]
    fn memory_is_bounded_and_time_frees_it() {
        let clock = clock();
        let counter = Counter::new(&clock, 60, 100);
        assert!((0..100).all(|key| counter.admit(&key.to_string())));
        assert!(!counter.admit("one more"));
        assert_eq!(counter.buckets.len(), 100);
        clock.set(Moment::from_seconds(1_061));
        assert!(counter.admit("one more"));
        assert_eq!(counter.buckets.len(), 1);
    }
}
