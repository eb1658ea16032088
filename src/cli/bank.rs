//! `acquit bank` books statements; `acquit collect` makes direct-debit files; `acquit mandates`
//! takes over those signed elsewhere.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::{open, say, supplier};
use crate::config::Config;
use crate::flows::{Actor, bank_file, batch, collect, import_mandates};

/// What to book.
#[derive(Args)]
pub(super) struct BankArgs {
    /// The statement (camt.053.001.02 to .08)
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

/// Books a statement; a movement booked before is left alone.
pub(super) async fn book(config: &Config, args: BankArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let owner = supplier(&app, &args.supplier).await?;
    let shown = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).with_context(|| shown.clone())?;
    let booked = bank_file::run(&app, owner.id, &shown, bytes).await?;
    for statement in &booked.unbalanced {
        say(&format!(
            "statement {statement}: opening and entries do not make the closing balance"
        ))?;
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
