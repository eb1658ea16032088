//! The double payment suite: an invoice is open in two tabs, each pays it in one of three ways, and
//! the money comes in either order; with nothing said before, a promise, or a plan. Each euro is
//! collected once by us; what comes besides is in sight as the debtor's credit.

use std::sync::Arc;

use acquit::clock::new_id;
use acquit::flows::pay_by_card::{self, CardOrder};
use acquit::flows::plan::{Request, ask};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{FlowError, collect, deliver, pay_by_transfer, provider_debit, refresh_card};
use acquit::payments::card::CardOutcome;
use acquit::payments::sandbox::DebitTurn;
use acquit::store::{self, Across, Conn};
use domain::collection::CollectionState;
use domain::payment::Method::{self, Card, Debit, ProviderDebit, Transfer};
use domain::payment::{Payment, PaymentState};
use domain::plan::{Part, PlanState};
use domain::promise::PromiseState;
use domain::{MandateId, Money, PaymentId};

use super::double_submit::{debit, mandate, shares};
use super::tabs::agreement;
use super::{Nodes, Party, TOTAL, on_threads};
use crate::support::databases::backends;

/// What was said about the invoice before it is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Before {
    Nothing,
    Promise,
    Plan,
}

/// The tab whose money comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Comes {
    FirstTab,
    SecondTab,
}

use Comes::{FirstTab, SecondTab};

type Row = (Method, Method, Comes, i64, i64);

/// The same for a supplier whose payment provider debits; the debtor has agreed to its debit at
/// once, so that it cannot be called off any more.
const AT_PROVIDER: [Row; 10] = [
    // The page that was open is closed for the debit, and none is opened beside it.
    (Card, ProviderDebit, FirstTab, 1, 1),
    (Card, ProviderDebit, SecondTab, 1, 1),
    (ProviderDebit, Card, FirstTab, 1, 1),
    (ProviderDebit, Card, SecondTab, 1, 1),
    (ProviderDebit, ProviderDebit, FirstTab, 1, 1),
    (ProviderDebit, ProviderDebit, SecondTab, 1, 1),
    // A transfer beside it is credit, or what the debit brings after it.
    (ProviderDebit, Transfer, FirstTab, 1, 2),
    (ProviderDebit, Transfer, SecondTab, 1, 2),
    (Transfer, ProviderDebit, FirstTab, 1, 2),
    (Transfer, ProviderDebit, SecondTab, 1, 2),
];

/// The way of each tab, whose money comes first, and how many times the invoice is paid: by what we
/// ask for (a card page, a debit), and in all, with transfers that nobody can keep from coming.
const TABLE: [Row; 18] = [
    // One page for both tabs.
    (Card, Card, FirstTab, 1, 1),
    (Card, Card, SecondTab, 1, 1),
    // The page has the invoice: no debit is ordered beside it.
    (Card, Debit, FirstTab, 1, 1),
    (Card, Debit, SecondTab, 1, 1),
    // A transfer after the page was paid is credit; before, it closes the page.
    (Card, Transfer, FirstTab, 1, 2),
    (Card, Transfer, SecondTab, 0, 1),
    // The debit has the invoice: no page is opened beside it.
    (Debit, Card, FirstTab, 1, 1),
    (Debit, Card, SecondTab, 1, 1),
    (Debit, Debit, FirstTab, 1, 1),
    (Debit, Debit, SecondTab, 1, 1),
    // A transfer after the debit is credit; before, it calls the debit off.
    (Debit, Transfer, FirstTab, 1, 2),
    (Debit, Transfer, SecondTab, 0, 1),
    (Transfer, Card, FirstTab, 0, 1),
    (Transfer, Card, SecondTab, 1, 2),
    (Transfer, Debit, FirstTab, 0, 1),
    (Transfer, Debit, SecondTab, 1, 2),
    // Two transfers are the debtor's own doing: the second is credit.
    (Transfer, Transfer, FirstTab, 0, 2),
    (Transfer, Transfer, SecondTab, 0, 2),
];

