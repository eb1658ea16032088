//! The supplier's ways to be paid: its own Stripe account, and what its bank asks of debits.

use std::path::PathBuf;

use clap::Args;
use domain::batch::{DebitProfile, FileVersion};

use super::{say, secret, supplier as find};
use crate::app::App;
use crate::flows::batch;
use crate::flows::card_account::{self, CardSettings};

/// Direct-debit files; what is not given is as usual.
#[derive(Args)]
pub(super) struct DebitsArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// pain.008.001.08 or pain.008.001.02
    #[arg(long, default_value = "pain.008.001.08")]
    version: FileVersion,
    /// TARGET days that the bank wants a file before the day of collection
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=14))]
    lead_days: u8,
    /// The hour until which a file counts as handed in that day
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=24))]
    cut_off_hour: u8,
    /// Whether each debit must name the BIC of the debtor's bank
    #[arg(long, default_value = "no", value_name = "yes|no", value_parser = ["yes", "no"])]
    bics: String,
    /// Days agreed in the mandate between announcement and debit
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=14))]
    notice_days: u8,
    /// Bank days after which money collected is firm
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=30))]
    firm_days: u8,
    /// Whether customers may sign business-to-business mandates, which not every bank collects
    #[arg(long, default_value = "no", value_name = "yes|no", value_parser = ["yes", "no"])]
    b2b: String,
    /// One person works with debits: whoever makes a file may approve it
    #[arg(long, default_value = "no", value_name = "yes|no", value_parser = ["yes", "no"])]
    one_user: String,
}

/// The supplier's own Stripe account.
#[derive(Args)]
pub(super) struct CardArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// File holding the secret or restricted key
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
    /// File holding the webhook's signing secret
    #[arg(long, value_name = "FILE")]
    webhook_secret_file: PathBuf,
    /// Connected account (acct_…) for direct charges
    #[arg(long)]
    connected: Option<String>,
    /// Whether SEPA direct debits are switched on there: offered to debtors of a supplier that has
    /// no creditor identifier of its own
    #[arg(long, default_value = "no", value_parser = ["yes", "no"])]
    debits: String,
}

/// Sets what the supplier's bank asks of direct-debit files.
pub(super) async fn debits(app: &App, args: DebitsArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let profile = DebitProfile {
        version: args.version,
        lead_days: args.lead_days,
        cut_off_hour: args.cut_off_hour,
        bics: args.bics == "yes",
        notice_days: args.notice_days,
        firm_days: args.firm_days,
        b2b: args.b2b == "yes",
        one_user: args.one_user == "yes",
    };
    batch::set_profile(app, owner.id, profile).await?;
    say(&format!("{} debits: {profile}", owner.code))
}

/// Sets the supplier's own Stripe account.
pub(super) async fn card(app: &App, args: CardArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let settings = CardSettings {
        secret_key: secret(&args.key_file)?,
        connected: args.connected,
        webhook_secrets: vec![secret(&args.webhook_secret_file)?],
        debits: args.debits == "yes",
    };
    card_account::set(app, owner.id, &settings).await?;
    say(&format!("{} takes cards", owner.code))
}
