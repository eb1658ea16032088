//! Money received finds its account, in the order of `sepa.md` §8, and is shared out.

use domain::invoice::{Invoice, Share};
use domain::ledger::Account;
use domain::matching::{self, Clue, Fit, Lookup, Named, Said, Suggestion};
use domain::payment::{Method, Payment, PaymentEvent, PaymentState};
use domain::rf::RfReference;
use domain::statement::Standing;
use domain::{Day, DebtorId, InvoiceId, Moment, Money, PaymentId, SupplierId};

use super::book::{Line, Step, With, suspend};
use super::debits;
use super::finder::SUGGESTED_MAX;
use crate::clock::new_id;
use crate::flows::error::FlowError;
use crate::flows::guard::Actor;
use crate::flows::settle::{Receipt, settle};
use crate::store::bank::Outcome;
use crate::store::{self, Conn, StoreError};

/// What a clue led to.
pub(super) enum Found {
    /// Nothing: the next clue is followed.
    Nothing,
    /// The money is where it belongs.
    Booked(Outcome),
}

/// Finds whose it is and books it there, else suspends it with what may be.
pub(super) fn receive(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    line: &Line,
) -> Result<Outcome, FlowError> {
    let part = &line.part;
    let said = Said {
        batch: part.payment_info_id.clone().filter(|_| step.undivided),
        end_to_end: part.end_to_end_id.clone(),
        mandate: part.mandate.clone(),
        references: part.creditor_references.clone(),
        text: part.text.clone(),
    };
    let mut suggested = Vec::new();
    for lookup in matching::lookups(&said) {
        let found = match &lookup {
            Lookup::Batch(id) => debits::batch(conn, with, step, (line, id))?,
            Lookup::Collection(id) => debits::collection(conn, with, step, (line, id))?,
            Lookup::Mandate(mandate) => debits::under_mandate(conn, with, step, (line, mandate))?,
            Lookup::Reference(reference) => by_reference(conn, with, step, (line, reference))?,
            Lookup::Numbers(numbers) => {
                let found = with.finder.numbered(numbers);
                by_number(conn, with, step, line, (&found, &mut suggested))?
            }
            Lookup::Payer => {
                by_payer(conn, with, line, &mut suggested)?;
                Found::Nothing
            }
        };
        if let Found::Booked(outcome) = found {
            return Ok(outcome);
        }
    }
    let money = (line.amount, step.booked_on);
    suspend(conn, (with.supplier, with.now), line.key.clone(), money)?;
    store::bank::suggest(conn, with.supplier, &line.key, &suggested)?;
    Ok(Outcome::plain(Standing::Nobody))
}

/// Whether a payment still waits for money of this currency.
pub(super) fn takes(payment: &Payment, amount: Money) -> bool {
    payment.state.on(PaymentEvent::Confirmed).is_ok()
        && payment.amount.currency() == amount.currency()
}

/// How what came compares with what was announced.
fn compared(payment: &Payment, amount: Money) -> Fit {
    let several = payment.shares.len() > 1;
    match payment.amount.minor().cmp(&amount.minor()) {
        std::cmp::Ordering::Equal if several => Fit::Grouped,
        std::cmp::Ordering::Equal => Fit::Exact,
        std::cmp::Ordering::Greater => Fit::Part,
        std::cmp::Ordering::Less => Fit::Over,
    }
}

/// The transfer that was given this reference; or a new payment of the debtor whose account
/// reference it is. Money for a transfer that has had its own counts as the debtor's again.
fn by_reference(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, reference): (&Line, &RfReference),
) -> Result<Found, FlowError> {
    let supplier = with.supplier;
    let debtor = match store::payment::by_reference(conn, supplier, reference) {
        Ok(payment) if takes(&payment, line.amount) => {
            let fit = compared(&payment, line.amount);
            let to = (payment.id, payment.debtor, fit);
            return settled(conn, with, step, (line, Standing::Reference), to);
        }
        Ok(payment) => Some(payment.debtor),
        Err(StoreError::NotFound) => store::debtor::by_reference(conn, supplier, reference)?,
        Err(why) => return Err(why.into()),
    };
    match debtor {
        Some(debtor) => arrived(conn, with, step, (line, Standing::Reference), (debtor, &[])),
        None => Ok(Found::Nothing),
    }
}

/// Settles a payment with the movement.
pub(super) fn settled(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, standing): (&Line, Standing),
    (payment, debtor, fit): (PaymentId, DebtorId, Fit),
) -> Result<Found, FlowError> {
    let receipt = Receipt {
        payment,
        amount: line.amount,
        on: step.booked_on,
        account: Account::Bank,
        actor: Actor::job("bank"),
    };
    settle(conn, with.supplier, &receipt, with.now)?;
    Ok(Found::Booked(Outcome {
        payment: Some(payment),
        debtor: Some(debtor),
        fit: Some(fit),
        ..Outcome::plain(standing)
    }))
}

