//! The account page under load: against a static page of the same size from the same server, and
//! with 100,000 debtors (DEBTORS) against 1,000; on SQLite, and on the PostgreSQL server that
//! ACQUIT_TEST_PG names, when it names one.
//!
//! Everything goes the way of real use: balances come in through the import, sessions begin with a
//! signed link and *Continue*, requests come over HTTP. `wrk` asks for accounts at random, turn by
//! turn with the static page, so that whatever else the machine does falls on both.
#![expect(
    clippy::print_stdout,
    reason = "a bench says what it measured on its output"
)]

#[path = "account_page/balance.rs"]
mod balance;

use std::fmt::Write as _;
use std::process::Command;
use std::sync::{Arc, OnceLock};

use acquit::app::App;
use acquit::clock::{Clock, new_id};
use acquit::flows::import_balance::{self, ImportOrder};
use acquit::flows::{Actor, add_supplier, issue_link};
use acquit::gateway::email::Mailer;
use acquit::gateway::link::LinkKeys;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::{self, Conn, Reach, Role, Settings, Store};
use acquit::vault::Vault;
use acquit::web::{self, Extras};
use anyhow::{Context, ensure};
use domain::party::{Accent, Language, LegalMode, Supplier};
use domain::{Day, Moment, SupplierId, Zone};

use balance::{Balance, code};

const ROUNDS: usize = 3;
const SECONDS: u32 = 4;
const CONNECTIONS: u32 = 16;
/// Accounts asked for at random.
const VISITORS: usize = 500;
/// Accounts of the larger database.
const DEBTORS: usize = 100_000;
/// 2026-03-02, a Monday.
const TODAY: Moment = Moment::from_seconds(1_772_445_600);

/// The static page: as many bytes as an account page has.
static PAGE: OnceLock<String> = OnceLock::new();

fn main() -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let debtors = std::env::var("DEBTORS").map_or(Ok(DEBTORS), |text| text.parse())?;
    let file = |name: &str| folder.path().join(name).display().to_string();
    let sqlite = measured("SQLite", debtors, |name| Ok(file(name)))?;
    let postgres = match std::env::var("ACQUIT_TEST_PG") {
        Ok(server) => Some(measured("PostgreSQL", debtors, |_| schema(&server))?),
        Err(_) => None,
    };
    let figure = |name: &str, value: u64| format!("{name}={}", hundredths(value));
    let mut words = vec![figure("ratio_to_static", sqlite.ratio)];
    words.extend(
        postgres
            .as_ref()
            .map(|one| figure("ratio_to_static_pg", one.ratio)),
    );
    words.push(figure("p99_growth", sqlite.growth));
    words.extend(
        postgres
            .as_ref()
            .map(|one| figure("p99_growth_pg", one.growth)),
    );
    println!(
        "account_page {} debtors={debtors} requests_per_s={} p99_us={}",
        words.join(" "),
        sqlite.per_second,
        sqlite.p99
    );
    Ok(())
}

/// What the rounds on one database come to.
struct Figures {
    /// Requests a second over those of a static page, in hundredths.
    ratio: u64,
    /// The p99 over that with 1,000 debtors, in hundredths.
    growth: u64,
    per_second: u64,
    /// Microseconds.
    p99: u64,
}

fn measured(
    database: &str,
    debtors: usize,
    url: impl Fn(&str) -> anyhow::Result<String>,
) -> anyhow::Result<Figures> {
    let small = Site::start(&url("small.db")?, 1_000)?;
    let large = Site::start(&url("large.db")?, debtors)?;
    let (mut pages, mut statics, mut grown) = (Vec::new(), Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let fixed = large.load("/bench/static")?;
        let page = large.load("/account")?;
        let little = small.load("/account")?;
        println!(
            "{database}, round {round}: static {}/s, account {}/s p99 {} µs, with 1,000 debtors \
             p99 {} µs",
            fixed.per_second, page.per_second, page.p99, little.p99
        );
        statics.push(fixed.per_second);
        grown.push(page.p99 * 100 / little.p99.max(1));
        pages.push(page);
    }
    let per_second = median(pages.iter().map(|page| page.per_second).collect())?;
    Ok(Figures {
        ratio: per_second * 100 / median(statics)?.max(1),
        growth: median(grown)?,
        per_second,
        p99: median(pages.iter().map(|page| page.p99).collect())?,
    })
}

