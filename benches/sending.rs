//! Reminders leave: planned from an imported balance, due in a SQLite file with durable commits,
//! composed for three invoices each, signed with RSA of 2048 bits, marked, handed to a real mail
//! server (aiosmtpd) and noted as sent. Against it, the same server fed with finished texts of the
//! same size by a bare client over as many connections. Both take turns, a reminder of the scenario
//! each; the last line has the medians.
#![expect(
    clippy::print_stdout,
    reason = "a bench says what it measured on its output"
)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use acquit::app::App;
use acquit::clock::{Clock, new_id};
use acquit::flows::import_balance::{self, ImportOrder};
use acquit::flows::mail_settings::{self, MailSettings, SigningKey};
use acquit::flows::{FlowError, deliver, plan_reminders};
use acquit::gateway::email::Mailer;
use acquit::gateway::link::LinkKeys;
use acquit::gateway::outlet::Outlets;
use acquit::gateway::smtp::{Security, SmtpConfig, SmtpMailer};
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::{self, Conn, Reach, Role, Settings, Store};
use acquit::vault::Vault;
use anyhow::{Context, ensure};
use domain::party::{Accent, Language, LegalMode, Supplier};
use domain::{Moment, SupplierId, Zone};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Mails of one turn: one to each account.
const MAILS: usize = 1_500;

/// Invoices of each account.
const INVOICES: usize = 3;

/// Days after the due day on which the scenario has a reminder: a turn each.
const TURNS: [i64; 3] = [3, 10, 20];

/// Connections of either client.
const CONNECTIONS: usize = 8;

/// 2026-02-27 at eleven in Paris, the day on which all fell due: three, ten and twenty days later
/// are a Monday, a Monday and a Thursday.
const DUE: Moment = Moment::from_seconds(1_772_186_400);

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    // On the disk the program is built on: a folder in memory would cost nothing to flush.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let mut sink = Sink::start()?;
    let app = Arc::new(open(folder.path(), sink.port)?);
    let supplier = supplier();
    let key = openssl_key()?;
    runtime.block_on(settle_in(&app, &supplier, key))?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for days in TURNS {
        app.clock.set(DUE.plus_days(days));
        runtime.block_on(fill(&app, supplier.id))?;
        let start = Instant::now();
        let sent = runtime.block_on(deliver::run(&app))?.sent;
        let own_rate = per_second(start);
        ensure!(sent == MAILS, "{sent} were sent");
        ensure!(sink.taken()? == MAILS, "the server took others");
        let text = kept_text(&app, &supplier, folder.path())?;
        let start = Instant::now();
        runtime.block_on(feed(sink.port, &text))?;
        let bare_rate = per_second(start);
        ensure!(sink.taken()? == MAILS, "the bare client lost some");
        let size = text.len();
        println!("after {days} days: {own_rate} ours, {bare_rate} bare, of {size} bytes");
        ours.push(own_rate);
        bare.push(bare_rate);
    }
    let (ours, bare) = (median(ours), median(bare));
    let hundredths = ours * 100 / bare.max(1);
    let ratio = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    println!("sending ratio_to_sink={ratio} mails_per_s={ours}");
    Ok(())
}

fn per_second(start: Instant) -> u128 {
    let micros = start.elapsed().as_micros().max(1);
    u128::try_from(MAILS).unwrap_or_default() * 1_000_000 / micros
}

