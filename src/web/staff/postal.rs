//! Where letters to a customer go.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::DebtorId;
use domain::postal::{PostalAddress, PostalFault};
use views::paths;
use views::problem::{ByHandWrong, Problem, Wrong};
use views::staff::postal::{self as view, PostalPage};

use super::answer::{Found, Refusal, page};
use super::form;
use super::posted::StaffPosted;
use super::session::{Place, Staff};
use crate::flows::postal;
use crate::store::postal::Known;
use crate::store::{self, Conn, StoreError};
use crate::web::form::Fields;
use crate::web::pages::see_other;

/// The page.
pub(super) async fn show(staff: Staff, path: web::Path<(String, String)>) -> HttpResponse {
    let found = shown(&staff, &path.0, &path.1).await;
    staff.answer(found)
}

async fn shown(staff: &Staff, code: &str, id: &str) -> Found {
    let place = staff.at(code).await?;
    let id: DebtorId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    draw(staff, &place, id, None).await
}

type Said = Option<([String; 4], Vec<Problem>)>;

async fn draw(staff: &Staff, place: &Place, id: DebtorId, said: Said) -> Found {
    let supplier = place.supplier.id;
    let read = move |conn: &mut Conn| {
        let debtor = store::debtor::find(conn, supplier, id)?;
        Ok::<_, StoreError>((debtor, store::postal::find(conn, supplier, id)?))
    };
    let (debtor, known) = staff.app.store.read(supplier, read).await?;
    let status = match said {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (typed, problems) = said.unwrap_or_else(|| (typed(known.as_ref()), Vec::new()));
    let view = PostalPage {
        supplier: place.supplier.code.clone(),
        debtor: id,
        known: known.map(|known| lines(&debtor.name, &known)),
        name: debtor.name,
        typed,
        problems,
        may_write: place.role.may_write(),
        key: form::key(),
    };
    let frame = staff.frame_of(&place.supplier);
    Ok(page(status, view::page(&frame, &view)))
}

/// The lines in the window, and whether staff wrote them.
pub(super) fn lines(name: &str, known: &Known) -> (Vec<String>, bool) {
    (known.address.lines(name, ""), known.by_staff)
}

fn typed(known: Option<&Known>) -> [String; 4] {
    let Some(known) = known else {
        return Default::default();
    };
    let address = known.address.clone();
    let street = address.street.join("\n");
    [street, address.postcode, address.town, address.country]
}

/// Takes another address, or forgets the one that is known.
pub(super) async fn post(posted: StaffPosted, path: web::Path<(String, String)>) -> HttpResponse {
    let StaffPosted { staff, sent } = posted;
    let found = match sent {
        Ok(sent) => decide(&staff, (&path.0, &path.1), &sent.fields).await,
        Err(refusal) => Err(refusal),
    };
    staff.answer(found)
}

async fn decide(staff: &Staff, (code, id): (&str, &str), fields: &Fields) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    let id: DebtorId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let (app, whose) = (&staff.app, (place.supplier.id, id));
    match fields.text("deed") {
        "forget" => postal::set(app, whose, None, staff.actor()).await?,
        "save" => {
            let typed = ["street", "postcode", "town", "country"].map(|name| fields.text(name));
            let [street, postcode, town, country] = typed;
            let address = PostalAddress::of(&[street], postcode, town, country).folded();
            if let Err(why) = address.check() {
                let typed = typed.map(str::to_owned);
                return draw(staff, &place, id, Some((typed, vec![problem(why)]))).await;
            }
            postal::set(app, whose, Some(address), staff.actor()).await?;
        }
        _ => return draw(staff, &place, id, None).await,
    }
    Ok(see_other(&paths::debtor(code, id)))
}

fn problem(why: PostalFault) -> Problem {
    let (field, wrong) = match why {
        PostalFault::TownMissing => ("town", ByHandWrong::TownMissing),
        PostalFault::StreetMissing => ("street", ByHandWrong::StreetMissing),
        PostalFault::TooManyLines | PostalFault::LineTooLong => ("street", ByHandWrong::StreetLong),
    };
    Problem::new(field, Wrong::ByHand(wrong))
}
