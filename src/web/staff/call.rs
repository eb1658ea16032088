//! One call: what to know before it, and what came of it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::invoice::{Invoice, ItemKind};
use domain::message::{Message, MessageEvent};
use domain::party::{Contact, ContactState, Debtor};
use domain::promise::PromiseState;
use domain::scenario::Channel;
use domain::{CallId, Day, DebtorId, MessageId, Moment, Money, MoneyError};
use views::paths;
use views::portal::account::Row;
use views::problem::{ByHandWrong, Problem, Wrong};
use views::staff::call::{self as view, CallPage, Typed};
use views::staff::shell::DebtorRef;

use super::answer::{Found, Refusal, page};
use super::form;
use super::letters::sums;
use super::past::Past;
use super::posted::StaffPosted;
use super::scenarios::made;
use super::session::{Place, Staff};
use crate::flows::FlowError;
use crate::flows::call::{self, NOTE_MAX, Noted};
use crate::flows::call_list::is_late;
use crate::store::{self, Conn, StoreError};
use crate::web::form::Fields;
use crate::web::input;
use crate::web::pages::see_other;

/// Days ahead that are taken for a promise or a delay at most; the flows say which they accept.
const DAYS_MAX: i64 = 365;

/// A call for a step, or one that no step asks for.
#[derive(Clone, Copy)]
enum Which {
    Step(MessageId),
    Debtor(DebtorId),
}

/// The page of a step's call.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = match path.1.parse() {
        Ok(id) => shown(&staff, &path.0, Which::Step(id)).await,
        Err(_) => Err(Refusal::NOT_FOUND),
    };
    staff.answer(found)
}

/// The page of a call that no step asks for.
pub(super) async fn show_free(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = match path.1.parse() {
        Ok(id) => shown(&staff, &path.0, Which::Debtor(id)).await,
        Err(_) => Err(Refusal::NOT_FOUND),
    };
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, which: Which) -> Found {
    let place = staff.at(code).await?;
    draw(staff, &place, which, None).await
}

struct Read {
    message: Option<Message>,
    debtor: Debtor,
    contacts: Vec<Contact>,
    items: Vec<Invoice>,
    past: Past,
}

/// What came back of the form: what was typed, what was wrong, whether the account has changed.
type Said = Option<(Typed, Vec<Problem>, bool)>;

