//! The debtor's portal over HTTP, on every database.

mod answers;
mod attached;
mod basket;
mod between;
mod binding;
mod cards;
mod check_iban;
mod claims;
pub(crate) mod debits;
mod hooks;
mod inert;
mod insolvency;
mod kept_cards;
mod left;
mod lines;
mod links;
mod looking;
mod papers;
mod pay;
mod people;
mod plans;
mod promises;
mod provider_debits;
mod reports;
mod revoke;
mod text_hooks;
mod walls;

use domain::Moment;
use domain::invoice::Invoice;
use domain::party::{Contact, Debtor, Supplier};

use crate::support::databases::backends;
use crate::support::dump::{BETWEEN, dump};
use crate::support::html::Form;
use crate::support::site::{Browser, Page, Site};
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
        Self::at(Site::open(backend, now())).await
    }

    async fn at(site: Site) -> Self {
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

    async fn get(&self, path: &str) -> Page {
        self.browser.get(path).await
    }

    async fn submit(&self, form: &Form) -> Page {
        self.browser.submit(form).await
    }

    /// The address of a page for these invoices, by their place.
    fn chosen(&self, path: &str, places: &[usize]) -> String {
        let ids = places.iter().map(|place| self.invoices[*place].id);
        views::paths::with_invoices(path, ids)
    }

    /// The name of the amount field of an invoice.
    fn amount_of(&self, place: usize) -> String {
        views::portal::chosen::amount_field(self.invoices[place].id)
    }

    /// All rows of one table.
    fn rows(&self, table: &str) -> String {
        let all = dump(&self.site.world.database.url);
        let found = all.into_iter().find(|(name, _)| name == table);
        found.unwrap().1
    }

    /// How many rows a table has.
    fn count(&self, table: &str) -> usize {
        let rows = self.rows(table);
        let rows = rows.split(BETWEEN).filter(|row| !row.is_empty());
        rows.count()
    }
}

/// Runs a test on every database, one after the other.
async fn everywhere<F: Future<Output = ()>>(test: impl Fn(Visit) -> F) {
    for backend in backends() {
        test(Visit::new(backend).await).await;
    }
}
