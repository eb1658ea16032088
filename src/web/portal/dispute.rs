//! Reporting what blocks an invoice: form, check, receipt.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::dispute::lines::DisputedLine;
use domain::dispute::{REMARK_CHARS_MAX, Reason};
use domain::invoice::{Invoice, ItemKind};
use domain::{Day, DisputeId, InvoiceId, Money};
use views::paths;
use views::portal::dispute::{self as view, DisputeFacts, DisputeForm, Extent};
use views::problem::{Problem, Wrong};

use super::choice::at_most;
use super::{dispute_lines as lines, nothing_left, outcome, status};
use crate::app::App;
use crate::flows::dispute::{Declaration, answer_by, declare};
use crate::store;
use crate::web::attach;
use crate::web::conversation::Talk;
use crate::web::error::WebError;
use crate::web::form::{Fields, Step};
use crate::web::form_files::PostedFiles;
use crate::web::input;
use crate::web::pages::see_other;
use crate::web::session::{Acting, Visit, random_hex};

/// The empty form; the invoice's page when all of it was reported already.
pub(in crate::web) async fn show(
    app: web::Data<App>,
    Acting(visit): Acting,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let item = find(&app, &visit, &id).await?;
    let left = left(&item)?;
    if !left.is_positive() {
        return Ok(see_other(&paths::invoice(item.id)));
    }
    // A reason may be chosen by where the visitor comes from.
    let mut chosen = Fields::none();
    chosen.push("reason", Fields::of_query(&request).text("reason"));
    let form = form(&item, left, random_hex()?, &chosen);
    Ok(visit.page(StatusCode::OK, view::page(&visit.frame(), &form)))
}

/// The form posted: checked, then recorded once confirmed.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: PostedFiles,
) -> Result<HttpResponse, WebError> {
    let PostedFiles {
        visit,
        fields,
        files,
    } = posted;
    let item = find(&app, &visit, &id).await?;
    let key = fields.key()?;
    if let Some(done) = outcome(&app, &visit, &key).await? {
        let id = done.parse().map_err(|_| WebError::NotFound)?;
        return receipt(&app, &visit, &item, id).await;
    }
    let left = left(&item)?;
    if !left.is_positive() {
        return Ok(nothing_left(&visit));
    }
    let (waiting, mut problems) = attach::take(&app, visit.visitor, (&fields, &key), files).await?;
    let mut form = form(&item, left, key, &fields);
    form.files = waiting;
    let facts = match (fields.step(), read(&visit, &item, &form)) {
        (Step::Edit, _) => return Ok(page(&visit, &form)),
        (Step::Recount, _) => {
            lines::one_more(&mut form);
            return Ok(page(&visit, &form));
        }
        (_, Ok(facts)) if problems.is_empty() => facts,
        (_, found) => {
            problems.splice(0..0, found.err().unwrap_or_default());
            form.problems = problems;
            return Ok(page(&visit, &form));
        }
    };
    if fields.step() == Step::Check {
        let page = view::check(&visit.frame(), &form, &facts);
        return Ok(visit.page(StatusCode::OK, page));
    }
    confirm(&app, &visit, &item, form, facts).await
}

async fn find(app: &App, visit: &Visit, id: &str) -> Result<Invoice, WebError> {
    let id: InvoiceId = id.parse().map_err(|_| WebError::NotFound)?;
    let (supplier, debtor) = (visit.visitor.supplier, visit.visitor.debtor);
    let item = app
        .store
        .read(supplier, move |conn| {
            store::invoice::find(conn, supplier, debtor, id)
        })
        .await?;
    let invoice = item.kind == ItemKind::Invoice;
    invoice.then_some(item).ok_or(WebError::NotFound)
}

fn left(item: &Invoice) -> Result<Money, WebError> {
    Ok(item.open.checked_sub(item.disputed)?.at_least_zero())
}

fn form(item: &Invoice, left: Money, key: String, fields: &Fields) -> DisputeForm {
    DisputeForm {
        invoice: item.id,
        number: item.number.clone(),
        open: left,
        key,
        reason: reason(item, fields.text("reason")),
        reasons: reasons(item),
        scope: Extent::of(fields.text("scope")),
        amount: fields.text("amount").to_owned(),
        rows: lines::typed(fields),
        text: fields.text("text").to_owned(),
        files: Vec::new(),
        problems: Vec::new(),
    }
}

/// The reasons that can be true of this invoice.
fn reasons(item: &Invoice) -> Vec<Reason> {
    let all = Reason::ALL.iter().copied();
    all.filter(|reason| reason.fits(item)).collect()
}

