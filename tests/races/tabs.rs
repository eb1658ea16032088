//! Two tabs, each with a card page, a debit and a transfer for the same invoice, all at once.

use std::sync::Arc;

use acquit::app::App;
use acquit::flows::pay_by_card::{self, CardOrder};
use acquit::flows::provider_debit::{self, Agreement};
use acquit::flows::settle::{Receipt, settle};
use acquit::flows::{Actor, FlowError, collect, deliver, hooks, pay_by_transfer, refresh_card};
use acquit::payments::card::CardOutcome;
use acquit::payments::sandbox::DebitTurn;
use acquit::store::{self, Across, Conn};
use domain::ledger::Account;
use domain::party::Supplier;
use domain::payment::{Method, Payment, PaymentState};
use domain::{Money, PaymentId};

use super::double_submit::{debit, mandate, shares};
use super::{Nodes, Party, TOTAL, all, on_threads, rounds};
use crate::support::databases::backends;

const EACH: usize = 120;

/// The ways of paying that race in a round: a debit is quick, and would have nearly every invoice.
fn ways(number: usize) -> &'static [Method] {
    match number % 2 {
        0 => &[Method::Card, Method::Debit, Method::Transfer],
        _ => &[Method::Card, Method::Transfer],
    }
}

/// Each way in both tabs, all at once; refusals are fine, for only one can have the invoice.
async fn tabs(apps: [Arc<App>; 2], supplier: Supplier, party: Party, ways: &'static [Method]) {
    let signed = match ways.contains(&Method::Debit) {
        true => Some(mandate(&apps[0], &party, "mandate").await.unwrap()),
        false => None,
    };
    let both = ways.iter().flat_map(|way| [*way; 2]).enumerate();
    let tasks = both.map(|(n, way)| {
        let (app, supplier, party) = (Arc::clone(&apps[n % 2]), supplier.clone(), party.clone());
        tokio::spawn(async move {
            let (key, visitor) = (format!("tab {n}"), party.visitor);
            let shares = shares(&party);
            let done = match way {
                Method::Credit => unreachable!("no money moves"),
                Method::Card => {
                    let order = CardOrder {
                        what: shares.into(),
                        key,
                    };
                    pay_by_card::start(&app, visitor, order).await.map(drop)
                }
                Method::ProviderDebit => {
                    let what = shares.into();
                    let order = (CardOrder { what, key }, agreement());
                    provider_debit::start(&app, visitor, order).await.map(drop)
                }
                Method::Debit => debit(&app, &supplier, &party, (signed.unwrap(), &key))
                    .await
                    .map(drop),
                Method::Transfer => {
                    let announced = pay_by_transfer::announce(&app, visitor, shares, key);
                    announced.await.map(drop)
                }
            };
            if let Err(why) = done {
                assert!(why.is_conflict(), "{way}: {why}");
            }
        })
    });
    all(tasks.collect()).await;
}

pub(super) fn agreement() -> Agreement {
    Agreement {
        wording: "J’autorise.".into(),
        address: "192.0.2.1".into(),
        agent: "test".into(),
    }
}

impl Nodes {
    async fn payments(&self, party: &Party) -> Vec<Payment> {
        let visitor = party.visitor;
        let find = move |conn: &mut Conn| {
            store::payment::of_debtor(conn, visitor.supplier, visitor.debtor, 50)
        };
        self.world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap()
    }

    /// The payments under way of this method.
    async fn under_way(&self, party: &Party, method: Method) -> Vec<Payment> {
        let mut found = self.payments(party).await;
        found.retain(|payment| payment.method == method && payment.state.reserves());
        found
    }

    /// Whether the provider's page of a payment still takes money.
    pub(super) fn page_is_open(&self, payment: &Payment) -> bool {
        let page = payment
            .provider_ref
            .as_deref()
            .and_then(|known| self.cards.page(known));
        page.is_some_and(|page| page.outcome == CardOutcome::Open)
    }

