//! What a planning of a day would do, without doing it: who gets what, who does not, and why.

use std::collections::BTreeMap;

use domain::message::MessageKind;
use domain::party::Supplier;
use domain::remind::{self, Decision};
use domain::scenario::{Channel, Profile, Scenario};
use domain::unsent::Unsent;
use domain::{Day, DebtorId, Moment, PauseId};

use super::error::FlowError;
use super::plan_reminders::{Account, House, fresh, read};
use crate::app::App;
use crate::store::{self, Conn, StoreError};

/// Accounts looked at in one go.
const PAGE: i64 = 500;

/// Lines shown of each list; all are counted.
pub const SHOWN_MAX: usize = 100;

/// What would be done.
#[derive(Clone, Debug)]
pub struct DryRun {
    /// Accounts with something open.
    pub accounts: usize,
    /// Messages that would leave, by kind.
    pub messages: BTreeMap<MessageKind, usize>,
    /// Messages that a person would be asked about.
    pub asked: usize,
    /// Invoices of which nothing would be written, by reason.
    pub waits: BTreeMap<Unsent, usize>,
    /// Steps that would be passed over, by reason.
    pub passed: BTreeMap<Unsent, usize>,
    /// The first of those who get something.
    pub gets: Vec<Gets>,
    /// The first of those who do not, though they are not simply left alone.
    pub held: Vec<Held>,
    /// When what is sent on this day leaves.
    pub leaves_at: Moment,
}

/// Somebody who gets a message.
#[derive(Clone, Debug)]
pub struct Gets {
    /// Who.
    pub debtor: DebtorId,
    /// The name.
    pub name: String,
    /// What.
    pub kind: MessageKind,
    /// How.
    pub channel: Channel,
    /// About how many invoices.
    pub invoices: usize,
    /// Whether a person is asked first.
    pub asked: bool,
}

/// Somebody who does not.
#[derive(Clone, Debug)]
pub struct Held {
    /// Who.
    pub debtor: DebtorId,
    /// The name.
    pub name: String,
    /// Why.
    pub why: Unsent,
}

impl DryRun {
    /// How many messages would leave without anybody being asked.
    #[must_use]
    pub fn count(&self) -> usize {
        self.messages.values().sum()
    }

    fn leaving(leaves_at: Moment) -> Self {
        Self {
            accounts: 0,
            messages: BTreeMap::new(),
            asked: 0,
            waits: BTreeMap::new(),
            passed: BTreeMap::new(),
            gets: Vec::new(),
            held: Vec::new(),
            leaves_at,
        }
    }

    fn add(&mut self, account: &Account, decision: &Decision) {
        if account.candidates.is_empty() {
            return;
        }
        self.accounts += 1;
        for one in &decision.passed {
            *self.passed.entry(one.why).or_default() += 1;
        }
        for (_, why) in &decision.waits {
            *self.waits.entry(*why).or_default() += 1;
        }
        if let Some(plan) = &decision.message {
            *self.messages.entry(plan.kind).or_default() += 1;
        }
        self.asked += usize::from(decision.ask.is_some());
        let plans = [(&decision.message, false), (&decision.ask, true)];
        let mut silent = true;
        for (plan, asked) in plans {
            let Some(plan) = plan else { continue };
            silent = false;
            if self.gets.len() < SHOWN_MAX {
                self.gets.push(Gets {
                    debtor: account.id,
                    name: String::new(),
                    kind: plan.kind,
                    channel: plan.channel,
                    invoices: plan.items.len(),
                    asked,
                });
            }
        }
        let reasons = decision.waits.iter().map(|(_, why)| *why);
        let all = reasons.chain(decision.passed.iter().map(|one| one.why));
        let mut told = all.filter(|why| !why.is_quiet());
        if silent
            && self.held.len() < SHOWN_MAX
            && let Some(why) = told.next()
        {
            self.held.push(Held {
                debtor: account.id,
                name: String::new(),
                why,
            });
        }
    }

