//! Durable promises a second: 64 clients whose writes share commits, against a commit each.
//!
//! Both go through `flows::promise::make` on a SQLite file of their own, turn by turn in one run,
//! so that whatever else the machine does falls on both. The last line is the figure.
#![expect(
    clippy::print_stdout,
    reason = "a bench says what it measured on its output"
)]

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use acquit::app::App;
use acquit::clock::{Clock, new_id};
use acquit::flows::promise::{self, Pledge};
use acquit::flows::{FlowError, Visitor};
use acquit::gateway::email::Mailer;
use acquit::gateway::link::LinkKeys;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::asserted::NewItem;
use acquit::store::{self, Conn, Reach, Role, Settings, Store};
use acquit::vault::Vault;
use anyhow::Context;
use domain::batch::DebitProfile;
use domain::import::BalanceRow;
use domain::invoice::{ItemKind, Share};
use domain::party::{Accent, BankAccount, Contact, Debtor, Language, LegalMode, Supplier};
use domain::{Day, DebtorId, InvoiceId, Moment, Money, Zone};
use tokio::task::JoinSet;

/// An invoice of a balance file, with its id and its debtor.
type Row = (InvoiceId, DebtorId, BalanceRow);

const ROUNDS: usize = 3;
const CLIENTS: usize = 64;
/// Promises a round: enough for some seconds each way.
const SHARED: usize = 9_600;
const SINGLE: usize = 640;
/// 2026-03-02, a Monday.
const TODAY: Moment = Moment::from_seconds(1_772_445_600);

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let flush = flush_micros()?;
    let (mut shared, mut single) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let usual = Settings::new("").group_max;
        let a = runtime.block_on(measure(usual, CLIENTS, SHARED))?;
        let b = runtime.block_on(measure(1, 1, SINGLE))?;
        println!("round {round}: {a} promises/s by {CLIENTS} clients, {b}/s by one, a commit each");
        shared.push(a);
        single.push(b);
    }
    let (shared, single) = (median(shared)?, median(single)?);
    let tenths = shared * 10 / single.max(1);
    println!(
        "writes ratio_to_single_commit={}.{} promises_per_s={shared} single_per_s={single} \
         flush_us={flush}",
        tenths / 10,
        tenths % 10
    );
    Ok(())
}

fn median(mut figures: Vec<u128>) -> anyhow::Result<u128> {
    figures.sort_unstable();
    let middle = figures.get(figures.len() / 2).copied();
    middle.context("no round was run")
}

/// Promises a second of this many clients, each of which waits for its answer before the next.
async fn measure(group_max: usize, clients: usize, promises: usize) -> anyhow::Result<u128> {
    // On the disk the program is built on: a folder in memory would cost nothing to flush.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let app = Arc::new(open(folder.path(), group_max)?);
    let orders = debtors(&app, promises).await?;
    let mut waiting: Vec<Vec<(Visitor, Pledge)>> = vec![Vec::new(); clients];
    for (order, turn) in orders.into_iter().zip((0..clients).cycle()) {
        waiting.get_mut(turn).context("no such client")?.push(order);
    }
    let start = Instant::now();
    let mut running = JoinSet::new();
    for orders in waiting {
        running.spawn(client(Arc::clone(&app), orders));
    }
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    Ok(per_second(promises, start.elapsed())?)
}

/// What one flush of the disk costs, in microseconds: the middle of 200 pages appended and flushed.
/// Sharing it is what a group gains by: the ratio means little without it.
fn flush_micros() -> anyhow::Result<u128> {
    let mut file = tempfile::tempfile_in(env!("CARGO_TARGET_TMPDIR"))?;
    let mut taken = Vec::with_capacity(200);
    for _ in 0..200 {
        let start = Instant::now();
        file.write_all(&[0; 8192])?;
        file.sync_data()?;
        taken.push(start.elapsed().as_micros());
    }
    median(taken)
}

fn per_second(count: usize, taken: Duration) -> Result<u128, std::num::TryFromIntError> {
    Ok(u128::try_from(count)? * 1_000_000 / taken.as_micros().max(1))
}

async fn client(app: Arc<App>, orders: Vec<(Visitor, Pledge)>) -> Result<(), FlowError> {
    for (visitor, pledge) in orders {
        promise::make(&app, visitor, pledge).await?;
    }
    Ok(())
}

