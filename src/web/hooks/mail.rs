//! Webhooks of mail providers, at an address that only the supplier's provider knows: kept as they
//! came; jobs read what is kept.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use domain::SupplierId;

use crate::app::App;
use crate::flows::FlowError;
use crate::flows::incoming::{MailHookError, SnsError, receive_event};
use crate::store::StoreError;

/// Takes an event about messages of a supplier.
pub(in crate::web) async fn receive(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    body: web::Bytes,
) -> HttpResponse {
    let (supplier, provider, secret) = path.into_inner();
    let Ok(supplier) = supplier.parse::<SupplierId>() else {
        return HttpResponse::NotFound().finish();
    };
    let told = receive_event(&app, supplier, (&provider, &secret), body.to_vec()).await;
    match told {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(why) => {
            tracing::warn!(%supplier, %why, "an event about a message was turned away");
            HttpResponse::new(status(&why))
        }
    }
}

/// Whoever guesses an address learns nothing; what is ours but cannot be kept now is sent again.
const fn status(why: &MailHookError) -> StatusCode {
    match why {
        MailHookError::Foreign => StatusCode::NOT_FOUND,
        MailHookError::Form(_) | MailHookError::Sns(SnsError::Form(_)) => StatusCode::BAD_REQUEST,
        MailHookError::Sns(SnsError::Forged(_)) => StatusCode::FORBIDDEN,
        MailHookError::Sns(SnsError::Unreached(..)) => StatusCode::SERVICE_UNAVAILABLE,
        MailHookError::Flow(FlowError::Store(StoreError::Busy)) => StatusCode::SERVICE_UNAVAILABLE,
        MailHookError::Flow(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