fn reason(item: &Invoice, posted: &str) -> Option<Reason> {
    let reason: Option<Reason> = posted.parse().ok();
    reason.filter(|reason| reason.fits(item))
}

fn page(visit: &Visit, form: &DisputeForm) -> HttpResponse {
    let page = view::page(&visit.frame(), form);
    visit.page(status(form.problems.len()), page)
}

fn read(visit: &Visit, item: &Invoice, form: &DisputeForm) -> Result<DisputeFacts, Vec<Problem>> {
    let mut problems = Vec::new();
    if form.reason.is_none() {
        problems.push(Problem::new("reason", Wrong::ReasonMissing));
    }
    let amount = amount(visit, form);
    if let Err(wrong) = &amount {
        problems.extend(wrong.iter().cloned());
    }
    if form.reason == Some(Reason::Other) && form.text.is_empty() {
        problems.push(Problem::new("text", Wrong::TextMissing));
    }
    if form.text.chars().count() > REMARK_CHARS_MAX {
        problems.push(Problem::new("text", Wrong::TooLong(REMARK_CHARS_MAX)));
    }
    match (form.reason, amount) {
        (Some(reason), Ok((amount, lines))) if problems.is_empty() => Ok(DisputeFacts {
            reason,
            amount,
            lines,
            answer_by: answer_by(visit.today()),
            rest: rest(item, amount),
        }),
        _ => Err(problems),
    }
}

/// What is asked for of an invoice once this much more of it is disputed.
fn rest(item: &Invoice, disputed: Money) -> Option<(Money, Day)> {
    let left = item.remindable().ok()?.checked_sub(disputed).ok()?;
    left.is_positive().then_some((left, item.due_on))
}

/// How much is disputed, and by which lines.
fn amount(visit: &Visit, form: &DisputeForm) -> Result<(Money, Vec<DisputedLine>), Vec<Problem>> {
    let whole = || Ok((form.open, Vec::new()));
    match form.scope {
        Extent::Whole => whole(),
        Extent::Part => {
            let amount = input::amount(visit.language(), form.open.currency(), &form.amount);
            let amount = amount.and_then(|amount| at_most(amount, form.open));
            let wrong = |wrong| vec![Problem::new("amount", wrong)];
            amount.map(|amount| (amount, Vec::new())).map_err(wrong)
        }
        Extent::Lines => lines::read(visit.language(), form),
    }
}

async fn confirm(
    app: &App,
    visit: &Visit,
    item: &Invoice,
    mut form: DisputeForm,
    facts: DisputeFacts,
) -> Result<HttpResponse, WebError> {
    let declaration = Declaration {
        invoice: item.id,
        reason: facts.reason,
        amount: Some(facts.amount),
        lines: facts.lines,
        text: form.text.clone(),
        key: form.key.clone(),
    };
    match declare(app, visit.visitor, declaration).await {
        Ok(id) => return receipt(app, visit, item, id).await,
        Err(why) if why.is_conflict() => {}
        Err(why) => return Err(why.into()),
    }
    // Paid or reported meanwhile: the form again, with what is left of it now.
    form.open = left(&find(app, visit, &item.id.to_string()).await?)?;
    if !form.open.is_positive() {
        return Ok(nothing_left(visit));
    }
    let page = view::page(&visit.frame(), &form);
    Ok(visit.page(StatusCode::CONFLICT, page))
}

/// What was recorded, read back.
async fn receipt(
    app: &App,
    visit: &Visit,
    item: &Invoice,
    id: DisputeId,
) -> Result<HttpResponse, WebError> {
    let supplier = visit.visitor.supplier;
    let talk = app
        .store
        .read(supplier, move |conn| Talk::load(conn, supplier, id))
        .await?;
    let dispute = &talk.dispute;
    let now = find(app, visit, &item.id.to_string()).await?;
    let facts = DisputeFacts {
        reason: dispute.reason,
        amount: dispute.amount,
        lines: talk.lines.clone(),
        answer_by: dispute.answer_by,
        rest: rest(&now, Money::zero(now.currency())),
    };
    let mut form = form(item, dispute.amount, String::new(), &Fields::none());
    if dispute.amount.minor() < item.open.minor() {
        form.scope = Extent::Part;
    }
    form.text.clone_from(&dispute.text);
    form.files = talk.declared();
    let page = view::receipt(&visit.frame(), &form, &facts, id);
    Ok(visit.page(StatusCode::OK, page))
}
