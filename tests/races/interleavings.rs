//! Ten thousand courses of an account, each of random steps in two tabs: cards, debits, transfers,
//! promises and disputes of parts of one invoice, begun, given up, paid, late and surplus.

use std::sync::Arc;

use acquit::app::App;
use acquit::flows::debit::{DebitOrder, first_day, order};
use acquit::flows::dispute::{Declaration, Reply, answer, declare};
use acquit::flows::pay_by_card::{CardOrder, start};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::settle::{Receipt, settle};
use acquit::flows::{Actor, FlowError, pay_by_transfer, refresh_card};
use acquit::payments::card::CardOutcome;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::{self, Across, Conn};
use domain::dispute::{DisputeEvent, Reason};
use domain::invoice::{Invoice, Share};
use domain::ledger::Account;
use domain::party::Supplier;
use domain::payment::{Method, Payment};
use domain::{DisputeId, MandateId, Money};

use super::double_submit::mandate;
use super::{Nodes, Party, TOTAL, on_threads, rounds, scatter};
use crate::support::databases::backends;

/// Courses on each of the two databases.
const COURSES: usize = 5_000;

/// Courses that go on at once, so that they share commits as requests do.
const AT_ONCE: usize = 64;

/// One account, and what has come in for it.
struct Course {
    apps: [Arc<App>; 2],
    cards: Arc<SandboxGateway>,
    supplier: Supplier,
    party: Party,
    mandate: MandateId,
    disputes: Vec<DisputeId>,
    seed: usize,
    /// Cents that came by card or debit: what the program itself asked for.
    asked: i64,
    /// Cents that came by transfer: nobody can keep those from coming.
    sent: i64,
    /// Cents that are still to pay. Money goes where the debtor said, and no further: what exceeds
    /// the designated amount stays in sight as unapplied.
    open: i64,
    steps: Vec<&'static str>,
}

impl Course {
    /// A number below `most`, the same in every run.
    fn draw(&mut self, most: usize) -> usize {
        self.seed = self.seed.wrapping_add(0x9E37_79B9);
        scatter(self.seed) % most
    }

    fn app(&mut self) -> Arc<App> {
        let tab = self.draw(2);
        Arc::clone(&self.apps[tab])
    }

    fn part(&mut self) -> Share {
        let cents = [TOTAL / 4, TOTAL / 2, TOTAL][self.draw(3)];
        Share {
            invoice: self.party.invoice.id,
            amount: Money::eur(cents),
        }
    }

    async fn under_way(&self, method: Method) -> Vec<Payment> {
        let visitor = self.party.visitor;
        let find = move |conn: &mut Conn| {
            store::payment::of_debtor(conn, visitor.supplier, visitor.debtor, 50)
        };
        let mut found = self.apps[0]
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        found.retain(|payment| payment.method == method && payment.state.reserves());
        found.sort_by_key(|payment| payment.id);
        found
    }

    async fn one_under_way(&mut self, method: Method) -> Option<Payment> {
        let found = self.under_way(method).await;
        let place = self.draw(found.len().max(1));
        found.into_iter().nth(place)
    }

    /// Takes one step; a refusal because of the other tab is an answer like any other.
    async fn step(&mut self) {
        let number = self.draw(9);
        let key = format!("step {} of {}", self.steps.len(), self.party.visitor.debtor);
        let done = match number {
            0 => self.order_card(key).await,
            1 | 2 => self.end_card(number == 1).await,
            3 => self.order_debit(key).await,
            4 => self.debit_comes().await,
            5 => self.announce(key).await,
            6 => self.transfer_comes().await,
            7 => self.promise(key).await,
            _ => self.dispute(key).await,
        };
        self.steps.push(done.unwrap_or_else(|why| {
            assert!(why.is_conflict(), "{:?}: {why}", self.steps);
            "refused"
        }));
    }

