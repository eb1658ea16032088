//! What needs somebody today, at all suppliers the user works for.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::account::Totals;
use domain::sms::Cap;
use domain::{Day, Moment, SupplierId, Zone};
use views::staff::contacts::TaskLine;
use views::staff::decision::CreditLine;
use views::staff::plan::PlanLine;
use views::staff::reversals::ReversalLine;
use views::staff::shell::{DebtorRef, SupplierRef};
use views::staff::stuck::StuckLine;
use views::staff::today::{self as view, DisputeLine, PaymentLine, PromiseLine, SupplierLine};
use views::staff::unmatched::UnmatchedLine;
use views::staff::unsure::UnsureLine;
use views::staff::waits::Waits;

use super::answer::{Found, page};
use super::form;
use super::session::Staff;
use crate::store::inbox::Stuck;
use crate::store::report::{self, ByHand, Party, SupplierFacts};
use crate::store::{self, Conn, Reach, StoreError};

/// Lines of each list.
const LINES: i64 = 50;

/// Days that a promise not kept stays in the list.
const MISSED_DAYS: i64 = 30;

/// A supplier and what its line shows.
struct Known {
    facts: SupplierFacts,
    totals: Vec<Totals>,
    /// The half-year whose rate it lacks.
    rate_unknown: Option<(i32, u8)>,
    /// Why its text messages wait, and until when.
    texts_wait: Option<(Cap, Moment)>,
    /// How many of its own texts fail.
    texts_failing: usize,
    by_hand: ByHand,
}

/// All that the page reads.
struct Read {
    suppliers: Vec<Known>,
    disputes: Vec<report::DisputeDue>,
    promises: Vec<report::PromiseDue>,
    credits: Vec<report::CreditDue>,
    unsure: Vec<report::Unsure>,
    plans: Vec<report::PlanDue>,
    tasks: Vec<report::TaskDue>,
    payments: Vec<report::PaymentUnderWay>,
    going_back: Vec<report::GoingBack>,
    unmatched: Vec<report::UnmatchedMoney>,
    stuck: Vec<Stuck>,
    to_decide: usize,
}

/// The page.
pub(super) async fn show(staff: Staff) -> HttpResponse {
    let found = find(&staff).await;
    staff.answer(found)
}

async fn find(staff: &Staff) -> Found {
    let (ids, now) = (staff.suppliers(), staff.app.now());
    let read = staff
        .app
        .store
        .report(Reach::of(&ids), move |conn| read(conn, &ids, now))
        .await?;
    let facts: Vec<SupplierFacts> = read.suppliers.iter().map(|one| one.facts.clone()).collect();
    let frame = staff.frame(&facts);
    let lines = Lines {
        staff,
        suppliers: &facts,
        zone: frame.zone,
    };
    let view = lines.view(read, frame.zone.day(now), now);
    Ok(page(StatusCode::OK, view::page(&frame, &view)))
}

fn read(conn: &mut Conn, ids: &[SupplierId], now: Moment) -> Result<Read, StoreError> {
    let mut suppliers = Vec::new();
    let waiting = store::texter::waiting(conn, ids, now)?;
    let by_hand = report::by_hand(conn, ids, now)?;
    for facts in report::suppliers(conn, ids)? {
        let (id, today) = (facts.id, facts.zone.day(now));
        let waits = waiting.iter().find(|(waiting, ..)| *waiting == id);
        suppliers.push(Known {
            totals: report::totals(conn, id, today)?,
            rate_unknown: store::late::terms(conn, id)?.unknown_half(today),
            texts_wait: waits.map(|(_, cap, until)| (*cap, *until)),
            texts_failing: store::own_text::failing(conn, id)?,
            by_hand: by_hand.get(&id).copied().unwrap_or_default(),
            facts,
        });
    }
    // A day early or late where zones differ does no harm here.
    let since = Zone::PARIS.day(now).plus_days(-MISSED_DAYS);
    Ok(Read {
        suppliers,
        disputes: report::disputes(conn, ids, LINES)?,
        promises: report::promises(conn, ids, since, LINES)?,
        credits: report::credits_due(conn, ids, LINES)?,
        unsure: report::unsure(conn, ids, LINES)?,
        plans: report::plans(conn, ids, LINES)?,
        tasks: report::tasks(conn, ids, LINES)?,
        payments: report::payments(conn, ids, LINES)?,
        going_back: report::going_back(conn, ids, now, LINES)?,
        unmatched: report::unmatched(conn, ids, LINES)?,
        stuck: store::inbox::stuck(conn, ids, LINES)?,
        to_decide: report::to_decide(conn, ids)?,
    })
}

/// Puts what was read into lines.
struct Lines<'a> {
    staff: &'a Staff,
    suppliers: &'a [SupplierFacts],
    zone: Zone,
}

