//! A statement of 10,000 lines is taken and matched in a SQLite file: half by the account's own
//! reference, three in ten by an invoice's number, one in ten by the payer's name as a suggestion,
//! one in ten not at all. The last line is the figure; memory counts from the taking on.
#![expect(
    clippy::print_stdout,
    reason = "a bench says what it measured on its output"
)]

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use acquit::app::App;
use acquit::clock::{Clock, new_id};
use acquit::flows::{FlowError, bank_file};
use acquit::gateway::email::Mailer;
use acquit::gateway::link::LinkKeys;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::asserted::NewItem;
use acquit::store::{self, Conn, Reach, Role, Settings, Store};
use acquit::vault::Vault;
use anyhow::{Context, ensure};
use domain::import::BalanceRow;
use domain::invoice::ItemKind;
use domain::party::{Accent, Debtor, Language, LegalMode, Supplier};
use domain::rf::RfReference;
use domain::{DebtorId, InvoiceId, Moment, Money, Zone};

const LINES: usize = 10_000;

/// 2026-03-02, a Monday.
const TODAY: Moment = Moment::from_seconds(1_772_445_600);

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    // On the disk the program is built on: a folder in memory would cost nothing to flush.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let app = Arc::new(open(folder.path())?);
    let supplier = supplier();
    let references = runtime.block_on(seed(&app, &supplier))?;
    let statement = statement(&references)?;
    std::fs::write("/proc/self/clear_refs", "5")?;
    let start = Instant::now();
    let taken = bank_file::run(&app, supplier.id, "bench.xml", statement.into_bytes());
    let booked = runtime.block_on(taken)?;
    let micros = start.elapsed().as_micros();
    ensure!(
        booked.movements == LINES,
        "{} were booked",
        booked.movements
    );
    ensure!(
        booked.matched == LINES / 10 * 8,
        "{} were matched",
        booked.matched
    );
    let rate = u128::try_from(LINES)? * 1_000_000 / micros.max(1);
    println!("matching lines_per_s={rate} peak_mb={}", peak()? / 1024);
    Ok(())
}

/// The most memory since it was last forgotten, in kilobytes.
fn peak() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(kilobytes.context("no VmHWM")?.parse()?)
}

fn open(folder: &Path) -> anyhow::Result<App> {
    let path = folder.join("acquit.db");
    let url = path.to_str().context("the folder's name is not text")?;
    let vault = Arc::new(Vault::new([7; 32]));
    let mut conn = Conn::open(url, Arc::clone(&vault), Role::Writer, Reach::nobody())?;
    store::migrate::up(&mut conn)?;
    let origin = "http://127.0.0.1:9".to_owned();
    Ok(App {
        store: Store::open(&Settings::new(url), &vault)?,
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
        data_as_of: None,
    }
}

/// As many accounts as lines, each with an invoice; gives the accounts' references.
async fn seed(app: &App, supplier: &Supplier) -> anyhow::Result<Vec<RfReference>> {
    let kept = supplier.clone();
    let added: Result<(), FlowError> = app
        .store
        .write(supplier.id, move |conn| {
            Ok(store::supplier::insert(conn, &kept)?)
        })
        .await;
    added?;
    let mut references = Vec::with_capacity(LINES);
    let all: Vec<usize> = (0..LINES).collect();
    for some in all.chunks(400) {
        let mut debtors: Vec<(Debtor, RfReference)> = Vec::new();
        let mut items: Vec<(InvoiceId, DebtorId, BalanceRow)> = Vec::new();
        for number in some {
            let debtor = Debtor {
                id: new_id(),
                supplier: supplier.id,
                code: format!("C{number}"),
                name: format!("Client {number}"),
                language: None,
            };
            let reference = acquit::flows::pay_by_transfer::reference(debtor.id)?;
            items.push((new_id(), debtor.id, item(supplier, &debtor, *number)));
            references.push(reference.clone());
            debtors.push((debtor, reference));
        }
        let id = supplier.id;
        let insert = move |conn: &mut Conn| {
            store::debtor::insert_many(conn, &debtors, Zone::PARIS.day(TODAY))?;
            let new = items.iter().map(|(id, debtor, row)| NewItem {
                id: *id,
                debtor: *debtor,
                twin: 0,
                row,
            });
            store::asserted::insert_many(conn, id, &new.collect::<Vec<_>>())?;
            Ok::<_, FlowError>(())
        };
        app.store.write(supplier.id, insert).await?;
    }
    Ok(references)
}

fn item(supplier: &Supplier, debtor: &Debtor, number: usize) -> BalanceRow {
    let today = supplier.zone.day(TODAY);
    let amount = Money::eur(123_456);
    BalanceRow {
        line: 1,
        debtor_code: debtor.code.clone(),
        debtor_name: debtor.name.clone(),
        email: None,
        phone: None,
        postal: None,
        kind: ItemKind::Invoice,
        number: format!("F2026-{number:05}"),
        order_ref: None,
        issued_on: today.plus_days(-40),
        due_on: today.plus_days(-10),
        total: amount,
        open: amount,
    }
}

fn statement(references: &[RfReference]) -> anyhow::Result<String> {
    let mut text = String::from(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\
         <GrpHdr><MsgId>BENCH</MsgId></GrpHdr><Stmt><Id>BENCH-1</Id>\
         <Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>",
    );
    for (number, reference) in references.iter().enumerate() {
        let (name, words) = match number % 10 {
            0..=4 => ("PAYEUR", format!("reglement {}", reference.grouped())),
            5..=7 => ("PAYEUR", format!("facture F2026/{number:05}")),
            8 => ("", format!("virement du client numero {}", number % 7)),
            _ => ("PAYEUR INCONNU", "divers".to_owned()),
        };
        let name = if name.is_empty() {
            format!("CLIENT {number}")
        } else {
            name.to_owned()
        };
        write!(
            text,
            "<Ntry><Amt Ccy=\"EUR\">1234.56</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
             <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>\
             <AcctSvcrRef>BK{number}</AcctSvcrRef><NtryDtls><TxDtls>\
             <RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr></RltdPties>\
             <RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )?;
    }
    text.push_str("</Stmt></BkToCstmrStmt></Document>");
    Ok(text)
}