    async fn order_card(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, shares) = (self.app(), vec![self.part()]);
        start(&app, self.party.visitor, CardOrder { shares, key }).await?;
        Ok("card page")
    }

    async fn end_card(&mut self, pays: bool) -> Result<&'static str, FlowError> {
        let Some(payment) = self.one_under_way(Method::Card).await else {
            return Ok("no card page");
        };
        let known = payment.provider_ref.as_deref().unwrap();
        let app = self.app();
        self.cards.pay(known, pays, app.now()).unwrap();
        if self.cards.page(known).unwrap().outcome == CardOutcome::Paid(payment.amount) {
            self.asked += payment.amount.minor();
            self.goes_to(&payment, payment.amount);
        }
        // Told twice, as webhooks are.
        for _ in 0..2 {
            refresh_card::refresh(&app, self.supplier.id, known, None).await?;
        }
        Ok(if pays { "card paid" } else { "card given up" })
    }

    async fn order_debit(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, part) = (self.app(), self.part());
        let ordered = DebitOrder {
            mandate: self.mandate,
            shares: vec![part],
            collect_on: first_day(&self.supplier, app.now()),
            key,
        };
        order(&app, self.party.visitor, ordered).await?;
        Ok("debit ordered")
    }

    async fn debit_comes(&mut self) -> Result<&'static str, FlowError> {
        let Some(debit) = self.one_under_way(Method::Debit).await else {
            return Ok("no debit");
        };
        self.asked += debit.amount.minor();
        self.receive(&debit, debit.amount).await?;
        Ok("debit came")
    }

    async fn announce(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, part) = (self.app(), self.part());
        pay_by_transfer::announce(&app, self.party.visitor, vec![part], key).await?;
        Ok("transfer announced")
    }

    async fn transfer_comes(&mut self) -> Result<&'static str, FlowError> {
        let Some(transfer) = self.one_under_way(Method::Transfer).await else {
            return Ok("no transfer");
        };
        // Not always what was announced.
        let amount = self.part().amount;
        self.sent += amount.minor();
        self.receive(&transfer, amount).await?;
        Ok("transfer came")
    }

    async fn receive(&mut self, payment: &Payment, amount: Money) -> Result<(), FlowError> {
        let (app, supplier) = (self.app(), self.supplier.id);
        let receipt = Receipt {
            payment: payment.id,
            amount,
            on: "2026-03-02".parse().unwrap(),
            account: Account::Bank,
            actor: Actor::job("race"),
        };
        let now = app.now();
        self.goes_to(payment, amount);
        for fresh in [true, false] {
            let receipt = receipt.clone();
            let write = move |conn: &mut Conn| settle(conn, supplier, &receipt, now);
            assert_eq!(app.store.write(Across::Inspection, write).await?, fresh);
        }
        Ok(())
    }

    fn goes_to(&mut self, payment: &Payment, amount: Money) {
        let designated: i64 = payment.shares.iter().map(|one| one.amount.minor()).sum();
        self.open -= amount.minor().min(designated).min(self.open);
    }

    async fn promise(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, shares) = (self.app(), vec![self.part()]);
        let due_on = "2026-03-12".parse().unwrap();
        let pledge = Pledge {
            shares,
            due_on,
            key,
        };
        make(&app, self.party.visitor, pledge).await?;
        Ok("promised")
    }

    async fn dispute(&mut self, key: String) -> Result<&'static str, FlowError> {
        let app = self.app();
        if let Some(last) = self.disputes.pop() {
            let reply = Reply {
                event: DisputeEvent::Reject,
                text: "It is as agreed".into(),
                credit: None,
                until: None,
                actor: Actor::job("race"),
            };
            answer(&app, self.supplier.id, last, reply).await?;
            return Ok("dispute refused");
        }
        let amount = Some(self.part().amount);
        let declaration = Declaration {
            invoice: self.party.invoice.id,
            reason: Reason::Price,
            amount,
            text: String::new(),
            key,
        };
        let id = declare(&app, self.party.visitor, declaration).await?;
        self.disputes.push(id);
        Ok("disputed")
    }

    /// What holds after every step.
    async fn check(&self) -> Invoice {
        let (visitor, id) = (self.party.visitor, self.party.invoice.id);
        let find =
            move |conn: &mut Conn| store::invoice::find(conn, visitor.supplier, visitor.debtor, id);
        let invoice = self.apps[0]
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        let course = &self.steps;
        assert_eq!(
            invoice.open.minor(),
            self.open,
            "each euro once: {course:?}"
        );
        assert!(
            self.asked <= TOTAL,
            "asked for more than the invoice: {course:?}"
        );
        let under_way = self.under_way(Method::Card).await.into_iter();
        let under_way = under_way.chain(self.under_way(Method::Debit).await);
        let held: i64 = under_way.map(|payment| payment.amount.minor()).sum();
        assert_eq!(invoice.reserved.minor(), held, "{course:?}");
        invoice
    }
}

#[test]
fn ten_thousand_courses_collect_each_euro_once() {
    for backend in backends() {
        on_threads(race(backend));
    }
}

async fn race(backend: &str) {
    let nodes = Nodes::silent(backend).await;
    let parties = nodes.parties(COURSES).await;
    let courses = parties.iter().cloned().enumerate().map(|(seed, party)| {
        let (apps, cards) = (nodes.nodes.clone(), Arc::clone(&nodes.cards));
        let supplier = nodes.supplier.clone();
        async move {
            let mandate = mandate(&apps[0], &party, "mandate").await.unwrap();
            let mut course = Course {
                apps,
                cards,
                supplier,
                party,
                mandate,
                disputes: Vec::new(),
                seed: seed * 1_000_003,
                asked: 0,
                sent: 0,
                open: TOTAL,
                steps: Vec::new(),
            };
            for _ in 0..4 + course.draw(6) {
                course.step().await;
            }
            course.check().await;
            let came = course.asked + course.sent;
            (came - (TOTAL - course.open), course.steps)
        }
    });
    let ended = rounds(AT_ONCE, courses).await;
    let unapplied = nodes.unapplied();
    for (party, (beyond, steps)) in parties.iter().zip(&ended) {
        let surplus = unapplied.get(&party.visitor.debtor.to_string()).copied();
        assert_eq!(
            surplus.unwrap_or(0),
            *beyond,
            "{backend}: surplus is in sight: {steps:?}"
        );
    }
    nodes.check_books();
    let surplus = ended.iter().filter(|(beyond, _)| *beyond > 0).count();
    let steps: usize = ended.iter().map(|(_, steps)| steps.len()).sum();
    let refused = ended.iter().flat_map(|(_, steps)| steps);
    let refused = refused.filter(|step| **step == "refused").count();
    assert!(surplus > 0 && refused > 0, "{surplus} {refused}");
    println!(
        "{backend}: {COURSES} courses of {steps} steps, {refused} refused, {surplus} overpaid"
    );
}
