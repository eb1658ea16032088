//! What a decision about reminders rests on, read for many accounts at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::hours::Rhythm;
use domain::insolvency::Insolvency;
use domain::invoice::{Invoice, ItemKind};
use domain::party::{Contact, LegalMode, Supplier};
use domain::pause::Pause;
use domain::remind::{Basis, Candidate, GAP_DAYS_MAX, Pace, Standing};
use domain::scenario::{self, Block, Channel, Profile, REST_MAX, Scenario};
use domain::unsent::Unsent;
use domain::{Day, DebtorId, InvoiceId, Moment, PauseId, SupplierId};

use crate::flows::reach::{self, Reach};
use crate::store::invoice::ACCOUNT_MAX;
use crate::store::step::Course;
use crate::store::{self, Conn, StoreError};

/// What holds an account or a whole supplier, and the last day of that where it is known.
type Held = Option<(Unsent, Option<Day>)>;

/// What holds for all accounts of a supplier.
#[derive(Clone, Debug)]
pub(in crate::flows) struct House {
    pub(in crate::flows) supplier: Supplier,
    pub(in crate::flows) rhythm: Rhythm,
    pub(in crate::flows) now: Moment,
    pub(in crate::flows) today: Day,
    pub(in crate::flows) held: Held,
    /// What pauses all of it.
    paused: Vec<Pause>,
    ready: Vec<Channel>,
    scenarios: BTreeMap<Profile, Arc<Scenario>>,
    usual: Arc<Scenario>,
}

impl House {
    /// Reads it.
    pub(in crate::flows) fn read(
        conn: &mut Conn,
        supplier: Supplier,
        now: Moment,
    ) -> Result<Self, StoreError> {
        let (id, today) = (supplier.id, supplier.zone.day(now));
        let used = store::scenario::in_use(conn, id)?.into_iter();
        let paused = store::pause::of_supplier(conn, id, today)?;
        Ok(Self {
            rhythm: store::rhythm::find(conn, id)?,
            held: by_law(supplier.legal_mode).or_else(|| longest(&paused)),
            paused,
            ready: reach::ready(conn, id)?,
            scenarios: used.map(|(who, steps)| (who, Arc::new(steps))).collect(),
            usual: Arc::new(Scenario::french_default()),
            supplier,
            now,
            today,
        })
    }

    /// The same with this scenario for these profiles, on this day: to see what it would do.
    pub(in crate::flows) fn with(mut self, profiles: &[Profile], of: Option<Scenario>) -> Self {
        let own = of.map_or_else(|| Arc::clone(&self.usual), Arc::new);
        for profile in profiles {
            self.scenarios.insert(*profile, Arc::clone(&own));
        }
        self
    }

    /// The same once this pause is over.
    pub(in crate::flows) fn without(mut self, pause: PauseId) -> Self {
        self.paused.retain(|one| one.id != pause);
        self.held = by_law(self.supplier.legal_mode).or_else(|| longest(&self.paused));
        self
    }

    pub(in crate::flows) fn scenario(&self, profile: Profile) -> &Scenario {
        self.scenarios.get(&profile).unwrap_or(&self.usual)
    }

    fn any(&self, asks: impl Fn(&Scenario) -> bool) -> bool {
        self.scenarios.values().any(|one| asks(one))
    }
}

/// A mandated collector's steps are not sent at all: the debtor is owed another letter first.
fn by_law(mode: LegalMode) -> Held {
    let kinds = domain::message::MessageKind::ALL.iter();
    let mut steps = kinds.filter(|kind| kind.is_step());
    let none = !steps.any(|kind| scenario::allowed(mode, *kind));
    none.then_some((Unsent::LegalMode, None))
}

/// Why nothing is written while these pauses hold, and until when: the one that lasts longest.
fn longest<'a>(pauses: impl IntoIterator<Item = &'a Pause>) -> Held {
    let last = pauses.into_iter().max_by_key(|one| one.until);
    last.map(|one| (one.why(), Some(one.until)))
}

/// One account, as a decision about it needs it.
#[derive(Clone, Debug)]
pub(in crate::flows) struct Account {
    pub(in crate::flows) id: DebtorId,
    pub(in crate::flows) candidates: Vec<Candidate>,
    pub(in crate::flows) pace: Pace,
    /// Who is written to by each channel, and where.
    pub(in crate::flows) to: Reach,
    standing: Standing,
    held: Held,
}

impl Account {
    pub(in crate::flows) fn scenario<'a>(&self, house: &'a House) -> &'a Scenario {
        house.scenario(self.standing.profile)
    }

    pub(in crate::flows) fn basis<'a>(&'a self, house: &'a House) -> Basis<'a> {
        Basis {
            scenario: self.scenario(house),
            account: &self.standing,
            mode: house.supplier.legal_mode,
            ready: &house.ready,
            pace: self.pace,
            held: house.held.or(self.held),
        }
    }
}

