//! Pages and jobs.

use std::sync::Arc;

use anyhow::Context;
use domain::Moment;

use super::{open, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::jobs::{self, Ticked};
use crate::web;

/// Serves the pages and does what is due, until told to stop.
pub(super) async fn serve(config: &Config) -> anyhow::Result<()> {
    let app = Arc::new(open(config)?);
    let listener = std::net::TcpListener::bind(config.listen)
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    actix_web::rt::spawn(jobs::run_forever(Arc::clone(&app)));
    tracing::info!(listen = %config.listen, origin = %config.origin, "serving");
    web::serve(app, listener, web::Extras::default())?.await?;
    Ok(())
}

/// Does what is due, until told to stop.
pub(super) async fn work(config: &Config) -> anyhow::Result<()> {
    jobs::run_forever(Arc::new(open(config)?)).await;
    Ok(())
}

/// Does what is due now, once.
pub(super) async fn tick(config: &Config, at: Option<i64>) -> anyhow::Result<()> {
    let clock = at.map_or(Clock::System, |at| Clock::fixed(Moment::from_seconds(at)));
    let app = Arc::new(App::open(config, clock, None)?);
    let ticked = jobs::tick(&app).await?;
    say(&report(&ticked))
}

fn report(ticked: &Ticked) -> String {
    let Ticked {
        events,
        closed,
        judged,
        forgotten,
        planned,
        delivered,
    } = ticked;
    format!(
        "events={events} pages_closed={closed} promises_judged={judged} \
         files_forgotten={forgotten} accounts={} planned={} sent={} cancelled={} retry={} \
         failed={} unknown={}",
        planned.looked_at,
        planned.messages,
        delivered.sent,
        delivered.cancelled,
        delivered.retry,
        delivered.failed,
        delivered.unknown,
    )
}