/// A schema of its own on a server, and a login that is no superuser, so that the walls between
/// suppliers are asked as in real use.
fn schema(server: &str) -> anyhow::Result<String> {
    let vault = Arc::new(Vault::new([7; 32]));
    let mut owner = Conn::open(server, vault, Role::Writer, Reach::nobody())?;
    let name = new_id::<domain::TxId>().to_string();
    let (_, host) = server
        .rsplit_once('@')
        .context("no login in ACQUIT_TEST_PG")?;
    owner.run_sql(&format!("CREATE ROLE {name} LOGIN PASSWORD '{name}'"))?;
    owner.run_sql(&format!("CREATE SCHEMA {name} AUTHORIZATION {name}"))?;
    let joint = if host.contains('?') { '&' } else { '?' };
    Ok(format!(
        "postgres://{name}:{name}@{host}{joint}options=-csearch_path%3D{name}"
    ))
}

fn median(mut figures: Vec<u64>) -> anyhow::Result<u64> {
    figures.sort_unstable();
    figures
        .get(figures.len() / 2)
        .copied()
        .context("nothing was measured")
}

fn hundredths(value: u64) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// What `wrk` measured.
struct Load {
    per_second: u64,
    /// Microseconds.
    p99: u64,
}

/// A server with its own database, and the sessions of some of its debtors.
struct Site {
    origin: String,
    script: String,
    _folder: tempfile::TempDir,
}

impl Site {
    fn start(url: &str, debtors: usize) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        let origin = format!("http://{}", listener.local_addr()?);
        let app = Arc::new(open(url, origin.clone())?);
        let runtime = tokio::runtime::Runtime::new()?;
        let links = runtime.block_on(fill(&app, debtors))?;
        let served = Arc::clone(&app);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                web::serve(
                    served,
                    listener,
                    Extras {
                        more: vec![static_page],
                        ..Extras::default()
                    },
                )?
                .await
            })
        });
        let cookies = runtime.block_on(sessions(&origin, &links))?;
        PAGE.get_or_init(|| cookies.page.clone());
        let script = folder.path().join("accounts.lua").display().to_string();
        std::fs::write(&script, lua(&cookies.all)?)?;
        Ok(Self {
            origin,
            script,
            _folder: folder,
        })
    }

    fn load(&self, path: &str) -> anyhow::Result<Load> {
        let output = Command::new("wrk")
            .args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{SECONDS}s")])
            .args(["-s", &self.script, &format!("{}{path}", self.origin)])
            .output()
            .context("wrk is not installed (Debian: wrk)")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let figure = |name: &str| -> anyhow::Result<u64> {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            Ok(line
                .with_context(|| format!("wrk said no {name}: {text}"))?
                .trim()
                .parse()?)
        };
        ensure!(figure("BAD")? == 0, "some answers were no pages: {text}");
        Ok(Load {
            per_second: figure("PER_SECOND")?,
            p99: figure("P99")?,
        })
    }
}

fn static_page(cfg: &mut actix_web::web::ServiceConfig) {
    let page = || async {
        let body = PAGE.get().cloned().unwrap_or_default();
        actix_web::HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(body)
    };
    cfg.route("/bench/static", actix_web::web::get().to(page));
}