    pub(super) async fn receive(&self, payment: PaymentId) {
        let (supplier, now) = (self.supplier.id, self.world.app.now());
        let receipt = Receipt {
            payment,
            amount: Money::eur(TOTAL),
            on: "2026-03-02".parse().unwrap(),
            account: Account::Bank,
            actor: Actor::job("race"),
        };
        let write = move |conn: &mut Conn| -> Result<bool, FlowError> {
            settle(conn, supplier, &receipt, now)
        };
        self.world.write(write).await;
    }

    /// The debtor pays on every page that still takes money; gives on how many.
    pub(super) async fn pay_open_pages(&self, party: &Party) -> i64 {
        let mut paid = 0;
        for payment in self.payments(party).await {
            if self.page_is_open(&payment) {
                let known = payment.provider_ref.as_deref().unwrap();
                let now = self.world.app.now();
                let mut events = vec![self.cards.pay(known, true, now).unwrap()];
                if payment.method == Method::ProviderDebit {
                    events.push(self.cards.turn(known, DebitTurn::Pays, now).unwrap());
                }
                let (app, supplier) = (&self.world.app, self.supplier.id);
                for event in events {
                    hooks::receive_stripe(app, supplier, &event.signature, event.body)
                        .await
                        .unwrap();
                }
                paid += 1;
            }
        }
        hooks::read_waiting(&self.world.app).await.unwrap();
        paid
    }

    /// Money comes by transfer before anything else is paid: nothing else may be paid then.
    async fn transfers_first(&self, party: &Party) -> i64 {
        let transfers = self.under_way(party, Method::Transfer).await;
        for (place, transfer) in transfers.iter().enumerate() {
            self.receive(transfer.id).await;
            if place == 0 {
                refresh_card::close_overdue(&self.world.app).await.unwrap();
                assert_eq!(self.pay_open_pages(party).await, 0);
            }
        }
        i64::try_from(transfers.len()).unwrap()
    }

    /// The page or debit that has the invoice is paid; the transfers come as well.
    async fn transfers_last(&self, party: &Party) -> i64 {
        let mut came = self.pay_open_pages(party).await;
        for debit in self.under_way(party, Method::Debit).await {
            self.receive(debit.id).await;
            came += 1;
        }
        assert_eq!(came, 1, "one way of paying had the invoice");
        for transfer in self.under_way(party, Method::Transfer).await {
            self.receive(transfer.id).await;
            came += 1;
        }
        came
    }

    async fn debits_in_a_file(&self) -> usize {
        let made = collect::run(&self.world.app, self.supplier.id, Actor::job("test"))
            .await
            .unwrap();
        made.map_or(0, |made| made.batch.debits)
    }
}

#[test]
fn each_euro_is_collected_once_and_the_surplus_is_seen() {
    for backend in backends() {
        on_threads(race(backend));
    }
}

async fn race(backend: &str) {
    let nodes = Nodes::silent(backend).await;
    let parties = nodes.parties(EACH).await;
    let racing = parties.iter().cloned().enumerate().map(|(number, party)| {
        let (apps, supplier) = (nodes.nodes.clone(), nodes.supplier.clone());
        async move { tabs(apps, supplier, party, ways(number)).await }
    });
    rounds(6, racing).await;
    check_held(backend, &nodes, &parties).await;

    deliver::run(&nodes.world.app).await.unwrap();
    let (first, last) = parties.split_at(EACH / 2);
    let mut came = Vec::new();
    for party in first {
        came.push(nodes.transfers_first(party).await);
    }
    // What a transfer has paid is left out; where none was announced, nothing has been paid.
    let unpaid = came.iter().zip(first).filter(|(came, _)| **came == 0);
    let mut debits = 0;
    for party in unpaid.map(|(_, party)| party).chain(last) {
        debits += nodes.under_way(party, Method::Debit).await.len();
    }
    assert_eq!(
        nodes.debits_in_a_file().await,
        debits,
        "{backend}: the others were overtaken"
    );
    for party in last {
        came.push(nodes.transfers_last(party).await);
    }
    assert_eq!(nodes.debits_in_a_file().await, 0, "{backend}");
    check_money(backend, &nodes, &parties, &came);
}

