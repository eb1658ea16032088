//! Staff says whose a movement is, or takes it from an account again.

use domain::ledger::{Account, TxKind};
use domain::matching::Fit;
use domain::payment::PaymentState;
use domain::statement::Standing;
use domain::{DebtorId, InvoiceId, Moment, Money, PaymentId, SupplierId};

use super::bank_file::{assign, suspend_again};
use super::error::FlowError;
use super::guard::Actor;
use super::take_back::{TakeBack, take_back};
use crate::app::App;
use crate::store::bank::{Outcome, Paid};
use crate::store::{self, Conn, StoreError};

/// Accounts that one movement may be split over.
pub const PARTS_MAX: usize = 10;

/// A part of a movement and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose.
    pub debtor: DebtorId,
    /// For which invoices; none for the oldest.
    pub invoices: Vec<InvoiceId>,
    /// How much of it; all that the others leave when it is not said.
    pub amount: Option<Money>,
}

/// Puts money that is with nobody on these accounts. Told twice, it is done once.
pub async fn allot(
    app: &App,
    supplier: SupplierId,
    key: String,
    parts: Vec<Part>,
    by: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            store::bank::turn(conn, supplier)?;
            let movement = store::bank::find(conn, supplier, &key)?;
            if movement.standing == Standing::Staff {
                return Ok(());
            }
            if movement.standing != Standing::Nobody || !movement.amount.is_positive() {
                return Err(StoreError::Conflict.into());
            }
            put(conn, (supplier, now), &movement, &parts, &by)
        })
        .await
}

/// The amount of each part: they come to the movement, to the cent.
fn amounts(whole: Money, parts: &[Part]) -> Result<Vec<Money>, FlowError> {
    let said = parts.iter().filter_map(|part| part.amount);
    let rest = whole.checked_sub(Money::sum(whole.currency(), said)?)?;
    let open = parts.iter().filter(|part| part.amount.is_none()).count();
    let fits = match open {
        0 => rest.is_zero(),
        1 => rest.is_positive(),
        _ => false,
    };
    let amounts: Vec<Money> = parts
        .iter()
        .map(|part| part.amount.unwrap_or(rest))
        .collect();
    let positive = amounts.iter().all(|amount| amount.is_positive());
    if parts.is_empty() || parts.len() > PARTS_MAX || !fits || !positive {
        let why = format!("the parts must come to {whole}, to the cent");
        return Err(FlowError::Unusable(why));
    }
    Ok(amounts)
}

fn put(
    conn: &mut Conn,
    (supplier, now): (SupplierId, Moment),
    movement: &Paid,
    parts: &[Part],
    by: &Actor,
) -> Result<(), FlowError> {
    let amounts = amounts(movement.amount, parts)?;
    let mut order: Vec<(&Part, Money)> = parts.iter().zip(amounts).collect();
    // Guards are taken in one order by all who take several.
    order.sort_by_key(|(part, _)| part.debtor);
    let mut made: Vec<(PaymentId, Fit)> = Vec::new();
    for (part, amount) in &order {
        let to = (part.debtor, part.invoices.as_slice());
        let money = (*amount, movement.booked_on, Account::Suspense);
        made.push(assign(conn, (supplier, now), to, money, by.clone())?);
    }
    let mut outcome = Outcome::plain(Standing::Staff);
    if let ([(payment, fit)], [(part, _)]) = (made.as_slice(), order.as_slice()) {
        outcome.payment = Some(*payment);
        outcome.debtor = Some(part.debtor);
        outcome.fit = Some(*fit);
    } else {
        for (payment, _) in &made {
            store::bank::add_part(conn, supplier, &movement.key, *payment)?;
        }
    }
    store::bank::forget_suggestions(conn, supplier, &movement.key)?;
    Ok(store::bank::set_outcome(
        conn,
        supplier,
        &movement.key,
        &outcome,
    )?)
}

