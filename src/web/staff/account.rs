//! The account that a supplier is paid on, and its change. Whoever changes it types their password
//! again: a session left open is not enough to divert what customers pay.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::AccountChangeId;
use domain::account_change::effective_at;
use domain::bank::{Bic, Iban};
use views::paths;
use views::portal::notice::Fault;
use views::problem::{Problem, Wrong};
use views::staff::account::{self as view, AccountPage, Notice, Past, Pending};

use super::answer::{Found, Refusal, page};
use super::form;
use super::limit::Tries;
use super::posted::StaffPosted;
use super::session::{Place, Staff};
use super::sign_in::address;
use crate::flows::account_change::{self, Wish, person};
use crate::flows::{FlowError, sign_in};
use crate::store::account_change::Change;
use crate::store::{self, StoreError};
use crate::web::form::Fields;
use crate::web::input::sepa_account;
use crate::web::pages::see_other;

/// Changes that are shown.
const SHOWN: i64 = 20;

/// Characters of a holder's name (pain.008 and EPC QR: 70).
const HOLDER_MAX: usize = 70;

/// The page.
pub(super) async fn show(staff: Staff, code: web::Path<String>) -> HttpResponse {
    let found = shown(&staff, &code).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str) -> Found {
    let place = staff.at(code).await?;
    draw(staff, &place, Said::default()).await
}

/// What the page says besides.
#[derive(Default)]
struct Said {
    typed: [String; 3],
    problems: Vec<Problem>,
    notice: Option<Notice>,
}

impl Said {
    fn notice(notice: Notice) -> Self {
        Self {
            notice: Some(notice),
            ..Self::default()
        }
    }
}