impl Lines<'_> {
    fn view(&self, read: Read, today: Day, now: Moment) -> view::Today {
        let suppliers = read.suppliers.into_iter();
        let mut payments = each(read.payments, |one| self.payment(one));
        // They came newest first; what shows is the day of the money.
        payments.sort_by_key(|one| std::cmp::Reverse(one.day));
        view::Today {
            today,
            suppliers: suppliers.map(|known| supplier_line(known, now)).collect(),
            disputes: each(read.disputes, |one| self.dispute(one)),
            credits: each(read.credits, |one| self.credit(one)),
            unsure: each(read.unsure, |one| self.unsure(one)),
            plans: each(read.plans, |one| self.plan(one)),
            tasks: each(read.tasks, |one| self.task(one)),
            promises: each(read.promises, |one| self.promise(one)),
            payments,
            going_back: each(read.going_back, |one| self.going_back(one)),
            unmatched: each(read.unmatched, |one| self.money(one)),
            stuck: each(read.stuck, |one| self.stuck(one)),
            to_decide: read.to_decide,
        }
    }

    fn credit(&self, one: report::CreditDue) -> CreditLine {
        CreditLine {
            debtor: debtor_ref(self.suppliers, one.party),
            dispute: one.dispute,
            number: one.number,
            amount: one.amount,
            since: self.zone.day(one.since),
            owner: one.owner,
        }
    }

    fn dispute(&self, one: report::DisputeDue) -> DisputeLine {
        DisputeLine {
            debtor: debtor_ref(self.suppliers, one.party),
            dispute: one.dispute,
            number: one.number,
            reason: one.reason,
            amount: one.amount,
            declared_on: self.zone.day(one.declared_at),
            answer_by: one.answer_by,
            owner: one.owner,
        }
    }

    fn unsure(&self, one: report::Unsure) -> UnsureLine {
        UnsureLine {
            debtor: debtor_ref(self.suppliers, one.party),
            dispute: one.dispute,
            number: one.number,
            amount: one.amount,
            since: self.zone.day(one.since),
        }
    }

    fn promise(&self, one: report::PromiseDue) -> PromiseLine {
        PromiseLine {
            debtor: debtor_ref(self.suppliers, one.party),
            amount: one.amount,
            due_on: one.due_on,
            method: one.method,
            state: one.state,
        }
    }

    fn plan(&self, one: report::PlanDue) -> PlanLine {
        PlanLine {
            debtor: debtor_ref(self.suppliers, one.party),
            amount: one.amount,
            answer_by: one.answer_by,
        }
    }

    fn task(&self, one: report::TaskDue) -> TaskLine {
        TaskLine {
            debtor: debtor_ref(self.suppliers, one.party),
            kind: one.kind,
            detail: one.detail,
            since: self.zone.day(one.made_at),
        }
    }

    fn payment(&self, one: report::PaymentUnderWay) -> PaymentLine {
        PaymentLine {
            debtor: debtor_ref(self.suppliers, one.party),
            method: one.method,
            amount: one.amount,
            state: one.state,
            day: one
                .collect_on
                .unwrap_or_else(|| self.zone.day(one.created_at)),
        }
    }

    fn going_back(&self, one: report::GoingBack) -> ReversalLine {
        ReversalLine {
            debtor: debtor_ref(self.suppliers, one.party),
            cause: one.cause,
            state: one.state,
            amount: one.amount,
            since: self.zone.day(one.at),
        }
    }

    fn stuck(&self, one: Stuck) -> StuckLine {
        let mut known = self.suppliers.iter();
        let supplier = known.find(|known| known.id == one.supplier);
        StuckLine {
            id: one.id,
            supplier: SupplierRef {
                code: supplier.map_or_else(String::new, |known| known.code.clone()),
                name: supplier.map_or_else(String::new, |known| known.name.clone()),
            },
            event: one.event_id,
            since: self.zone.day(one.received_at),
            why: one.why,
            may_decide: self.staff.may_write(one.supplier),
            key: form::key(),
        }
    }

    fn money(&self, one: report::UnmatchedMoney) -> UnmatchedLine {
        let supplier = self.suppliers.iter().find(|known| known.id == one.supplier);
        UnmatchedLine {
            supplier: supplier.map_or_else(String::new, |known| known.name.clone()),
            booked_on: one.booked_on,
            payer: one.counterparty,
            text: one.text,
            amount: one.amount,
        }
    }
}

fn each<A, B>(all: Vec<A>, line: impl Fn(A) -> B) -> Vec<B> {
    all.into_iter().map(line).collect()
}

fn supplier_line(known: Known, now: Moment) -> SupplierLine {
    let (facts, waits) = (known.facts, known.by_hand);
    SupplierLine {
        as_of: facts.data_as_of,
        stale: facts.is_stale(facts.zone.day(now)),
        totals: known.totals,
        rate_unknown: known.rate_unknown,
        texts_wait: known.texts_wait,
        texts_failing: known.texts_failing,
        waits: Waits {
            calls: waits.calls,
            to_print: waits.to_print,
            to_post: waits.to_post,
            to_approve: waits.to_approve,
        },
        supplier: SupplierRef {
            code: facts.code,
            name: facts.name,
        },
    }
}

/// A debtor that a line links to; the supplier's code stands in its address.
pub(super) fn debtor_ref(suppliers: &[SupplierFacts], party: Party) -> DebtorRef {
    let supplier = suppliers.iter().find(|known| known.id == party.supplier);
    DebtorRef {
        supplier: supplier.map_or_else(String::new, |known| known.code.clone()),
        id: party.debtor,
        name: party.name,
    }
}
