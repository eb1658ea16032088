//! A bank statement is booked: each movement once, matched by reference, money shared out.

use std::collections::BTreeMap;

use domain::collection::CollectionEvent;
use domain::invoice::Share;
use domain::ledger::{Account, Entry as LedgerEntry, Line, TxKind};
use domain::payment::{Method, Payment, PaymentEvent, PaymentState};
use domain::rf::{self, RfReference};
use domain::{BankFileId, Currency, DebtorId, Moment, Money, PaymentId, SupplierId};

use super::collect::collection_of;
use super::error::FlowError;
use super::guard::Actor;
use super::settle::{Receipt, settle};
use crate::app::App;
use crate::clock::new_id;
use crate::payments::sepa::camt053::{self, Entry, Item, Transaction};
use crate::payments::sepa::xml::{self, Checked};
use crate::store::bank::{BankFile, Movement};
use crate::store::{self, Conn, StoreError};
use crate::vault;

/// Bytes of a statement file that are read.
const FILE_MAX: usize = 256 * 1024 * 1024;

/// What a file led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// Movements booked now.
    pub movements: usize,
    /// Of these, matched to a payment or debtor.
    pub matched: usize,
    /// Movements that were booked before.
    pub known: usize,
    /// Money received that belongs to nobody known, by currency.
    pub unmatched: BTreeMap<Currency, Money>,
    /// Statements whose opening and entries do not make their closing balance.
    pub unbalanced: Vec<String>,
}

/// One movement to be booked.
struct Step {
    key: String,
    entry: Entry,
    part: Transaction,
}

/// Reads a file whole, refuses it whole if a part cannot be read, then books each movement in a
/// transaction of its own. Read again, it books nothing again.
pub async fn run(
    app: &App,
    supplier: SupplierId,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Booked, FlowError> {
    let refused = |why: &dyn std::fmt::Display| FlowError::Unusable(format!("{name}: {why}"));
    let checked = xml::check(&bytes, FILE_MAX).map_err(|why| refused(&why))?;
    let mut booked = Booked::default();
    survey(&checked, &mut booked).map_err(|why| refused(&why))?;
    let file = keep(app, supplier, name, &bytes).await?;
    let mut account = String::new();
    for item in camt053::read(&checked).map_err(|why| refused(&why))? {
        match item.map_err(|why| refused(&why))? {
            Item::Opened(statement) => account = statement.account,
            Item::Entry(entry) => {
                book_entry(app, supplier, file, &account, entry, &mut booked).await?
            }
            Item::Closed(_) => {}
        }
    }
    Ok(booked)
}

/// Goes through the whole file before anything is booked.
fn survey(checked: &Checked<'_>, booked: &mut Booked) -> Result<(), camt053::CamtError> {
    for item in camt053::read(checked)? {
        if let Item::Closed(summary) = item?
            && !summary.balanced
        {
            booked.unbalanced.push(summary.statement);
        }
    }
    Ok(())
}

async fn keep(
    app: &App,
    supplier: SupplierId,
    name: &str,
    bytes: &[u8],
) -> Result<BankFileId, FlowError> {
    let new = BankFile {
        id: new_id(),
        name: name.to_owned(),
        sha256: vault::sha256(bytes),
        body: bytes.to_vec(),
    };
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            Ok(store::bank::insert_file(conn, supplier, &new, now)?)
        })
        .await
}

async fn book_entry(
    app: &App,
    supplier: SupplierId,
    file: BankFileId,
    account: &str,
    entry: Entry,
    booked: &mut Booked,
) -> Result<(), FlowError> {
    let parts = entry.transactions.clone();
    for (place, part) in parts.into_iter().enumerate() {
        let key = format!("{account}|{}|{}|{place}", entry.statement, entry.ordinal);
        let step = Step {
            key,
            entry: entry.clone(),
            part,
        };
        let (amount, credit) = (step.part.amount, step.part.credit);
        let now = app.now();
        let done = app
            .store
            .write(supplier, move |conn| book(conn, supplier, file, &step, now))
            .await?;
        match done {
            None => booked.known += 1,
            Some(matching) => {
                booked.movements += 1;
                booked.matched += usize::from(matching != "none");
                if matching == "none" && credit {
                    let currency = amount.currency();
                    let sum = booked
                        .unmatched
                        .entry(currency)
                        .or_insert(Money::zero(currency));
                    *sum = sum.checked_add(amount)?;
                }
            }
        }
    }
    Ok(())
}

/// Books one movement; none when it was booked before.
fn book(
    conn: &mut Conn,
    supplier: SupplierId,
    file: BankFileId,
    step: &Step,
    now: Moment,
) -> Result<Option<&'static str>, FlowError> {
    let amount = step.part.amount;
    let movement = Movement {
        key: step.key.clone(),
        file,
        booked_on: step.entry.booked_on,
        amount: if step.part.credit {
            amount
        } else {
            amount.checked_neg()?
        },
        text: step.part.text.clone(),
        counterparty: step.part.counterparty_name.clone(),
        matching: "none",
        payment: None,
    };
    if !store::bank::insert_movement(conn, supplier, &movement)? {
        return Ok(None);
    }
    let (matching, payment) = if step.part.credit {
        credit(conn, supplier, step, now)?
    } else if step.part.returned {
        // A debit that came back: a human decides until returns are booked by themselves.
        ("none", None)
    } else {
        ("ignored", None)
    };
    store::bank::set_matching(conn, supplier, &step.key, matching, payment)?;
    Ok(Some(matching))
}

