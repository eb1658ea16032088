//! The command line: data on standard output, messages on standard error, exit code 0 when done, 1
//! when refused, 2 when the command itself was wrong.

mod bank;
mod base_rate;
mod demo;
mod demo_by_hand;
mod demo_debits;
mod demo_plans;
mod demo_story;
mod demo_world;
mod doctor;
mod documents;
mod import;
mod letterhead;
mod mail;
mod pace;
mod rails;
mod receive;
mod serve;
mod setup;
mod sms;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::{Args, Parser, Subcommand};

use crate::app::{self, App};
use crate::clock::Clock;
use crate::config::{Config, Sources};
use crate::store::{Across, Conn, Reach, Role, migrate, wall};

/// The payment and dispute portal behind every payment reminder.
#[derive(Parser)]
#[command(name = "acquit", version, about, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    settings: SettingFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct SettingFlags {
    /// Configuration file (TOML)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// SQLite file or postgres:// address
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// The address debtors see, such as https://paiement.example.fr
    #[arg(long, global = true, value_name = "URL")]
    origin: Option<String>,
    /// Address and port to listen on
    #[arg(long, global = true, value_name = "ADDRESS")]
    listen: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Show the whole product with French demo data; sends nothing
    Demo(demo::DemoArgs),
    /// Serve the pages and do what is due
    Serve,
    /// Do what is due, without serving pages
    Work,
    /// Do what is due now, once
    Tick(TickArgs),
    /// Bring the tables up to date
    Migrate,
    /// Load a balance file
    Import(import::ImportArgs),
    /// Attach a folder of PDF files to their invoices
    Documents(documents::DocumentsArgs),
    /// Book a bank file (camt.05x, CFONB120, MT940, CSV)
    Bank(bank::BankArgs),
    /// Take over mandates signed on paper (CSV)
    Mandates(bank::MandatesArgs),
    /// Look whether mail leaves and is believed (relays, SPF, DKIM, DMARC), and text messages leave
    Doctor(doctor::DoctorArgs),
    /// Read delivery reports and answers: from standard input, files or maildirs
    Receive(receive::ReceiveArgs),
    /// Make the direct-debit file (pain.008) of what is announced and near
    Collect(bank::CollectArgs),
    /// Add suppliers
    #[command(subcommand)]
    Supplier(setup::SupplierCommand),
    /// Add staff users
    #[command(subcommand)]
    User(setup::UserCommand),
}

#[derive(Args)]
struct TickArgs {
    /// Act as if it were this instant (seconds since 1970 UTC), to try a scenario out
    #[arg(long, value_name = "SECONDS", hide = true)]
    at: Option<i64>,
}

/// Runs the command; every refusal is one line on standard error.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log(match cli.command {
        // Three addresses are printed to be read: requests would scroll them away.
        Command::Demo(_) => "warn",
        _ => "warn,acquit=info",
    });
    // Two libraries bring TLS; both use this provider. A second installation changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let failure = match cli.command {
        Command::Receive(_) => ExitCode::from(receive::LATER),
        _ => ExitCode::FAILURE,
    };
    match actix_web::rt::System::new().block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "acquit: {why:#}");
            failure
        }
    }
}

/// Logs what `ACQUIT_LOG` says, else what is usual for the command.
fn start_log(usual: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ACQUIT_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    if let Command::Demo(args) = cli.command {
        return demo::run(args).await;
    }
    let sources = sources(&cli.settings)?;
    match cli.command {
        Command::Demo(_) => Ok(()),
        Command::Serve => serve::serve(&config(&sources)?).await,
        Command::Work => serve::work(&config(&sources)?).await,
        Command::Tick(args) => serve::tick(&config(&sources)?, args.at).await,
        Command::Migrate => migrate(&config(&sources)?),
        Command::Import(args) => import::run(&config(&sources)?, args).await,
        Command::Documents(args) => documents::run(&config(&sources)?, args).await,
        Command::Bank(args) => bank::book(&config(&sources)?, args).await,
        Command::Mandates(args) => bank::mandates(&config(&sources)?, args).await,
        Command::Doctor(args) => doctor::run(&config(&sources)?, args).await,
        Command::Receive(args) => receive::run(&config(&sources)?, args).await,
        Command::Collect(args) => bank::collect(&config(&sources)?, args).await,
        Command::Supplier(command) => setup::supplier(&config(&sources)?, command).await,
        Command::User(command) => setup::user(&config(&sources)?, command).await,
    }
}

fn sources(settings: &SettingFlags) -> anyhow::Result<Sources> {
    let given = [
        ("database-url", &settings.database_url),
        ("origin", &settings.origin),
        ("listen", &settings.listen),
    ];
    let flags: BTreeMap<String, String> = given
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
        .collect();
    let mut sources = Sources {
        flags,
        environment: std::env::vars().collect(),
        ..Sources::default()
    };
    if let Some(path) = &settings.config {
        sources.read_file(path)?;
    }
    Ok(sources)
}

fn config(sources: &Sources) -> anyhow::Result<Config> {
    Ok(Config::read(sources)?)
}

/// The application on the machine's clock.
fn open(config: &Config) -> anyhow::Result<App> {
    Ok(App::open(config, Clock::System, None)?)
}

fn migrate(config: &Config) -> anyhow::Result<()> {
    let vault = app::vault(config)?;
    let mut conn = Conn::open(&config.database_url, vault, Role::Writer, Reach::nobody())?;
    for name in migrate::up(&mut conn)? {
        say(&format!("migrated {name}"))?;
    }
    for fault in wall::faults(&mut conn)? {
        say(&format!("warning: {fault}"))?;
    }
    say("the tables are up to date")
}

/// One line on standard output.
fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("standard output")
}

/// The supplier of this code.
async fn supplier(app: &App, code: &str) -> anyhow::Result<domain::party::Supplier> {
    let wanted = code.to_owned();
    app.store
        .read(Across::Command, move |conn| {
            crate::store::supplier::find_by_code(conn, &wanted)
        })
        .await
        .with_context(|| format!("no supplier has the code '{code}'; `acquit supplier list`"))
}

/// What a file holds, which only its owner should read: a password, a key.
fn secret(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    ensure!(!text.trim().is_empty(), "{} is empty", path.display());
    Ok(text.trim().to_owned())
}
