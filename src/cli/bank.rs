//! `acquit bank` books statements; `acquit collect` makes direct-debit files; `acquit mandates`
//! takes over those signed elsewhere.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use domain::statement::FileState;

use super::{open, say, supplier};
use crate::config::Config;
use crate::flows::{Actor, bank_file, batch, collect, import_mandates};

/// What to book.
#[derive(Args)]
pub(super) struct BankArgs {
    /// The file: camt.053, camt.052, camt.054, CFONB120, MT940 or CSV
    file: PathBuf,
    /// Code of the supplier
    #[arg(long)]
    supplier: String,
}

/// Which mandates.
#[derive(Args)]
pub(super) struct MandatesArgs {
    /// One mandate a row (CSV): client, rum, titulaire, iban, signature, and bic, type, usage,
    /// signataire, dernier, banque where known
    file: PathBuf,
    /// Code of the supplier
    #[arg(long)]
    supplier: String,
}

/// Takes over mandates signed on paper; refused rows are listed and the others go in.
pub(super) async fn mandates(config: &Config, args: MandatesArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let owner = supplier(&app, &args.supplier).await?;
    let shown = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).with_context(|| shown.clone())?;
    let actor = Actor::job("command line");
    let taken = import_mandates::run(&app, owner.id, &shown, &bytes, actor).await?;
    for refusal in &taken.refused {
        say(&format!("{shown}: {refusal}"))?;
    }
    let (mandates, known, refused) = (taken.mandates, taken.known, taken.refused.len());
    say(&format!(
        "mandates={mandates} known={known} refused={refused}"
    ))
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

/// Makes the file of what is announced and near. Where one person works with debits it is written
/// at once; elsewhere it waits for somebody to approve it on the staff's pages.
pub(super) async fn collect(config: &Config, args: CollectArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let owner = supplier(&app, &args.supplier).await?;
    let maker = || Actor::job("command line");
    let Some(made) = collect::run(&app, owner.id, maker()).await? else {
        return say("nothing to collect");
    };
    let (id, debits, total) = (made.batch.id, made.batch.debits, made.batch.total);
    if !batch::profile(&owner).one_user {
        return say(&format!(
            "batch={id} debits={debits} total={total}: approve and download it at \
             {}/staff/{}/debits",
            app.origin, owner.code
        ));
    }
    batch::approve(&app, owner.id, id, maker()).await?;
    let out = batch::export(&app, owner.id, id, maker()).await?;
    let version = batch::profile(&owner).version;
    let path = args.out.join(format!("{}.{version}.xml", out.message_id));
    std::fs::write(&path, &made.file).with_context(|| path.display().to_string())?;
    say(&format!(
        "file={} debits={debits} total={total}",
        path.display()
    ))
}
