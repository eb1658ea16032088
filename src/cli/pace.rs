//! How often one account is written to.

use clap::Args;

use super::{say, supplier as find};
use crate::app::App;
use crate::flows::supplier_bounds;

/// How often one account is written to.
#[derive(Args)]
pub(super) struct PaceArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// Days between two notices or reminders to one account, at least
    #[arg(long, value_parser = clap::value_parser!(u16).range(0..=60))]
    days: u16,
}

/// Sets it.
pub(super) async fn set(app: &App, args: PaceArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    supplier_bounds::set_message_gap(app, owner.id, args.days).await?;
    say(&format!(
        "{} leaves at least {} days between two messages to one account",
        owner.code, args.days
    ))
}
