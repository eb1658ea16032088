//! `acquit demo`: the whole product on an embedded database, with French data, sending nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use domain::SupplierId;
use domain::party::Supplier;
use secrecy::SecretString;

use super::demo_story::{Stage, live};
use super::say;
use crate::app::{self, App};
use crate::clock::Clock;
use crate::config::Config;
use crate::flows::card_account::CardSettings;
use crate::flows::sandbox::SandboxGateway;
use crate::flows::sign_in;
use crate::flows::{Actor, issue_link};
use crate::jobs;
use crate::store::user::StaffRole;
use crate::store::{self, Across, Conn, Reach, Role, migrate};
use crate::vault;
use crate::web;

/// The demonstration's sign-in.
const EMAIL: &str = "demo@acquit.example";
const PASSWORD: &str = "demo-acquit-2026";

/// How the demonstration runs.
#[derive(Args)]
pub(super) struct DemoArgs {
    /// Begin anew: forget what was done in an earlier demonstration
    #[arg(long)]
    fresh: bool,
    /// Port on this machine; 0 takes a free one
    #[arg(long, default_value_t = 8088)]
    port: u16,
    /// Folder of the demonstration's database
    #[arg(long, value_name = "FOLDER", default_value = "acquit-demo")]
    folder: PathBuf,
}

/// Makes the data if there is none, then serves until told to stop.
pub(super) async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", args.port))
        .with_context(|| format!("port {} is taken: choose another with --port", args.port))?;
    let origin = format!("http://{}", listener.local_addr()?);
    let begun = begin(&args)?;
    let config = config(&args.folder, origin, listener.local_addr()?)?;
    let vault = app::vault(&config)?;
    migrate::up(&mut Conn::open(
        &config.database_url,
        Arc::clone(&vault),
        Role::Writer,
        Reach::nobody(),
    )?)?;
    let secret = vault::hex(&vault.key("sandbox.v1"));
    let sandbox = Arc::new(SandboxGateway::new(
        config.origin.clone(),
        SecretString::from(secret.clone()),
    ));
    if begun {
        tell(&config, &sandbox, secret).await?;
    }
    let app = Arc::new(App::open(
        &config,
        Clock::System,
        Some(Arc::clone(&sandbox)),
    )?);
    greet(&app).await?;
    actix_web::rt::spawn(jobs::run_forever(Arc::clone(&app)));
    let extras = web::Extras {
        sandbox: Some(sandbox),
        more: vec![web::staff::mailbox_routes],
    };
    web::serve(app, listener, extras)?.await?;
    Ok(())
}

/// Makes the folder; tells whether the data are still to be made.
fn begin(args: &DemoArgs) -> anyhow::Result<bool> {
    let shown = args.folder.display().to_string();
    let mark = args.folder.join("ready");
    // Half-made data of an interrupted first start are as good as none.
    if args.fresh || !mark.exists() {
        for name in [
            "ready",
            "secret",
            "acquit.db",
            "acquit.db-wal",
            "acquit.db-shm",
        ] {
            match std::fs::remove_file(args.folder.join(name)) {
                Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
                    return Err(why).context(shown);
                }
                _ => {}
            }
        }
    }
    std::fs::create_dir_all(&args.folder).context(shown)?;
    Ok(!mark.exists())
}

fn config(folder: &Path, origin: String, listen: std::net::SocketAddr) -> anyhow::Result<Config> {
    let path = folder.join("secret");
    if !path.exists() {
        std::fs::write(&path, vault::hex(&vault::random::<32>()?))?;
    }
    Ok(Config {
        database_url: folder.join("acquit.db").display().to_string(),
        secret: SecretString::from(std::fs::read_to_string(&path)?),
        origin,
        listen,
        smtp: None,
        stripe_url: None,
    })
}

/// Makes the data: five weeks of two suppliers, on a clock of their own.
async fn tell(
    config: &Config,
    sandbox: &Arc<SandboxGateway>,
    webhook_secret: String,
) -> anyhow::Result<()> {
    say("making five weeks of demonstration data …")?;
    let now = Clock::System.now();
    let stage = Stage {
        app: Arc::new(App::open(
            config,
            Clock::fixed(now),
            Some(Arc::clone(sandbox)),
        )?),
        sandbox: Arc::clone(sandbox),
        card: CardSettings {
            secret_key: "sandbox".into(),
            connected: None,
            webhook_secrets: vec![webhook_secret],
            debits: true,
        },
    };
    let suppliers = live(&stage, domain::Zone::PARIS.day(now)).await?;
    let roles: Vec<(SupplierId, StaffRole)> = suppliers
        .iter()
        .map(|supplier| (supplier.id, StaffRole::Admin))
        .collect();
    sign_in::add_user(&stage.app, EMAIL, "Démonstration", PASSWORD, roles).await?;
    let folder = Path::new(&config.database_url)
        .parent()
        .context("no folder")?;
    std::fs::write(folder.join("ready"), "")?;
    Ok(())
}

/// Tells where to look.
async fn greet(app: &App) -> anyhow::Result<()> {
    let suppliers = app
        .store
        .read(Across::Command, store::supplier::list)
        .await?;
    let origin = &app.origin;
    say("")?;
    say("Acquit, demonstration: nothing is sent and no money moves.")?;
    say("")?;
    if let Some(supplier) = suppliers.first() {
        say(&format!(
            "  A debtor's account   {origin}/l/{}",
            link(app, supplier).await?
        ))?;
    }
    say(&format!(
        "  Mails it \"sent\"      {origin}{}",
        views::paths::MAILBOX
    ))?;
    say(&format!(
        "  Finance staff        {origin}{}",
        views::paths::TODAY
    ))?;
    say(&format!("                       {EMAIL} / {PASSWORD}"))?;
    say("")?;
    say("Stop with Ctrl-C. Begin anew with --fresh.")
}

/// A link to an account on which something is late.
async fn link(app: &App, supplier: &Supplier) -> anyhow::Result<String> {
    let (id, today) = (supplier.id, supplier.zone.day(app.now()));
    let (debtor, contact) = app
        .store
        .read(id, move |conn| {
            let mut best = (0, None);
            for debtor in store::debtor::page(conn, id, "", None, 60)? {
                let open = store::invoice::open_of_debtor(conn, id, debtor.id)?;
                let late = open.iter().filter(|invoice| invoice.is_late(today)).count();
                if late >= best.0 {
                    best = (late, Some(debtor.id));
                }
            }
            let debtor = best.1.ok_or(store::StoreError::NotFound)?;
            let contacts = store::contact::of_debtor(conn, id, debtor)?;
            Ok((debtor, contacts.first().map(|contact| contact.id)))
        })
        .await?;
    let contact = contact.context("a debtor without contact")?;
    let token = issue_link::run(app, id, debtor, contact, Actor::job("demo")).await?;
    Ok(token.to_string())
}
