//! The debtor's portal over HTTP, on every database.

mod links;

use domain::Moment;
use domain::invoice::Invoice;
use domain::party::{Contact, Debtor, Supplier};

use crate::support::site::{Browser, Site};
use crate::support::world::paris;

/// The usual instant: a Friday morning.
fn now() -> Moment {
    paris("2026-11-20", 9)
}

/// A debtor with three invoices, two of them late, and its open session.
struct Visit {
    site: Site,
    supplier: Supplier,
    debtor: Debtor,
    contact: Contact,
    invoices: Vec<Invoice>,
    browser: Browser,
}

impl Visit {
    async fn new(backend: &str) -> Self {
        let site = Site::open(backend, now());
        let supplier = site.world.supplier("boreal").await;
        let (debtor, contact) = site.world.debtor(&supplier, "C-1042").await;
        let mut invoices = Vec::new();
        for (number, cents, due_on) in [
            ("FA-1", 466_000, "2026-11-09"),
            ("FA-2", 250_000, "2026-11-18"),
            ("FA-3", 99_900, "2026-12-03"),
        ] {
            invoices.push(site.world.invoice(&debtor, number, cents, due_on).await);
        }
        let browser = site.enter(&debtor, &contact).await;
        Self {
            site,
            supplier,
            debtor,
            contact,
            invoices,
            browser,
        }
    }
}
