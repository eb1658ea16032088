//! What this process logged, for tests that look for what must not be there.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

static LOG: Mutex<String> = Mutex::new(String::new());

/// Keeps what is logged and shows it with a failing test.
struct Tee;

impl Write for Tee {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        print!("{text}");
        LOG.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_str(&text);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins to keep what is logged; again has no effect.
pub fn start() {
    let _ = tracing_subscriber::fmt()
        .with_env_filter("acquit=trace,actix=info")
        .with_ansi(false)
        .with_writer(|| Tee)
        .try_init();
}

/// All that was logged so far, by any test.
pub fn text() -> String {
    LOG.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
