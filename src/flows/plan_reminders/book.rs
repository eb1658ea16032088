//! Writes down what was decided for a page of accounts, all of it in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use domain::approval::ApprovalState;
use domain::remind::{self, Basis, Decision, Plan};
use domain::scenario::{Channel, Scenario};
use domain::unsent::Unsent;
use domain::{Day, DebtorId, InvoiceId, MessageId, Moment};

use super::accounts::{Account, House, read};
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::flows::notify::find_contact;
use crate::store::approval::Approval;
use crate::store::outbox::NewMessage;
use crate::store::step::Named;
use crate::store::{self, Conn};

/// What a page of a planning did.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Done {
    pub(super) messages: usize,
    pub(super) asked: usize,
}

/// Plans these accounts. Their guards are held from the reading to the commit.
pub(super) fn page(
    conn: &mut Conn,
    house: &House,
    debtors: &[DebtorId],
) -> Result<Done, FlowError> {
    let supplier = house.supplier.id;
    // A bank file or an import may hold some of these guards and wait for others.
    store::bank::turn(conn, supplier)?;
    store::debtor::hold_many(conn, supplier, debtors)?;
    let due = store::planning::still_due(conn, supplier, debtors, Some(house.today))?;
    let mut book = Book {
        house,
        leaves_at: house.rhythm.next_opening(house.supplier.zone, house.now),
        new: New::default(),
        next: BTreeMap::new(),
    };
    let mut decided = Vec::with_capacity(due.len());
    for account in read(conn, house, &due)? {
        let decision = remind::decide(&account.basis(house), &account.candidates, house.today);
        decided.push((account, decision));
    }
    let taken = book.taken(conn, &decided)?;
    for (account, decision) in decided {
        book.enter(conn, account, decision, &taken)?;
    }
    book.close(conn)
}

/// What is to be written.
struct Book<'a> {
    house: &'a House,
    leaves_at: Moment,
    new: New<'a>,
    next: BTreeMap<Option<Day>, Vec<DebtorId>>,
}

#[derive(Default)]
struct New<'a> {
    messages: Vec<NewMessage>,
    steps: Vec<(Named<'a>, MessageId, Channel)>,
    passed: Vec<(Named<'a>, Unsent)>,
    asked: Vec<Approval>,
}

impl<'a> Book<'a> {
    fn key(&self, debtor: DebtorId, plan: &Plan) -> String {
        format!("{}:{debtor}:{}", plan.kind, self.house.today)
    }

    /// The keys of these messages that are in the outbox already: told today, and told once.
    fn taken(
        &self,
        conn: &mut Conn,
        decided: &[(Account, Decision)],
    ) -> Result<BTreeSet<String>, FlowError> {
        let key = |(account, decision): &(Account, Decision)| {
            let plan = decision.message.as_ref()?;
            Some(self.key(account.id, plan))
        };
        let keys: Vec<String> = decided.iter().filter_map(key).collect();
        Ok(store::planning::taken_keys(
            conn,
            self.house.supplier.id,
            &keys,
        )?)
    }

    fn enter(
        &mut self,
        conn: &mut Conn,
        mut account: Account,
        mut decision: Decision,
        taken: &BTreeSet<String>,
    ) -> Result<(), FlowError> {
        let (house, id) = (self.house, account.id);
        let key = decision.message.as_ref().map(|plan| self.key(id, plan));
        if key.is_some_and(|key| taken.contains(&key)) || !self.fits(conn, &account, &decision)? {
            decision.message = None;
        }
        if decision
            .waits
            .iter()
            .any(|(_, why)| *why == Unsent::NoContact)
        {
            find_contact(conn, house.supplier.id, id, house.now)?;
        }
        let scenario = account.scenario(house);
        self.note(scenario, &account, &decision);
        let mut pace = account.pace;
        let kept = (account.candidates.as_mut_slice(), &mut pace);
        remind::record(scenario, kept, &decision, house.today);
        if decision.message.is_some() {
            pace.last = Some(house.supplier.zone.day(self.leaves_at));
        }
        let basis = Basis {
            pace,
            ..account.basis(house)
        };
        let next = remind::next_look(&basis, &account.candidates, house.today);
        self.next.entry(next).or_default().push(id);
        Ok(())
    }

    /// Whether the mailbox or number may have one more on the day the message leaves.
    fn fits(
        &self,
        conn: &mut Conn,
        account: &Account,
        decision: &Decision,
    ) -> Result<bool, FlowError> {
        let Some(plan) = &decision.message else {
            return Ok(true);
        };
        let Some((_, address)) = account.to.get(&plan.channel) else {
            return Ok(false);
        };
        let (supplier, most) = (&self.house.supplier, self.house.rhythm.daily_max);
        let day = (address.as_str(), supplier.zone.day(self.leaves_at));
        Ok(store::planning::count_for_mailbox(
            conn,
            supplier.id,
            day,
            most,
        )?)
    }

    fn named(&self, scenario: &'a Scenario, invoice: InvoiceId, step: usize) -> Option<Named<'a>> {
        Some(Named {
            invoice,
            code: &scenario.steps.get(step)?.code,
            scenario: scenario.id,
            version: scenario.version,
            on: self.house.today,
        })
    }

    fn note(&mut self, scenario: &'a Scenario, account: &Account, decision: &Decision) {
        for one in &decision.passed {
            if let Some(named) = self.named(scenario, one.invoice, one.step) {
                self.new.passed.push((named, one.why));
            }
        }
        let way = |plan: &'_ Plan| account.to.get(&plan.channel);
        if let Some((plan, (contact, _))) = decision
            .message
            .as_ref()
            .and_then(|plan| Some((plan, way(plan)?)))
        {
            let message = new_id();
            for item in &plan.items {
                let named = self.named(scenario, item.invoice, item.step);
                let step = named.map(|named| (named, message, plan.channel));
                self.new.steps.extend(step);
            }
            self.new.messages.push(NewMessage {
                id: message,
                supplier: self.house.supplier.id,
                debtor: account.id,
                contact: *contact,
                kind: plan.kind,
                channel: plan.channel,
                dedup: self.key(account.id, plan),
                due_at: self.leaves_at,
                about: String::new(),
                invoices: plan.items.iter().map(|item| item.invoice).collect(),
            });
        }
        if let Some(plan) = &decision.ask {
            let approval = self.approval(scenario, account.id, plan);
            self.new.asked.push(approval);
        }
    }

    fn approval(&self, scenario: &Scenario, debtor: DebtorId, plan: &Plan) -> Approval {
        let item = |item: &remind::PlannedItem| {
            let code = scenario.steps.get(item.step)?.code.clone();
            Some((item.invoice, code))
        };
        Approval {
            id: new_id(),
            debtor,
            kind: plan.kind,
            channel: plan.channel,
            scenario: scenario.id,
            version: scenario.version,
            state: ApprovalState::Waiting,
            asked_at: self.house.now,
            items: plan.items.iter().filter_map(item).collect(),
        }
    }

    fn close(self, conn: &mut Conn) -> Result<Done, FlowError> {
        let supplier = self.house.supplier.id;
        store::outbox::enqueue_many(conn, &self.new.messages)?;
        store::step::insert_many(conn, supplier, &self.new.steps)?;
        store::step::pass_many(conn, supplier, &self.new.passed)?;
        for approval in &self.new.asked {
            store::approval::insert(conn, supplier, approval)?;
        }
        for (day, debtors) in &self.next {
            store::planning::set_plan_on(conn, supplier, debtors, *day)?;
        }
        Ok(Done {
            messages: self.new.messages.len(),
            asked: self.new.asked.len(),
        })
    }
}
