//! Giving up a payment that is under way.

use actix_web::{HttpResponse, web};
use domain::PaymentId;
use views::paths;

use crate::app::App;
use crate::flows::{FlowError, abandon};
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::pages::see_other;

/// Gives it up; its page says what became of it: nothing was taken, or money had come meanwhile.
pub(in crate::web) async fn post(
    app: web::Data<App>,
    id: web::Path<String>,
    posted: Posted,
) -> Result<HttpResponse, WebError> {
    let id: PaymentId = id.parse().map_err(|_| WebError::NotFound)?;
    posted.fields.key()?;
    match abandon::payment(&app, posted.visit.visitor, id).await {
        // Its page offers it again, or says why not.
        Ok(()) | Err(FlowError::TooLate | FlowError::Card(_)) => Ok(see_other(&paths::payment(id))),
        Err(why) if why.is_conflict() => Ok(see_other(&paths::payment(id))),
        Err(why) => Err(why.into()),
    }
}