    fn name(&mut self, conn: &mut Conn, supplier: &Supplier) -> Result<(), StoreError> {
        let gets = self.gets.iter().map(|one| one.debtor);
        let held = self.held.iter().map(|one| one.debtor);
        let ids: Vec<DebtorId> = gets.chain(held).collect();
        let found = store::debtor::find_many(conn, supplier.id, &ids)?;
        let name = |id: DebtorId| found.get(&id).map(|one| one.name.clone());
        for one in &mut self.gets {
            one.name = name(one.debtor).unwrap_or_default();
        }
        for one in &mut self.held {
            one.name = name(one.debtor).unwrap_or_default();
        }
        Ok(())
    }
}

/// A scenario that is tried out: for these profiles, in the place of what they have.
#[derive(Clone, Debug, Default)]
pub struct Instead {
    /// Whose.
    pub profiles: Vec<Profile>,
    /// Its steps; none is the one that is built in.
    pub scenario: Option<Scenario>,
}

/// What is tried out.
#[derive(Clone, Debug)]
pub enum Trial {
    /// A scenario.
    Scenario(Instead),
    /// That this pause of the whole supplier is over.
    Resumed(PauseId),
}

/// From this many messages of one day on, a person says the number first.
pub const MANY: usize = 50;

/// Refuses what would have many messages leave today, until a person has said how many.
pub(super) async fn confirmed(
    app: &App,
    supplier: &Supplier,
    trial: Trial,
    said: Option<usize>,
) -> Result<(), FlowError> {
    let today = supplier.zone.day(app.now());
    let count = run(app, supplier, today, Some(trial)).await?.count();
    match count >= MANY && said != Some(count) {
        true => Err(FlowError::Many(count)),
        false => Ok(()),
    }
}

/// What the planning of a day would do with the accounts as they are now.
pub async fn run(
    app: &App,
    supplier: &Supplier,
    on: Day,
    trial: Option<Trial>,
) -> Result<DryRun, FlowError> {
    let (id, zone) = (supplier.id, supplier.zone);
    let now = app.now();
    // Another day than today is tried at its beginning, as the first tick of it would.
    let at = match zone.day(now) == on {
        true => now,
        false => zone.at_hour(on, 0),
    };
    let owner = supplier.clone();
    let read_house = move |conn: &mut Conn| House::read(conn, owner, at);
    let mut house = app.store.report(id, read_house).await?;
    let mut only = None;
    match trial {
        Some(Trial::Scenario(instead)) => {
            house = house.with(&instead.profiles, instead.scenario);
            only = Some(instead.profiles);
        }
        Some(Trial::Resumed(pause)) => house = house.without(pause),
        None => {}
    }
    if house.held.is_none() && !fresh(supplier, on) {
        house.held = Some((Unsent::StaleData, None));
    }
    let mut found = DryRun::leaving(house.rhythm.next_opening(zone, at));
    let mut after = None;
    loop {
        let (house, only) = (house.clone(), only.clone());
        let look = move |conn: &mut Conn| page(conn, &house, only.as_deref(), after);
        let (last, decided) = app.store.report(id, look).await?;
        for (account, decision) in &decided {
            found.add(account, decision);
        }
        if last.is_none() {
            break;
        }
        after = last;
    }
    let owner = supplier.clone();
    let named = app.store.report(id, move |conn| {
        let mut named = found.clone();
        named.name(conn, &owner)?;
        Ok(named)
    });
    Ok(named.await?)
}

type Page = (Option<DebtorId>, Vec<(Account, Decision)>);

fn page(
    conn: &mut Conn,
    house: &House,
    only: Option<&[Profile]>,
    after: Option<DebtorId>,
) -> Result<Page, StoreError> {
    let ids = store::planning::page(conn, house.supplier.id, after, PAGE)?;
    let mut all = store::planning::still_due(conn, house.supplier.id, &ids, None)?;
    all.retain(|(_, profile)| only.is_none_or(|only| only.contains(profile)));
    let decide = |account: Account| {
        let decision = remind::decide(&account.basis(house), &account.candidates, house.today);
        (account, decision)
    };
    let decided = read(conn, house, &all)?.into_iter().map(decide);
    Ok((ids.last().copied(), decided.collect()))
}