/// One account.
pub(in crate::flows) fn find(
    conn: &mut Conn,
    house: &House,
    debtor: DebtorId,
) -> Result<Account, StoreError> {
    let found = store::planning::still_due(conn, house.supplier.id, &[debtor], None)?;
    let mut read = read(conn, house, &found)?;
    read.pop().ok_or(StoreError::NotFound)
}

/// These accounts, in their order.
pub(in crate::flows) fn read(
    conn: &mut Conn,
    house: &House,
    debtors: &[(DebtorId, Profile)],
) -> Result<Vec<Account>, StoreError> {
    let mut shelf = Shelf::read(conn, house, debtors)?;
    let accounts = debtors
        .iter()
        .map(|(id, profile)| shelf.account(house, *id, *profile));
    accounts.collect()
}

/// What was read of all of them.
struct Shelf {
    open: BTreeMap<DebtorId, Vec<Invoice>>,
    courses: BTreeMap<InvoiceId, Course>,
    asked: BTreeSet<InvoiceId>,
    contacts: BTreeMap<DebtorId, Vec<Contact>>,
    /// Numbers that take no texts.
    deaf: BTreeSet<String>,
    /// Those whose postal address is known.
    posted: BTreeSet<DebtorId>,
    last: BTreeMap<DebtorId, Moment>,
    pauses: Vec<Pause>,
    insolvent: BTreeMap<DebtorId, Insolvency>,
    mandates: BTreeSet<DebtorId>,
    plans: BTreeSet<DebtorId>,
    broke: BTreeSet<DebtorId>,
}

impl Shelf {
    fn read(
        conn: &mut Conn,
        house: &House,
        debtors: &[(DebtorId, Profile)],
    ) -> Result<Self, StoreError> {
        let (id, today) = (house.supplier.id, house.today);
        let keys: Vec<DebtorId> = debtors.iter().map(|(debtor, _)| *debtor).collect();
        let texts: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let mut open: BTreeMap<DebtorId, Vec<Invoice>> = BTreeMap::new();
        for item in store::invoice::open_of_debtors(conn, id, &texts)? {
            if item.kind == ItemKind::Invoice {
                open.entry(item.debtor).or_default().push(item);
            }
        }
        let most = usize::try_from(ACCOUNT_MAX).unwrap_or(usize::MAX);
        open.values_mut().for_each(|items| items.truncate(most));
        let ids: Vec<InvoiceId> = open.values().flatten().map(|item| item.id).collect();
        let mut contacts: BTreeMap<DebtorId, Vec<Contact>> = BTreeMap::new();
        let found = store::contact::of_debtors(conn, id, &keys)?;
        let texted = house.ready.contains(&Channel::Sms);
        let deaf = if texted {
            reach::deaf(conn, id, &found)?
        } else {
            BTreeSet::new()
        };
        for contact in store::bounce::without_dead(conn, id, found)? {
            contacts.entry(contact.debtor).or_default().push(contact);
        }
        let back = i64::from(GAP_DAYS_MAX.max(REST_MAX)) + 1;
        let none = BTreeSet::new;
        let asks = |block| house.any(|one| one.asks(block));
        Ok(Self {
            courses: store::step::courses(conn, id, &ids)?,
            asked: store::approval::asked_of(conn, id, &texts)?
                .into_iter()
                .collect(),
            deaf,
            last: store::planning::last_written(conn, id, &texts, house.now.plus_days(-back))?,
            pauses: store::pause::of_debtors(conn, id, &texts, today)?,
            insolvent: store::pause::insolvencies(conn, id, &texts)?,
            mandates: match asks(Block::Mandate) {
                true => store::planning::with_mandate(conn, id, &texts)?,
                false => none(),
            },
            plans: match asks(Block::Plan) {
                true => store::planning::on_plan(conn, id, &texts)?,
                false => none(),
            },
            broke: match house.any(Scenario::asks_behaviour) {
                true => store::planning::broke_promise(conn, id, &texts, today.plus_days(-365))?,
                false => none(),
            },
            open,
            contacts,
            posted: store::postal::with_address(conn, id, &texts)?,
        })
    }