/// Takes a movement's money from the accounts it was put on: the invoices are due again, and the
/// money is with nobody until somebody says whose it is.
pub async fn undo(
    app: &App,
    supplier: SupplierId,
    key: String,
    by: Actor,
) -> Result<(), FlowError> {
    let now = app.now();
    app.store
        .write(supplier, move |conn| {
            store::bank::turn(conn, supplier)?;
            let movement = store::bank::find(conn, supplier, &key)?;
            if movement.standing == Standing::Nobody {
                return Ok(());
            }
            if !movement.standing.is_undoable() {
                return Err(StoreError::Conflict.into());
            }
            take(conn, (supplier, now), &movement, &by)
        })
        .await
}

fn take(
    conn: &mut Conn,
    (supplier, now): (SupplierId, Moment),
    movement: &Paid,
    by: &Actor,
) -> Result<(), FlowError> {
    let mut payments: Vec<PaymentId> = store::bank::parts_of(conn, supplier, &movement.key)?;
    payments.extend(movement.payment);
    let mut found = Vec::with_capacity(payments.len());
    for id in payments {
        let payment = store::payment::find(conn, supplier, id)?;
        if payment.state != PaymentState::Succeeded {
            return Err(StoreError::Conflict.into());
        }
        found.push((payment.debtor, id));
    }
    found.sort_unstable();
    for (place, (_, id)) in found.iter().enumerate() {
        let came = received(conn, supplier, *id)?;
        let what = TakeBack {
            payment: *id,
            on: movement.booked_on,
            reason: "it was not for this account".to_owned(),
            actor: by.clone(),
        };
        take_back(conn, supplier, &what, now)?;
        // What came from suspense is there again by itself.
        if let Some(amount) = came {
            let round = format!("{}:{place}", movement.key);
            let times = (round.as_str(), movement.rounds + 1);
            suspend_again(conn, (supplier, now), times, (amount, movement.booked_on))?;
        }
    }
    Ok(store::bank::undo(conn, supplier, &movement.key)?)
}

/// What a payment brought to the bank account by itself.
fn received(
    conn: &mut Conn,
    supplier: SupplierId,
    payment: PaymentId,
) -> Result<Option<Money>, FlowError> {
    let source = payment.to_string();
    let lines = store::ledger::lines_of(conn, supplier, TxKind::Settlement, &source)?;
    let bank = lines.iter().find(|line| line.account == Account::Bank);
    Ok(bank.map(|line| line.amount))
}

/// The debtor of this customer code, or with an open invoice of this number.
pub async fn debtor_called(
    app: &App,
    supplier: SupplierId,
    typed: &str,
) -> Result<Option<DebtorId>, FlowError> {
    let code = typed.trim().to_owned();
    let found = app
        .store
        .read(supplier, move |conn| {
            store::debtor::find_by_codes(conn, supplier, &[code])
        })
        .await?;
    Ok(found.first().map(|debtor| debtor.id))
}

#[cfg(test)]
mod tests {
    use domain::Id;

    use super::*;

    fn part(amount: Option<i64>) -> Part {
        Part {
            debtor: DebtorId::from_bits(1),
            invoices: Vec::new(),
            amount: amount.map(Money::eur),
        }
    }

    #[test]
    fn parts_come_to_the_movement() {
        let whole = Money::eur(1_000);
        let of = |all: &[Option<i64>]| {
            let parts: Vec<Part> = all.iter().copied().map(part).collect();
            amounts(whole, &parts).ok().map(|all| {
                let minor = all.iter().map(|amount| amount.minor());
                minor.collect::<Vec<i64>>()
            })
        };
        assert_eq!(of(&[None]), Some(vec![1_000]));
        assert_eq!(of(&[Some(400), None]), Some(vec![400, 600]));
        assert_eq!(of(&[Some(400), Some(600)]), Some(vec![400, 600]));
        for wrong in [
            &[][..],
            &[Some(999)],
            &[Some(1_001)],
            &[None, None],
            &[Some(1_000), None],
            &[Some(-5), None],
            &[Some(0), None],
        ] {
            assert_eq!(of(wrong), None, "{wrong:?}");
        }
    }
}
