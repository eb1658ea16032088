//! What happened on an account, put together from all that keeps a trace of it; its older parts
//! have a page of their own.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::collection::Collection;
use domain::mandate::MandateState;
use domain::message::MessageState;
use domain::payment::Payment;
use domain::scenario::Channel;
use domain::{DebtorId, Moment};
use serde::Deserialize;
use views::happening::{Happening, What};
use views::paths;
use views::staff::history::{self as view, OlderPage};
use views::staff::shell::DebtorRef;

use super::answer::{Found, Refusal, page};
use super::debtor::copies;
use super::past::{self, Past};
use super::session::Staff;
use crate::store::audit::Trace;
use crate::store::outbox::Sent;
use crate::store::{self, Conn, StoreError};

/// What only the audit trail knows, and the words that went with it.
pub(super) const TOLD: &[&str] = &[OPENED, REVOKED, ANSWERED, SAID];

const OPENED: &str = "account.opened";
const REVOKED: &str = "mandate.revoked";
const ANSWERED: &str = "dispute.answered";
const SAID: &str = "dispute.said";

/// Where the page begins.
#[derive(Deserialize)]
pub(super) struct Older {
    #[serde(default)]
    before: String,
}

/// What happened before an instant.
pub(super) async fn show(
    staff: Staff,
    path: web::Path<(String, String)>,
    older: web::Query<Older>,
) -> HttpResponse {
    let found = find(&staff, &path.0, &path.1, &older.before).await;
    staff.answer(found)
}

async fn find(staff: &Staff, code: &str, id: &str, before: &str) -> Found {
    let place = staff.at(code).await?;
    let id: DebtorId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let before: i64 = match before {
        "" => i64::MAX,
        micros => micros.parse().map_err(|_| Refusal::NOT_FOUND)?,
    };
    let (supplier, before) = (place.supplier.id, Moment::from_micros(before));
    let read = move |conn: &mut Conn| {
        let past = Past::read(conn, (supplier, id), before)?;
        Ok::<_, StoreError>((store::debtor::find(conn, supplier, id)?, past))
    };
    let (debtor, past) = staff.app.store.read(supplier, read).await?;
    let (timeline, next) = past.page();
    let view = OlderPage {
        debtor: DebtorRef {
            supplier: code.to_owned(),
            id,
            name: debtor.name,
        },
        messages: copies(&past, &place, next),
        timeline,
        older: next.map(|at| address(code, id, at)),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(StatusCode::OK, view::older(&frame, &view)))
}

/// The address of what happened before an instant.
pub(super) fn address(code: &str, id: DebtorId, before: Moment) -> String {
    format!("{}?before={}", paths::history(code, id), before.micros())
}

/// All that these rows tell, in no order. What has not left yet has not happened.
pub(super) fn happenings(past: &Past) -> Vec<Happening> {
    let told = past.trail.iter().filter_map(|one| told(one, past));
    let back = past.reversals.iter().map(|(one, at)| Happening {
        at: *at,
        what: What::MoneyBack(one.cause, one.state, one.amount),
    });
    claims(past)
        .chain(money(past))
        .chain(back)
        .chain(returned(past))
        .chain(called(past))
        .chain(told)
        .collect()
}

/// Calls that were made.
fn called(past: &Past) -> impl Iterator<Item = Happening> {
    past.calls.iter().map(|one| {
        let origin = one.message.map(|message| past.origin(message));
        let (by, note) = (one.by.clone(), one.note.clone());
        Happening {
            at: one.at,
            what: What::Call(one.outcome, by, note, origin.unwrap_or_default()),
        }
    })
}

/// What was told of messages after they left, and what was answered.
fn returned(past: &Past) -> impl Iterator<Item = Happening> {
    let told = past.bounces.iter().map(|one| Happening {
        at: one.at,
        what: What::MailTold(one.verdict, one.status, one.address.clone()),
    });
    let wrote = past.replies.iter().map(|one| Happening {
        at: one.at,
        what: What::Wrote(one.sender.clone(), one.subject.clone(), one.text.clone()),
    });
    told.chain(wrote)
}

fn claims(past: &Past) -> impl Iterator<Item = Happening> {
    // A call tells itself, with what came of it.
    let tells = |one: &&Sent| {
        one.message.channel != Channel::Call || one.message.state == MessageState::Cancelled
    };
    let left = past.messages.iter().filter(|one| !super::ahead::waits(one));
    let left = left.filter(tells);
    let messages = left.map(|one| Happening {
        at: past::at(one),
        what: sent(past, one),
    });
    let disputes = past.disputes.iter().map(|one| Happening {
        at: one.declared_at,
        what: What::Dispute(one.reason, one.amount),
    });
    let own = past.promises.iter().filter(|one| one.plan.is_none());
    let promises = own.map(|one| Happening {
        at: one.made_at,
        what: What::Promise(one.amount, one.due_on, one.state),
    });
    let plans = past.plans.iter().map(|one| Happening {
        at: one.asked_at,
        what: What::Plan(one.amount, one.parts.len(), one.state),
    });
    let said = past.confirmations.iter().map(|one| Happening {
        at: one.at,
        what: What::Confirmation(one.answers),
    });
    let mandates = past.mandates.iter().map(|one| Happening {
        at: one.created_at,
        what: What::Mandate(one.reference.to_string(), one.state),
    });
    let claims = messages.chain(disputes).chain(promises).chain(mandates);
    claims.chain(plans).chain(said)
}

/// How far a message got, or why it went nowhere.
fn sent(past: &Past, one: &Sent) -> What {
    let message = &one.message;
    let kind = message.kind;
    let withheld = one.outcome.as_deref().and_then(|why| why.parse().ok());
    match withheld {
        Some(why) if message.state != MessageState::Sent => What::Withheld(kind, why),
        _ => What::Message(
            kind,
            message.channel,
            message.state,
            past.origin(message.id),
        ),
    }
}

/// A debit is told by its day and how it stands at the bank, other payments by themselves.
fn money(past: &Past) -> impl Iterator<Item = Happening> {
    past.payments.iter().map(|payment| {
        let debit = |one: &&Collection| one.payment == payment.id;
        let debit = past.collections.iter().find(debit);
        Happening {
            at: payment.created_at,
            what: debit.map_or_else(|| paid(payment), ordered),
        }
    })
}

fn paid(payment: &Payment) -> What {
    What::Payment(payment.method, payment.amount, payment.state)
}

fn ordered(debit: &Collection) -> What {
    What::Debit(debit.amount, debit.collect_on, debit.state)
}

/// What only the audit trail knows.
fn told(trace: &Trace, past: &Past) -> Option<Happening> {
    let what = match trace.action.as_str() {
        OPENED => What::Opened,
        REVOKED => What::Mandate(trace.detail.clone(), MandateState::Revoked),
        ANSWERED => {
            let state = trace.detail.parse().ok()?;
            What::DisputeOutcome(state, words(trace, &past.trail))
        }
        _ => return None,
    };
    Some(Happening { at: trace.at, what })
}

/// The words that went with an answer.
fn words(answer: &Trace, trail: &[Trace]) -> String {
    let said = trail
        .iter()
        .find(|one| one.action == SAID && one.subject == answer.subject && one.at == answer.at);
    said.map_or_else(String::new, |one| one.detail.clone())
}
