//! The only place that asks what time it is, and the only maker of ids.

use std::sync::{Arc, Mutex};

use domain::{Id, Moment};
use uuid::{ContextV7, Timestamp, Uuid};

/// Tells the time.
#[derive(Clone)]
pub enum Clock {
    /// The machine's time.
    System,
    /// A time that only changes when it is set: for tests and demonstrations.
    Fixed(Arc<Mutex<Moment>>),
}

impl Clock {
    /// A clock that stands still.
    #[must_use]
    pub fn fixed(at: Moment) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        match self {
            Self::System => system_now(),
            Self::Fixed(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Moves a clock that stands still; the machine's time is left alone.
    pub fn set(&self, to: Moment) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = to;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the place the ban points to"
)]
fn system_now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.map_or(0, |elapsed| {
        i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX)
    });
    Moment::from_micros(micros)
}

static SEQUENCE: Mutex<Option<ContextV7>> = Mutex::new(None);

/// A new id: later ones sort after earlier ones, also within a millisecond.
///
/// Ids carry the machine's time, not a test's: they must stay unique when a test goes back.
#[must_use]
pub fn new_id<I: Id>() -> I {
    let mut sequence = SEQUENCE
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let context = sequence.get_or_insert_with(ContextV7::new);
    let micros = system_now().micros();
    let seconds = u64::try_from(micros.div_euclid(1_000_000)).unwrap_or_default();
    let nanos = u32::try_from(micros.rem_euclid(1_000_000) * 1_000).unwrap_or_default();
    I::from_bits(Uuid::new_v7(Timestamp::from_unix(&*context, seconds, nanos)).as_u128())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::InvoiceId;

    #[test]
    fn ids_rise() {
        let ids: Vec<InvoiceId> = (0..10_000).map(|_| new_id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_fixed_clock_moves_only_when_set() {
        let clock = Clock::fixed(Moment::from_seconds(100));
        assert_eq!(clock.now(), Moment::from_seconds(100));
        clock.set(Moment::from_seconds(200));
        assert_eq!(clock.now(), Moment::from_seconds(200));
    }
}
