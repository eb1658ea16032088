//! Scenarios of a supplier: written, brought into use, given to profiles. Whatever would have many
//! accounts written to today is counted first and done only once a person has said that number.

use domain::party::Supplier;
use domain::scenario::{self, Fault, Profile, Recipe, Scenario, Step};
use domain::{ScenarioId, SupplierId};

use super::dry_run::{self, Instead, Trial};
use super::error::FlowError;
use super::guard::{Actor, note_of};
use crate::app::App;
use crate::store::scenario::Written;
use crate::store::{self, Conn, StoreError};

/// Characters of a name.
pub const NAME_MAX: usize = 60;

/// Why a scenario was not saved or used.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The storage, or another rule.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// It makes no sense: which step, and why.
    #[error("the scenario has faults")]
    Faults(Vec<(usize, Fault)>),
    /// Another has its name, or it has none.
    #[error("the name is missing, too long or taken")]
    Name,
    /// Somebody has saved it meanwhile.
    #[error("somebody has saved this scenario meanwhile")]
    Changed,
}

impl From<StoreError> for ScenarioError {
    fn from(why: StoreError) -> Self {
        Self::Flow(why.into())
    }
}

/// Adds a scenario after a recipe; nothing is planned by it yet. Told twice, it is made once.
pub async fn create(
    app: &App,
    supplier: SupplierId,
    (id, name, recipe): (ScenarioId, String, Recipe),
    actor: Actor,
) -> Result<(), ScenarioError> {
    if name.is_empty() || name.chars().count() > NAME_MAX {
        return Err(ScenarioError::Name);
    }
    let now = app.now();
    let first = Scenario {
        id: Some(id),
        version: 1,
        steps: recipe.steps(),
        thanks: true,
    };
    app.store
        .write(supplier, move |conn| {
            let all = store::scenario::list_all(conn, supplier)?;
            if all.iter().any(|one| one.id == id) {
                return Ok(());
            }
            if all.iter().any(|one| one.name == name) {
                return Err(ScenarioError::Name);
            }
            let written = Written {
                scenario: &first,
                at: now,
                by: actor.words(),
            };
            store::scenario::insert(conn, supplier, (id, &name), written)?;
            let what = ("scenario.created", id.to_string(), name.clone());
            note_of(conn, supplier, (now, &actor), what)?;
            Ok(())
        })
        .await
}

/// Writes the next version of a scenario; it is used only once somebody brings it into use.
pub async fn save(
    app: &App,
    supplier: SupplierId,
    (id, from): (ScenarioId, u32),
    (mut steps, thanks): (Vec<Step>, bool),
    actor: Actor,
) -> Result<u32, ScenarioError> {
    steps.sort_by_key(|step| step.offset_days);
    let faults = scenario::check(&steps);
    if !faults.is_empty() {
        return Err(ScenarioError::Faults(faults));
    }
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            let found = store::scenario::find(conn, supplier, id)?;
            if found.latest != from {
                return Err(ScenarioError::Changed);
            }
            let before = store::scenario::version(conn, supplier, id, from)?;
            if before.steps == steps && before.thanks == thanks {
                return Ok(from);
            }
            let next = Scenario {
                id: Some(id),
                version: from + 1,
                steps: steps.clone(),
                thanks,
            };
            let written = Written {
                scenario: &next,
                at: now,
                by: actor.words(),
            };
            store::scenario::add_version(conn, supplier, id, written)?;
            let what = ("scenario.saved", id.to_string(), next.version.to_string());
            note_of(conn, supplier, (now, &actor), what)?;
            Ok(next.version)
        })
        .await
}

/// Brings a version into use. `said` is the number of messages that a person has confirmed.
pub async fn activate(
    app: &App,
    supplier: &Supplier,
    (id, version): (ScenarioId, u32),
    said: Option<usize>,
    actor: Actor,
) -> Result<(), ScenarioError> {
    let owner = supplier.id;
    let read = move |conn: &mut Conn| {
        let profiles = profiles_of(conn, owner, id)?;
        Ok((
            profiles,
            store::scenario::version(conn, owner, id, version)?,
        ))
    };
    let (profiles, steps) = app.store.read(owner, read).await?;
    let instead = Instead {
        profiles,
        scenario: Some(steps),
    };
    confirmed(app, supplier, instead, said).await?;
    let now = app.now();
    let today = supplier.zone.day(now);
    app.store
        .write(owner, move |conn| {
            store::scenario::set_active(conn, owner, id, version)?;
            let profiles = profiles_of(conn, owner, id)?;
            store::scenario::replan(conn, owner, &profiles, today)?;
            let what = ("scenario.activated", id.to_string(), version.to_string());
            note_of(conn, owner, (now, &actor), what)?;
            Ok(())
        })
        .await
}

/// Gives a profile a scenario that is in use, or the one that is built in.
pub async fn assign(
    app: &App,
    supplier: &Supplier,
    (profile, to): (Profile, Option<ScenarioId>),
    said: Option<usize>,
    actor: Actor,
) -> Result<(), ScenarioError> {
    let owner = supplier.id;
    let read = move |conn: &mut Conn| {
        let Some(id) = to else { return Ok(None) };
        match store::scenario::find(conn, owner, id)?.active {
            Some(active) => Ok(Some(store::scenario::version(conn, owner, id, active)?)),
            None => Err(StoreError::NotFound),
        }
    };
    let instead = Instead {
        profiles: vec![profile],
        scenario: app.store.read(owner, read).await?,
    };
    confirmed(app, supplier, instead, said).await?;
    let now = app.now();
    let today = supplier.zone.day(now);
    app.store
        .write(owner, move |conn| {
            store::scenario::assign(conn, owner, profile, to)?;
            store::scenario::replan(conn, owner, &[profile], today)?;
            let to = to.map_or_else(String::new, |id| id.to_string());
            let what = ("scenario.assigned", to, profile.to_string());
            note_of(conn, owner, (now, &actor), what)?;
            Ok(())
        })
        .await
}

fn profiles_of(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ScenarioId,
) -> Result<Vec<Profile>, StoreError> {
    let all = store::scenario::assigned(conn, supplier)?.into_iter();
    Ok(all
        .filter(|(_, own)| *own == id)
        .map(|(who, _)| who)
        .collect())
}

/// Refuses what would send many messages today, until a person has said how many.
async fn confirmed(
    app: &App,
    supplier: &Supplier,
    instead: Instead,
    said: Option<usize>,
) -> Result<(), ScenarioError> {
    if instead.profiles.is_empty() {
        return Ok(());
    }
    Ok(dry_run::confirmed(app, supplier, Trial::Scenario(instead), said).await?)
}

/// A scenario with the version that is shown: its newest.
pub fn newest(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ScenarioId,
) -> Result<(store::scenario::Named, Scenario), StoreError> {
    let named = store::scenario::find(conn, supplier, id)?;
    let steps = store::scenario::version(conn, supplier, id, named.latest)?;
    Ok((named, steps))
}
