//! What is done without anybody asking: a tick does all that is due now, once.

use std::sync::Arc;

use domain::Moment;

use crate::app::App;
use crate::flows::deliver::Delivered;
use crate::flows::plan_reminders::Planned;
use crate::flows::{
    FlowError, account_change, attach, batch, code, deliver, fold_sums, hooks, judge, mandate_age,
    plan_reminders, promise_soon, refresh_card, saved_card,
};
use crate::store::{self, Across};

/// What a tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Webhook events read.
    pub events: usize,
    /// Card pages whose time had run out.
    pub closed: usize,
    /// Promises judged, and plans of which an instalment was due.
    pub judged: usize,
    /// Files removed whose form nobody confirmed.
    pub forgotten: usize,
    /// Reminders planned, of all suppliers.
    pub planned: Planned,
    /// Messages sent.
    pub delivered: Delivered,
}

/// Does what is due: reads events, closes old card pages, judges promises, plans reminders, sends.
///
/// In this order, so that money that has arrived silences a reminder of the same tick. Run twice,
/// it finds nothing the second time; run after missed days, it catches up once.
pub async fn tick(app: &Arc<App>) -> Result<Ticked, FlowError> {
    let mut ticked = Ticked {
        events: hooks::read_waiting(app).await?,
        closed: refresh_card::close_overdue(app).await?,
        ..Ticked::default()
    };
    code::forget(app).await?;
    let suppliers = app
        .store
        .report(Across::Upkeep, store::supplier::list)
        .await?;
    for supplier in suppliers {
        fold_sums::run(app, supplier.id).await?;
        saved_card::tend(app, supplier.id).await?;
        batch::grow(app, supplier.id).await?;
        account_change::run(app, supplier.id).await?;
        mandate_age::run(app, supplier.id).await?;
        ticked.judged += judge::due(app, supplier.clone()).await?;
        promise_soon::run(app, &supplier).await?;
        ticked.forgotten += attach::forget(app, supplier.id).await?;
        let planned = plan_reminders::run(app, &supplier).await?;
        ticked.planned.looked_at += planned.looked_at;
        ticked.planned.messages += planned.messages;
        ticked.planned.asked += planned.asked;
        plan_reminders::tidy(app, &supplier).await?;
    }
    ticked.delivered = deliver::run(app).await?;
    Ok(ticked)
}

/// What a server does every few seconds between ticks: events and messages that cannot wait.
pub async fn beat(app: &Arc<App>) -> Result<(), FlowError> {
    hooks::read_waiting(app).await?;
    deliver::run(app).await?;
    Ok(())
}

/// Seconds between two beats.
const BEAT_SECONDS: u64 = 2;

/// Minutes between two ticks.
const TICK_MINUTES: i64 = 15;

/// Ticks and beats until the task is dropped: what `serve` runs beside the pages.
pub async fn run_forever(app: Arc<App>) {
    let mut timer = tokio::time::interval(std::time::Duration::from_secs(BEAT_SECONDS));
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut next: Option<Moment> = None;
    loop {
        timer.tick().await;
        let now = app.now();
        let done = if next.is_none_or(|next| now >= next) {
            next = Some(now.plus_minutes(TICK_MINUTES));
            tick(&app).await.map(|_| ())
        } else {
            beat(&app).await
        };
        if let Err(why) = done {
            tracing::error!(%why, "a job did not come to its end; it runs again");
        }
    }
}
