//! The day's page, with all that it can ask for.

use domain::dispute::Reason;
use domain::party::TaskKind;
use domain::payment::{Method, PaymentState};
use domain::promise::PromiseState;
use domain::reversal::{Cause, ReversalState};
use domain::sms::Cap;
use domain::{DisputeId, Id, InboxId, Money};
use views::staff::shell::SupplierRef;
use views::staff::waits::Waits;
use views::staff::{contacts, decision, plan, reversals, stuck, today, unmatched, unsure};

use crate::samples::{TODAY, account, at, day};
use crate::staff::{both, delmas, supplier};

fn supplier_lines() -> Vec<today::SupplierLine> {
    let totals = account("").sums.remove(0).totals;
    vec![
        today::SupplierLine {
            supplier: supplier(),
            as_of: Some(day("2026-11-20")),
            stale: false,
            rate_unknown: None,
            texts_wait: Some((Cap::Day, at("2026-11-23", 8))),
            texts_failing: 0,
            waits: Waits {
                calls: 12,
                to_print: 3,
                to_post: 0,
                to_approve: 1,
            },
            totals: vec![totals],
        },
        today::SupplierLine {
            supplier: SupplierRef {
                code: "ocean".into(),
                name: "Océan Froid".into(),
            },
            as_of: Some(day("2026-11-02")),
            stale: true,
            rate_unknown: Some((2027, 1)),
            texts_wait: None,
            texts_failing: 1,
            waits: Waits {
                to_post: 2,
                ..Waits::default()
            },
            totals: vec![totals],
        },
    ]
}

fn stuck_line() -> stuck::StuckLine {
    stuck::StuckLine {
        id: InboxId::from_bits(1),
        supplier: supplier(),
        event: "evt_1Q2w3E".into(),
        since: day("2026-11-17"),
        why: "100.00 EUR went back of pay_1, which is not paid so".into(),
        may_decide: true,
        key: "key-9".into(),
    }
}

fn promise_lines() -> Vec<today::PromiseLine> {
    vec![
        today::PromiseLine {
            debtor: delmas(),
            amount: Money::eur(120_000),
            due_on: day("2026-11-15"),
            method: None,
            state: PromiseState::Broken,
        },
        today::PromiseLine {
            debtor: delmas(),
            amount: Money::eur(50_000),
            due_on: day("2026-11-30"),
            method: Some(Method::Transfer),
            state: PromiseState::Made,
        },
    ]
}

#[test]
fn today_ranks_what_needs_somebody() {
    let view = today::Today {
        today: day(TODAY),
        suppliers: supplier_lines(),
        disputes: vec![today::DisputeLine {
            debtor: delmas(),
            dispute: DisputeId::from_bits(3),
            number: "FA-2026-0098".into(),
            reason: Reason::MissingItems,
            amount: Money::eur(84_050),
            declared_on: day("2026-11-18"),
            answer_by: day("2026-11-20"),
            owner: Some("Service logistique".into()),
        }],
        credits: vec![decision::CreditLine {
            debtor: delmas(),
            dispute: DisputeId::from_bits(4),
            number: "FA-2026-0101".into(),
            amount: Money::eur(12_000),
            since: day("2026-11-09"),
            owner: None,
        }],
        unsure: vec![unsure::UnsureLine {
            debtor: delmas(),
            dispute: DisputeId::from_bits(3),
            number: "FA-2026-0098".into(),
            amount: Money::eur(84_050),
            since: day("2026-11-21"),
        }],
        plans: vec![plan::PlanLine {
            debtor: delmas(),
            amount: Money::eur(716_000),
            answer_by: day("2026-11-20"),
        }],
        tasks: vec![contacts::TaskLine {
            debtor: delmas(),
            kind: TaskKind::BadAddress,
            detail: "compta@delmas.example · 550 5.1.1 no such user".into(),
            since: day("2026-11-19"),
        }],
        promises: promise_lines(),
        payments: vec![today::PaymentLine {
            debtor: delmas(),
            method: Method::Debit,
            amount: Money::eur(31_245),
            state: PaymentState::Processing,
            day: day("2026-12-07"),
        }],
        going_back: vec![reversals::ReversalLine {
            debtor: delmas(),
            cause: Cause::Dispute,
            state: ReversalState::Pending,
            amount: Money::eur(12_000),
            since: day("2026-11-20"),
        }],
        unmatched: vec![unmatched::UnmatchedLine {
            supplier: "Boréal Énergie".into(),
            booked_on: day("2026-11-19"),
            payer: None,
            text: "VIR <sans référence>".into(),
            amount: Money::eur(43_210),
        }],
        stuck: vec![stuck_line()],
        to_decide: 2,
    };
    both("today", |frame| today::page(frame, &view));
}
