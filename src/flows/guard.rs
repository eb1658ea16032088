//! Who acts, on which account, and the one lock under which amounts are taken of invoices.

use domain::designation::{self, Designation};
use domain::invoice::{Invoice, ItemKind, Share};
use domain::late::Charge;
use domain::party::Supplier;
use domain::{AuditId, ContactId, Day, DebtorId, ForwardId, LinkId, Moment, Money, SupplierId};

use super::error::FlowError;
use super::late;
use crate::clock::new_id;
use crate::store::audit::Trace;
use crate::store::invoice::Hold;
use crate::store::{self, Conn, StoreError};

/// A debtor's person who came through a signed link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Whose portal.
    pub supplier: SupplierId,
    /// Whose account.
    pub debtor: DebtorId,
    /// To whom the link was sent.
    pub contact: ContactId,
    /// The link.
    pub link: LinkId,
    /// The access it belongs to, when the contact passed it on.
    pub forward: Option<ForwardId>,
}

/// Who did something, as the audit trail says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    text: String,
    forward: Option<ForwardId>,
}

impl Actor {
    /// Somebody behind a link: we know which link, not which person.
    #[must_use]
    pub fn visitor(visitor: &Visitor) -> Self {
        Self {
            text: format!("link {} of {}", visitor.link, visitor.contact),
            forward: visitor.forward,
        }
    }

    /// A member of the staff.
    #[must_use]
    pub fn staff(email: &str) -> Self {
        Self {
            text: format!("staff {email}"),
            forward: None,
        }
    }

    /// In the trail's words.
    pub(super) fn words(&self) -> &str {
        &self.text
    }

    /// The program itself.
    #[must_use]
    pub fn job(name: &str) -> Self {
        Self {
            text: format!("job {name}"),
            forward: None,
        }
    }
}

/// One thing done on an account.
pub(super) struct Deed<'a> {
    pub actor: &'a Actor,
    pub action: &'a str,
    pub debtor: DebtorId,
    pub subject: String,
    pub detail: String,
}

/// Writes a deed in the trail.
pub(super) fn note(
    conn: &mut Conn,
    supplier: SupplierId,
    at: Moment,
    deed: Deed<'_>,
) -> Result<(), FlowError> {
    let actor = match deed.actor.forward {
        Some(id) => {
            let name = store::forward::find(conn, supplier, id)?.name;
            format!("{} named {name}", deed.actor.text)
        }
        None => deed.actor.text.clone(),
    };
    let trace = Trace {
        id: new_id::<AuditId>(),
        at,
        actor,
        action: deed.action.to_owned(),
        debtor: Some(deed.debtor),
        subject: deed.subject,
        detail: deed.detail,
    };
    Ok(store::audit::insert(conn, supplier, &trace)?)
}

/// Writes in the trail what was done to no one account: action, subject and detail.
pub(super) fn note_of(
    conn: &mut Conn,
    supplier: SupplierId,
    (at, actor): (Moment, &Actor),
    (action, subject, detail): (&str, String, String),
) -> Result<(), FlowError> {
    let trace = Trace {
        id: new_id::<AuditId>(),
        at,
        actor: actor.text.clone(),
        action: action.to_owned(),
        debtor: None,
        subject,
        detail,
    };
    Ok(store::audit::insert(conn, supplier, &trace)?)
}

/// Takes the debtor's guard and reads the supplier: how every change of an account begins.
pub(super) fn enter(
    conn: &mut Conn,
    supplier: SupplierId,
    debtor: DebtorId,
) -> Result<Supplier, FlowError> {
    store::debtor::lock(conn, supplier, debtor)?;
    Ok(store::supplier::find(conn, supplier)?)
}

/// What was read of an account before its guard was taken, on a lane where reading holds up nobody.
pub(super) struct Seen<T> {
    /// The account's epoch, read before all else: what changed since has raised it.
    epoch: i64,
    supplier: Supplier,
    what: T,
}

