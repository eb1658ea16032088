//! `acquit bank` books statements; `acquit collect` writes direct-debit files.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use domain::statement::FileState;

use super::{open, say, supplier};
use crate::config::Config;
use crate::flows::{bank_file, collect};

/// What to book.
#[derive(Args)]
pub(super) struct BankArgs {
    /// The file: camt.053, camt.052, camt.054, CFONB120, MT940 or CSV
    file: PathBuf,
    /// Code of the supplier
    #[arg(long)]
    supplier: String,
}

/// Where the direct-debit file goes.
#[derive(Args)]
pub(super) struct CollectArgs {
    /// Code of the supplier
    #[arg(long)]
    supplier: String,
    /// Folder the file is written to
    #[arg(long, default_value = ".")]
    out: PathBuf,
}

/// Books a bank file; a movement booked before is left alone, a file that a person should look at
/// waits.
pub(super) async fn book(config: &Config, args: BankArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let owner = supplier(&app, &args.supplier).await?;
    let shown = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).with_context(|| shown.clone())?;
    let booked = bank_file::run(&app, owner.id, &shown, bytes).await?;
    if booked.state != FileState::Imported {
        for reason in booked.reason.lines() {
            say(reason)?;
        }
        return say(&format!(
            "file={} state={}: confirm it on the staff's page of bank files",
            booked.file, booked.state
        ));
    }
    for statement in &booked.unbalanced {
        say(&format!("statement {statement}: no sums to compare"))?;
    }
    for amount in booked.unmatched.values() {
        say(&format!("unmatched {amount}"))?;
    }
    let (movements, matched, known) = (booked.movements, booked.matched, booked.known);
    say(&format!(
        "movements={movements} matched={matched} known={known}"
    ))
}

/// Writes the file of what is announced and near, ready for the bank's portal.
pub(super) async fn collect(config: &Config, args: CollectArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let owner = supplier(&app, &args.supplier).await?;
    let Some(batch) = collect::run(&app, owner.id).await? else {
        return say("nothing to collect");
    };
    let path = args
        .out
        .join(format!("{}.pain.008.001.08.xml", batch.message_id));
    std::fs::write(&path, &batch.file).with_context(|| path.display().to_string())?;
    say(&format!(
        "file={} debits={} total={}",
        path.display(),
        batch.debits,
        batch.total
    ))
}
