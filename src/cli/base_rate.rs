//! The ECB's rate of a half-year that came after this release.

use anyhow::Context;
use clap::Args;
use domain::late::Rate;

use super::{say, supplier as find};
use crate::app::App;
use crate::flows::late;

/// A rate to be added.
#[derive(Args)]
pub(super) struct BaseRateArgs {
    /// Code of the supplier
    #[arg(long)]
    code: String,
    /// The half-year: 2027-1 from January, 2027-2 from July
    #[arg(long, value_name = "YEAR-HALF")]
    half: String,
    /// The ECB's main refinancing rate on its first day, in hundredths of a percent: 215 is 2.15 %
    #[arg(long, value_parser = clap::value_parser!(u16).range(0..=3000))]
    rate: u16,
}

/// Adds it.
pub(super) async fn add(app: &App, args: BaseRateArgs) -> anyhow::Result<()> {
    let owner = find(app, &args.code).await?;
    let half = args.half.split_once('-');
    let half = half.and_then(|(year, half)| Some((year.parse().ok()?, half.parse().ok()?)));
    let half = half.with_context(|| format!("'{}': write it as 2027-1", args.half))?;
    let added = late::add_base(app, owner.id, half, Rate(args.rate)).await?;
    say(&format!("{} counts interest with: {added}", owner.code))
}
