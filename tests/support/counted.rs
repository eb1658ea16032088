//! How many queries a database was asked, whichever connection asked them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

static COUNTS: Mutex<BTreeMap<String, Arc<AtomicUsize>>> = Mutex::new(BTreeMap::new());

fn count_of(url: &str) -> Arc<AtomicUsize> {
    let mut counts = COUNTS.lock().unwrap();
    Arc::clone(counts.entry(url.to_owned()).or_default())
}

/// What one connection tells.
#[derive(Default)]
struct Counter(Arc<AtomicUsize>);

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => self.0 = count_of(url),
            InstrumentationEvent::StartQuery { .. } => {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
            _ => {}
        }
    }
}

/// Counts from now on what connections that are not open yet ask.
pub fn begin() {
    set_default_instrumentation(|| Some(Box::new(Counter::default()))).unwrap();
}

/// How many queries the database at this address was asked until now.
pub fn asked(url: &str) -> usize {
    count_of(url).load(Ordering::Relaxed)
}
