//! Four writers share out money over the same invoice: never more than is open, nothing lost.

use acquit::clock::new_id;
use acquit::flows::settle::{Receipt, settle};
use acquit::flows::{Actor, FlowError};
use acquit::store::{self, Across, Conn};
use domain::invoice::Share;
use domain::ledger::Account;
use domain::payment::{Method, Payment, PaymentState};
use domain::{Money, SupplierId};

use super::{Nodes, Party, ROUNDS, TOTAL, all, on_threads, rounds, scatter};
use crate::support::databases::backends;

const WRITERS: usize = 4;

/// What each writer brings, in cents: in some rounds more than is open, in some less.
fn amounts(round: usize) -> [i64; WRITERS] {
    std::array::from_fn(|writer| {
        let most = usize::try_from(TOTAL).unwrap() / 2;
        i64::try_from(scatter(round * WRITERS + writer) % most + 1).unwrap()
    })
}

fn payment(party: &Party, cents: i64) -> Payment {
    let amount = Money::eur(cents);
    Payment {
        id: new_id(),
        supplier: party.visitor.supplier,
        debtor: party.visitor.debtor,
        method: Method::Transfer,
        state: PaymentState::Created,
        amount,
        provider_ref: None,
        created_at: domain::Moment::from_seconds(0),
        expires_at: None,
        effective_on: None,
        shares: vec![Share {
            invoice: party.invoice.id,
            amount,
        }],
    }
}

/// Puts all payments of all rounds in place.
async fn payments(nodes: &Nodes, parties: &[Party]) -> Vec<Vec<Payment>> {
    let of_round = |(round, party): (usize, &Party)| -> Vec<Payment> {
        amounts(round)
            .iter()
            .map(|cents| payment(party, *cents))
            .collect()
    };
    let all: Vec<Vec<Payment>> = parties.iter().enumerate().map(of_round).collect();
    for some in all.chunks(100) {
        let some: Vec<Payment> = some.concat();
        let insert = move |conn: &mut Conn| -> Result<(), FlowError> {
            for payment in &some {
                store::payment::insert(conn, payment, None)?;
            }
            Ok(())
        };
        nodes.world.write(insert).await;
    }
    all
}

fn receive(conn: &mut Conn, supplier: SupplierId, payment: &Payment) -> Result<bool, FlowError> {
    let receipt = Receipt {
        payment: payment.id,
        amount: payment.amount,
        on: "2026-03-02".parse().unwrap(),
        account: Account::Bank,
        actor: Actor::job("race"),
    };
    settle(conn, supplier, &receipt, domain::Moment::from_seconds(0))
}

/// Settles a round's payments at once, the first of them told by both nodes.
async fn round(nodes: [std::sync::Arc<acquit::app::App>; 2], payments: Vec<Payment>) -> usize {
    let told_twice = payments.first().cloned();
    let told: Vec<Payment> = payments.into_iter().chain(told_twice).collect();
    let tasks = told
        .into_iter()
        .zip([0, 1, 0, 1, 1])
        .map(|(payment, node)| {
            let app = std::sync::Arc::clone(&nodes[node]);
            tokio::spawn(async move {
                let write = move |conn: &mut Conn| receive(conn, payment.supplier, &payment);
                app.store.write(Across::Inspection, write).await
            })
        });
    let answers = all(tasks.collect()).await;
    answers
        .into_iter()
        .filter(|answer| answer.as_ref().is_ok_and(|fresh| *fresh))
        .count()
}

#[test]
fn four_writers_never_share_out_more_than_is_open() {
    for backend in backends() {
        on_threads(race(backend));
    }
}

async fn race(backend: &str) {
    let nodes = Nodes::silent(backend).await;
    let parties = nodes.parties(ROUNDS).await;
    let payments = payments(&nodes, &parties).await;
    let racing = payments
        .into_iter()
        .map(|payments| round(nodes.nodes.clone(), payments));
    let booked = rounds(60, racing).await;

    let (open, unapplied) = (nodes.invoices("open"), nodes.unapplied());
    let (mut violations, mut over) = (0, 0);
    for (round, party) in parties.iter().enumerate() {
        let came: i64 = amounts(round).iter().sum();
        let surplus = (came - TOTAL).max(0);
        let left = open[&party.invoice.id.to_string()];
        let rest = unapplied
            .get(&party.visitor.debtor.to_string())
            .copied()
            .unwrap_or(0);
        let fine = booked[round] == WRITERS && left == (TOTAL - came).max(0) && rest == surplus;
        violations += usize::from(!fine);
        over += usize::from(surplus > 0);
    }
    println!("{backend}: {ROUNDS} rounds, {over} with more than is open, {violations} violations");
    assert_eq!(violations, 0, "{backend}");
    assert!(
        over > ROUNDS / 10 && over < ROUNDS * 9 / 10,
        "{over} rounds were of interest"
    );
    nodes.check_books();
}