async fn draw(staff: &Staff, place: &Place, said: Said) -> Found {
    let supplier = place.supplier.id;
    let read = move |conn: &mut store::Conn| store::account_change::latest(conn, supplier, SHOWN);
    let changes = staff.app.store.read(supplier, read).await?;
    let status = if said.problems.is_empty() && said.notice.is_none() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let bank = place.supplier.bank.clone();
    let (open, ended): (Vec<_>, Vec<_>) = changes
        .into_iter()
        .partition(|change| change.state.is_open());
    let view = AccountPage {
        supplier: place.supplier.code.clone(),
        current: bank.map(|bank| (bank.holder, bank.iban, bank.bic)),
        pending: open.into_iter().next().map(|one| pending(staff, one)),
        past: ended.into_iter().filter_map(past).collect(),
        typed: said.typed,
        problems: said.problems,
        notice: said.notice,
        may_write: place.role.may_write(),
        key: form::key(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

fn pending(staff: &Staff, change: Change) -> Pending {
    let approved = change.approved.map(|(by, at)| (person(&by).to_owned(), at));
    let made = (person(&change.made.0).to_owned(), change.made.1);
    Pending {
        id: change.id,
        holder: change.holder,
        iban: change.iban,
        bic: change.bic,
        state: change.state,
        own: made.0 == staff.user.email,
        made,
        shown_from: approved.as_ref().map(|(_, at)| effective_at(*at)),
        approved,
    }
}

fn past(change: Change) -> Option<Past> {
    let (by, at) = change.ended?;
    Some(Past {
        last_four: change.iban.last_four().to_owned(),
        state: change.state,
        ended: (person(&by).to_owned(), at),
    })
}

/// Takes a wish for another account.
pub(super) async fn propose(
    posted: StaffPosted,
    code: web::Path<String>,
    request: HttpRequest,
    tries: web::Data<Tries>,
) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => proposed(&staff, &code, &sent.fields, (&request, &tries)).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn proposed(
    staff: &Staff,
    code: &str,
    fields: &Fields,
    door: (&HttpRequest, &Tries),
) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let typed = ["holder", "iban", "bic"].map(|name| form::typed(fields.text(name)));
    let (wish, mut problems) = read(&place, &typed);
    if !knows_password(staff, fields, door).await? {
        problems.push(Problem::new("password", Wrong::Password));
    }
    let Some(wish) = wish.filter(|_| problems.is_empty()) else {
        let said = Said {
            typed,
            problems,
            notice: None,
        };
        return draw(staff, &place, said).await;
    };
    let supplier = place.supplier.id;
    match account_change::propose(&staff.app, supplier, wish, staff.actor()).await {
        Ok(_) => Ok(see_other(&paths::account_of(code))),
        Err(FlowError::Store(StoreError::Conflict)) => {
            draw(staff, &place, Said::notice(Notice::Two)).await
        }
        Err(why) => Err(why.into()),
    }
}

fn read(place: &Place, [holder, iban, bic]: &[String; 3]) -> (Option<Wish>, Vec<Problem>) {
    let mut problems = Vec::new();
    if holder.is_empty() {
        problems.push(Problem::new("holder", Wrong::NameMissing));
    } else if holder.chars().count() > HOLDER_MAX {
        problems.push(Problem::new("holder", Wrong::TooLong(HOLDER_MAX)));
    }
    let iban = account(place, iban).map_err(|wrong| problems.push(Problem::new("iban", wrong)));
    let bic: Result<Option<Bic>, ()> = match bic.as_str() {
        "" => Ok(None),
        typed => typed
            .parse()
            .map(Some)
            .map_err(|_| problems.push(Problem::new("bic", Wrong::Bic))),
    };
    let wish = match (iban, bic) {
        (Ok(iban), Ok(bic)) => Some(Wish {
            holder: holder.clone(),
            iban,
            bic,
        }),
        _ => None,
    };
    (wish, problems)
}

fn account(place: &Place, typed: &str) -> Result<Iban, Wrong> {
    let iban = sepa_account(typed)?;
    let current = place.supplier.bank.as_ref().map(|bank| &bank.iban);
    if current == Some(&iban) {
        Err(Wrong::SameAccount)
    } else {
        Ok(iban)
    }
}

/// Whether the password typed is that of whoever is signed in; tries are counted as at the door.
async fn knows_password(
    staff: &Staff,
    fields: &Fields,
    (request, tries): (&HttpRequest, &Tries),
) -> Result<bool, Refusal> {
    let (from, email, now) = (address(request), &staff.user.email, staff.app.now());
    if !tries.admit(from, email, now) {
        return Err(Refusal::Fault(Fault::TooMany));
    }
    let right = sign_in::check(&staff.app, email, fields.text("password")).await?;
    if right.is_some() {
        tries.forgive(from, email, now);
    }
    Ok(right.is_some())
}

/// Takes the decision on a change.
pub(super) async fn decide(
    posted: StaffPosted,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    tries: web::Data<Tries>,
) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => decided(&staff, &path, &sent.fields, (&request, &tries)).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn decided(
    staff: &Staff,
    (code, id): &(String, String),
    fields: &Fields,
    door: (&HttpRequest, &Tries),
) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: AccountChangeId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (app, supplier, actor) = (&staff.app, place.supplier.id, staff.actor());
    let done = match fields.text("decision") {
        "approve" => {
            if !knows_password(staff, fields, door).await? {
                let said = Said {
                    problems: vec![Problem::new("password", Wrong::Password)],
                    ..Said::default()
                };
                return draw(staff, &place, said).await;
            }
            account_change::approve(app, supplier, id, actor).await
        }
        "withdraw" => account_change::withdraw(app, supplier, id, actor).await,
        _ => return draw(staff, &place, Said::notice(Notice::MovedOn)).await,
    };
    let notice = match done {
        Ok(()) => return Ok(see_other(&paths::account_of(code))),
        Err(FlowError::SamePerson) => Notice::SamePerson,
        Err(FlowError::Refused(_) | FlowError::Store(StoreError::Conflict)) => Notice::MovedOn,
        Err(why) => return Err(why.into()),
    };
    draw(staff, &place, Said::notice(notice)).await
}
