//! Business actions end to end, on both databases: what is held, told, booked and sent.

mod abandon;
mod answers;
mod bank;
mod books;
mod bounced;
mod credit;
mod debit;
mod debit_days;
mod deduct;
mod deliver;
mod dispute;
mod end_to_end;
mod late;
mod mandates;
mod money_back;
mod own_texts;
mod paper;
mod paper_mandates;
mod pauses;
mod plan;
mod plan_debits;
mod pressure;
mod promise;
mod promise_soon;
mod provider_debit;
mod refused;
mod reminders;
mod revoke;
mod saved_card;
mod scenarios;
mod set_off;
mod simulation;
mod statement;
mod stuck;
mod take_back;

use acquit::clock::new_id;
use acquit::flows::settle::{Receipt, settle};
use acquit::flows::{Actor, FlowError, Visitor, pay_by_transfer};
use acquit::gateway::email::Mailer;
use acquit::store::outbox::Sent;
use acquit::store::{self, Across};
use domain::invoice::{Invoice, ItemKind, Share};
use domain::ledger::Account;
use domain::party::{Debtor, Supplier};
use domain::{InvoiceId, Moment, Money, PaymentId, SupplierId};

use crate::support::world::{Ways, World, paris};

/// A supplier with one debtor, whose person came through a link.
struct Scene {
    world: World,
    supplier: Supplier,
    debtor: Debtor,
    visitor: Visitor,
}

/// The day most tests begin on: a Monday, without a holiday near.
const MONDAY: &str = "2026-03-02";

impl Scene {
    async fn new(backend: &str) -> Self {
        Self::with(backend, Mailer::Mailbox).await
    }

    async fn with(backend: &str, mailer: Mailer) -> Self {
        Self::on(backend, MONDAY, mailer).await
    }

    async fn on(backend: &str, day: &str, mailer: Mailer) -> Self {
        let ways = Ways {
            mailer,
            ..Ways::default()
        };
        Self::by(backend, day, ways).await
    }

    async fn by(backend: &str, day: &str, ways: Ways) -> Self {
        Self::of(World::with(backend, paris(day, 10), ways)).await
    }

    async fn of(world: World) -> Self {
        let supplier = world.supplier("four").await;
        let (debtor, contact) = world.debtor(&supplier, "C1").await;
        let (_, visitor) = world.link(&debtor, &contact).await;
        Self {
            world,
            supplier,
            debtor,
            visitor,
        }
    }

    /// An open invoice of the debtor, due ten days before the tests begin.
    async fn invoice(&self, number: &str, cents: i64) -> Invoice {
        self.world
            .invoice(&self.debtor, number, cents, "2026-02-20")
            .await
    }

    /// An open item of another kind.
    async fn item(&self, kind: ItemKind, number: &str, cents: i64) -> Invoice {
        let of = (kind, number);
        self.world.item(&self.debtor, of, cents, "2026-02-20").await
    }

    /// The invoice as it stands now.
    async fn now(&self, id: InvoiceId) -> Invoice {
        let (supplier, debtor) = (self.supplier.id, self.debtor.id);
        let find = move |conn: &mut _| store::invoice::find(conn, supplier, debtor, id);
        self.world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap()
    }

    /// The debtor's messages, oldest first.
    async fn messages(&self) -> Vec<Sent> {
        let (supplier, debtor) = (self.supplier.id, self.debtor.id);
        let find = move |conn: &mut _| store::outbox::of_debtor(conn, supplier, debtor, 100);
        let mut found = self
            .world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        found.reverse();
        found
    }

    /// Kind and state of each of the debtor's messages, oldest first.
    async fn outbox(&self) -> Vec<String> {
        let word = |sent: Sent| format!("{} {}", sent.message.kind, sent.message.state);
        self.messages().await.into_iter().map(word).collect()
    }

    /// Announces a transfer for these shares.
    async fn announce(&self, shares: &[Share]) -> Result<PaymentId, FlowError> {
        let key = new_id::<PaymentId>().to_string();
        pay_by_transfer::announce(&self.world.app, self.visitor, shares.to_vec(), key).await
    }

    /// Money on the bank account for a payment, of this day, known from now on.
    async fn receive(&self, payment: PaymentId, cents: i64, on: &str) -> bool {
        let (supplier, now) = (self.supplier.id, self.world.app.now());
        let receipt = Receipt {
            payment,
            amount: Money::eur(cents),
            on: on.parse().unwrap(),
            account: Account::Bank,
            actor: Actor::job("test"),
        };
        let settled = move |conn: &mut _| settle(conn, supplier, &receipt, now);
        self.world
            .app
            .store
            .write(Across::Inspection, settled)
            .await
            .unwrap()
    }

    fn books(&self) -> Vec<(Account, i64)> {
        books(&self.world, self.supplier.id)
    }

    fn go_to(&self, day: &str) {
        self.world.go_to(paris(day, 10));
    }

    fn at(&self) -> Moment {
        self.world.app.now()
    }
}

/// What the ledger says of each account, in euros; what was imported left out. It sums, and what is
/// stored beside it agrees.
pub(crate) fn books(world: &World, supplier: SupplierId) -> Vec<(Account, i64)> {
    let mut conn = world.conn();
    let wrong = store::ledger::disagreements(&mut conn, supplier).unwrap();
    assert_eq!(wrong, []);
    let drift = store::open_sum::disagreements(&mut conn, supplier).unwrap();
    assert_eq!(drift, Vec::<String>::new());
    let all = store::ledger::balances(&mut conn, supplier).unwrap();
    let sum: i64 = all.iter().map(|(_, amount)| amount.minor()).sum();
    assert_eq!(sum, 0, "{all:?}");
    let all = all.into_iter().filter(|(_, amount)| !amount.is_zero());
    all.map(|(account, amount)| (account, amount.minor()))
        .filter(|(account, _)| *account != Account::Books)
        .collect()
}

fn share(invoice: &Invoice, cents: i64) -> Share {
    Share {
        invoice: invoice.id,
        amount: Money::eur(cents),
    }
}
