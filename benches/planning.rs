//! A day is planned on a SQLite file: a million open invoices of 100,000 debtors, due from a month
//! ago to a month ahead, of which none was written about before. `ratio_to_sql` is that time over
//! a bare scan of the same invoices and a batch insert of as many rows, as durable and without any
//! decision; `growth_10k_to_1m` is the cost of an invoice over that with a hundredth of them. The
//! last line is the figure; memory counts from the planning on.
#![expect(
    clippy::print_stdout,
    reason = "a bench says what it measured on its output"
)]

#[path = "planning/bare.rs"]
mod bare;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use acquit::app::App;
use acquit::clock::{Clock, new_id};
use acquit::flows::{FlowError, plan_reminders};
use acquit::gateway::email::Mailer;
use acquit::gateway::link::LinkKeys;
use acquit::gateway::outlet::Outlets;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::asserted::NewItem;
use acquit::store::{self, Conn, Reach, Role, Settings, Store};
use acquit::vault::Vault;
use anyhow::{Context, ensure};
use domain::import::BalanceRow;
use domain::invoice::ItemKind;
use domain::party::{Accent, Contact, ContactState, Debtor, Language, LegalMode, Supplier};
use domain::rf::RfReference;
use domain::{InvoiceId, Moment, Money, Zone};

/// Invoices of a debtor.
const EACH: usize = 10;

/// 2026-03-02 10:00 in Paris, a Monday.
const TODAY: Moment = Moment::from_seconds(1_772_442_000);

/// Messages in a transaction, as the planning has debtors.
const PAGE: usize = 200;

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let small = runtime.block_on(measure(1_000))?;
    let large = runtime.block_on(measure(100_000))?;
    let ratio = per_hundred(large.planned, large.bare);
    let growth = per_hundred(large.each(), small.each());
    let rate = u128::try_from(large.invoices)? * 1_000_000 / large.planned.max(1);
    println!(
        "planning ratio_to_sql={}.{:02} growth_10k_to_1m={}.{:02} invoices_per_s={rate} peak_mb={}",
        ratio / 100,
        ratio % 100,
        growth / 100,
        growth % 100,
        large.peak / 1024,
    );
    Ok(())
}

/// One number over another, in hundredths.
fn per_hundred(one: u128, other: u128) -> u128 {
    one * 100 / other.max(1)
}

/// Times in microseconds, memory in kilobytes.
struct Measured {
    invoices: usize,
    planned: u128,
    bare: u128,
    peak: u64,
}

impl Measured {
    /// What a thousand invoices cost.
    fn each(&self) -> u128 {
        let invoices = u128::try_from(self.invoices).unwrap_or(1);
        self.planned * 1_000 / invoices.max(1)
    }
}

async fn measure(debtors: usize) -> anyhow::Result<Measured> {
    // On the disk the program is built on: a folder in memory would cost nothing to flush.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let app = open(folder.path())?;
    let supplier = supplier();
    seed(&app, &supplier, debtors).await?;
    std::fs::write("/proc/self/clear_refs", "5")?;
    let start = Instant::now();
    let planned = plan_reminders::run(&app, &supplier).await?;
    let micros = start.elapsed().as_micros();
    let peak = peak()?;
    ensure!(planned.looked_at == debtors, "{planned:?}");
    let again = plan_reminders::run(&app, &supplier).await?;
    ensure!(again.messages == 0, "{again:?}");
    let rows = Rows::count(&mut conn(folder.path())?)?;
    ensure!(rows.messages == planned.messages, "{rows:?} {planned:?}");
    drop(app);
    let bare = bare::run(&path(folder.path())?, &rows)?;
    println!("{debtors} debtors: {micros} us planned, {bare} us bare, {rows:?}");
    Ok(Measured {
        invoices: debtors * EACH,
        planned: micros,
        bare,
        peak,
    })
}

/// The most memory since it was last forgotten, in kilobytes.
fn peak() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(kilobytes.context("no VmHWM")?.parse()?)
}

fn path(folder: &Path) -> anyhow::Result<String> {
    let path = folder.join("acquit.db");
    Ok(path
        .to_str()
        .context("the folder's name is not text")?
        .to_owned())
}

fn conn(folder: &Path) -> anyhow::Result<Conn> {
    let vault = Arc::new(Vault::new([7; 32]));
    Ok(Conn::open(
        &path(folder)?,
        vault,
        Role::Writer,
        Reach::nobody(),
    )?)
}

