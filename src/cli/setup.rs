//! Suppliers and staff users.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use domain::bank::{Bic, CreditorId, Iban};
use domain::batch::DebitProfile;
use domain::late::{Added, Rate, Terms};
use domain::party::{Accent, BankAccount, Language, LegalMode, Supplier};
use domain::plan::Bounds;
use domain::{Currency, Money, SupplierId, Zone};

use super::{base_rate, letterhead, mail, open, pace, rails, say, secret, sms, supplier as find};
use crate::app::App;
use crate::clock::new_id;
use crate::config::Config;
use crate::flows::{add_supplier, code, late, sign_in, supplier_bounds};
use crate::store::user::StaffRole;
use crate::store::{self, Across};

/// `acquit supplier …`
#[derive(Subcommand)]
pub(super) enum SupplierCommand {
    /// Add a supplier
    Add(Box<SupplierArgs>),
    /// List suppliers
    List,
    /// Set the supplier's own Stripe account
    Card(rails::CardArgs),
    /// Set which delays and plans the supplier accepts without being asked
    Plan(PlanArgs),
    /// Set the least that a payment in part comes to
    PartMin(PartMinArgs),
    /// Set how often one account is written to
    Pace(pace::PaceArgs),
    /// Set how its messages leave and what comes back of them
    Mail(Box<mail::MailArgs>),
    /// Set how its text messages leave: provider, sender, caps
    Sms(Box<sms::SmsArgs>),
    /// Set from where its letters are written and who signs them
    Letterhead(letterhead::LetterheadArgs),
    /// Set what the supplier charges for late payment
    Late(LateArgs),
    /// Add the ECB's rate of a half-year that this release does not know
    BaseRate(base_rate::BaseRateArgs),
    /// Set what the supplier's bank asks of direct-debit files
    Debits(rails::DebitsArgs),
    /// Say whether documents ask for a code first
    Documents(DocumentsArgs),
}

/// A new supplier.
#[derive(Args)]
pub(super) struct SupplierArgs {
    /// Short name for the command line
    #[arg(long)]
    code: String,
    /// Trade name, as debtors know it
    #[arg(long)]
    name: String,
    /// Postal address, one line
    #[arg(long)]
    address: String,
    /// Accent colour
    #[arg(long, default_value = "#1f4e8c")]
    accent: Accent,
    /// Mailbox its messages come from
    #[arg(long)]
    sender: String,
    /// Mailbox that a human reads
    #[arg(long)]
    contact_email: String,
    /// Telephone number that a human answers
    #[arg(long)]
    contact_phone: String,
    /// fr or en
    #[arg(long, default_value = "fr")]
    language: Language,
    /// Time zone
    #[arg(long, default_value = "Europe/Paris")]
    zone: Zone,
    /// own_account, outsourced_reminder or third_party
    #[arg(long, default_value = "own_account")]
    legal_mode: LegalMode,
    /// Exact name of the holder of the bank account
    #[arg(long, requires = "iban")]
    holder: Option<String>,
    /// IBAN the supplier is paid on
    #[arg(long, requires = "holder")]
    iban: Option<Iban>,
    /// BIC of that account
    #[arg(long)]
    bic: Option<Bic>,
    /// SEPA creditor identifier (ICS); without it no direct debit is offered
    #[arg(long)]
    creditor_id: Option<CreditorId>,
    /// How many days ahead a debtor may promise
    #[arg(long, default_value_t = 30)]
    promise_days_max: u16,
    /// No reminder goes out when the balance is older than this
    #[arg(long, default_value_t = 10)]
    data_age_days_max: u16,
}

/// Payments in part.
#[derive(Args)]
pub(super) struct PartMinArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// The least, in whole units of the invoices' currency; all of an invoice can always be paid
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1000))]
    units: u16,
}

/// What lateness costs.
#[derive(Args)]
pub(super) struct LateArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// Interest: yes or no
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    interest: String,
    /// The fixed indemnity of each late invoice: yes or no
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    indemnity: String,
    /// Whose law, by ISO 3166 code
    #[arg(long, default_value = "FR")]
    country: String,
    /// Yearly rate of the supplier's contracts in hundredths of a percent; without it, the law's
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=3000))]
    rate: Option<u16>,
}

/// Who may open documents.
#[derive(Args)]
pub(super) struct DocumentsArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// Ask for a code by e-mail first: yes or no
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    ask: String,
}

/// What the supplier accepts without being asked.
#[derive(Args)]
pub(super) struct PlanArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// Instalments, at most; 0 accepts nothing without being asked
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(0..=12))]
    parts_max: u16,
    /// Days to the last instalment, at most
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=366))]
    days_max: u16,
    /// The first of several instalments, in percent of the whole, at least
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(0..=100))]
    first_percent: u16,
    /// The whole in euros, at most
    #[arg(long, default_value = "5000")]
    total_max: rust_decimal::Decimal,
}

/// `acquit user …`
#[derive(Subcommand)]
pub(super) enum UserCommand {
    /// Add a staff user
    Add(UserArgs),
}

