//! One dispute: its page, its files, and what the supplier says about it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::credit::Note;
use domain::dispute::{
    CreditNote, Dispute, DisputeEvent, NUMBER_CHARS_MAX, OWNER_CHARS_MAX, REMARK_CHARS_MAX,
};
use domain::{Day, DisputeId, Money};
use views::attached::File;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::decision::Deed;
use views::staff::dispute::{self as view, DisputeCard, Typed, field_id};

use super::answer::{Found, Refusal, page};
use super::posted::{Sent, StaffPosted};
use super::session::{Place, Staff};
use super::{decision, form};
use crate::flows::FlowError;
use crate::flows::attach::Giver;
use crate::flows::dispute::{self, Reply};
use crate::web::conversation::Talk;
use crate::web::form::Fields;
use crate::web::pages::see_other;
use crate::web::{attach, input};

/// Days for which an answer can be put off at once.
const EXTEND_DAYS_MAX: i64 = 90;

/// What the forms post.
struct Answer {
    answer: String,
    decision: String,
    credit: String,
    credited: String,
    until: String,
    owner: String,
    step: String,
    /// Under which the form counts once, and its files wait.
    key: Option<String>,
    /// The files that wait under it.
    waiting: Vec<File>,
}

impl Answer {
    fn of(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            answer: text("answer"),
            decision: text("decision"),
            credit: text("credit"),
            credited: text("credited"),
            until: text("until"),
            owner: text("owner"),
            step: text("step"),
            key: fields.key().ok(),
            waiting: Vec::new(),
        }
    }
}

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = look(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn look(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let talk = find(staff, &place, id).await?;
    let card = card(&talk, place.today(staff));
    Ok(one_page(staff, &place, &card))
}

fn one_page(staff: &Staff, place: &Place, card: &DisputeCard) -> HttpResponse {
    let status = if card.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let frame = staff.frame_of(&place.supplier);
    let may_answer = place.role.may_write();
    page(
        status,
        view::page(&frame, &place.supplier.code, card, may_answer),
    )
}

async fn find(staff: &Staff, place: &Place, id: &str) -> Result<Talk, Refusal> {
    let id: DisputeId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let read = staff
        .app
        .store
        .read(supplier, move |conn| Talk::load(conn, supplier, id));
    Ok(read.await?)
}

/// A dispute as the pages show it.
pub(super) fn card(talk: &Talk, today: Day) -> DisputeCard {
    let dispute = &talk.dispute;
    DisputeCard {
        id: dispute.id,
        debtor: dispute.debtor,
        number: talk.invoice.number.clone(),
        reason: dispute.reason,
        amount: dispute.amount,
        state: dispute.state,
        answer_by: dispute.answer_by,
        first: today.plus_days(1),
        owner: dispute.owner.clone(),
        credit: talk.credit(),
        notes: talk
            .notes
            .iter()
            .filter(|_| talk.invoice.open.is_positive())
            .map(|note| offered(note, dispute))
            .collect(),
        lines: talk.lines.clone(),
        said: talk.said(),
        files: Vec::new(),
        key: form_key(),
        typed: Typed::default(),
        problems: Vec::new(),
    }
}

/// The key of a form that files may wait under: letters and digits alone.
fn form_key() -> String {
    form::key().replace('_', "")
}

/// A credit note that may answer a dispute, and how much of it would.
fn offered(note: &Note, dispute: &Dispute) -> (String, Money) {
    let amount = note.open.least(dispute.amount).unwrap_or(dispute.amount);
    (note.number.clone(), amount)
}

/// Asks, accepts, rejects, puts off, or names who deals with it.
pub(super) async fn answer(posted: StaffPosted, path: web::Path<(String, String)>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => decide(&staff, &path.0, &path.1, sent).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn decide(staff: &Staff, code: &str, id: &str, sent: Sent) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let talk = find(staff, &place, id).await?;
    let back = see_other(&paths::debtor(code, talk.dispute.debtor));
    let mut answer = Answer::of(&sent.fields);
    let wrong_files = take_files(staff, &talk, &mut answer, sent).await?;
    let answer = &answer;
    let wanted = match want(staff, &place, &talk, answer) {
        Ok(_) if !wrong_files.is_empty() => {
            return Ok(again(staff, &place, &talk, (answer, wrong_files)));
        }
        Ok(Some(wanted)) => wanted,
        Ok(None) => return Ok(back),
        Err(problem) => {
            let problems = [vec![problem], wrong_files].concat();
            return Ok(again(staff, &place, &talk, (answer, problems)));
        }
    };
    if let Wanted::Said(reply) = &wanted
        && reply.event.grants()
        && answer.step != "confirm"
    {
        if talk.dispute.state.on(reply.event).is_err() {
            return Ok(decision::told(code, &talk, Deed::Late));
        }
        let card = typed(&place, staff, &talk, answer);
        if answer.step == "edit" {
            return Ok(one_page(staff, &place, &card));
        }
        let asked = (answer.decision.as_str(), reply.credit.clone());
        return decision::check(staff, &place, (&talk, card), asked).await;
    }
    let deed = wanted.deed();
    match carry_out(staff, &talk, wanted).await {
        Ok(()) => Ok(decision::told(code, &talk, deed)),
        // Answered meanwhile by a colleague: the page shows it.
        Err(FlowError::Refused(_)) => Ok(decision::told(code, &talk, Deed::Late)),
        Err(why) => match wrong(&talk, &why) {
            Some(problem) => Ok(again(staff, &place, &talk, (answer, vec![problem]))),
            None if why.is_conflict() => Ok(decision::told(code, &talk, Deed::Late)),
            None => Err(why.into()),
        },
    }
}

/// Keeps the files that came with the form, under its key; gives what was wrong with them.
async fn take_files(
    staff: &Staff,
    talk: &Talk,
    answer: &mut Answer,
    sent: Sent,
) -> Result<Vec<Problem>, FlowError> {
    let Some(key) = answer.key.clone() else {
        return Ok(Vec::new());
    };
    let giver = Giver {
        supplier: talk.dispute.supplier,
        debtor: talk.dispute.debtor,
        actor: staff.actor(),
    };
    let taken = attach::take(&staff.app, giver, (&sent.fields, &key), sent.files).await;
    let (waiting, mut problems) = taken?;
    answer.waiting = waiting;
    for problem in &mut problems {
        problem.field = field_id("file", talk.dispute.id);
    }
    Ok(problems)
}

/// What a form asks for.
enum Wanted {
    /// To be said to the debtor.
    Said(Reply),
    /// Who deals with it.
    Owner(String),
}

impl Wanted {
    const fn deed(&self) -> Deed {
        match self {
            Self::Said(reply) => Deed::Said(reply.event),
            Self::Owner(_) => Deed::Owned,
        }
    }
}

/// Reads the form; nothing when no button of ours was pressed.
fn want(
    staff: &Staff,
    place: &Place,
    talk: &Talk,
    answer: &Answer,
) -> Result<Option<Wanted>, Problem> {
    let id = talk.dispute.id;
    let wrong = |name: &str, wrong: Wrong| Problem::new(&field_id(name, id), wrong);
    let event = match answer.decision.as_str() {
        "own" => {
            let owner = short(&answer.owner, OWNER_CHARS_MAX).map_err(|why| wrong("owner", why))?;
            return Ok(Some(Wanted::Owner(owner)));
        }
        "take" => {
            let own = staff.user.name.chars().take(OWNER_CHARS_MAX);
            return Ok(Some(Wanted::Owner(own.collect())));
        }
        "ask" => DisputeEvent::AskMore,
        "tell" => DisputeEvent::Tell,
        "reject" => DisputeEvent::Reject,
        "extend" => DisputeEvent::Extend,
        "accept" => accepting(answer).map_err(|why| wrong("credit", why))?,
        "credit" if answer.credit.trim().is_empty() => {
            return Err(wrong("credit", Wrong::CreditNumberMissing));
        }
        "credit" => DisputeEvent::Credit,
        _ => return Ok(None),
    };
    let words = if event == DisputeEvent::Extend {
        "why"
    } else {
        "answer"
    };
    let text = short(&answer.answer, REMARK_CHARS_MAX).map_err(|why| wrong(words, why))?;
    let silent = event == DisputeEvent::Tell && !answer.waiting.is_empty();
    if event.needs_words() && text.is_empty() && !silent {
        return Err(wrong(words, Wrong::WordsMissing));
    }
    let mut reply = Reply {
        key: answer.key.clone(),
        event,
        text,
        credit: None,
        until: None,
        actor: staff.actor(),
    };
    match event {
        DisputeEvent::Credit => reply.credit = Some(note(staff, talk, answer)?),
        DisputeEvent::Extend => {
            let until = until(&answer.until, place.today(staff));
            reply.until = Some(until.map_err(|why| wrong("until", why))?);
        }
        _ => {}
    }
    Ok(Some(Wanted::Said(reply)))
}

/// Accepting with a credit note, or for now without one.
fn accepting(answer: &Answer) -> Result<DisputeEvent, Wrong> {
    match (answer.credit.trim(), answer.credited.trim()) {
        ("", "") => Ok(DisputeEvent::Accept),
        ("", _) => Err(Wrong::CreditNumberMissing),
        _ => Ok(DisputeEvent::Credit),
    }
}

/// The credit note as typed: of the whole disputed amount when no other is given.
fn note(staff: &Staff, talk: &Talk, answer: &Answer) -> Result<CreditNote, Problem> {
    let id = talk.dispute.id;
    let wrong = |name: &str, wrong: Wrong| Problem::new(&field_id(name, id), wrong);
    let number = short(&answer.credit, NUMBER_CHARS_MAX).map_err(|why| wrong("credit", why))?;
    let most = talk.dispute.amount;
    let amount = if answer.credited.trim().is_empty() {
        most
    } else {
        let currency = most.currency();
        input::amount(staff.language, currency, &answer.credited)
            .map_err(|why| wrong("credited", why))?
    };
    if amount.minor() > most.minor() {
        return Err(wrong("credited", Wrong::AmountAbove(most)));
    }
    Ok(CreditNote { number, amount })
}

fn until(typed: &str, today: Day) -> Result<Day, Wrong> {
    let (first, last) = (today.plus_days(1), today.plus_days(EXTEND_DAYS_MAX));
    let day = input::day(typed)?;
    if day < first || day > last {
        return Err(Wrong::DayOutside(first, last));
    }
    Ok(day)
}

fn short(typed: &str, most: usize) -> Result<String, Wrong> {
    let typed = form::typed(typed);
    if typed.chars().count() > most {
        return Err(Wrong::TooLong(most));
    }
    Ok(typed)
}

async fn carry_out(staff: &Staff, talk: &Talk, wanted: Wanted) -> Result<(), FlowError> {
    let (supplier, id) = (talk.dispute.supplier, talk.dispute.id);
    match wanted {
        Wanted::Owner(owner) => {
            dispute::assign(&staff.app, supplier, id, owner, staff.actor()).await
        }
        Wanted::Said(reply) => {
            dispute::answer(&staff.app, supplier, id, reply).await?;
            Ok(())
        }
    }
}

/// What is wrong with the credit note, when the account says so.
fn wrong(talk: &Talk, why: &FlowError) -> Option<Problem> {
    let at = |wrong| Problem::new(&field_id("credited", talk.dispute.id), wrong);
    match why {
        FlowError::TooMuch { left, .. } => Some(at(Wrong::AmountAbove(*left))),
        FlowError::CreditSpent(left) => Some(at(Wrong::CreditSpent(*left))),
        _ => None,
    }
}

/// The dispute's page with what was typed and what was wrong with it.
fn again(
    staff: &Staff,
    place: &Place,
    talk: &Talk,
    (answer, problems): (&Answer, Vec<Problem>),
) -> HttpResponse {
    let mut card = typed(place, staff, talk, answer);
    card.problems = problems;
    one_page(staff, place, &card)
}

/// The dispute with what was typed.
fn typed(place: &Place, staff: &Staff, talk: &Talk, answer: &Answer) -> DisputeCard {
    let mut card = card(talk, place.today(staff));
    card.typed = Typed {
        answer: form::typed(&answer.answer),
        credit: form::typed(&answer.credit),
        credited: form::typed(&answer.credited),
        until: form::typed(&answer.until),
        extending: answer.decision == "extend",
    };
    if answer.decision == "own" {
        card.owner = Some(form::typed(&answer.owner));
    }
    card.files.clone_from(&answer.waiting);
    if let Some(key) = &answer.key {
        card.key.clone_from(key);
    }
    card
}
