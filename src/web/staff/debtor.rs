//! One debtor: what it owes, who is there, what happened, and the disputes to answer.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::account::Totals;
use domain::collection::Collection;
use domain::dispute::{Dispute, DisputeState};
use domain::invoice::Invoice;
use domain::mandate::Mandate;
use domain::party::{Contact, Debtor};
use domain::payment::Payment;
use domain::promise::{Promise, PromiseState};
use domain::{Day, DebtorId, InvoiceId, MoneyError, SupplierId};
use views::portal::account::Row;
use views::staff::debtor::{self as view, OpenDispute, SentLine};

use super::answer::{Found, Refusal, page};
use super::session::{Place, Staff};
use super::{form, history};
use crate::flows::FlowError;
use crate::store::audit::Trace;
use crate::store::outbox::Sent;
use crate::store::task::ContactTask;
use crate::store::{self, Conn, StoreError};

/// Rows of each kind that are read.
const ROWS: i64 = 100;

/// All that the page reads.
pub(super) struct Account {
    debtor: Debtor,
    contacts: Vec<Contact>,
    tasks: Vec<ContactTask>,
    totals: Vec<Totals>,
    items: Vec<Invoice>,
    disputed: Vec<Invoice>,
    pub(super) disputes: Vec<Dispute>,
    pub(super) promises: Vec<Promise>,
    pub(super) payments: Vec<Payment>,
    pub(super) collections: Vec<Collection>,
    pub(super) mandates: Vec<Mandate>,
    pub(super) messages: Vec<Sent>,
    pub(super) trail: Vec<Trace>,
}

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = find(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn find(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id: DebtorId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (supplier, today) = (place.supplier.id, place.today(staff));
    let account = staff
        .app
        .store
        .read(move |conn| read(conn, supplier, id, today))
        .await?;
    let view = account.view(&place, today).map_err(FlowError::from)?;
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

fn read(
    conn: &mut Conn,
    supplier: SupplierId,
    id: DebtorId,
    today: Day,
) -> Result<Account, StoreError> {
    let disputes = store::dispute::of_debtor(conn, supplier, id, ROWS)?;
    let disputed: Vec<InvoiceId> = disputes.iter().map(|one| one.invoice).collect();
    Ok(Account {
        debtor: store::debtor::find(conn, supplier, id)?,
        contacts: store::contact::of_debtor(conn, supplier, id)?,
        tasks: store::task::waiting(conn, supplier, id)?,
        totals: store::report::debtor_totals(conn, supplier, id, today)?,
        items: store::invoice::open_of_debtor(conn, supplier, id)?,
        disputed: store::invoice::find_many(conn, supplier, id, &disputed)?,
        disputes,
        promises: store::promise::of_debtor(conn, supplier, id, ROWS)?,
        payments: store::payment::of_debtor(conn, supplier, id, ROWS)?,
        collections: store::collection::of_debtor(conn, supplier, id, ROWS)?,
        mandates: store::mandate::of_debtor(conn, supplier, id)?,
        messages: store::outbox::of_debtor(conn, supplier, id, ROWS)?,
        trail: store::audit::of_debtor(conn, supplier, id, ROWS)?,
    })
}

impl Account {
    fn view(self, place: &Place, today: Day) -> Result<view::DebtorPage, MoneyError> {
        let may_answer = place.role.may_write();
        let rows = self.items.iter().map(|item| self.row(item));
        let waiting = self.disputes.iter().filter(|one| waits(one));
        // A copy holds the debtor's own link: whoever only looks could act through it.
        let copies = self.messages.iter().filter_map(sent_line);
        Ok(view::DebtorPage {
            rows: rows.collect::<Result<_, _>>()?,
            disputes: waiting.map(|one| self.open_dispute(one)).collect(),
            messages: copies.filter(|_| may_answer).collect(),
            timeline: history::timeline(&self),
            supplier: place.supplier.code.clone(),
            today,
            may_answer,
            sums: self.totals,
            name: self.debtor.name,
            code: self.debtor.code,
            contacts: self.contacts,
            tasks: self.tasks.iter().map(|task| (task.id, task.kind)).collect(),
            contact_key: form::key(),
        })
    }

    fn row(&self, item: &Invoice) -> Result<Row, MoneyError> {
        let covers = |one: &&Promise| {
            let mut shares = one.shares.iter();
            one.state == PromiseState::Made && shares.any(|share| share.invoice == item.id)
        };
        let disputed = |one: &&Dispute| waits(one) && one.invoice == item.id;
        Ok(Row {
            payable: item.payable()?,
            promised_for: self.promises.iter().find(covers).map(|one| one.due_on),
            answer_by: self.disputes.iter().find(disputed).map(|one| one.answer_by),
            item: item.clone(),
        })
    }

    fn open_dispute(&self, one: &Dispute) -> OpenDispute {
        let invoice = self.disputed.iter().find(|item| item.id == one.invoice);
        OpenDispute {
            id: one.id,
            number: invoice.map_or_else(String::new, |item| item.number.clone()),
            reason: one.reason,
            amount: one.amount,
            text: one.text.clone(),
            answer_by: one.answer_by,
            key: form::key(),
        }
    }
}

/// Whether the supplier has to answer it.
fn waits(dispute: &Dispute) -> bool {
    matches!(dispute.state, DisputeState::Open | DisputeState::InfoNeeded)
}

/// A message of which a copy is kept: only those have a subject.
fn sent_line(sent: &Sent) -> Option<SentLine> {
    Some(SentLine {
        id: sent.message.id,
        at: sent.done_at.unwrap_or(sent.message.due_at),
        to: sent.recipient.clone()?,
        subject: sent.subject.clone()?,
    })
}
