//! `acquit doctor`: whether mail leaves and is believed.

use std::net::SocketAddr;

use anyhow::ensure;
use clap::Args;
use domain::mail_records::Finding;

use super::{open, say};
use crate::config::Config;
use crate::flows::doctor::look;

/// What to ask.
#[derive(Args)]
pub(super) struct DoctorArgs {
    /// Another name server than the system's
    #[arg(long, value_name = "ADDRESS:PORT")]
    dns: Option<SocketAddr>,
}

/// Looks at everything and says a line on each.
pub(super) async fn run(config: &Config, args: DoctorArgs) -> anyhow::Result<()> {
    let app = open(config)?;
    let checks = look(&app, args.dns).await?;
    for check in &checks {
        let (how, words) = match &check.finding {
            Finding::Good(words) => ("good", words),
            Finding::Weak(words) => ("weak", words),
            Finding::Bad(words) => ("BAD", words),
        };
        say(&format!("{} {} {how}: {words}", check.whose, check.what))?;
    }
    let bad = checks.iter().filter(|check| check.finding.is_bad()).count();
    ensure!(bad == 0, "{bad} things are to be mended");
    Ok(())
}