/// The same for a supplier whose payment provider debits.
#[test]
fn with_the_providers_debits_each_euro_is_collected_once_too() {
    for backend in backends() {
        on_threads(race_at_the_provider(backend));
    }
}

async fn race_at_the_provider(backend: &str) {
    const ROUNDS: usize = 60;
    let nodes = Nodes::silent(backend).await;
    let none = "UPDATE supplier SET creditor_id = NULL";
    nodes.world.conn().run_sql(none).unwrap();
    let parties = nodes.parties(ROUNDS).await;
    let racing = parties.iter().cloned().enumerate().map(|(number, party)| {
        let (apps, supplier) = (nodes.nodes.clone(), nodes.supplier.clone());
        let ways: &[Method] = match number % 2 {
            0 => &[Method::Card, Method::ProviderDebit, Method::Transfer],
            _ => &[Method::ProviderDebit, Method::Transfer],
        };
        async move { tabs(apps, supplier, party, ways).await }
    });
    rounds(6, racing).await;
    check_held(backend, &nodes, &parties).await;
    let (first, last) = parties.split_at(ROUNDS / 2);
    let mut came = Vec::new();
    for party in first {
        came.push(nodes.transfers_first(party).await);
    }
    for party in last {
        came.push(nodes.transfers_last(party).await);
    }
    check_money(backend, &nodes, &parties, &came);
}

/// What came in is on the invoice once; the rest is in sight.
fn check_money(backend: &str, nodes: &Nodes, parties: &[Party], came: &[i64]) {
    let (open, unapplied) = (nodes.invoices("open"), nodes.unapplied());
    let reserved = nodes.invoices("reserved");
    for (party, came) in parties.iter().zip(came) {
        let invoice = party.invoice.id.to_string();
        let surplus = unapplied.get(&party.visitor.debtor.to_string()).copied();
        let left = TOTAL - TOTAL * came.min(&1);
        assert_eq!(open[&invoice], left, "{backend}");
        // Where nothing came, the page or debit is still under way.
        assert!(reserved[&invoice] <= left, "{backend}");
        assert_eq!(surplus.unwrap_or(0), TOTAL * (came - 1).max(0), "{backend}");
    }
    nodes.check_books();
}

/// Right after the race: one way of paying at most has each invoice, and one page at most takes
/// money for it.
async fn check_held(backend: &str, nodes: &Nodes, parties: &[Party]) {
    let (open, reserved) = (nodes.invoices("open"), nodes.invoices("reserved"));
    let (mut cards, mut debits) = (0, 0);
    for party in parties {
        let invoice = party.invoice.id.to_string();
        assert_eq!(open[&invoice], TOTAL);
        let payments = nodes.payments(party).await;
        let pages = payments
            .iter()
            .filter(|one| nodes.page_is_open(one))
            .count();
        let held: Vec<&Payment> = payments
            .iter()
            .filter(|one| one.method != Method::Transfer && one.state.reserves())
            .collect();
        let [one] = held[..] else {
            panic!("{backend}: {held:?} hold one invoice");
        };
        assert_eq!(reserved[&invoice], TOTAL, "{backend}");
        assert_eq!(
            pages,
            usize::from(one.method.is_at_provider()),
            "{backend}: {payments:?}"
        );
        assert_ne!(one.state, PaymentState::Unknown);
        cards += usize::from(one.method == Method::Card);
        debits += usize::from(one.method == Method::Debit);
    }
    println!("{backend}: {EACH} rounds, {cards} taken by card, {debits} by debit");
}
