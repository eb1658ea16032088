//! Scenarios, their versions, and which profile of debtors has which.

use diesel::prelude::*;
use domain::message::MessageKind;
use domain::scenario::{Behaviour, Conditions, Profile, Scenario, Step};
use domain::{DebtorId, Moment, ScenarioId, SupplierId};

use super::columns::{list, small, text, words};
use super::conn::{Conn, each, insert_few};
use super::error::{StoreError, changed_one};
use super::schema::{debtor, scenario, scenario_profile, scenario_step, scenario_version};

/// A scenario, without its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Id.
    pub id: ScenarioId,
    /// What staff calls it.
    pub name: String,
    /// Its newest version.
    pub latest: u32,
    /// The version that is planned by, if any.
    pub active: Option<u32>,
}

type NamedColumns = (String, String, i32, Option<i32>);

macro_rules! named_columns {
    () => {
        (
            scenario::id,
            scenario::name,
            scenario::latest,
            scenario::active,
        )
    };
}

fn named((id, name, latest, active): NamedColumns) -> Result<Named, StoreError> {
    let active = active.map(|version| small("scenario.active", version));
    Ok(Named {
        id: text("scenario.id", &id)?,
        name,
        latest: small("scenario.latest", latest)?,
        active: active.transpose()?,
    })
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = scenario_step, treat_none_as_default_value = false)]
struct StepRow {
    supplier_id: String,
    scenario_id: String,
    version: i32,
    n: i32,
    code: String,
    offset_days: i32,
    kind: String,
    channels: String,
    least_amount: i64,
    least_balance: i64,
    profiles: String,
    behaviour: String,
    unless: String,
    rest_days: i32,
    approval: bool,
}

impl TryFrom<StepRow> for Step {
    type Error = StoreError;

    fn try_from(row: StepRow) -> Result<Self, StoreError> {
        let least = |what, units: i64| {
            u32::try_from(units).map_err(|why| StoreError::Corrupt {
                what,
                why: why.to_string(),
            })
        };
        Ok(Self {
            code: row.code,
            offset_days: row.offset_days.into(),
            kind: text::<MessageKind>("scenario_step.kind", &row.kind)?,
            channels: list("scenario_step.channels", &row.channels)?,
            when: Conditions {
                least_amount: least("scenario_step.least_amount", row.least_amount)?,
                least_balance: least("scenario_step.least_balance", row.least_balance)?,
                profiles: list("scenario_step.profiles", &row.profiles)?,
                behaviour: text::<Behaviour>("scenario_step.behaviour", &row.behaviour)?,
                unless: list("scenario_step.unless", &row.unless)?,
                rest_days: small("scenario_step.rest_days", row.rest_days)?,
            },
            approval: row.approval,
        })
    }
}

/// A version in the database's numbers.
fn number(version: u32) -> i32 {
    i32::try_from(version).unwrap_or(i32::MAX)
}

/// A version that somebody wrote.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// Its steps; the id says of which scenario.
    pub scenario: &'a Scenario,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: &'a str,
}

/// Adds a scenario with its first version; its name must be new.
pub fn insert(
    conn: &mut Conn,
    supplier: SupplierId,
    (id, name): (ScenarioId, &str),
    first: Written<'_>,
) -> Result<(), StoreError> {
    diesel::insert_into(scenario::table)
        .values((
            scenario::supplier_id.eq(supplier.to_string()),
            scenario::id.eq(id.to_string()),
            scenario::name.eq(name),
            scenario::latest.eq(number(first.scenario.version)),
        ))
        .execute(&mut conn.db)?;
    write(conn, supplier, id, first)
}

/// Adds the version after the newest; a [`StoreError::Conflict`] when it is not the next.
pub fn add_version(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ScenarioId,
    next: Written<'_>,
) -> Result<(), StoreError> {
    let version = number(next.scenario.version);
    let row = scenario::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row.filter(scenario::latest.eq(version - 1)))
        .set(scenario::latest.eq(version))
        .execute(&mut conn.db)?;
    changed_one(rows)?;
    write(conn, supplier, id, next)
}

fn write(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ScenarioId,
    new: Written<'_>,
) -> Result<(), StoreError> {
    let version = number(new.scenario.version);
    diesel::insert_into(scenario_version::table)
        .values((
            scenario_version::supplier_id.eq(supplier.to_string()),
            scenario_version::scenario_id.eq(id.to_string()),
            scenario_version::version.eq(version),
            scenario_version::thanks.eq(new.scenario.thanks),
            scenario_version::made_at.eq(new.at.micros()),
            scenario_version::made_by.eq(new.by),
        ))
        .execute(&mut conn.db)?;
    let row = |(n, step): (i32, &Step)| StepRow {
        supplier_id: supplier.to_string(),
        scenario_id: id.to_string(),
        version,
        n,
        code: step.code.clone(),
        offset_days: i32::try_from(step.offset_days).unwrap_or_default(),
        kind: step.kind.to_string(),
        channels: words(&step.channels),
        least_amount: step.when.least_amount.into(),
        least_balance: step.when.least_balance.into(),
        profiles: words(&step.when.profiles),
        behaviour: step.when.behaviour.to_string(),
        unless: words(&step.when.unless),
        rest_days: step.when.rest_days.into(),
        approval: step.approval,
    };
    let rows: Vec<StepRow> = (1..).zip(&new.scenario.steps).map(row).collect();
    insert_few!(conn, scenario_step::table, &rows);
    Ok(())
}

/// A supplier's scenarios by name.
pub fn list_all(conn: &mut Conn, supplier: SupplierId) -> Result<Vec<Named>, StoreError> {
    scenario::table
        .filter(scenario::supplier_id.eq(supplier.to_string()))
        .order((scenario::name, scenario::id))
        .select(named_columns!())
        .load::<NamedColumns>(&mut conn.db)?
        .into_iter()
        .map(named)
        .collect()
}