    fn account(
        &mut self,
        house: &House,
        id: DebtorId,
        profile: Profile,
    ) -> Result<Account, StoreError> {
        let items = self.open.remove(&id).unwrap_or_default();
        let contacts = self.contacts.remove(&id).unwrap_or_default();
        let has_address = self.posted.contains(&id);
        let to = reach::of(&contacts, &self.deaf, has_address);
        let standing = Standing {
            profile,
            broke_promise: self.broke.contains(&id),
            blocks: self.blocks(id, &items),
            reach: to.keys().copied().collect(),
        };
        let own = |one: &&Pause| one.debtor == Some(id) && one.invoice.is_none();
        let last = self.last.get(&id).map(|at| house.supplier.zone.day(*at));
        let candidates = items.iter().map(|item| self.candidate(item));
        let candidates: Result<_, domain::MoneyError> = candidates.collect();
        Ok(Account {
            id,
            candidates: candidates.map_err(|why| StoreError::Failed(why.to_string()))?,
            pace: Pace {
                gap_days: house.rhythm.gap_days,
                last,
            },
            to,
            held: longest(self.pauses.iter().filter(own)),
            standing,
        })
    }

    fn blocks(&self, id: DebtorId, items: &[Invoice]) -> Vec<Block> {
        let found = [
            (
                Block::Dispute,
                items.iter().any(|item| item.disputed.is_positive()),
            ),
            (
                Block::Promise,
                items.iter().any(|item| item.promised.is_positive()),
            ),
            (Block::Plan, self.plans.contains(&id)),
            (Block::Mandate, self.mandates.contains(&id)),
        ];
        let stands = found.into_iter().filter(|(_, stands)| *stands);
        stands.map(|(block, _)| block).collect()
    }

    fn candidate(&mut self, item: &Invoice) -> Result<Candidate, domain::MoneyError> {
        let course = self.courses.remove(&item.id).unwrap_or_default();
        let remindable = item.remindable()?;
        Ok(Candidate {
            invoice: item.id,
            due_on: item.due_on,
            held: self.held(item).or_else(|| quiet(item, remindable)),
            remindable,
            last: course.last,
            passed: course.passed,
        })
    }

    fn held(&self, item: &Invoice) -> Option<Unsent> {
        let insolvent = self.insolvent.get(&item.debtor);
        if insolvent.is_some_and(|one| one.covers(item.issued_on)) {
            return Some(Unsent::Insolvent);
        }
        let mut pauses = self.pauses.iter();
        if let Some(pause) = pauses.find(|one| one.invoice == Some(item.id)) {
            return Some(pause.why());
        }
        let asked = self.asked.contains(&item.id);
        asked.then_some(Unsent::AwaitsApproval)
    }
}

/// Why nothing of an open invoice may be asked for.
fn quiet(item: &Invoice, remindable: domain::Money) -> Option<Unsent> {
    if remindable.is_positive() {
        return None;
    }
    Some(if item.disputed.is_positive() {
        Unsent::Disputed
    } else if item.promised.is_positive() {
        Unsent::Promised
    } else if item.reserved.is_positive() {
        Unsent::UnderWay
    } else {
        Unsent::Settled
    })
}

/// What a person or the law keeps from being written about: a pause, an exclusion or insolvency may
/// have come since a message was planned.
pub(in crate::flows) struct HeldBack {
    /// Whether the supplier writes to nobody.
    all: bool,
    pauses: Vec<Pause>,
    insolvent: BTreeMap<DebtorId, Insolvency>,
}

impl HeldBack {
    /// Reads it for these debtors.
    pub(in crate::flows) fn read(
        conn: &mut Conn,
        supplier: SupplierId,
        debtors: &[DebtorId],
        today: Day,
    ) -> Result<Self, StoreError> {
        let texts: Vec<String> = debtors.iter().map(ToString::to_string).collect();
        Ok(Self {
            all: !store::pause::of_supplier(conn, supplier, today)?.is_empty(),
            pauses: store::pause::of_debtors(conn, supplier, &texts, today)?,
            insolvent: match debtors {
                // A query that stays prepared: every message that leaves asks.
                [one] => store::pause::insolvency_of(conn, supplier, *one)?
                    .map(|found| (*one, found))
                    .into_iter()
                    .collect(),
                _ => store::pause::insolvencies(conn, supplier, &texts)?,
            },
        })
    }

    /// Keeps of a debtor's invoices those that may be written about.
    pub(in crate::flows) fn keep(&self, debtor: DebtorId, invoices: &mut Vec<Invoice>) {
        let paused = |invoice: Option<InvoiceId>| {
            let mut pauses = self.pauses.iter();
            pauses.any(|one| one.debtor == Some(debtor) && one.invoice == invoice)
        };
        if self.all || paused(None) {
            invoices.clear();
        }
        let insolvency = self.insolvent.get(&debtor);
        invoices.retain(|item| {
            let covered = insolvency.is_some_and(|one| one.covers(item.issued_on));
            !covered && !paused(Some(item.id))
        });
    }
}
