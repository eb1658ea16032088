//! The columns of an uploaded file, confirmed or put right before anything of it counts.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::ImportId;
use serde::Deserialize;
use views::paths;
use views::problem::{Problem, Wrong};
use views::staff::imports as view;

use super::answer::{Found, Refusal, page};
use super::chosen::{Chosen, columns, picked, posted, recognised, value};
use super::session::{Place, Staff};
use super::{form, import_result, imports};
use crate::flows::FlowError;
use crate::flows::upload::{self, Confirmation, Field, Look, UploadError};
use crate::store::StoreError;
use crate::web::pages::see_other;

/// What is said of the data, in the address or the form.
#[derive(Deserialize, Default)]
pub(super) struct State {
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    complete: String,
}

/// A file's columns, or what became of it.
pub(super) async fn show(
    staff: Staff,
    path: web::Path<(String, String)>,
    state: web::Query<State>,
) -> HttpResponse {
    let found = find(&staff, &path.0, &path.1, state.into_inner()).await;
    staff.answer(found)
}

async fn find(staff: &Staff, code: &str, id: &str, state: State) -> Found {
    let place = staff.at(code).await?;
    let id: ImportId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    match upload::look(&staff.app, place.supplier.id, id).await {
        Ok((file, look)) => {
            let place = place.for_writing()?;
            let chosen = recognised(look.headers.len(), &look.guess);
            let problems = missing(&chosen);
            let sheet = Sheet { id, file, look };
            Ok(sheet.page(staff, &place, (state, chosen), problems, StatusCode::OK))
        }
        Err(UploadError::Flow(FlowError::Store(StoreError::NotFound))) => {
            import_result::find(staff, &place, id).await
        }
        Err(why) => Err(refusal(why)),
    }
}

fn refusal(why: UploadError) -> Refusal {
    match why {
        UploadError::Flow(why) => why.into(),
        UploadError::File { .. } => FlowError::Unusable(why.to_string()).into(),
    }
}

/// The fields no import can do without that no column holds; told at the first column.
fn missing(chosen: &Chosen) -> Vec<Problem> {
    let has = |field: &str| chosen.iter().flatten().any(|one| one == field);
    let amount = has("open") || (has("debit") && has("credit"));
    let needs = [
        ("number", has("number")),
        ("due", has("due")),
        ("open", amount),
    ];
    let missing = needs.into_iter().filter(|(_, there)| !there);
    missing
        .map(|(field, _)| Problem::new("c0", Wrong::ColumnMissing(field.to_owned())))
        .collect()
}

/// A file on its way to be imported.
struct Sheet {
    id: ImportId,
    file: String,
    look: Look,
}

impl Sheet {
    fn page(
        self,
        staff: &Staff,
        place: &Place,
        (state, chosen): (State, Chosen),
        problems: Vec<Problem>,
        status: StatusCode,
    ) -> HttpResponse {
        let today = place.today(staff);
        let typed = Some(state.as_of).filter(|typed| !typed.is_empty());
        let view = view::Columns {
            supplier: place.supplier.code.clone(),
            id: self.id,
            key: form::key(),
            file: self.file,
            as_of: typed.unwrap_or_else(|| today.to_string()),
            today,
            complete: state.complete == "yes",
            columns: columns(&self.look.headers, &self.look.examples, chosen),
            problems,
        };
        let frame = staff.frame_of(&place.supplier);
        page(status, view::columns(&frame, &view))
    }
}

/// Imports the file with the columns chosen.
pub(super) async fn confirm(
    staff: Staff,
    path: web::Path<(String, String)>,
    fields: web::Form<Vec<(String, String)>>,
) -> HttpResponse {
    let found = import(&staff, &path.0, &path.1, &fields).await;
    staff.answer(found)
}

async fn import(staff: &Staff, code: &str, id: &str, fields: &[(String, String)]) -> Found {
    let place = staff.at(code).await?.for_writing()?;
    staff.check_form(&value(fields, "csrf"))?;
    let id: ImportId = id.parse().map_err(|_| Refusal::NOT_FOUND)?;
    let supplier = place.supplier.id;
    let (file, look) = match upload::look(&staff.app, supplier, id).await {
        Ok(found) => found,
        // Imported meanwhile, by this form sent twice: it stands first in the list.
        Err(UploadError::Flow(FlowError::Store(StoreError::NotFound))) => {
            return Ok(see_other(&paths::imports(code)));
        }
        Err(why) => return Err(refusal(why)),
    };
    let state = State {
        as_of: value(fields, "as_of"),
        complete: value(fields, "complete"),
    };
    let chosen = posted::<Field>(look.headers.len(), fields);
    let sheet = Sheet { id, file, look };
    let app = staff.app.clone().into_inner();
    let problems = match sheet.confirmation(&state, &chosen, staff, &place) {
        Ok(confirmed) => match upload::import(&app, supplier, id, confirmed).await {
            Ok(done) => return Ok(see_other(&paths::import(code, done))),
            Err(why) => vec![unusable(why)?],
        },
        Err(problems) => problems,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(sheet.page(staff, &place, (state, chosen), problems, status))
}

/// What the reader says of a file that it cannot import this way.
fn unusable(why: UploadError) -> Result<Problem, Refusal> {
    let wrong = match why {
        UploadError::File { why, .. } => imports::wrong(&why),
        UploadError::Flow(FlowError::Unusable(why)) => Wrong::FileUnreadable(why),
        UploadError::Flow(why) => return Err(why.into()),
    };
    Ok(Problem::new("c0", wrong))
}

impl Sheet {
    fn confirmation(
        &self,
        state: &State,
        chosen: &Chosen,
        staff: &Staff,
        place: &Place,
    ) -> Result<Confirmation, Vec<Problem>> {
        let (columns, twice) = picked::<Field>(&self.look.headers, chosen, |index, name| {
            let wrong = Wrong::ColumnTwice(name.to_owned());
            Problem::new(&format!("c{index}"), wrong)
        });
        let mut problems = missing(chosen);
        problems.extend(twice);
        let as_of = imports::day(&state.as_of, place.today(staff));
        match as_of {
            Ok(as_of) if problems.is_empty() => Ok(Confirmation {
                as_of,
                complete: state.complete == "yes",
                columns,
            }),
            Ok(_) => Err(problems),
            Err(wrong) => {
                problems.push(Problem::new("as_of", wrong));
                Err(problems)
            }
        }
    }
}
