//! `acquit import FILE --supplier S --as-of DATE`.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use domain::Day;

use super::{open, say, supplier};
use crate::config::Config;
use crate::flows::import_balance::{self, ImportOrder, Imported};
use crate::import::Explained;

/// What to load.
#[derive(Args)]
pub(super) struct ImportArgs {
    /// The balance, as the accounting software wrote it (CSV, any separator and encoding)
    file: PathBuf,
    /// Code of the supplier
    #[arg(long)]
    supplier: String,
    /// The day whose state the file shows, as 2026-11-30
    #[arg(long, value_name = "DATE")]
    as_of: Day,
    /// The file lists every open item: what it does not list is settled
    #[arg(long)]
    complete: bool,
}

/// Loads the file; refused rows are listed and the others go in.
pub(super) async fn run(config: &Config, args: ImportArgs) -> anyhow::Result<()> {
    let app = Arc::new(open(config)?);
    let owner = supplier(&app, &args.supplier).await?;
    let file = File::open(&args.file).with_context(|| args.file.display().to_string())?;
    let order = ImportOrder {
        supplier: owner.id,
        file_name: args
            .file
            .file_name()
            .map_or(String::new(), |name| name.display().to_string()),
        as_of: args.as_of,
        complete: args.complete,
        mapping: None,
    };
    let imported = import_balance::run(&app, order, file)
        .await
        .with_context(|| args.file.display().to_string())?;
    report(&args, &imported)
}

fn report(args: &ImportArgs, imported: &Imported) -> anyhow::Result<()> {
    let name = args.file.display();
    for error in &imported.errors {
        say(&format!("{name}: {}", Explained(error)))?;
    }
    let hidden = usize::try_from(imported.rows_bad).unwrap_or(usize::MAX) - imported.errors.len();
    if hidden > 0 {
        say(&format!("{name}: {hidden} more rows were refused"))?;
    }
    for (currency, total) in &imported.totals {
        say(&format!("open {currency} {}", total.to_decimal()))?;
    }
    say(&format!(
        "rows_good={} rows_bad={} created={} changed={} unchanged={} absent={}",
        imported.rows_good,
        imported.rows_bad,
        imported.created,
        imported.changed,
        imported.unchanged,
        imported.absent,
    ))?;
    if imported.absent > 0 && !args.complete {
        say("absent items stay open; if the file lists every open item, say --complete")?;
    }
    Ok(())
}