fn median(mut all: Vec<u128>) -> u128 {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

/// The mail server, in a process of its own.
struct Sink {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    port: u16,
}

impl Sink {
    fn start() -> anyhow::Result<Self> {
        let python = std::env::var("ACQUIT_TEST_PYTHON").context("run benches/run sending")?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/sink.py");
        let pipes = (Stdio::piped(), Stdio::piped());
        let mut child = Command::new(python)
            .arg(script)
            .stdin(pipes.0)
            .stdout(pipes.1)
            .spawn()?;
        let stdin = child.stdin.take();
        let mut stdout = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        let port = line.trim().parse()?;
        Ok(Self {
            child,
            stdin,
            stdout,
            port,
        })
    }

    /// How many texts it took since it was last asked.
    fn taken(&mut self) -> anyhow::Result<usize> {
        writeln!(self.stdin.as_mut().context("no input")?)?;
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        Ok(line.trim().parse()?)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

fn open(folder: &Path, port: u16) -> anyhow::Result<App> {
    let path = folder.join("acquit.db");
    let url = path.to_str().context("the folder's name is not text")?;
    let vault = Arc::new(Vault::new([7; 32]));
    let mut conn = Conn::open(url, Arc::clone(&vault), Role::Writer, Reach::nobody())?;
    store::migrate::up(&mut conn)?;
    let origin = "http://127.0.0.1:9".to_owned();
    let mailer = SmtpMailer::new(SmtpConfig {
        host: "127.0.0.1".into(),
        port,
        security: Security::Plain,
        hello_name: "acquit.example".into(),
        login: None,
        authority: None,
        connections_max: NonZeroUsize::new(CONNECTIONS).context("no connections")?,
        command_limit: SmtpConfig::COMMAND_LIMIT,
        final_limit: SmtpConfig::FINAL_LIMIT,
    })?;
    Ok(App {
        store: Store::open(&Settings::new(url), &vault)?,
        clock: Clock::fixed(DUE),
        mailer: Mailer::Smtp(mailer),
        outlets: Outlets::default(),
        sns: acquit::gateway::mail_events::sns::Sns::default(),
        cards: Arc::new(SandboxGateway::new(origin.clone(), "unused".into())),
        links: LinkKeys::new(&[('a', vault.key("link.v1"))])?,
        vault,
        origin,
    })
}

fn openssl_key() -> anyhow::Result<String> {
    let output = Command::new("openssl").args(["genrsa", "2048"]).output()?;
    ensure!(output.status.success(), "openssl makes no key");
    Ok(String::from_utf8(output.stdout)?)
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

async fn settle_in(app: &App, supplier: &Supplier, key: String) -> anyhow::Result<()> {
    let kept = supplier.clone();
    let add = move |conn: &mut Conn| Ok(store::supplier::insert(conn, &kept)?);
    let added: Result<(), FlowError> = app.store.write(supplier.id, add).await;
    added?;
    let sign = move |settings: &mut MailSettings| {
        settings.keys = vec![SigningKey {
            domain: "fournisseur.example".into(),
            selector: "acquit1".into(),
            kind: "rsa".into(),
            key: key.trim().to_owned(),
        }];
    };
    mail_settings::change(app, supplier.id, sign).await?;
    Ok(())
}

/// What falls due is put in the outbox: a message to each account.
async fn fill(app: &Arc<App>, supplier: SupplierId) -> anyhow::Result<()> {
    let order = ImportOrder {
        supplier,
        as_of: Zone::PARIS.day(app.now()),
        complete: true,
        file_name: "balance.csv".into(),
        mapping: None,
    };
    let imported = import_balance::run(app, order, std::io::Cursor::new(balance())).await?;
    ensure!(imported.rows_bad == 0, "rows were refused");
    let find = move |conn: &mut Conn| store::supplier::find(conn, supplier);
    let supplier = app.store.read(supplier, find).await?;
    let planned = plan_reminders::run(app, &supplier).await?;
    ensure!(planned.messages == MAILS, "{planned:?}");
    Ok(())
}

/// The balance as French software writes it.
fn balance() -> Vec<u8> {
    let head = "Code client;Nom;E-mail;Type;N° document;Date;Date d'échéance;Reste dû\n";
    let mut text = head.to_owned();
    for debtor in 0..MAILS {
        for place in 0..INVOICES {
            let (euros, cents) = (10 + (debtor * 31 + place * 977) % 9_000, debtor % 100);
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "C{debtor:06};Société {debtor};compta@c{debtor}.example;FA;F{debtor:06}-{place};\
                 28/01/2026;27/02/2026;{euros},{cents:02}"
            );
        }
    }
    text.into_bytes()
}

/// The exact text of one of the messages that left.
fn kept_text(app: &App, supplier: &Supplier, folder: &Path) -> anyhow::Result<Vec<u8>> {
    let path = folder.join("acquit.db");
    let url = path.to_str().context("the folder's name is not text")?;
    let vault = Arc::clone(&app.vault);
    let mut conn = Conn::open(url, vault, Role::Reader, store::Across::Inspection)?;
    let sent = domain::message::MessageState::Sent;
    let all = store::outbox::in_state(&mut conn, supplier.id, sent, 1)?;
    let first = all.first().context("nothing was sent")?;
    let copy = store::outbox::copy(&mut conn, supplier.id, first.message.id)?;
    copy.context("no copy was kept")
}

/// Feeds the server with a finished text, over as many connections.
async fn feed(port: u16, text: &[u8]) -> anyhow::Result<()> {
    let text = Arc::new(text.to_vec());
    let one = |number: usize| {
        let text = Arc::clone(&text);
        let share = MAILS / CONNECTIONS + usize::from(number < MAILS % CONNECTIONS);
        tokio::spawn(async move { speak(port, &text, share).await })
    };
    let all: Vec<_> = (0..CONNECTIONS).map(one).collect();
    for task in all {
        task.await??;
    }
    Ok(())
}

async fn speak(port: u16, text: &[u8], mails: usize) -> anyhow::Result<()> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    let mut stream = tokio::io::BufReader::new(stream);
    expect(&mut stream, "220").await?;
    say(&mut stream, b"EHLO bare.example\r\n", "250").await?;
    let whole = [text, b"\r\n.\r\n"].concat();
    for _ in 0..mails {
        say(&mut stream, b"MAIL FROM:<a@fournisseur.example>\r\n", "250").await?;
        say(&mut stream, b"RCPT TO:<b@client.example>\r\n", "250").await?;
        say(&mut stream, b"DATA\r\n", "354").await?;
        say(&mut stream, &whole, "250").await?;
    }
    say(&mut stream, b"QUIT\r\n", "221").await
}

type Line = tokio::io::BufReader<TcpStream>;

async fn say(stream: &mut Line, bytes: &[u8], code: &str) -> anyhow::Result<()> {
    stream.write_all(bytes).await?;
    expect(stream, code).await
}

async fn expect(stream: &mut Line, code: &str) -> anyhow::Result<()> {
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        ensure!(line.starts_with(code), "the server said {line:?}");
        if line.get(3..4) == Some(" ") {
            return Ok(());
        }
    }
}