/// One of them.
pub fn find(conn: &mut Conn, supplier: SupplierId, id: ScenarioId) -> Result<Named, StoreError> {
    let row = scenario::table
        .find((supplier.to_string(), id.to_string()))
        .select(named_columns!())
        .get_result(&mut conn.db)?;
    named(row)
}

/// A version's steps.
pub fn version(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ScenarioId,
    version: u32,
) -> Result<Scenario, StoreError> {
    let key = (supplier.to_string(), id.to_string(), number(version));
    let thanks: bool = scenario_version::table
        .find(key)
        .select(scenario_version::thanks)
        .get_result(&mut conn.db)?;
    let rows: Vec<StepRow> = scenario_step::table
        .filter(scenario_step::supplier_id.eq(supplier.to_string()))
        .filter(scenario_step::scenario_id.eq(id.to_string()))
        .filter(scenario_step::version.eq(number(version)))
        .order(scenario_step::n)
        .select(StepRow::as_select())
        .load(&mut conn.db)?;
    let steps = rows.into_iter().map(Step::try_from);
    Ok(Scenario {
        id: Some(id),
        version,
        steps: steps.collect::<Result<_, _>>()?,
        thanks,
    })
}

/// Which profile has which scenario; those that are not named have the one that is built in.
pub fn assigned(
    conn: &mut Conn,
    supplier: SupplierId,
) -> Result<Vec<(Profile, ScenarioId)>, StoreError> {
    let rows: Vec<(String, String)> = scenario_profile::table
        .filter(scenario_profile::supplier_id.eq(supplier.to_string()))
        .order(scenario_profile::profile)
        .select((scenario_profile::profile, scenario_profile::scenario_id))
        .load(&mut conn.db)?;
    rows.iter()
        .map(|(profile, id)| {
            let id = text("scenario_profile.scenario_id", id)?;
            Ok((text("scenario_profile.profile", profile)?, id))
        })
        .collect()
}

/// The scenarios that are planned by, each with the profiles that have it.
pub fn in_use(
    conn: &mut Conn,
    supplier: SupplierId,
) -> Result<Vec<(Profile, Scenario)>, StoreError> {
    let mut found = Vec::new();
    for (profile, id) in assigned(conn, supplier)? {
        if let Some(active) = find(conn, supplier, id)?.active {
            found.push((profile, version(conn, supplier, id, active)?));
        }
    }
    Ok(found)
}

/// Whether the scenario of a debtor thanks for a payment; the one that is built in does. Every
/// payment asks, so the query is one that stays prepared.
pub fn thanks(conn: &mut Conn, supplier: SupplierId, id: DebtorId) -> Result<bool, StoreError> {
    let given = scenario_profile::supplier_id
        .eq(debtor::supplier_id)
        .and(scenario_profile::profile.eq(debtor::profile));
    let named = scenario::supplier_id
        .eq(scenario_profile::supplier_id)
        .and(scenario::id.eq(scenario_profile::scenario_id));
    let used = scenario_version::supplier_id
        .eq(scenario::supplier_id)
        .and(scenario_version::scenario_id.eq(scenario::id))
        .and(scenario_version::version.nullable().eq(scenario::active));
    let found: Option<bool> = each!(conn, db => {
        debtor::table
            .inner_join(scenario_profile::table.on(given))
            .inner_join(scenario::table.on(named))
            .inner_join(scenario_version::table.on(used))
            .filter(debtor::supplier_id.eq(supplier.to_string()))
            .filter(debtor::id.eq(id.to_string()))
            .select(scenario_version::thanks)
            .get_result(db)
            .optional()?
    });
    Ok(found.unwrap_or(true))
}

/// Has a scenario planned by this version.
pub fn set_active(
    conn: &mut Conn,
    supplier: SupplierId,
    id: ScenarioId,
    version: u32,
) -> Result<(), StoreError> {
    let row = scenario::table.find((supplier.to_string(), id.to_string()));
    let rows = diesel::update(row)
        .set(scenario::active.eq(Some(number(version))))
        .execute(&mut conn.db)?;
    changed_one(rows)
}

/// Gives a profile a scenario, or the one that is built in.
pub fn assign(
    conn: &mut Conn,
    supplier: SupplierId,
    profile: Profile,
    to: Option<ScenarioId>,
) -> Result<(), StoreError> {
    let row = scenario_profile::table.find((supplier.to_string(), profile.as_str()));
    diesel::delete(row).execute(&mut conn.db)?;
    if let Some(id) = to {
        let values = (
            scenario_profile::supplier_id.eq(supplier.to_string()),
            scenario_profile::profile.eq(profile.as_str()),
            scenario_profile::scenario_id.eq(id.to_string()),
        );
        each!(conn, db => {
            diesel::insert_into(scenario_profile::table).values(values).execute(db)?;
        });
    }
    Ok(())
}

/// Has the debtors of these profiles looked at by the planning of `day`; gives how many.
pub fn replan(
    conn: &mut Conn,
    supplier: SupplierId,
    profiles: &[Profile],
    day: domain::Day,
) -> Result<usize, StoreError> {
    let of: Vec<&str> = profiles.iter().map(|one| one.as_str()).collect();
    let theirs = debtor::table
        .filter(debtor::supplier_id.eq(supplier.to_string()))
        .filter(debtor::profile.eq_any(of));
    Ok(diesel::update(theirs)
        .set(debtor::plan_on.eq(Some(day.date())))
        .execute(&mut conn.db)?)
}
