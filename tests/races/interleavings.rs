//! Ten thousand courses of an account, each of random steps in two tabs: cards, debits, transfers,
//! promises, disputes and plans of parts of one invoice, with and without a credit note deducted,
//! begun, given up, paid, late and surplus.

mod claims;
mod plans;

use std::sync::Arc;

use acquit::app::App;
use acquit::flows::debit::{DebitOrder, first_day, order};
use acquit::flows::pay_by_card::{CardOrder, start};
use acquit::flows::settle::{Receipt, settle};
use acquit::flows::{Actor, FlowError, pay_by_transfer, refresh_card};
use acquit::payments::card::CardOutcome;
use acquit::payments::sandbox::SandboxGateway;
use acquit::store::{self, Across, Conn};
use domain::designation::Designation;
use domain::invoice::{Invoice, Share};
use domain::ledger::Account;
use domain::party::Supplier;
use domain::payment::{Method, Payment};
use domain::{DisputeId, MandateId, Money, PlanId};

use super::double_submit::mandate;
use super::{Nodes, Party, TOTAL, on_threads, rounds, scatter};
use crate::support::databases::backends;

/// Courses on each of the two databases.
const COURSES: usize = 5_000;

/// Steps that must not be drawn in vain.
const DEEDS: &[&str] = &[
    "card paid",
    "debit came",
    "transfer came",
    "promised",
    "disputed",
    "plan asked for",
    "plan answered",
    "plan replied",
    "instalment paid",
    "two tabs",
];

/// What each credit note is for.
const NOTE: i64 = TOTAL / 2;

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
    /// The plan asked for last.
    plan: Option<PlanId>,
    seed: usize,
    /// Cents that came by card or debit: what the program itself asked for.
    asked: i64,
    /// Cents that came by transfer: nobody can keep those from coming.
    sent: i64,
    /// Cents that are still to pay. Money goes where the debtor said, and no further: what exceeds
    /// the designated amount stays in sight as unapplied.
    open: i64,
    note: Invoice,
    /// Cents that can still be deducted.
    credit: i64,
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

    /// A part of the invoice, one time in three less a part of the credit note.
    fn what(&mut self) -> Designation {
        let shares = vec![self.part()];
        let cents = [NOTE / 5, NOTE / 2, NOTE][self.draw(3)];
        let note = Share {
            invoice: self.note.id,
            amount: Money::eur(cents),
        };
        let credits = (self.draw(3) == 0).then_some(note);
        Designation {
            shares,
            credits: credits.into_iter().collect(),
            charges: Vec::new(),
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
        let number = self.draw(16);
        let key = format!("step {} of {}", self.steps.len(), self.party.visitor.debtor);
        let done = match number {
            0 => self.order_card(key).await,
            1 | 2 => self.end_card(number == 1).await,
            3 => self.order_debit(key).await,
            4 => self.debit_comes().await,
            5 => self.announce(key).await,
            6 => self.transfer_comes().await,
            7 | 8 => self.promise(key).await,
            9 => self.dispute(key).await,
            10 | 11 => self.propose(key).await,
            12 => self.answer_plan().await,
            13 => self.reply_plan().await,
            14 => self.pay_instalment(key).await,
            _ => self.two_tabs(key).await,
        };
        self.steps.push(done.unwrap_or_else(|why| {
            let expected = why.is_conflict()
                || matches!(
                    why,
                    FlowError::OnPlan(_) | FlowError::Refused(_) | FlowError::CreditSpent(_)
                );
            assert!(expected, "{:?}: {why}", self.steps);
            "refused"
        }));
    }

    async fn order_card(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, what) = (self.app(), self.what());
        let order = CardOrder { what, key };
        start(&app, self.party.visitor, order).await?;
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
            self.goes_to(&payment, payment.amount).await;
        }
        // Told twice, as webhooks are.
        for _ in 0..2 {
            refresh_card::refresh(&app, self.supplier.id, known, None).await?;
        }
        Ok(if pays { "card paid" } else { "card given up" })
    }

    async fn order_debit(&mut self, key: String) -> Result<&'static str, FlowError> {
        let (app, what) = (self.app(), self.what());
        let ordered = DebitOrder {
            mandate: self.mandate,
            what,
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
        let (app, what) = (self.app(), self.what());
        pay_by_transfer::announce(&app, self.party.visitor, what, key).await?;
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
        self.goes_to(payment, amount).await;
        for fresh in [true, false] {
            let receipt = receipt.clone();
            let write = move |conn: &mut Conn| settle(conn, supplier, &receipt, now);
            assert_eq!(app.store.write(Across::Inspection, write).await?, fresh);
        }
        Ok(())
    }

    /// Money and what can be deducted go to the invoice; of what it does not take, the credit note
    /// keeps its part.
    async fn goes_to(&mut self, payment: &Payment, amount: Money) {
        let others = self.held().await;
        let others = others.iter().filter(|one| one.id != payment.id);
        let held: i64 = others.map(|one| sum(&one.credits)).sum();
        let usable = sum(&payment.credits).min(self.credit - held);
        let whole = amount.minor() + usable;
        let taken = whole.min(sum(&payment.shares)).min(self.open);
        self.open -= taken;
        self.credit -= usable - usable.min(whole - taken);
    }

    /// The payments that hold what they are for.
    async fn held(&self) -> Vec<Payment> {
        let mut found = self.under_way(Method::Card).await;
        found.extend(self.under_way(Method::Debit).await);
        found
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
        let note = self.note.id;
        let find = move |conn: &mut Conn| {
            store::invoice::find(conn, visitor.supplier, visitor.debtor, note)
        };
        let note = self.apps[0]
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        assert_eq!(note.open.minor(), self.credit, "deducted once: {course:?}");
        let under_way = self.held().await;
        let held: i64 = under_way.iter().map(|one| sum(&one.shares)).sum();
        assert_eq!(invoice.reserved.minor(), held, "{course:?}");
        assert_eq!(invoice.promised, self.promised().await, "{course:?}");
        let held: i64 = under_way.iter().map(|one| sum(&one.credits)).sum();
        assert_eq!(note.reserved.minor(), held, "{course:?}");
        invoice
    }
}