/// Money that came without being announced, for these invoices and then the oldest.
pub(super) fn arrived(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    (line, standing): (&Line, Standing),
    (debtor, stated): (DebtorId, &[InvoiceId]),
) -> Result<Found, FlowError> {
    let money = (line.amount, step.booked_on, Account::Bank);
    let to = (debtor, stated);
    let by = Actor::job("bank");
    let (payment, fit) = assign(conn, (with.supplier, with.now), to, money, by)?;
    Ok(Found::Booked(Outcome {
        payment: Some(payment),
        debtor: Some(debtor),
        fit: Some(fit),
        ..Outcome::plain(standing)
    }))
}

/// Makes a payment of money that is a debtor's and shares it out: the invoices stated first.
pub(in crate::flows) fn assign(
    conn: &mut Conn,
    (supplier, now): (SupplierId, Moment),
    (debtor, stated): (DebtorId, &[InvoiceId]),
    (amount, on, from): (Money, Day, Account),
    by: Actor,
) -> Result<(PaymentId, Fit), FlowError> {
    store::debtor::lock(conn, supplier, debtor)?;
    let (shares, fit) = if stated.is_empty() {
        (Vec::new(), Fit::Account)
    } else {
        let open = store::invoice::open_of_debtor(conn, supplier, debtor)?;
        let shared = matching::share_out(amount, stated, &open)?;
        (shared.shares, shared.fit)
    };
    let payment = unannounced(supplier, debtor, (amount, shares), now);
    store::payment::insert(conn, &payment, None)?;
    let receipt = Receipt {
        payment: payment.id,
        amount,
        on,
        account: from,
        actor: by,
    };
    settle(conn, supplier, &receipt, now)?;
    Ok((payment.id, fit))
}

/// A payment for money that came without being announced.
fn unannounced(
    supplier: SupplierId,
    debtor: DebtorId,
    (amount, shares): (Money, Vec<Share>),
    now: Moment,
) -> Payment {
    Payment {
        id: new_id(),
        supplier,
        debtor,
        method: Method::Transfer,
        state: PaymentState::Created,
        amount,
        provider_ref: None,
        created_at: now,
        expires_at: None,
        effective_on: None,
        shares,
        credits: Vec::new(),
        charges: Vec::new(),
    }
}

/// The invoices whose numbers the payer wrote.
fn by_number(
    conn: &mut Conn,
    with: &With<'_>,
    step: &Step,
    line: &Line,
    (found, suggested): (&[(DebtorId, InvoiceId)], &mut Vec<Suggestion>),
) -> Result<Found, FlowError> {
    let mut open: Vec<Invoice> = Vec::new();
    for (debtor, invoice) in found {
        let item = store::invoice::find(conn, with.supplier, *debtor, *invoice)?;
        if item.open.is_positive() && item.currency() == line.amount.currency() {
            open.push(item);
        }
    }
    match matching::named(line.amount, &open)? {
        Named::Nothing => Ok(Found::Nothing),
        Named::Certain(debtor, invoices) => {
            let how = (line, Standing::Number);
            arrived(conn, with, step, how, (debtor, &invoices))
        }
        Named::Perhaps(all) => {
            suggested.extend(all.into_iter().take(SUGGESTED_MAX));
            Ok(Found::Nothing)
        }
    }
}

/// Who paid from this account before or is called so, and whoever alone owes exactly this.
fn by_payer(
    conn: &mut Conn,
    with: &With<'_>,
    line: &Line,
    suggested: &mut Vec<Suggestion>,
) -> Result<(), FlowError> {
    let mut debtors: Vec<DebtorId> = Vec::new();
    if let Some(key) = &line.payer_key {
        debtors.extend(store::bank::paid_from(conn, with.supplier, key, 20)?);
    }
    if let Some(name) = &line.part.counterparty_name {
        debtors.extend(with.finder.called(name));
    }
    debtors.extend(with.finder.only_with(line.amount));
    for debtor in debtors {
        let known = suggested.iter().any(|one| one.debtor == debtor);
        if known || suggested.len() >= SUGGESTED_MAX {
            continue;
        }
        let open = store::invoice::open_of_debtor(conn, with.supplier, debtor)?;
        suggested.push(Suggestion {
            debtor,
            invoices: matching::fitting(line.amount, &open),
            clue: Clue::Payer,
        });
    }
    Ok(())
}
