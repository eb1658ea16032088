//! Payments under way that hold what is open, as pages show them.

use domain::invoice::{Invoice, Share};
use domain::payment::{Method, Payment, PaymentState};
use domain::{Day, InvoiceId};
use views::portal::held::{Held, Way};

use crate::flows::{Visitor, abandon};
use crate::store::{self, Conn, StoreError};
use crate::vault::VaultError;
use crate::web::session::{Visit, random_hex};

/// Payments under way of one debtor that are looked at.
const HELD_MAX: i64 = 20;

/// A payment under way as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Holding {
    payment: Payment,
    numbers: Vec<String>,
    page: Option<String>,
    /// Whether it is made with a card that the provider keeps.
    kept: bool,
    /// The day of a debit, and whether it can be called off here.
    debit: Option<(Day, bool)>,
}

/// Those that hold something of these items, oldest first.
pub(super) fn load(
    conn: &mut Conn,
    visitor: &Visitor,
    items: &[Invoice],
) -> Result<Vec<Holding>, StoreError> {
    let held = items.iter().filter(|item| item.reserved.is_positive());
    let held: Vec<InvoiceId> = held.map(|item| item.id).collect();
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let all = store::payment::holding(conn, visitor.supplier, visitor.debtor, HELD_MAX)?;
    let touches = |payment: &Payment| {
        let same = |share: &Share| held.contains(&share.invoice);
        payment.designation().held().any(same)
    };
    let all = all.into_iter().filter(|(payment, _)| touches(payment));
    all.map(|(payment, page)| holding(conn, payment, page))
        .collect()
}

/// The one, if it is under way and holds something.
pub(super) fn of_payment(
    conn: &mut Conn,
    payment: &Payment,
) -> Result<Option<Holding>, StoreError> {
    let holds = payment.method.is_at_provider() || payment.method == Method::Debit;
    if !payment.state.reserves() || !holds {
        return Ok(None);
    }
    let page = store::payment::page_url(conn, payment.supplier, payment.id)?;
    Ok(Some(holding(conn, payment.clone(), page)?))
}

fn holding(conn: &mut Conn, payment: Payment, page: Option<String>) -> Result<Holding, StoreError> {
    let (supplier, id) = (payment.supplier, payment.id);
    let debit = match payment.method {
        Method::Debit => {
            let collection = store::collection::of_payment(conn, supplier, id)?;
            let free = abandon::can_cancel(conn, &payment, &collection)?;
            Some((collection.collect_on, free))
        }
        _ => None,
    };
    Ok(Holding {
        numbers: numbers(conn, &payment)?,
        kept: store::payment::card(conn, supplier, id)?.is_some(),
        payment,
        page,
        debit,
    })
}

fn numbers(conn: &mut Conn, payment: &Payment) -> Result<Vec<String>, StoreError> {
    let ids: Vec<_> = payment.shares.iter().map(|share| share.invoice).collect();
    let items = store::invoice::find_many(conn, payment.supplier, payment.debtor, &ids)?;
    Ok(items.into_iter().map(|item| item.number).collect())
}

/// As pages show them.
pub(super) fn views(visit: &Visit, all: Vec<Holding>) -> Result<Vec<Held>, VaultError> {
    all.into_iter().map(|one| view(visit, one)).collect()
}

/// As a page shows it.
pub(super) fn view(visit: &Visit, one: Holding) -> Result<Held, VaultError> {
    Ok(Held {
        payment: one.payment.id,
        amount: one.payment.amount,
        method: one.payment.method,
        way: way(visit, &one),
        numbers: one.numbers,
        key: random_hex()?,
    })
}

fn way(visit: &Visit, one: &Holding) -> Way {
    if let Some((on, free)) = one.debit {
        return Way::Debit { on, free };
    }
    let until = one.payment.expires_at.filter(|until| *until > visit.now);
    match one.payment.state {
        PaymentState::RequiresAction => Way::Page {
            resume: one.page.clone().filter(|_| until.is_some()),
            until,
        },
        // Nobody pays on a page that was not opened; a kept card may have been charged already.
        PaymentState::Created if !one.kept => Way::Page {
            resume: None,
            until,
        },
        PaymentState::Processing if one.payment.method == Method::ProviderDebit => Way::Bank,
        _ => Way::Answer,
    }
}