impl Nodes {
    async fn say(&self, party: &Party, before: Before) {
        let app = &self.world.app;
        match before {
            Before::Nothing => {}
            Before::Promise => {
                let pledge = Pledge {
                    shares: shares(party),
                    due_on: "2026-03-12".parse().unwrap(),
                    key: "promise".into(),
                };
                make(app, party.visitor, pledge).await.unwrap();
            }
            Before::Plan => {
                let part = |on: &str| Part {
                    due_on: on.parse().unwrap(),
                    amount: Money::eur(TOTAL / 2),
                };
                let request = Request {
                    shares: shares(party),
                    parts: vec![part("2026-03-12"), part("2026-04-13")],
                    mandate: None,
                    reason: String::new(),
                    terms: "…".into(),
                    key: "plan".into(),
                };
                ask(app, party.visitor, request).await.unwrap();
            }
        }
    }

    /// Begins to pay in a tab; none when the other tab has the invoice.
    async fn begin(
        &self,
        party: &Party,
        (tab, way): (usize, Method),
        signed: Option<MandateId>,
    ) -> Option<PaymentId> {
        let (app, visitor) = (Arc::clone(&self.nodes[tab]), party.visitor);
        let (key, shares) = (format!("tab {tab}"), shares(party));
        let begun: Result<PaymentId, FlowError> = match way {
            Card => {
                let what = shares.into();
                let order = CardOrder { what, key };
                let page = pay_by_card::start(&app, visitor, order).await;
                page.map(|page| page.payment)
            }
            ProviderDebit => {
                let what = shares.into();
                let order = (CardOrder { what, key }, agreement());
                match provider_debit::start(&app, visitor, order).await {
                    Ok(page) => {
                        self.agree(page.payment).await;
                        Ok(page.payment)
                    }
                    Err(why) => Err(why),
                }
            }
            Debit => match debit(&app, &self.supplier, party, (signed.unwrap(), &key)).await {
                Ok(id) => Ok(self.payment_of(&id).await),
                Err(why) => Err(why),
            },
            Transfer => pay_by_transfer::announce(&app, visitor, shares, key).await,
            Method::Credit => unreachable!("no money moves"),
        };
        match begun {
            Ok(id) => Some(id),
            Err(why) if !why.is_conflict() => panic!("{way} in tab {tab}: {why}"),
            // We ask for no transfer beside a page or debit; the debtor may send one all the same.
            Err(_) if way == Transfer => Some(self.unasked(party).await),
            Err(_) => None,
        }
    }

    /// A transfer with the reference of the account alone, as a statement brings it.
    async fn unasked(&self, party: &Party) -> PaymentId {
        let payment = Payment {
            id: new_id(),
            supplier: self.supplier.id,
            debtor: party.visitor.debtor,
            method: Transfer,
            state: PaymentState::Created,
            amount: Money::eur(TOTAL),
            provider_ref: None,
            created_at: self.world.app.now(),
            expires_at: None,
            effective_on: None,
            shares: Vec::new(),
            credits: Vec::new(),
            charges: Vec::new(),
        };
        let id = payment.id;
        self.world
            .write(move |conn| Ok(store::payment::insert(conn, &payment, None)?))
            .await;
        id
    }

    async fn payment_of(&self, collection: &str) -> PaymentId {
        let (supplier, id) = (self.supplier.id, collection.parse().unwrap());
        let find = move |conn: &mut Conn| store::collection::find(conn, supplier, id);
        self.world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap()
            .payment
    }

    async fn payment(&self, id: PaymentId) -> Payment {
        let supplier = self.supplier.id;
        let find = move |conn: &mut Conn| store::payment::find(conn, supplier, id);
        self.world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap()
    }

    /// The debtor agrees on the provider's page.
    async fn agree(&self, id: PaymentId) {
        let (app, payment) = (&self.world.app, self.payment(id).await);
        let known = payment.provider_ref.unwrap();
        self.cards.pay(&known, true, app.now()).unwrap();
        let refreshed = refresh_card::refresh(app, self.supplier.id, &known, None);
        refreshed.await.unwrap();
    }

