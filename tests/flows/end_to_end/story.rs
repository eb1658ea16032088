//! Two customers of one supplier, and how they stand.

use acquit::flows::collect::end_to_end_id;
use acquit::flows::{deliver, mailbox};
use acquit::jobs;
use acquit::store::user::StaffRole;
use acquit::store::{self, Across};
use domain::invoice::Invoice;
use domain::ledger::Account;
use domain::party::{Contact, Debtor, Supplier};
use views::paths;

use super::super::{MONDAY, books};
use super::desk::Desk;
use crate::support::site::{Browser, Site};
use crate::support::staff_site::PASSWORD;
use crate::support::world::paris;

/// Somebody who owes one invoice.
pub(super) struct Customer {
    debtor: Debtor,
    contact: Contact,
    invoice: Invoice,
    iban: &'static str,
}

/// Debits, payments and promises by state, oldest first; of the invoice what is open, held by
/// payments under way, and disputed.
pub(super) struct Stand<'a>(
    pub(super) &'a [&'a str],
    pub(super) &'a [&'a str],
    pub(super) &'a [&'a str],
    pub(super) (i64, i64, i64),
);

pub(super) struct Story {
    backend: String,
    site: Site,
    supplier: Supplier,
    /// Owes 40.00 and promises it.
    pub(super) promises: Customer,
    /// Owes 5.00 and orders a debit of it.
    pub(super) orders: Customer,
}

impl Story {
    pub(super) async fn open(backend: &str) -> Self {
        let site = Site::open(backend, paris(MONDAY, 9));
        let world = &site.world;
        let supplier = world.supplier("four").await;
        for (name, role) in [
            ("compta", StaffRole::Accountant),
            ("direction", StaffRole::Admin),
        ] {
            let (email, roles) = (format!("{name}@four.example"), vec![(supplier.id, role)]);
            acquit::flows::sign_in::add_user(&world.app, &email, "Équipe", PASSWORD, roles)
                .await
                .unwrap();
        }
        let owes = async |code: &str, cents, iban| {
            let (debtor, contact) = world.debtor(&supplier, code).await;
            let number = format!("F-{code}");
            let invoice = world.invoice(&debtor, &number, cents, "2026-02-20").await;
            Customer {
                debtor,
                contact,
                invoice,
                iban,
            }
        };
        let promises = owes("C1", 4_000, "FR14 2004 1010 0505 0001 3M02 606").await;
        let orders = owes("C2", 500, "DE89 3704 0044 0532 0130 00").await;
        Self {
            backend: backend.to_owned(),
            site,
            supplier,
            promises,
            orders,
        }
    }

    pub(super) fn go_to(&self, day: &str) {
        self.site.world.go_to(paris(day, 9));
    }

    /// What the server does by itself every quarter of an hour.
    pub(super) async fn tick(&self) {
        jobs::tick(&self.site.world.app).await.unwrap();
    }

    pub(super) async fn desk(&self, name: &str) -> Desk {
        Desk::open(&self.site, &format!("{name}@four.example")).await
    }

    /// Signs a mandate in the portal, with the code that was sent.
    pub(super) async fn sign(&self, of: &Customer) -> Browser {
        let browser = self.site.enter(&of.debtor, &of.contact).await;
        let form = browser.get("/mandate").await.form(0);
        let form = form
            .with("holder", &of.debtor.name)
            .with("iban", of.iban)
            .with("usage", "recurring")
            .with("signatory", "Service comptabilité")
            .with("place", "Nantes")
            .with("consent", "yes");
        let check = browser.submit(&form.step("check")).await;
        check.shows(200, &["FR72ZZZ123456", of.iban]);
        let asked = browser.submit(&check.form(0).step("confirm")).await;
        asked.shows(200, &["one-time-code"]);
        let code = self.site.world.code().await;
        let confirm = asked.form(0).with("code", &code).step("confirm");
        browser.submit(&confirm).await.shows(200, &["••••"]);
        self.are(of, "mandate", &["active"]);
        browser
    }

    pub(super) async fn promise_by_debit(&self, browser: &Browser, day: &str) {
        let path = paths::with_invoices("/promise", [self.promises.invoice.id]);
        let form = browser.get(&path).await.form(0);
        let form = form.with("way", "debit").with("day", day);
        let check = browser.submit(&form.step("check")).await;
        check.shows(200, &["10/03/2026"]);
        let sent = browser.submit(&check.form(0).step("confirm")).await;
        browser.follow(&sent).await.shows(200, &["40,00"]);
    }