fn open(folder: &Path) -> anyhow::Result<App> {
    store::migrate::up(&mut conn(folder)?)?;
    let vault = Arc::new(Vault::new([7; 32]));
    let origin = "http://127.0.0.1:9".to_owned();
    Ok(App {
        store: Store::open(&Settings::new(&path(folder)?), &vault)?,
        clock: Clock::fixed(TODAY),
        mailer: Mailer::Mailbox,
        outlets: Outlets::default(),
        sns: acquit::gateway::mail_events::sns::Sns::default(),
        cards: Arc::new(SandboxGateway::new(origin.clone(), "unused".into())),
        links: LinkKeys::new(&[('a', vault.key("link.v1"))])?,
        vault,
        origin,
    })
}

fn supplier() -> Supplier {
    Supplier {
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
        bank: None,
        promise_days_max: 30,
        data_age_days_max: 10,
        data_as_of: Some(Zone::PARIS.day(TODAY)),
    }
}

async fn seed(app: &App, supplier: &Supplier, debtors: usize) -> anyhow::Result<()> {
    let kept = supplier.clone();
    let added: Result<(), FlowError> = app
        .store
        .write(supplier.id, move |conn| {
            Ok(store::supplier::insert(conn, &kept)?)
        })
        .await;
    added?;
    let all: Vec<usize> = (0..debtors).collect();
    for some in all.chunks(500) {
        let mut new: Vec<(Debtor, RfReference)> = Vec::new();
        let mut contacts: Vec<Contact> = Vec::new();
        let mut items: Vec<(InvoiceId, BalanceRow)> = Vec::new();
        for number in some {
            let debtor = Debtor {
                id: new_id(),
                supplier: supplier.id,
                code: format!("C{number}"),
                name: format!("Client {number}"),
                language: None,
            };
            contacts.push(contact(&debtor));
            items.extend((0..EACH).map(|n| (new_id(), item(&debtor, *number, n))));
            let reference = acquit::flows::pay_by_transfer::reference(debtor.id)?;
            new.push((debtor, reference));
        }
        let id = supplier.id;
        let insert = move |conn: &mut Conn| {
            store::debtor::insert_many(conn, &new, Zone::PARIS.day(TODAY))?;
            store::contact::insert_many(conn, id, &contacts)?;
            let of = |place: usize| new.get(place / EACH).map(|(debtor, _)| debtor.id);
            let rows = items.iter().enumerate().filter_map(|(place, (id, row))| {
                let debtor = of(place)?;
                Some(NewItem {
                    id: *id,
                    debtor,
                    twin: 0,
                    row,
                })
            });
            let rows: Vec<NewItem<'_>> = rows.collect();
            Ok(store::asserted::insert_many(conn, id, &rows)?)
        };
        let done: Result<(), FlowError> = app.store.write_bulk(id, insert).await;
        done?;
    }
    Ok(())
}

fn contact(debtor: &Debtor) -> Contact {
    Contact {
        id: new_id(),
        debtor: debtor.id,
        name: None,
        email: Some(format!("compta@{}.example", debtor.code.to_lowercase())),
        phone: None,
        language: None,
        state: ContactState::Active,
    }
}

/// The n-th invoice of a debtor: their days lie from a month ago to a month ahead.
fn item(debtor: &Debtor, number: usize, n: usize) -> BalanceRow {
    let spread = i64::try_from((number * 7 + n * 13) % 61).unwrap_or_default();
    let due_on = Zone::PARIS.day(TODAY).plus_days(spread - 30);
    let amount = Money::eur(12_000 + i64::try_from(n).unwrap_or_default());
    BalanceRow {
        line: 1,
        debtor_code: debtor.code.clone(),
        debtor_name: debtor.name.clone(),
        email: None,
        phone: None,
        postal: None,
        kind: ItemKind::Invoice,
        number: format!("F{number}-{n}"),
        order_ref: None,
        issued_on: due_on.plus_days(-30),
        due_on,
        total: amount,
        open: amount,
    }
}

/// How many rows the planning wrote.
#[derive(Debug)]
struct Rows {
    messages: usize,
    items: usize,
    passed: usize,
}

impl Rows {
    fn count(conn: &mut Conn) -> anyhow::Result<Self> {
        let mut count = |table: &str| -> anyhow::Result<usize> {
            let sql = format!("SELECT COUNT(*) || '' AS value FROM {table}");
            let found = conn.read_sql(&sql)?;
            Ok(found.first().context("no count")?.parse()?)
        };
        Ok(Self {
            messages: count("message")?,
            items: count("message_invoice")?,
            passed: count("step_passed")?,
        })
    }
}
