//! What the demonstration's staff does by hand: scenarios beside the one that is built in, calls,
//! letters that are posted, messages that are approved. What comes in the last days waits.

use domain::approval::ApprovalEvent;
use domain::call::Outcome;
use domain::invoice::{Invoice, ItemKind};
use domain::party::Supplier;
use domain::scenario::{Profile, Recipe};
use domain::{Day, DebtorId, SupplierId};

use super::demo_story::{Stage, untouched};
use super::demo_world::Dice;
use crate::clock::new_id;
use crate::flows::call::{self, Noted};
use crate::flows::{Actor, approve, call_list, letters, pause, scenario};
use crate::store::{self, Conn, StoreError};

/// Customers that are reminded firmly, and those that are called.
const FIRM: usize = 8;
const CALLED: usize = 6;

/// Calls that are left for whoever tries the demonstration.
const CALLS_LEFT: usize = 3;

/// Questions that are left, too.
const QUESTIONS_LEFT: usize = 1;

/// Days between two visits to the post. In those before today messages are approved, so that their
/// letters wait.
const POSTED_DAYS: i64 = 7;

fn staff() -> Actor {
    Actor::staff("demo@acquit.example")
}

/// Two scenarios of the supplier's own, given to two kinds of customers.
pub(super) async fn scenarios(stage: &Stage, supplier: &Supplier) -> anyhow::Result<()> {
    let app = &stage.app;
    for (name, recipe, profile) in [
        ("Ferme", Recipe::Firm, Profile::Late),
        ("Renvoi puis appel", Recipe::Resend, Profile::Key),
    ] {
        let id = new_id();
        let new = (id, name.to_owned(), recipe);
        scenario::create(app, supplier.id, new, staff()).await?;
        scenario::activate(app, supplier, (id, 1), None, staff()).await?;
        let wish = (profile, Some(id));
        scenario::assign(app, supplier, wish, None, staff()).await?;
    }
    Ok(())
}

/// Says what kind of customers some are: those that are late for longest, and of the others those
/// that owe most of what is late.
pub(super) async fn profiles(stage: &Stage, supplier: SupplierId, day: Day) -> anyhow::Result<()> {
    let read = move |conn: &mut Conn| {
        let mut late: Vec<(DebtorId, Day, i128)> = Vec::new();
        for debtor in store::debtor::page(conn, supplier, "", None, 60)? {
            let mut open = store::invoice::open_of_debtor(conn, supplier, debtor.id)?;
            open.retain(|item| item.is_late(day));
            let owed = open.iter().map(|item| i128::from(item.open.minor())).sum();
            if let Some(oldest) = open.iter().map(|item| item.due_on).min() {
                late.push((debtor.id, oldest, owed));
            }
        }
        Ok::<_, StoreError>(late)
    };
    let mut late = stage.app.store.read(supplier, read).await?;
    late.sort_by_key(|(id, oldest, _)| (*oldest, *id));
    let mut others = late.split_off(FIRM.min(late.len()));
    others.sort_by_key(|(id, _, owed)| (std::cmp::Reverse(*owed), *id));
    let firm = late.iter().map(|one| (one.0, Profile::Late));
    let called = others.iter().take(CALLED).map(|one| (one.0, Profile::Key));
    for (debtor, profile) in firm.chain(called) {
        pause::set_profile(&stage.app, (supplier, debtor), profile, staff()).await?;
    }
    Ok(())
}

/// What is done at a supplier on this day.
pub(super) async fn work(
    stage: &Stage,
    supplier: &Supplier,
    dice: &mut Dice,
    (day, back): (Day, i64),
) -> anyhow::Result<()> {
    if back > 0 && back % POSTED_DAYS == 0 {
        post(stage, supplier.id, day).await?;
    }
    if day.is_weekend() {
        return Ok(());
    }
    if back < POSTED_DAYS {
        approve_one(stage, supplier.id).await?;
    }
    make_a_call(stage, supplier, dice, day).await
}

/// Calls whoever waits longest, and notes what is said.
async fn make_a_call(
    stage: &Stage,
    supplier: &Supplier,
    dice: &mut Dice,
    day: Day,
) -> anyhow::Result<()> {
    let (owner, now) = (supplier.clone(), stage.now());
    let read = move |conn: &mut Conn| {
        let list = call_list::read(conn, &owner, now)?;
        let is_long = list.len() > CALLS_LEFT;
        let messages = list.into_iter().map(|one| one.message);
        let oldest = messages.min_by_key(|one| (one.due_at, one.id));
        let Some(message) = oldest.filter(|_| is_long) else {
            return Ok(None);
        };
        let mut open = store::invoice::open_of_debtor(conn, owner.id, message.debtor)?;
        open.retain(|item| item.kind == ItemKind::Invoice && item.is_late(day) && untouched(item));
        Ok::<_, StoreError>(Some((message, open)))
    };
    let Some((message, late)) = stage.app.store.read(supplier.id, read).await? else {
        return Ok(());
    };
    let (outcome, note) = said(dice, &late);
    let noted = Noted {
        debtor: message.debtor,
        message: Some(message.id),
        contact: Some(message.contact),
        outcome,
        reason: None,
        note: note.to_owned(),
        invoices: late.iter().map(|item| item.id).collect(),
        day: outcome.takes_day().then(|| day.plus_days(5)),
        amount: None,
        next_at: None,
    };
    Ok(call::note_call(&stage.app, supplier.id, (new_id(), noted), staff()).await?)
}

/// What is said in a call, and what is noted of it.
fn said(dice: &mut Dice, late: &[Invoice]) -> (Outcome, &'static str) {
    let choices = [
        (Outcome::NoAnswer, ""),
        (Outcome::Voicemail, "Message laissé au standard."),
        (Outcome::Promise, "Virement annoncé sous cinq jours."),
        (Outcome::CashProblem, "Attend le règlement d’un chantier."),
        (Outcome::ResendInvoice, "N’a pas reçu les factures."),
    ];
    let said = choices.get(dice.roll(choices.len())).copied();
    said.filter(|_| !late.is_empty())
        .unwrap_or((Outcome::NoAnswer, ""))
}

/// Prints the letters that wait and takes them to the post.
async fn post(stage: &Stage, supplier: SupplierId, day: Day) -> anyhow::Result<()> {
    let (app, all) = (&stage.app, Vec::new());
    if let Some(batch) = letters::print(app, supplier, (new_id(), all), staff()).await? {
        let posted = (Vec::new(), day);
        letters::post(app, (supplier, batch), posted, staff()).await?;
    }
    Ok(())
}

/// Says yes to a message that waits for it.
async fn approve_one(stage: &Stage, supplier: SupplierId) -> anyhow::Result<()> {
    let read = move |conn: &mut Conn| store::approval::waiting(conn, supplier, 100);
    let waiting = stage.app.store.read(supplier, read).await?;
    for one in waiting.iter().skip(QUESTIONS_LEFT) {
        let answer = approve::answer(&stage.app, supplier, one.id, (true, staff()));
        if answer.await? == ApprovalEvent::Approve {
            break;
        }
    }
    Ok(())
}