async fn draw(staff: &Staff, place: &Place, which: Which, said: Said) -> Found {
    let read = find(staff, place, which).await?;
    let today = place.today(staff);
    let status = match said {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (typed, problems, moved_on) =
        said.unwrap_or_else(|| (read.first(today), Vec::new(), false));
    let (timeline, _) = read.past.page();
    let late: Vec<Invoice> = read.late(today);
    let code = &place.supplier.code;
    let broken = |one: &&domain::promise::Promise| one.state == PromiseState::Broken;
    let missed = read.past.promises.iter().find(broken);
    let view = CallPage {
        supplier: code.clone(),
        supplier_name: place.supplier.name.clone(),
        action: match which {
            Which::Step(id) => paths::call(code, id),
            Which::Debtor(id) => paths::debtor_call(code, id),
        },
        may_note: place.role.may_call() && read.is_open(),
        today,
        last_day: today.plus_days(DAYS_MAX),
        rows: read.rows().map_err(FlowError::from)?,
        overdue: (late.len(), sums(&late)?),
        disputed: disputed(&read.items).map_err(FlowError::from)?,
        missed: missed.map(|one| (one.amount, one.due_on)),
        timeline,
        typed,
        problems,
        moved_on,
        key: form::key(),
        debtor: DebtorRef {
            supplier: code.clone(),
            id: read.debtor.id,
            name: read.debtor.name,
        },
        contacts: read.contacts,
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

async fn find(staff: &Staff, place: &Place, which: Which) -> Result<Read, Refusal> {
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| {
        let message = match which {
            Which::Step(id) => Some(store::outbox::find(conn, supplier, id)?),
            Which::Debtor(_) => None,
        };
        if message
            .as_ref()
            .is_some_and(|one| one.channel != Channel::Call)
        {
            return Err(StoreError::NotFound);
        }
        let id = match (which, &message) {
            (Which::Debtor(id), _) => id,
            (Which::Step(_), Some(message)) => message.debtor,
            (Which::Step(_), None) => return Err(StoreError::NotFound),
        };
        let mut contacts = store::contact::of_debtor(conn, supplier, id)?;
        contacts.retain(|one| one.state == ContactState::Active);
        let mut items = store::invoice::open_of_debtor(conn, supplier, id)?;
        items.retain(|item| item.kind == ItemKind::Invoice);
        Ok(Read {
            debtor: store::debtor::find(conn, supplier, id)?,
            past: Past::read(conn, (supplier, id), Moment::from_micros(i64::MAX))?,
            message,
            contacts,
            items,
        })
    };
    Ok(staff.app.store.read(supplier, read).await?)
}

impl Read {
    fn is_open(&self) -> bool {
        let message = self.message.as_ref();
        message.is_none_or(|one| one.state.on(MessageEvent::Claim).is_ok())
    }

    /// Late invoices of which something may be asked.
    fn late(&self, today: Day) -> Vec<Invoice> {
        let late = self.items.iter().filter(|item| is_late(item, today));
        late.cloned().collect()
    }

    /// The form before anything is typed: what is late is ticked.
    fn first(&self, today: Day) -> Typed {
        let contact = self.message.as_ref().map(|one| one.contact.to_string());
        Typed {
            invoices: self.late(today).iter().map(|item| item.id).collect(),
            contact: contact.unwrap_or_default(),
            ..Typed::default()
        }
    }

    fn rows(&self) -> Result<Vec<Row>, MoneyError> {
        let row = |item: &Invoice| {
            Ok(Row {
                payable: item.payable()?,
                promised_for: None,
                promise: None,
                plan: None,
                answer_by: None,
                dispute: None,
                barred: false,
                item: item.clone(),
            })
        };
        self.items.iter().map(row).collect()
    }
}

fn disputed(items: &[Invoice]) -> Result<Vec<Money>, MoneyError> {
    let mut sums: Vec<Money> = Vec::new();
    for item in items.iter().filter(|item| item.disputed.is_positive()) {
        let same = |sum: &&mut Money| sum.currency() == item.currency();
        match sums.iter_mut().find(same) {
            Some(sum) => *sum = sum.checked_add(item.disputed)?,
            None => sums.push(item.disputed),
        }
    }
    Ok(sums)
}

/// Notes what came of a step's call.
pub(super) async fn post(posted: StaffPosted, path: web::Path<(String, String)>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match (sent, path.1.parse()) {
        (Ok(sent), Ok(id)) => note(&staff, &path.0, Which::Step(id), &sent.fields).await,
        (Err(refusal), _) => Err(refusal),
        (_, Err(_)) => Err(Refusal::NOT_FOUND),
    };
    staff.answer(found)
}

/// Notes a call that no step asked for.
pub(super) async fn post_free(
    posted: StaffPosted,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match (sent, path.1.parse()) {
        (Ok(sent), Ok(id)) => note(&staff, &path.0, Which::Debtor(id), &sent.fields).await,
        (Err(refusal), _) => Err(refusal),
        (_, Err(_)) => Err(Refusal::NOT_FOUND),
    };
    staff.answer(found)
}

async fn note(staff: &Staff, code: &str, which: Which, fields: &Fields) -> Found {
    let place = staff.at(code).await?.for_calling()?;
    let read = find(staff, &place, which).await?;
    let typed = typed(fields)?;
    let noted = match read_form(staff, &place, (&read, which), &typed) {
        Ok(noted) => noted,
        Err(problems) => return draw(staff, &place, which, Some((typed, problems, false))).await,
    };
    let id: CallId = made(fields)?;
    let (app, supplier) = (&staff.app, place.supplier.id);
    match call::note_call(app, supplier, (id, noted), staff.actor()).await {
        Ok(()) => match which {
            Which::Step(_) => Ok(see_other(&paths::calls(code))),
            Which::Debtor(id) => Ok(see_other(&paths::debtor(code, id))),
        },
        Err(FlowError::OutsideLimits(limits)) => {
            let wrong = Wrong::DayOutside(limits.first, limits.last);
            let problems = vec![Problem::new("day", wrong)];
            draw(staff, &place, which, Some((typed, problems, false))).await
        }
        Err(FlowError::Plan(_)) => {
            let problems = vec![Problem::new("day", Wrong::DayUnreadable)];
            draw(staff, &place, which, Some((typed, problems, false))).await
        }
        Err(why) if why.is_conflict() || matches!(why, FlowError::OnPlan(_)) => {
            draw(staff, &place, which, Some((typed, Vec::new(), true))).await
        }
        Err(why) => Err(why.into()),
    }
}

fn typed(fields: &Fields) -> Result<Typed, Refusal> {
    let ids = fields.all("i").map(str::parse);
    Ok(Typed {
        outcome: fields.text("outcome").parse().ok(),
        invoices: ids
            .collect::<Result<_, _>>()
            .map_err(|_| Refusal::NOT_FOUND)?,
        contact: fields.text("contact").to_owned(),
        day: fields.text("day").to_owned(),
        amount: fields.text("amount").to_owned(),
        reason: fields.text("reason").parse().ok(),
        note: form::typed(fields.text("note")),
        next: fields.text("next").to_owned(),
        hour: fields.text("hour").to_owned(),
    })
}

/// What was typed as what the flow takes, or all that is wrong with it.
fn read_form(
    staff: &Staff,
    place: &Place,
    (read, which): (&Read, Which),
    typed: &Typed,
) -> Result<Noted, Vec<Problem>> {
    let mut problems = Vec::new();
    let Some(outcome) = typed.outcome else {
        let missing = Wrong::ByHand(ByHandWrong::OutcomeMissing);
        return Err(vec![Problem::new("outcome", missing)]);
    };
    let mut wrong = |field: &str, why: Wrong| problems.push(Problem::new(field, why));
    if outcome.needs_invoices() && typed.invoices.is_empty() {
        wrong("outcome", Wrong::NothingChosen);
    }
    let takes_day = outcome.takes_day();
    let day = match (takes_day, input::day(&typed.day)) {
        (false, _) => None,
        (true, Ok(day)) => Some(day),
        (true, Err(why)) => {
            wrong("day", why);
            None
        }
    };
    let amount = match amount(staff, read, (takes_day, typed)) {
        Ok(amount) => amount,
        Err(why) => {
            wrong("amount", why);
            None
        }
    };
    if outcome.takes_reason() && typed.reason.is_none() {
        wrong("reason", Wrong::ReasonMissing);
    }
    if typed.note.chars().count() > NOTE_MAX {
        wrong("note", Wrong::TooLong(NOTE_MAX));
    }
    let next_at = match next(staff, place, typed) {
        Ok(next_at) => next_at,
        Err(why) => {
            wrong("next", Wrong::ByHand(why));
            None
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Noted {
        debtor: read.debtor.id,
        message: match which {
            Which::Step(id) => Some(id),
            Which::Debtor(_) => None,
        },
        contact: typed.contact.parse().ok(),
        outcome,
        reason: typed.reason.filter(|_| outcome.disputes()),
        note: typed.note.clone(),
        invoices: typed.invoices.clone(),
        day,
        amount,
        next_at,
    })
}

/// How much is promised; none for all of what is ticked, which must be of one currency.
fn amount(
    staff: &Staff,
    read: &Read,
    (takes_day, typed): (bool, &Typed),
) -> Result<Option<Money>, Wrong> {
    if !takes_day {
        return Ok(None);
    }
    let chosen = read.items.iter();
    let chosen: Vec<&Invoice> = chosen
        .filter(|item| typed.invoices.contains(&item.id))
        .collect();
    let Some(first) = chosen.first() else {
        return Ok(None);
    };
    let currency = first.currency();
    if chosen.iter().any(|item| item.currency() != currency) {
        return Err(Wrong::TwoCurrencies);
    }
    if typed.amount.is_empty() {
        return Ok(None);
    }
    let amount = input::amount(staff.language, currency, &typed.amount)?;
    let payable = chosen.iter().filter_map(|item| item.payable().ok());
    let most = Money::sum(currency, payable).map_err(|_| Wrong::AmountUnreadable)?;
    match amount.minor() > most.minor() {
        true => Err(Wrong::AmountAbove(most)),
        false => Ok(Some(amount)),
    }
}

/// When to call again; at the opening where no hour is said.
fn next(staff: &Staff, place: &Place, typed: &Typed) -> Result<Option<Moment>, ByHandWrong> {
    if typed.next.is_empty() {
        return Ok(None);
    }
    let day = input::day(&typed.next).map_err(|_| ByHandWrong::NextCall)?;
    let hour: u32 = match typed.hour.as_str() {
        "" => HOUR,
        hour => hour.parse().map_err(|_| ByHandWrong::NextCall)?,
    };
    let at = place.supplier.zone.at_hour(day, hour.min(23));
    match hour > 23 || at <= staff.app.now() {
        true => Err(ByHandWrong::NextCall),
        false => Ok(Some(at)),
    }
}

/// The hour of a call when none is said.
const HOUR: u32 = 9;