/// A new staff user.
#[derive(Args)]
pub(super) struct UserArgs {
    /// Mailbox, which is the sign-in name
    #[arg(long)]
    email: String,
    /// Name
    #[arg(long)]
    name: String,
    /// File holding the password
    #[arg(long, value_name = "FILE")]
    password_file: PathBuf,
    /// Role at a supplier, as CODE=admin (or accountant, agent, viewer); may be repeated
    #[arg(long = "role", value_name = "CODE=ROLE", required = true)]
    roles: Vec<String>,
}

/// Runs a supplier command.
pub(super) async fn supplier(config: &Config, command: SupplierCommand) -> anyhow::Result<()> {
    let app = open(config)?;
    match command {
        SupplierCommand::Add(args) => {
            let new = read(*args)?;
            let id = new.id;
            add_supplier::run(&app, new).await?;
            say(&format!(
                "supplier={id} stripe_webhook={}/hooks/stripe/{id}",
                app.origin
            ))
        }
        SupplierCommand::List => {
            for one in app
                .store
                .read(Across::Command, store::supplier::list)
                .await?
            {
                say(&format!("{} {} {}", one.code, one.id, one.name))?;
            }
            Ok(())
        }
        SupplierCommand::Debits(args) => rails::debits(&app, args).await,
        SupplierCommand::Documents(args) => {
            let owner = find(&app, &args.code).await?;
            code::ask_for_documents(&app, owner.id, args.ask == "yes").await?;
            say(&format!(
                "{} asks for a code before documents: {}",
                owner.code, args.ask
            ))
        }
        SupplierCommand::Card(args) => rails::card(&app, args).await,
        SupplierCommand::Plan(args) => plan(&app, args).await,
        SupplierCommand::Letterhead(args) => letterhead::set(&app, args).await,
        SupplierCommand::Late(args) => late(&app, args).await,
        SupplierCommand::Pace(args) => pace::set(&app, args).await,
        SupplierCommand::Mail(args) => mail::set(&app, *args).await,
        SupplierCommand::Sms(args) => sms::set(&app, *args).await,
        SupplierCommand::BaseRate(args) => base_rate::add(&app, args).await,
        SupplierCommand::PartMin(args) => {
            let owner = find(&app, &args.code).await?;
            supplier_bounds::set_part_min(&app, owner.id, args.units).await?;
            say(&format!(
                "{} takes payments in part from {} on",
                owner.code, args.units
            ))
        }
    }
}

async fn late(app: &App, args: LateArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let country = domain::late::country(&args.country);
    let country = country.with_context(|| format!("no law of '{}' is known", args.country))?;
    let terms = Terms {
        interest: args.interest == "yes",
        indemnity: args.indemnity == "yes",
        contract: args.rate.map(Rate),
        country: Some(country),
        added: Added::default(),
    };
    late::set_terms(app, owner.id, terms).await?;
    say(&format!(
        "{} charges interest: {}, indemnity: {}, by {}",
        owner.code, args.interest, args.indemnity, country.source
    ))
}

async fn plan(app: &App, args: PlanArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let bounds = Bounds {
        parts_max: args.parts_max,
        days_max: args.days_max,
        first_percent_min: args.first_percent,
        total_max: Money::from_decimal(args.total_max, Currency::EUR)?,
    };
    supplier_bounds::set(app, owner.id, bounds).await?;
    say(&format!(
        "{} accepts up to {} instalments within {} days, {} percent first, up to {}",
        owner.code, bounds.parts_max, bounds.days_max, bounds.first_percent_min, bounds.total_max
    ))
}

fn read(args: SupplierArgs) -> anyhow::Result<Supplier> {
    ensure!(
        args.holder.is_some() || (args.bic.is_none() && args.creditor_id.is_none()),
        "--bic and --creditor-id belong to a bank account: give --holder and --iban too"
    );
    let (bic, creditor_id) = (args.bic, args.creditor_id);
    let bank = args
        .holder
        .zip(args.iban)
        .map(|(holder, iban)| BankAccount {
            holder,
            iban,
            bic,
            creditor_id,
            debits: DebitProfile::default(),
        });
    Ok(Supplier {
        id: new_id(),
        code: args.code,
        name: args.name,
        address: args.address,
        accent: args.accent,
        sender: args.sender,
        contact_email: args.contact_email,
        contact_phone: args.contact_phone,
        language: args.language,
        zone: args.zone,
        legal_mode: args.legal_mode,
        bank,
        promise_days_max: args.promise_days_max,
        data_age_days_max: args.data_age_days_max,
        data_as_of: None,
    })
}

/// Runs a user command.
pub(super) async fn user(config: &Config, command: UserCommand) -> anyhow::Result<()> {
    let UserCommand::Add(args) = command;
    let app = open(config)?;
    let mut roles: Vec<(SupplierId, StaffRole)> = Vec::new();
    for role in &args.roles {
        let (code, role) = role
            .split_once('=')
            .with_context(|| format!("'{role}': write it as CODE=admin"))?;
        roles.push((find(&app, code).await?.id, role.parse()?));
    }
    let password = secret(&args.password_file)?;
    let id = sign_in::add_user(&app, &args.email, &args.name, &password, roles).await?;
    say(&format!("user={id}"))
}
