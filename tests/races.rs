//! Races between writers, forms and the sender, on both databases, by two nodes at once.
//!
//! A node is an `App` with a store of its own, as a second process would have.

mod allocate;
mod double_payment;
mod double_submit;
mod import_beside_bank;
mod interleavings;
mod late;
mod sender;
mod tabs;

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use acquit::app::App;
use acquit::clock::new_id;
use acquit::flows::{FlowError, Visitor, pay_by_transfer};
use acquit::gateway::email::Mailer;
use acquit::gateway::link::LinkKeys;
use acquit::payments::card::CardGateway;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::{self, Conn};
use domain::invoice::{Invoice, ItemKind};
use domain::ledger::{Account, Entry, Line, TxKind};
use domain::party::{Contact, Debtor, Supplier};
use domain::{Day, Money};
use futures_util::StreamExt;
use tokio::task::JoinHandle;

use crate::support::world::{ORIGIN, WEBHOOK_SECRET, Ways, World, insert_invoice, paris};

/// Rounds of the race between allocations, which was measured to go wrong without a guard.
const ROUNDS: usize = 1_500;

/// What every invoice of these tests is for.
const TOTAL: i64 = 10_000;

/// Two nodes on one database, with one supplier.
struct Nodes {
    world: World,
    nodes: [Arc<App>; 2],
    cards: Arc<SandboxGateway>,
    supplier: Supplier,
}

/// A debtor of its own for each round, with one invoice.
#[derive(Clone)]
struct Party {
    visitor: Visitor,
    invoice: Invoice,
}

impl Nodes {
    async fn start(backend: &str, mailers: [Mailer; 2]) -> Self {
        let secret = WEBHOOK_SECRET.to_owned().into();
        let cards = Arc::new(SandboxGateway::new(ORIGIN.into(), secret));
        let gateway = || -> Arc<dyn CardGateway> { Arc::<SandboxGateway>::clone(&cards) };
        let [first, second] = mailers;
        let ways = Ways {
            mailer: first,
            cards: gateway(),
            ..Ways::default()
        };
        let world = World::with(backend, paris("2026-03-02", 10), ways);
        let supplier = world.supplier("four").await;
        let second = App {
            store: world.database.store(&world.vault),
            clock: world.app.clock.clone(),
            mailer: second,
            outlets: acquit::gateway::outlet::Outlets::default(),
            sns: acquit::gateway::mail_events::sns::Sns::default(),
            cards: gateway(),
            links: LinkKeys::new(&[('a', world.vault.key("link.v1"))]).unwrap(),
            vault: Arc::clone(&world.vault),
            origin: ORIGIN.into(),
        };
        let nodes = [Arc::clone(&world.app), Arc::new(second)];
        Self {
            world,
            nodes,
            cards,
            supplier,
        }
    }

    /// Without a way out for mails.
    async fn silent(backend: &str) -> Self {
        Self::start(backend, [Mailer::Mailbox, Mailer::Mailbox]).await
    }

    /// The node for the n-th of several tasks.
    fn node(&self, n: usize) -> Arc<App> {
        Arc::clone(&self.nodes[n % 2])
    }

    /// Adds a debtor with an invoice for each round; its mailbox is `c<round>@race.example`.
    async fn parties(&self, rounds: usize) -> Vec<Party> {
        let mut all = Vec::new();
        let numbers: Vec<usize> = (0..rounds).collect();
        for some in numbers.chunks(100) {
            let rows: Vec<_> = some.iter().map(|n| rows(&self.supplier, *n)).collect();
            all.extend(rows.iter().map(|(debtor, contact, invoice)| Party {
                visitor: Visitor {
                    supplier: debtor.supplier,
                    debtor: debtor.id,
                    contact: contact.id,
                    link: new_id(),
                    forward: None,
                    call: None,
                },
                invoice: invoice.clone(),
            }));
            let day = self.supplier.zone.day(self.world.app.now());
            let insert = move |conn: &mut Conn| rows.iter().try_for_each(|row| add(conn, row, day));
            self.world.write(insert).await;
        }
        all
    }

    /// Gives each party a credit note.
    async fn notes(&self, parties: &[Party], cents: i64) -> Vec<Invoice> {
        let mut all = Vec::new();
        for some in parties.chunks(100) {
            let notes = some.iter().map(|party| Invoice {
                id: new_id(),
                kind: ItemKind::CreditNote,
                total: Money::eur(cents),
                open: Money::eur(cents),
                ..party.invoice.clone()
            });
            let notes: Vec<Invoice> = notes.collect();
            all.extend(notes.iter().cloned());
            let day = self.supplier.zone.day(self.world.app.now());
            let insert =
                move |conn: &mut Conn| notes.iter().try_for_each(|one| add_item(conn, one, day));
            self.world.write(insert).await;
        }
        all
    }

