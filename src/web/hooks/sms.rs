//! Webhooks of providers of text messages, at an address that only the supplier's provider knows,
//! and signed where the provider signs: kept as they came; jobs read what is kept.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::{MessageId, SupplierId};

use crate::app::App;
use crate::flows::FlowError;
use crate::flows::text_told::{Called, Received, TextHookError, receive as keep};
use crate::store::StoreError;

/// Takes what is told of a supplier's texts.
pub(in crate::web) async fn receive(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let (supplier, provider, secret) = path.into_inner();
    let called = Called {
        provider: &provider,
        secret: &secret,
        about: None,
    };
    told(&app, &supplier, called, (&request, &body)).await
}

/// Takes what is told of one text.
pub(in crate::web) async fn receive_of(
    app: web::Data<App>,
    path: web::Path<(String, String, String, String)>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let (supplier, provider, secret, message) = path.into_inner();
    let Ok(message) = message.parse::<MessageId>() else {
        return HttpResponse::NotFound().finish();
    };
    let called = Called {
        provider: &provider,
        secret: &secret,
        about: Some(message),
    };
    told(&app, &supplier, called, (&request, &body)).await
}

async fn told(
    app: &App,
    supplier: &str,
    called: Called<'_>,
    (request, body): (&HttpRequest, &[u8]),
) -> HttpResponse {
    let Ok(supplier) = supplier.parse::<SupplierId>() else {
        return HttpResponse::NotFound().finish();
    };
    // The address as the provider was given it, whatever stands between.
    let url = format!("{}{}", app.origin, request.uri());
    let signature = request.headers().get("x-twilio-signature");
    let received = Received {
        url: &url,
        body,
        signature: signature
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    };
    match keep(app, supplier, called, received).await {
        Ok(_) => HttpResponse::Ok().finish(),
        Err(why) => {
            tracing::warn!(%supplier, %why, "what was told of a text was turned away");
            HttpResponse::new(status(&why))
        }
    }
}

/// Whoever guesses an address learns nothing; what is ours but cannot be kept now is sent again.
const fn status(why: &TextHookError) -> StatusCode {
    match why {
        TextHookError::Foreign => StatusCode::NOT_FOUND,
        TextHookError::Forged => StatusCode::FORBIDDEN,
        TextHookError::Form(_) => StatusCode::BAD_REQUEST,
        TextHookError::Flow(FlowError::Store(StoreError::Busy)) => StatusCode::SERVICE_UNAVAILABLE,
        TextHookError::Flow(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
