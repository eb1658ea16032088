//! Pauses, exclusions, insolvency and the profile of an account: what a person says about whether
//! and how it is written to. Each takes the guard, so that what is on its way is looked at again.

use domain::insolvency::Insolvency;
use domain::party::Supplier;
use domain::pause::{NOTE_MAX, Pause, PauseKind, PauseReason, may_last};
use domain::scenario::Profile;
use domain::{Day, DebtorId, InvoiceId, PauseId, SupplierId};

use super::call_off;
use super::dry_run::{self, Trial};
use super::error::FlowError;
use super::guard::{Actor, Deed, enter, note, note_of, replan};
use crate::app::App;
use crate::store::{self, Conn};

/// What a person asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The account; none for the whole supplier.
    pub debtor: Option<DebtorId>,
    /// The invoice, when it is of one alone.
    pub invoice: Option<InvoiceId>,
    /// What it is.
    pub kind: PauseKind,
    /// Why.
    pub reason: PauseReason,
    /// In words.
    pub note: String,
    /// Its last day.
    pub until: Day,
}

/// Pauses or excludes; one that was made under this id is a [`StoreError::Conflict`].
///
/// [`StoreError::Conflict`]: crate::store::StoreError::Conflict
pub async fn begin(
    app: &App,
    supplier: SupplierId,
    (id, asked): (PauseId, Asked),
    actor: Actor,
) -> Result<(), FlowError> {
    let unsaid = asked.reason == PauseReason::Other && asked.note.is_empty();
    if unsaid || asked.note.chars().count() > NOTE_MAX {
        return Err(FlowError::WordsMissing);
    }
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = match asked.debtor {
                Some(debtor) => enter(conn, supplier, debtor)?,
                None => store::supplier::find(conn, supplier)?,
            };
            let today = owner.zone.day(now);
            if !may_last(asked.kind, today, asked.until) {
                return Err(FlowError::Unusable(format!(
                    "a pause ends between today and {} days from now",
                    asked.kind.days_max()
                )));
            }
            if let (Some(debtor), Some(invoice)) = (asked.debtor, asked.invoice) {
                store::invoice::find(conn, supplier, debtor, invoice)?;
            }
            let pause = Pause {
                id,
                debtor: asked.debtor,
                invoice: asked.invoice,
                kind: asked.kind,
                reason: asked.reason,
                note: asked.note.clone(),
                until: asked.until,
                made_at: now,
                by: actor.words().to_owned(),
                ended_at: None,
            };
            store::pause::insert(conn, supplier, &pause)?;
            let detail = format!("{} until {}", pause.reason, pause.until);
            let action = ("pause.begun", pause.id.to_string(), detail);
            told(conn, (supplier, asked.debtor), (now, &actor), action)?;
            if let Some(debtor) = asked.debtor {
                replan(conn, &owner, debtor, now)?;
            }
            Ok(())
        })
        .await
}

/// Ends one before its day; told twice, nothing happens. What waited is caught up: where that is
/// much, `said` is the number of messages that a person has confirmed.
pub async fn end(
    app: &App,
    owner: &Supplier,
    (id, said): (PauseId, Option<usize>),
    actor: Actor,
) -> Result<(), FlowError> {
    let (supplier, now) = (owner.id, app.now());
    let read = move |conn: &mut Conn| store::pause::find(conn, supplier, id);
    let found = app.store.read(supplier, read).await?;
    if found.debtor.is_none() && found.holds(owner.zone.day(now)) {
        dry_run::confirmed(app, owner, Trial::Resumed(id), said).await?;
    }
    app.store
        .write(supplier, move |conn| {
            let pause = store::pause::find(conn, supplier, id)?;
            if let Some(debtor) = pause.debtor {
                let owner = enter(conn, supplier, debtor)?;
                replan(conn, &owner, debtor, now)?;
            }
            if store::pause::find(conn, supplier, id)?.ended_at.is_some() {
                return Ok(());
            }
            store::pause::end(conn, supplier, id, now)?;
            let action = ("pause.ended", id.to_string(), String::new());
            told(conn, (supplier, pause.debtor), (now, &actor), action)
        })
        .await
}

/// Notes that proceedings were opened against a debtor, or that this was wrong.
pub async fn set_insolvency(
    app: &App,
    (supplier, debtor): (SupplierId, DebtorId),
    new: Option<Insolvency>,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = enter(conn, supplier, debtor)?;
            let today = owner.zone.day(now);
            let late = |day: Option<Day>| day.is_some_and(|day| day > today);
            let judged = new.map(|one| one.judged_on);
            if late(judged) || late(new.and_then(|one| one.published_on)) {
                return Err(FlowError::Unusable("a judgment is of the past".to_owned()));
            }
            let said = (now, actor.words());
            store::pause::set_insolvency(conn, (supplier, debtor), new.as_ref(), said)?;
            call_off::barred(conn, &owner, debtor, now)?;
            replan(conn, &owner, debtor, now)?;
            let detail = new.map_or_else(String::new, |one| {
                format!("{} of {}", one.kind, one.judged_on)
            });
            let action = ("insolvency.noted", debtor.to_string(), detail);
            told(conn, (supplier, Some(debtor)), (now, &actor), action)
        })
        .await
}

/// Says what kind of customer a debtor is.
pub async fn set_profile(
    app: &App,
    (supplier, debtor): (SupplierId, DebtorId),
    to: Profile,
    actor: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let owner = enter(conn, supplier, debtor)?;
            store::planning::set_profile(conn, supplier, debtor, to)?;
            replan(conn, &owner, debtor, now)?;
            let action = ("debtor.profile", debtor.to_string(), to.to_string());
            told(conn, (supplier, Some(debtor)), (now, &actor), action)
        })
        .await
}

fn told(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, Option<DebtorId>),
    (now, actor): (domain::Moment, &Actor),
    (action, subject, detail): (&str, String, String),
) -> Result<(), FlowError> {
    let Some(debtor) = debtor else {
        return note_of(conn, supplier, (now, actor), (action, subject, detail));
    };
    let deed = Deed {
        actor,
        action,
        debtor,
        subject,
        detail,
    };
    note(conn, supplier, now, deed)
}