/// Reads what a change will be decided on.
pub(super) fn look<T>(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    read: impl Fn(&mut Conn) -> Result<T, StoreError>,
) -> Result<Seen<T>, StoreError> {
    Ok(Seen {
        epoch: store::debtor::epoch(conn, supplier, debtor)?,
        supplier: store::supplier::find(conn, supplier)?,
        what: read(conn)?,
    })
}

impl<T: Clone> Seen<T> {
    /// Takes the debtor's guard and has its account planned again today. Gives what was read: anew
    /// if the account has changed since.
    pub(super) fn enter(
        &self,
        conn: &mut Conn,
        debtor: DebtorId,
        now: Moment,
        read: impl Fn(&mut Conn) -> Result<T, StoreError>,
    ) -> Result<(&Supplier, Day, T), FlowError> {
        let (supplier, today) = (self.supplier.id, self.supplier.zone.day(now));
        if store::debtor::lock_at(conn, (supplier, debtor), self.epoch, today)? {
            return Ok((&self.supplier, today, self.what.clone()));
        }
        store::debtor::lock(conn, supplier, debtor)?;
        replan(conn, &self.supplier, debtor, now)?;
        Ok((&self.supplier, today, read(conn)?))
    }
}

/// Reads the invoices of these shares and checks each amount against what `left` says of it.
pub(super) fn chosen(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    shares: &[Share],
    left: impl Fn(&Invoice) -> Result<Money, domain::MoneyError>,
) -> Result<Vec<Invoice>, FlowError> {
    let ids: Vec<_> = shares.iter().map(|share| share.invoice).collect();
    let invoices = store::invoice::find_many(conn, supplier, debtor, &ids)?;
    open_to_payment(conn, (supplier, debtor), &invoices)?;
    check(&invoices, shares, left)?;
    Ok(invoices)
}

/// Checks the amount of each share against what `left` says of its invoice.
pub(super) fn check(
    invoices: &[Invoice],
    shares: &[Share],
    left: impl Fn(&Invoice) -> Result<Money, domain::MoneyError>,
) -> Result<(), FlowError> {
    if shares.is_empty() || invoices.len() != shares.len() {
        return Err(FlowError::NothingOpen);
    }
    for share in shares {
        let invoice = invoices.iter().find(|invoice| invoice.id == share.invoice);
        let invoice = invoice.ok_or(FlowError::NothingOpen)?;
        let left = left(invoice)?;
        let fits = left.checked_sub(share.amount)?;
        if invoice.kind != ItemKind::Invoice || !share.amount.is_positive() {
            return Err(FlowError::NothingOpen);
        }
        if fits.is_negative() {
            return Err(FlowError::TooMuch {
                invoice: invoice.id,
                left,
            });
        }
    }
    Ok(())
}

/// The sum of shares, which must be of one currency.
pub(super) fn sum(shares: &[Share]) -> Result<Money, FlowError> {
    let first = shares.first().ok_or(FlowError::NothingOpen)?;
    let amounts = shares.iter().map(|share| share.amount);
    Ok(Money::sum(first.amount.currency(), amounts)?)
}

/// Checks what a debtor wants to pay against what can be paid and deducted today, and gives the
/// money it comes to.
pub(super) fn designated(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    (what, today): (&Designation, Day),
) -> Result<(Money, Vec<Invoice>), FlowError> {
    let net = what.net()?;
    Ok((net, checked(conn, (supplier, debtor), (what, today))?))
}

