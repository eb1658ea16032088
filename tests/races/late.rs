//! What lateness cost is due once: two tabs want to pay it at the same time, or it is given up
//! while it is paid.

use acquit::flows::late::{self, set_terms, waive};
use acquit::flows::pay_by_card::{self, CardOrder};
use acquit::flows::{Actor, FlowError};
use acquit::store::{self, Conn};
use domain::designation::Designation;
use domain::late::{Added, Charge, Terms, country};
use domain::ledger::Account;
use domain::{Money, PaymentId};

use super::{Nodes, Party, TOTAL, on_threads};
use crate::support::databases::backends;

const ROUNDS: usize = 60;

async fn begin(backend: &str) -> (Nodes, Vec<Party>) {
    let nodes = Nodes::silent(backend).await;
    let terms = Terms {
        interest: true,
        indemnity: true,
        contract: None,
        country: country("FR"),
        added: Added::default(),
    };
    set_terms(&nodes.world.app, nodes.supplier.id, terms)
        .await
        .unwrap();
    let parties = nodes.parties(ROUNDS).await;
    (nodes, parties)
}

impl Nodes {
    /// What is due of the party's lateness now.
    async fn lateness(&self, party: &Party) -> Vec<Charge> {
        let (visitor, item) = (party.visitor, party.invoice.id);
        let today = self.supplier.zone.day(self.world.app.now());
        let find = move |conn: &mut Conn| {
            let (supplier, debtor) = (visitor.supplier, visitor.debtor);
            let item = store::invoice::find(conn, supplier, debtor, item)?;
            late::lines(conn, supplier, &[item], (today, None))
        };
        let supplier = visitor.supplier;
        self.world.app.store.read(supplier, find).await.unwrap()
    }

    /// Opens a page for part of the invoice and these charges in one of two tabs.
    async fn tab(
        &self,
        party: &Party,
        n: usize,
        charges: Vec<Charge>,
    ) -> Result<PaymentId, FlowError> {
        let mut what = Designation::from(vec![domain::invoice::Share {
            invoice: party.invoice.id,
            amount: Money::eur(TOTAL / 4),
        }]);
        what.charges = charges;
        let key = format!("late {n}");
        let order = CardOrder { what, key };
        let page = pay_by_card::start(&self.node(n), party.visitor, order).await;
        page.map(|page| page.payment)
    }

    /// What was ever paid for lateness, in cents.
    fn paid_for_lateness(&self) -> i64 {
        let mut conn = self.world.conn();
        assert_eq!(
            store::ledger::disagreements(&mut conn, self.supplier.id).unwrap(),
            []
        );
        let all = store::ledger::balances(&mut conn, self.supplier.id).unwrap();
        let late = [Account::LateInterest, Account::LateIndemnity];
        let late = all.iter().filter(|(account, _)| late.contains(account));
        -late.map(|(_, amount)| amount.minor()).sum::<i64>()
    }
}

/// Two tabs order the same charges at once. Only one page may ask for them, whichever comes first.
#[test]
fn two_tabs_pay_a_late_line_once() {
    on_threads(async {
        for backend in backends() {
            let (nodes, parties) = begin(backend).await;
            let mut due = 0;
            for party in &parties {
                let charges = nodes.lateness(party).await;
                assert_eq!(charges.len(), 2, "interest and indemnity");
                due += charges.iter().map(|one| one.amount.minor()).sum::<i64>();
                let both = [0, 1].map(|n| nodes.tab(party, n, charges.clone()));
                let both = futures_util::future::join_all(both).await;
                for refused in both.iter().filter_map(|done| done.as_ref().err()) {
                    assert!(refused.is_conflict(), "{refused}");
                }
                nodes.pay_open_pages(party).await;
                assert_eq!(
                    nodes.lateness(party).await,
                    [],
                    "nothing of it is due twice"
                );
            }
            assert_eq!(nodes.paid_for_lateness(), due);
        }
    });
}

/// Given up while a tab orders it: nothing given up is booked, and what comes all the same is the
/// debtor's credit.
#[test]
fn a_waiver_and_a_payment_at_once_leave_no_cent_astray() {
    on_threads(async {
        for backend in backends() {
            let (nodes, parties) = begin(backend).await;
            let mut ordered = 0;
            for (n, party) in parties.iter().enumerate() {
                let charges = nodes.lateness(party).await;
                let cost: i64 = charges.iter().map(|one| one.amount.minor()).sum();
                let visitor = party.visitor;
                let (app, invoice) = (nodes.node(n + 1), party.invoice.id);
                let waiver = async move {
                    let why = ("Geste".to_owned(), Actor::staff("a@four.example"));
                    waive(&app, visitor.supplier, (visitor.debtor, invoice), why).await
                };
                let (paid, waived) =
                    futures_util::future::join(nodes.tab(party, n, charges), waiver).await;
                assert!(waived.unwrap(), "it is given up once");
                match paid {
                    Ok(_) => ordered += cost,
                    Err(why) => assert!(why.is_conflict(), "{why}"),
                }
                nodes.pay_open_pages(party).await;
                assert_eq!(nodes.lateness(party).await, []);
            }
            assert_eq!(nodes.paid_for_lateness(), 0, "nothing given up is booked");
            let unapplied: i64 = nodes.unapplied().values().sum();
            assert_eq!(
                unapplied, ordered,
                "what came all the same is the debtor's credit"
            );
        }
    });
}
