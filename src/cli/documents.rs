//! `acquit documents FOLDER --supplier S`.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use domain::SupplierId;

use super::{open, say, supplier};
use crate::app::App;
use crate::config::Config;
use crate::flows::Actor;
use crate::flows::documents::{self, Attached, Refusal};

/// What to bring in.
#[derive(Args)]
pub(super) struct DocumentsArgs {
    /// Folder of PDF files named after their invoices: FA2026-0123.pdf, BL_FA2026-0123.pdf
    folder: PathBuf,
    /// Code of the supplier
    #[arg(long)]
    supplier: String,
}

/// Attaches each file of the folder to its invoice; those that find none are listed.
pub(super) async fn run(config: &Config, args: DocumentsArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let owner = supplier(&app, &args.supplier).await?;
    let shown = args.folder.display().to_string();
    let entries = std::fs::read_dir(&args.folder).with_context(|| shown.clone())?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(|why: std::io::Error| why).context(shown)?;
    paths.retain(|path| path.is_file());
    paths.sort();
    let (mut attached, mut known, mut refused) = (0_u64, 0_u64, 0_u64);
    for path in &paths {
        match one(&app, owner.id, path).await {
            Ok(Attached::New) => attached += 1,
            Ok(Attached::Known) => known += 1,
            Err(Refusal::Flow(why)) => return Err(why).context(path.display().to_string()),
            Err(why) => {
                refused += 1;
                say(&format!("{}: {why}", path.display()))?;
            }
        }
    }
    say(&format!(
        "attached={attached} known={known} refused={refused}"
    ))
}

async fn one(app: &App, supplier: SupplierId, path: &Path) -> Result<Attached, Refusal> {
    let name = path.file_name().unwrap_or_default();
    let name = name.display().to_string();
    let unreadable =
        |why: std::io::Error| Refusal::Flow(crate::flows::FlowError::Unusable(why.to_string()));
    let bytes = std::fs::read(path).map_err(unreadable)?;
    documents::attach_by_name(app, supplier, &name, bytes, Actor::job("documents")).await
}
