//! One debtor: what it owes, who is there, what happened, and the disputes to answer.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::account::Totals;
use domain::confirmation::Answers;
use domain::dispute::Dispute;
use domain::invoice::Invoice;
use domain::party::{Contact, Debtor, Language, Supplier};
use domain::plan::{Plan, PlanState};
use domain::promise::{Promise, PromiseState};
use domain::{Day, DebtorId, DisputeId, InvoiceId, Moment, MoneyError, PlanId};
use views::format::money_input;
use views::paths;
use views::portal::account::Row;
use views::staff::ahead::Ahead;
use views::staff::debtor as view;
use views::staff::decision::{Deed, Done};
use views::staff::history::SentLine;
use views::staff::plan::OpenPlan;

use super::ahead::Planned;
use super::answer::{Found, Refusal, page};
use super::decision::After;
use super::past::Past;
use super::session::{Place, Staff};
use super::{ahead, decision, dispute, form, history, past, set_off};
use crate::flows::FlowError;
use crate::store::outbox::Sent;
use crate::store::task::ContactTask;
use crate::store::{self, Conn, StoreError};
use crate::web::conversation::Talk;

/// Disputes of which the whole conversation is read.
const TALKS: usize = 20;

/// All that the page reads.
pub(super) struct Account {
    debtor: Debtor,
    contacts: Vec<Contact>,
    tasks: Vec<ContactTask>,
    totals: Vec<Totals>,
    items: Vec<Invoice>,
    talks: Vec<Talk>,
    past: Past,
    planned: Planned,
    charges_late: bool,
    done: Option<Done>,
}

/// The page.
pub(super) async fn show(
    staff: Staff,
    path: web::Path<(String, String)>,
    after: web::Query<After>,
) -> HttpResponse {
    let found = find(&staff, &path.0, &path.1, &after).await;
    staff.answer(found)
}

