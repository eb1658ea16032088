//! Plans, a promise that is not kept and a confirmation in the demonstration's five weeks.

use domain::confirmation::Answers;
use domain::invoice::{Invoice, Share};
use domain::late::{Added, Terms, country};
use domain::plan::{Part, equal};
use domain::{Day, Money, SupplierId};

use super::demo_story::{Stage, pledge, somebody};
use super::demo_world::Dice;
use crate::flows::plan::{Request, ask};
use crate::flows::{Visitor, confirm, late};

/// Days before today on which something of this happens.
const RUNNING: i64 = 20;
const BROKEN: i64 = 15;
const CONFIRMED: i64 = 6;
const WAITING: i64 = 1;

/// Debtors that are asked before nobody is found.
const TRIES: usize = 60;

/// The most of an invoice that is asked time for: within what the supplier accepts by itself.
const ASKED_MAX: i64 = 300_000;

/// What happens at a supplier on this day, if anything.
pub(super) async fn tell(
    stage: &Stage,
    supplier: SupplierId,
    dice: &mut Dice,
    (day, back): (Day, i64),
) -> anyhow::Result<()> {
    let wanted = |invoice: &Invoice| match back {
        CONFIRMED => invoice.due_on > day,
        _ => invoice.is_late(day),
    };
    if ![RUNNING, BROKEN, CONFIRMED, WAITING].contains(&back) {
        return Ok(());
    }
    for _ in 0..TRIES {
        let Some((visitor, open)) = somebody(stage, supplier, dice).await? else {
            continue;
        };
        let Some(invoice) = open.into_iter().find(wanted) else {
            continue;
        };
        let key = format!("demo-{supplier}-{back}");
        let share = Share {
            invoice: invoice.id,
            amount: invoice
                .payable()?
                .least(Money::new(ASKED_MAX, invoice.currency()))?,
        };
        match back {
            RUNNING => plan(stage, visitor, share, (day, 3, 20), key).await?,
            WAITING => plan(stage, visitor, share, (day, 6, 30), key).await?,
            BROKEN => pledge(stage, visitor, share, day.plus_days(3), key).await?,
            _ => {
                let answers = Answers {
                    received: Some(true),
                    recorded: Some(true),
                    conform: Some(true),
                    pays_on: Some(invoice.due_on),
                };
                confirm::tell(&stage.app, visitor, invoice.id, answers, key).await?;
            }
        }
        return Ok(());
    }
    Ok(())
}

/// Asks for equal instalments, so many days apart.
async fn plan(
    stage: &Stage,
    visitor: Visitor,
    share: Share,
    (day, count, apart): (Day, usize, i64),
    key: String,
) -> anyhow::Result<()> {
    let amounts = equal(share.amount, count)?;
    let parts = amounts.into_iter().zip(1_i64..).map(|(amount, n)| Part {
        due_on: day.plus_days(apart * n),
        amount,
    });
    let request = Request {
        shares: vec![share],
        parts: parts.collect(),
        mandate: None,
        reason: "Un gros client nous paie avec retard.".into(),
        terms: "Démonstration".into(),
        key,
    };
    ask(&stage.app, visitor, request).await?;
    Ok(())
}

/// One of the two suppliers charges for lateness, so that both ways can be seen.
pub(super) async fn charge_for_lateness(stage: &Stage, supplier: SupplierId) -> anyhow::Result<()> {
    let terms = Terms {
        interest: true,
        indemnity: true,
        contract: None,
        country: country("FR"),
        added: Added::default(),
    };
    Ok(late::set_terms(&stage.app, supplier, terms).await?)
}