fn open(url: &str, origin: String) -> anyhow::Result<App> {
    let vault = Arc::new(Vault::new([7; 32]));
    store::migrate::up(&mut Conn::open(
        url,
        Arc::clone(&vault),
        Role::Writer,
        Reach::nobody(),
    )?)?;
    let cards = Arc::new(SandboxGateway::new(
        origin.clone(),
        "whsec_bench".to_owned().into(),
    ));
    Ok(App {
        store: Store::open(&Settings::new(url), &vault)?,
        clock: Clock::fixed(TODAY),
        mailer: Mailer::Mailbox,
        outlets: acquit::gateway::outlet::Outlets::default(),
        sns: acquit::gateway::mail_events::sns::Sns::default(),
        cards,
        links: LinkKeys::new(&[('a', vault.key("link.v1"))])?,
        vault,
        origin,
    })
}

/// Loads the balance and gives the links of some debtors, spread over all of them.
async fn fill(app: &Arc<App>, debtors: usize) -> anyhow::Result<Vec<String>> {
    let supplier = supplier()?;
    let id = supplier.id;
    add_supplier::run(app, supplier).await?;
    let order = ImportOrder {
        supplier: id,
        file_name: "balance.csv".into(),
        as_of: "2026-03-02".parse::<Day>()?,
        complete: true,
        mapping: None,
    };
    let imported = import_balance::run(app, order, Balance::new(debtors)).await?;
    ensure!(
        imported.rows_bad == 0,
        "{} rows were refused",
        imported.rows_bad
    );
    links(app, id, debtors).await
}

async fn links(app: &Arc<App>, id: SupplierId, debtors: usize) -> anyhow::Result<Vec<String>> {
    let step = (debtors / VISITORS).max(1);
    let codes: Vec<String> = (0..debtors).step_by(step).map(code).collect();
    let contacts = app
        .store
        .read(id, move |conn| {
            let mut found = Vec::new();
            for debtor in store::debtor::find_by_codes(conn, id, &codes)? {
                let contacts = store::contact::of_debtor(conn, id, debtor.id)?;
                found.extend(contacts.first().map(|contact| (debtor.id, contact.id)));
            }
            Ok(found)
        })
        .await?;
    let mut links = Vec::new();
    for (debtor, contact) in contacts {
        let token = issue_link::run(app, id, debtor, contact, Actor::job("bench")).await?;
        links.push(token.to_string());
    }
    Ok(links)
}

/// Sessions and the page they show.
struct Sessions {
    all: Vec<String>,
    page: String,
}

async fn sessions(origin: &str, links: &[String]) -> anyhow::Result<Sessions> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let mut sessions = Sessions {
        all: Vec::new(),
        page: String::new(),
    };
    for link in links {
        let landing = format!("{origin}/l/{link}");
        let answer = client
            .post(&landing)
            .header("origin", origin)
            .send()
            .await?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .context("no session")?
            .to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        if sessions.page.is_empty() {
            let account = client
                .get(format!("{origin}/account"))
                .header("cookie", &cookie);
            let answer = account.send().await?;
            ensure!(
                answer.status() == 200,
                "the account page said {}",
                answer.status()
            );
            sessions.page = answer.text().await?;
        }
        sessions.all.push(cookie);
    }
    Ok(sessions)
}

/// Asks with one of the cookies at random; counts what is no page.
fn lua(cookies: &[String]) -> anyhow::Result<String> {
    let mut script = String::from("local cookies = {\n");
    for cookie in cookies {
        writeln!(script, "  \"{cookie}\",")?;
    }
    script.push_str(
        "}
request = function()
  return wrk.format(\"GET\", nil, { [\"cookie\"] = cookies[math.random(#cookies)] })
end
done = function(summary, latency)
  print(\"PER_SECOND \" .. math.floor(summary.requests * 1000000 / summary.duration))
  print(\"P99 \" .. math.floor(latency:percentile(99)))
  print(\"BAD \" .. summary.errors.status + summary.errors.read + summary.errors.timeout)
end
",
    );
    Ok(script)
}

fn supplier() -> anyhow::Result<Supplier> {
    Ok(Supplier {
        id: new_id(),
        code: "bench".into(),
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
    })
}