    pub(super) async fn order_debit(&self, browser: &Browser, day: &str) {
        let path = paths::with_invoices("/pay", [self.orders.invoice.id]);
        let form = browser.get(&path).await.form(0);
        let form = form.with("method", "debit").with("debit_on", day);
        let check = browser.submit(&form.step("pay")).await;
        check.shows(200, &["10/03/2026"]);
        let sent = browser.submit(&check.form(0).step("confirm")).await;
        browser.follow(&sent).await.shows(200, &["5,00"]);
    }

    pub(super) fn column(&self, sql: &str) -> Vec<String> {
        self.site.world.conn().read_sql(sql).unwrap()
    }

    fn of(&self, of: &Customer, column: &str, table: &str) -> Vec<String> {
        let id = of.debtor.id;
        self.column(&format!(
            "SELECT {column} AS value FROM {table} WHERE debtor_id = '{id}' ORDER BY id"
        ))
    }

    /// The states of a customer's rows.
    pub(super) fn are(&self, of: &Customer, table: &str, states: &[&str]) {
        let found = self.of(of, "state", table);
        assert_eq!(found, states, "{}: {table}", self.backend);
    }

    /// A column of a customer's mandate.
    pub(super) fn mandate(&self, of: &Customer, column: &str) -> String {
        self.of(of, column, "mandate").remove(0)
    }

    pub(super) fn batch(&self, id: &str) -> String {
        let sql = format!("SELECT state AS value FROM batch WHERE id = '{id}'");
        self.column(&sql).remove(0)
    }

    pub(super) fn message_id(&self, batch: &str) -> String {
        let sql = format!("SELECT message_id AS value FROM batch WHERE id = '{batch}'");
        self.column(&sql).remove(0)
    }

    pub(super) fn stands(&self, of: &Customer, expected: Stand<'_>) {
        let Stand(debits, payments, promises, item) = expected;
        self.are(of, "collection", debits);
        self.are(of, "payment", payments);
        self.are(of, "promise", promises);
        let sums = ["open", "reserved", "disputed"].map(|column| {
            let cents = self.of(of, &format!("CAST({column} AS TEXT)"), "invoice");
            cents[0].parse::<i64>().unwrap()
        });
        assert_eq!(sums, [item.0, item.1, item.2], "{}", self.backend);
    }

    /// The books, in any order.
    pub(super) fn books_are(&self, expected: &[(Account, i64)]) {
        let mut found = books(&self.site.world, self.supplier.id);
        let mut expected = expected.to_vec();
        found.sort_by_key(|(account, _)| account.to_string());
        expected.sort_by_key(|(account, _)| account.to_string());
        assert_eq!(found, expected, "{}", self.backend);
    }

    /// The end-to-end id of a customer's debit, counted from the first.
    pub(super) async fn end_to_end(&self, of: &Customer, place: usize) -> String {
        let id = self.of(of, "id", "collection")[place].parse().unwrap();
        let supplier = self.supplier.id;
        let find = move |conn: &mut store::Conn| store::collection::find(conn, supplier, id);
        let store = &self.site.world.app.store;
        end_to_end_id(&store.read(Across::Inspection, find).await.unwrap())
    }

    /// How many messages of a kind a customer was sent.
    pub(super) fn count(&self, of: &Customer, kind: &str) -> usize {
        let id = of.debtor.id;
        let sql = format!(
            "SELECT id AS value FROM message WHERE debtor_id = '{id}' AND kind = '{kind}' \
             AND state = 'sent'"
        );
        self.column(&sql).len()
    }

    /// Sends what is due, and reads the newest message of this kind that a customer was sent.
    pub(super) async fn told(&self, of: &Customer, kind: &str) -> String {
        let app = &self.site.world.app;
        deliver::run(app).await.unwrap();
        let id = of.debtor.id;
        let sql = format!(
            "SELECT id AS value FROM message WHERE debtor_id = '{id}' AND kind = '{kind}' \
             AND state = 'sent' ORDER BY id"
        );
        let sent = self.column(&sql);
        let newest = sent.last().unwrap_or_else(|| panic!("no {kind} was sent"));
        let (kept, read) = mailbox::open(app, newest.parse().unwrap()).await.unwrap();
        assert_eq!(kept.recipient, of.contact.email.clone().unwrap());
        read.text
    }
}