/// Checks each part of a designation against what can be paid and deducted today.
pub(super) fn checked(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    (what, today): (&Designation, Day),
) -> Result<Vec<Invoice>, FlowError> {
    let invoices = chosen(conn, (supplier, debtor), &what.shares, |invoice| {
        invoice.payable()
    })?;
    let ids: Vec<_> = what.credits.iter().map(|share| share.invoice).collect();
    let notes = store::invoice::find_many(conn, supplier, debtor, &ids)?;
    if notes.len() != what.credits.len() {
        return Err(FlowError::NothingOpen);
    }
    for share in &what.credits {
        let note = notes.iter().find(|note| note.id == share.invoice);
        let left = note.ok_or(FlowError::NothingOpen)?.creditable()?;
        if !share.amount.is_positive() || left.checked_sub(share.amount)?.is_negative() {
            return Err(FlowError::CreditSpent(left));
        }
    }
    lateness(conn, supplier, &invoices, (what, today))?;
    Ok(invoices)
}

/// Refuses debts from before the opening of insolvency proceedings: paying them is void
/// (Code de commerce L622-7).
pub(super) fn open_to_payment(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    invoices: &[Invoice],
) -> Result<(), FlowError> {
    let opened = store::pause::insolvency_of(conn, supplier, debtor)?;
    let covered = |item: &Invoice| opened.is_some_and(|one| one.bars(item));
    match invoices.iter().any(covered) {
        true => Err(FlowError::NothingOpen),
        false => Ok(()),
    }
}

/// Checks what is to be paid for lateness: each once, of an invoice that is paid, and not more than
/// is due of it.
fn lateness(
    conn: &mut Conn,
    supplier: SupplierId,
    invoices: &[Invoice],
    (what, today): (&Designation, Day),
) -> Result<(), FlowError> {
    if what.charges.is_empty() {
        return Ok(());
    }
    let mut due = late::lines(conn, supplier, invoices, (today, None))?;
    for charge in &what.charges {
        let same = |one: &Charge| (one.invoice, one.kind) == (charge.invoice, charge.kind);
        let at = due.iter().position(same).ok_or(FlowError::NothingOpen)?;
        let left = due.swap_remove(at).amount;
        if !charge.amount.is_positive() {
            return Err(FlowError::NothingOpen);
        }
        if left.checked_sub(charge.amount)?.is_negative() {
            let invoice = charge.invoice;
            return Err(FlowError::TooMuch { invoice, left });
        }
    }
    Ok(())
}

/// The same for what a debtor chose by itself, which is refused below the supplier's minimum.
pub(super) fn worthwhile(
    conn: &mut Conn,
    (supplier, debtor): (SupplierId, DebtorId),
    (what, today): (&Designation, Day),
) -> Result<Money, FlowError> {
    let (net, invoices) = designated(conn, (supplier, debtor), (what, today))?;
    let units = store::supplier::part_min(conn, supplier)?;
    what.check_minimum(&invoices, designation::minimum(units, net.currency())?)?;
    Ok(net)
}

/// Takes each share of its invoice or credit note for a claim or payment.
pub(super) fn take<'a>(
    conn: &mut Conn,
    supplier: SupplierId,
    shares: impl IntoIterator<Item = &'a Share>,
    what: Hold,
) -> Result<(), FlowError> {
    for share in shares {
        store::invoice::hold(conn, supplier, share.invoice, what, share.amount)?;
    }
    Ok(())
}

/// Gives each share back.
pub(super) fn give_back<'a>(
    conn: &mut Conn,
    supplier: SupplierId,
    shares: impl IntoIterator<Item = &'a Share>,
    what: Hold,
) -> Result<(), FlowError> {
    for share in shares {
        let back = share.amount.checked_neg()?;
        store::invoice::hold(conn, supplier, share.invoice, what, back)?;
    }
    Ok(())
}

/// Has the account planned again today: something that bears on reminders has changed.
pub(super) fn replan(
    conn: &mut Conn,
    supplier: &Supplier,
    debtor: DebtorId,
    now: Moment,
) -> Result<Day, FlowError> {
    let today = supplier.zone.day(now);
    store::debtor::set_plan_on(conn, supplier.id, debtor, Some(today))?;
    Ok(today)
}