async fn find(staff: &Staff, code: &str, id: &str, after: &After) -> Found {
    let place = staff.at(code).await?;
    let id: DebtorId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let view = look(staff, &place, id, after.read()).await?;
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

/// The page, with the form of one plan as it came back.
pub(super) async fn with_form(
    staff: &Staff,
    place: &Place,
    id: DebtorId,
    (status, form): (StatusCode, Option<OpenPlan>),
) -> Found {
    let mut view = look(staff, place, id, None).await?;
    let frame = staff.frame_of(&place.supplier);
    for plan in &mut view.plans {
        if let Some(form) = form.as_ref().filter(|form| form.id == plan.id) {
            *plan = form.clone();
        }
    }
    Ok(page(status, view::page(&frame, &view)))
}

async fn look(
    staff: &Staff,
    place: &Place,
    id: DebtorId,
    after: Option<(Deed, DisputeId)>,
) -> Result<view::DebtorPage, Refusal> {
    let (owner, now, today) = (place.supplier.clone(), staff.app.now(), place.today(staff));
    let supplier = owner.id;
    let account = staff
        .app
        .store
        .read(supplier, move |conn| {
            let mut account = read(conn, &owner, id, now)?;
            if let Some(after) = after {
                account.done = decision::done(conn, (supplier, id), after)?;
            }
            Ok::<_, StoreError>(account)
        })
        .await?;
    Ok(account.view(place, today).map_err(FlowError::from)?)
}

fn read(
    conn: &mut Conn,
    owner: &Supplier,
    id: DebtorId,
    now: Moment,
) -> Result<Account, StoreError> {
    let supplier = owner.id;
    let past = Past::read(conn, (supplier, id), Moment::from_micros(i64::MAX))?;
    let latest = past.disputes.iter().take(TALKS).cloned();
    let talks: Result<_, StoreError> = latest.map(|one| Talk::of(conn, one)).collect();
    Ok(Account {
        debtor: store::debtor::find(conn, supplier, id)?,
        contacts: store::contact::of_debtor(conn, supplier, id)?,
        tasks: store::task::waiting(conn, supplier, id)?,
        totals: store::report::debtor_totals(conn, supplier, id, owner.zone.day(now))?,
        items: store::invoice::open_of_debtor(conn, supplier, id)?,
        talks: talks?,
        planned: ahead::read(conn, owner, (id, &past.messages), now)?,
        past,
        charges_late: store::late::terms(conn, supplier)?.charges(),
        done: None,
    })
}

impl Account {
    fn view(self, place: &Place, today: Day) -> Result<view::DebtorPage, MoneyError> {
        let may_answer = place.role.may_write();
        let rows = self.items.iter().map(|item| self.row(item));
        let cards = self.talks.iter().map(|talk| dispute::card(talk, today));
        let (disputes, closed) = cards.partition(|card| card.state.suspends());
        let (timeline, older) = self.past.page();
        let told = ahead::Account {
            items: &self.items,
            disputes: &self.past.disputes,
            promises: &self.past.promises,
            plans: &self.past.plans,
        };
        Ok(view::DebtorPage {
            rows: rows.collect::<Result<_, _>>()?,
            plans: self.open_plans(place),
            confirmed: self.confirmed(),
            disputes,
            closed,
            messages: copies(&self.past, place, None),
            ahead: Ahead {
                more: Some(paths::debtor_reminders(
                    &place.supplier.code,
                    self.debtor.id,
                )),
                ..told.ahead(&self.planned, place, today)?
            },
            timeline,
            older: older.map(|at| history::address(&place.supplier.code, self.debtor.id, at)),
            supplier: place.supplier.code.clone(),
            today,
            may_answer,
            charges_late: self.charges_late,
            done: self.done,
            mandates: self
                .past
                .mandates
                .iter()
                .map(|one| (one.id, one.reference.to_string(), one.state))
                .collect(),
            set_offs: set_off::lines(&self.past.payments),
            sums: self.totals,
            name: self.debtor.name,
            code: self.debtor.code,
            contacts: self.contacts,
            tasks: self.tasks.iter().map(task).collect(),
            contact_key: form::key(),
        })
    }

    fn row(&self, item: &Invoice) -> Result<Row, MoneyError> {
        let covers = |one: &&Promise| {
            let mut shares = one.shares.iter();
            one.state == PromiseState::Made && shares.any(|share| share.invoice == item.id)
        };
        let disputed = |one: &&Dispute| one.state.waits() && one.invoice == item.id;
        Ok(Row {
            payable: item.payable()?,
            promised_for: self.past.promises.iter().find(covers).map(|one| one.due_on),
            promise: None,
            plan: self.plan_of(item.id),
            answer_by: self
                .past
                .disputes
                .iter()
                .find(disputed)
                .map(|one| one.answer_by),
            dispute: None,
            barred: false,
            item: item.clone(),
        })
    }

    fn plan_of(&self, invoice: InvoiceId) -> Option<(PlanId, PlanState)> {
        let open = |one: &&Plan| one.state.waits() || one.state == PlanState::Active;
        let covers = |one: &&Plan| one.shares.iter().any(|share| share.invoice == invoice);
        let found = self.past.plans.iter().find(|one| open(one) && covers(one));
        found.map(|one| (one.id, one.state))
    }

    /// Requests to answer, and plans that run.
    fn open_plans(&self, place: &Place) -> Vec<OpenPlan> {
        let language = place.supplier.language;
        let shown = self.past.plans.iter().filter(|one| {
            matches!(
                one.state,
                PlanState::Proposed | PlanState::Countered | PlanState::Active
            )
        });
        shown.map(|one| open_plan(one, language)).collect()
    }

    /// The latest answer about each open item.
    fn confirmed(&self) -> Vec<(InvoiceId, Answers)> {
        let mut latest: Vec<(InvoiceId, Answers)> = Vec::new();
        for said in &self.past.confirmations {
            if latest.iter().all(|(invoice, _)| *invoice != said.invoice) {
                latest.push((said.invoice, said.answers));
            }
        }
        latest
    }
}

fn task(one: &ContactTask) -> view::TaskHere {
    view::TaskHere {
        id: one.id,
        kind: one.kind,
        detail: one.detail.clone(),
        contact: one.contact,
    }
}

/// A plan with its answer form, as it stands.
pub(super) fn open_plan(one: &Plan, language: Language) -> OpenPlan {
    let rows = one.parts.iter().map(|part| {
        let amount = money_input(language, part.part.amount);
        (part.part.due_on.to_string(), amount)
    });
    OpenPlan {
        id: one.id,
        amount: one.amount,
        state: one.state,
        reason: one.reason.clone(),
        answer_by: one.answer_by,
        parts: one.parts.iter().map(|part| part.part).collect(),
        rows: rows.collect(),
        debited: one.mandate.is_some(),
        missed: one.parts.iter().any(|part| part.missed_on.is_some()),
        words: String::new(),
        key: form::key(),
        problems: Vec::new(),
    }
}

/// Messages of which a copy is kept, as far as the page reaches. A copy holds the debtor's own
/// link: whoever only looks could act through it.
pub(super) fn copies(past: &Past, place: &Place, reached: Option<Moment>) -> Vec<SentLine> {
    let shown = |one: &&Sent| {
        place.role.may_write() && reached.is_none_or(|reached| past::at(one) >= reached)
    };
    past.messages
        .iter()
        .filter(shown)
        .filter_map(sent_line)
        .collect()
}

/// A message of which a copy is kept: only those have a subject.
fn sent_line(sent: &Sent) -> Option<SentLine> {
    Some(SentLine {
        id: sent.message.id,
        at: past::at(sent),
        to: sent.recipient.clone()?,
        subject: sent.subject.clone()?,
    })
}