fn sum(shares: &[Share]) -> i64 {
    shares.iter().map(|share| share.amount.minor()).sum()
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
    let notes = nodes.notes(&parties, NOTE).await;
    let both = parties.iter().cloned().zip(notes).enumerate();
    let courses = both.map(|(seed, (party, note))| {
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
                plan: None,
                seed: seed * 1_000_003,
                asked: 0,
                sent: 0,
                open: TOTAL,
                note,
                credit: NOTE,
                steps: Vec::new(),
            };
            for _ in 0..4 + course.draw(6) {
                course.step().await;
            }
            course.check().await;
            let came = course.asked + course.sent;
            let deducted = NOTE - course.credit;
            let beyond = came + deducted - (TOTAL - course.open);
            (beyond, deducted, course.steps)
        }
    });
    let ended = rounds(AT_ONCE, courses).await;
    let unapplied = nodes.unapplied();
    for (party, (beyond, _, steps)) in parties.iter().zip(&ended) {
        let surplus = unapplied.get(&party.visitor.debtor.to_string()).copied();
        assert_eq!(
            surplus.unwrap_or(0),
            *beyond,
            "{backend}: surplus is in sight: {steps:?}"
        );
    }
    nodes.check_books();
    let surplus = ended.iter().filter(|(beyond, ..)| *beyond > 0).count();
    let deducted = ended
        .iter()
        .filter(|(_, deducted, _)| *deducted > 0)
        .count();
    let steps: usize = ended.iter().map(|(.., steps)| steps.len()).sum();
    let refused = ended.iter().flat_map(|(.., steps)| steps);
    let refused = refused.filter(|step| **step == "refused").count();
    assert!(
        surplus > 0 && refused > 0 && deducted > 0,
        "{surplus} {refused} {deducted}"
    );
    for deed in DEEDS {
        let done = ended.iter().flat_map(|(.., steps)| steps);
        let done = done.filter(|step| *step == deed).count();
        assert!(done > COURSES / 100, "{backend}: {deed} only {done} times");
    }
    println!(
        "{backend}: {COURSES} courses of {steps} steps, {refused} refused, {surplus} overpaid, \
         {deducted} with a credit note"
    );
}