    /// A number that a query gives for each of some ids: rows of `id number`.
    fn numbers(&self, query: &str) -> BTreeMap<String, i64> {
        let rows = self.world.conn().read_sql(query).unwrap();
        let pair = |row: &String| {
            let (id, number) = row.split_once(' ').unwrap();
            (id.to_owned(), number.parse().unwrap())
        };
        rows.iter().map(pair).collect()
    }

    /// A column of every invoice, by its id.
    fn invoices(&self, column: &str) -> BTreeMap<String, i64> {
        self.numbers(&format!(
            "SELECT id || ' ' || {column} AS value FROM invoice"
        ))
    }

    /// What each debtor has that belongs to no invoice.
    fn unapplied(&self) -> BTreeMap<String, i64> {
        self.numbers(
            "SELECT debtor_id || ' ' || CAST(-SUM(amount) AS BIGINT) AS value FROM ledger_line
             WHERE account = 'unapplied' GROUP BY debtor_id",
        )
    }

    /// The ledger sums to nothing and agrees with the invoices.
    fn check_books(&self) {
        let mut conn = self.world.conn();
        let wrong = store::ledger::disagreements(&mut conn, self.supplier.id).unwrap();
        assert_eq!(wrong, []);
        let drift = store::open_sum::disagreements(&mut conn, self.supplier.id).unwrap();
        assert_eq!(drift, Vec::<String>::new());
        let all = store::ledger::balances(&mut conn, self.supplier.id).unwrap();
        let sum: i64 = all.iter().map(|(_, amount)| amount.minor()).sum();
        assert_eq!(sum, 0, "{all:?}");
    }
}

fn rows(supplier: &Supplier, number: usize) -> (Debtor, Contact, Invoice) {
    let debtor = Debtor {
        id: new_id(),
        supplier: supplier.id,
        code: format!("C{number}"),
        name: format!("Client {number}"),
        language: None,
    };
    let contact = Contact {
        id: new_id(),
        debtor: debtor.id,
        name: None,
        email: Some(format!("c{number}@race.example")),
        phone: None,
        language: None,
        state: domain::party::ContactState::Active,
    };
    let due_on: Day = "2026-02-20".parse().unwrap();
    let none = Money::eur(0);
    let invoice = Invoice {
        id: new_id(),
        supplier: supplier.id,
        debtor: debtor.id,
        kind: ItemKind::Invoice,
        number: format!("F{number}"),
        order_ref: None,
        issued_on: due_on.plus_days(-30),
        due_on,
        total: Money::eur(TOTAL),
        open: Money::eur(TOTAL),
        reserved: none,
        disputed: none,
        promised: none,
    };
    (debtor, contact, invoice)
}

fn add(
    conn: &mut Conn,
    (debtor, contact, invoice): &(Debtor, Contact, Invoice),
    today: Day,
) -> Result<(), FlowError> {
    let reference = pay_by_transfer::reference(debtor.id)?;
    store::debtor::insert_many(conn, &[(debtor.clone(), reference)], today)?;
    store::contact::insert_many(conn, debtor.supplier, std::slice::from_ref(contact))?;
    add_item(conn, invoice, today)
}

/// An open item as an import adds it: in the ledger too.
fn add_item(conn: &mut Conn, item: &Invoice, today: Day) -> Result<(), FlowError> {
    insert_invoice(conn, item)?;
    let line = |account, amount| Line {
        account,
        invoice: None,
        debtor: None,
        amount,
    };
    let owed = item.kind.signed(item.open)?;
    let entry = Entry {
        supplier: item.supplier,
        kind: TxKind::Import,
        source: item.id.to_string(),
        effective_on: today,
        lines: vec![
            line(Account::Receivable, owed),
            line(Account::Books, owed.checked_neg()?),
        ],
    };
    Ok(store::ledger::post(
        conn,
        new_id(),
        &entry,
        paris("2026-03-02", 10),
    )?)
}

/// Runs a test on threads of its own, so that what races does so on all cores.
fn on_threads(test: impl Future<Output = ()>) {
    tokio::runtime::Runtime::new().unwrap().block_on(test);
}

/// Runs rounds, some at a time, and gives what each gave, in their order.
async fn rounds<T: Send + 'static>(
    at_once: usize,
    all: impl Iterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let running = all.map(|round| async move { tokio::spawn(round).await.unwrap() });
    futures_util::stream::iter(running)
        .buffered(at_once)
        .collect()
        .await
}

/// Waits for tasks that run beside each other.
async fn all<T>(tasks: Vec<JoinHandle<T>>) -> Vec<T> {
    let ended = futures_util::future::join_all(tasks).await;
    ended.into_iter().map(Result::unwrap).collect()
}

/// Numbers that look random and are the same in every run.
fn scatter(seed: usize) -> usize {
    let mixed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33
}
