//! Stripe's events: handed over as they came; 200 only once one is kept.
//!
//! Nothing is read from an event here and no body is logged. Jobs read what is kept.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::SupplierId;

use crate::app::App;
use crate::flows::FlowError;
use crate::flows::hooks::{HookError, receive_stripe};
use crate::store::StoreError;

/// Bytes of the largest event that is taken.
pub(in crate::web) const BODY_MAX: usize = 1024 * 1024;

/// Takes an event for a supplier's account.
pub(in crate::web) async fn receive(
    app: web::Data<App>,
    supplier: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let Ok(supplier) = supplier.parse::<SupplierId>() else {
        return HttpResponse::BadRequest().finish();
    };
    let signature = request.headers().get("stripe-signature");
    let signature = signature
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match receive_stripe(&app, supplier, signature, body.to_vec()).await {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(why) => {
            tracing::warn!(%supplier, %why, "a webhook was turned away");
            HttpResponse::new(status(&why))
        }
    }
}

/// 400 is the sender's fault and final; anything else has the provider send it again.
const fn status(why: &HookError) -> StatusCode {
    match why {
        HookError::Bad(_)
        | HookError::Foreign
        | HookError::Flow(FlowError::Store(StoreError::NotFound)) => StatusCode::BAD_REQUEST,
        HookError::Flow(FlowError::Store(StoreError::Busy)) => StatusCode::SERVICE_UNAVAILABLE,
        HookError::Flow(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
