//! `acquit receive`: delivery reports and answers, from a mail server's pipe, a file or a maildir.
//!
//! A mail server that runs it on each mail is told by exit code 75 to try again later; any other
//! ending takes the mail, since a report about a report helps nobody.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;

use super::{open, say};
use crate::app::App;
use crate::config::Config;
use crate::flows::incoming::{Received, receive};

/// Bytes of the largest mail that is read.
const MAIL_MAX: u64 = 25 * 1024 * 1024;

/// The code by which a mail server keeps a mail for later (`EX_TEMPFAIL`).
pub(super) const LATER: u8 = 75;

/// Which mails.
#[derive(Args)]
pub(super) struct ReceiveArgs {
    /// Files of one mail each, or maildirs whose new mails are read; standard input without any
    mails: Vec<PathBuf>,
}

/// Takes them, and says a line on each.
pub(super) async fn run(config: &Config, args: ReceiveArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let standard = args.mails.is_empty() || args.mails == [PathBuf::from("-")];
    if standard {
        return take(&app, "-", std::io::stdin().lock()).await;
    }
    for path in &args.mails {
        let new = path.join("new");
        if new.is_dir() {
            empty(&app, path, &new).await?;
        } else {
            file(&app, path).await?;
        }
    }
    Ok(())
}

/// Reads the new mails of a maildir, oldest name first; each is seen afterwards.
async fn empty(app: &App, folder: &Path, new: &Path) -> anyhow::Result<()> {
    let shown = || new.display().to_string();
    let entries = std::fs::read_dir(new).with_context(shown)?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        file(app, &path).await?;
        let name = path.file_name().unwrap_or_default().display();
        let seen = folder.join("cur").join(format!("{name}:2,S"));
        std::fs::rename(&path, &seen).with_context(|| seen.display().to_string())?;
    }
    Ok(())
}

async fn file(app: &App, path: &Path) -> anyhow::Result<()> {
    let shown = path.display().to_string();
    let file = std::fs::File::open(path).with_context(|| shown.clone())?;
    take(app, &shown, file).await
}

async fn take(app: &App, name: &str, from: impl Read) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    from.take(MAIL_MAX + 1)
        .read_to_end(&mut bytes)
        .with_context(|| name.to_owned())?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    ensure!(size <= MAIL_MAX, "{name}: larger than {MAIL_MAX} bytes");
    let said = match receive(app, bytes).await? {
        Received::Read(note) => note,
        Received::Later => "kept, to be read again",
        Received::Known => "known",
        Received::Foreign => "about no message of ours",
        Received::Unreadable => "no mail",
    };
    say(&format!("{name}: {said}"))
}