type Matched = (&'static str, Option<PaymentId>);

/// Matches money received, in the order of `sepa.md` §8, and shares it out.
fn credit(
    conn: &mut Conn,
    supplier: SupplierId,
    step: &Step,
    now: Moment,
) -> Result<Matched, FlowError> {
    if let Some(payment) = by_collection(conn, supplier, step, now)? {
        receive(conn, supplier, payment, step, now)?;
        return Ok(("collection", Some(payment)));
    }
    for reference in references(&step.part) {
        if let Some(payment) = by_reference(conn, supplier, &reference, step, now)? {
            receive(conn, supplier, payment, step, now)?;
            return Ok(("reference", Some(payment)));
        }
    }
    suspend(conn, supplier, step, now)?;
    Ok(("none", None))
}

/// The payment of the collection that the movement names; the collection becomes settled. Money
/// that no collection waits for is the debtor's all the same.
fn by_collection(
    conn: &mut Conn,
    supplier: SupplierId,
    step: &Step,
    now: Moment,
) -> Result<Option<PaymentId>, FlowError> {
    let Some(id) = step.part.end_to_end_id.as_deref().and_then(collection_of) else {
        return Ok(None);
    };
    let collection = match store::collection::find(conn, supplier, id) {
        Err(StoreError::NotFound) => return Ok(None),
        other => other?,
    };
    let payment = store::payment::find(conn, supplier, collection.payment)?;
    match collection.state.on(CollectionEvent::Settle) {
        Ok(next) if takes(&payment, step) => {
            store::collection::set_state(conn, supplier, id, collection.state, next)?;
            Ok(Some(payment.id))
        }
        _ => arrive(conn, supplier, collection.debtor, step, now).map(Some),
    }
}

/// Whether a payment still waits for money of this currency.
fn takes(payment: &Payment, step: &Step) -> bool {
    payment.state.on(PaymentEvent::Confirmed).is_ok()
        && payment.amount.currency() == step.part.amount.currency()
}

/// Every reference with right check digits: the structured ones first, then one in the text.
fn references(part: &Transaction) -> Vec<RfReference> {
    let structured = part
        .creditor_references
        .iter()
        .filter_map(|text| text.parse().ok());
    structured.chain(rf::find_in(&part.text)).collect()
}

/// The transfer that was given this reference; or a new payment of the debtor whose account
/// reference it is. Money for a transfer that has had its own counts as the debtor's again.
fn by_reference(
    conn: &mut Conn,
    supplier: SupplierId,
    reference: &RfReference,
    step: &Step,
    now: Moment,
) -> Result<Option<PaymentId>, FlowError> {
    let debtor = match store::payment::by_reference(conn, supplier, reference) {
        Ok(payment) if takes(&payment, step) => return Ok(Some(payment.id)),
        Ok(payment) => Some(payment.debtor),
        Err(StoreError::NotFound) => store::debtor::by_reference(conn, supplier, reference)?,
        Err(why) => return Err(why.into()),
    };
    debtor
        .map(|debtor| arrive(conn, supplier, debtor, step, now))
        .transpose()
}

/// A payment for money that came without being announced.
fn arrive(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
    step: &Step,
    now: Moment,
) -> Result<PaymentId, FlowError> {
    let payment = Payment {
        id: new_id(),
        supplier,
        debtor,
        method: Method::Transfer,
        state: PaymentState::Created,
        amount: step.part.amount,
        provider_ref: None,
        created_at: now,
        expires_at: None,
        effective_on: None,
        shares: Vec::<Share>::new(),
    };
    store::payment::insert(conn, &payment, None)?;
    Ok(payment.id)
}

fn receive(
    conn: &mut Conn,
    supplier: SupplierId,
    payment: PaymentId,
    step: &Step,
    now: Moment,
) -> Result<(), FlowError> {
    let receipt = Receipt {
        payment,
        amount: step.part.amount,
        on: step.entry.booked_on,
        account: Account::Bank,
        actor: Actor::job("bank"),
    };
    settle(conn, supplier, &receipt, now)?;
    Ok(())
}

/// Money of nobody known stays in sight until a human says whose it is.
fn suspend(
    conn: &mut Conn,
    supplier: SupplierId,
    step: &Step,
    now: Moment,
) -> Result<(), FlowError> {
    let line = |account, amount| Line {
        account,
        invoice: None,
        debtor: None,
        amount,
    };
    let amount = step.part.amount;
    let entry = LedgerEntry {
        supplier,
        kind: TxKind::Settlement,
        source: step.key.clone(),
        effective_on: step.entry.booked_on,
        lines: vec![
            line(Account::Bank, amount),
            line(Account::Suspense, amount.checked_neg()?),
        ],
    };
    Ok(store::ledger::post(conn, new_id(), &entry, now)?)
}
