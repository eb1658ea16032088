//! A form sent eight times at once, to both nodes, is done once and answered eight times alike.

use std::collections::BTreeMap;
use std::sync::Arc;

use acquit::app::App;
use acquit::flows::debit::{DebitOrder, first_day, order};
use acquit::flows::dispute::{Declaration, declare};
use acquit::flows::mandate::{Signature, sign};
use acquit::flows::pay_by_card::{self, CardOrder};
use acquit::flows::plan::{Request, ask};
use acquit::flows::promise::{Pledge, make};
use acquit::flows::{FlowError, Visitor, pay_by_transfer};
use domain::dispute::Reason;
use domain::invoice::Share;
use domain::mandate::Usage;
use domain::party::Supplier;
use domain::plan::Part;
use domain::{MandateId, Money};

use super::{Nodes, Party, TOTAL, all, on_threads, rounds};
use crate::support::databases::backends;

const FORMS: [&str; 7] = [
    "promise", "dispute", "transfer", "card", "debit", "mandate", "plan",
];

/// Rounds of each form.
const EACH: usize = 40;

const TIMES: usize = 8;

pub(super) fn shares(party: &Party) -> Vec<Share> {
    vec![Share {
        invoice: party.invoice.id,
        amount: Money::eur(TOTAL),
    }]
}

pub(super) async fn mandate(app: &App, party: &Party, key: &str) -> Result<MandateId, FlowError> {
    let signature = Signature {
        holder: "SOCIETE C".into(),
        iban: "FR1420041010050500013M02606".parse().unwrap(),
        bic: None,
        usage: Usage::Recurring,
        signatory: "Comptabilité".into(),
        place: "Lyon".into(),
        wording: "Mandat de prélèvement SEPA".into(),
        address: "192.0.2.1".into(),
        agent: "test".into(),
        // The mandate's reference is made from the key, which no two forms share.
        key: format!("{key} {}", party.visitor.debtor),
    };
    sign(app, party.visitor, signature).await
}

pub(super) async fn debit(
    app: &App,
    supplier: &Supplier,
    party: &Party,
    (mandate, key): (MandateId, &str),
) -> Result<String, FlowError> {
    let what = (mandate, shares(party), key.into());
    debit_of(app, supplier, party.visitor, what).await
}

/// Orders a debit for the first day the bank can do.
pub(super) async fn debit_of(
    app: &App,
    supplier: &Supplier,
    visitor: Visitor,
    (mandate, shares, key): (MandateId, Vec<Share>, String),
) -> Result<String, FlowError> {
    let ordered = DebitOrder {
        mandate,
        what: shares.into(),
        collect_on: first_day(supplier, app.now()),
        key,
    };
    Ok(order(app, visitor, ordered).await?.to_string())
}

/// Asks for one instalment that the supplier accepts by itself.
async fn plan(app: &App, party: &Party, key: String) -> Result<String, FlowError> {
    let request = Request {
        shares: shares(party),
        parts: vec![Part {
            due_on: "2026-03-20".parse().unwrap(),
            amount: Money::eur(TOTAL),
        }],
        mandate: None,
        reason: String::new(),
        terms: "…".into(),
        key,
    };
    Ok(ask(app, party.visitor, request).await?.to_string())
}

/// Sends a form; gives the id of what it led to.
async fn submit(
    app: &App,
    supplier: &Supplier,
    form: &str,
    party: &Party,
    signed: MandateId,
) -> Result<String, FlowError> {
    let (visitor, key) = (party.visitor, "the form's key".to_owned());
    Ok(match form {
        "promise" => {
            let due_on = "2026-03-12".parse().unwrap();
            let shares = shares(party);
            let pledge = Pledge {
                shares,
                due_on,
                key,
            };
            make(app, visitor, pledge).await?.to_string()
        }
        "dispute" => {
            let declaration = Declaration {
                invoice: party.invoice.id,
                reason: Reason::Price,
                amount: None,
                lines: Vec::new(),
                text: String::new(),
                key,
            };
            declare(app, visitor, declaration).await?.to_string()
        }
        "transfer" => {
            let announced = pay_by_transfer::announce(app, visitor, shares(party), key);
            announced.await?.to_string()
        }
        "card" => {
            let shares = shares(party);
            let order = CardOrder {
                what: shares.into(),
                key,
            };
            let redirect = pay_by_card::start(app, visitor, order).await?;
            format!("{} {}", redirect.payment, redirect.url)
        }
        "plan" => plan(app, party, key).await?,
        "debit" => debit(app, supplier, party, (signed, &key)).await?,
        _ => mandate(app, party, &key).await?.to_string(),
    })
}

#[test]
fn a_form_sent_eight_times_is_done_once() {
    for backend in backends() {
        on_threads(race(backend));
    }
}

async fn race(backend: &str) {
    let nodes = Nodes::silent(backend).await;
    let parties = nodes.parties(FORMS.len() * EACH).await;
    let racing = parties.iter().enumerate().map(|(number, party)| {
        let (apps, supplier) = (nodes.nodes.clone(), nodes.supplier.clone());
        let (form, party) = (FORMS[number % FORMS.len()], party.clone());
        async move { round(apps, supplier, form, party).await }
    });
    for (number, answers) in rounds(6, racing).await.into_iter().enumerate() {
        let form = FORMS[number % FORMS.len()];
        let first = answers[0]
            .as_ref()
            .unwrap_or_else(|why| panic!("{backend} {form}: {why}"));
        let alike = answers
            .iter()
            .all(|one| one.as_ref().is_ok_and(|id| id == first));
        assert!(alike, "{backend} {form}: {answers:?}");
    }
    check(&nodes, &parties);
}

async fn round(
    apps: [Arc<App>; 2],
    supplier: Supplier,
    form: &'static str,
    party: Party,
) -> Vec<Result<String, FlowError>> {
    let signed = mandate(&apps[0], &party, "mandate").await.unwrap();
    let tasks = (0..TIMES).map(|n| {
        let (app, supplier, party) = (Arc::clone(&apps[n % 2]), supplier.clone(), party.clone());
        tokio::spawn(async move { submit(&app, &supplier, form, &party, signed).await })
    });
    all(tasks.collect()).await
}

/// One row each, and its amount taken once.
fn check(nodes: &Nodes, parties: &[Party]) {
    let count = |table: &str| {
        let query = format!("SELECT CAST(COUNT(*) AS TEXT) AS value FROM {table}");
        nodes.world.conn().read_sql(&query).unwrap()[0]
            .parse::<usize>()
            .unwrap()
    };
    for (table, forms) in [
        ("promise", 2),
        ("plan", 1),
        ("dispute", 1),
        ("payment", 3),
        ("collection", 1),
        ("mandate", FORMS.len() + 1),
    ] {
        assert_eq!(count(table), forms * EACH, "{table}");
    }
    let held: BTreeMap<&str, _> = ["promised", "disputed", "reserved"]
        .into_iter()
        .map(|column| (column, nodes.invoices(column)))
        .collect();
    for (number, party) in parties.iter().enumerate() {
        let column = match FORMS[number % FORMS.len()] {
            "promise" | "plan" => "promised",
            "dispute" => "disputed",
            "card" | "debit" => "reserved",
            _ => "none",
        };
        for (name, amounts) in &held {
            let expected = if *name == column { TOTAL } else { 0 };
            assert_eq!(
                amounts[&party.invoice.id.to_string()],
                expected,
                "{name} {column}"
            );
        }
    }
}
