//! Headers every answer carries (`reliability.md` §D).

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use base64::Engine;
use domain::party::Accent;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use views::layout::portal_style;
use views::memo::Memo;

use super::session::over_https;
use crate::app::App;

/// One year, subdomains included.
const HSTS: &str = "max-age=31536000; includeSubDomains";

/// The policy of a page whose style, that of this accent, is inlined and which loads nothing else.
/// Forms may lead to the provider's card page, and to where it has the debtor's bank confirm a
/// payment with a kept card.
#[must_use]
pub fn page_policy(accent: Accent) -> Arc<str> {
    static POLICIES: Memo<[u8; 3], Arc<str>> = Memo::new();
    POLICIES.get(accent.rgb, || {
        let style = Sha256::digest(portal_style(accent).as_bytes());
        let hash = base64::engine::general_purpose::STANDARD.encode(style);
        policy(&format!("'sha256-{hash}'")).into()
    })
}

/// The policy of pages whose style is a file of ours.
#[must_use]
pub fn file_policy() -> String {
    policy("'self'")
}

fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; style-src {style}; img-src 'self' data:; frame-src 'self'; \
         form-action 'self' https://checkout.stripe.com https://hooks.stripe.com; \
         frame-ancestors 'none'; base-uri 'none'"
    )
}

/// Sets what is the same on every answer, unless a handler chose otherwise.
pub fn secure(headers: &mut HeaderMap, over_https: bool) {
    let fixed = [
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("cross-origin-opener-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("x-robots-tag", "noindex"),
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in fixed {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if over_https {
        let name = HeaderName::from_static("strict-transport-security");
        headers.insert(name, HeaderValue::from_static(HSTS));
    }
}

/// Puts them on every answer, whoever made it.
pub(super) async fn on_every_answer<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let app = request.app_data::<web::Data<App>>().cloned();
    let mut answer = next.call(request).await?;
    secure(
        answer.headers_mut(),
        app.is_some_and(|app| over_https(&app)),
    );
    Ok(answer)
}