    /// The money of what was begun comes, if it still can; gives whether it did.
    async fn money_comes(&self, id: PaymentId) -> bool {
        let (app, payment) = (&self.world.app, self.payment(id).await);
        match payment.method {
            Card => {
                refresh_card::close_overdue(app).await.unwrap();
                if !self.page_is_open(&payment) {
                    return false;
                }
                let known = payment.provider_ref.as_deref().unwrap();
                self.cards.pay(known, true, app.now()).unwrap();
                refresh_card::refresh(app, self.supplier.id, known, None)
                    .await
                    .unwrap();
            }
            ProviderDebit => {
                let known = payment.provider_ref.as_deref().unwrap();
                let waits = CardOutcome::Processing;
                if self.cards.page(known).unwrap().outcome != waits {
                    return false;
                }
                self.cards.turn(known, DebitTurn::Pays, app.now()).unwrap();
                let refreshed = refresh_card::refresh(app, self.supplier.id, known, None);
                refreshed.await.unwrap();
            }
            Debit => {
                deliver::run(app).await.unwrap();
                collect::run(app, self.supplier.id, acquit::flows::Actor::job("test"))
                    .await
                    .unwrap();
                let supplier = self.supplier.id;
                let find = move |conn: &mut Conn| store::collection::of_payment(conn, supplier, id);
                let debit = app.store.read(Across::Inspection, find).await.unwrap();
                if debit.state != CollectionState::Batched {
                    return false;
                }
                self.receive(id).await;
            }
            Transfer => self.receive(id).await,
            Method::Credit => unreachable!("no money moves"),
        }
        true
    }

    /// What was said before is kept by what came, and holds nothing any more.
    async fn is_kept(&self, party: &Party, before: Before) -> bool {
        let (supplier, debtor) = (self.supplier.id, party.visitor.debtor);
        let find = move |conn: &mut Conn| {
            let promises = store::promise::of_debtor(conn, supplier, debtor, 9)?;
            Ok::<_, store::StoreError>((
                promises,
                store::plan::of_debtor(conn, supplier, debtor, 9)?,
            ))
        };
        let (promises, plans) = self
            .world
            .app
            .store
            .read(Across::Inspection, find)
            .await
            .unwrap();
        let (promised, planned) = match before {
            Before::Nothing => (0, 0),
            Before::Promise => (1, 0),
            Before::Plan => (2, 1),
        };
        promises.len() == promised
            && plans.len() == planned
            && promises.iter().all(|one| one.state == PromiseState::Kept)
            && plans.iter().all(|one| one.state == PlanState::Done)
    }
}

#[test]
fn an_invoice_paid_in_two_tabs_is_collected_once() {
    for backend in backends() {
        on_threads(suite(backend, &TABLE));
    }
}

#[test]
fn an_invoice_debited_by_the_provider_is_collected_once() {
    for backend in backends() {
        on_threads(suite(backend, &AT_PROVIDER));
    }
}

async fn suite(backend: &str, table: &'static [Row]) {
    let nodes = Nodes::silent(backend).await;
    let own = table
        .iter()
        .all(|row| ![row.0, row.1].contains(&ProviderDebit));
    if !own {
        let none = "UPDATE supplier SET creditor_id = NULL";
        nodes.world.conn().run_sql(none).unwrap();
    }
    let all = [Before::Nothing, Before::Promise, Before::Plan];
    let rows = all
        .into_iter()
        .flat_map(|before| table.iter().map(move |row| (before, *row)));
    let rows: Vec<_> = rows.collect();
    let parties = nodes.parties(rows.len()).await;
    for (party, (before, (first, second, comes, by_us, in_all))) in parties.iter().zip(&rows) {
        let name = format!("{backend}: {before:?}, {first} and {second}, {comes:?}");
        let signed = match own {
            true => Some(mandate(&nodes.world.app, party, "mandate").await.unwrap()),
            false => None,
        };
        nodes.say(party, *before).await;
        let one = nodes.begin(party, (0, *first), signed).await;
        let two = nodes.begin(party, (1, *second), signed).await;
        let order = if *comes == FirstTab {
            [one, two]
        } else {
            [two, one]
        };
        let (mut asked, mut came) = (0, 0);
        for id in order.into_iter().flatten() {
            if nodes.money_comes(id).await {
                came += 1;
                asked += i64::from(nodes.payment(id).await.method != Transfer);
            }
        }
        assert_eq!((asked, came), (*by_us, *in_all), "{name}");
        let invoice = party.invoice.id.to_string();
        let columns = ["open", "reserved", "promised"].map(|one| nodes.invoices(one)[&invoice]);
        assert_eq!(columns, [0; 3], "{name}: open, reserved, promised");
        let credit = nodes.unapplied();
        let credit = credit.get(&party.visitor.debtor.to_string()).copied();
        assert_eq!(credit.unwrap_or(0), TOTAL * (in_all - 1), "{name}: credit");
        assert!(nodes.is_kept(party, *before).await, "{name}: kept");
    }
    nodes.check_books();
}