fn open(folder: &Path, group_max: usize) -> anyhow::Result<App> {
    let path = folder.join("acquit.db");
    let url = path.to_str().context("the folder's name is not text")?;
    let vault = Arc::new(Vault::new([7; 32]));
    let mut conn = Conn::open(url, Arc::clone(&vault), Role::Writer, Reach::nobody())?;
    store::migrate::up(&mut conn)?;
    let settings = Settings {
        group_max,
        ..Settings::new(url)
    };
    let origin = "http://127.0.0.1:9".to_owned();
    Ok(App {
        store: Store::open(&settings, &vault)?,
        clock: Clock::fixed(TODAY),
        mailer: Mailer::Mailbox,
        outlets: acquit::gateway::outlet::Outlets::default(),
        sns: acquit::gateway::mail_events::sns::Sns::default(),
        cards: Arc::new(SandboxGateway::new(origin.clone(), "unused".into())),
        links: LinkKeys::new(&[('a', vault.key("link.v1"))])?,
        vault,
        origin,
    })
}

/// As many debtors as promises, each with a mailbox and an invoice to promise.
async fn debtors(app: &App, count: usize) -> anyhow::Result<Vec<(Visitor, Pledge)>> {
    let supplier = supplier()?;
    let kept = supplier.clone();
    let added: Result<(), FlowError> = app
        .store
        .write(supplier.id, move |conn| {
            Ok(store::supplier::insert(conn, &kept)?)
        })
        .await;
    added?;
    let mut orders = Vec::with_capacity(count);
    let all: Vec<usize> = (0..count).collect();
    for some in all.chunks(400) {
        let mut rows = Rows::default();
        for number in some {
            orders.push(rows.add(&supplier, *number)?);
        }
        let added: Result<(), FlowError> = app
            .store
            .write(supplier.id, move |conn| Ok(rows.insert(conn)?))
            .await;
        added?;
    }
    Ok(orders)
}

/// Accounts that are inserted together.
#[derive(Default)]
struct Rows {
    debtors: Vec<(Debtor, domain::rf::RfReference)>,
    contacts: Vec<Contact>,
    invoices: Vec<Row>,
}

impl Rows {
    fn add(&mut self, supplier: &Supplier, number: usize) -> anyhow::Result<(Visitor, Pledge)> {
        let today = supplier.zone.day(TODAY);
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
            email: Some(format!("compta@client{number}.example")),
            phone: None,
            language: None,
            state: domain::party::ContactState::Active,
        };
        let invoice = invoice(&debtor, number, today);
        let visitor = Visitor {
            supplier: supplier.id,
            debtor: debtor.id,
            contact: contact.id,
            link: new_id(),
            forward: None,
            call: None,
        };
        let pledge = Pledge {
            shares: vec![Share {
                invoice: invoice.0,
                amount: invoice.2.open,
            }],
            due_on: today.plus_days(10),
            key: format!("form-{number}"),
        };
        let reference = acquit::flows::pay_by_transfer::reference(debtor.id)?;
        self.debtors.push((debtor, reference));
        self.contacts.push(contact);
        self.invoices.push(invoice);
        Ok((visitor, pledge))
    }

    fn insert(&self, conn: &mut Conn) -> Result<(), store::StoreError> {
        let Some((first, _)) = self.debtors.first() else {
            return Ok(());
        };
        let supplier = first.supplier;
        let today = Zone::PARIS.day(TODAY);
        store::debtor::insert_many(conn, &self.debtors, today)?;
        store::contact::insert_many(conn, supplier, &self.contacts)?;
        let items = self.invoices.iter().map(|(id, debtor, row)| NewItem {
            id: *id,
            debtor: *debtor,
            twin: 0,
            row,
        });
        store::asserted::insert_many(conn, supplier, &items.collect::<Vec<_>>())
    }
}

fn invoice(debtor: &Debtor, number: usize, today: Day) -> Row {
    let amount = Money::eur(123_456);
    let row = BalanceRow {
        line: 1,
        debtor_code: debtor.code.clone(),
        debtor_name: debtor.name.clone(),
        email: None,
        phone: None,
        postal: None,
        kind: ItemKind::Invoice,
        number: format!("F-2026-{number}"),
        order_ref: None,
        issued_on: today.plus_days(-40),
        due_on: today.plus_days(-10),
        total: amount,
        open: amount,
    };
    (new_id(), debtor.id, row)
}

fn supplier() -> anyhow::Result<Supplier> {
    Ok(Supplier {
        id: new_id(),
        code: "four".into(),
        name: "Fournisseur".into(),
        address: "1 rue de l'Exemple, 75001 Paris".into(),
        accent: Accent { rgb: [31, 78, 140] },
        sender: "compta@fournisseur.example".into(),
        contact_email: "bonjour@fournisseur.example".into(),
        contact_phone: "01 99 00 00 00".into(),
        language: Language::Fr,
        zone: Zone::PARIS,
        legal_mode: LegalMode::OwnAccount,
        bank: Some(BankAccount {
            holder: "FOURNISSEUR".into(),
            iban: "FR7630006000011234567890189".parse()?,
            bic: None,
            creditor_id: None,
            debits: DebitProfile::default(),
        }),
        promise_days_max: 30,
        data_age_days_max: 10,
        data_as_of: None,
    })
}
